"""The closing papers of a case, one record each: what its entries say of where it is (P0-08)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.case import Case, FormPaper, Slip
from dispatcher_tui.domain.words.terms import Stage

AGES = (2, 4, 8)
"""Whole days after the write-off at which a copy that is owed comes into the next band: 0-1, 2-3,
4-7, over 7 days."""


class Where(StrEnum):
    """Where a paper is; a number is in exactly one of these."""

    UNUSED = "unused"  # of a pad, above the highest that was used
    GAP = "gap"  # of a pad, below it, on no case and not void
    VOID = "void"
    ISSUED = "issued"  # out with whoever is responsible; the case is not written off yet
    OWED = "owed"  # the case is written off, the copy is not back
    IN_HAND = "in_hand"
    SIGNED = "signed"
    FILED = "filed"
    OTHER = "other_came_in"  # issued for a case whose paper came in under another number
    LEFT = "left"  # the case was reopened or found invalid before it came back
    GONE = "gone"  # charged once; on no case any more


HERE = (Where.IN_HAND, Where.SIGNED, Where.FILED)
"""The paper itself is on the desk."""


class SlipRecord(msgspec.Struct, frozen=True):
    """One paper of one case; ``nth`` counts the case's papers from 0, times are aware UTC.

    ``handed_fen`` is what the cashier was told of it so far; ``asked_of`` is who is responsible.
    ``version``: which print of it is right, 1 until something on it was corrected. ``form``: which
    numbered form it is, empty for a closing paper. ``procedure`` is the hash of the text that its
    case is judged by now; empty where only its numbers were read.
    """

    case_id: str
    case: str
    place: str
    nth: int
    where: Where
    number: str
    issued: str = ""
    issued_at: datetime | None = None
    issued_to: str = ""
    person: str = ""
    assignee: str = ""
    written_off_at: datetime | None = None
    received_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    filed_at: datetime | None = None
    binder: str = ""
    page: str = ""
    charge_fen: int = 0
    handed_fen: int = 0
    version: int = 1
    form: str = ""
    procedure: str = ""


def _where(case: Case, slip: Slip, *, present: bool) -> Where | None:
    """Where a paper is; None where the case has none and owes none yet."""
    for at, where in (
        (slip.filed_at, Where.FILED),
        (slip.signed_at, Where.SIGNED),
        (slip.received_at, Where.IN_HAND),
    ):
        if at is not None:
            return where
    if not present or case.stage is Stage.INVALID:
        return Where.LEFT if slip.number else None
    if case.written_off_at is not None:
        return Where.OWED
    return Where.ISSUED if slip.number else None


def _held(
    case: Case, nth: int, where: Where, slip: Slip, written_off: datetime | None
) -> SlipRecord:
    named = case.assignee
    return SlipRecord(
        case_id=case.id,
        case=case.number,
        place=case.place,
        nth=nth,
        where=where,
        number=slip.number,
        issued=slip.issued,
        issued_at=slip.issued_at,
        issued_to=slip.issued_to,
        person=named.person if named else "",
        assignee=named.name if named else "",
        written_off_at=written_off,
        received_at=slip.received_at,
        signed_by=slip.signed_by,
        signed_at=slip.signed_at,
        filed_at=slip.filed_at,
        binder=slip.binder,
        page=slip.page,
        charge_fen=slip.charge_fen if slip.filed_at is not None else 0,
        version=slip.version,
        procedure=case.procedure,
    )


def _where_form(case: Case, paper: FormPaper) -> Where:
    """Where a numbered form is: nobody owes it before a case can be final, it is out or here."""
    if paper.slip.filed_at is not None:
        return Where.FILED
    if paper.slip.received_at is not None:
        return Where.IN_HAND
    ended = paper.round != case.round or case.stage is Stage.INVALID
    return Where.LEFT if ended else Where.ISSUED


def has_papers(case: Case) -> bool:
    """Whether a case has a paper, had one or owes one; most open cases have none."""
    return bool(case.papers or case.forms) or case.slip != Slip() or case.written_off_at is not None


def papers_of(case: Case, handed: Mapping[str, int]) -> tuple[SlipRecord, ...]:
    """Every paper of a case, those of before first.

    Args:
        case: as folded.
        handed: by a paper's number, what the cashier was told of it for this case so far (fen).
            A number that no paper of the case bears any more keeps a row: it is owed back.
    """
    found: list[SlipRecord] = []
    slips = [(paper.slip, paper.written_off_at, False) for paper in case.papers]
    for slip, written_off, present in (*slips, (case.slip, case.written_off_at, True)):
        where = _where(case, slip, present=present)
        if where is not None:
            found.append(_held(case, len(found), where, slip, written_off))
    for paper in case.forms:
        held = _held(case, len(found), _where_form(case, paper), paper.slip, None)
        found.append(msgspec.structs.replace(held, form=paper.form))
    left = {number: fen for number, fen in handed.items() if fen}
    for at, held in enumerate(found):
        if held.filed_at is not None and held.number in left:
            found[at] = msgspec.structs.replace(held, handed_fen=left.pop(held.number))
    for number in sorted(left):
        gone = _held(case, len(found), Where.GONE, Slip(number=number), None)
        found.append(msgspec.structs.replace(gone, handed_fen=left[number]))
    return tuple(found)


def band_of(paper: SlipRecord, now: datetime) -> int:
    """How long a copy is owed: 0 for 0-1 days, 1 for 2-3, 2 for 4-7, 3 for over 7 (whole days)."""
    if paper.written_off_at is None:
        return 0
    days = (now - paper.written_off_at) // timedelta(days=1)
    return sum(days >= age for age in AGES)
