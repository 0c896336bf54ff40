"""The tenures of a case: under which procedure it was, one handing over after the other.

Each procedure sees the case as if it had had it all along: what began at the opening began then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from dispatcher_tui.domain.duties.runs import Round, rounds
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Stage


class Tenure(NamedTuple):
    """The case as one procedure had it, ``since`` and ``until`` when (UTC; None from the opening,
    and to this day). ``before``: the hash of a text that has it no more, else empty; ``mark``:
    what the keys of its duties begin with, so that no two procedures have one in common."""

    procedure: Procedure
    case: Case
    rounds: list[Round]
    since: datetime | None = None
    until: datetime | None = None
    before: str = ""
    mark: str = ""


def _mark(number: int) -> str:
    return f"moved{number}:" if number else ""


def unmarked(key: str) -> str:
    """The key that a duty has within its procedure."""
    head, colon, rest = key.partition(":")
    number = head.removeprefix("moved")
    return rest if colon and head != number and number.isdigit() else key


def _fired(case: Case, number: int) -> frozenset[str]:
    """The duties of one tenure that have fallen due, by the keys they have within it."""
    mark = _mark(number)
    if mark:
        return frozenset(key.removeprefix(mark) for key in case.fired if key.startswith(mark))
    return case.fired


def _begun(case: Case, number: int, **more: object) -> Case:
    """The case with the levels that it held in a tenure, the first of them from the opening on."""
    first = case.moves[number - 1].grades if number else 0
    last = case.moves[number].grades if number < len(case.moves) else len(case.grades)
    grades = case.grades[first:last] or case.grades[last - 1 : last]
    if number:
        opened = case.grades[0]
        since = replace(grades[0], at=opened.at, shift_end=opened.shift_end)
        grades = (since, *grades[1:])
    return replace(case, grades=grades, fired=_fired(case, number), **more)


def tenures(
    case: Case, procedure: Procedure, former: Mapping[str, Procedure]
) -> tuple[Tenure, ...]:
    """The tenure that lasts to this day, then those of before, the earliest first.

    Args:
        case: as folded.
        procedure: the one that has it now.
        former: by their hashes the texts that it was handed over from; of one that is not among
            them nothing is said.
    """
    if not case.moves:
        return (Tenure(procedure, case, rounds(case)),)
    number = len(case.moves)
    here = _begun(case, number)
    found = [Tenure(procedure, here, rounds(here), case.moves[-1].at, mark=_mark(number))]
    for number, move in enumerate(case.moves):
        if move.before not in former:
            continue
        later = (each for each in case.signals[move.signals :] if each.at < move.at)
        signals = (*case.signals[: move.signals], *later)
        then = _begun(case, number, signals=signals, round=move.round, stage=Stage.OPEN)
        *whole, last = rounds(then)
        tenure = Tenure(
            *(former[move.before], then, [*whole, replace(last, over=move.at)]),
            since=case.moves[number - 1].at if number else None,
            until=move.at,
            before=move.before,
            mark=_mark(number),
        )
        found.append(tenure)
    return tuple(found)
