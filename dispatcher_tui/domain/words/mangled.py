"""Values that a program rewrote on their way through an export: told, never taken for what is left.

A number that was masked, rounded or cut still has digits in it, and a flat that became a date still
has three figures. What somebody typed has neither stars between its digits nor an exponent.
Each function gives the kind of damage as a code, nothing where the value can be taken as it stands.
"""

from __future__ import annotations

import re
import unicodedata

_WHOLE_AS_FRACTION = re.compile(r"(\d+)\.0+")
_ERROR_VALUE = re.compile(
    r"#(?:N/A|REF!?|VALUE!?|NAME\??|DIV/0!?|NUM!?|NULL!?|SPILL!?|FORMULA)(?![A-Z])", re.IGNORECASE
)
_OVERFLOW = re.compile(r"#{2,}")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?E[+-]?\d+|\d+\.\d+\s*[×x]\s*10\^?\d+", re.IGNORECASE)
MASK = re.compile(r"\*{2,}|(?<=\d)[*×xX●•?_]+(?=\d)|[●•×]{2,}|(?<=\d)[xX?]{2,}|[xX?]{2,}(?=\d)")
_STRIPE = r"(?:[^\w\s()+]{3,}|([^\w\s()+*])\%d+)"
_STRIPES = re.compile(rf"\d[\s()]*{_STRIPE % 1}(?:[\s()]*\d|$)|^{_STRIPE % 2}[\s()]*\d")
"""Two of one mark or three of any, beside figures: what stood there is gone."""
_FORMULA = re.compile(r"[=＝].*", re.DOTALL)
_PHONE_TAIL = re.compile(r"(?:转|分机)[ :]*\d{1,6}$")
_MOBILE_TAIL = re.compile(r"((?:\+?86[- ]?)?1[3-9](?:[ -]?\d){9})[-,#/]+\d{1,6}")
_ABROAD = re.compile(r"^(?:(?:\+|00)86|86(?=\D*1[3-9](?:\D*\d){9}))")
_MOBILE_START = re.compile(r"\D*1[3-9]\d")
_BETWEEN = r"-/.,:\u2010-\u2015\u2212"
_LEFT_OVER = re.compile(rf"^[\s(]*\+?[\s(]*[{_BETWEEN}]|[+{_BETWEEN}]\s*$")
"""A sign or a separator at an end of a number: what stood beyond it, or what it was reckoned from,
is gone. Nobody dials one."""
FRACTION = re.compile(r"[+-]?\d*\.\d+")
_TEXT_MARKS = "'\u2018\u2019`\u00b4\uff07"
_AS_TEXT = re.compile(r'=?\s*"([^"]*)"')
_FREQUENCY = re.compile(r"1[3-7]\d\.\d{1,5}|4\d\d\.\d{1,5}")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}"
    r"|\d{1,2}/\d{1,2}/(?:19|20)\d\d|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
)
"""A short number that was shown as a day or a time."""
_LETTERS = re.compile(r"\d[A-Za-z]|[A-Za-z]\d")

_MOST_FIGURES = 15
"""A spreadsheet keeps no more of a number; the rest become zeros."""

_SERVICE = ("400", "800")
_WITHOUT_PLUS = ("852", "853", "886")
_LOST_ZERO = (10, 11)
"""So many figures has a number of the country without the zero of its area, or lacking one."""

_NUMBER_SIGNS = ("#", "＃")
_MOBILE = 11
BARE = re.compile(r"\d+")
_SHORT = 6
"""A short number of a company's own, or an extension, has no more figures than this."""


def plain_value(text: str) -> str:
    """A value as it is judged: compatibility forms folded, without outer spaces."""
    return unicodedata.normalize("NFKC", text).strip()


def mended_number(text: str) -> str:
    """A whole number that came as a fraction (`1502.0`) as it was; anything else as it stands."""
    if text.isascii() and "." not in text:
        return text
    match = _WHOLE_AS_FRACTION.fullmatch(plain_value(text))
    return match[1] if match else text


MARKS = frozenset(f'{_TEXT_MARKS}="')
"""What a cell may begin with that a program put there so that it stays a text."""


def unmarked(text: str) -> str:
    """A cell without the marks by which a spreadsheet keeps a text: `'138`, `="0138"`.

    Anything else as it stands, a formula among them.
    """
    if text[:1] in _TEXT_MARKS:
        return text.strip(_TEXT_MARKS).strip() or text
    match = _AS_TEXT.fullmatch(text)
    return match[1].strip() if match else text


def cell_damage(text: str) -> str:
    """What is wrong with a cell of any column: an error of a formula, a column too narrow."""
    plain = plain_value(text) if text[:1] in _NUMBER_SIGNS else ""
    if _ERROR_VALUE.fullmatch(plain):
        return "mangled_error"
    return "mangled_narrow" if _OVERFLOW.fullmatch(plain) else ""


def number_damage(text: str) -> str:
    """What is wrong with a value that may be a number: a formula, an exponent, an error."""
    if _FORMULA.fullmatch(text):
        return "mangled_error"
    if _EXPONENT.fullmatch(text):
        return "mangled_exponent"
    if "#" in text and _ERROR_VALUE.search(text):  # also where a formula put it to something else
        return "mangled_error"
    return "mangled_narrow" if _OVERFLOW.fullmatch(text) else ""


def phone_damage(text: str) -> str:
    """What is wrong with a telephone number in a list, nothing where it can be dialled as it is.

    A radio's frequency (`409.7500`) is no fraction of a number.
    """
    plain = plain_value(text)
    if len(plain) == _MOBILE and plain.isdecimal() and plain[0] == "1":
        return ""
    if found := number_damage(plain):
        return found
    if MASK.search(plain) or _STRIPES.search(plain):
        return "mangled_masked"
    if _LEFT_OVER.search(plain):
        return "mangled_sign"
    if _MOMENT.fullmatch(plain):
        return "mangled_moment"
    if _FREQUENCY.fullmatch(plain):
        return ""
    if FRACTION.fullmatch(plain):
        return "mangled_fraction"
    if _LETTERS.search(plain):
        return "mangled_letters"
    if BARE.fullmatch(plain):
        if len(plain) > _MOST_FIGURES:
            return "mangled_long"
        if len(plain) in _LOST_ZERO and not _begins_as_dialled(plain):
            return "mangled_zero"
    return "mangled_cut" if _cut_mobile(plain) else ""


def _cut_mobile(plain: str) -> bool:
    """Whether a number begins as a mobile one does and has not its eleven figures.

    No local number begins so, a short one may. What follows a whole number is its extension.
    """
    whole = _MOBILE_TAIL.sub(r"\1", _PHONE_TAIL.sub("", plain))
    number = _ABROAD.sub("", whole)
    figures = sum(map(str.isdecimal, number))
    return _MOBILE_START.match(number) is not None and figures > _SHORT and figures != _MOBILE


def _begins_as_dialled(figures: str) -> bool:
    """Whether ten or eleven figures begin as a number of the country does."""
    if len(figures) == 10:
        return figures.startswith(("0", *_SERVICE, "95"))
    return figures.startswith(("0", "1", *_WITHOUT_PLUS))
