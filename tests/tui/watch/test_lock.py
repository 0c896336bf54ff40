"""The locked desk: board and alarms stay, F9 goes through, a PIN opens it, another one relieves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.watch.outage import start_desk
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.people import NOBODY
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.watch.lock import LockScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from tests.tui.crew import LI, LI_PIN, WANG, WANG_PIN, last_event, post_of, staff
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, kinds_of, leak, message, on_top
from tests.tui.support import START, Language, Size, desk, picture, press

WORD = {"zh": "口令", "en": "PIN"}
"""What stands in an empty field for a PIN."""


ZONE = ZoneInfo("Asia/Shanghai")


def shown_digits(pilot: Pilot[Any]) -> str:
    """What the row of the place and that of the log show."""
    rows = picture(pilot).splitlines()
    return " ".join(row for row in rows if row.startswith((">Place", ">Log")))


async def locked(pilot: Pilot[Any], *before: str) -> None:
    """Lock the desk."""
    await press(pilot, *before, "f12", "4")
    assert isinstance(pilot.app.screen, LockScreen)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_locked_desk_shows_the_board_and_no_details(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running(size, lang) as pilot:
            await locked(pilot)
            assert_whole(
                pilot,
                "261121-01",
                "00:05:00",
                LI,
                WORD[lang],
                screen=LockScreen,
            )
            assert "13900001111" not in picture(pilot)
            assert "漏水到楼下" not in picture(pilot)
            top = pilot.app.screen
            assert isinstance(top, LockScreen)
            top.tick(night.clock.forward(minutes=6))
            await press(pilot)
            assert "-00:01:00" in picture(pilot)


@pytest.mark.parametrize(
    "key", ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f12", "ctrl+p", "ctrl+q", "escape"]
)
async def test_a_locked_desk_does_nothing_else(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, key, "enter")
            assert on_top(pilot) in ("LockScreen", "HelpScreen")
            assert "13900001111" not in picture(pilot)


async def test_locking_and_opening_are_in_the_record(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            assert await last_event(night) == watch.DeskLocked(name=LI)
            await press(pilot, *LI_PIN, "enter")
            assert await last_event(night) == watch.DeskUnlocked(name=LI)
            assert on_top(pilot) == "BoardScreen"


async def test_the_holders_pin_gives_the_desk_back_as_it_was_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running() as pilot:
            await locked(pilot, "a", *"half")
            await press(pilot, *LI_PIN, "enter")
            assert on_top(pilot) == "NoteScreen"
            assert message(pilot) == "李建国 is on watch."
            assert "half" in picture(pilot)


async def test_a_wrong_pin_keeps_it_locked_and_is_never_shown(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, *"9999")
            assert "9999" not in picture(pilot)
            await press(pilot, "enter")
            assert on_top(pilot) == "LockScreen"
            assert message(pilot).startswith("Wrong PIN")
            await press(pilot, *LI_PIN, "enter")
            assert on_top(pilot) == "BoardScreen"


async def _given_by_wang(pilot: Pilot[Any]) -> None:
    """The other operator's name and PIN; the question comes up."""
    await locked(pilot)
    await press(pilot, "escape", "2", *WANG_PIN, "enter")
    assert "Does 王芳 take it over?" in picture(pilot).replace("\u00a0", " ")


@pytest.mark.parametrize("answer", ["enter", "0", "escape"])
async def test_another_pin_does_not_open_it_by_itself(tmp_path: Path, answer: str) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await _given_by_wang(pilot)
            await press(pilot, answer)
            assert on_top(pilot) == "LockScreen"
            assert (await post_of(night)).holder == LI
            await press(pilot, "1", "enter")
            assert (await post_of(night)).holder == LI, "the PIN given before is gone"


