"""What the desk says itself stands whole on a screen of 80 by 24; only what people wrote is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.site.shipped import data_dir
from tests.look.screens import all_screens, demo_running, opened
from tests.present.compile_catalogue import PO, read
from tests.present.test_catalogue import forms
from tests.tui.support import Language, picture, settle

CUT = re.compile(r"(\S(?:\S| (?! ))*)\.\.(?=\s|$)")
"""Words without a gap in them, of which the end is missing."""

LEAST = 4
"""So many cells of a word say which one it is."""

OTHERS = {
    "EmergencyScreen": "three panels stand side by side; Tab turns each up whole",
    "HouseholdNotesScreen": "the chosen note stands whole where it is ended",
    "LibraryScreen": "the chosen case stands whole below the list",
    "WorkLogScreen": "the chosen line stands whole below the list",
}
"""Screens that may cut a line of a list, and where it stands whole."""


def own_words(lang: Language) -> frozenset[str]:
    """Every text of the catalogue and of the shipped files in a language."""
    texts = {each for m, t in read(PO).items() for each in forms(t if lang == "zh" else m)}
    for path in (*data_dir().glob("*.toml"), *data_dir().glob("[!d]*/*.toml")):
        texts |= set(re.findall(rf'\b{lang} = "([^"]*)"', path.read_text("utf-8")))
    return frozenset(text.strip() for text in texts if len(text) > LEAST)


def cut_words(shown: str, known: frozenset[str]) -> Iterator[str]:
    """What is cut on a screen and begins like something that the desk says."""
    for row in shown.splitlines():
        for found in CUT.finditer(row):
            words = re.split(r"[>*] ?|(?<=\d) ", found[1])[-1].strip()
            if len(words) >= LEAST // 2 and any(t.startswith(words) and t != words for t in known):
                yield row.strip()


@pytest.mark.parametrize(
    ("row", "cut"),
    [
        (" 5 to Promis..   张伟", True),
        (" Promis..", True),
        (" Promise due   张伟", False),
        ("主卧暖气又不热..", False),
        ("正在读取 ..", False),
    ],
)
def test_a_cut_word_of_the_desk_is_known_from_what_people_wrote(row: str, cut: bool) -> None:
    known = frozenset({"Promise due", "to Promise"})
    assert bool([*cut_words(row, known)]) is cut


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_no_word_of_the_desk_is_cut(tmp_path: Path, lang: Language) -> None:
    known, found = own_words(lang), dict[str, list[str]]()
    assert len(known) > 2000
    async with demo_running(tmp_path / "demo", lang=lang) as demo:
        for name, screen in all_screens().items():
            await opened(demo, screen)
            found[name] = [*cut_words(picture(demo.pilot), known)]
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)
    assert {name: rows for name, rows in found.items() if rows and name not in OTHERS} == {}
