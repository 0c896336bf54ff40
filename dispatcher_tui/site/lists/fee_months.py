"""Months as a list of fees says them: how many are owed, which ones, which is the list's own."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise

from dispatcher_tui.domain.time.periods import first_of_month, period_named

MOST_MONTHS = 240
"""Nobody is asked for more than twenty years."""

_COUNT = re.compile(r"(\d{1,3})(?:\.0+)?\s*个?月?")
_MONTH = re.compile(r"(?:(20\d\d)\s*[年./-]\s*)?(1[0-2]|0?[1-9])\s*月?(?:份)?")
_WHOLE = re.compile(r"(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])(?!\d)")
_SIX = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_BETWEEN = re.compile(r"\s*[,，、;；/\s]\s*")
_TO = re.compile(r"\s*[~～至到]\s*|\s*--?\s*(?=20\d\d)|(?<=月)\s*-\s*")


def month_name(first: date) -> str:
    """A month by its name, ``2026-11``."""
    return f"{first:%Y-%m}"


def months_named(text: str) -> set[str]:
    """The months with their year that stand anywhere in a text (a list's title)."""
    folded = unicodedata.normalize("NFKC", text)
    return {f"{m[1]}-{int(m[2]):02d}" for m in _WHOLE.finditer(folded)}


def _month(text: str, before: date) -> date | None:
    """One month; without its year the last one of that name up to ``before``."""
    if six := _SIX.fullmatch(text):
        return date(int(six[1]), int(six[2]), 1)
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    if match[1]:
        return date(int(match[1]), int(match[2]), 1)
    found = date(before.year, int(match[2]), 1)
    return found if found <= before else date(before.year - 1, int(match[2]), 1)


def _between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def months_owed(text: str, of: str) -> tuple[int, date] | None:
    """How many months a cell says are owed in a list of the month ``of``, and the first of the
    oldest of them; None where it says neither a number of months nor months.

    A number alone ends with the list's own month.
    """
    last = period_named(of).first
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return 1, last
    count = _COUNT.fullmatch(folded)
    if count is not None and ("个" in folded or "月" not in folded):
        n = int(count[1])
        in_range = 1 <= n <= MOST_MONTHS
        return (n, first_of_month(last.year - (n + 11) // 12, _back(last, n))) if in_range else None
    ends = [_month(part.strip(), last) for part in _TO.split(folded)]
    if len(ends) == 2:
        first, end = ends
        if first is None or end is None or first > end or _between(first, end) >= MOST_MONTHS:
            return None
        return _between(first, end) + 1, first
    found = [_month(part, last) for part in _BETWEEN.split(folded) if part]
    named = sorted({each for each in found if each is not None})
    if not named or None in found or any(a >= b for a, b in pairwise(named)):
        return None
    return len(named), named[0]


def _back(last: date, n: int) -> int:
    """The number of the month ``n - 1`` months before, counted on from a January ``(n + 11) // 12``
    years before."""
    return last.month - (n - 1) + 12 * ((n + 11) // 12)
