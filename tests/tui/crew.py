"""The people of the watch for the tests of its screens: who may sign in, and by which PIN."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator, disable_operator
from dispatcher_tui.desk.watch.watchkeeping import sign_in, signing_in
from dispatcher_tui.domain.record.record_events import PaperPrinted
from dispatcher_tui.domain.record.spare_events import SpareSheetsPrinted
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.store.tx import Tx
from tests.tui.support import OPERATOR, Night

LI, LI_PIN = OPERATOR, "246813"
WANG, WANG_PIN = "王芳", "135792"
GONE = "赵丽娟"


def _operators(it: Desk) -> None:
    add_operator(it, LI, "dispatcher", LI_PIN)
    add_operator(it, WANG, "dispatcher", WANG_PIN)
    add_operator(it, GONE, "dispatcher", "975318")
    disable_operator(it, GONE)


async def staff(night: Night, *, on_watch: bool = True) -> None:
    """Two who may sign in, one who may no longer; the first of them is on watch."""
    await night.run_on_desk(_operators)
    if on_watch:
        await night.run_on_desk(lambda it: sign_in(it, LI, LI_PIN))


async def take_watch(night: Night, name: str = OPERATOR) -> None:
    """Somebody is on watch, whoever may sign in."""

    def take(it: Desk) -> None:
        def job(tx: Tx) -> None:
            it.note_in(tx, signing_in(it, tx.post(), name, "dispatcher"))

        it.store.transact(job)

    await night.run_on_desk(take)


async def post_of(night: Night) -> Post:
    """The post as it stands on disk."""
    return await night.run_on_desk(lambda it: it.post)


async def last_event(night: Night) -> object:
    """The last entry of the journal; the prints that follow a signed sheet are none."""

    def last(it: Desk) -> object:
        seq = it.store.last_seq()
        entry = it.store.entry(seq)
        while entry is not None and isinstance(entry.event, PaperPrinted | SpareSheetsPrinted):
            seq -= 1
            entry = it.store.entry(seq)
        assert entry is not None
        return entry.event

    return await night.run_on_desk(last)
