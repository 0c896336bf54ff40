"""Papers from F8: owed by age, asked for by squad with one key, gaps, pads, one number."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.slips import give_out
from dispatcher_tui.tui.screens.papers.slip_pad import PadScreen
from dispatcher_tui.tui.screens.papers.slip_void import VoidScreen
from dispatcher_tui.tui.screens.papers.slips import SlipsScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.leak import on_leak
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, kinds_of, leak, message, on_top
from tests.tui.support import Language, Night, Size, desk, picture, press

KAI, WU = ("FW-000101", "FW-000110")


async def papers(night: Night) -> list[str]:
    """A pad of the maintenance squad; two papers owed, one four days longer than the other."""
    night.desk.printer = printer()
    await night.run_on_desk(lambda it: give_out(it, KAI, WU, to="黄志明", person="huangzhiming"))
    found = []
    for number in ("101", "104"):
        case_id = await leak(night, REACHED)
        await night.run_on_desk(lambda it, c=case_id, n=number: it.issue_slip(c, n))  # type: ignore[misc]
        await night.perform(case_id, DONE)
        found.append(case_id)
        night.clock.forward(days=4)
    return found


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_every_page_stands_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await papers(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "4")
            assert_whole(pilot, "FW-000101", "261121-01", "3-2-1502", screen=SlipsScreen)
            rows = pilot.app.screen.query_one(PickLines).lines
            assert ["FW-000101" in row for row in rows] == [True, False]
            ages = (
                ("0-1天 0", "4-7天 1", "7天以上 1") if lang == "zh" else ("0-1 days 0", "7 days 1")
            )
            assert_whole(pilot, *ages)
            await press(pilot, "2")
            assert_whole(pilot, "黄志明", "13900000113", "FW-000104")
            await press(pilot, "3")
            assert_whole(pilot, "FW-000102 - FW-000103")
            await press(pilot, "4")
            assert_whole(pilot, "FW-000101 - FW-000110", "黄志明")
            await press(pilot, "5", *"104", "enter")
            assert_whole(pilot, "FW-000104", "261125-01", "张伟")


@pytest.mark.rule("P0-08")
async def test_one_key_says_that_a_lead_was_asked(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        first, second = await papers(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "4", "2", "down", "6")
            assert message(pilot) == "Written down: 黄志明 was asked for 1."
            assert "step_recorded" in await kinds_of(night, first)
            assert "step_recorded" not in await kinds_of(night, second)
            await press(pilot, "7")
            assert message(pilot) == "Written down: 黄志明 was asked for 1."
            assert (await kinds_of(night, first)).count("step_recorded") == 1
            assert (await kinds_of(night, second)).count("step_recorded") == 1
            await press(pilot, "7")
            assert "in this watch already" in message(pilot)
            await press(pilot, "8")
            assert "chase-2026" in message(pilot).replace("\n", "")
            await press(pilot, "enter")
            assert on_top(pilot) == "CaseScreen"


async def test_a_pad_is_given_out_and_a_number_made_void(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await papers(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "4", "4", "6", *"FW-000201", "enter", *"250")
            assert_whole(pilot, "50 papers: FW-000201 - FW-000250", screen=PadScreen)
            await press(pilot, "escape", "escape")
            assert on_top(pilot) == "SlipsScreen"
            await press(pilot, "6")
            assert pilot.app.screen.query_one("#last", Field).value == "250"
            await press(pilot, "tab", "tab", *"hzm", "enter", "f10")
            assert on_top(pilot) == "SlipsScreen"
            assert "FW-000201 - FW-000250" in picture(pilot)
            await press(pilot, "3", "7")
            assert pilot.app.screen.query_one("#number", Field).value == "", "nothing is proposed"
            await press(pilot, *"FW-000102", "enter")
            assert_whole(pilot, "FW-000102", "MISSING", screen=VoidScreen)
            await press(pilot, *"torn", "f10", "enter")
            assert message(pilot) == "Nothing was written down."
            await press(pilot, "f10", "1")
            assert on_top(pilot) == "SlipsScreen"
            assert "FW-000103" in picture(pilot)
            assert "FW-000102" not in picture(pilot)
            await press(pilot, "5", *"102", "enter")
            assert_whole(pilot, "void", "torn")


async def test_notify_offers_the_pads_next_paper_and_takes_the_one_in_hand(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await at.night.run_on_desk(
            lambda it: give_out(it, KAI, WU, to="黄志明", person="huangzhiming")
        )
        await press(at.pilot, "f4", "1", "1", "8")
        assert "Pad of 黄志明: Enter takes FW-000101" in at.message
        field = at.top().query_one("#paper-number", Field)
        assert field.value == "FW-000101"
        await press(at.pilot, *"111", "enter")
        assert "No pad has 111" in at.message
        assert field.value == "111"
        await press(at.pilot, "end", *["backspace"] * 3, *"103", "enter")
        assert (await at.case()).slip.number == "FW-000103"
        assert "Write this number on the paper: FW-000103" in at.message
