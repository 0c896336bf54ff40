"""Telephone numbers as they are typed, with whatever stands between the digits."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_DIGIT = re.compile(r"[^0-9]+")
_EXTENSION = re.compile(r"(?<=[0-9)\s])(?:转|分机)(?=[\s:]*[0-9])")
_FURNITURE = re.compile(r"[0-9+()\[\]\-\s./*#,:\u2010-\u2015\u2212]*")
_FEWEST_DIGITS = 3
_MOST_DIGITS = 20


def phone_digits(raw: str) -> str:
    """The digits alone, an extension's among them; a leading `+` leaves no trace."""
    return _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", raw))


def plausible_phone(raw: str) -> bool:
    """True where the text can be dialled: 3 to 20 digits and no words.

    Spaces, brackets, dashes and an extension (`转8001`, `-8001`) may stand between them.
    """
    text = _EXTENSION.sub("-", unicodedata.normalize("NFKC", raw))
    if not _FURNITURE.fullmatch(text):
        return False
    return _FEWEST_DIGITS <= len(phone_digits(text)) <= _MOST_DIGITS
