"""A case as it stood at the end of a month or a week, read from the record."""

from __future__ import annotations

from typing import NamedTuple

from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.as_of import case_at
from dispatcher_tui.domain.duties.duties import Duty, duties
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.reviews.case_flow import Stretch
from dispatcher_tui.store.month_reads import MonthCase
from dispatcher_tui.store.store import Store


class CaseThen(NamedTuple):
    """A case and its duties at the end of a stretch; ``before``: as it stood when that began."""

    case: Case
    duties: tuple[Duty, ...]
    before: Case | None


def case_then(
    store: Store, rulebook: Rulebook, found: MonthCase, stretch: Stretch
) -> CaseThen | None:
    """A case as of the end; what did not change since is as the store has it.

    None where it was not open yet.
    """
    case, owed = found.record.case, found.record.duties
    old = case.opened_at < stretch.begin
    entries: list[Entry] = []
    if found.latest >= stretch.end or (old and found.latest >= stretch.begin):
        entries = store.entries(case.id)
    before: Case | None = None
    if old:
        before = case_at(entries, stretch.begin) if entries else case
    if found.latest >= stretch.end:
        then = case_at(entries, stretch.end)
        if then is None:
            return None
        case, owed = then, duties(then, rulebook.of(then))
    return CaseThen(case, owed, before)
