"""What the emergency's screen says is so: who was not reached, what a digit does, what is over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.desk.form_drafts import saved_form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.screens.emergency.emergency_course import FORM
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.handset import Handset
from tests.tui.emergency.on_screen import LIFT, line, rung, top
from tests.tui.rings import desk
from tests.tui.story import EVERYWHERE, assert_whole, case_of, kinds_of, message, on_top
from tests.tui.support import (
    WIDE,
    Language,
    Night,
    Size,
    paste,
    picture,
    press,
)


def loud(pilot: Pilot[Any]) -> bool:
    """Whether the line that says who was told cries out."""
    return top(pilot).query_one("#progress").has_class("loud")


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    """The emergency's case as it stands on disk."""
    return await case_of(night, top(pilot).case_id)


async def beat(night: Night, pilot: Pilot[Any]) -> None:
    """One heartbeat."""
    top(pilot).tick(night.clock.forward(seconds=1))
    await press(pilot)


def says_all_is_well(pilot: Pilot[Any]) -> bool:
    """Whether anything on the screen claims that everybody was told."""
    shown = picture(pilot).lower()
    return "everybody was" in shown or "都通知到" in shown or "都打过" in shown


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_an_empty_roster_is_never_said_to_be_told(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: adopt_people(it, [], ""))
        async with night.running(size, lang) as pilot:
            await press(pilot, *LIFT)
            nobody = ("花名册上没有人",) if lang == "zh" else ("NOBODY on the roster",)
            assert_whole(pilot, "0/3", *nobody, screen=EmergencyScreen)
            assert loud(pilot)
            await press(pilot, "2", "2", "2")
            assert rung(pilot) == "lift_rescue", "it is rung again"
            assert_whole(pilot, "F3", "F4", *nobody, screen=EmergencyScreen)
            assert not says_all_is_well(pilot)
            ringing = "响铃" if lang == "zh" else "rings "
            assert ringing in line(pilot, "order")
            await press(pilot, "1")
            assert rung(pilot) == "lift_rescue"
            assert ringing not in line(pilot, "order"), "who was reached is rung no more"
            top = pilot.app.screen
            assert isinstance(top, EmergencyScreen)
            top.pass_time(night.clock.forward(seconds=5))
            await press(pilot, "down", "up")
            assert rung(pilot) == "lift_rescue"
            assert ringing in line(pilot, "order"), "who is chosen again rings again"
            assert "1/3" in line(pilot, "tabs")
            assert loud(pilot)
            assert not says_all_is_well(pilot)


@pytest.mark.rule("E-02")
async def test_whom_a_list_on_paper_found_counts_for_an_empty_roster(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: adopt_people(it, [], ""))
        async with night.running() as pilot:
            await press(pilot, *LIFT, "1", "f4")
            await press(pilot, *"Wang", "enter", "enter", "1", "1", "0")
            assert on_top(pilot) == "EmergencyScreen", picture(pilot)
            assert "told 2/3" in line(pilot, "tabs")
            assert "NOBODY TO SEND" not in line(pilot, "progress")
            assert "NO LEADER" in line(pilot, "progress")
            await night.perform(top(pilot).case_id, cmd.RecordStep(step="reported", person="Zhao"))
            await top(pilot).reload()
            assert line(pilot, "tabs").endswith("told 3/3   everybody was told")


@pytest.mark.rule("E-02")
async def test_who_was_not_reached_is_rung_again_and_the_screen_cries_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1")
        for _each in range(30):
            if "left" not in line(pilot, "tabs"):
                break
            assert not loud(pilot)
            night.clock.forward(seconds=3)
            await press(pilot, "2")
        assert loud(pilot)
        assert rung(pilot) == "徐涛", "somebody at home, where those at hand were not reached"
        for _each in range(3):
            night.clock.forward(seconds=3)
            await press(pilot, "2")
        assert loud(pilot)
        assert message(pilot).endswith(
            "NOT everybody is told. Ring 陈志强 again; F3: phone book; F4: somebody else."
        )
        assert line(pilot, "order").endswith("NOT reached: ring again")
        assert rung(pilot) == "陈志强"
        await press(pilot, "down", "enter")
        assert rung(pilot) == "陈志强", "Enter leads back to who is to be rung"
        night.clock.forward(seconds=3)
        await press(pilot, "2")
        assert rung(pilot) == "孙明远"
        await press(pilot, "1", "7")
        assert rung(pilot) == "高磊", "the ladder has somebody now"
        assert "陈志强" not in line(pilot, "progress")
        for _each in range(6):
            await press(pilot, "1", "7")
        assert line(pilot, "tabs").endswith("told 8/8   everybody was told")
        assert not loud(pilot)


