"""Intake: on disk while it is typed, few keys, nothing lost, whatever is typed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.store.errors import DiskFull
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.screens.system.autosave_form import PAUSE
from dispatcher_tui.tui.widgets.form import FIELD_LIMIT
from dispatcher_tui.tui.widgets.notes import NOTE_LIMIT, NoteArea
from tests.tui.calls import cases, drafts, form, message, pause
from tests.tui.support import (
    NARROW,
    PLACE,
    PLACE_OF_TWO,
    PLACE_WITH_WARNING,
    START,
    WIDE,
    big_on_screen,
    compare_golden,
    desk,
    paste,
    picture,
    press,
    settle,
    type_text,
)

HOSTILE = "[/] [b]x[@click=app.quit]y[/]\x1b[2J\x1b]52;c;QUFB\x07\x9b31m\u202e\u2066evil\u200b漏"
KEPT = "[/] [b]x[@click=app.quit]y[/][2J]52;c;QUFB31mevil漏"


async def test_how_it_came_in_is_one_key_off_the_way_and_weighs_in_the_level(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, procedure="project-centre") as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"dripping", "enter", *"ls")
        await press(pilot, "enter", "tab", "3")
        assert "Complex by letter" in " ".join(picture(pilot).split())
        await press(pilot, "f10")
        (case,) = await cases(night)
        assert (case.channel, case.level) == (Channel.LETTER, "complex")


async def test_a_whole_intake_opens_the_case_and_goes_on_to_notify(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        text = {*PLACE, *"dripping", *"ls"}
        keys = ["f2", "1", *PLACE, "enter", "enter", *"dripping", "enter", *"ls", "enter"]
        keys += ["1", "4", "enter"]
        await press(pilot, *keys)
        night.clock.forward(seconds=48)
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, NotifyScreen)
        assert len([key for key in [*keys, "f10"] if key not in text]) <= 25
        (case,) = await cases(night)
        assert (case.place, case.registered, case.verbatim) == (PLACE, True, "dripping")
        assert (case.category, case.facts) == ("leak", (Fact.NOW, Fact.GROUP))
        assert (case.level, case.level_rule) == ("grave", "P0-04")
        assert case.caller is not None
        assert case.caller.phone == "13900003534"
        assert case.channel is Channel.PHONE
        assert (case.received_at, (case.opened_at - START).seconds) == (START, 48)
        assert pilot.app.screen.case_id == case.id
        assert await drafts(night) == []
        assert night.session.drafts == {}


async def test_f2_is_on_disk_within_a_second_and_every_pause_after_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2")
        (draft,) = await night.run_on_desk(load_drafts)
        assert (draft.opened_at, draft.intake) == (START, Intake())
        await press(pilot, "2", *"3 2", "enter", *"10086", "enter")
        await pause(pilot)
        (kept,) = await drafts(night)
        assert (kept.kind, kept.place, kept.phone) == (IntakeKind.REPAIR, "3 2", "10086")


async def test_who_types_without_a_pause_is_kept_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", "enter", "enter")
        for _ in range(12):
            await pilot.press("x")
            await asyncio.sleep(PAUSE / 5)
        (kept,) = await drafts(night)
        assert kept.said.startswith("xxx")


async def test_a_crash_leaves_a_draft_that_is_offered_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet", "enter")
        await press(pilot, *"ls", "enter", "4")
        await pause(pilot)
    later = START.replace(minute=59)
    async with desk(tmp_path, at=later) as night, night.running() as pilot:
        assert "~" in picture(pilot)
        assert "draft 3-2-1502 wet Enter: go on 22:47:12" in " ".join(picture(pilot).split())
        await press(pilot, "f2")
        assert "6 unfinished 22:47 3-2-1502 wet" in picture(pilot)
        assert "6 takes it up again" in message(pilot)
        await press(pilot, "6")
        assert form(pilot) == Intake(
            place=PLACE, phone="13900003534", said="wet", category="leak", facts=(Fact.GROUP,)
        )
        assert "* draft saved" in picture(pilot)
        assert "call of 22:47:12" in picture(pilot)
        await press(pilot, "f10")
        (case,) = await cases(night)
        assert (case.received_at, case.opened_at) == (START, later)
        assert await drafts(night) == []


async def test_esc_leaves_the_field_then_the_form_and_the_board_shows_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *"gate")
        await press(pilot, "escape")
        assert form(pilot).place == "gate"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert [kept.place for kept in await drafts(night)] == ["gate"]
        assert "gate" in picture(pilot)
        assert pilot.app.screen.selected is None
        await press(pilot, "f5", "enter")
        assert form(pilot).place == "gate"
        await press(pilot, *["backspace"] * 4, "escape", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert await drafts(night) == []
        assert "No open cases" in picture(pilot)


@pytest.mark.parametrize(
    "typed", ["3-2-1502", "3.2.1502", "3 2 1502", "3、2、1502", "３－２－１５０２"]
)
async def test_the_place_shows_who_lives_there_however_it_is_typed(
    tmp_path: Path, typed: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1")
        await type_text(pilot, typed)
        await press(pilot, "enter")
        shown = picture(pilot)
        assert "阎雅倩 13900003534" in shown
        assert big_on_screen(pilot, PLACE)
        await press(pilot, "f10")
        assert [case.place for case in await cases(night)] == [PLACE]


async def test_warnings_earlier_cases_and_unknown_places_are_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE_WITH_WARNING, said="loud music")
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE_WITH_WARNING)
            shown = picture(pilot)
            assert "行动不便" in shown
            assert "1 open, same matter: Esc, 1" in shown
            assert "1 261121-01  22:47" in shown
            assert "loud music" in shown
            await press(pilot, "enter", "shift+tab", *["backspace"] * 8, *"9-9-9999")
            assert "9-9-9999: not in the register" in picture(pilot)
            assert "loud music" not in picture(pilot)


async def test_the_registered_number_is_a_suggestion_until_enter_takes_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter")
        assert form(pilot).phone == ""
        assert "13900003534 阎雅倩 (Enter)" in picture(pilot)
        await press(pilot, "tab", "enter")
        assert (form(pilot).phone, form(pilot).caller) == ("", "阎雅倩")
        assert isinstance(pilot.app.screen.focused, NoteArea)
        await press(pilot, "shift+tab", "shift+tab", "enter")
        assert form(pilot).phone == "13900003534"


async def test_the_name_follows_the_number_that_was_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE_OF_TWO, "enter", *"13600005949", "tab", "enter")
        assert form(pilot).caller == "沈晓梅"


async def test_a_number_that_cannot_be_dialled_is_said_and_recorded(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", *"ask-wife", "enter")
        assert "ask-wife cannot be dialled" in message(pilot)
        await press(pilot, *"wet", "f10")
        (case,) = await cases(night)
        assert case.caller is not None
        assert case.caller.phone == "ask-wife"


async def test_classes_are_proposed_by_the_words_and_taken_by_digit(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"楼上太吵", "enter")
        assert "按原话：1" in picture(pilot)
        await press(pilot, "1")
        assert form(pilot).category == "noise"


async def test_the_class_is_found_by_initials_chinese_or_digit(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, "f2", "1", *["enter"] * 4, *"dtkr", "enter")
        assert form(pilot).category == "lift_entrapment"
        await press(pilot, "shift+tab", *["backspace"] * 4, *"漏水", "enter")
        assert form(pilot).category == "leak"
        await press(pilot, "shift+tab", *["backspace"] * 2, "1")
        assert form(pilot).category == "leak"
        await press(pilot, "shift+tab", *["backspace"] * 2, *"qqq")
        assert message(pilot)
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, IntakeScreen)
        assert "qqq" in message(pilot)


async def test_nothing_is_lost_when_the_disk_does_not_take_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("no room")

    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet")
        with monkeypatch.context() as broken:
            broken.setattr(Desk, "open_case", full)
            await press(pilot, "f10")
            assert "disk is full" in message(pilot)
            assert form(pilot).said == "wet"
        await pause(pilot)
        assert [kept.said for kept in await drafts(night)] == ["wet"]
        await press(pilot, "f10")
        assert len(await cases(night)) == 1


async def test_f10_twice_opens_one_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "f10", "f10")
        assert len(await cases(night)) == 1


async def test_a_draft_never_comes_back_after_the_commit(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "x", "f10")
        await pause(pilot)
        assert await drafts(night) == []
        assert night.session.drafts == {}


async def test_an_empty_form_is_refused_and_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "f10")
        assert isinstance(pilot.app.screen, IntakeScreen)
        assert "Nothing to record yet" in message(pilot)
        await press(pilot, "escape")
        assert await drafts(night) == []


async def test_ctrl_z_does_not_reach_the_case_below_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="wet")
        async with night.running() as pilot:
            before = await night.run_on_desk(lambda d: d.store.last_seq())
            await press(pilot, "f2", "1", "escape", "ctrl+z")
            assert await night.run_on_desk(lambda d: d.store.last_seq()) == before


async def test_hostile_words_are_data(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1")
        for _field in range(2):
            await paste(pilot, HOSTILE)
            await press(pilot, "enter")
        await paste(pilot, HOSTILE + "\nline two")
        await press(pilot, "enter")
        shown = picture(pilot)
        assert not [ch for ch in shown if ord(ch) < 32 and ch != "\n"]
        assert not {"\x1b", "\x9b", "\u202e", "\u2066", "\u200b"} & set(shown)
        await press(pilot, "escape", "escape")
        await press(pilot, "enter", "f10")
        (case,) = await cases(night)
        assert case.verbatim == KEPT + "\nline two"
        assert case.place == KEPT


async def test_a_megabyte_is_cut_to_what_fits_and_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1")
        await paste(pilot, "长" * 1_000_000)
        assert str(FIELD_LIMIT) in message(pilot)
        await press(pilot, "enter", "enter")
        await paste(pilot, "长" * 1_000_000)
        assert str(NOTE_LIMIT) in message(pilot)
        assert (len(form(pilot).place), len(form(pilot).said)) == (FIELD_LIMIT, NOTE_LIMIT)
        await press(pilot, "f10")
        (case,) = await cases(night)
        assert len(case.verbatim) == NOTE_LIMIT


async def test_a_desk_that_may_only_read_says_so_and_lets_one_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.session.read_only = "somebody"
        await press(pilot, "f2", "1", *"gate", "f10")
        assert "can only be read" in message(pilot)
        assert form(pilot).place == "gate"
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        night.session.read_only = ""
        assert await drafts(night) == []


async def test_the_length_of_the_call_is_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2")
        pilot.app.screen.tick(night.clock.forward(seconds=75))  # type: ignore[attr-defined]
        await settle(pilot)
        assert "call of 22:47:12   1 min" in picture(pilot)


async def test_few_widgets_draw_all_of_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter")
        assert len(pilot.app.screen.query("*")) <= 25


async def test_the_label_is_beside_its_field_wherever_it_was_scrolled(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running((60, 15)) as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", *"13900003534", "enter", *"wet")
        rows = picture(pilot).splitlines()
        assert any(row.startswith(">Said     wet") for row in rows)
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        rows = picture(pilot).splitlines()
        assert any(row.startswith(f">Place    {PLACE}") for row in rows)


async def test_a_lower_terminal_keeps_the_field_that_is_typed_in_in_view(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "2", *PLACE, "enter", "enter", *"wet")
        await pilot.resize_terminal(60, 15)
        await settle(pilot)
        rows = picture(pilot).splitlines()
        assert any(row.startswith(">Said     wet") for row in rows)


async def test_resizing_keeps_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "2", *PLACE, "enter", "enter", *"wet")
        before = form(pilot)
        for size in (WIDE, (60, 20), NARROW):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert form(pilot) == before
        assert isinstance(pilot.app.screen.focused, NoteArea)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_the_form_looks_as_it_did(tmp_path: Path, lang: Any, size: Any) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, phone="10001", said="卫生间漏水到楼下", category="leak")
        night.clock.forward(minutes=3)
        async with night.running(size, lang) as pilot:
            name = f"intake_{lang}_{size[0]}x{size[1]}"
            await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"厨房也漏了", "enter")
            compare_golden(f"{name}_class", picture(pilot))
            await press(pilot, *"ls", "enter", "1", "4", "enter")
            compare_golden(f"{name}_facts", picture(pilot))
