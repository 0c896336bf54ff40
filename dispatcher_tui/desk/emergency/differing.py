"""Numbers that a hand put beside the adopted ones: offered behind them, and written down."""

from __future__ import annotations

from contextlib import suppress

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.site.adopted_lists import HouseholdInUse
from dispatcher_tui.domain.record.commands import Command
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.tx import Tx

NOBODY = HouseholdInUse()
"""Nobody is registered there, or nobody has asked yet."""


def differing_at(desk: Desk, place: str = "") -> tuple[RowDiffered, ...]:
    """Each row of people that is not as adopted, and the household's of a place."""
    home = desk.lists.household(place).differing
    return (*desk.lists.in_use().differing, *((home,) if home is not None else ()))


def _note(desk: Desk, differing: tuple[RowDiffered, ...]) -> None:
    """Write each of them down once, as long as it stays so."""
    if not differing or desk.store.read_only:
        return

    def job(tx: Tx) -> None:
        told = {
            (event.table, event.row): event
            for entry in tx.all_of("row_differed")
            if isinstance(event := entry.event, RowDiffered)
        }
        desk.note_in(tx, *(x for x in differing if told.get((x.table, x.row)) != x))

    desk.store.transact(job)


def note_differing(desk: Desk, place: str = "") -> None:
    """Write down what is wrong with the rows that somebody is rung by."""
    _note(desk, differing_at(desk, place))


def shown(desk: Desk, differing: tuple[RowDiffered, ...]) -> tuple[RowDiffered, ...]:
    """What is shouted beside a number that is looked up. A disk that takes nothing keeps nobody
    from reading it."""
    with suppress(StoreError):
        _note(desk, differing)
    return differing


def home_at(desk: Desk, place: str) -> HouseholdInUse:
    """Who lives at a place, to be rung back; a row that is not as adopted is written down."""
    home = desk.lists.household(place)
    if home.differing is not None:
        shown(desk, (home.differing,))
    return home


def perform_call(desk: Desk, case_id: str, call: Command) -> Done:
    """Write down a call of a case, and what is wrong with the rows that people are rung by.

    Raises:
        Refusal: as for any command of a case.
    """
    done = desk.perform(case_id, call)
    note_differing(desk, done.case.place)
    return done
