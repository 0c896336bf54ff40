"""The look: every colour has a role, every role can be read, and one place says where keys go."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.css.constants import VALID_PSEUDO_CLASSES
from textual.widgets import Input, TextArea

from dispatcher_tui.domain.words.looks import ANSI, HIGH, LOOKS, MONO
from dispatcher_tui.tui.look import PALETTES, THEMES, BlankBars
from tests.house.source import PACKAGE, modules, name_of, parsed
from tests.house.test_styles import sheets
from tests.look.solid import solid
from tests.tui.leak import on_leak
from tests.tui.support import picture, press, settle

TRUE = tuple(look for look in LOOKS if look != ANSI)
"""The looks with colours of their own."""

ON: dict[str, str] = {
    "bg0": "fg0 fg1 fg2 overt warnt okt",
    "bg1": "fg0 fg1 fg2 overt warnt okt digit sel",
    "bg2": "fg0 fg1 fg2",
    "bg3": "fg0 capf",
    "bar": "bar0 bar1 bar2",
    "sel": "self",
    "tint": "tintf",
    "over": "overf",
    "warn": "warnf",
    "emgh": "emghf",
    "grave": "gravef",
    "drill": "drillf",
}
"""The texts that may stand on each ground."""

FILLS = ("sel", "over", "warn", "grave", "digit", "drill")
"""The grounds that have to be seen by themselves; ``tint`` and ``emgh`` always come with a sign."""

READABLE, SEEN = 4.5, 3.0
"""WCAG's contrast of a text, and of a surface that says something."""

FAINT_IN_LIGHT = {("day", "drill")}
"""Fills that are told by their pattern."""


def reduced(value: str) -> str:
    """The colour as a terminal of 256 colours shows it."""
    few = Color.parse(value).rich_color.downgrade(ColorSystem.EIGHT_BIT)
    return few.get_truecolor().hex


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(value: str) -> float:
    parts = [channel / 255 for channel in Color.parse(value).rgb]
    bent = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * bent[0] + 0.7152 * bent[1] + 0.0722 * bent[2]


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#d70000", "#ffffff") == pytest.approx(5.4, abs=0.05)


@pytest.mark.parametrize("look", TRUE)
def test_every_text_can_be_read_on_its_ground(look: str) -> None:
    p = PALETTES[look]
    for ground, texts in ON.items():
        for text in texts.split():
            for shown in (str, reduced):
                found = contrast(shown(p[text]), shown(p[ground]))
                assert found >= READABLE, f"{look}: {text} on {ground} {found:.2f}"


@pytest.mark.parametrize("look", TRUE)
def test_every_fill_is_seen_on_its_panel(look: str) -> None:
    p = PALETTES[look]
    for fill in FILLS:
        if (look, fill) not in FAINT_IN_LIGHT:
            found = contrast(p[fill], p["bg1"])
            assert found >= SEEN, f"{look}: {fill} {found:.2f}"


@pytest.mark.parametrize("look", TRUE)
def test_every_colour_is_one_of_the_256(look: str) -> None:
    cube, greys = {0, 95, 135, 175, 215, 255}, {8 + 10 * step for step in range(24)}
    for value in PALETTES[look].values():
        parts = Color.parse(value).rgb
        assert set(parts) <= cube or (len(set(parts)) == 1 and parts[0] in greys), value


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_has_every_role(look: str) -> None:
    roles = set(PALETTES[look])
    assert roles == set(PALETTES[HIGH])
    assert roles >= {*ON, *FILLS, *" ".join(ON.values()).split()}
    assert THEMES[look].ansi == (look == ANSI)
    assert all(value.startswith("ansi_") == (look == ANSI) for value in PALETTES[look].values())


def test_the_look_without_colour_is_grey() -> None:
    assert {v for v in PALETTES[MONO].values() if len({v[1:3], v[3:5], v[5:7]}) > 1} == set()


DECLARED = re.compile(r"([a-z-]+)\s*:\s*([^;{}]+);")
COLOURED = re.compile(r"(^|-)(color|background|tint|style|border[a-z-]*|outline[a-z-]*)(-|$)")
PLAIN = {"none", "bold", "underline", "not", "italic"}
ROLE = re.compile(r"\$desk-[a-z0-9-]+(\s+\d+%)?")


