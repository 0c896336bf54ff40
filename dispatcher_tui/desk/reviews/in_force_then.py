"""Which procedures were in force in a stretch of time, as the record says it."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.site.recorded import CALENDAR
from dispatcher_tui.store.store import Store


class InForceThen:
    """``today``: the hashes of the procedures and the calendar in force; the last ones adopted
    where they are not given."""

    def __init__(
        self, store: Store, rulebook: Rulebook, today: tuple[tuple[str, ...], str] = ((), "")
    ) -> None:
        self._store = store
        self._rulebook = rulebook
        self._today = today

    def before(self, end: datetime | None) -> tuple[tuple[str, ...], str]:
        """The procedures, the default first, and the calendar in force before ``end`` (UTC), or
        now; hashes. The first ones of the record stand for what was before them.

        Raises:
            Refusal: the record has none.
        """
        if end is None and all(self._today):
            return self._today
        calendar = ""
        for line in self._store.book("adopted"):
            event = line.entry.event
            assert isinstance(event, ev.Adopted)
            late = end is not None and line.entry.occurred_at >= end
            if event.what == CALENDAR and not (calendar and late):
                calendar = event.sha256
        history = self._rulebook.history()
        found = [each.refs for each in history if end is None or each.at < end]
        refs = found[-1] if found else history[0].refs if history else ()
        if not (refs and calendar):
            raise Refusal("nothing_adopted")
        return refs, calendar

    def left(self, begin: datetime, end: datetime) -> tuple[str, ...]:
        """The procedures that were in force at some time from ``begin`` on, and were not any more
        by ``end`` (UTC): of each the hash of its last text, in the order in which they left."""
        history = [each for each in self._rulebook.history() if each.at < end]
        last = {self._rulebook.procedure(ref).id for ref in history[-1].refs} if history else set()
        found: dict[str, str] = {}
        for number, each in enumerate(history[:-1]):
            if history[number + 1].at > begin:
                named = {self._rulebook.procedure(ref).id: ref for ref in each.refs}
                found |= {name: ref for name, ref in named.items() if name not in last}
        return tuple(found.values())
