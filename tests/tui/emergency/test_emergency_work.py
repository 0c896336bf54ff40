"""The work on an emergency: the order of calls, who came, the card, orders, standing down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from dispatcher_tui.present.case.case_text import case_lines
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.tui.emergency.on_screen import LIFT, line, rung, top
from tests.tui.rings import desk
from tests.tui.story import EVERYWHERE, assert_whole, case_of, kinds_of, message, on_top
from tests.tui.support import (
    NARROW,
    WIDE,
    Language,
    Night,
    Size,
    compare_golden,
    paste,
    picture,
    press,
)


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    """The emergency's case as it stands on disk."""
    return await case_of(night, top(pilot).case_id)


async def later(night: Night, pilot: Pilot[Any], **length: float) -> None:
    """Time passes, and the screen has its heartbeat."""
    top(pilot).tick(night.clock.forward(**length))
    await press(pilot)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_nothing_is_cut_in_the_middle_of_the_calls(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, *LIFT, "1", "3", "1", "0", "1", "7", "tab", "enter", "shift+tab")
        kind = "电梯困人" if lang == "zh" else "Trapped in a lift"
        assert_whole(pilot, kind, "5-1", "陈志强", "高磊", screen=EmergencyScreen)
        compare_golden(f"emergency_{lang}_{size[0]}x{size[1]}", picture(pilot))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_other_screens_stand_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9")
        assert_whole(pilot, "1  ", "0  ", screen=EmergencyScreen)
        await press(pilot, "5", "8", *"5-1", "enter", "0")
        over = "6 告一段落" if lang == "zh" else "6 it is over"
        assert_whole(pilot, over, "0/Enter", screen=EmergencyScreen)
        for keys in (("5",), ("escape", "0", "4"), ("escape", "0", "6")):
            await press(pilot, *keys)
            assert_whole(pilot, "261121-01")
            await press(pilot, "escape")


async def test_it_is_said_why_somebody_is_next_and_how_long_it_rings(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT)
        assert line(pilot, "order") == " rings 0 of 25 s   by the card's order"
        await press(pilot, "1")
        await later(night, pilot, seconds=24)
        assert line(pilot, "order").strip() == "rings 24 of 25 s   ladder, rung 1"
        await later(night, pilot, seconds=1)
        assert line(pilot, "order").startswith(" 25 s: no answer? 2")
        await press(pilot, "2")
        assert line(pilot, "order").endswith("meanwhile: the one before was not reached")
        await press(pilot, "1")
        assert line(pilot, "order").startswith(" Did they repeat it? 7 = read back.")
        await press(pilot, "7", "1", "enter")
        assert line(pilot, "order").endswith("told, but NOT read back")
        assert line(pilot, "tabs").endswith("told 2/8   about 3:35 left")


async def test_who_was_told_and_has_not_set_off_comes_up_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "1", "7")
        for _each in range(6):
            await press(pilot, "1", "7")
        assert message(pilot) == "Everybody was told."
        at_home = " Enter: 徐涛, at home, if more are needed"
        assert line(pilot, "order") == at_home, "and nothing rings"
        assert line(pilot, "tabs").endswith("told 8/8   everybody was told")
        await press(pilot, "up", "up", "w", "1")
        await later(night, pilot, minutes=3)
        assert "Enter: 高磊, told, but NOT on the way" in line(pilot, "order")
        await press(pilot, "enter")
        assert rung(pilot) == "高磊"


@pytest.mark.rule("E-03")
async def test_who_set_off_or_arrived_and_is_silent_comes_up_each_by_himself(
    tmp_path: Path,
) -> None:
    async def stamp(pilot: Pilot[Any], name: str, stage: Responder) -> None:
        case = await the_case(night, pilot)
        call = next(call for call in case.calls if call.name == name)
        report = cmd.ReportResponder(person=call.person, name=name, stage=stage)
        await night.perform(case.id, report)
        await top(pilot).reload()

    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "1", "7")
        for _each in range(6):
            await press(pilot, "1", "7")
        told = [call.name for call in (await the_case(night, pilot)).calls[2:]]
        assert told[0] == "高磊"
        for name in told[1:]:
            await stamp(pilot, name, Responder.REPORTED_BACK)
        for stage, minutes, words in (
            (Responder.ON_THE_WAY, 10, "set off, but NOT arrived"),
            (Responder.ON_SCENE, 15, "arrived, but NOT reported back"),
        ):
            await stamp(pilot, "高磊", stage)
            await later(night, pilot, minutes=minutes, seconds=-1)
            assert "高磊" not in line(pilot, "order")
            for seconds in (1, 1):
                await later(night, pilot, seconds=seconds)
                assert f"Enter: 高磊, {words}" in line(pilot, "order")
        await stamp(pilot, "高磊", Responder.REPORTED_BACK)
        await later(night, pilot, hours=1)
        assert "高磊" not in line(pilot, "order")


