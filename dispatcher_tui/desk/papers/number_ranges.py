"""The ranges of closing papers at a desk: each procedure's own, side by side."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.papers.ranges import Ranges
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.terms import Label


def ranges_of(desk: Desk) -> Ranges:
    """What the numbers of closing papers begin with here."""
    return Ranges(desk.site.site.slip_prefix, desk.in_force.procedures)


def paper_names(desk: Desk) -> dict[str, Label]:
    """What each range of closing papers is called, by what its numbers begin with, the default's
    first; empty where only one procedure is in force, so that there is nothing to tell apart."""
    ranges, found = ranges_of(desk), dict[str, Label]()
    for procedure in ranges.in_force if desk.in_force.several else ():
        found.setdefault(ranges.prefix_of(procedure), paper_name(procedure))
    return found


def paper_name(procedure: Procedure) -> Label:
    """A closing paper beside those of other procedures."""
    paper, short = procedure.closing_paper.name, procedure.short
    return Label(f"{paper.zh} ({short.zh})", f"{paper.en} ({short.en})")


class OwedOf(msgspec.Struct, frozen=True):
    """The copies owed on the cases of one procedure, the longest waiting first."""

    procedure: Procedure
    papers: tuple[SlipRecord, ...]


def by_procedure(desk: Desk, papers: Iterable[SlipRecord]) -> tuple[OwedOf, ...]:
    """Papers by the procedure of their cases, those in force in their order, then those that left.

    What was changed in a procedure since a case was opened makes it no other one.
    """
    known = {each.id: each for each in desk.in_force.procedures}
    found: dict[str, list[SlipRecord]] = {name: [] for name in known}
    for paper in papers:
        procedure = desk.rulebook.procedure(paper.procedure)
        known.setdefault(procedure.id, procedure)
        found.setdefault(procedure.id, []).append(paper)
    return tuple(OwedOf(known[name], tuple(held)) for name, held in found.items() if held)
