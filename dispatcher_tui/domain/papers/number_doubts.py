"""What is odd about the number of a paper that comes in, asked before the paper counts (P0-08)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.domain.papers.custody import Oddity, Void
from dispatcher_tui.domain.papers.slips import HERE, SlipRecord, Where
from dispatcher_tui.domain.record.case import Slip


class NumberDoubt(msgspec.Struct, frozen=True):
    """One thing that is odd about ``number``, with what has to be named of it: the number that was
    ``issued``, the ``case`` it is on, the ``reason`` why it is void."""

    odd: Oddity
    number: str
    issued: str = ""
    case: str = ""
    reason: str = ""


def doubts_about(
    number: str,
    slip: Slip,
    case_id: str,
    papers: Iterable[SlipRecord],
    void: Void | None,
    *,
    given_out: bool,
) -> tuple[NumberDoubt, ...]:
    """What is odd about a number, the gravest first.

    Args:
        number: as it is kept.
        slip: the case's paper as the record has it; one that came in may bear the number already.
        case_id: the case the paper is for.
        papers: every paper that bears the number or was issued under it, of whatever case.
        void: the number's, where it is void.
        given_out: whether it is of a pad or of the desk's own range, or neither is kept.
    """
    used = _used_by(case_id, slip, papers)
    found = [NumberDoubt(Oddity.TWICE, number, case=used.case)] if used is not None else []
    if void is not None:
        found.append(NumberDoubt(Oddity.VOID_CAME_IN, number, reason=void.reason))
    if slip.issued and slip.issued.casefold() != number.casefold():
        found.append(NumberDoubt(Oddity.OTHER, number, issued=slip.issued))
    if not given_out and used is None:
        found.append(NumberDoubt(Oddity.OUTSIDE, number))
    return tuple(found)


def _used_by(case_id: str, slip: Slip, papers: Iterable[SlipRecord]) -> SlipRecord | None:
    """The other paper that the number is on: of another case, or of this one before, and here."""
    found = None
    for paper in papers:
        same = paper.case_id == case_id
        itself = same and paper.received_at == slip.received_at and not paper.form
        if paper.where is Where.GONE or itself or (same and paper.where not in HERE):
            continue
        if found is None or paper.where in HERE:
            found = paper
    return found
