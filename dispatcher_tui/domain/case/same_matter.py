"""Cases of one class that come from one building within two days: probably one matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.register import NextFlat
from dispatcher_tui.domain.words.place import place_parts
from dispatcher_tui.domain.words.terms import Stage

WITHIN = timedelta(hours=48)
"""How long ago a case may have been opened to be of the same matter; that long ago still counts."""
TOGETHER = 3
"""How many, the call that is being taken among them, are proposed as one matter."""

SHOWN = 3
"""How many of them are named, the newest: who takes a call reads no more."""


def to_link(
    at_place: Sequence[CaseLine], near: Iterable[NextFlat], alike: Sequence[CaseLine]
) -> tuple[CaseLine, ...]:
    """The open cases that a call may be about, each once, in the order of their digits: at the
    place itself, next door, and those of its class in the building that are named."""
    next_door = (line for flat in near for line in flat.cases)
    lines = (*at_place, *next_door, *alike[-SHOWN:])
    return tuple({line.id: line for line in lines if line.open}.values())


def building(place: str) -> str:
    """The building of a unit place, without zeros in front; empty for any other place."""
    first, *rest = place_parts(place) or ("",)
    return first.lstrip("0") if rest else ""


def same_matter(
    lines: Iterable[CaseLine], place: str, category: str, now: datetime
) -> tuple[CaseLine, ...]:
    """The cases that a call of a class from a place is one matter with; none where they are fewer
    than three with it.

    Args:
        lines: cases opened lately, in the order of their opening.
        place: where this call is about.
        category: the id of its class.
        now: the present moment (UTC).
    """
    here = building(place)
    if not here or not category:
        return ()
    found = tuple(
        line
        for line in lines
        if line.category == category
        and building(line.place) == here
        and line.stage is not Stage.INVALID
        and not line.emergency
        and timedelta() <= now - line.opened_at <= WITHIN
    )
    return found if len(found) + 1 >= TOGETHER else ()
