"""The board as a screen: its look in both languages and sizes, lanes, drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.geometry import Region

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Fact
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.look import PALETTES
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.widgets.beside_board import CasePanel
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.lanes_line import LanesLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.next_line import NextLine
from tests.tui.crew import take_watch
from tests.tui.support import (
    NARROW,
    PLACE,
    PLACE_OF_TWO,
    PLACE_WITH_WARNING,
    Night,
    compare_golden,
    desk,
    picture,
    press,
)


async def busy_night(night: Night) -> None:
    """Three cases: one overdue with its person told, one nobody was told of, one grave."""
    told = await night.open_case(place=PLACE, said="卫生间漏水到楼下两户", category="leak")
    call = cmd.TryCall(
        person="zhangwei",
        name="张伟",
        phone="13900000121",
        outcome=CallOutcome.REACHED,
        read_back=True,
    )
    night.clock.forward(minutes=2)
    await night.perform(told.case.id, call)
    night.clock.forward(hours=2, minutes=5)
    await night.open_case(place=PLACE_OF_TWO, said="门禁刷不开", category="access")
    night.clock.forward(minutes=1)
    await night.open_case(place=PLACE_WITH_WARNING, said="整层停电", facts=(Fact.GROUP,))
    night.clock.forward(minutes=1)
    await night.run_on_desk(lambda d: d.fire())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, (120, 36)], ids=["80x24", "120x36"])
async def test_the_board_looks_as_it_did(tmp_path: Path, lang: Any, size: Any) -> None:
    async with desk(tmp_path) as night:
        await take_watch(night)
        await busy_night(night)
        async with night.running(size, lang) as pilot:
            compare_golden(f"board_{lang}_{size[0]}x{size[1]}", picture(pilot))


async def test_drafts_stand_above_all_open_cases_and_in_no_other_lane(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *"gate", "escape", "escape")
            rows = picture(pilot).splitlines()[4:8]
            assert "--:--:-- ~ " in rows[0]
            assert "gate" in rows[0]
            assert not any("~" in row for row in rows[1:])
            await press(pilot, "2")
            assert "gate" not in picture(pilot)
            await press(pilot, "1")
            assert "gate" in picture(pilot)


async def test_the_head_line_says_who_is_on_watch_and_when_it_ends(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert "nobody on watch: F12" in _head(pilot)
        await take_watch(night)
        await pilot.app.take_news()  # type: ignore[attr-defined]
        await _tick(pilot, night)
        assert _head(pilot).endswith("On watch 李建国   07:00 hand-over in 08:12")
        night.clock.forward(hours=8, minutes=25)
        await _tick(pilot, night)
        assert _head(pilot).endswith("On watch 李建国   07:00 hand-over past by 00:12")


def _head(pilot: Any) -> str:
    return picture(pilot).splitlines()[0]


async def _tick(pilot: Any, night: Night) -> None:
    pilot.app.screen.tick(night.clock.now())
    await press(pilot)


@pytest.mark.rule("E-03")
async def test_no_draft_stands_above_an_emergency_that_nobody_was_told_of(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *"gate", "escape", "escape")
            fire = await night.run_on_desk(lambda d: d.open_emergency("fire", "5-1"))
            app = pilot.app
            assert isinstance(app, DispatcherApp)
            await app.take_news()
            await press(pilot)
            rows = [
                line for line in picture(pilot).splitlines() if line.startswith((">", " ", "!"))
            ]
            at = [n for n, row in enumerate(rows) if fire.case.number in row and "F9" not in row]
            draft = next(n for n, row in enumerate(rows) if "gate" in row)
            assert at[0] < draft
            case = next(n for n, row in enumerate(rows) if PLACE_OF_TWO in row)
            assert draft < case
            told = cmd.TryCall(
                person="gaolei", name="高磊", outcome=CallOutcome.REACHED, purpose="notified"
            )
            await night.perform(fire.case.id, told)
            await app.take_news()
            await press(pilot)
            rows = picture(pilot).splitlines()
            draft = next(n for n, row in enumerate(rows) if "gate" in row)
            at = [n for n, row in enumerate(rows) if "5-1" in row and "F9" not in row]
            assert draft < at[0], "once somebody was told it is one among the others"


async def _beat(pilot: Any, night: Night, **length: float) -> None:
    night.clock.forward(**length)
    await pilot.app._heartbeat()
    await press(pilot)


def _styles(pilot: Any, text: str) -> list[tuple[str, Any]]:
    """The runs of the first row of the table with a text in it."""
    table = pilot.app.screen.query_one(BoardTable)
    strips = [table.render_line(y) for y in range(table.size.height)]
    found = next(strip for strip in strips if text in strip.text)
    return [(segment.text, segment.style) for segment in found]


async def test_the_sentence_its_key_and_the_hint_are_of_the_case_under_the_cursor(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            *_above, last, following, _message, _hints = picture(pilot).splitlines()
            assert last.split()[0] == "261121-01"
            assert following.startswith(" Next       First follow-up, 7 min late: ask 张伟")
            assert following.endswith("F5 Follow up")
            top = pilot.app.screen
            assert isinstance(top, BoardScreen)
            assert top.hot == "follow_up"
            await press(pilot, "down")
            following = picture(pilot).splitlines()[-3]
            assert "Report to head: ring 陈志强" in following
            assert following.endswith("s Record step")
            hints = picture(pilot).splitlines()[-1]
            assert "s  Step" in hints
            assert "F6" not in hints
            assert "F1  Help   0  Menu" in hints.replace("F1  Help  0", "F1  Help   0")
            await press(pilot, "down")
            following = picture(pilot).splitlines()[-3]
            assert following.startswith(" Next       Nobody was told: ring ")
            night.clock.forward(minutes=8, seconds=1)
            top.tick(night.clock.now())
            assert "Nobody was told, 1 s late: ring " in picture(pilot).splitlines()[-3]
            hints = picture(pilot).splitlines()[-1]
            assert "F6  Close" in hints
            assert "F1  Help" in hints


async def test_the_panel_beside_the_board_goes_on_with_the_time(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running((120, 36)) as pilot:
            panel = pilot.app.screen.query_one(CasePanel)
            assert "-00:07:00 !!" in panel.text
            assert "Press F5 Follow up" in panel.text
            assert "P0-" not in panel.text
            drawn: list[Region] = []
            real = panel.refresh

            def spy(*regions: Region, **how: Any) -> CasePanel:
                drawn.extend(regions)
                assert regions, "the whole panel"
                return real(*regions, **how)

            with patch.object(panel, "refresh", spy):
                await _tick(pilot, night)
                assert drawn == []
                night.clock.forward(seconds=1)
                await _tick(pilot, night)
            assert "-00:07:01 !!" in panel.text
            assert 0 < len(drawn) <= 4, "the countdowns alone"


@pytest.mark.parametrize("size", [NARROW, (120, 36)], ids=["80x24", "120x36"])
async def test_a_click_chooses_a_lane_and_presses_the_key(tmp_path: Path, size: Any) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running(size) as pilot:
            lanes = pilot.app.screen.query_one(LanesLine)
            await pilot.click(lanes, offset=(lanes.text.index("2 due"), 0))
            await press(pilot)
            assert "[2 due 1]" in picture(pilot)
            assert PLACE_WITH_WARNING not in picture(pilot)
            await pilot.click(lanes, offset=(lanes.text.index("1 open"), 0))
            await press(pilot)
            assert PLACE_WITH_WARNING in picture(pilot)
            if size == NARROW:
                following = pilot.app.screen.query_one(NextLine)
                await pilot.click(following, offset=(20, 0))
                await press(pilot)
                assert pilot.app.screen.query(BoardTable), "the sentence is no key"
                await pilot.click(following, offset=(78, 0))
                await press(pilot)
                assert type(pilot.app.screen).__name__ == "FollowUpScreen"


async def test_what_came_or_fell_due_is_underlined_until_the_cursor_was_there(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            assert not any(style.underline for _text, style in _styles(pilot, PLACE_OF_TWO))
            new = await night.open_case(place="3-2-1601", said="灯不亮", category="access")
            await _beat(pilot, night, seconds=1)
            marked = [text for text, style in _styles(pilot, "3-2-1601") if style.underline]
            assert marked == ["3-2-1601"]
            assert not any(style.underline for _text, style in _styles(pilot, PLACE_OF_TWO))
            await _beat(pilot, night, minutes=8)
            marked = [text for text, style in _styles(pilot, PLACE_OF_TWO) if style.underline]
            assert marked == [PLACE_OF_TWO], "it fell due"
            table = pilot.app.screen.query_one(BoardTable)
            table.select(new.case.id)
            table.select(table._rows[0].case_id)
            assert not any(style.underline for _text, style in _styles(pilot, "3-2-1601"))


async def test_a_figure_that_grew_is_turned_round_for_one_heartbeat(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:

            def roles() -> set[str]:
                line = pilot.app.screen.query_one(FiguresLine)
                return {span.role for row in line._spans for span in row}

            await _beat(pilot, night, seconds=1)
            assert "warn-up" not in roles()
            await night.open_case(place="3-2-1601", said="灯不亮", category="access")
            await _beat(pilot, night, seconds=1)
            assert "warn-up" in roles()
            await _beat(pilot, night, seconds=1)
            assert not roles() & {"warn-up", "over-up"}
            pilot.app.theme = "high"
            await night.open_case(place="3-2-1602", said="灯不亮", category="access")
            await _beat(pilot, night, seconds=1)
            assert "warn-up" not in roles()


async def test_what_rang_is_said_with_its_time_and_hides_no_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            await _beat(pilot, night, minutes=8, seconds=1)
            message = pilot.app.screen.query_one("#message", Lines)
            assert message.text.startswith("01:04 rang: "), message.text
            assert "261122-0" in message.text
            await _beat(pilot, night, minutes=2)
            assert message.text.startswith("01:06 rang: "), "the newest one"
            await press(pilot, "escape")
            await _beat(pilot, night, minutes=2)
            assert message.text.startswith("Esc leads nowhere")


async def test_the_emergency_that_holds_the_post_stands_in_place_of_what_is_owed(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await busy_night(night)
        async with night.running() as pilot:
            fire = await night.run_on_desk(lambda d: d.open_emergency("fire", "5-1"))
            await _beat(pilot, night, seconds=12)
            line = picture(pilot).splitlines()[2]
            assert fire.case.number in line
            assert line.endswith("post held 00:00:12   F9 back to it")
            level = dict(_styles(pilot, f" {fire.case.number}"))["EMERG"]
            assert level.bgcolor is not None
            assert level.bgcolor.name == PALETTES["night"]["over"]
