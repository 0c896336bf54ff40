"""The board as a screen: its look in both languages and sizes, lanes, drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Fact
from dispatcher_tui.tui.app import DispatcherApp
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
