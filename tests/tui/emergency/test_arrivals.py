"""A panel's emergency that comes in while something else is up: it is said until it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.desk.emergency.panel import take_alarm
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Channel
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.routes import ToLock
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.story import EVERYWHERE, case_of
from tests.tui.support import Language, Night, Size, desk, picture, press

LIFT = Intake(category="lift_entrapment", place="5-1", channel=Channel.PANEL, panel="B2")


async def alarm(night: Night, form: Intake = LIFT) -> str:
    """What a panel's script does; the case's id."""
    found = await night.run_on_desk(lambda d: take_alarm(d, form))
    assert found.done is not None
    return found.done.case.id


def app(pilot: Pilot[int]) -> DispatcherApp:
    """The application, by its own type."""
    assert isinstance(pilot.app, DispatcherApp)
    return pilot.app


def strip(lang: Language = "en") -> str:
    return "F9, Enter = 新紧急" if lang == "zh" else "F9, Enter = NEW EMERGENCY"


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_over_a_form_it_is_said_and_f9_leads_to_it_and_the_form_is_kept(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f2", "1", *"3-2-1502")
        assert strip(lang) not in picture(pilot)
        case_id = await alarm(night)
        await app(pilot).take_news()
        await press(pilot)
        (row,) = (line for line in picture(pilot).splitlines() if strip(lang) in line)
        assert ("电梯困人" if lang == "zh" else "lift") in row or "Lift" in row
        assert "5" in row
        await press(pilot, *"x")
        assert "3-2-1502x" in picture(pilot), "the form takes its keys as before"
        await press(pilot, "f9")
        screen = pilot.app.screen
        assert isinstance(screen, EmergencyScreen)
        assert screen.case_id == ""
        assert strip(lang) in picture(pilot), "the kinds stand there, and the alarm above them"
        await press(pilot, "enter")
        assert screen.case_id == case_id
        assert strip(lang) not in picture(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, IntakeScreen)
        assert "3-2-1502x" in picture(pilot)
        assert strip(lang) not in picture(pilot)


@pytest.mark.parametrize("keys", [(), ("f3",), ("f7",), ("f8",), ("f1",), ("0",)])
async def test_it_stays_on_whatever_screen_until_seen(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *keys)
        await alarm(night)
        await app(pilot).take_news()
        await press(pilot)
        assert strip() in picture(pilot)
        await press(pilot, "escape")
        assert strip() in picture(pilot), "another screen, and still not seen"
        await alarm(night, Intake(category="intruder", channel=Channel.PANEL, panel="B3"))
        await app(pilot).take_news()
        await press(pilot)
        assert "(and 1 more)" in picture(pilot)
        await press(pilot, "f9", "enter")
        assert "(and 1 more)" not in picture(pilot)
        assert strip() in picture(pilot)
        await press(pilot, "f9", "enter")
        assert strip() not in picture(pilot)


async def test_locked_it_is_said_too_and_f9_leads_to_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        app(pilot).go(ToLock())
        case_id = await alarm(night)
        await app(pilot).take_news()
        await press(pilot)
        assert strip() in picture(pilot)
        await press(pilot, "f9", "enter")
        assert getattr(pilot.app.screen, "case_id", "") == case_id


async def test_once_somebody_was_told_it_is_said_no_more_and_what_is_opened_here_never(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await night.open_case(place="5-1", said="x", category="intruder")
        await app(pilot).take_news()
        await press(pilot, "f3")
        assert strip() not in picture(pilot)
        case_id = await alarm(night)
        await app(pilot).take_news()
        await press(pilot)
        assert strip() in picture(pilot)
        told = cmd.TryCall(
            person="gaolei", name="高磊", outcome=CallOutcome.REACHED, purpose="notified"
        )
        await night.perform(case_id, told)
        await app(pilot).take_news()
        await press(pilot)
        assert strip() not in picture(pilot)


@pytest.mark.parametrize("digit", "123456789")
async def test_f9_and_a_digit_name_a_kind_while_alarms_are_shouted_and_write_no_call(
    tmp_path: Path, digit: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        first = await alarm(night)
        second = await alarm(night, Intake(category="intruder", channel=Channel.PANEL, panel="B3"))
        await app(pilot).take_news()
        await press(pilot, "f9", digit)
        for case_id in (first, second):
            assert (await case_of(night, case_id)).calls == ()
        screen = pilot.app.screen
        assert isinstance(screen, EmergencyScreen)
        if not screen.query_one(Question).asked:  # it asks where the alarm is of that kind
            case = await case_of(night, screen.case_id)
            assert case.id not in (first, second)
            assert (bool(case.emergency_kind), case.calls) == (True, ())


async def test_the_oldest_unseen_stands_first_and_f9_on_the_kinds_brings_a_new_one_up(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9")
        draft = getattr(pilot.app.screen, "case_id", "")
        assert draft
        first = await alarm(night)
        night.clock.forward(seconds=1)
        await alarm(night, Intake(category="intruder", channel=Channel.PANEL, panel="B3"))
        await app(pilot).take_news()
        await press(pilot, "enter")
        await press(pilot, "f9")
        assert "NEW, nobody was told" in picture(pilot)
        await press(pilot, "enter")
        assert getattr(pilot.app.screen, "case_id", "") == first


async def test_what_nobody_was_told_of_at_the_start_is_said_at_once_whoever_opened_it(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        told = await night.run_on_desk(lambda d: open_emergency(d, "lift_entrapment"))
        reached = cmd.TryCall(
            person="gaolei", name="高磊", outcome=CallOutcome.REACHED, purpose="notified"
        )
        await night.perform(told, reached)
        fire = await night.run_on_desk(lambda d: open_emergency(d, "fire", place="3-2-1502"))
        async with night.running() as pilot:
            (row,) = (line for line in picture(pilot).splitlines() if strip() in line)
            assert "more)" not in row, "the other was told"
            await press(pilot, "f9", "enter")
            assert getattr(pilot.app.screen, "case_id", "") == fire
            assert strip() not in picture(pilot)
