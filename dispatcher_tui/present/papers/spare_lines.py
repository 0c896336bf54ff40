"""Blank intakes in words: which are out, what became of each, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.papers.spare_sheets import SpareBook, SpareUse, sheet_number
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time


def of_spares() -> dict[str, str]:
    """What stands against keying in or voiding a sheet, and what to do instead."""
    return {
        "spare_count": _("A pad has from 1 to {n} sheets."),
        "spare_number": _("{text} is no sheet's number: write it as printed, BJ-000012, or 12."),
        "spare_of_no_pad": _("{number} is of no pad that was printed here; these are: {known}."),
        "spare_used": _("{number} was keyed in already, as {case}: look at the number again."),
        "spare_logged": _("{number} was keyed in already, as a line of the Work Log."),
        "spare_void": _("{number} is void: {reason}. Write on another sheet."),
        "spare_time_missing": _("When did the call come in? The time stands on the sheet."),
        "spare_empty": _("Nothing stands on it: place or words first; a spoilt sheet is voided."),
    }


def use_words(use: SpareUse | None) -> str:
    """What became of a sheet."""
    if use is None:
        return _("not keyed in")
    if use.void:
        return _("void: {reason}").format(reason=use.void)
    return _("keyed in as {case}").format(case=use.case or _("a line of the Work Log"))


def numbers_text(numbers: Sequence[int]) -> str:
    """Numbers, runs of them shortened."""
    runs, found = list[list[int]](), list[str]()
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        first, last = sheet_number(run[0]), sheet_number(run[-1])
        found.append(first if first == last else f"{first}..{last}")
    return _(", ").join(found)


def gaps_line(gaps: Sequence[int]) -> str:
    """The sheets between keyed ones that nobody has keyed in; empty where there is none."""
    if not gaps:
        return ""
    words = _("Missing before the last one: {numbers}. Key them in, or void them.")
    return words.format(numbers=numbers_text(gaps))


def sheet_rows(book: SpareBook, now: datetime, zone: tzinfo) -> list[tuple[int, str]]:
    """Every sheet that was used or is missing, then how many are still blank, pad by pad."""
    rows, gaps = list[tuple[int, str]](), frozenset(book.gaps)
    for pad in reversed(book.pads):
        span = range(pad.first, pad.last + 1)
        blank = sum(n not in book.used and n not in gaps for n in span)
        words = _("Pad {numbers}, printed {time}: {n} blank")
        printed = short_time(pad.at, now, zone)
        rows.append((0, words.format(numbers=numbers_text(span), time=printed, n=blank)))
        for n in span:
            if n in book.used or n in gaps:
                state = _("MISSING") if n in gaps else use_words(book.used[n])
                rows.append((n, f"  {sheet_number(n)}  {state}"))
    return rows


def book_object(book: SpareBook, zone: tzinfo) -> dict[str, Any]:
    """What programs get of the pads."""

    def sheet(number: int, use: SpareUse) -> dict[str, Any]:
        at = use.at.astimezone(zone).isoformat()
        case, void = use.case or None, use.void or None
        return {"number": sheet_number(number), "case": case, "void": void, "at": at}

    pads = [
        {"first": sheet_number(p.first), "last": sheet_number(p.last)}
        | {"printed_at": p.at.astimezone(zone).isoformat()}
        for p in book.pads
    ]
    return {
        "pads": pads,
        "used": [sheet(n, use) for n, use in sorted(book.used.items())],
        "gaps": [sheet_number(n) for n in book.gaps],
        "blank": [sheet_number(n) for n in book.open],
    }
