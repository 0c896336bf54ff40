"""The adopted texts that judge cases, by their hash; a case keeps the version it began under."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import Adopted
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.time.holidays import completed
from dispatcher_tui.store.store import Store


class Rulebook:
    """Typed procedures and calendars read from the record, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._procedures: dict[str, Procedure] = {}
        self._calendars: dict[str, Calendar] = {}
        self._since: dict[str, dict[str, datetime]] = {}

    def _data(self, sha256: str) -> bytes:
        document = self._store.document(sha256)
        if document is None:
            raise LookupError(f"no adopted text {sha256}")
        return document.data

    def procedure(self, sha256: str) -> Procedure:
        """The adopted procedure of that hash; raises LookupError where the record has none."""
        if sha256 not in self._procedures:
            found = msgspec.json.decode(self._data(sha256), type=Procedure)
            self._procedures[sha256] = found
        return self._procedures[sha256]

    def calendar(self, sha256: str) -> Calendar:
        """The adopted calendar of that hash; raises LookupError where the record has none."""
        if sha256 not in self._calendars:
            self._calendars[sha256] = msgspec.json.decode(self._data(sha256), type=Calendar)
        return self._calendars[sha256]

    def routines_since(self, procedure: str) -> dict[str, datetime]:
        """By routine id, when a procedure that has it was first adopted here (UTC).

        ``procedure``: the hash of the one in force; another one was adopted since it is another.
        """
        if procedure not in self._since:
            found: dict[str, datetime] = {}
            for line in self._store.book("adopted"):
                event = line.entry.event
                if isinstance(event, Adopted) and event.what == "procedure":
                    for routine in self.procedure(event.sha256).routines:
                        found.setdefault(routine.id, line.entry.occurred_at)
            self._since[procedure] = found
        return self._since[procedure]

    def rules(self, procedure: str, calendar: str) -> Rules:
        """Both, by their hashes."""
        return Rules(self.procedure(procedure), self.calendar(calendar))

    def of(self, case: Case) -> Rules:
        """The rules a case is pinned to; years that its calendar lacked are as they came later."""
        rules = self.rules(case.procedure, case.calendar)
        calendar = rules.calendar
        for later in case.completed_by:
            calendar = completed(calendar, self.calendar(later))
        return rules if calendar is rules.calendar else Rules(rules.procedure, calendar)
