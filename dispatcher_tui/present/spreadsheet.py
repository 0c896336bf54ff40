"""Text for a spreadsheet: what could be run as a formula, or read as a command, stays text."""

from __future__ import annotations

import re

from dispatcher_tui.domain.words.text import clean_text

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in either width."""


_D, _Y = r"\d{1,2}", r"(?:19|[2-9]\d)\d{2}"
_DAY = rf"(?:{_D}|{_Y})[-/](?:{_D}|{_Y})|{_D}[-/]{_D}[-/](?:{_D}|{_Y})|{_Y}[-/]{_D}[-/]{_D}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAMED_DAY = rf"{_D}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{1,4}}"
_NUMBER = r"\d+(?:\.\d+)?e[+-]?\d+|\(\d+(?:\.\d+)?\)|\d+ \d+/\d+"
_TIME = r"\d{1,4}:\d{2}(?::\d{2})?"
_ISO_DAY = r"\d{4}-\d{2}-\d{2}(?: |$)"
_REWRITTEN = re.compile(
    rf"0\d+|\d{{12,}}|{_NUMBER}|{_NAMED_DAY}|(?!{_ISO_DAY})(?:{_DAY})(?: +{_TIME})?|{_TIME}",
    re.IGNORECASE,
)
"""What it may take for another number, a day or a time: a flat ``12-3-2005`` becomes a day in
December, a door ``1E05`` a hundred thousand, ``(5)`` less than nothing, a long number loses its
end. A whole ISO day may become the day that it is."""


def one_line(text: str) -> str:
    """A text on a single line, of any length, without anything that steers."""
    return clean_text(text, limit=len(text), multiline=False).text


def safe_cell(text: str) -> str:
    """A text that no spreadsheet runs or rewrites: a formula, a leading zero, a flat stay text."""
    clean = one_line(text)
    # The lead is looked for before the text is cleaned, too: a tab goes with the cleaning.
    lead = text[:1] + clean.lstrip()[:1]
    rewritten = _REWRITTEN.fullmatch(clean.strip()) is not None
    return f"'{clean}" if rewritten or not _FORMULA.isdisjoint(lead) else clean


def margin_text(text: str) -> str:
    """A text for the head or foot of a sheet's pages, where an ampersand begins a command.

    It is shown by its wide twin: doubled, it is still taken for a command before some letters.
    """
    return one_line(text).replace("&", "＆")
