"""Figures that may be a PIN, typed by habit on a locked desk: covered, and written down nowhere."""

from __future__ import annotations

import re
import unicodedata

FEWEST_COVERED = 2
"""Figures from which on a text of nothing else is covered; one alone is the beginning of a place
as well."""
FEWEST_OF_A_PIN = 4
"""Figures from which on a text of nothing else may be a whole PIN."""

_MOBILE = re.compile("1[3-9][0-9]{9}")
"""A whole number of a caller, which is no PIN and finds a home."""


def _figures(text: str) -> int:
    """How many figures a text of nothing else has; 0 where there is anything else in it,
    and for a mobile telephone number."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return len(folded) if folded.isdigit() and not _MOBILE.fullmatch(folded) else 0


def is_covered(text: str) -> bool:
    """Whether a text may be the beginning of a PIN, which nobody is to read."""
    return _figures(text) >= FEWEST_COVERED


def may_be_pin(text: str) -> bool:
    """Whether a text may be a whole PIN: it is never written down as words or as a place."""
    return _figures(text) >= FEWEST_OF_A_PIN


def covered(text: str) -> str:
    """The text as it may be said again where nobody has signed in."""
    return "****" if is_covered(text) else text