async def test_another_pin_relieves_by_one_more_key(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await _given_by_wang(pilot)
            await press(pilot, "1")
            assert on_top(pilot) == "BoardScreen"
            assert message(pilot) == "王芳 is on watch."
            post = await post_of(night)
            assert (post.holder, post.locked) == (WANG, False)


async def test_after_a_restart_a_locked_desk_comes_up_locked(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running() as pilot:
            await locked(pilot)
    async with desk(tmp_path) as night, night.running() as pilot:
        assert on_top(pilot) == "LockScreen"
        assert "261121-01" in picture(pilot)
        assert "漏水到楼下" not in picture(pilot)
        await press(pilot, "f3", "f12")
        assert on_top(pilot) == "LockScreen"
        await press(pilot, *LI_PIN, "enter")
        assert on_top(pilot) == "BoardScreen"


async def test_an_open_desk_that_was_gone_for_more_than_a_minute_comes_up_locked(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(lambda it: start_desk(it, None))
    async with desk(tmp_path, at=START + timedelta(seconds=60)) as night, night.running() as pilot:
        assert on_top(pilot) == "BoardScreen"
    async with desk(tmp_path, at=START + timedelta(seconds=61)) as night, night.running() as pilot:
        assert on_top(pilot) == "LockScreen"
        assert await last_event(night) == watch.DeskLocked(name=LI, left_open=True)
        await press(pilot, *LI_PIN, "enter")
        assert on_top(pilot) == "BoardScreen"


async def test_a_changed_case_shows_on_the_locked_board(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        case_id = await leak(night)
        async with night.running() as pilot:
            await locked(pilot)
            assert "**  GRAVE" in picture(pilot)
            await night.perform(case_id, REACHED)
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "**  GRAVE" not in picture(pilot)
            assert "张伟" not in picture(pilot)
            assert pilot.app.screen.query_one(BoardTable).selected == case_id


async def test_an_emergency_goes_through_the_lock_and_the_record_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, "f9", "1")
            assert on_top(pilot) == "EmergencyScreen"
            assert "Fire brigade" in picture(pilot)
            case_id = pilot.app.screen.case_id  # type: ignore[attr-defined]
            assert (await kinds_of(night, case_id))[:2] == ["case_opened", "note_added"]
            entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
            assert entries[1].event == ev.NoteAdded(
                case=case_id, text="Opened while the desk was locked: nobody had signed in."
            )
            await press(pilot, "escape", "f3")
            assert message(pilot).startswith("The desk is locked")
            await press(pilot, "2")
            assert on_top(pilot) == "LockScreen"


@pytest.mark.parametrize("on_watch", [True, False])
async def test_a_desk_that_nobody_could_open_again_is_not_locked(
    tmp_path: Path, on_watch: bool
) -> None:
    async with desk(tmp_path) as night:
        if not on_watch:
            await staff(night, on_watch=False)
        async with night.running() as pilot:
            await press(pilot, "f12", "4")
            assert on_top(pilot) == "ShiftScreen"
            assert message(pilot) == "Nobody is on watch: 1 signs in."
            assert not (await post_of(night)).locked


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_new_desk_asks_for_a_pin_before_anything_is_done_under_a_name(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    """An operator was made, and nobody has ever signed in."""
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        night.desk.actor = NOBODY
        async with night.running(size, lang) as pilot:
            nobody = "无人值班" if lang == "zh" else "nobody on watch"
            assert_whole(pilot, nobody, LI, WANG, WORD[lang], screen=LockScreen)
            await press(pilot, "f2", "f12", "escape", *"000000", "enter")
            assert on_top(pilot) == "LockScreen"
            assert not (await post_of(night)).holder
            assert not await night.run_on_desk(lambda it: it.store.board(Lane.ALL))
            await press(pilot, "f9")
            assert on_top(pilot) == "EmergencyScreen", "an emergency needs no PIN"


@pytest.mark.parametrize("known", [False, True])
async def test_who_is_on_watch_or_a_desk_without_operators_is_asked_nothing(
    tmp_path: Path, known: bool
) -> None:
    async with desk(tmp_path) as night:
        if known:
            await staff(night)
        else:
            night.desk.actor = NOBODY
        async with night.running() as pilot:
            assert on_top(pilot) == "BoardScreen"


async def test_signing_in_at_the_new_desk_takes_the_watch(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: add_operator(it, LI, "dispatcher", LI_PIN))
        night.desk.actor = NOBODY
        async with night.running() as pilot:
            await press(pilot, *LI_PIN, "enter")
            assert on_top(pilot) == "BoardScreen"
            assert (await post_of(night)).holder == night.desk.actor == LI
            assert isinstance(await last_event(night), watch.SignedIn)


async def test_f2_on_a_locked_desk_keeps_the_calls_time_and_opens_its_form_after_the_pin(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running(lang="zh") as pilot:
            await locked(pilot)
            at = night.clock.now()
            await press(pilot, "f2")
            assert (
                message(pilot)
                == f"{at.astimezone(ZONE):%H:%M:%S} 的来电等着：用口令签到，登记单即打开。"
            )
            night.clock.forward(seconds=40)
            await press(pilot, *LI_PIN, "enter")
            form = pilot.app.screen
            assert isinstance(form, IntakeScreen)
            assert form.draft.opened_at == at
            assert night.session.call_waits is None
            assert message(pilot).endswith(f"这是 {at.astimezone(ZONE):%H:%M:%S} 的来电。")


@pytest.mark.parametrize("key", ["8", "9"])
async def test_a_pin_typed_into_the_emergency_of_a_locked_desk_is_never_read_nor_kept(
    tmp_path: Path, key: str
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, "f9", "1", key)
            for digit in "3921":
                await press(pilot, digit)
                assert "39" not in shown_digits(pilot)
            await press(pilot, "escape")
            assert "3921" not in picture(pilot)
            await press(pilot, key, "enter")
            assert "3921" not in picture(pilot)
            assert "NOT written down and not shown" in message(pilot)
            entries = await night.run_on_desk(
                lambda it: it.store.entries(it.store.board(Lane.EMERGENCY)[0].id)
            )
            assert not any("3921" in str(each.event) for each in entries)
            await press(pilot, "f12")
            assert message(pilot).endswith("Esc leads to name and PIN; the emergency goes on.")


async def test_after_the_pin_the_emergency_that_goes_on_stands_there_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, "f9", "1", "1", "escape")
            assert on_top(pilot) == "LockScreen"
            await press(pilot, *LI_PIN, "enter")
            assert on_top(pilot) == "EmergencyScreen"
