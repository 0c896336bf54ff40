"""Places of a list that a program rewrote: days, times, decimals, and formulas that lacked a part.

A home filed under what is left of its number is another home, or nobody's. While a caller waits
any separator will do; in a list what reads as a spreadsheet's own value is asked for anew.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dispatcher_tui.domain.words.mangled import BARE, FRACTION, MASK, number_damage, plain_value
from dispatcher_tui.domain.words.numerals import figures_of
from dispatcher_tui.domain.words.place import place_parts

_AS_MOST = re.compile(r"[A-Za-z]?\d{1,3}(?:-\d{1,3})?-\d{3,5}")
"""Nearly every row of a list; no day and no time is written so."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:1[0-2]|[1-9])月)"
)
_YEAR = r"(?:19|20)\d{2}"
_HALF = r"(?:[AP]M|上午|下午|中午|早上|晚上|凌晨)"
_HOURS = (
    rf"(?:{_HALF} *)?(?:\d{{1,5}}:\d{{1,2}}(?::\d{{1,2}}(?:\.\d+)?)?"
    rf"|\d{{1,2}} *[时点] *\d{{1,2}} *分?(?: *\d{{1,2}} *秒)?)(?: *{_HALF})?"
)
_WEEKDAY = (
    r"(?:(?:星期|礼拜|周)[一二三四五六日天]"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
)
_DAY = (
    rf"(?:{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|\d{{4}}-\d\d-\d\d"
    rf"|{_YEAR}[-/](?:0?[1-9]|1[0-2])|0\d[-/.]0\d[-/.]{_YEAR}"
    rf"|(?:\d{{2,4}} *年 *)?\d{{1,2}} *月(?: *\d{{1,2}} *[日号]?)?|\d{{2,4}} *年"
    rf"|\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ,]+\d{{2,4}})?"
    rf"|{_MONTH}(?:[-/ ]\d{{1,4}}(?:[-/ ,]+\d{{2,4}})?)?"
    rf"|\d{{2,4}}[-/ ]{_MONTH}[-/ ]\d{{1,2}})"
)
_DATES = re.compile(
    rf"(?:{_WEEKDAY}[ ,]*)?{_DAY}(?:[ T,]*{_WEEKDAY})?(?:[ T]+{_HOURS})?|{_WEEKDAY}", re.IGNORECASE
)
_TIMES = re.compile(_HOURS, re.IGNORECASE)
_SLASHED = re.compile(
    rf"(\d{{1,2}})/(\d{{1,2}})(?:/({_YEAR}|\d{{1,2}}))?(?: +{_HOURS})?", re.IGNORECASE
)
_LAST_MONTH, _LAST_DAY = 12, 31
_COUNT_OF_DAYS = re.compile("[零\u3007一二三四五六七八九十]+(?=[年月日号时点分秒])")

_TRUTHS = ("true", "false", "真", "假", "是", "否")
_NOTHINGS = ("null", "none", "nan", "nil", "undefined", "n/a", "na", "unknown", "无", "空", "未知")
_PROGRAM_WORDS = frozenset((*_TRUTHS, *_NOTHINGS))
"""What a program writes for a value that is none, or is yes or no."""
_PARTED = re.compile(r"[-、,_\u2010-\u2015\u2212栋幢]+|单元")
_MONEY = re.compile(
    r"[$\xa3\xa5\u20ac] *[\d.,]+|[\d.,]+ *[%元]|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\(\d[\d.,]*\)"
)
_DECIMAL = re.compile(r"\d[.\u3002]\d")
_DOTTED = re.compile(r"[0-9A-Za-z]+(?:[.\u3002][0-9A-Za-z]+){2,4} *[室房户号]?")
_OF_NOTHING = re.compile(r".*[.\u3002]0+ *[室房户号]?")
_SIGN = r"-/.,:_、\u2010-\u2013\u2015\u2212"
_OF_FIGURES = re.compile(rf"[{_SIGN}\d\u2014+#\s栋幢座号楼单元室户房]+")
_GAP = re.compile(
    rf"^[{_SIGN}\u2014+]|[{_SIGN}]\s*[{_SIGN}]|[{_SIGN}\u2014]\s*$"
    r"|(?:^|(?<=[-\s/栋幢楼元]))(?:单元|[栋幢室户])"
)
"""A separator, or a word that counts, with nothing on one side of it."""
_SIGNED = re.compile(rf"[{_SIGN}\u2014+][0-9A-Za-z]+")
_SERIAL = re.compile(r"[1-9]\d{4,}")
"""What a spreadsheet keeps of a day is a number of five figures."""


