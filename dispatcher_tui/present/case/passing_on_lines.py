"""What was corrected after somebody was told of it: what to say, and which print is right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.case import Case, PassOn, Slip
from dispatcher_tui.domain.record.passing_on import heard_otherwise, value_of
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.terms import field_name


def _value(field: str, value: str) -> str:
    """A place as it is said; that there is none is said too."""
    return (said_place(value) if field == "place" else value) or _("not known")


def owed_to(case: Case, who: str) -> PassOn | None:
    """What somebody still has to hear; None where that is nothing."""
    return next((each for each in case.passing_on if each.pending and each.who == who), None)


def correction_words(case: Case, was: Sequence[tuple[str, str]]) -> str:
    """What to say to whoever was told otherwise: as it is now, and what they were told, ``was``."""
    now = [
        _("{field}: {now}, NOT {before}").format(
            field=field_name(field),
            now=_value(field, value_of(case, field)),
            before=_value(field, before),
        )
        for field, before in was
    ]
    line = _("Dispatch, case {number}, a correction. {what}. Please repeat.")
    return line.format(number=case.number, what=_("; ").join(now))


def script_correction(case: Case, who: str) -> str:
    """What is said before all else to somebody who heard otherwise; empty where nobody did."""
    was = heard_otherwise(case, who)
    return correction_words(case, was) if was else ""


def correction_began(case: Case, key: str, now: datetime, zone: tzinfo) -> str:
    """When it was corrected, and whom that leaves told otherwise."""
    owed = next(each for each in case.passing_on if each.key == key)
    words = _("Starts: corrected {time}; {name} was told {before}")
    before = _("; ").join(f"{field_name(name)} {_value(name, old)}" for name, old in owed.was)
    return words.format(time=short_time(owed.at, now, zone), name=owed.name, before=before)


def version_mark(version: int) -> str:
    """Which print of a paper is right, as it stands on it; empty where nothing was corrected."""
    return _("corrected, version {n}").format(n=version) if version > 1 else ""


def outdated_words(slip: Slip) -> str:
    """That the paper which is out is an older print; empty where it is not, or is back."""
    if slip.version < 2 or slip.received_at is not None:
        return ""
    return _("{mark}: older prints are void").format(mark=version_mark(slip.version))
