"""Every F-key over every form of an emergency: what comes up goes away, the form stands as it was;
and an emergency on a terminal of few rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.screens.case.ring_again import RingAgainScreen
from dispatcher_tui.tui.screens.emergency import stand_down
from dispatcher_tui.tui.screens.emergency.call_back import CallBackScreen
from dispatcher_tui.tui.screens.emergency.order import OrderScreen
from dispatcher_tui.tui.screens.emergency.panel_test import PanelTestScreen
from dispatcher_tui.tui.screens.emergency.responder import ResponderScreen
from dispatcher_tui.tui.screens.emergency.stand_down import StandDownScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.rings import desk
from tests.tui.story import message, on_top
from tests.tui.support import Language, Night, paste, picture, press

KEYS = ("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f12")
OWN = {("NotifyScreen", "f4"), ("CallBackScreen", "f4"), ("CloseScreen", "f6")}
"""The keys that are the form's own."""
ABOUT_A_CASE = ("f4", "f5", "f6")
"""The keys that a form about no case has nothing to do with."""

FORMS: tuple[Callable[[str], DeskScreen], ...] = (
    StandDownScreen,
    OrderScreen,
    ResponderScreen,
    RingAgainScreen,
    NotifyScreen,
    CallBackScreen,
    CloseScreen,
    lambda _case_id: PanelTestScreen(),
)


def stands(screen: DeskScreen) -> tuple[Any, list[str]]:
    """What a form holds, and where its cursor is."""
    return screen.focused, [field.value for field in screen.query(Input)]


