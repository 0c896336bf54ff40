"""The lists of fees by their keys: one row that unfolds, a key an area, payments ticked off."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.fee_lists import list_of
from dispatcher_tui.domain.fees.fee_list import counts_of
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.fee_events import FeeCounts
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.fees.fee_import import FeeImportScreen
from dispatcher_tui.tui.screens.fees.fees import FeesScreen
from tests.desk.fees.listed import AREAS, THE_13TH, back, put_register, rooms, unpaid, written
from tests.desk.several import set_in_force
from tests.domain.support import local
from tests.tui.story import assert_whole, message, on_top
from tests.tui.support import NARROW, Night, desk, picture, press, type_text

MONTH = "2026-11"
HOUSEHOLDS = 184


def _collects(of: Desk) -> None:
    set_in_force(of, "estate-dispatch", "fee-collection")
    put_register(of, rooms(HOUSEHOLDS))


async def _counts(night: Night) -> FeeCounts:
    def job(of: Desk) -> FeeCounts:
        return counts_of(list_of(of, "unpaid", MONTH).stands.values())

    return await night.run_on_desk(job)


async def test_184_households_from_list_to_ticked_off_payments_in_under_90_keys(
    tmp_path: Path,
) -> None:
    places, folder = rooms(HOUSEHOLDS), tmp_path / "site"
    pressed = 0

    async def keys(pilot: Pilot[int], *names: str) -> None:
        nonlocal pressed
        pressed += len(names)
        await press(pilot, *names)

    async with desk(tmp_path, at=local(THE_13TH)) as night:
        await night.run_on_desk(_collects)
        written(folder, "1-list.csv", unpaid(places))
        async with night.running(NARROW, "zh") as pilot:
            await keys(pilot, "f8", "f")
            row = next(n for n, each in enumerate(_rows(pilot)) if "13日提醒" in each)
            await keys(pilot, *["down"] * row, "i", "1", "f10", "1")
            assert_whole(pilot, "184 户", screen=FeesScreen)
            await keys(pilot, "home", *["down"] * _at(pilot, "184 户"), "enter", "down")
            for _area in range(AREAS):
                await keys(pilot, "g")
            counts = await _counts(night)
            assert (counts.lines, counts.handed) == (HOUSEHOLDS, HOUSEHOLDS)
            # On the board the whole list is one row; Enter unfolds it.
            await press(pilot, "escape", "escape")
            assert_whole(pilot, "13日提醒", "184 户、已派 184", screen=BoardScreen)
            await press(pilot, "end", "f5")
            assert message(pilot) == "这不是一件事项：Enter 展开住户清单。"
            await press(pilot, "enter")
            assert_whole(pilot, "8栋", screen=FeesScreen)
            await press(pilot, "escape", "f8", "f")
            (folder / "1-list.csv").unlink()
            came = [(each, "已提醒", "") for each in places[100:]]
            written(folder, "2-back.csv", back(came))
            await keys(pilot, "home", *["down"] * _at(pilot, "184 户"), "i", "1", "f10", "1")
            (folder / "2-back.csv").unlink()
            written(folder, "3-paid.csv", back([(each, "已缴", "1280.50") for each in places]))
            await keys(pilot, "home", *["down"] * _at(pilot, "184 户"), "i", "1", "f10", "1")
            assert_whole(pilot, "结清 184", screen=FeesScreen)
            counts = await _counts(night)
            assert (counts.back, counts.settled) == (HOUSEHOLDS, HOUSEHOLDS)
            assert await night.run_on_desk(lambda of: of.store.board(Lane.ALL)) == []
    assert pressed < 90, pressed


def _rows(pilot: Pilot[int]) -> tuple[str, ...]:
    screen = pilot.app.screen
    assert isinstance(screen, FeesScreen)
    return screen.line_list.lines


def _at(pilot: Pilot[int], words: str) -> int:
    return next(n for n, each in enumerate(_rows(pilot)) if words in each)


async def test_a_household_is_ticked_off_or_becomes_a_case(tmp_path: Path) -> None:
    places = rooms(3)
    async with desk(tmp_path, at=local(THE_13TH)) as night:
        await night.run_on_desk(_collects)
        folder = tmp_path / "site"
        text = unpaid(places).replace(",管理员2", ",")
        written(folder, "1.csv", f"{text}77-1-0101,谁,1,5,1栋,谁\n")
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f8", "f", "down", "i", "1")
            assert_whole(pilot, "第 5 行", "77-1-0101", "无误的行：3", screen=FeeImportScreen)
            await press(pilot, "f10")
            assert message(pilot) == "请按数字选文件，或填写路径。"
            written(folder, "1.csv", text)
            await press(pilot, "1", "1", "f10", "1")
            await press(pilot, "home", *["down"] * _at(pilot, "3 户"), "enter", "g")
            assert message(pilot) == "请先选片区：Enter 展开清单。"
            # The second area has no keeper of its own: who takes it is asked.
            await press(pilot, *["down"] * 2, "g")
            assert on_top(pilot) == "KeeperScreen"
            await press(pilot, "tab")
            await type_text(pilot, "王芳")
            await press(pilot, "f10")
            assert "王芳" in picture(pilot)
            await press(pilot, "up", "enter", "down", "enter")
            assert on_top(pilot) == "FeeLineScreen"
            await press(pilot, "2")
            await type_text(pilot, "1281")
            await press(pilot, "f10")
            assert "1280.50" in picture(pilot)
            await press(pilot, *["backspace"] * 4)
            await type_text(pilot, "280.50")
            await press(pilot, "f10")
            assert on_top(pilot) == "FeesScreen"
            counts = await _counts(night)
            assert (counts.back, counts.settled, counts.paid) == (1, 0, 28050)
            await press(pilot, "enter", "5", "f10")
            assert on_top(pilot) == "StepScreen"
            (line,) = await night.run_on_desk(lambda of: of.store.board(Lane.ALL))
            assert (line.place, line.number in picture(pilot)) == (places[0], True)
