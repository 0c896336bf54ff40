"""Making the lists and the search anew, from the journal alone."""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.domain.case.search import Initials
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.watch.post import fold_post
from dispatcher_tui.store import slip_rows
from dispatcher_tui.store.journal_reads import entries_of_no_case
from dispatcher_tui.store.note_index import fill_notes
from dispatcher_tui.store.proof import LevelOf
from dispatcher_tui.store.schema import search_table
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import DutiesOf, Fold

_OPENED = "SELECT json_extract(body, '$.case') FROM journal WHERE kind = 'case_opened' ORDER BY seq"


def _nothing(_case: Case) -> tuple[str, ...]:
    return ()


def rebuild(
    store: Store,
    *,
    fold: Fold,
    duties_of: DutiesOf,
    level_of: LevelOf,
    initials: Initials,
    extra: Callable[[Case], tuple[str, ...]] = _nothing,
) -> int:
    """Throw the projections away and fold them again, in one transaction; gives the cases.

    Cases get their rows in the order of opening, as they had. Texts, operators, units and people
    are no projections and stay.

    Raises:
        StoreError: as SQLite finds; nothing was changed then.
    """
    with store.write() as tx:
        db = store.db
        db.run("DROP TABLE case_search")
        db.run("DELETE FROM slips")
        db.run("DELETE FROM case_state")
        db.run("DELETE FROM cases")
        db.run(search_table())
        charged = slip_rows.all_charged(db)
        opened = list(dict.fromkeys(row[0] for row in db.all(_OPENED)))
        for case_id in opened:
            case = fold(tx.entries(case_id))
            row = tx.project(case, duties_of(case), level_of(case), initials, extra(case))
            if case.number in charged:
                slip_rows.put(db, row, case, charged[case.number], slip_rows.stored(db, row))
        fill_notes(db, initials)
        tx.put_post(fold_post(entries_of_no_case(db)))
    return len(opened)
