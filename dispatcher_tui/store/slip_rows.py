"""The table of papers: one row a paper, folded from its case, told of what was charged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.papers.charges import handed_over
from dispatcher_tui.domain.papers.slips import SlipRecord, Where, papers_of
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.domain.record.record_events import ChargesHandedOver
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.schema_changes import IN_BOOKS
from dispatcher_tui.store.stored_times import micros_or_none, moment_or_none

Handed = Mapping[str, Mapping[str, int]]
"""By case number and paper, what was charged so far (fen)."""

COLUMNS = (
    *("nth", "whereabouts", "number", "issued", "issued_at", "issued_to", "person", "assignee"),
    *("written_off_at", "received_at", "signed_by", "signed_at", "filed_at", "binder", "page"),
    *("charge_fen", "handed_fen", "version", "form"),
)
"""What a case's fold and the charges decide, in order."""

_NAMES = ", ".join(COLUMNS)
_PUT = f"INSERT INTO slips (case_row, {_NAMES}) VALUES (?, {', '.join('?' * len(COLUMNS))})"
_OF_CASE = f"SELECT {_NAMES} FROM slips WHERE case_row = ? ORDER BY nth"
_FORGET = "DELETE FROM slips WHERE case_row = ?"
_MOMENTS = {at for at, name in enumerate(COLUMNS) if name.endswith("_at")}
_CHARGED = (
    f"SELECT kind, body FROM journal WHERE {IN_BOOKS} AND kind = 'charges_handed_over' ORDER BY seq"
)

HELD = (
    "SELECT cases.id, cases.number, cases.place, cases.procedure, "
    + ", ".join(f"slips.{name}" for name in COLUMNS)
    + " FROM slips JOIN cases ON cases.row = slips.case_row"
)
"""What a query selects to make papers of."""


_CAME = "SELECT case_row FROM slips WHERE number = ?1 AND number <> ''"
_OTHER = "SELECT case_row FROM slips WHERE issued = ?1 AND issued <> ''"
_BESIDE = f"{HELD} WHERE case_row IN ({_CAME} UNION {_OTHER}) ORDER BY case_row, nth"
_NUMBERED = (
    "SELECT cases.id, cases.number, nth, whereabouts, slips.number, issued, version, form"
    " FROM slips JOIN cases ON cases.row = case_row ORDER BY case_row, nth"
)


def held_of(row: Row) -> SlipRecord:
    """A row selected as ``HELD``."""
    values: list[Any] = list(row[4:])
    for at in _MOMENTS:
        values[at] = moment_or_none(values[at])
    nth, where, *rest = values
    held = SlipRecord(row[0], row[1], row[2], nth, Where(where), *rest)
    return replace(held, procedure=row[3])


def values_of(papers: tuple[SlipRecord, ...]) -> list[tuple[Any, ...]]:
    """The values of ``COLUMNS`` for a case's papers."""
    return [
        (
            paper.nth,
            paper.where.value,
            paper.number,
            paper.issued,
            micros_or_none(paper.issued_at),
            paper.issued_to,
            paper.person,
            paper.assignee,
            micros_or_none(paper.written_off_at),
            micros_or_none(paper.received_at),
            paper.signed_by,
            micros_or_none(paper.signed_at),
            micros_or_none(paper.filed_at),
            paper.binder,
            paper.page,
            paper.charge_fen,
            paper.handed_fen,
            paper.version,
            paper.form,
        )
        for paper in papers
    ]


def all_charged(db: Db) -> Handed:
    """Everything that was ever handed over, from the journal."""
    decoded = (decode(kind, body) for kind, body in db.each(_CHARGED))
    return handed_over(event for event in decoded if isinstance(event, ChargesHandedOver))


def stored(db: Db, row: int) -> list[Row]:
    """The values of ``COLUMNS`` of a case's papers as they stand in the table."""
    return db.all(_OF_CASE, (row,))


