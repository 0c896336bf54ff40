"""Emergency: two keys to the first number, every call stamped, the ladder in its order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.form_drafts import saved_form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FeedbackBy, Satisfaction, Stage
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.screens.system import autosave_form
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.checklist import Checklist
from tests.tui.emergency.on_screen import top
from tests.tui.rings import desk
from tests.tui.story import EVERYWHERE, assert_whole, case_of, kinds_of, leak, message, on_top
from tests.tui.support import NARROW, Language, Night, Size, big_on_screen, paste, picture, press

HEAD, HEADS_OTHER, VP, FIRE = "13900000101", "13800000101", "13900000102", "119"


def rung(pilot: Pilot[Any]) -> str:
    """The number that stands there to be rung."""
    return top(pilot).query_one(CallTree).phone


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    """The emergency's case as it stands on disk."""
    return await case_of(night, top(pilot).case_id)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_two_keys_and_the_first_number_is_on_the_screen(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9")
        assert_whole(pilot, "261121-01", "起火" if lang == "zh" else "Fire", screen=EmergencyScreen)
        assert (await the_case(night, pilot)).level == "emergency"
        await press(pilot, "1")
        assert_whole(pilot, FIRE, "陈志强", "高磊", "杨军", screen=EmergencyScreen)
        assert big_on_screen(pilot, FIRE)
        assert (await the_case(night, pilot)).emergency_kind == "fire"
        await press(pilot, "down")
        assert big_on_screen(pilot, HEAD)


async def test_it_opens_from_a_form_whose_half_typed_text_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "a", *"half", "f9", "1", "escape", "2")
            assert on_top(pilot) == "NoteScreen"
            assert "half" in picture(pilot)


async def test_the_place_is_asked_beside_it_and_stamped(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "8", *"3.2.1502", "enter")
        case = await the_case(night, pilot)
        assert case.place == "3-2-1502"
        assert pilot.app.screen.focused is None
        assert "3-2-1502" in picture(pilot).splitlines()[0]
        assert (await kinds_of(night, case.id))[-1] == "emergency_named"


