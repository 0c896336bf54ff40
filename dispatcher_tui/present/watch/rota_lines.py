"""The rota in words: who has which shift on a day, and what a code means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dispatcher_tui.domain.site.rota import RotaTurn
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import weekday_name
from dispatcher_tui.present.watch.people_lines import absence_name


def turn_hours(turn: RotaTurn) -> str:
    """The hours of a turn, or why somebody is not there."""
    if turn.start is not None and turn.end is not None:
        return f"{turn.start:%H:%M}-{turn.end:%H:%M}"
    return absence_name(turn.absence) if turn.absence is not None else ""


def day_lines(day: date, planned: Sequence[tuple[Person, RotaTurn]]) -> Iterator[str]:
    """A day with a line for each sort of turn, in the order of the hours."""
    head = f"{day:%Y-%m-%d} {weekday_name(day.weekday())}"
    if not planned:
        yield f"{head}  " + _("the rota does not say; the roster's hours hold")
        return
    kinds: dict[str, list[str]] = {}
    for person, turn in sorted(
        planned, key=lambda each: (each[1].start is None, turn_hours(each[1]))
    ):
        hours = turn_hours(turn)
        label = f"{turn.code} {hours}" if turn.code != hours else hours
        kinds.setdefault(label, []).append(person.name)
    for label, names in kinds.items():
        yield f"{head}  {label}  {_(', ').join(names)}"
        head = " " * width(head)


def turn_object(day: date, person: Person, turn: RotaTurn) -> dict[str, object]:
    """One person's turn on a day for programs."""
    return {
        "day": day.isoformat(),
        "person": person.id,
        "name": person.name,
        "code": turn.code,
        "from": f"{turn.start:%H:%M}" if turn.start is not None else None,
        "until": f"{turn.end:%H:%M}" if turn.end is not None else None,
        "absence": turn.absence.value if turn.absence is not None else None,
    }
