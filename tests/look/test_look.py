"""The look opens whatever screen there is, and its picture puts every glyph into its own cell."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.screen import Screen

from tests.look.__main__ import main, named
from tests.look.screens import all_screens, demo_running, made, opened
from tests.look.svg import CELL, GROUND, INK, ROW, svg
from tests.present.test_words import ambiguous
from tests.tui.support import picture, settle

SVG = "{http://www.w3.org/2000/svg}"


def glyphs(drawn: str) -> dict[tuple[int, int], str]:
    """Every glyph of a picture by its row and column; a space may be there to be underlined."""
    found: dict[tuple[int, int], str] = {}
    for text in ElementTree.fromstring(drawn).iter(f"{SVG}text"):
        row = int(text.attrib["y"]) // ROW
        columns = [int(x) // CELL for x in text.attrib["x"].split()]
        drawn_there = zip(columns, text.text or "", strict=True)
        found |= {(row, x): one for x, one in drawn_there if not one.isspace()}
    return found


def cells(text: str) -> dict[tuple[int, int], str]:
    """Every glyph of a text by its row and column, as a terminal counts them."""
    found = {}
    for row, line in enumerate(text.splitlines()):
        column = 0
        for one in line:
            if not one.isspace():
                found[row, column] = one
            column += cell_len(one)
    return found


async def test_every_screen_can_be_opened_on_demo_data(tmp_path: Path) -> None:
    known = all_screens()
    assert {"BoardScreen", "IntakeScreen", "EmergencyScreen", "FirstRunScreen"} <= set(known)
    assert not {"DeskScreen", "OnCase", "ListScreen"} & set(known), "these are only built on"
    async with demo_running(tmp_path / "demo") as demo:
        board = picture(demo.pilot)
        for name, screen in known.items():
            found = await opened(demo, screen)
            assert demo.app.screen is found, f"{name} is not on top"
            shown = picture(demo.pilot)
            assert len(shown.split()) > 3, f"{name} shows nothing"
            assert name == "BoardScreen" or shown != board, f"{name} shows the board"
            assert not ambiguous(shown), name
            drawn = svg(demo.app.screen._compositor.render_strips(), (80, 24), name)
            assert glyphs(drawn) == cells(shown), name
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)


async def test_a_screen_that_asks_for_what_the_demo_has_not_says_so(tmp_path: Path) -> None:
    class Odd(Screen[None]):
        def __init__(self, weather: float) -> None:
            super().__init__()
            self.weather = weather

    async with demo_running(tmp_path / "demo", lang="en") as demo:
        with pytest.raises(LookupError, match="Odd: no demo data for weather"):
            await made(demo, Odd)


def test_a_glyph_after_wide_ones_stands_in_its_own_cell() -> None:
    rows = [
        [Segment("张伟a"), Segment("，", Style(bold=True)), Segment("b<&")],
        [Segment(" e\u0301x")],
    ]
    drawn = svg(rows, (12, 2))
    at = glyphs(drawn)
    wanted = {0: "张", 2: "伟", 4: "a", 5: "，", 7: "b", 8: "<", 9: "&"}
    assert {column: at[0, column] for column in wanted} == wanted
    assert at[1, 2] == "x"
    assert 'x="9 9 18"' in drawn, "a mark without a cell of its own stands on its letter"


def test_colours_and_their_reverse() -> None:
    plain, turned = Style.parse("#ff0000 on #00ff00"), Style.parse("#ff0000 on #00ff00 reverse")
    drawn = svg([[Segment("a", plain), Segment("b", turned), Segment("c")]], (3, 1))
    root = ElementTree.fromstring(drawn)
    boxes = [box.attrib["fill"] for box in root.iter(f"{SVG}rect")]
    letters = [text.attrib["fill"] for text in root.iter(f"{SVG}text")]
    assert boxes == [GROUND, "#00ff00", "#ff0000"]
    assert letters == ["#ff0000", "#00ff00", INK]


@pytest.mark.parametrize("text", ["StandDown", "stand_down", "StandDownScreen", "standdownscreen"])
def test_a_screen_is_named_as_one_thinks_of_it(text: str) -> None:
    assert named(text).__name__ == "StandDownScreen"


def test_a_name_of_no_screen_offers_the_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intacke"]) == 2
    assert "IntakeScreen" in capsys.readouterr().err


def test_the_list_names_every_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.split() == sorted(all_screens())


def test_picture_and_text_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["menu", "--size", "120x36", "--lang", "en", "--press", "0", "--out", str(tmp_path)]
    assert main(asked) == 0
    text = (tmp_path / "MenuScreen-120x36-en.txt").read_text("utf-8")
    drawn = (tmp_path / "MenuScreen-120x36-en.svg").read_text("utf-8")
    assert text == capsys.readouterr().out
    assert "Leave the desk" in text, "the key was pressed: the page behind stands there"
    assert glyphs(drawn) == cells(text)


def test_a_theme_is_worn_and_an_unknown_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for theme in ("day", "night"):
        assert main(["menu", "--theme", theme, "--out", str(tmp_path)]) == 0
    light, dark = sorted(tmp_path.glob("*.svg"))
    assert light.read_text("utf-8") != dark.read_text("utf-8")
    assert main(["menu", "--theme", "noon", "--out", str(tmp_path)]) == 2
    assert "day" in capsys.readouterr().err
