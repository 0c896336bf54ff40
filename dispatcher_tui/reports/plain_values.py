"""Records as plain values for JSON: the site's times, one language, nothing that steers."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

import msgspec

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.case_json import local_time
from dispatcher_tui.present.i18n import localized


def plain(value: object, zone: tzinfo) -> Any:
    """A record and all it holds as what JSON knows.

    Times are ISO 8601 with the offset of ``zone``, labels are in the language in use, an empty
    text is null as in every object of the command line.
    """
    match value:
        case Label():
            return plain(localized(value), zone)
        case msgspec.Struct():
            return {name: plain(getattr(value, name), zone) for name in value.__struct_fields__}
        case tuple() | list():
            return [plain(each, zone) for each in value]
        case datetime():
            return local_time(value, zone)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case str():
            return clean_text(value, limit=len(value)).text or None
    return value
