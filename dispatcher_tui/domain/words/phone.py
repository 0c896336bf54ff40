"""Telephone numbers as they are typed, with whatever stands between the digits."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_DIGIT = re.compile(r"[^0-9]+")
_EXTENSION = re.compile(r"(?<=[0-9)\s])(?:转|分机)(?=[\s:]*[0-9])")
_FURNITURE = re.compile(r"[0-9+()\[\]\-\s./*#,:\u2010-\u2015\u2212]*")
_RADIO = re.compile(
    r"(?:对讲机?|手台|电台)[ :]*(?:(?:频道|信道|CH|第)[ :.]*)?\d{1,3} *(?:号|频道|信道|号频道|频)?"
    r"|(?:频道|信道|channel|CH|radio)[ :.\-]*\d{1,3}|第? *\d{1,3} *号?(?:频道|信道|channel|CH)"
    r"|(?:对讲机?|手台|电台)[ :]*(?:1[3-7]\d|4\d\d)\.\d{1,5}",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 3
_MOST_DIGITS = 20


def phone_digits(raw: str) -> str:
    """The digits alone, an extension's among them; a leading `+` leaves no trace."""
    return _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", raw))


def radio_channel(raw: str) -> bool:
    """True where the text names a channel of the radios: `对讲3频道`, `CH 3`, `3频道`."""
    return _RADIO.fullmatch(unicodedata.normalize("NFKC", raw).strip()) is not None


def plausible_phone(raw: str) -> bool:
    """True where the text can be dialled: 3 to 20 digits and no words.

    Spaces, brackets, dashes and an extension (`转8001`, `-8001`) may stand between them.
    """
    text = _EXTENSION.sub("-", unicodedata.normalize("NFKC", raw))
    if not _FURNITURE.fullmatch(text):
        return False
    return _FEWEST_DIGITS <= len(phone_digits(text)) <= _MOST_DIGITS
