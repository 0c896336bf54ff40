"""The alarm of the running desk: what is heard, when, under whatever screen is up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.watch.sound import silence
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.tui.screens.watch.lock import LockScreen
from tests.tui.crew import staff
from tests.tui.on_watch import beat, desk_app, listening, pass_time, set_site, written
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import Language, Night, Size, desk, picture, press

QUIET: dict[str, Any] = {"place": "3-2-1502", "said": "灯不亮", "category": "leak"}
HEAD = cmd.TryCall(
    person="chen",
    name="陈志强",
    role="head",
    phone="13900000101",
    outcome=CallOutcome.REACHED,
    purpose="reported",
)


async def told(night: Night, *, hours_ago: float = 0) -> str:
    """An ordinary case somebody was told of: its first follow-up is due two hours after that."""
    found = await night.open_case(**QUIET)
    await night.perform(found.case.id, REACHED)
    return found.case.id


async def test_duties_within_ten_minutes_are_grouped(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        for _ in range(4):
            await told(night)
            night.clock.forward(minutes=3)
        night.clock.forward(minutes=-12)
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 30, hours=2, minutes=15)
    assert [(tone, at // 60) for tone, at in heard] == [("ordinary", 120), ("ordinary", 130)]


async def test_a_case_nobody_was_told_of_sounds_every_minute_until_somebody_is(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        found = await night.open_case(**QUIET)
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 10, minutes=12)
                assert heard == [("untold", 600), ("untold", 660), ("untold", 720)]
                await night.perform(found.case.id, REACHED)
                await pass_time(night, pilot, 10, minutes=5)
                assert len(heard) == 3


async def test_an_emergency_sounds_every_twenty_seconds_until_anybody_is_reached(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        with listening(night, pilot) as heard:
            done = await night.run_on_desk(lambda it: it.open_emergency("fire"))
            await beat(pilot)
            await pass_time(night, pilot, 5, minutes=1)
            assert heard == [("emergency", at) for at in (5, 25, 45)]
            await night.perform(done.case.id, HEAD)
            await beat(pilot)
            await pass_time(night, pilot, 5, minutes=1)
            assert len(heard) == 3


async def test_silence_covers_the_ordinary_alone_and_nothing_is_forgotten(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await told(night)
        night.clock.forward(minutes=115)
        async with night.running() as pilot:
            await desk_app(pilot).alarm.silence()
            await beat(pilot)
            assert "Silent until 00:52" in message(pilot)
            assert "silent until 00:52  EMERG. 0" in picture(pilot)
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 30, minutes=9, seconds=30)
                assert heard == []
                await night.run_on_desk(lambda it: it.open_emergency("fire"))
                await beat(pilot)
                await beat(pilot)
                assert heard == [("emergency", 570)]
                await pass_time(night, pilot, 1, seconds=30)
                assert ("ordinary", 600) in heard
            assert "silent" not in picture(pilot).splitlines()[1]
        assert any(isinstance(event, ev.SoundSilenced) for event in await written(night))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_head_line_with_silence_stands_whole(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await night.run_on_desk(silence)
            await beat(pilot)
            await beat(pilot)
            assert_whole(pilot, "22:57", "静音至 22:57" if lang == "zh" else "silent until 22:57")


async def locked(night: Night, pilot: Pilot[Any]) -> None:
    await pilot.app.push_screen(LockScreen())


@pytest.mark.parametrize("keys", [("f2",), ("f1",), ("ctrl+p",), ("0",), ("f9", "1"), ()])
async def test_it_is_heard_under_every_screen(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(**QUIET)
        night.clock.forward(minutes=9, seconds=59)
        async with night.running() as pilot:
            if keys:
                await press(pilot, *keys)
            else:
                await locked(night, pilot)
            assert on_top(pilot) != "BoardScreen"
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 1, seconds=1)
                await beat(pilot)
            assert "untold" in [tone for tone, _at in heard]


async def test_a_late_entry_from_outside_is_heard(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        with listening(night, pilot) as heard:
            early = night.clock.at
            night.clock.forward(hours=3)
            await night.run_on_desk(lambda it: it.open_case(Intake(**QUIET), occurred=early))
            await beat(pilot)
            await beat(pilot)
        assert [tone for tone, _at in heard] == ["untold"]


async def test_the_bell_rings_once_twice_thrice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("dispatcher_tui.tui.heartbeat.alarm.RING_APART", 0.01)
    async with desk(tmp_path) as night, night.running() as pilot:
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        for tone, times in ((Tone.ORDINARY, 1), (Tone.UNTOLD, 2), (Tone.EMERGENCY, 3)):
            rung.clear()
            desk_app(pilot).alarm.sound(tone)
            await pilot.pause(0.2)
            assert len(rung) == times


async def test_the_test_sounds_every_kind_and_tells_a_command_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatcher_tui.tui.heartbeat.alarm.TEST_APART", 0.05)
    async with desk(tmp_path) as night:
        await staff(night)
        set_site(night, sound="no-such-program", siren="no-such-siren")
        async with night.running() as pilot:
            rung: list[Tone] = []
            monkeypatch.setattr(desk_app(pilot).alarm._player, "_bell", rung.append)
            await press(pilot, "f12", "5")
            await pilot.pause(0.3)
            assert rung == list(Tone)
            assert "does not work" in message(pilot)
            await press(pilot, "1", "5")
            await pilot.pause(0.3)
            assert rung == list(Tone) * 2
            assert "does not work" in message(pilot), "each test tells it anew"


async def test_a_command_that_fails_is_told_once_on_the_board(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, sound="no-such-program")
        await night.open_case(**QUIET)
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 60, minutes=10)
                assert "The sound no-such-program does not work" in message(pilot)
                board = desk_app(pilot).board_screen
                assert board is not None
                board.say("")
                await pass_time(night, pilot, 60, minutes=2)
                assert message(pilot) == "22:59 rang: Tell someone 261121-01"
            assert [tone for tone, _at in heard] == ["untold"] * 3


async def test_the_sites_command_sounds_and_the_bell_does_not(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = tmp_path / "sound.py"
    script.write_text(f"import sys; open({str(log)!r}, 'a').write(sys.argv[1] + ' ')", "utf-8")
    async with desk(tmp_path) as night:
        set_site(night, sound=f"'{sys.executable}' '{script}'")
        await night.open_case(**QUIET)
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 60, minutes=10)
                for _ in range(200):
                    if log.exists() and log.read_text("utf-8"):
                        break
                    await pilot.pause(0.05)
            assert heard == []
    assert log.read_text("utf-8") == "untold "
