"""Telling a file of before what its cases say of their papers."""

from __future__ import annotations

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.papers.slips import has_papers
from dispatcher_tui.store import slip_rows
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.journal_reads import entries_by_case
from dispatcher_tui.store.projection import case_bytes

_KINDS = "('slip_issued', 'paper_received', 'written_off')"
_WITH_PAPERS = (
    "SELECT id, row FROM cases WHERE id IN"
    f" (SELECT json_extract(body, '$.case') FROM journal WHERE kind IN {_KINDS})"
)
_ANY = "SELECT 1 FROM slips LIMIT 1"
_STATE = "SELECT state FROM case_state WHERE row = ?"


def fill_papers(db: Db) -> None:
    """Fold every case that has, had or owes a paper anew, and write its row for each paper.

    Nothing is done to a file that has such rows: they are kept with their cases. A case whose
    entries make no sense stays as it is: proving the record names it.
    """
    known: dict[str, int] = {} if db.first(_ANY) else dict(db.all(_WITH_PAPERS))
    if not known:
        return
    handed = slip_rows.all_charged(db)
    for case_id, entries in entries_by_case(db):
        if case_id not in known:
            continue
        row = known[case_id]
        try:
            case = fold(entries)
        except (ValueError, AssertionError, IndexError, AttributeError):
            continue
        found = case_bytes(case)
        if found != db.value(_STATE, (row,)):
            db.run("UPDATE case_state SET state = ? WHERE row = ?", (found, row))
        if has_papers(case):
            slip_rows.put(db, row, case, handed.get(case.number, {}), [])