def charged_of(rows: list[Row]) -> dict[str, int]:
    """By paper, what was charged so far, from a case's rows."""
    found: dict[str, int] = {}
    number, fen = COLUMNS.index("number"), COLUMNS.index("handed_fen")
    for row in rows:
        if row[fen]:
            found[row[number]] = found.get(row[number], 0) + row[fen]
    return found


def put(db: Db, row: int, case: Case, handed: Mapping[str, int], before: list[Row]) -> None:
    """Make the table say of a case what its fold says; ``before`` is what it says now."""
    wanted: list[Row] = list(values_of(papers_of(case, handed)))
    if wanted == before:
        return
    if before:
        db.run(_FORGET, (row,))
    db.run_many(_PUT, [(row, *values) for values in wanted])


def differs(db: Db, row: int, case: Case, handed: Handed) -> bool:
    """Whether the table says other things of a case than its fold."""
    return stored(db, row) != values_of(papers_of(case, handed.get(case.number, {})))


class SlipReads:
    """What is read of papers; mixed into the store and into a transaction."""

    _db: Db

    def papers(self) -> Iterator[SlipRecord]:
        """Every paper there is or was, in the order of its cases."""
        for row in self._db.each(f"{HELD} ORDER BY case_row, nth"):
            yield held_of(row)

    def paper_numbers(self) -> Iterator[SlipRecord]:
        """The same with no more than its numbers say: what a hundred thousand are counted by."""
        for row in self._db.each(_NUMBERED):
            numbers = {"number": row[4], "issued": row[5], "version": row[6], "form": row[7]}
            yield SlipRecord(row[0], row[1], "", row[2], Where(row[3]), **numbers)

    def forms_out(self) -> list[SlipRecord]:
        """Every numbered form that is out, the longest out first."""
        out = "WHERE slips.form <> '' AND slips.whereabouts = 'issued'"
        found = self._db.all(f"{HELD} {out} ORDER BY slips.issued_at, case_row")
        return [held_of(row) for row in found]

    def papers_owed(self) -> list[SlipRecord]:
        """Every copy that is owed after its case was written off, the longest waiting first."""
        where = "WHERE slips.whereabouts = 'owed' ORDER BY slips.written_off_at, case_row"
        return [held_of(row) for row in self._db.all(f"{HELD} {where}")]

    def papers_numbered(self, number: str) -> list[SlipRecord]:
        """Every paper that bears a number, or was issued under it."""
        found = self.papers_beside(number)
        return [paper for paper in found if number in (paper.number, paper.issued)]

    def papers_beside(self, number: str) -> list[SlipRecord]:
        """Every paper of the cases that a number is on, or was issued for, case by case."""
        return [held_of(row) for row in self._db.all(_BESIDE, (number,))]

    def papers_to_charge(self) -> list[SlipRecord]:
        """Every paper whose charge is not what was handed over, the longest filed first."""
        where = "WHERE slips.charge_fen <> slips.handed_fen ORDER BY slips.filed_at, case_row, nth"
        return [held_of(row) for row in self._db.all(f"{HELD} {where}")]

    def _ends(self, end: str, first: str, last: str) -> list[str]:
        """The ``max`` or ``min`` of both numbers of all papers, between two of the same width."""
        found = (
            self._db.value(
                f"SELECT {end}({name}) FROM slips WHERE {name} BETWEEN ? AND ? AND {name} <> ''"
                f" AND length({name}) = ?",
                (first, last, len(last)),
            )
            for name in ("number", "issued")
        )
        return [each for each in found if each]

    def highest_paper(self, first: str, last: str) -> str:
        """The highest number on any case between two of the same width; empty where none is."""
        return max(self._ends("max", first, last), default="")

    def lowest_paper(self, first: str, last: str) -> str:
        """The lowest number on any case between two of the same width; empty where none is."""
        return min(self._ends("min", first, last), default="")
