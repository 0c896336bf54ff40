"""What a new list does to the one in force: who comes, who changes, who goes, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo

import msgspec

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.site.rota import Rota, RotaLine
from dispatcher_tui.domain.words.people import Household, Person

_ONE_IN = 10
"""More than one in so many that would go has to be meant."""


class ListChange(msgspec.Struct, frozen=True):
    """What becomes of the lines of a list, by what each goes by.

    ``before`` and ``after`` count the lines. ``rungs`` are roles of a ladder that somebody with a
    number holds now and nobody would hold.
    """

    before: int
    after: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    rungs: tuple[str, ...] = ()

    @property
    def takes_away(self) -> bool:
        """Whether it takes so much away that it has to be said that this is meant."""
        return len(self.gone) * _ONE_IN > self.before or bool(self.rungs)


def compared_lines(old: Mapping[str, object], new: Mapping[str, object]) -> ListChange:
    """What becomes of the lines, by what each goes by."""
    return ListChange(
        before=len(old),
        after=len(new),
        new=tuple(key for key in new if key not in old),
        changed=tuple(key for key, one in new.items() if key in old and old[key] != one),
        gone=tuple(key for key in old if key not in new),
    )


def unit_change(old: Iterable[Household], new: Iterable[Household]) -> ListChange:
    """What a register of units does to the one in force."""
    return compared_lines({each.place: each for each in old}, {each.place: each for each in new})


def roster_change(
    old: Iterable[Person],
    new: Iterable[Person],
    in_force: Iterable[Procedure],
    at: datetime,
    zone: tzinfo,
) -> ListChange:
    """What a roster does to the one in force, under the procedures in force at a moment.

    People are named; they go by their ids.
    """
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    found = compared_lines(before, after)

    def named(ids: Iterable[str], people: Mapping[str, Person]) -> tuple[str, ...]:
        return tuple(people[each].name for each in ids)

    def held(people: Iterable[Person]) -> set[str]:
        return {each.role for each in people if each.phones and each.employed(at, zone)}

    lost = held(before.values()) - held(after.values())
    ladders = (ladder for procedure in in_force for ladder in procedure.ladders)
    rungs = dict.fromkeys(rung.role for ladder in ladders for rung in ladder.rungs)
    return msgspec.structs.replace(
        found,
        new=named(found.new, after),
        changed=named(found.changed, after),
        gone=named(found.gone, before),
        rungs=tuple(role for role in rungs if role in lost),
    )


def rota_change(old: Rota, new: Rota, names: Mapping[str, str]) -> ListChange:
    """What a rota does to the one in force, by people: on the days that it is of, and by its
    patterns where it has any. ``names`` are those of the roster by their ids."""
    days = [day for _who, day in new.days]
    first, last = min(days, default=date.max), max(days, default=date.min)
    patterns = bool(new.week or new.cycles)

    def by_name(rota: Rota) -> dict[str, object]:
        found: dict[str, list[RotaLine]] = {}
        for line in rota.lines:
            dated = line.day is not None and not line.of
            meant = first <= line.day <= last if dated and line.day else patterns
            if meant:
                found.setdefault(names.get(line.person, line.person), []).append(line)
        return {name: frozenset(lines) for name, lines in found.items()}

    return compared_lines(by_name(old), by_name(new))