async def test_a_name_chosen_by_hand_has_its_own_number_and_not_the_last_ones(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "right")
        assert top(pilot).query_one(CallTree).phone == "13800000101"
        await pilot.press("down", "2")
        await press(pilot)
        call = (await the_case(night, pilot)).calls[-1]
        assert (call.name, call.phone) == ("高磊", "13900000115")


async def test_the_script_says_what_and_where(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, *LIFT)
        assert line(pilot, "script").startswith("5-1：电梯困人。")
        assert "翠湖花园" in line(pilot, "script")
        await press(pilot, "1")
        assert line(pilot, "script").startswith("调度台：5-1，电梯困人。\n正在叫人到现场。")


@pytest.mark.parametrize("keys", [("w", "1", "o", "2", "b", "3"), ("0", "1", "0", "2", "0", "3")])
async def test_each_step_of_a_person_who_was_reached_is_stamped(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1")
        await press(pilot, "1", "0", "3")
        asked = "陈志强 was never sent. Really: reported back?"
        assert asked in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "0")
        assert message(pilot) == "Nothing is written down."
        assert not (await the_case(night, pilot)).called, "a slip leaves nothing behind"
        seen = []
        for n in range(3):
            night.clock.forward(minutes=1)
            step = len(keys) // 3
            await press(pilot, *keys[n * step : (n + 1) * step], *["1"] * (n == 0))
            seen.append(message(pilot).removesuffix(". Ctrl+Z takes it back."))
            assert f"{seen[-1].split(': ')[1]} 22:{48 + n}" in " ".join(picture(pilot).split())
        assert seen == ["陈志强: on the way", "陈志强: arrived", "陈志强: reported back"]
        (came,) = (await the_case(night, pilot)).called
        assert came.on_the_way_at is not None
        assert came.reported_back_at is not None
        await press(pilot, "o", "2")
        assert message(pilot) == "陈志强 is stamped that far already."


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("keys", [("w", "1"), ("0", "1")])
async def test_after_a_read_back_it_is_the_one_just_told_who_sets_off_not_the_next_to_ring(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "2", "1", "7")
        case = await the_case(night, pilot)
        told, following = case.calls[-1].name, rung(pilot)
        assert told != following
        await press(pilot, "0")
        assert f"1 {told}: on the way" in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "escape", *keys, "1")
        (came,) = (await the_case(night, pilot)).called
        assert came.name == told
        assert rung(pilot) == following, "whom to ring stays"
        await press(pilot, "down", "up", "0")
        assert f"1 {told}: " in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "escape", "down", "0")
        assert f"1 {rung(pilot)}: " in picture(pilot).replace("\u00a0", " "), "chosen by hand"


async def test_somebody_who_is_on_no_list_reports_in_their_own_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "0", "4")
        await paste(pilot, "派出所王警官")
        await press(pilot, "enter", "2", *"two cars", "f10")
        assert "派出所王警官 is not on the roster." in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "0")
        assert on_top(pilot) == "EmergencyScreen"
        (came,) = (await the_case(night, pilot)).called
        assert (came.person, came.name) == ("", "派出所王警官")
        await press(pilot, "up", "up")
        for _each in range(40):
            await press(pilot, "down")
            if rung(pilot) == "派出所王警官":
                break
        assert rung(pilot) == "派出所王警官"
        assert "派出所王警官 (not" in picture(pilot)
        assert "arrived 22:47" in " ".join(picture(pilot).split())
        await press(pilot, "tab", "tab")
        assert "派出所王警官: arrived  two cars" in picture(pilot)
        assert (await the_case(night, pilot)).calls[-1].stranger


async def test_a_tick_is_stamped_stays_and_is_found_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        async with night.running() as pilot:
            await press(pilot, *LIFT, "1", "tab", "down", "enter")
            night.clock.forward(seconds=5)
            await press(pilot, "enter")
            case = await the_case(night, pilot)
            assert [step.step for step in case.card_steps] == [1, 0]
            assert "Card 2/7" in picture(pilot)
            assert (await kinds_of(night, case.id)).count("card_step_done") == 2
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "tab")
            assert "Card 2/7" in picture(pilot)
            await press(pilot, "ctrl+z", "1")
            assert "Card 1/7" in picture(pilot)


async def test_an_order_is_a_case_of_its_own_and_both_know_of_each_other(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "0", "5", "2")
        await paste(pilot, "封闭一单元")
        await press(pilot, "f10")
        assert on_top(pilot) == "EmergencyScreen", "the calls go on"
        assert rung(pilot) == "陈志强"
        assert message(pilot) == "Order 261121-02 is open, nobody told of it yet. F4 tells them."
        order = await case_of(night, "261121-02")
        assert (order.tied_to, order.place, order.level) == ("261121-01", "5-1", "ordinary")
        await press(pilot, "f4")
        assert on_top(pilot) == "NotifyScreen"
        assert "261121-02" in picture(pilot)
        await press(pilot, "escape")
        assert on_top(pilot) == "EmergencyScreen"
        assert "F4 order 261121-02, nobody told: 封闭一单元" in picture(pilot)
        case = await the_case(night, pilot)
        assert case.orders == ("261121-02",)
        assert "Order of 孙明远, case 261121-02" in line(pilot, "story")
        rules = night.desk.rules
        told = ["\n".join(case_lines(x, (), rules, (), night.clock.now())) for x in (case, order)]
        assert "Orders       261121-02" in told[0]
        assert "Tied to      261121-01" in told[1]


