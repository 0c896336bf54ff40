"""Pinyin initials of Chinese text, from a small table instead of a library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dispatcher_tui.domain.words.text import fold, is_hanzi
from dispatcher_tui.plain_file import is_there
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

FILE = "pinyin.txt"
_LINE = re.compile(r"[a-z]+\t\S+\s*")
_MOST_SHOWN = 20
_MOST_COMBINATIONS = 16
_MOST_CHARACTERS = 64


class PinyinTable:
    """Which letters a character's readings begin with (zh, ch and sh count as z, c and s)."""

    def __init__(self, text: str) -> None:
        """Take the table's text: lines of ``letters<TAB>characters``, and comments with ``#``."""
        self._text = text
        self._letters: Mapping[str, str] | None = None

    def letters(self, character: str) -> str:
        """The first letters of a character's readings; nothing where the table lacks it."""
        if self._letters is None:
            self._letters = _spread(self._text)
        return self._letters.get(character, "")

    def initials(self, text: str) -> frozenset[str]:
        """What may be typed to find a text: ``漏水`` gives ``ls``, ``KTV包间`` gives ``ktvbj``.

        Latin letters and figures are kept, all else is passed over. Where characters have several
        readings, up to 16 combinations are given. A text without Chinese gives nothing.
        """
        if not any(is_hanzi(character) for character in text):
            return frozenset()
        found = [""]
        for character in fold(text[:_MOST_CHARACTERS]):
            plain = character.isascii() and character.isalnum()
            letters = character if plain else self.letters(character)
            if len(found) * len(letters) > _MOST_COMBINATIONS:
                letters = letters[:1]
            if letters:
                found = [before + letter for before in found for letter in letters]
        return frozenset(filter(None, found))


def _spread(text: str) -> dict[str, str]:
    lines = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {character: letters for letters, _, characters in lines for character in characters}


def load_pinyin(folder: Path) -> PinyinTable:
    """The table of a site's folder, or the shipped one where the folder has none.

    Raises:
        SiteError: the table cannot be read, or a line of it is none.
    """
    own = folder / FILE
    if not is_there(own):
        return shipped_pinyin()
    text = read_text(own)
    judge_pinyin(text)
    return PinyinTable(text)


def judge_pinyin(text: str) -> None:
    """Prove that every line of a table says something.

    Raises:
        SiteError: with every line that is neither letters, a tab and characters nor a comment.
    """
    findings = Findings(FILE)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#") and not _LINE.fullmatch(line):
            findings.add(f"line {number}", "bad_pinyin", text=line[:_MOST_SHOWN])
    findings.raise_any()


@cache
def shipped_pinyin() -> PinyinTable:
    """The table the program brings along; it is read once."""
    return PinyinTable(read_text(data_dir() / FILE))


def initials(text: str) -> frozenset[str]:
    """What may be typed to find a text, by the shipped table; see ``PinyinTable.initials``."""
    return shipped_pinyin().initials(text)
