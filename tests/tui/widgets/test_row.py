"""A row of a form says what is asked, what is missing, what was understood and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from dispatcher_tui.tui.look import PALETTES
from dispatcher_tui.tui.widgets.row import Derived, FaultLine, Row
from tests.tui.leak import Desk, on_leak
from tests.tui.support import Language, press


def row_with(at: Desk, words: str) -> str:
    """The first row of the screen that has these words."""
    return next(row for row in at.shown.splitlines() if words in row)


def grounds(at: Desk, words: str) -> set[str]:
    """What the cells of a text stand on, by the names of roles."""
    screen = at.top()
    named = {
        Color.parse(value).rich_color.name: role
        for role, value in reversed(PALETTES[screen.app.theme].items())
    }
    found = set()
    for strip in screen._compositor.render_strips():
        for segment in strip:
            if words in segment.text and segment.style and segment.style.bgcolor:
                found.add(named.get(segment.style.bgcolor.name, segment.style.bgcolor.name))
    return found


async def test_what_has_to_be_filled_has_its_star_until_it_is(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5")
        assert row_with(at, "Result").startswith(">Result ")
        assert row_with(at, "Result").split()[1] == "*", "empty and required"
        await press(at.pilot, "1")
        assert row_with(at, "Result").startswith(" Result ")
        assert row_with(at, "Promised")[:18].rstrip() == ">Promised time  *"
        await press(at.pilot, "4")
        assert row_with(at, "Promised")[:17].rstrip() == ">Promised time", "the star is gone"
        assert not row_with(at, "Note").rstrip().endswith("*"), "a note is not required"


async def test_what_was_understood_is_at_the_right_and_what_is_wrong_below(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"40")
        assert row_with(at, "Promised").rstrip().endswith("= 23:27, in 40 min")
        assert not at.top().query(FaultLine)
        await press(at.pilot, "x")
        rows = at.shown.splitlines()
        at_field = rows.index(row_with(at, "Promised"))
        assert "40x" in rows[at_field], "it keeps its text"
        assert rows[at_field + 1].strip().startswith("Not a time. Type 40 (minutes)")
        assert "=" not in rows[at_field]
        await press(at.pilot, "backspace")
        assert not at.top().query(FaultLine)
        assert [each.text for each in at.top().query(Derived) if each.text] == [
            "= 23:27, in 40 min"
        ]


async def test_the_field_with_the_focus_is_tinted_and_its_label_solid(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"5h")
        assert grounds(at, ">Promised time") == {"sel"}
        assert grounds(at, "5h") == {"tint"}
        await press(at.pilot, "enter")
        assert grounds(at, ">Note") == {"sel"}
        assert grounds(at, " Promised time") <= {"bg0", "bg1"}
        assert grounds(at, "5h") == {"bg2"}


@pytest.mark.parametrize(
    ("lang", "asked", "refused"), [("zh", "请答", "不行"), ("en", "Reply", "Refused")]
)
async def test_a_message_has_the_badge_of_its_kind(
    tmp_path: Path, lang: Language, asked: str, refused: str
) -> None:
    async with on_leak(tmp_path, told=True, lang=lang) as at:
        await press(at.pilot, "f5", "f10")
        assert grounds(at, f" {asked} ") == {"warn"}
        await press(at.pilot, "escape")
        at.night.session.read_only = "desk-2"
        await press(at.pilot, "f5", "3", "f10")
        assert grounds(at, f" {refused} ") == {"over"}
        at.night.session.read_only = ""


async def test_a_question_is_where_the_keys_go(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "1")
        asked = row_with(at, "read it back?")
        assert asked.startswith(" Reply >Did 黄志明 read it back?   1 yes")
        assert grounds(at, ">Did") == {"sel"}


async def test_the_rule_of_a_field_stands_in_the_help_alone(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1")
        rules = {row.rule for row in at.top().query(Row) if row.rule}
        assert rules
        assert not any(rule in at.shown for rule in rules)
        await press(at.pilot, "f1")
        pages = [at.shown]
        for _page in range(3):
            await press(at.pilot, "pagedown")
            pages.append(at.shown)
        shown = " ".join(" ".join(pages).split())
        assert "Promised time" in shown
        assert all(f"{rule}: " in shown for rule in rules)


async def test_an_item_has_a_box_and_its_rule(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f6")
        first = row_with(at, "Who confirmed it")
        assert first.startswith(">[ ] Who confirmed it")
        assert first.rstrip().endswith("P0-07")
        assert "2 are missing" in row_with(at, "1  Write-off")
        await press(at.pilot, "2")
        assert row_with(at, "Who confirmed it").startswith(" [x] ")
        assert "1 missing" in row_with(at, "1  Write-off")
        assert row_with(at, "Cause").startswith("     Cause"), "it may stay empty"
