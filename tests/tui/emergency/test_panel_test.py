"""F8, 9: a test of the fire system is planned, stands in the board's head, and is ended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.emergency.panel import plan_test, take_alarm
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.domain.papers.report import HandOverReport
from dispatcher_tui.domain.record.watch_events import PanelTestEnded, PanelTestPlanned
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.present.watch.sheet_lines import sheet_lines
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.watch.hand_over import hand_over_document
from dispatcher_tui.tui.screens.emergency.panel_test import PanelTestScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.reports import samples
from tests.tui.on_watch import written
from tests.tui.story import EVERYWHERE, assert_whole, message, on_top
from tests.tui.support import START, Language, Night, Size, desk, press, type_text

ALARM = Intake(place="9-2-0503", facts=(Fact.FIRE,), channel=Channel.PANEL, panel="2号")


def head(pilot: Pilot[Any]) -> str:
    """The second line of the board's head, as it is at the next heartbeat."""
    app = pilot.app
    app.screen.tick(app.session.now())  # type: ignore[attr-defined]
    return app.screen.query_one("#figures", Lines).text


def listed(pilot: Pilot[Any]) -> tuple[str, ...]:
    """The tests as they are listed."""
    return pilot.app.screen.query_one(PickLines).lines


async def news(pilot: Pilot[Any]) -> None:
    """One heartbeat: what has fallen due is written, and read."""
    await pilot.app._look_for_news()  # type: ignore[attr-defined]
    await press(pilot)


async def planned(night: Night, since: str = "", until: str = "2h") -> None:
    """A test of all panels that the head ordered."""
    await night.run_on_desk(lambda it: plan_test(it, since, until, "", "赵主任"))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_it_is_planned_by_its_digit_and_stands_in_the_head(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    mark = {"zh": "消防测试至 11-22 00:47（0）", "en": "fire test until 11-22 00:47 (0)"}[lang]
    emergency = {"zh": "紧急", "en": "EMERG."}[lang]
    async with desk(tmp_path) as night:
        async with night.running(size, lang) as pilot:
            assert mark[:4] not in head(pilot)
            await press(pilot, "f8", "9", "enter")
            await type_text(pilot, "2h")
            stretch = pilot.app.screen.query_one("#stretch", Lines).text
            assert "22:47" in stretch
            assert "11-22 00:47" in stretch
            await press(pilot, "enter")
            await type_text(pilot, "2号")
            await press(pilot, "enter")
            await type_text(pilot, "赵主任")
            assert_whole(pilot, screen=PanelTestScreen)
            await press(pilot, "f10")
            assert len(listed(pilot)) == 1
            assert_whole(pilot, "赵主任", "2号", "11-22 00:47")
            await press(pilot, "escape", "escape")
            assert on_top(pilot) == "BoardScreen"
            assert mark in head(pilot)
            assert emergency in head(pilot)
            assert "22:47:12" in pilot.app.screen.query_one("#heading", Lines).text
        (event,) = [e for e in await written(night) if isinstance(e, PanelTestPlanned)]
        assert (event.since, event.until) == (START, START + timedelta(hours=2))
        assert (event.panel, event.by) == ("2号", "赵主任")


async def test_the_head_counts_the_alarms_and_its_end_is_written_once_by_a_heartbeat(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await planned(night)
        async with night.running() as pilot:
            await night.run_on_desk(lambda it: take_alarm(it, ALARM))
            await news(pilot)
            assert "fire test until 11-22 00:47 (1)" in head(pilot)
            night.clock.at = START + timedelta(hours=2, seconds=-1)
            await news(pilot)
            assert "fire test" in head(pilot)
            assert not [e for e in await written(night) if isinstance(e, PanelTestEnded)]
            night.clock.at = START + timedelta(hours=2)
            assert "fire test" not in head(pilot)
            for _ in range(3):
                await news(pilot)
                night.clock.forward(seconds=1)
            (ended,) = [e for e in await written(night) if isinstance(e, PanelTestEnded)]
            assert (ended.alarms, ended.early) == (1, False)
            await night.run_on_desk(lambda it: take_alarm(it, ALARM))
            await news(pilot)
            assert "EMERG. 1" in head(pilot)


@pytest.mark.parametrize(("key", "ends"), [("1", True), ("0", False), ("enter", False)])
async def test_only_a_clear_yes_ends_it_early(tmp_path: Path, key: str, ends: bool) -> None:
    async with desk(tmp_path) as night:
        await planned(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "9", "enter", key)
            assert (listed(pilot) == ()) is ends
            said = {
                True: "The test is over: alarms are cases again.",
                False: "The test goes on.",
            }[ends]
            assert message(pilot) == said
        ended = [e for e in await written(night) if isinstance(e, PanelTestEnded)]
        assert [e.early for e in ended] == [True] * ends


@pytest.mark.parametrize(
    ("since", "until", "by", "said", "at"),
    [
        ("soon", "2h", "x", "Not a time. Type 40 (minutes), 2h, 23:30, or 11-22 9:00.", "since"),
        ("", "", "x", "Ask when: 40 (minutes), 23:30, or tomorrow 9:00.", "until"),
        ("", "13h", "x", "A test lasts 12 hours at most: enter an earlier end.", "until"),
        ("", "2h", "", "Write who ordered the test.", "by"),
    ],
)
async def test_what_can_be_no_test_is_said_and_nothing_typed_is_lost(
    tmp_path: Path, since: str, until: str, by: str, said: str, at: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "9", *since, "enter", *until, "enter", "enter", *by, "f10")
        assert message(pilot) == said
        assert pilot.app.focused is pilot.app.screen.query_one(f"#{at}")
        await press(pilot, "escape", "escape", "9")
        for name, typed in (("since", since), ("until", until), ("by", by)):
            assert pilot.app.screen.query_one(f"#{name}", Field).value == typed


async def test_it_stands_on_the_hand_over_sheet_with_what_was_counted(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        zone = night.desk.rules.calendar.tz
        bare = await night.run_on_desk(sheet_now)
        assert "fire system" not in "\n".join(sheet_lines(bare, zone, 80))
        await planned(night)
        await night.run_on_desk(lambda it: take_alarm(it, ALARM))
        sheet = await night.run_on_desk(sheet_now)
        told = "22:47 to 11-22 00:47  all panels  ordered by 赵主任  alarms counted: 1"
        lines = sheet_lines(sheet, zone, 80)
        assert f"  {told}" in lines
        assert "Planned tests of the fire system: 1" in lines
        entry = replace(samples.entry(), event=replace(samples.EVENT, sheet=sheet))
        assert told in text(hand_over_document(HandOverReport(entry, "翠湖花园", zone)))


@pytest.mark.parametrize(("until", "refused"), [("12h", False), ("12h1m", True), ("12h38m", True)])
async def test_one_that_is_too_long_is_said_when_the_field_is_left_and_gone_once_corrected(
    tmp_path: Path, until: str, refused: bool
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "9", "tab", *until)
        assert message(pilot) == ""
        await press(pilot, "tab")
        words = "A test lasts 12 hours at most: enter an earlier end."
        assert (message(pilot) == words) is refused
        await press(pilot, "shift+tab", "backspace")
        assert words not in message(pilot)


async def test_a_time_that_was_not_understood_is_complained_of_until_it_is_corrected(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "9", "tab", *"zz", "tab")
        assert message(pilot)
        await press(pilot, "shift+tab", "backspace")
        assert message(pilot) == ""
