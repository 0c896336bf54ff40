"""A case with its story and the rules it is pinned to, read in one go."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.case.corrective import Tied, tied
from dispatcher_tui.desk.case.homes import next_flats
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.noting import homes_of_case, notes_at
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.site.household_notes import NotedHome, Notes
from dispatcher_tui.domain.site.register import NextFlat


class CaseStory(msgspec.Struct, frozen=True):
    """A case as it stands, what is owed on it, and everything that was written down about it.

    ``correctives`` are the corrective actions it gave rise to, the last one first; ``near`` the
    flats above and below its place, as long as it is open. ``notes`` are those on the household at
    its place, ``homes`` those to look after because of what it is about.
    """

    case: Case
    duties: tuple[Duty, ...]
    entries: list[Entry]
    rules: Rules
    correctives: tuple[Tied, ...] = ()
    near: tuple[NextFlat, ...] = ()
    notes: Notes = ()
    homes: tuple[NotedHome, ...] = ()


def read_story(desk: Desk, case_id: str) -> CaseStory:
    """The story of the case with this number or id.

    Raises:
        Refusal: there is none.
    """
    record = desk.record(case_id)
    case = record.case
    entries, made = desk.store.entries(case.id), tied(desk, case.correctives)
    near = () if case.stage.ended else next_flats(desk, case.place)
    notes = notes_at(desk, case.place)
    homes = () if case.stage.handled else homes_of_case(desk, case)
    rules = desk.rules_of(case)
    return CaseStory(case, record.duties, entries, rules, made, near, notes, homes)
