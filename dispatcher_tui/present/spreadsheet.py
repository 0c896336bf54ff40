"""Text for a spreadsheet: what could be run as a formula, or read as a command, stays text."""

from __future__ import annotations

from dispatcher_tui.domain.words.text import clean_text

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in either width."""


def one_line(text: str) -> str:
    """A text on a single line, of any length, without anything that steers."""
    return clean_text(text, limit=len(text), multiline=False).text


def safe_cell(text: str) -> str:
    """A cell no spreadsheet runs or rewrites: formulas and leading zeros stay text."""
    clean = one_line(text)
    # The lead is looked for before the text is cleaned, too: a tab goes with the cleaning.
    lead = text[:1] + clean.lstrip()[:1]
    figures = clean.isdigit() and len(clean) > 1 and clean.startswith("0")
    return f"'{clean}" if figures or not _FORMULA.isdisjoint(lead) else clean


def margin_text(text: str) -> str:
    """A text for the head or foot of a sheet's pages, where an ampersand begins a command.

    It is shown by its wide twin: doubled, it is still taken for a command before some letters.
    """
    return one_line(text).replace("&", "＆")