async def test_the_calls_go_the_ladders_way_with_the_group_in_between(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter")
        assert rung(pilot) == FIRE
        await press(pilot, "1")
        assert rung(pilot) == HEAD
        await press(pilot, "2")
        assert message(pilot) == "陈志强: No answer. Next: 高磊"
        await press(pilot, "1", "7")
        assert rung(pilot) == HEADS_OTHER, "the number that rang out gives way to the other"
        await press(pilot, "3", "2")
        assert rung(pilot) == VP
        await press(pilot, "1")
        assert message(pilot).endswith("7 = read back.")
        assert rung(pilot) == VP
        await press(pilot, "7")
        case = await the_case(night, pilot)
        made = [(call.phone, call.outcome, call.purpose) for call in case.calls]
        assert made[:3] == [
            (FIRE, CallOutcome.REACHED, ""),
            (HEAD, CallOutcome.NO_ANSWER, "reported"),
            ("13900000115", CallOutcome.REACHED, "notified"),
        ]
        assert made[-1] == (VP, CallOutcome.REACHED, "reported")
        assert case.calls[-1].read_back_at is not None
        assert case.assignee is not None
        assert case.assignee.name == "高磊"
        duties = await night.run_on_desk(lambda it: it.record(case.id).duties)
        assert not [d for d in duties if d.pending and d.do in ("notify", "step:reported")]


async def test_the_second_number_of_a_person_is_one_key_away(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "down", "right", "2")
        case = await the_case(night, pilot)
        assert case.calls[-1].phone == "13800000101"


async def choose(pilot: Pilot[Any], key: str, name: str) -> None:
    """Bring the cursor to somebody by an arrow."""
    tree = pilot.app.screen.query_one(CallTree)
    for _row in range(40):
        await press(pilot, key)
        if tree.target is not None and tree.target.name == name:
            return
    raise AssertionError(f"{name} is in no row")


async def test_a_read_back_counts_for_the_last_one_rung_alone(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "down", "7")
        assert message(pilot).endswith(" stands there and was not reached: nothing to read back.")
        await press(pilot, "1")
        await choose(pilot, "down", "孙明远")
        await press(pilot, "1")
        await choose(pilot, "up", "陈志强")
        await press(pilot, "7")
        assert message(pilot) == "Somebody else was rung since: ring 陈志强 once more."
        case = await the_case(night, pilot)
        assert not any(call.read_back_at for call in case.calls)


async def test_free_words_go_in_with_enter_and_are_read_in_the_story(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "9")
        await paste(pilot, "三楼浓烟")
        await press(pilot, "enter")
        assert "22:47:12 Remark  三楼浓烟" in picture(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen.focused is None


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_line_of_the_card_can_be_read(tmp_path: Path, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f9", "5", "enter")
        card = next(each for each in night.desk.site.cards if each.id == "lift_entrapment")
        await press(pilot, "tab")
        seen = picture(pilot)
        while not pilot.app.screen.query_one(Checklist).at_end:
            await press(pilot, "pagedown")
            seen += picture(pilot)
        heads = [line.text.zh[:6] if lang == "zh" else line.text.en[:12] for line in card.steps]
        assert not [head for head in heads if head not in seen]


@pytest.mark.parametrize("end", ["called off", "left"])
@pytest.mark.parametrize(("key", "field"), [("8", "place"), ("9", "log")])
async def test_words_half_typed_are_kept_when_f9_was_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, field: str, end: str
) -> None:
    monkeypatch.setattr(autosave_form, "PAUSE", 3_600.0)
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "5", key, *"old oak", "escape", "escape")
        case_id = pilot.app.screen.case_id  # type: ignore[attr-defined]
        assert "Was F9 a mistake?" in picture(pilot)
        if end == "left":
            await press(pilot, "2")
        else:
            await press(pilot, "1", *"drill", "f10")
        assert on_top(pilot) == "BoardScreen"
        kept = await night.run_on_desk(lambda it: saved_form(it, "EmergencyScreen", case_id))
        assert kept == {field: "old oak"}, "and the reason is in the record"


@pytest.mark.parametrize("meanwhile", ["nothing", "a minute", "its kind"])
async def test_a_mistake_is_called_off_with_its_reason(tmp_path: Path, meanwhile: str) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9")
        case_id = top(pilot).case_id
        await press(pilot, "escape", "enter")
        assert on_top(pilot) == "EmergencyScreen"
        if meanwhile == "a minute":
            night.clock.forward(seconds=61)
        elif meanwhile == "its kind":
            await press(pilot, "1")
        await press(pilot, "escape", "1", "f10")
        assert message(pilot) == "Write the reason first."
        await press(pilot, *"slipped", "enter", "f10")
        assert on_top(pilot) == "BoardScreen"
        assert message(pilot) == "261121-01 was called off; the reason is on record."
        assert (await case_of(night, case_id)).stage is Stage.INVALID
        assert (await kinds_of(night, case_id))[-1] == "called_off"


async def test_a_stray_digit_beside_the_question_stamps_no_call(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "escape", "5", "3")
        assert "Was F9 a mistake?" in picture(pilot)
        await press(pilot, "1", "f10", "escape", "2", "4")
        assert message(pilot) != "There is no number to ring."
        assert not (await the_case(night, pilot)).calls
        await press(pilot, "escape", "escape", "enter", "2")
        assert len((await the_case(night, pilot)).calls) == 1


async def test_after_a_call_esc_leaves_and_the_case_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "2", "escape")
        assert on_top(pilot) == "BoardScreen"
        assert "EMERG. 1" in picture(pilot)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_another_emergency_is_gone_on_with_or_opened_beside(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9", "1", "8", *"3-2", "enter", "2", "escape", "f9")
        assert_whole(pilot, "261121-01 3-2", screen=EmergencyScreen)
        await press(pilot, "enter")
        assert rung(pilot) == HEAD
        assert len(night.store.board(_all())) == 1
        await press(pilot, "f9", "5")
        assert "261121-02" in picture(pilot)
        assert rung(pilot) == "96333"
        case = await the_case(night, pilot)
        assert case.emergency_kind == "lift_entrapment"


def _all() -> Any:
    from dispatcher_tui.domain.record.case_line import Lane

    return Lane.ALL


async def test_a_case_that_became_an_emergency_gets_its_kind_here(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = (
            await night.open_case(place="3-2-1502", said="着火了", facts=(Fact.FIRE,))
        ).case.id
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            assert top(pilot).case_id == case_id
            assert rung(pilot) == FIRE, "the caller's words named the kind"
            case = await the_case(night, pilot)
            assert (case.emergency_kind, case.place) == ("fire", "3-2-1502")


async def test_a_written_off_emergency_is_not_offered(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        done = await night.run_on_desk(lambda it: it.open_emergency("fire"))
        signed = cmd.WriteOff(
            by=FeedbackBy.PHONE,
            source="张伟",
            satisfaction=Satisfaction.SATISFIED,
            signed={"head": "陈志强"},
        )
        over = cmd.StandDown(note="张伟：已灭", why="别人没打通")
        for command in (over, signed):
            await night.perform(done.case.id, command)
        async with night.running() as pilot:
            await press(pilot, "f9")
            assert "261121-02" in picture(pilot)


@pytest.mark.parametrize(("lang", "name"), [("en", "Fire brigade"), ("zh", "火警")])
async def test_a_procedure_without_a_group_stamps_calls_outside_too(
    tmp_path: Path, lang: Language, name: str
) -> None:
    station = desk(tmp_path, procedure="resident-station")
    async with station as night, night.running(lang=lang) as pilot:
        await press(pilot, "f9", "1", "enter", "1")
        case = await the_case(night, pilot)
        assert case.level == "emergency"
        assert (await kinds_of(night, case.id))[-1] == "call_tried"
        (call,) = case.calls
        assert (call.name, call.phone, call.purpose) == (name, FIRE, "")
        assert (case.assignee, case.notified_at) == (None, None), "it tells nobody of the estate"
        row = next(line for line in picture(pilot).splitlines() if f"{name} {FIRE}" in line)
        assert ("已告知" if lang == "zh" else "told") in row
        assert message(pilot).endswith("罗文斌")
        await press(pilot, "1")
        assert (await the_case(night, pilot)).calls[-1].purpose == "reported"


async def test_the_time_passed_stands_in_the_heading(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1")
        top(pilot).tick(night.clock.forward(minutes=12))
        await press(pilot)
        assert "00:12:00" in picture(pilot).splitlines()[0]


async def test_what_another_program_writes_comes_up(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter")
        case_id = top(pilot).case_id
        await night.perform(case_id, cmd.AddNote(text="消防已到"))
        await pilot.app.take_news()  # type: ignore[attr-defined]
        await press(pilot)
        assert "消防已到" in picture(pilot)
