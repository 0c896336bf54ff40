"""A click on a key that is drawn with its words is that key."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.geometry import Offset
from textual.widget import Widget

from dispatcher_tui.tui.hand import digit_drawn
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.choice_rows import ChoiceRows
from dispatcher_tui.tui.widgets.form import Choice
from dispatcher_tui.tui.widgets.intake_form import FormLabels
from dispatcher_tui.tui.widgets.over_question import OverQuestion
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.row import FieldLabel, Row
from tests.look.screens import Demo, all_screens, demo_running, opened
from tests.tui.support import press, settle


@pytest.mark.parametrize(
    ("row", "at", "digit"),
    [
        ("[1 all open 15] 2 due 5 ", 3, "1"),
        ("[1 all open 15] 2 due 5 ", 14, ""),
        ("[1 all open 15] 2 due 5 ", 16, "2"),
        ("1*投诉  2 报修  3 咨询", 0, "1"),
        ("1*投诉  2 报修  3 咨询", 6, ""),
        ("1*投诉  2 报修  3 咨询", 8, "2"),
        ("1*投诉  2 报修  3 咨询", 13, "2"),
        ("Discard?   1 yes, discard it   0/Enter no, keep it", 14, "1"),
        ("Discard?   1 yes, discard it   0/Enter no, keep it", 33, "0"),
        ("Discard?   1 yes, discard it   0/Enter no, keep it", 3, ""),
    ],
)
def test_the_digit_under_a_cell(row: str, at: int, digit: str) -> None:
    assert digit_drawn(row, at) == digit


async def click_on(demo: Demo, widget: Widget, words: str) -> None:
    """Click on the first cell of words that a widget draws."""
    inner = widget.content_region.offset - widget.region.offset
    for y in range(widget.content_region.height):
        row = widget.render_line(y).text
        if words in row:
            x = len(row[: row.index(words)].encode("gbk"))
            await demo.pilot.click(widget, offset=inner + Offset(x, y))
            await settle(demo.pilot)
            return
    raise AssertionError(f"{words!r} stands nowhere on {widget}")


async def test_options_answers_and_key_lines_answer_the_mouse(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        screen = await opened(demo, all_screens()["RegradeScreen"])
        choice = screen.query_one(Choice)
        await click_on(demo, choice, choice.options[1].text)
        assert choice.value == choice.options[1].value
        field = screen.focused
        assert field is not choice, "and the keys go on"
        await press(demo.pilot, *"zz", "ctrl+r")
        question = screen.query_one(OverQuestion)
        await click_on(demo, question, "no, keep it")
        assert not screen.query(OverQuestion)


async def test_key_lines_and_pages_answer_it_and_lines_of_content_do_not(tmp_path: Path) -> None:
    pressed: list[str] = []

    def note(key: str) -> bool:
        pressed.append(key)
        return True

    async with demo_running(tmp_path / "demo", lang="en") as demo:
        tonight = await opened(demo, all_screens()["TonightScreen"])
        assert isinstance(tonight, DeskScreen)
        key = next(k for k in tonight.own_keys() if k.label and len(k.key) == 1)
        with patch.object(tonight, "press", note):
            await click_on(demo, tonight.query_one("#keys"), key.shown)
            assert pressed == [key.key]
            await demo.pilot.click("#heading", offset=(4, 0))
        slips = await opened(demo, all_screens()["SlipsScreen"])
        with patch.object(slips, "press", note):
            await click_on(demo, slips.query_one("#pages"), "2 ")
            await demo.pilot.click("#sums", offset=(4, 0))
        assert pressed == [key.key, "2"]


async def test_text_of_a_list_and_of_a_page_is_selected_with_the_mouse(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        await opened(demo, all_screens()["TonightScreen"])
        lines = demo.app.screen.query_one(PickLines)
        first = lines.lines[0]
        await demo.pilot.mouse_down(lines, offset=(1, 0))
        await demo.pilot.hover(lines, offset=(9, 0))
        await demo.pilot.mouse_up(lines, offset=(9, 0))
        await settle(demo.pilot)
        picked = demo.app.screen.get_selected_text() or ""
        assert picked.strip()
        assert picked.strip() in first
        cursor = lines.cursor
        await demo.pilot.click(lines, offset=(3, 1))
        await settle(demo.pilot)
        assert lines.cursor == cursor + 1, "a click still chooses"


async def test_the_label_of_a_field_leads_to_it_and_a_row_of_options_is_chosen(
    tmp_path: Path,
) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        closing = await opened(demo, all_screens()["CloseScreen"])
        for row in closing.query(Row):
            await demo.pilot.click(row.query_one(FieldLabel), offset=(3, 0))
            await settle(demo.pilot)
            assert closing.focused is not None
            assert row in closing.focused.ancestors, row.asks
        assert len(closing.query(Row)) > 4
        intake = await opened(demo, all_screens()["IntakeScreen"])
        await click_on(demo, intake.query_one(FormLabels), "Callback")
        assert intake.focused is intake.query_one("#phone")
        follow = await opened(demo, all_screens()["FollowUpScreen"])
        rows = follow.query_one(ChoiceRows)
        for nth, option in enumerate(rows.options):
            await demo.pilot.click(rows, offset=(4, nth))
            await settle(demo.pilot)
            assert rows.value == option.value


async def test_a_row_of_the_board_is_chosen_by_a_click_and_opened_by_two(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        table = demo.app.screen.query_one(BoardTable)
        before = table.selected
        await demo.pilot.click(table, offset=(30, 4))
        await settle(demo.pilot)
        assert table.selected not in (before, None)
        chosen = table.selected
        await demo.pilot.click(table, offset=(30, 4), times=2)
        await settle(demo.pilot)
        assert isinstance(demo.app.screen, CaseScreen)
        assert demo.app.screen.case_id == chosen