def foreign(sheet: str) -> set[str]:
    """What a sheet colours with besides the roles."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).replace("{{", "{").replace("}}", "}")
    found = {name for name in re.findall(r"\$[\w-]+", bare) if not name.startswith("$desk-")}
    for name, value in DECLARED.findall(bare):
        if name in VALID_PSEUDO_CLASSES or not COLOURED.search(name):
            continue
        rest = ROLE.sub("", value).split()
        found |= {f"{name}: {word}" for word in rest if word not in PLAIN}
    return found


@cache
def all_sheets() -> tuple[tuple[str, str], ...]:
    """Every sheet, those that are put together from parts among them."""
    parts = (
        (name_of(path), text)
        for path in modules(PACKAGE / "tui")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.JoinedStr) and "{" in (text := _told(node))
    )
    return (*sheets(), *parts)


def _told(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_no_style_names_a_colour() -> None:
    found = all_sheets()
    assert len(found) > 60
    assert {f"{where}: {what}" for where, sheet in found for what in foreign(sheet)} == set()


def test_a_colour_in_a_style_is_seen() -> None:
    assert foreign("A { color: $desk-fg2; text-style: bold; height: 1; }") == set()
    assert foreign("A { color: red; }") == {"color: red"}
    assert foreign("A:focus { background: #121212 30%; }") == {
        "background: #121212",
        "background: 30%",
    }
    assert foreign("A { color: $text-muted; }") == {"$text-muted", "color: $text-muted"}
    assert foreign("A { border-left: solid $desk-bg0; }") == {"border-left: solid"}
    assert foreign("A { text-style: bold reverse; }") == {"text-style: reverse"}


def test_every_role_that_a_style_names_is_there() -> None:
    named = {
        role for _where, sheet in all_sheets() for role in re.findall(r"\$(desk-[\w-]+)", sheet)
    }
    assert named - set(THEMES[HIGH].variables) == set()
    assert len(named) > 15


def test_nothing_is_drawn_reversed() -> None:
    found = {
        f"{name_of(path)}:{node.lineno}"
        for path in modules(PACKAGE / "tui")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and node.value in ("reverse", "bold reverse")
    }
    assert found == set()


def test_a_scrollbar_is_blank_cells_alone() -> None:
    for vertical in (True, False):
        bar = BlankBars.render_bar(size=10, virtual_size=33, window_size=10, vertical=vertical)
        assert {one for segment in bar.segments for one in segment.text} <= {" ", "\n"}


KEYS = ("f2", "f4", "f6", "f12", "0", "ctrl+p", "enter")


async def test_one_place_at_most_says_where_keys_go(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as desk:
        board = desk.top()
        assert solid(board) == 1, "the board's line"
        shown = 0
        for key in KEYS:
            await press(desk.pilot, key)
            assert desk.top() is not board, key
            rows = solid(desk.top())
            shown += rows
            assert rows <= 1, f"{key}: {rows} places"
            while desk.top() is not board:
                desk.pilot.app.pop_screen()
                await settle(desk.pilot)
        assert shown >= len(KEYS) - 2, "most of them say it"


async def test_a_look_put_on_in_mid_form_loses_nothing(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as desk:
        await press(desk.pilot, "f2", "tab", *"3-2", "tab", *"139")
        form, app = desk.top(), desk.pilot.app
        focused, before = form.focused, picture(desk.pilot)
        assert "139" in before
        typed = [(each.id, each.value) for each in form.query(Input)]
        words = [(each.id, each.text) for each in form.query(TextArea)]
        grounds = []
        for look in (*LOOKS[1:], LOOKS[0]):
            app.theme = look
            await settle(desk.pilot)
            assert form.focused is focused
            assert [(each.id, each.value) for each in form.query(Input)] == typed
            assert [(each.id, each.text) for each in form.query(TextArea)] == words
            assert picture(desk.pilot) == before, look
            grounds.append(form.styles.background)
        await press(desk.pilot, "1")
        assert "1391" in picture(desk.pilot), "typing goes on where it was"
        assert all(one != other for one, other in pairwise(grounds)), "each look is drawn"
