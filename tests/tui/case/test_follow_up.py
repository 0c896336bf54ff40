"""Follow-up: a digit, the promised time, Enter; and what follows from it opens by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.time.calendar import watch_at
from dispatcher_tui.domain.words.terms import FollowUpOutcome, Stage
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.case.follow_up import FollowUpScreen
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.row import FaultLine
from tests.tui.leak import Desk, on_leak
from tests.tui.support import NARROW, START, WIDE, Language, Size, big_on_screen, press

UNREACHABLE = cmd.FollowUp(outcome=FollowUpOutcome.UNREACHABLE)


def field(at: Desk, name: str) -> str:
    """What is typed in a field of the form."""
    return at.pilot.app.screen.query_one(f"#{name}", Field).value


async def test_arranged_with_a_promised_time(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"40")
        assert "23:27, in 40 min" in at.shown
        await press(at.pilot, "enter", *"two men on it", "enter")
        assert isinstance(at.top(), BoardScreen)
        case = await at.case()
        assert case.stage is Stage.ARRANGED
        promise = case.promises[-1]
        assert (promise.due, promise.note) == (START + timedelta(minutes=40), "two men on it")
        assert (await at.kinds())[-2:] == ["followed_up", "promise_made"]
        assert "23:27" in at.message


@pytest.mark.parametrize(
    ("typed", "minutes"), [("23:30", 42.8), ("2h", 120), ("next day 9:00", 612.8)]
)
async def test_times_as_they_are_typed(tmp_path: Path, typed: str, minutes: float) -> None:
    typed = "明9点" if typed == "next day 9:00" else typed
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "2")
        at.pilot.app.screen.query_one("#promise", Field).value = typed
        await press(at.pilot, "f10")
        due = (await at.case()).promises[-1].due
        assert due - START == timedelta(minutes=minutes)


async def test_what_people_say_for_a_time_is_understood_and_said_back(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1")
        for typed, said in (("马上", "22:57"), ("天亮前", "06:00"), ("月底前", "11-30 24:00")):
            at.pilot.app.screen.query_one("#promise", Field).value = typed
            await at.pilot.pause()
            assert said in at.shown
        at.pilot.app.screen.query_one("#promise", Field).value = "下班前"
        await press(at.pilot, "f10")
        case = await at.case()
        desk = at.pilot.app.session.desk  # type: ignore[attr-defined]
        assert case.promises[-1].due == watch_at(desk.rules.calendar, START).end


@pytest.mark.parametrize("typed", ["", "4x0", "-20", "9000h"])
async def test_nonsense_is_said_and_nothing_is_lost(tmp_path: Path, typed: str) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *typed, "enter", *"note kept", "enter")
        assert isinstance(at.top(), FollowUpScreen)
        focused = at.pilot.app.screen.focused
        assert focused is not None
        assert focused.id == "promise"
        assert (field(at, "promise"), field(at, "note")) == (typed, "note kept")
        (wrong,) = at.pilot.app.screen.query(FaultLine)
        assert wrong.text.split(".")[0] in at.shown
        assert "40 (minutes)" in wrong.text or "nearer time" in wrong.text, "what to type instead"
        assert "followed_up" not in await at.kinds()


async def test_a_time_told_to_the_caller_is_a_promise_too(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"30", "enter", "tab", *"1h", "enter")
        promises = (await at.case()).promises
        assert [(p.to, p.due) for p in promises] == [
            ("desk", START + timedelta(minutes=30)),
            ("caller", START + timedelta(hours=1)),
        ]


async def test_nonsense_told_to_the_caller_writes_nothing_at_all(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"30", "enter", "tab", *"soon", "enter")
        assert isinstance(at.top(), FollowUpScreen)
        assert "followed_up" not in await at.kinds()


async def test_without_a_digit_it_asks_for_one(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "f10")
        assert "1 to 5" in at.shown
        assert "followed_up" not in await at.kinds()


async def test_completed_in_three_keys_leads_to_the_write_off(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "3", "enter")
        assert isinstance(at.top(), CloseScreen)
        assert (await at.kinds())[-2:] == ["followed_up", "feedback_received"]
        await press(at.pilot, "escape")
        assert isinstance(at.top(), BoardScreen)


async def test_cannot_leads_to_the_decision_of_the_head(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "4", "enter")
        screen = at.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert screen.step_id == "head_decided"
        assert (await at.case()).stuck


async def test_unreachable_leads_to_the_next_call(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "5", "enter")
        assert isinstance(at.top(), NotifyScreen)


async def test_nothing_arranged_the_second_time_rings_the_head_at_once(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(UNREACHABLE,)) as at:
        at.night.clock.forward(hours=2)
        await press(at.pilot, "f5", "5", "enter")
        screen = at.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert screen.step_id == "told_head"
        shown = at.shown
        assert "陈志强" in shown
        assert big_on_screen(at.pilot, "13900000101")
        await press(at.pilot, "1", "1")
        call = (await at.case()).calls[-1]
        assert (call.purpose, call.name) == ("told_head", "陈志强")
        assert isinstance(at.top(), NotifyScreen), "then the one who is out of reach"


async def test_stuck_the_second_time_tells_the_head_before_asking_for_the_decision(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path, told=True, after=(UNREACHABLE,)) as at:
        at.night.clock.forward(hours=2)
        await press(at.pilot, "f5", "4", "enter")
        steps = [at.pilot.app.screen]
        await press(at.pilot, "1", "0")
        steps.append(at.pilot.app.screen)
        assert [s.step_id for s in steps if isinstance(s, StepScreen)] == [
            "told_head",
            "head_decided",
        ]


async def test_what_is_owed_besides_opens_by_its_digit(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await press(at.pilot, "f5")
        assert "6 Reported to the head" in at.shown
        await press(at.pilot, "6")
        screen = at.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert screen.step_id == "reported"
        await press(at.pilot, "1", "enter")
        assert isinstance(at.top(), FollowUpScreen)
        assert "Reported to the head or the company [" not in at.shown


async def test_what_is_typed_outlives_esc_and_the_program(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "1", *"40", "enter", *"half a note", "escape", "escape")
        assert isinstance(at.top(), BoardScreen)
        await press(at.pilot, "f5")
        choice = at.pilot.app.screen.query_one("#outcome", Choice)
        assert (choice.value, field(at, "promise"), field(at, "note")) == (
            "arranged",
            "40",
            "half a note",
        )
        await press(at.pilot, "f10")
        await press(at.pilot, "f5")
        assert field(at, "note") == "", "what is in the record is no draft any more"


async def test_a_lost_terminal_keeps_what_is_typed(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f5", "3", *"said so himself")
        await at.pilot.app.screen.save_draft()  # type: ignore[attr-defined]
        kept = await at.night.run_on_desk(lambda d: d.store.drafts())
        assert [b"said so himself" in draft.body for draft in kept] == [True]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_all_of_it_is_on_the_screen(tmp_path: Path, lang: Language, size: Size) -> None:
    async with on_leak(tmp_path, told=True, size=size, lang=lang) as at:
        await press(at.pilot, "f5", "1", *"4x")
        shown = at.shown
        for piece in ("张伟", "1", "2", "3", "4", "5"):
            assert piece in shown
        assert "P0-" not in shown, "a rule stands where somebody asks"
        told = " ".join(at.pilot.app.screen.help_lines())  # type: ignore[attr-defined]
        assert "[P0-05]" in told
        assert "P0-00" in told
        assert at.pilot.app.screen.query_one("#body").max_scroll_y == 0
