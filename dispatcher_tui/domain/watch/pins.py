"""What a new PIN must be: long enough, and none of those that are guessed first."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from dispatcher_tui.domain.words.text import fold

PIN_SHORTEST, PIN_LONGEST = 4, 12
"""Digits that a PIN can have at all."""
PIN_LEAST = 6
"""Digits that a new one has at least, where the site says nothing else."""

_FIRST_YEAR = 1950
"""No older birthday is looked for: nobody that old sits at a desk."""


def is_pin(pin: str) -> bool:
    """Whether it has the form of a PIN; its digits may be of full width."""
    pin = fold(pin)
    return pin.isascii() and pin.isdigit() and PIN_SHORTEST <= len(pin) <= PIN_LONGEST


def is_short(pin: str, least: int) -> bool:
    """Whether a PIN that is in use has fewer digits than a new one must have."""
    return len(fold(pin)) < least


def _is_repeat(pin: str) -> bool:
    """One piece over and over: 000000, 121212, 110110."""
    sizes = (size for size in range(1, len(pin) // 2 + 1) if len(pin) % size == 0)
    return any(pin == pin[:size] * (len(pin) // size) for size in sizes)


def _is_run(pin: str) -> bool:
    """Digits up or down one by one, beyond nine or nought too: 123456, 890123, 4321."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _is_doubled_run(pin: str) -> bool:
    """A run of pairs: 112233."""
    return len(pin) % 2 == 0 and pin[::2] == pin[1::2] and _is_run(pin[::2])


def _is_day(year: int, month: str, day: str, last: int) -> bool:
    try:
        return _FIRST_YEAR <= date(year, int(month), int(day)).year <= last
    except ValueError:
        return False


def _is_date(pin: str, today: date) -> bool:
    """A day that somebody was born on or something began: 19850612, 850612, 198506, 0612, 1985.

    ``today`` bounds the years: what lies after the next one is nobody's date.
    """
    last = today.year + 1
    match len(pin):
        case 4:
            year = _FIRST_YEAR <= int(pin) <= last
            return year or _is_day(2000, pin[:2], pin[2:], last)  # a leap year
        case 6:
            short = any(_is_day(c + int(pin[:2]), pin[2:4], pin[4:], last) for c in (1900, 2000))
            return short or _is_day(int(pin[:4]), pin[4:], "1", last)
        case 8:
            return _is_day(int(pin[:4]), pin[4:6], pin[6:], last)
    return False


def is_trivial(pin: str, today: date) -> bool:
    """Whether a PIN is one of the first that are tried: repeats, runs, plain dates."""
    pin = fold(pin)
    return any((_is_repeat(pin), _is_run(pin), _is_doubled_run(pin), _is_date(pin, today)))
