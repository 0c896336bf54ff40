"""The Work Log: watch by watch and in order, notes with F10, late ones where they belong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.watch.notices import note_late
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.watch_events import PostRelieved, SignedIn
from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import START, Language, Night, Size, desk, paste, picture, press, type_text

MORNING, NOON, EVENING, DAWN = (
    START.replace(hour=hour, minute=minute, second=0)
    for hour, minute in ((2, 0), (4, 0), (10, 50), (23, 0))
)
"""10:00, 12:00, ten minutes before the night shift begins by the plan, and its end."""


def lines(pilot: Pilot[Any]) -> tuple[str, ...]:
    """The entries as they are listed."""
    return pilot.app.screen.query_one(PickLines).lines


def chosen(pilot: Pilot[Any]) -> str:
    """The entry under the cursor."""
    picker = pilot.app.screen.query_one(PickLines)
    return picker.lines[picker.cursor]


def heading(pilot: Pilot[Any]) -> str:
    """Which watch is shown."""
    return pilot.app.screen.query_one("#heading", Lines).text


def field(pilot: Pilot[Any], name: str) -> str:
    """What stands in a field."""
    return pilot.app.screen.query_one(f"#{name}", Field).value


async def write(night: Night, *events: ev.Event) -> None:
    """Write entries that are of no case."""
    await night.run_on_desk(lambda it: it.store.transact(lambda tx: it.note_in(tx, *events)))


async def three_watches(night: Night) -> None:
    """王芳 since noon, taken over at 18:50 by 李建国; each of them wrote a line."""
    night.clock.at = MORNING
    await night.run_on_desk(lambda it: it.note("before anybody"))
    night.clock.at = NOON
    await write(night, SignedIn(name="王芳", until=EVENING + timedelta(minutes=10)))
    await night.run_on_desk(lambda it: it.note("noon"))
    night.clock.at = EVENING
    await write(night, PostRelieved(outgoing="王芳", incoming="李建国", until=DAWN))
    night.clock.at = START
    await night.run_on_desk(lambda it: it.note("night"))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_watch_is_told_in_order(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        night.clock.forward(minutes=3)
        await night.perform(case_id, REACHED)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f7")
            last = {"zh": "8 查找", "en": "8 Search"}[lang]
            texts = ("22:47", "22:50", "261121-01", "张伟", last)
            assert_whole(pilot, *texts, screen=WorkLogScreen)
            times = [line[:5] for line in lines(pilot)]
            assert times == sorted(times)


async def test_left_and_right_go_by_who_really_held_the_watch(tmp_path: Path) -> None:
    async with desk(tmp_path, at=MORNING) as night:
        await three_watches(night)
        async with night.running() as pilot:
            await press(pilot, "f7")
            assert heading(pilot) == " Work Log  Night 11-21 18:50 to 07:00, on now  李建国"
            assert [x for x in lines(pilot) if "Noted" in x] == [
                "22:47            Noted  night (李建国)"
            ]
            await press(pilot, "right")
            assert message(pilot) == "This is the watch on now; nothing comes after it."
            await press(pilot, "left")
            assert heading(pilot) == " Work Log  Day 11-21 12:00 to 18:50, over  王芳"
            assert lines(pilot)[-1] == "12:00            Noted  noon (李建国)"
            assert message(pilot) == ""
            await press(pilot, "left")
            nobody = " Work Log  Day 11-21 07:00 to 12:00, over  nobody signed in"
            assert heading(pilot) == nobody
            assert "before anybody" in lines(pilot)[-1]
            await press(pilot, "left")
            assert heading(pilot) == nobody
            assert message(pilot) == "Nothing was written down before this watch."
            await press(pilot, "right", "right")
            assert "on now  李建国" in heading(pilot)


async def test_a_note_is_written_with_a_and_f10(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "a")
        await paste(pilot, "东门巡查一遍")
        await press(pilot, "enter")
        assert message(pilot) == "F10 writes the note down."
        await press(pilot, "f10")
        assert lines(pilot)[-1].endswith("Noted  东门巡查一遍 (李建国)")
        assert message(pilot) == "Noted."
        assert field(pilot, "note") == ""
        await press(pilot, "f10")
        assert message(pilot) == "Write a few words first."
        await press(pilot, "a", *"ab")
        assert field(pilot, "note") == "ab"


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_late_note_bears_both_times(tmp_path: Path, size: Size, lang: Language) -> None:
    mark = {"zh": "补记，记于 22:47", "en": "late, written 22:47"}[lang]
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f7", "a", *"gate", "enter")
            await type_text(pilot, "21:10")
            assert "21:10" in pilot.app.screen.query_one("#at-hint", Lines).text
            assert_whole(pilot)
            await press(pilot, "f10")
            assert chosen(pilot).startswith(f"21:10            [{mark}] ")
            assert lines(pilot)[0] == chosen(pilot)
            assert (field(pilot, "note"), field(pilot, "at")) == ("", "")
            await press(pilot, "6")
            assert len(lines(pilot)) == 1
            assert_whole(pilot, mark)
        log = await night.run_on_desk(lambda it: it.store.log(None, None))
        late = next(x.entry for x in log if isinstance(x.entry.event, ev.LogNoted))
        assert late.occurred_at == START.replace(hour=13, minute=10, second=0)
        assert late.recorded_at == START


async def test_a_late_note_of_an_earlier_watch_stands_there(tmp_path: Path) -> None:
    async with desk(tmp_path, at=MORNING) as night:
        await three_watches(night)
        async with night.running() as pilot:
            await press(pilot, "f7", "3", "a", *"late one", "enter")
            await type_text(pilot, "13:00")
            await press(pilot, "f10")
            assert "12:00 to 18:50, over  王芳" in heading(pilot)
            assert "late one" in chosen(pilot)
            assert message(pilot) == "Noted in the watch it belongs to, shown here."
            await press(pilot, "right")
            assert not any("late one" in line for line in lines(pilot))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("23:55x", "Not a time that was."), ("2026-11-21 23:30", "That time lies ahead")],
)
async def test_a_time_that_was_not_is_refused(tmp_path: Path, typed: str, said: str) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "a", *"lamp", "enter")
        await type_text(pilot, typed)
        await press(pilot, "f10")
        assert message(pilot).startswith(said)
        assert field(pilot, "note") == "lamp"
        assert not [line for line in lines(pilot) if "lamp" in line]


async def test_no_late_note_is_of_the_future(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        later = START + timedelta(seconds=1)
        with pytest.raises(Exception, match="future"):
            await night.run_on_desk(lambda it: note_late(it, "x", later))
        with pytest.raises(Exception, match="note_missing"):
            await night.run_on_desk(lambda it: note_late(it, " \x1b ", START))


async def test_a_half_typed_note_outlives_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "a", *"half", "tab", *"21", "escape", "escape", "f7")
        assert (field(pilot, "note"), field(pilot, "at")) == ("half", "21")


async def test_digits_and_the_search_narrow_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path, at=EVENING) as night:
        await write(night, SignedIn(name="李建国", until=DAWN))
        night.clock.at = START
        await leak(night, REACHED, cmd.AddNote(text="水阀已关"))
        await night.run_on_desk(lambda it: it.note("巡查"))
        await night.run_on_desk(lambda it: note_late(it, "gate", START - timedelta(minutes=5)))
        async with night.running() as pilot:
            await press(pilot, "f7")
            found = {}
            for digit in "123456":
                await press(pilot, digit)
                found[digit] = lines(pilot)
            assert [len(found[digit]) for digit in "12356"] == [len(found["1"]), 3, 1, 3, 1]
            assert all("张伟" in line for line in found["2"])
            assert "Case opened" in found["3"][0]
            assert any("李建国 signed in" in line for line in found["4"])
            assert not any("Noted" in line or "261121" in line for line in found["4"])
            assert "gate" in found["6"][0]
            await press(pilot, "1", "8")
            await paste(pilot, "水阀")
            assert len(lines(pilot)) == 1
            await press(pilot, "enter", "3")
            assert lines(pilot) == ()
            assert "Nothing here." in picture(pilot)


async def test_the_chosen_entry_is_read_in_full_and_its_case_opens(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, cmd.AddNote(text="很长的备注" * 12))
        async with night.running() as pilot:
            await press(pilot, "f7")
            assert "很长的备注" * 5 in picture(pilot).replace("\n", "")
            await press(pilot, "enter")
            assert on_top(pilot) == "CaseScreen"


async def test_what_has_no_room_comes_with_the_space_bar(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: it.note("".join(f"{n:04d} " for n in range(200))))
        async with night.running() as pilot:
            await press(pilot, "f7", "5")
            full = pilot.app.screen.query_one("#full", Lines)
            seen = set[str]()
            pages = int(full.text.split(" of ")[1].split(";")[0])
            for page in range(1, pages + 1):
                assert f"{page} of {pages}" in full.text
                assert_whole(pilot)
                seen |= set(full.text.split())
                await press(pilot, "space")
            assert {f"{n:04d}" for n in range(200)} <= seen
            assert f"1 of {pages}" in full.text


async def test_the_list_goes_on_while_one_looks_at_its_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f7")
            await night.perform(case_id, cmd.AddNote(text="新的一条"))
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "新的一条" in chosen(pilot)
            await press(pilot, "up", "up")
            await night.perform(case_id, cmd.AddNote(text="又一条"))
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "又一条" not in chosen(pilot)
            assert "又一条" in lines(pilot)[-1]


async def test_what_is_of_no_case_comes_in_with_the_heartbeat(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7")
        await night.run_on_desk(lambda it: it.note("from elsewhere"))
        await pilot.app.take_news()  # type: ignore[attr-defined]
        pilot.app.screen.tick(START)  # type: ignore[attr-defined]
        await press(pilot)
        assert "from elsewhere" in lines(pilot)[-1]


async def test_what_was_taken_back_is_named_and_marked(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        night.clock.forward(minutes=2)
        await night.perform(case_id, cmd.AddNote(text="wrong"))
        await night.run_on_desk(lambda it: it.take_back(case_id))
        async with night.running(size=(120, 36)) as pilot:
            await press(pilot, "f7")
            shown = [line for line in lines(pilot) if "wrong" in line]
            assert "[taken back] Remark  wrong" in shown[0]
            assert "Taken back: Remark  wrong" in shown[1]


async def test_a_chinese_character_goes_into_the_note(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "巡")
        assert field(pilot, "note") == "巡"
        await press(pilot, "escape", "0", "1")
        focused = pilot.app.screen.focused
        assert focused is not None
        assert focused.id == "note"
