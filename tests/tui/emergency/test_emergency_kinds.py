"""Which kind it is: in three keys at most, by the branch of a card, and never by a stray digit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.present.cells import width
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.question import Question
from tests.site.test_cards import DIGITS, WITHIN
from tests.tui.story import EVERYWHERE, assert_whole, case_of, message, on_top
from tests.tui.support import (
    NARROW,
    WIDE,
    Language,
    Night,
    Size,
    desk,
    picture,
    press,
    small_site,
)


def top(pilot: Pilot[Any]) -> EmergencyScreen:
    screen = pilot.app.screen
    assert isinstance(screen, EmergencyScreen)
    return screen


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    return await case_of(night, top(pilot).case_id)


async def kind(night: Night, pilot: Pilot[Any]) -> str:
    return (await the_case(night, pilot)).emergency_kind


async def entries(night: Night, pilot: Pilot[Any]) -> list[ev.Event]:
    case_id = top(pilot).case_id
    return [entry.event for entry in await night.run_on_desk(lambda it: it.store.entries(case_id))]


def edit(folder: Path, card: str, old: str, new: str) -> None:
    """What a site changes in its copy of a card, before the desk is opened."""
    file = small_site(folder / "site").folder / "emergency" / f"{card}.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


# ---- choosing


async def test_every_kind_in_three_keys_at_most(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        for name, digits in DIGITS.items():
            await press(pilot, "f9", *digits)
            assert await kind(night, pilot) == name
            assert 1 + len(digits) <= 3


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_both_pages_stand_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9")
        first = "电动车" if lang == "zh" else "E-bike"
        assert_whole(pilot, f"     {first}", screen=EmergencyScreen)
        assert len(top(pilot).query_one("#kinds", PickLines).lines) == 9 + len(WITHIN) + 1
        await press(pilot, "0")
        second = "触电" if lang == "zh" else "Electric shock"
        assert_whole(pilot, f"1   {second}", screen=EmergencyScreen)
        assert first not in picture(pilot)
        await press(pilot, "escape")
        assert first in picture(pilot)
        assert top(pilot).case_id
        assert (await the_case(night, pilot)).stage is Stage.OPEN
        assert await kind(night, pilot) == ""


async def test_with_the_arrows_every_line_is_reached(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", "down", "enter")
        assert await kind(night, pilot) == "battery_fire"
        await press(pilot, "f9", *["down"] * 14, "enter", "down", "enter")
        assert await kind(night, pilot) == "drowning"
        await press(pilot, "f9", "0", *["up"] * 3, "0")
        assert await kind(night, pilot) == "other"


async def test_a_letter_names_no_kind(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "a")
        assert message(pilot) == "A digit names the kind; 0 shows more."
        await press(pilot, "e")
        assert await kind(night, pilot) == ""


async def test_the_letter_of_an_older_card_gets_a_place_of_the_second_page(tmp_path: Path) -> None:
    edit(tmp_path, "drowning", 'digit = "02"', 'digit = "a"')
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", "0", "2")
        assert await kind(night, pilot) == "drowning"


# ---- questions stay until they are answered


async def test_after_an_esc_too_many_a_stray_digit_names_no_kind(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "escape", "escape")
        assert message(pilot) == (
            "261121-01 stays open and no kind is named. A digit, twice, names it."
        )
        assert not top(pilot).query_one(Question).asked
        await press(pilot, "1")
        assert await kind(night, pilot) == ""
        assert message(pilot) == "Fire? Once more names it."
        await press(pilot, "4")
        assert await kind(night, pilot) == ""
        await press(pilot, "4")
        assert await kind(night, pilot) == "injury"


@pytest.mark.parametrize("no", ["0", "escape", "enter"])
async def test_while_it_is_asked_keys_answer_it_and_do_nothing_else(
    tmp_path: Path, no: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "escape")
        for key in ("3", "9", "tab", "7", "down", "x", "shift+tab"):
            await press(pilot, key)
            assert top(pilot).query_one(Question).asked == "mistake", key
        assert await kind(night, pilot) == ""
        await press(pilot, no)
        assert on_top(pilot) == "EmergencyScreen"
        assert not top(pilot).query_one(Question).asked
        assert await kind(night, pilot) == ""
        assert (await the_case(night, pilot)).stage is Stage.OPEN


async def test_a_click_beside_the_question_does_not_free_the_digits(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "escape")
        top(pilot).set_focus(None)
        await press(pilot, "1")
        assert await kind(night, pilot) == ""
        assert top(pilot).query_one(Question).has_focus
        await press(pilot, "0")
        assert on_top(pilot) == "EmergencyScreen"


async def test_0_opens_and_closes_what_else_there_is_and_f11_the_menu(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "0")
        assert top(pilot).query_one(Question).asked == "menu"
        await press(pilot, "0")
        assert not top(pilot).query_one(Question).asked
        assert on_top(pilot) == "EmergencyScreen"
        await press(pilot, "f11")
        assert on_top(pilot) == "MenuScreen"


# ---- what decides first


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_first_question_is_answered_by_its_digit(tmp_path: Path, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f9", "1", "enter")
        asked = "门外有烟吗" if lang == "zh" else "Is there smoke outside"
        assert asked in picture(pilot), "the calls page shows the question"
        await press(pilot, "tab")
        tree = top(pilot).query_one(CallTree)
        assert_whole(pilot, "1. ", "4. ", screen=EmergencyScreen)
        stay = "别开门。" if lang == "zh" else "Do not open the door."
        leave = "关门关火" if lang == "zh" else "Stove off"
        assert stay not in picture(pilot)
        await press(pilot, "enter")
        assert not (await the_case(night, pilot)).branch_answers, "Enter answers none by itself"
        await press(pilot, "1")
        assert stay in picture(pilot)
        assert leave not in picture(pilot)
        assert tree.checklist.cursor >= tree.checklist.answers
        await press(pilot, "2")
        assert leave in picture(pilot)
        assert stay not in picture(pilot)
        case = await the_case(night, pilot)
        assert [(each.kind, each.answer) for each in case.branch_answers] == [
            ("fire", 0),
            ("fire", 1),
        ]
        assert not case.calls
        await press(pilot, "tab", "tab")
        assert not tree.query_one("#deciding").display, "it is answered"


async def test_the_same_answer_once_more_says_nothing_new(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", "1", "enter", "tab")
        night.clock.forward(seconds=5)
        await press(pilot, "1", "1")
        assert message(pilot) == "That is the answer already. Another digit changes it."
        assert len((await the_case(night, pilot)).branch_answers) == 1
        await press(pilot, "ctrl+z", "1")
        assert not (await the_case(night, pilot)).branch_answers


@pytest.mark.parametrize(
    ("parent", "digit", "name"),
    [
        ("1", "4", "battery_fire"),
        ("7", "3", "crowd"),
        ("8", "3", "suspicious_object"),
        ("9", "2", "storm_garage"),
    ],
)
async def test_an_answer_leads_to_the_kind_it_really_is(
    tmp_path: Path, parent: str, digit: str, name: str
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", parent, "8", *"3-2", "enter", "tab", digit)
        case = await the_case(night, pilot)
        assert (case.emergency_kind, case.place) == (name, "3-2")
        assert message(pilot).startswith("This is now: ")
        given, named = (await entries(night, pilot))[-2:]
        assert isinstance(given, em.BranchAnswered)
        assert (given.kind, given.answer) == (WITHIN[name], int(digit) - 1)
        assert given.question
        assert given.text
        assert isinstance(named, em.EmergencyNamed)
        assert named.kind == name


async def test_steps_have_the_digits_after_the_answers(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(WIDE) as pilot:
        await press(pilot, "f9", "4", "enter", "tab", "1")
        card = pilot.app.screen.query_one(Checklist)
        assert card.answers == 5
        assert "1-5 answer, 6-9 tick a line" in picture(pilot)
        await press(pilot, "6")
        if message(pilot).startswith("Line 6 was out of view"):
            await press(pilot, "6")
        case = await the_case(night, pilot)
        assert [(done.kind, done.step) for done in case.card_steps] == [("injury", 0)]
        assert card.counted == (1, 7)


async def test_an_answer_puts_up_whoever_comes_first_by_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", "6", "enter")
        tree = top(pilot).query_one(CallTree)
        assert tree.target is not None
        assert tree.target.name == "ambulance"
        await press(pilot, "tab", "2")
        assert tree.target.name == "fire"
        said = "Answered: Pinned, fire, smoke. Another digit changes it. Next: "
        assert message(pilot).startswith(said)
        await press(pilot, "1")
        assert tree.target.name == "ambulance"
        assert not (await the_case(night, pilot)).calls


async def test_a_number_that_may_be_ringing_is_not_taken_away_by_an_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, "f9", "6", "enter", "2")
        tree = top(pilot).query_one(CallTree)
        assert tree.target is not None
        ringing = tree.target.key
        await press(pilot, "tab", "2")
        assert len((await the_case(night, pilot)).branch_answers) == 1
        assert tree.following is not None
        assert tree.following.target.key != ringing, "the order has somebody else first now"
        assert tree.target.key == ringing
        assert message(pilot) == "Answered: Pinned, fire, smoke. Another digit changes it."


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_is_told_first_stands_on_the_calls_page(tmp_path: Path, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f9", "0", "2", "enter")
        told = "别下水！" if lang == "zh" else "Do not go in!"
        asked = "还在水里吗？" if lang == "zh" else "Still in?"
        assert told in picture(pilot)
        assert asked not in picture(pilot)
        await press(pilot, "1")
        assert told not in picture(pilot)
        assert asked in picture(pilot)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_ours_hear_on_the_telephone_what_the_kind_asks_of_them(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f9", "0", "1")
        asked = (
            ("从上一级断电", "情况马上报我")
            if lang == "zh"
            else ("Cutthepowerupstream", "Reporttome")
        )
        for _other in range(12):  # outside services and guards come before the electrician
            seen = "".join(picture(pilot).split())
            if all(each in seen for each in asked):
                break
            await press(pilot, "down")
        assert ("从上一级断电" if lang == "zh" else "Cutthepowerupstream") in seen
        assert ("情况马上报我" if lang == "zh" else "Reporttome") in seen
        assert ("到现场，到了报我" if lang == "zh" else "Gothereatonce") not in seen


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_lines_of_resuscitation_are_read_without_turning_twice(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f9", "4", "enter", "tab", "1")
        words = ("掌根放胸口正中", "用力快压", "开免提打120")
        if lang == "en":
            words = ("Heel of the hand", "Press hard and fast", "Ring 120 on speaker")
        assert all(word in picture(pilot) for word in words)
        assert all(width(row) <= 80 for row in picture(pilot).splitlines())


async def test_the_foot_of_a_card_says_never_end_source_and_review(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f9", "3", "enter", "tab")
        seen = picture(pilot)
        while not pilot.app.screen.query_one(Checklist).at_end:
            await press(pilot, "pagedown")
            seen += picture(pilot)
        for word in ("绝不：", "何时解除：", "出处：", "须经本地消防、急救教员审定。", "至少30天"):
            assert word in seen
        assert seen.index("别动开关") < seen.index("人到外面了再问")


async def test_a_review_of_the_site_is_named(tmp_path: Path) -> None:
    edit(tmp_path, "co", 'by = ""\non = ""', 'by = "周明"\non = "2026-12-01"')
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f9", "0", "3", "enter", "tab")
        seen = picture(pilot)
        while not pilot.app.screen.query_one(Checklist).at_end:
            await press(pilot, "pagedown")
            seen += picture(pilot)
        assert "审定人 周明，2026-12-01" in seen
        assert "须经本地" not in seen


async def test_an_answer_is_taken_from_the_command_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        done = await night.run_on_desk(lambda it: it.open_emergency("fire", "", None))
        command = cmd.AnswerBranch(kind="fire", answer=0, question="?", text="!")
        await night.run_on_desk(lambda it: it.perform(done.case.id, command))
        case = await case_of(night, done.case.id)
        assert [each.answer for each in case.branch_answers] == [0]
