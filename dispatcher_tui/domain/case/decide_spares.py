"""Deciding on blank intakes: which pad is printed next, which sheet may be keyed in or voided."""

from __future__ import annotations

import re

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.spare_sheets import MOST, SpareBook, sheet_number
from dispatcher_tui.domain.record.spare_events import SpareSheetsPrinted

_NUMBER = re.compile(r"(?:BJ)?[-\s]*0*(\d{1,9})", re.IGNORECASE)


def next_pad(book: SpareBook, count: int, *, restored: bool = False) -> SpareSheetsPrinted:
    """The pad that is printed next. Where the record went on from a copy since the last one, it
    begins with the next full hundred: the copy may not know of sheets that lie on the desk.

    Raises:
        Refusal: so many sheets are no pad.
    """
    if not 1 <= count <= MOST:
        raise Refusal("spare_count", n=str(MOST))
    first = book.highest + 1
    if restored:
        first = (book.highest // 100 + 2) * 100 + 1
    return SpareSheetsPrinted(first=first, last=first + count - 1)


def typed_number(text: str) -> int:
    """The number of a sheet as it is typed: ``BJ-000012``, ``12``.

    Raises:
        Refusal: it is none.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not int(match[1]):
        raise Refusal("spare_number", text=text.strip() or "-")
    return int(match[1])


def refuse_used(book: SpareBook, number: int) -> None:
    """Refuse a sheet of no pad, and one of which something was written down already.

    Raises:
        Refusal: with what is known of it.
    """
    name = sheet_number(number)
    if not book.has(number):
        pads = ", ".join(f"{sheet_number(p.first)}..{sheet_number(p.last)}" for p in book.pads)
        raise Refusal("spare_of_no_pad", number=name, known=pads or "-")
    use = book.used.get(number)
    if use is None:
        return
    if use.void:
        raise Refusal("spare_void", number=name, reason=use.void)
    if use.case:
        raise Refusal("spare_used", number=name, case=use.case)
    raise Refusal("spare_logged", number=name)
