"""Numbers that a hand put beside the adopted ones: offered behind them, and written down."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.store.tx import Tx


def note_differing(desk: Desk) -> tuple[RowDiffered, ...]:
    """Write down each row of people that is not as adopted, once as long as it stays so.

    What is wrong with the lists comes back.
    """
    differing = desk.lists.in_use().differing
    if differing:

        def job(tx: Tx) -> None:
            told = {
                (event.table, event.row): event
                for entry in tx.all_of("row_differed")
                if isinstance(event := entry.event, RowDiffered)
            }
            desk.note_in(tx, *(x for x in differing if told.get((x.table, x.row)) != x))

        desk.store.transact(job)
    return differing