async def test_an_order_without_words_keeps_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "0", "5", "f10")
        assert message(pilot) == "Write what was ordered."
        await press(pilot, "tab", *"seal it", "f10")
        assert message(pilot) == "Enter a name."
        assert on_top(pilot) == "OrderScreen"
        assert len(await night.run_on_desk(lambda it: list(it.store.all_cases()))) == 1


@pytest.mark.parametrize(("how", "false_alarm"), [(("enter",), False), (("2",), True)])
async def test_it_is_stood_down_with_who_said_so_and_what_is_owed_is_told(
    tmp_path: Path, how: tuple[str, ...], false_alarm: bool
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, "1", "0", "6", "f10")
        assert message(pilot) == "Write who says that it is over, and how it stands."
        await press(pilot, "shift+tab", *how)
        await paste(pilot, "陈志强：人已救出")
        await press(pilot, "enter")
        assert message(pilot) == "Write why these were never reached or sent."
        await paste(pilot, "电梯已自动放人")
        await press(pilot, "enter")
        asked = picture(pilot).replace("\u00a0", " ")
        assert "陈志强 was never reached here. Did they really say so?" in asked
        await press(pilot, "enter")
        case = await case_of(night, "261121-01")
        assert case.stood_down_at is None, "no is the default"
        await press(pilot, "enter", "1")
        case = await case_of(night, "261121-01")
        assert case.stood_down_at == night.clock.now()
        assert case.false_alarm is false_alarm
        shown = picture(pilot)
        assert ("Follow the handling" in shown) is not false_alarm
        assert ("Follow the aftermath" in shown) is not false_alarm
        assert "head" in shown
        assert case.signals[-2].name == "given_up"
        await press(pilot, "enter")
        assert on_top(pilot) == "BoardScreen"
        assert message(pilot) == "261121-01 is stood down; its follow-ups are duties."


async def test_f9_on_one_that_is_stood_down_asks_whether_it_flared_up(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        done = await night.run_on_desk(lambda it: it.open_emergency("fire", "3-2"))
        await night.perform(done.case.id, cmd.StandDown(note="陈志强：已灭", why="自己灭了"))
        async with night.running() as pilot:
            await press(pilot, "f9")
            assert "261121-01 3-2 Fire, stood down; has it flared up?" in picture(pilot)
            await press(pilot, "enter", "enter")
            assert not await night.run_on_desk(holding)
            await press(pilot, "escape", "f9", "enter", "1", *"smoke", "enter")
            assert message(pilot) == "The post is held again."
            assert len(await night.run_on_desk(holding)) == 1


async def test_an_intake_is_taken_over_it_and_the_half_typed_one_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *"3-2-1502", "enter", "f9", "5")
        assert (await the_case(night, pilot)).place == "3-2-1502", "the form's place"
        assert rung(pilot) == "lift_rescue"
        await press(pilot, "1", "f2", "1", *"1-1-0101", "enter", "enter", *"dark", "f10")
        assert on_top(pilot) == "NotifyScreen"
        await press(pilot, "escape")
        assert on_top(pilot) == "EmergencyScreen"
        assert rung(pilot) == "陈志强"
        await press(pilot, "escape")
        assert on_top(pilot) == "IntakeScreen"
        assert "3-2-1502" in picture(pilot)


async def test_a_ladder_that_nobody_answers_says_who_was_not_reached(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, *LIFT, "1")
        for _each in range(30):
            if "约剩" not in line(pilot, "tabs"):
                break
            night.clock.forward(seconds=3)
            await press(pilot, "2")
        assert "已告知 1/8" in line(pilot, "tabs")
        assert "【没找到】陈志强、孙明远、郭建平" in line(pilot, "progress")
        assert_whole(pilot, "徐涛" if "徐涛" in picture(pilot) else "高磊")
        calls = (await the_case(night, pilot)).calls
        assert all(call.outcome is CallOutcome.NO_ANSWER for call in calls[1:])


async def test_another_width_shows_other_panes(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW) as pilot:
        await press(pilot, *LIFT, "1")
        assert "Card: next" in picture(pilot), "a look at card and log"
        assert "Do (arrows choose, Enter ticks):" not in picture(pilot)
        await pilot.resize_terminal(*WIDE)
        await press(pilot)
        assert "Card: next" not in picture(pilot)
        assert "Do (arrows choose, Enter ticks):" in picture(pilot)
        assert "22:47:12 Case opened" in picture(pilot)
        assert "Contractor and lift officer" in picture(pilot)
