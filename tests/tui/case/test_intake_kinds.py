"""Intake: one case for one matter; enquiries, calls about open cases, emergencies."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.form import Choice
from dispatcher_tui.tui.widgets.picker import Picker
from tests.tui.calls import cases, drafts, form, message, part
from tests.tui.story import on_top
from tests.tui.support import (
    NARROW,
    PLACE,
    WIDE,
    Language,
    Size,
    burst,
    desk,
    paste,
    picture,
    press,
)


async def test_the_same_matter_is_linked_not_opened_twice(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        first = await night.open_case(place=PLACE, phone="10001", caller="first", said="wet")
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE, "enter", *"10002", "tab", *"second", "enter")
            await press(pilot, *"still wet", "escape", "1")
            assert "Linked: F10 counts this call on" in picture(pilot)
            assert "counts the call" in message(pilot)
            await press(pilot, "f10")
            assert isinstance(pilot.app.screen, BoardScreen)
            assert "Counted on 261121-01" in message(pilot)
            (case,) = await cases(night)
            assert (case.id, case.rings) == (first.case.id, 1)
            assert [(c.name, c.phone) for c in case.callers] == [
                ("first", "10001"),
                ("second", "10002"),
            ]
            entries = await night.run_on_desk(lambda d: d.store.entries(case.id))
            rang = entries[-1].event
            assert isinstance(rang, ev.CallerRang)
            assert rang.said == "still wet"
            assert await drafts(night) == []


async def test_a_link_can_be_undone_and_falls_with_another_place(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="wet")
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE, "escape", "1")
            assert form(pilot).case
            await press(pilot, "1")
            assert not form(pilot).case
            await press(pilot, "1", "tab", "tab", *["backspace"] * 4, *"1503")
            assert not form(pilot).case
            await press(pilot, "f10")
            assert len(await cases(night)) == 2


async def test_a_linked_call_that_reports_a_fire_opens_the_emergency(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="smell")
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"smoke", "enter", "enter", "3")
            await press(pilot, "enter", "1")
            assert part(pilot, "level") == "Level   Emergency  fire or smoke"
            assert "F10 opens the emergency, beside" in part(pilot, "linked")
            await press(pilot, "f10")
            assert isinstance(pilot.app.screen, EmergencyScreen)
            found = sorted(await cases(night), key=lambda case: case.number)
            assert [(case.level, case.rings) for case in found] == [
                ("ordinary", 1),
                ("emergency", 0),
            ]


async def test_an_enquiry_is_one_line_of_the_work_log(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "3", *PLACE, "enter", "enter")
        assert "Class" not in picture(pilot)
        assert "Level" not in picture(pilot)
        before = await night.run_on_desk(lambda d: d.store.last_seq())
        await press(pilot, "f10")
        assert "Write a few words first" in message(pilot)
        await press(pilot, *"opening hours", "enter", "f10")
        assert "Entered in the Work Log" in message(pilot)
        assert await night.run_on_desk(lambda d: d.store.last_seq()) == before + 1
        assert await cases(night) == []
        (line,) = [
            entry.entry.event
            for entry in await night.run_on_desk(lambda d: d.store.log(None, None))
            if isinstance(entry.entry.event, ev.LogNoted)
        ]
        assert (line.text, line.place, line.phone) == ("opening hours", PLACE, "13900003534")
        assert await drafts(night) == []


async def test_a_fast_hand_gets_the_number_of_the_place_it_typed(tmp_path: Path) -> None:
    """The file answers late: Enter waits for it, and takes no number of the place before."""
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "3", *"3-2-1501")
        late = threading.Event()
        busy = asyncio.ensure_future(night.run_on_desk(lambda _desk: late.wait(5)))
        asyncio.get_running_loop().call_later(0.3, late.set)
        await burst(pilot, "backspace", "2", "enter", "enter")
        assert await busy
        taken = form(pilot)
        assert (taken.place, taken.phone) == (PLACE, "13900003534")


async def test_who_rings_again_is_counted_on_the_case_that_is_picked(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="1-1-0101", said="other matter")
        await night.open_case(place=PLACE, said="wet", caller="阎雅倩", phone="13900003534")
        async with night.running() as pilot:
            await press(pilot, "f2", "5")
            assert isinstance(pilot.app.screen.focused, Picker)
            await press(pilot, "f10")
            assert "Pick the open case first" in message(pilot)
            await press(pilot, *"3-2", "enter")
            assert "261121-02 Ordinary open" in picture(pilot)
            assert "Responsible: nobody told" in picture(pilot)
            await press(pilot, "enter", *"when?", "enter", "f10")
            by_number = {case.number: case for case in await cases(night)}
            assert by_number["261121-01"].rings == 0
            assert by_number["261121-02"].rings == 1
            assert by_number["261121-02"].callers[-1].phone == "13900003534"


async def test_an_emergency_is_named_and_f9_keeps_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"burns", "enter", "enter")
        assert "F9" not in picture(pilot).replace("F9  EMERGENCY", "")
        await press(pilot, "3")
        assert "This is an emergency: F9" in picture(pilot)
        assert part(pilot, "level") == "Level   Emergency  fire or smoke"
        night.session.drafts.clear()
        await press(pilot, "f9")
        assert not isinstance(pilot.app.screen, IntakeScreen)
        assert [kept.said for kept in await drafts(night)] == ["burns"]
        open_form = next(s for s in pilot.app.screen_stack if isinstance(s, IntakeScreen))
        assert (open_form.filled.said, open_form.filled.facts) == ("burns", (Fact.FIRE,))


async def test_a_procedure_without_an_emergency_never_sends_to_f9(tmp_path: Path) -> None:
    async with (
        desk(tmp_path, procedure="resident-station") as night,
        night.running() as pilot,
    ):
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"x", "enter", "enter", "2")
        assert part(pilot, "level") == "Level   Major  injury"
        assert part(pilot, "alarm") == ""
        assert "P4" not in picture(pilot), "a rule stands where somebody asks"
        await press(pilot, "f1")
        assert "[P4-02]" in picture(pilot)
        assert "[P4-03]" in picture(pilot)


@pytest.mark.rule("E-01")
@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (
            "我家着火了",
            "原话：着火。烟雾火情？马上按 F9",
            "They say 着火: Smoke or fire? F9 NOW",
        ),
        ("电梯困人", "原话：电梯困。电梯困人？", "They say 电梯困: People trapped in lift?"),
    ],
)
async def test_a_word_of_danger_says_f9_before_any_class_is_picked(
    tmp_path: Path, words: str, zh: str, en: str, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f2", "1", *"5-1", "enter", "enter")
        await paste(pilot, words)
        said = part(pilot, "alarm")
        assert said.startswith(zh if lang == "zh" else en)
        assert "F9" in said
        assert "F9" in picture(pilot)
        await press(pilot, "f9")
        assert on_top(pilot) == "EmergencyScreen"


async def test_the_line_goes_with_the_word_and_gives_way_to_the_level(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f2", "1", *"5-1", "enter", "enter")
        await paste(pilot, "漏水冒烟")
        said = [part(pilot, "alarm")]
        await press(pilot, "backspace")
        said.append(part(pilot, "alarm"))
        await paste(pilot, "烟")
        await press(pilot, "enter", *"ywhq", "enter")
        said.append(part(pilot, "alarm"))
        assert said == ["原话：冒烟。烟雾火情？马上按 F9", "", "这是紧急情况：按 F9"]


@pytest.mark.parametrize("form", ["intake", "correct"])
@pytest.mark.parametrize("typed", ["着火", "着火了", "冒烟", "on fire", "ON FIRE"])
async def test_a_class_is_found_by_what_callers_say_for_it(
    tmp_path: Path, typed: str, form: str
) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="5-1", said="漏水")
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, *(["f2", "1"] if form == "intake" else ["enter", "x"]))
            name = "#category" if form == "intake" else "#class"
            if form == "correct":
                field = pilot.app.screen.query_one("#field", Choice)
                field.choose([each.value for each in field.options].index("category"))
                await press(pilot)
            picker = pilot.app.screen.query_one(name, Picker)
            picker.focus()
            picker.empty()
            await press(pilot)
            await paste(pilot, typed)
            assert [each.value for each in picker.matching][:1] == ["smoke_fire"]
            await press(pilot, "enter")
            assert picker.picked == "smoke_fire"


async def test_up_and_down_move_among_the_facts(tmp_path: Path) -> None:
    """Their options stand in several rows: the arrows that lead there by eye are not dead."""
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1")
        facts = pilot.app.screen.query_one("#facts", Choice)
        facts.focus()
        await press(pilot, "down", "down", "space")
        assert [option.value for option in facts.options[:2]][-1:] == list(facts.values)
        await press(pilot, "up", "space")
        assert facts.values == tuple(option.value for option in facts.options[:2])


async def test_an_enquiry_keeps_its_answer_and_is_found_by_it(tmp_path: Path) -> None:
    """Within the five keys; a number typed where the words go finds its field."""
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "3", *PLACE, "enter")
        assert (form(pilot).phone, pilot.app.focused and pilot.app.focused.id) == (
            "13900003534",
            "said",
        )
        await press(pilot, *"13812345678", "enter")
        assert (form(pilot).phone, form(pilot).said) == ("13812345678", "")
        await press(pilot, *"when is water cut", "enter", *"at nine", "f10")
        assert "Entered in the Work Log" in message(pilot)
        log = await night.run_on_desk(lambda d: d.store.log(None, None))
        (line,) = [x.entry.event for x in log if isinstance(x.entry.event, ev.LogNoted)]
        assert (line.text, line.answer) == ("when is water cut", "at nine")
        assert line.phone == "13812345678"
        await press(pilot, "f3", *"nine")
        assert "when is water cut  Answer: at nine" in picture(pilot)


async def test_no_other_call_is_asked_for_an_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet", "enter")
        assert pilot.app.focused
        assert pilot.app.focused.id == "category"
        assert "Answered" not in picture(pilot)
