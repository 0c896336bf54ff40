"""Shift: who is on watch, what falls in it and in the next; sign in, relieve, sound, print."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.together import agree_by_phone
from dispatcher_tui.desk.watch.notices import post_notice
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.watch.post import SPANS_KEPT
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.tui.screens.watch.relieve import RelieveScreen
from dispatcher_tui.tui.screens.watch.shift import ShiftScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pin import Signature
from tests.tui.crew import LI, WANG, WANG_PIN, last_event, post_of, staff
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import Language, Size, desk, picture, press

SIGN_IN_WANG = ("1", "2", *WANG_PIN, "enter")

WORD = {"zh": "口令", "en": "PIN"}
"""What stands in an empty field for a PIN."""


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_watch_and_what_falls_in_it(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        await leak(night, REACHED, DONE)
        await night.run_on_desk(lambda it: post_notice(it, "停水", "9:00"))
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12")
            assert_whole(
                pilot,
                "李建国",
                "11-22 07:00 - 19:00",
                "08:12:48",
                {"zh": "至 11-22 09:00：停水", "en": "until 11-22 09:00: 停水"}[lang],
                "261121-02",
                screen=ShiftScreen,
            )


async def test_a_signature_that_is_owed_stands_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        case = (await night.open_case(said="fire", facts=(Fact.FIRE,))).case
        await night.run_on_desk(lambda it: agree_by_phone(it, case.id, "head_signature", "陈志强"))
        async with night.running() as pilot:
            await press(pilot, "f12")
            assert "Signatures owed 1: 261121-01 陈志强 11-23 17:30" in picture(pilot)


async def test_the_next_watch_at_any_hour(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night, REACHED)
        night.clock.forward(hours=7)
        await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, "f12")
            here = picture(pilot)
            assert "Falls in this watch: 4" in here
            await press(pilot, "9")
            shown = picture(pilot)
            assert "Falls in the next watch, Day 11-22 07:00 - 19:00: 2; before it: 4" in shown
            (chosen,) = (row for row in shown.splitlines() if row.startswith(">"))
            assert "02:00:00" in chosen
            assert "07:47" in chosen
            await press(pilot, "tab")
            assert picture(pilot) == here


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_vacant_watch_is_signed_in_to(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12", "1")
            assert_whole(pilot, "王芳", WORD[lang])
            assert "赵丽娟" not in picture(pilot)


async def test_the_right_pin_takes_the_watch(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f12", *SIGN_IN_WANG)
            assert message(pilot) == "王芳 is on watch."
            assert "on watch: 王芳" in picture(pilot)
            await press(pilot, "escape", "a", *"hello", "f10")
        entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
        assert entries[-1].actor == "王芳"


async def test_while_somebody_is_on_watch_nobody_else_signs_in(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", *SIGN_IN_WANG)
            assert (await post_of(night)).holder == LI


async def test_it_says_that_the_watch_is_taken(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "1")
            assert message(pilot) == "李建国 is on watch: 2 hands over, 3 relieves."


@pytest.mark.parametrize("key", ["2", "3", "4"])
async def test_a_vacant_watch_is_neither_handed_over_nor_relieved_nor_locked(
    tmp_path: Path, key: str
) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with night.running() as pilot:
            await press(pilot, "f12", key)
            assert on_top(pilot) == "ShiftScreen"
            assert message(pilot) == "Nobody is on watch: 1 signs in."


async def test_a_wrong_pin_is_refused_taken_out_and_never_shown(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with night.running() as pilot:
            await press(pilot, "f12", "1", "2", *"9999")
            assert "9999" not in picture(pilot)
            await press(pilot, "enter")
            assert message(pilot) == "Wrong PIN; 4 tries before it locks."
            assert not (await post_of(night)).holder
            fields = [field.value for field in pilot.app.screen.query(Field)]
            assert fields == ["王芳", ""]
            await press(pilot, *WANG_PIN, "f10")
            assert message(pilot) == "王芳 is on watch."


async def test_five_wrong_pins_lock_and_say_for_how_long(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with night.running() as pilot:
            await press(pilot, "f12", "1", "2")
            for _ in range(6):
                await press(pilot, *"0000", "enter")
            assert "try again in" in message(pilot)


async def test_f10_says_what_is_missing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with night.running() as pilot:
            await press(pilot, "f12", "f10")
            assert message(pilot).startswith("Choose by digit: 1 sign in")
            await press(pilot, "1", "f10")
            assert message(pilot) == "Name and PIN are needed."


async def test_a_duty_of_the_watch_opens_its_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "down", "enter")
            assert on_top(pilot) == "CaseScreen"


@pytest.mark.rule("E-05")
async def test_a_successor_relieves_with_the_reason_and_the_planned_end_stays(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        until = (await post_of(night)).until
        assert until is not None
        async with night.running() as pilot:
            await press(pilot, "f12", "3", *WANG_PIN, "enter", *"ill", "enter")
            assert message(pilot) == "F10 takes the watch over.", "Enter never does"
            await press(pilot, "f10")
            assert on_top(pilot) == "ShiftScreen"
            assert message(pilot) == "王芳 is on watch."
            assert "on watch: 王芳" in picture(pilot)
        assert await last_event(night) == watch.PostRelieved(
            outgoing=LI, incoming=WANG, role="dispatcher", until=until, reason="ill"
        )
        assert night.desk.actor == WANG


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_relief_asks_for_little(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12", "3")
            assert_whole(pilot, LI, WANG, WORD[lang], "08:12:48", screen=RelieveScreen)
            await press(pilot, *"0000", "f10")
            assert "0000" not in picture(pilot)
            assert (await post_of(night)).holder == LI
            await press(pilot, *WANG_PIN, "f10")
            assert (await post_of(night)).holder == WANG


async def test_a_pin_typed_by_habit_picks_nobody_and_is_never_shown(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(lambda it: add_operator(it, "张伟", "dispatcher", "864213"))
        async with night.running() as pilot:
            await press(pilot, "f12", "3", *"121212")
            signature = pilot.app.screen.query_one(Signature)
            assert (signature.signer, signature.pin) == ("", "121212")
            assert "1212" not in picture(pilot)
            await press(pilot, "tab", *"1212")
            assert "1212" not in picture(pilot), "nor where words belong"
            assert "a reason begins with a word" in message(pilot)
            await press(pilot, *"ill 12")
            assert "ill 12" in picture(pilot)
            await press(pilot, "shift+tab", "down", "enter")
            assert signature.signer == WANG, "the arrows choose from the PIN, Enter takes the name"
            assert signature.pin == "121212", "what was typed stays"
            await press(pilot, *(["backspace"] * 6), *WANG_PIN, "f10")
        assert (await post_of(night)).holder == WANG


def tones(pilot: Pilot[Any], monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    """The tones the alarm is asked to sound as a test, from now on."""
    heard: list[Tone] = []
    alarm = pilot.app.alarm  # type: ignore[attr-defined]
    monkeypatch.setattr(alarm, "test", lambda tone=Tone.EMERGENCY: heard.append(tone))
    return heard


async def test_the_sound_is_tested_and_what_came_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            sounded = tones(pilot, monkeypatch)
            await press(pilot, "f12", "5", "enter")
            assert len(sounded) == 2, "Enter says nothing about what was heard: it sounds again"
            await press(pilot, "0")
            assert await last_event(night) == watch.SoundTested(heard=False)
            assert "sound test 22:47: NOT HEARD" in picture(pilot)
            await press(pilot, "5", "1")
            assert await last_event(night) == watch.SoundTested(heard=True)
            seen = await night.run_on_desk(lambda it: it.store.last_seq())
            await press(pilot, "5", "escape", "escape")
            assert on_top(pilot) == "BoardScreen"
            assert await night.run_on_desk(lambda it: it.store.last_seq()) == seen


async def test_ordinary_alarms_are_silenced_for_ten_minutes(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "6")
            assert "22:57" in message(pilot)
            assert (await post_of(night)).silenced_until is not None


async def test_without_a_hand_over_there_is_no_sheet_to_print(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "7")
            assert message(pilot) == "There has been no hand-over yet."


async def test_with_nobody_signed_in_a_call_is_taken_all_the_same(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        night.desk.actor = "desk"
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *"3-2-1502", "enter", "enter", *"leak", "f10")
            assert on_top(pilot) == "NotifyScreen"
        lines = await night.run_on_desk(lambda it: it.store.log(None, None))
        assert lines[-1].entry.actor == "desk"
        assert len((await post_of(night)).spans) < SPANS_KEPT


@pytest.mark.parametrize(("minutes", "asks"), [(31, True), (30, False), (-5, False)])
async def test_handing_over_early_asks_once(tmp_path: Path, minutes: int, asks: bool) -> None:
    """The watch ends at 07:00."""
    async with desk(tmp_path) as night:
        await staff(night)
        post = await post_of(night)
        assert post.until is not None
        night.clock.at = post.until - timedelta(minutes=minutes)
        async with night.running() as pilot:
            await press(pilot, "f12", "2")
            assert ("This watch still has 00:31. Hand over now?" in picture(pilot)) is asks
            if asks:
                await press(pilot, "0")
                assert on_top(pilot) == "ShiftScreen"
                assert message(pilot) == "The watch goes on."
                await press(pilot, "2", "1")
            assert on_top(pilot) == "HandOverScreen"