async def test_told_and_not_read_back_is_not_all_well(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "1", "7")
        for _each in range(6):
            await press(pilot, "1", "enter")
        assert line(pilot, "tabs").endswith("told 8/8")
        assert "NOT read back: 高磊, 杨军" in line(pilot, "progress")


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_on_the_card_digits_tick_what_is_numbered_and_log_no_call(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, *LIFT, "1")
        tick, call = ("打勾", "1 接通") if lang == "zh" else ("1-7 tick", "1 Reached")
        first = "马上通知" if lang == "zh" else "Contractor and"
        assert f"1. {first}" not in picture(pilot), "no number where no digit ticks"
        assert call in line(pilot, "outcomes")
        await press(pilot, "tab")
        assert_whole(pilot, f"1. {first}", tick, screen=EmergencyScreen)
        assert call not in line(pilot, "outcomes")
        await press(pilot, "2", "1")
        case = await the_case(night, pilot)
        assert [step.step for step in case.card_steps] == [1, 0]
        assert len(case.calls) == 1
        await press(pilot, "9", "7")
        assert len((await the_case(night, pilot)).calls) == 1
        await press(pilot, "tab", "tab", "2")
        case = await the_case(night, pilot)
        assert len(case.calls) == 2
        assert case.calls[-1].outcome is CallOutcome.NO_ANSWER


async def test_a_line_of_the_card_that_is_out_of_view_is_not_ticked_blindly(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running((80, 20)) as pilot:
        await press(pilot, *LIFT, "tab")
        assert "1. Contractor and" not in picture(pilot), "what to ask and tell stands first"
        await press(pilot, "1")
        assert message(pilot) == "Line 1 was out of view: once more to tick it."
        assert not (await the_case(night, pilot)).card_steps
        night.clock.forward(seconds=5)
        await press(pilot, "1")
        assert [step.step for step in (await the_case(night, pilot)).card_steps] == [0]
        assert "x 1. Contractor and" in picture(pilot)
        await press(pilot, "9")
        assert message(pilot) == "The card has no line 9. Tab turns the page."
        await press(pilot, "ctrl+z", "1")
        assert not (await the_case(night, pilot)).card_steps
        assert pilot.app.screen.query_one(Checklist).counted == (0, 7)


@pytest.mark.rule("E-05")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
@pytest.mark.parametrize("how", ["stood down", "called off"])
async def test_what_is_over_has_no_number_to_ring_and_no_timer(
    tmp_path: Path, size: Size, lang: Language, how: str
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, *LIFT)
        command: cmd.Command = cmd.StandDown(note="陈志强：人已救出", why="都在现场")
        if how == "called off":
            command = cmd.CallOff(reason="mistake")
        await night.perform(top(pilot).case_id, command)
        await top(pilot).reload()
        await beat(night, pilot)
        over = {"stood down": ("告一段落", "stood down"), "called off": ("撤销", "called off")}[how]
        assert_whole(pilot, over[lang == "en"], "Enter", screen=EmergencyScreen)
        assert not top(pilot).query_one(Handset).display
        assert "/25" not in picture(pilot)
        assert top(pilot).query_one(CallTree).phone == ""
        await press(pilot, "1", "2")
        assert not (await the_case(night, pilot)).calls
        await press(pilot, "enter")
        assert on_top(pilot) == "BoardScreen"


@pytest.mark.rule("E-05")
async def test_from_what_is_over_enter_leads_to_what_still_runs(tmp_path: Path) -> None:
    """Not to a screen of the same emergency that lay beneath, nor to one that is over too."""
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1")
        lift = top(pilot).case_id
        await press(pilot, "f9", "1", "8", *"3-2", "enter", "1")
        fire = top(pilot).case_id
        await press(pilot, "f9")
        assert "Enter: go on with 261121-01" in picture(pilot), "the other one comes first"
        await press(pilot, "enter")
        assert top(pilot).case_id == lift
        await press(pilot, "0", "6", "2", *"ok", "enter", *"why", "enter", *"11", "enter")
        assert top(pilot).case_id == fire
        assert message(pilot) == "261121-01 is stood down; its follow-ups are duties."
        await press(pilot, "0", "6", "enter", *"ok", "enter", *"why", "enter", *"11", "enter")
        assert on_top(pilot) == "BoardScreen"
        assert len(pilot.app.screen_stack) == 2, "nothing that is over lies beneath"


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("keys", [("w", "1"), ("0", "1")])
async def test_of_whom_nobody_spoke_to_it_is_asked_whether_they_came_by_themselves(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "2")
        assert rung(pilot) == "高磊"
        await press(pilot, *keys)
        assert "高磊 was never reached." in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "enter")
        assert not (await the_case(night, pilot)).called, "no is the default"
        await press(pilot, *keys, "1")
        case = await the_case(night, pilot)
        assert [(c.name, c.incoming) for c in case.calls][-1] == ("高磊", True)
        assert [c.name for c in case.called] == ["高磊"]
        assert (await kinds_of(night, case.id))[-3:] == [
            "assignee_named",
            "call_tried",
            "responder_reported",
        ]
        assert "on the way 22:47" in " ".join(picture(pilot).split())
        await press(pilot, "7")
        assert (await the_case(night, pilot)).calls[-1].read_back_at is not None
        await press(pilot, "tab", "tab")
        assert "高磊 rang in or came unasked" in picture(pilot)


