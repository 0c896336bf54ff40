"""重点已复述: one key says that the main points were repeated to the caller."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.repeating import owed_repeat, repeated
from dispatcher_tui.store.tx import Tx


def record_repeat(desk: Desk, key: str) -> Done:
    """Record on a case that its main points were repeated to whoever reported it.

    Raises:
        Refusal: there is no such case, or its procedure asks for nothing of the kind (any more).
    """

    def job(tx: Tx) -> Done:
        record = tx.case(key)
        if record is None:
            raise Refusal("no_case", number=key)
        step = owed_repeat(record.case, desk.rules_of(record.case).procedure)
        if step is None:
            raise Refusal("nothing_to_repeat")
        return desk.perform_in(tx, record.case.id, repeated(record.case, step))

    return desk.store.transact(job)


def with_repeat(desk: Desk, tx: Tx, opened: Done) -> Done:
    """A case just opened, with the repeat that its form has already told of, where one is owed."""
    step = owed_repeat(opened.case, desk.rules_of(opened.case).procedure)
    if step is None:
        return opened
    done = desk.perform_in(tx, opened.case.id, repeated(opened.case, step))
    return replace(done, entries=opened.entries + done.entries)
