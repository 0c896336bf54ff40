"""The veil and the lone operator's check: names are hidden, alarms never, and nothing is lost."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from textual.events import MouseDown, MouseUp

from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.watch.presence import PresenceCheck
from dispatcher_tui.tui.screens.watch.lock import LockScreen
from dispatcher_tui.tui.screens.watch.privacy_screen import PrivacyScreen
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.on_watch import beat, listening, pass_time, set_site, written
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import START, Language, Size, burst, desk, paste, picture, press

ASKED = PresenceCheck(every=60, start=time(0), until=time(0), answer=5)
HIDDEN = ("王先生", "13900001111", "漏水", "张伟", "李建国", "1502", "P0-")


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_names_are_hidden_and_the_rest_stays(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        set_site(night, hide_minutes=10)
        async with night.running(size, lang) as pilot:
            await press(pilot, "down")
            night.clock.forward(minutes=9, seconds=59)
            await beat(pilot)
            assert on_top(pilot) == "BoardScreen"
            night.clock.forward(seconds=1)
            await beat(pilot)
            await beat(pilot)
            assert_whole(
                pilot,
                "261121-01",
                "3-2-****",
                "-00:05:00",
                "上报负责人" if lang == "zh" else "Tell the head",
                "22:57:12",
                screen=PrivacyScreen,
            )
            assert not [word for word in HIDDEN if word in picture(pilot)]
            night.clock.forward(seconds=1)
            await beat(pilot)
            assert "-00:05:01" in picture(pilot)
            assert len(pilot.app.screen_stack) == 3


async def test_0_minutes_hide_never(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        set_site(night, hide_minutes=0)
        night.clock.forward(hours=9)
        await beat(pilot)
        assert on_top(pilot) == "BoardScreen"


@pytest.mark.parametrize("key", ["x", "f2", "escape", "enter", "ctrl+q", "0", "f12", "ctrl+c"])
async def test_the_key_that_lifts_it_does_nothing_else(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            night.clock.forward(minutes=10)
            await beat(pilot)
            assert on_top(pilot) == "PrivacyScreen"
            await press(pilot, key)
            assert on_top(pilot) == "BoardScreen"
            assert message(pilot) == ""
            await beat(pilot)
            assert on_top(pilot) == "BoardScreen"
            await pilot.pause(0.06)
            await press(pilot, "f2")
            assert on_top(pilot) == "IntakeScreen"


async def test_f9_opens_the_emergency_through_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            night.clock.forward(minutes=10)
            await beat(pilot)
            await press(pilot, "f9")
            assert on_top(pilot) == "EmergencyScreen"
            assert not [s for s in pilot.app.screen_stack if isinstance(s, PrivacyScreen)]


async def test_a_word_committed_at_once_lifts_it_and_is_no_command(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            night.clock.forward(minutes=10)
            await beat(pilot)
            await burst(pilot, "漏", "水", "e")
            assert on_top(pilot) == "BoardScreen"
            night.clock.forward(minutes=10)
            await beat(pilot)
            await burst(pilot, "x", "f9")
            assert on_top(pilot) == "EmergencyScreen"


async def test_what_is_pasted_and_clicked_lifts_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            await press(pilot, "f2", "1")
            night.clock.forward(minutes=10)
            await beat(pilot)
            for x, y in ((5, 5), (4, 9)):  # as a terminal sends it: the pilot's passes the desk by
                for pressed in (MouseDown, MouseUp):
                    pilot.app.post_message(pressed(None, x, y, 0, 0, 1, False, False, False))
                await press(pilot)
                assert on_top(pilot) == "IntakeScreen"
                night.clock.forward(minutes=10)
                await beat(pilot)
                assert on_top(pilot) == "PrivacyScreen"


async def test_nothing_typed_below_is_lost_nor_where_it_was_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *"3-2-15")
            before = pilot.app.screen.focused
            assert isinstance(before, Field)
            night.clock.forward(minutes=10)
            await beat(pilot)
            assert on_top(pilot) == "PrivacyScreen"
            await press(pilot, "9")
            assert pilot.app.screen.focused is before
            assert before.value == "3-2-15"
            await pilot.pause(0.06)
            await press(pilot, *"02")
            assert before.value == "3-2-1502"


async def test_a_field_that_was_left_stays_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *"3-2", "escape")
            assert pilot.app.screen.focused is None
            night.clock.forward(minutes=10)
            await beat(pilot)
            await press(pilot, "x")
            assert on_top(pilot) == "IntakeScreen"
            assert pilot.app.screen.focused is None


@pytest.mark.parametrize(
    "keys",
    [
        ("f1",), ("f3",), ("f4",), ("f5",), ("f6",), ("f7",), ("f8",), ("f12",), ("escape",),
        ("ctrl+p",), ("enter",), ("a",), ("x",), ("v",), ("t",), ("s",), ("f2", "1"),
    ],
)  # fmt: skip
async def test_it_lies_over_every_screen_and_gives_it_back(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, *keys)
            name, stack = on_top(pilot), len(pilot.app.screen_stack)
            focused = pilot.app.screen.focused
            set_site(night, hide_minutes=10)
            night.clock.forward(minutes=10)
            await beat(pilot)
            assert on_top(pilot) == "PrivacyScreen"
            assert not [word for word in HIDDEN if word in picture(pilot)]
            await press(pilot, "z")
            assert (on_top(pilot), len(pilot.app.screen_stack)) == (name, stack)
            assert pilot.app.screen.focused is focused


async def test_never_over_an_emergency_nor_the_locked_desk(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=10)
        async with night.running() as pilot:
            await press(pilot, "f9", "1")
            night.clock.forward(hours=1)
            await beat(pilot)
            assert on_top(pilot) == "EmergencyScreen"
            await pilot.app.push_screen(LockScreen())
            await beat(pilot)
            assert on_top(pilot) == "LockScreen"


async def test_its_board_goes_on_and_its_alarms_are_heard(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, hide_minutes=5)
        async with night.running() as pilot:
            await leak(night)
            await pass_time(night, pilot, 60, minutes=5)
            assert on_top(pilot) == "PrivacyScreen"
            await leak(night)
            await beat(pilot)
            assert "261121-02" in picture(pilot)
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 60, minutes=5)
            assert ("untold", 300) in heard


# The lone operator's check


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_lone_operator_is_asked_and_answers_with_any_key(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        set_site(night, presence=ASKED)
        async with night.running(size, lang) as pilot:
            with listening(night, pilot) as heard:
                night.clock.forward(minutes=59, seconds=59)
                await beat(pilot)
                heard.clear()
                assert on_top(pilot) == "BoardScreen"
                await pass_time(night, pilot, 10, seconds=601)
                assert [tone for tone, _at in heard].count("ordinary") == 1
                await beat(pilot)
                shown = "按任意键" if lang == "zh" else "Press any key"
                assert_whole(pilot, shown, "00:0", screen=PrivacyScreen)
            await press(pilot, "x")
            assert on_top(pilot) == "BoardScreen"
            await beat(pilot)
            assert on_top(pilot) == "BoardScreen"
        confirmed = [e for e in await written(night) if isinstance(e, ev.PresenceConfirmed)]
        assert len(confirmed) == 1


async def test_nothing_else_on_the_board_it_is_asked_on_time(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, presence=ASKED)
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 599.5, minutes=59, seconds=59)
                assert heard == []
                await pass_time(night, pilot, 1, seconds=1)
                await beat(pilot)
                assert heard == [("ordinary", 3600)]
                assert "Are you there? Press any key. 00:05:00" in picture(pilot)
                await pass_time(night, pilot, 60, minutes=4, seconds=59)
                assert len(heard) == 1
                await pass_time(night, pilot, 1, seconds=1)
                await beat(pilot)
                await pass_time(night, pilot, 1, seconds=40)
                assert [at for tone, at in heard if tone == "emergency"] == [3900, 3920, 3940]
                assert "No answer" in picture(pilot)
                heard.clear()
                await press(pilot, "x")
                assert on_top(pilot) == "BoardScreen"
                await pass_time(night, pilot, 60, minutes=5)
                assert heard == []
        assert [e for e in await written(night) if "Presence" in type(e).__name__] == [
            ev.PresenceMissed(asked_at=START + timedelta(hours=1)),
            ev.PresenceConfirmed(seconds=340),
        ]


async def test_on_an_emergency_it_is_asked_in_the_message_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        async with night.running() as pilot:
            await press(pilot, "f9", "1", "8", *"3-2-1502")
            set_site(night, presence=ASKED)
            await pass_time(night, pilot, 300, hours=1)
            await pass_time(night, pilot, 1, seconds=3)
            assert on_top(pilot) == "EmergencyScreen"
            assert message(pilot).startswith("Are you there?")
            await press(pilot, "x")
            assert message(pilot) == ""
            field = pilot.app.screen.query_one("#place", Field)
            assert field.value == "3-2-1502x"
        assert any(isinstance(e, ev.PresenceConfirmed) for e in await written(night))


async def test_what_is_pasted_answers_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, presence=ASKED)
        async with night.running() as pilot:
            await pass_time(night, pilot, 1800, hours=1)
            assert on_top(pilot) == "PrivacyScreen"
            await paste(pilot, "漏水")
            await beat(pilot)
        assert await written(night)


async def test_where_the_file_is_only_read_nobody_is_asked(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        set_site(night, presence=ASKED)
        night.session.read_only = "somebody"
        async with night.running() as pilot:
            with listening(night, pilot) as heard:
                await pass_time(night, pilot, 1800, hours=3)
            assert on_top(pilot) == "BoardScreen"
            assert heard == []