@pytest.mark.rule("E-03")
async def test_somebody_on_the_roster_whom_nobody_rang_comes_by_themselves(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "0", "4")
        await paste(pilot, "张伟")
        await press(pilot, "enter", "2", "f10")
        assert on_top(pilot) == "ResponderScreen"
        assert "张伟 was never reached." in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "1")
        assert on_top(pilot) == "EmergencyScreen"
        case = await the_case(night, pilot)
        assert [(c.name, c.incoming) for c in case.calls][-1] == ("张伟", True)
        assert case.called[-1].on_scene_at is not None


@pytest.mark.parametrize("name", ["log", "place"])
async def test_what_is_half_typed_is_on_disk_within_a_second_and_found_again(
    tmp_path: Path, name: str
) -> None:
    async with desk(tmp_path) as night:
        async with night.running() as pilot:
            await press(pilot, *LIFT, "1", "9" if name == "log" else "8")
            await paste(pilot, "三楼浓烟")
            await pilot.pause(0.95)
            case_id = top(pilot).case_id
            kept = await night.run_on_desk(lambda it: saved_form(it, FORM, case_id))
            assert "三楼浓烟" in kept[name]
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            assert top(pilot).query_one(f"#{name}", Field).value == kept[name]
            assert "What you typed before is still here." in message(pilot)
            await press(pilot, *("9", "enter") if name == "log" else ("8", "enter", "8"))
            assert await night.run_on_desk(lambda it: saved_form(it, FORM, case_id)) == {}
            case = await the_case(night, pilot)
            written = (await kinds_of(night, case.id))[-1]
            assert written == ("note_added" if name == "log" else "emergency_named")


async def test_f4_comes_back_to_the_emergency_once_the_order_is_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(WIDE) as pilot:
        await press(pilot, *LIFT, "1", "0", "5", "2", *"seal", "f10", "f4", "1", "1", "1", "0")
        assert on_top(pilot) == "EmergencyScreen"
        assert "nobody told" not in line(pilot, "others")
        assert len(await night.run_on_desk(holding)) == 1
        await press(pilot, "f4")
        assert "261121-01" in picture(pilot).splitlines()[0]
