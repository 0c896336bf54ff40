"""The rescue code: what lies in the sealed envelope for the day on which no head has a PIN."""

from __future__ import annotations

import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that a hand writes alike."""
LENGTH = 16
_GROUP = 4
_ALIKE = str.maketrans("OIL", "011")


def plain(typed: str) -> str:
    """A code as it is compared: capitals without separators, of any width; alike letters as one."""
    wide = unicodedata.normalize("NFKC", typed).upper().translate(_ALIKE)
    return "".join(each for each in wide if each.isalnum())


def is_code(typed: str) -> bool:
    """Whether it has the form of a rescue code, which no PIN has."""
    code = plain(typed)
    return len(code) == LENGTH and set(code) <= set(LETTERS)


def shown(code: str) -> str:
    """A code in groups that can be copied by hand."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
