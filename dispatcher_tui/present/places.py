"""Places as they are said: on the telephone nobody reads dashes aloud."""

from __future__ import annotations

import re

from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.i18n import _

_UNIT = re.compile(
    r"(?P<building>[A-Z]?\d{1,3}[A-Z]?|[A-Z])-(?P<unit>[A-Z]?\d{1,2}|[A-Z])-(?P<room>[A-Z]?\d{3,5}[A-Z]?)"
)
"""Building, unit, room. With two figures, or a short last one, nobody can tell what they count."""


def said_place(place: str) -> str:
    """A unit as it is said, `3栋2单元1502`; any other place as it is written. Never raises."""
    match = _UNIT.fullmatch(normalise_place(place))
    if match is None:
        return place
    words = _("building {building}, unit {unit}, room {room}")
    return words.format(building=match["building"], unit=match["unit"], room=match["room"])