async def emergency(pilot: Pilot[Any]) -> str:
    """Somebody is trapped in a lift, and its rescue is told."""
    await press(pilot, "f9", "5")
    await press(pilot, "1")
    case_id: str = pilot.app.screen.case_id  # type: ignore[attr-defined]
    return case_id


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_is_whole_again_after_every_f_key(
    tmp_path: Path, form: Callable[[str], DeskScreen]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        case_id = await emergency(pilot)
        await press(pilot, "escape")
        assert on_top(pilot) == "BoardScreen", "the board has it, and a form about no case its keys"
        await press(pilot, "f9", "enter")
        assert on_top(pilot) == "EmergencyScreen"
        top = form(case_id)
        pilot.app.push_screen(top)
        await press(pilot)
        fields = [f for f in top.query(Field) if not isinstance(f, Picker) and f.focusable]
        if fields:
            fields[0].focus()
            await press(pilot)
            await paste(pilot, "何卫东说的")
        before, name = stands(top), type(top).__name__
        for key in KEYS:
            if (name, key) in OWN or (not top.case_id and key in ABOUT_A_CASE):
                continue
            await press(pilot, key)
            assert pilot.app.screen is not top, f"{key} did nothing"
            for _try in range(6):
                if pilot.app.screen is not top:
                    await press(pilot, "escape")
            assert pilot.app.screen is top, key
            assert stands(top) == before, key
        assert len(await night.run_on_desk(holding)) == 1


async def standing_down(pilot: Pilot[Any]) -> StandDownScreen:
    """The form, filled in, and the question whether the post is free."""
    await press(pilot, "0", "6")
    await press(pilot, "enter")
    await paste(pilot, "何卫东：人已救出")
    await press(pilot, "enter")
    await paste(pilot, "没轮到")
    await press(pilot, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, StandDownScreen)
    assert screen.query_one(Question).asked
    return screen


@pytest.mark.rule("E-05")
async def test_the_digit_that_leads_back_to_it_does_not_stand_it_down(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        form = await standing_down(pilot)
        typed = stands(form)[1]
        await press(pilot, "f4")
        assert on_top(pilot) in ("NotifyScreen", "CallBackScreen")
        await press(pilot, "escape")
        assert pilot.app.screen is form
        await press(pilot, "escape", "1", "1")
        assert stands(form)[1] == typed
        assert len(await night.run_on_desk(holding)) == 1, "it is asked anew by F10"
        await press(pilot, "f10", "1")
        assert not await night.run_on_desk(holding)


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("away", [("escape",), ("0",), ("enter",), ("f9", "escape", "escape")])
async def test_a_digit_after_its_question_is_gone_is_no_word_of_whoever_says_so(
    tmp_path: Path, away: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        form = await standing_down(pilot)
        for key in away:
            await press(pilot, key)
        for _try in range(3):
            if pilot.app.screen is not form:
                await press(pilot, "escape")
        assert pilot.app.screen is form
        note = form.query_one("#note", Field)
        before = note.value
        assert note.has_focus
        for key in "112":
            await press(pilot, key)
            assert (note.value, form.query_one(Question).asked) == (before, "")
            assert f"{key} answers nothing now" in message(pilot)
        assert len(await night.run_on_desk(holding)) == 1
        await press(pilot, "a", "1")
        assert note.value == before + "a1", "a letter writes on, and digits behind it"
        await press(pilot, "f10", "1")
        assert await night.run_on_desk(holding) == ()


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("key", ["f1", "f2", "f4", "f9"])
async def test_what_another_screen_came_over_is_asked_again_when_one_comes_back(
    tmp_path: Path, key: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        form = await standing_down(pilot)
        typed = stands(form)[1]
        await press(pilot, key)
        assert pilot.app.screen is not form
        for _try in range(6):
            if pilot.app.screen is not form:
                await press(pilot, "escape")
        assert form.query_one(Question).asked == "over"
        assert stands(form)[1] == typed
        assert len(await night.run_on_desk(holding)) == 1, "nothing but its answer stands it down"
        await press(pilot, "1")
        assert not await night.run_on_desk(holding)


@pytest.mark.rule("E-05")
async def test_what_was_not_asked_is_not_asked_when_one_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        form = await standing_down(pilot)
        await press(pilot, "0", "f2", "escape")
        assert pilot.app.screen is form
        assert form.query_one(Question).asked == ""


async def test_who_was_reached_meanwhile_is_named_no_more(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        form = await standing_down(pilot)
        assert "reached or sent: 陈志强" in picture(pilot)
        pilot.app.push_screen(NotifyScreen(form.case_id, anybody=True))
        await press(pilot, "7")
        await paste(pilot, "陈志强")
        await press(pilot, "enter", "1")
        await press(pilot, "1")
        for _try in range(3):
            if pilot.app.screen is not form:
                await press(pilot, "escape")
        assert "reached or sent: 高磊" in picture(pilot), "he has to be called back now"
        assert "何卫东：人已救出" in stands(form)[1]


@pytest.mark.rule("E-05")
async def test_stood_down_above_its_own_form_none_is_left_of_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await emergency(pilot)
        below = await standing_down(pilot)
        await press(pilot, "f9")
        await press(pilot, "enter")
        assert on_top(pilot) == "EmergencyScreen"
        await press(pilot, "0", "6")
        assert pilot.app.screen is not below
        await press(pilot, "f10", "1")
        assert not await night.run_on_desk(holding)
        await press(pilot, "enter")
        assert on_top(pilot) == "BoardScreen"


SMALL = (60, 15)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_sixty_by_fifteen_shows_the_number_the_place_and_the_results(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(SMALL, lang) as pilot:
        await emergency(pilot)
        await press(pilot, "8", *"5-1", "enter")
        shown = picture(pilot)
        lines = shown.splitlines()
        assert "5-1" in lines[0]
        words = ("13900000101", "位置", "7 已复述", "6 当面")
        english = ("13900000101", "8 place", "7 read back", "6 In person")
        for text in words if lang == "zh" else english:
            assert text.replace(" ", "") in shown.replace(" ", ""), shown
        small = "窗口行数不够" if lang == "zh" else "TOO FEW ROWS"
        assert small not in shown
        await press(pilot, "2")
        assert "2 无人接" in picture(pilot) or "2No answer" in picture(pilot)
        for key in ("tab", "tab", "tab", "0", "escape", "5", "escape", "9"):
            await press(pilot, key)
            assert on_top(pilot) == "EmergencyScreen"
        await press(pilot, *"smoke", "enter")
        entries = await night.run_on_desk(
            lambda it: it.store.entries(pilot.app.screen.case_id)  # type: ignore[attr-defined]
        )
        assert any("smoke" in str(entry.event) for entry in entries), "the log line came up for 9"
        for key in ("0", "6", "escape", "escape", "f4", "escape", "f9", "5", "escape"):
            await press(pilot, key)


async def test_where_the_script_has_no_room_it_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running((60, 9)) as pilot:
        await press(pilot, "f9", "1")
        head = picture(pilot).splitlines()[0]
        for text in ("EMERGENCY", "TOO FEW ROWS", "PLACE NOT KNOWN", "Fire", "00:00:00"):
            assert text in head
        assert "read back" in picture(pilot)
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert "TOO FEW ROWS" not in picture(pilot)
        assert "Place " in "".join(picture(pilot).splitlines()[-5:]), "it is not known yet"


async def read_only(night: Night, pilot: Pilot[Any]) -> None:
    """Another desk owns the file, in which a lift has somebody trapped."""
    await night.run_on_desk(lambda it: it.open_emergency("lift_entrapment", "5-1"))
    night.session.read_only = "李建国 (pid 4711)"
    await press(pilot, "f9")


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "zh"), ((80, 24), "en"), (SMALL, "zh")])
async def test_f9_at_a_desk_that_may_only_read_says_whose_the_record_is_and_whom_to_ring(
    tmp_path: Path, size: tuple[int, int], lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await read_only(night, pilot)
        shown = " ".join(picture(pilot).split())
        nothing = "什么也不记" if lang == "zh" else "NOTHING is written down here"
        for text in ("李建国 (pid 4711)", nothing, "119", "110", "120", "261121-01"):
            assert text in shown, shown
        before = await night.run_on_desk(lambda it: it.store.last_seq())
        await press(pilot, "1")
        rows = [line.lstrip("> ") for line in picture(pilot).splitlines()]
        ringing = [row.split()[0] for row in rows if row[:3].isdigit()]
        assert ringing[:2] == ["119", "13900000101"], "by the card, then the ladder"
        await press(pilot, "escape", "0", "2", "f9", "f10")
        assert "李建国" in picture(pilot)
        assert await night.run_on_desk(lambda it: it.store.last_seq()) == before, (
            "nothing was recorded"
        )
        await press(pilot, "escape")
        assert on_top(pilot) == "BoardScreen"


async def test_an_emergency_on_record_can_be_looked_at_there_and_takes_no_result(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await read_only(night, pilot)
        before = await night.run_on_desk(lambda it: it.store.last_seq())
        await press(pilot, "enter")
        assert on_top(pilot) == "EmergencyScreen"
        assert "261121-01" in picture(pilot).splitlines()[0]
        await press(pilot, "1")
        assert "Another desk owns this file" in message(pilot)
        assert await night.run_on_desk(lambda it: it.store.last_seq()) == before
        await press(pilot, "f9")
        assert on_top(pilot) == "EmergencyReadingScreen"


@pytest.mark.rule("E-05")
async def test_what_the_desk_refuses_leads_to_the_words_it_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk knows of somebody left out of whom the form does not: the reason comes into view."""
    monkeypatch.setattr(stand_down, "unreached_names", lambda *_args, **_more: ())
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "5", "0", "6")
        form = pilot.app.screen
        assert isinstance(form, StandDownScreen)
        why = form.query_one("#why", Field)
        assert not form.query_one("#why-row").display
        await press(pilot, "1", *"陈志强", "f10", "1")
        assert len(await night.run_on_desk(holding)) == 1, "it was refused"
        assert form.query_one("#why-row").display
        assert why.has_focus
        assert "why" in message(pilot)
        await press(pilot, *"门开了", "enter", "1")
        assert not await night.run_on_desk(holding)


@pytest.mark.rule("E-05")
async def test_each_missing_word_has_the_focus(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "5", "0", "6", "f10")
        form = pilot.app.screen
        assert isinstance(form, StandDownScreen)
        assert form.query_one("#note", Field).has_focus, "who says so comes first"
        await press(pilot, *"陈志强", "f10")
        assert form.query_one("#why", Field).has_focus
