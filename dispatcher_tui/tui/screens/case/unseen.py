"""Which cases on the board nobody has looked at since they came or fell due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dispatcher_tui.domain.record.case_line import CaseLine


class Watched:
    """How the cases stood when they were last heard of: what is new about one is told once."""

    def __init__(self) -> None:
        self._overdue: dict[str, bool] | None = None

    def begin(self, lines: Iterable[CaseLine], now: datetime) -> None:
        """Take over the whole board: what was there before the desk opened is not new."""
        if self._overdue is None:
            self._overdue = {line.id: _overdue(line, now) for line in lines if line.open}

    def news(self, lines: Iterable[CaseLine], now: datetime) -> set[str]:
        """Those of the lines that have changed whose case came in or fell due; by their ids."""
        known = self._overdue
        if known is None:
            return set()
        found = set()
        for line in lines:
            if not line.open:
                known.pop(line.id, None)
                continue
            late = _overdue(line, now)
            if line.id not in known or (late and not known[line.id]):
                found.add(line.id)
            known[line.id] = late
        return found


def _overdue(line: CaseLine, now: datetime) -> bool:
    return line.next_due is not None and line.next_due <= now
