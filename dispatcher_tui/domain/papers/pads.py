"""Pads: ranges of pre-numbered papers, and the numbers on them as they are typed and kept.

Numbers are text: their leading zeros count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import msgspec

from dispatcher_tui.domain.words.text import clean_text

MOST_OF_A_PAD = 10_000
"""No pad has more papers; a longer range is a slip of the keys."""


class Pad(msgspec.Struct, frozen=True):
    """A range of numbers: ``prefix`` and at least ``digits`` digits, ``first`` to ``last``.

    ``own``: the desk's running range, which it numbers by itself as it goes. ``form``: which form
    is printed on its papers; empty where they are closing papers.
    """

    prefix: str
    first: int
    last: int
    digits: int
    to: str = ""
    person: str = ""
    issued_at: datetime | None = None
    own: bool = False
    form: str = ""

    def number(self, n: int) -> str:
        """The n-th number as it stands on the paper."""
        return f"{self.prefix}{n:0{self.digits}d}"

    def holds(self, number: str) -> int | None:
        """Which of its numbers that is, None where it is none of them."""
        n = counted(number, self.prefix, self.digits)
        return n if n is not None and self.first <= n <= self.last else None

    def meets(self, other: Pad) -> bool:
        """Whether some paper would be in both."""
        apart = self.last < other.first or other.last < self.first
        return not apart and self.number(self.first)[: -self.digits] == other.prefix


def counted(number: str, prefix: str, digits: int) -> int | None:
    """The count in a number of that form, None where it has another form."""
    rest = number[len(prefix) :]
    if not number.startswith(prefix) or not (rest.isascii() and rest.isdigit()):
        return None
    if len(rest) != digits and (len(rest) < digits or rest[0] == "0" or len(rest) > 18):
        return None
    return int(rest)


class PadError(ValueError):
    """A range that cannot stand: ``form``, ``last``, ``backwards`` or ``long``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_NUMBER = re.compile(r"(?P<prefix>[^\s]*?)(?P<count>[0-9]{1,18})")


def tidy(number: str) -> str:
    """A number as it is kept, however wide it was typed; its zeros stay."""
    return "".join(unicodedata.normalize("NFKC", clean_text(number, multiline=False).text).split())


def well_formed(number: str) -> bool:
    """Whether a text can be the number on a paper: it ends in digits."""
    return _NUMBER.fullmatch(number) is not None


def parse_pad(first: str, last: str, prefix: str = "") -> Pad:
    """The pad from its first and its last number as typed; of the last its last digits will do.

    ``prefix`` is how the site writes its own, whatever case it was typed in.

    Raises:
        PadError: there is no such pad.
    """
    begin = _NUMBER.fullmatch(tidy(first))
    if begin is None:
        raise PadError("form")
    head, digits = begin["prefix"], len(begin["count"])
    end = tidy(last)
    if head and end.casefold().startswith(head.casefold()):
        end = end[len(head) :]
    if not (end.isascii() and end.isdigit()) or len(end) > digits:
        raise PadError("last")
    count, until = int(begin["count"]), int(begin["count"][: digits - len(end)] + end)
    if until < count:
        raise PadError("backwards")
    if until - count >= MOST_OF_A_PAD:
        raise PadError("long")
    same = prefix and head.casefold() == prefix.casefold()
    return Pad(prefix if same else head, count, until, digits)


def resolve(typed: str, pads: Iterable[Pad]) -> str:
    """The number that is meant by what was typed: in full, or its digits alone.

    Digits alone are taken for the first of the ``pads`` that has such a number.
    """
    number = tidy(typed)
    for pad in pads:
        if number.isascii() and number.isdigit() and len(number) <= pad.digits and pad.prefix:
            if pad.first <= int(number) <= pad.last:
                return pad.number(int(number))
        elif number.casefold().startswith(pad.prefix.casefold()):
            found = pad.prefix + number[len(pad.prefix) :]
            if pad.holds(found) is not None:
                return found
    return number
