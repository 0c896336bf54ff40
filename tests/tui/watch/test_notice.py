"""公告: posted until a time, counted on the board, taken down only by a clear yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.watch.notices import live_notices, post_notice, withdraw_notice
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.tui.screens.watch.notice import NoticesScreen
from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, assert_whole, message, on_top
from tests.tui.support import START, Language, Size, desk, paste, picture, press, type_text


def notices(pilot: Pilot[Any]) -> tuple[str, ...]:
    """The notices as they are listed."""
    return pilot.app.screen.query_one(PickLines).lines


def figures(pilot: Pilot[Any]) -> str:
    """The board's figures."""
    return pilot.app.screen.query_one("#figures", Lines).text


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_notice_is_posted_and_counted(tmp_path: Path, size: Size, lang: Language) -> None:
    count = {"zh": "公告 1", "en": "Notices 1"}[lang]
    async with desk(tmp_path) as night:
        async with night.running(size, lang) as pilot:
            assert count[:-2] not in figures(pilot)
            await press(pilot, "f7", "7", "a")
            await paste(pilot, "3栋停水，来电先作解释")
            await press(pilot, "enter")
            await type_text(pilot, "明9点")
            assert "11-22 09:00" in pilot.app.screen.query_one("#until-hint", Lines).text
            assert_whole(pilot, screen=NoticesScreen)
            await press(pilot, "f10")
            assert "11-22 09:00" in notices(pilot)[0]
            assert_whole(pilot, "3栋停水，来电先作解释", "李建国")
            await press(pilot, "escape", "escape")
            assert on_top(pilot) == "BoardScreen"
            pilot.app.screen.tick(START)  # type: ignore[attr-defined]
            assert count in figures(pilot)
            assert max(len(line) for line in picture(pilot).splitlines()) <= size[0]
        (held,) = await night.run_on_desk(live_notices)
        assert (held.text, held.by) == ("3栋停水，来电先作解释", "李建国")
        assert held.until == START.replace(day=22, hour=1, minute=0, second=0)


@pytest.mark.parametrize(
    ("text", "until", "said"),
    [
        ("", "9:00", "Write a few words first."),
        ("x", "", "Ask when: 40 (minutes), 23:30, or tomorrow 9:00."),
        ("x", "2026-11-20 09:00", "That time is past: enter one that lies ahead."),
        ("x", "soon", "Not a time. Type 40 (minutes), 2h, 23:30, or 11-22 9:00."),
    ],
)
async def test_what_cannot_stand_is_refused_and_kept(
    tmp_path: Path, text: str, until: str, said: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "7", "a", *text, "tab")
        await type_text(pilot, until)
        await press(pilot, "f10")
        assert message(pilot) == said
        assert notices(pilot) == ()
        assert pilot.app.screen.query_one("#text", Field).value == text
        await press(pilot, "escape", "escape", "7")
        assert pilot.app.screen.query_one("#until", Field).value == until


@pytest.mark.parametrize("key", ["2", "enter", "escape", "y"])
async def test_only_a_clear_yes_withdraws(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: post_notice(it, "one", "2h"))
        await night.run_on_desk(lambda it: post_notice(it, "two", "3h"))
        async with night.running() as pilot:
            await press(pilot, "f7", "7", "2", "enter")
            assert message(pilot) == 'Withdraw "two"? 1 yes; every other key: no.'
            await press(pilot, key)
            assert len(notices(pilot)) == 2
            await press(pilot, "down", "enter", "１")
            assert ["one" in line for line in notices(pilot)] == [True]
            assert message(pilot) == "Withdrawn; it stays readable in the Work Log."
            await press(pilot, "escape", "4")
            assert "Notice withdrawn: two" in pilot.app.screen.query_one(PickLines).lines[-1]


@pytest.mark.parametrize("screen", [NoticesScreen, WorkLogScreen])
async def test_a_heartbeat_before_the_fields_are_there_harms_nothing(
    tmp_path: Path, screen: type[NoticesScreen] | type[WorkLogScreen]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        early = screen()
        pilot.app.push_screen(early)
        early.tick(START)
        await early.save_draft()
        await press(pilot)
        early.tick(START)


@pytest.mark.parametrize("keys", [("f10",), ("f1", "escape")])
async def test_a_question_that_was_left_is_not_answered_later(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: post_notice(it, "one", "2h"))
        async with night.running() as pilot:
            await press(pilot, "f7", "7", "enter", *keys, "2")
            assert on_top(pilot) == "NoticesScreen"
            assert len(notices(pilot)) == 1


async def test_what_has_run_out_goes_by_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: post_notice(it, "one", "10"))
        async with night.running() as pilot:
            assert "Notices 1" in figures(pilot)
            await press(pilot, "f7", "7")
            assert len(notices(pilot)) == 1
            now = night.clock.forward(minutes=10)
            pilot.app.screen.tick(now)  # type: ignore[attr-defined]
            assert notices(pilot) == ()
            await press(pilot, "escape", "escape")
            pilot.app.screen.tick(now)  # type: ignore[attr-defined]
            assert "Notices" not in figures(pilot)
        assert await night.run_on_desk(live_notices) == ()


async def test_a_notice_that_does_not_hold_cannot_be_withdrawn(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        entry = await night.run_on_desk(lambda it: post_notice(it, "one\nline \x1b[2J", "10"))
        (held,) = await night.run_on_desk(live_notices)
        assert held.text == "one line [2J"
        night.clock.forward(minutes=10)
        with pytest.raises(Refusal, match="no_notice"):
            await night.run_on_desk(lambda it: withdraw_notice(it, entry.seq))
        with pytest.raises(WhenError):
            await night.run_on_desk(lambda it: post_notice(it, "x", "yesterday"))
