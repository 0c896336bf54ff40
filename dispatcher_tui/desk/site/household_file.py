"""Gathering one household's file from the record, the register and the notes (P4-18)."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.slips import papers_of
from dispatcher_tui.domain.site.household_file import HouseholdFile
from dispatcher_tui.domain.site.household_notes import NotedHome
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import clean_text

MOST_CASES = 1_000
"""So many cases of one place go into its file, the last ones."""


def household_file(desk: Desk, place: str) -> HouseholdFile:
    """Everything there is of the household at a place, however that is spelt.

    What was forgotten of it is neither in the register nor in the notes; its cases stay until
    their retention is over.

    Raises:
        Refusal: no place is given, or nothing is known of it.
    """
    wanted = normalise_place(clean_text(place, multiline=False).text.strip())
    if not wanted:
        raise Refusal("place_unnamed")
    household = desk.lists.household(wanted).household
    there = household.place if household is not None else wanted
    spelt = desk.household_notes.spelt(there)
    notes = tuple(each for each in desk.household_notes.every() if each.place in spelt)
    homes = [NotedHome(each, household) for each in notes]
    now = desk.clock.now()
    lines = desk.store.at_place(there, MOST_CASES)
    if household is None and not lines and not notes:
        raise Refusal("household_unknown", place=there)
    cases = sorted((case_report(desk, line.id) for line in lines), key=lambda c: c.case.opened_at)
    cases.reverse()
    return HouseholdFile(
        site=desk.site.site.name,
        zone=desk.site.calendar.tz,
        at=now,
        place=there,
        household=household,
        cases=tuple(cases),
        papers=tuple(paper for each in cases for paper in papers_of(each.case, {})),
        standing=tuple(home for home in homes if home.note.stands(now)),
        over=tuple(home for home in homes if not home.note.stands(now)),
    )