def _slashed_date(text: str) -> bool:
    """Whether figures between slashes are a day as a spreadsheet shows it: `3/2`, `3/2/2015`."""
    match = _SLASHED.fullmatch(text)
    if match is None:
        return False
    first, second, third = match.groups()
    pairs = [(first, second), (second, first)]
    if third and len(third) <= 2:
        pairs.append((second, third))
    return any(
        1 <= int(month) <= _LAST_MONTH and 1 <= int(day) <= _LAST_DAY for month, day in pairs
    )


def value_damage(text: str) -> str:
    """What is wrong with a name or a number that stands for somebody or something, nothing where
    it can be taken as it is; a bare number is told as ``bare_number``."""
    plain = plain_value(text)
    if found := number_damage(plain):
        return found
    counted = _COUNT_OF_DAYS.sub(lambda match: figures_of(match[0]), plain)
    if _DATES.fullmatch(counted) or _slashed_date(plain):
        return "mangled_date"
    if _TIMES.fullmatch(counted):
        return "mangled_time"
    if FRACTION.fullmatch(plain):
        return "mangled_fraction"
    if MASK.search(plain) and not any(ch.isalpha() for ch in plain.replace("x", "")):
        return "mangled_masked"
    if BARE.fullmatch(plain):
        return "bare_number"
    return "" if any(ch.isalnum() for ch in plain) else "no_place"


def place_damage(text: str) -> str:
    """What is wrong with a whole place in a list, nothing where it can be filed as it is."""
    if _AS_MOST.fullmatch(text):
        return ""
    plain = plain_value(text)
    words = plain.casefold()
    if words in _PROGRAM_WORDS or not _PROGRAM_WORDS.isdisjoint(_PARTED.split(words)):
        return "mangled_word"
    if found := value_damage(plain):
        return found
    if _MONEY.fullmatch(plain):
        return "mangled_money"
    unit = len(place_parts(plain)) > 1
    if (unit or _OF_FIGURES.fullmatch(plain)) and _GAP.search(plain):
        return "mangled_sign"
    return "mangled_fraction" if unit and _decimal(plain) else ""


def _decimal(plain: str) -> bool:
    """Whether a part of a unit place is a decimal: points part all of it, or none of it."""
    if not _DECIMAL.search(plain):
        return False
    return not _DOTTED.fullmatch(plain) or _OF_NOTHING.fullmatch(plain) is not None


@lru_cache(maxsize=4096)  # a building stands in hundreds of rows
def part_damage(text: str) -> str:
    """What is wrong with a part of a place: a building, a unit, a room."""
    if text.isdecimal():
        return ""
    if _SIGNED.fullmatch(plain_value(text)):
        return "mangled_sign"
    found = place_damage(text)
    return "" if found == "bare_number" else found


def room_damage(text: str) -> str:
    """The same of a part that is figures by nature: a day's number is none of an estate's."""
    return "mangled_serial" if _SERIAL.fullmatch(plain_value(text)) else part_damage(text)


def id_damage(text: str) -> str:
    """What is wrong with an id of a list of persons, which may be any word."""
    found = value_damage(text) if text and not text.isdecimal() else ""
    return "" if found == "bare_number" else found
