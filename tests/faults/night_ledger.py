"""What a desk said it owes, kept beside it: the judge's own ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from dispatcher_tui.domain.duties.duties import Duty


class Row(NamedTuple):
    """An entry as it stands in the file."""

    seq: int
    at: datetime
    recorded_at: datetime
    actor: str
    kind: str
    body: dict[str, Any]

    @property
    def case(self) -> str:
        """Its case's id, empty where it is of none."""
        return str(self.body.get("case", ""))


Due = dict[tuple[str, str], datetime]
"""Duties by case and key, with their due times."""


class Ledger:
    """What the desk said it owes, by case and key, and what it has written down as fallen due."""

    def __init__(self) -> None:
        self.pending: dict[str, dict[str, datetime]] = {}
        self.known: dict[tuple[str, str], datetime] = {}
        self.fired: set[tuple[str, str]] = set()

    def learn(self, case: str, owed: Iterable[Duty], now: datetime) -> None:
        """What is owed on a case from now on."""
        keys = {}
        for duty in owed:
            if duty.pending and duty.due is not None and (case, duty.key) not in self.fired:
                keys[duty.key] = duty.due
                self.known.setdefault((case, duty.key), now)
        self.pending[case] = keys

    def every(self) -> Iterator[tuple[datetime, str, str]]:
        """All that has not fallen due: when it will, its case, its key."""
        for case, keys in self.pending.items():
            for key, due in keys.items():
                yield due, case, key

    def due(self, now: datetime) -> Due:
        """What has to be written down at ``now``, with its due times."""
        return {(case, key): due for due, case, key in self.every() if due <= now}
