"""A month counted by SQL over the journal alone, by another way than the program's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from dispatcher_tui.store.sqlite import connect
from dispatcher_tui.store.stored_times import iso

_STANDS = """
    seq NOT IN (SELECT o.value FROM journal t, json_each(t.body, '$.of') o
                WHERE t.kind = 'taken_back' AND t.occurred_at < :at)
"""
_COMPLAINT = """
    json_extract(body, '$.case') NOT IN (
        SELECT json_extract(n.body, '$.case') FROM journal n
        WHERE n.kind = 'case_opened' AND json_extract(n.body, '$.nature') = 'corrective')
"""
"""A corrective action is a case and no complaint."""

_LAST = f"""
SELECT json_extract(body, '$.case'), kind, max(seq) FROM journal
WHERE occurred_at < :at AND {_COMPLAINT} AND (kind = 'case_opened' OR {_STANDS})
    AND kind IN ('case_opened', 'reopened', 'closed_final', 'judged_invalid', 'called_off')
GROUP BY 1
"""
_VOID = """
SELECT json_extract(t.body, '$.case'), max(t.seq) FROM journal t, json_each(t.body, '$.of') o
JOIN journal c ON c.seq = o.value AND c.kind = 'case_opened'
WHERE t.kind = 'taken_back' AND t.occurred_at < :at GROUP BY 1
"""
_OF_MONTH = f"""
SELECT json_extract(body, '$.case'), body FROM journal
WHERE kind = :kind AND {_COMPLAINT} AND occurred_at >= :begin AND occurred_at < :end
"""


class Counted(NamedTuple):
    """The figures of a month as counted here."""

    opened: int
    carried_in: int
    reopened: int
    written_off: int
    final: int
    invalid: int
    carried_over: int


class Journal:
    """A database file's journal, read by a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._db = connect(path, read_only=True)

    def all(self, sql: str, **given: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        rows: list[tuple[Any, ...]] = self._db.execute(sql, given).fetchall()
        return rows

    def _ends(self, at: datetime) -> dict[str, tuple[str, int]]:
        """By case, how it stood at a moment, and by which entry."""
        names = {"closed_final": "final", "judged_invalid": "invalid", "called_off": "invalid"}
        rows = self.all(_LAST, at=iso(at))
        found = {case: (names.get(kind, "open"), seq) for case, kind, seq in rows}
        for case, seq in self.all(_VOID, at=iso(at)):
            if seq > found.get(case, ("", 0))[1]:
                found[case] = ("invalid", seq)
        return found

    def counted(self, begin: datetime, end: datetime) -> Counted:
        """How cases went through a stretch of time."""
        before, after = self._ends(begin), self._ends(end)
        new = [case for case in after if case not in before]
        was_open = [case for case, (how, _) in before.items() if how == "open"]
        back = [c for c, (how, _) in before.items() if how != "open" and after[c] != before[c]]
        stood = [after[case][0] for case in (*new, *was_open, *back)]
        given = {"at": iso(end), "begin": iso(begin), "end": iso(end)}
        off = self.all(
            f"{_OF_MONTH.replace('SELECT json', 'SELECT DISTINCT json').replace(', body', '')}"
            f" AND {_STANDS}",
            kind="written_off",
            **given,
        )
        return Counted(
            len(new),
            len(was_open) + len(back),
            len(back),
            len(off),
            *(stood.count(how) for how in ("final", "invalid", "open")),
        )

    def opened_by(self, field: str, begin: datetime, end: datetime) -> dict[str, int]:
        """The cases opened, by a field of their opening."""
        sql = (
            f"SELECT coalesce(json_extract(body, '$.{field}'), ''), count(*) FROM journal"
            " WHERE kind = 'case_opened' AND occurred_at >= :begin AND occurred_at < :end"
            f" AND {_COMPLAINT}"
            " GROUP BY 1"
        )
        return dict(self.all(sql, begin=iso(begin), end=iso(end)))

    def fired(self, begin: datetime, end: datetime) -> set[tuple[str, str, str]]:
        """What fell due while it was owed: case, rule, due time."""
        sql = (
            "SELECT json_extract(body, '$.case'), json_extract(body, '$.rule'),"
            " json_extract(body, '$.due') FROM journal WHERE kind = 'duty_fell_due'"
            f" AND json_extract(body, '$.duty') NOT LIKE 'keep@%' AND {_COMPLAINT}"
        )
        found = ((c, rule, datetime.fromisoformat(due)) for c, rule, due in self.all(sql))
        return {(case, rule, iso(due)) for case, rule, due in found if begin <= due < end}
