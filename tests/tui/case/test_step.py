"""Steps: a call that reached nobody is not done; words, signature and time are held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import FeedbackBy, FollowUpOutcome, Satisfaction
from dispatcher_tui.tui.destinations import opened
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.screens.case.steps import StepsScreen
from dispatcher_tui.tui.widgets.call_panel import CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pin import Signature
from dispatcher_tui.tui.work_routes import to_work
from tests.tui.leak import HEAD_PIN, PIN, Desk, on_leak
from tests.tui.support import (
    NARROW,
    WIDE,
    Language,
    Size,
    big_on_screen,
    layer_with,
    press,
    settle,
    small_site,
)

CANNOT = cmd.FollowUp(outcome=FollowUpOutcome.CANNOT)


async def open_step(at: Desk, step: str) -> StepScreen:
    """The form of a step, over the board."""
    screen = opened(to_work(f"step:{step}", at.case_id))
    await at.pilot.app.push_screen(screen)
    await settle(at.pilot)
    assert isinstance(screen, StepScreen)
    return screen


def callee(at: Desk) -> str:
    """The name on the call panel."""
    found = at.pilot.app.screen.query_one(CallPanel).callee
    return found.name if found else ""


async def test_the_head_is_rung_and_two_facts_are_written(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        shown = at.shown
        assert callee(at) == "陈志强"
        assert big_on_screen(at.pilot, "13900000101")
        assert "P0-04" not in shown, "a rule stands where somebody asks"
        assert "P0-04" in " ".join(at.top().help_lines())  # type: ignore[attr-defined]
        await press(at.pilot, "1", "1")
        assert (await at.kinds())[-2:] == ["call_tried", "read_back"]
        assert "reported" in {s.name for s in (await at.case()).signals}
        assert isinstance(at.top(), BoardScreen)


async def test_who_is_not_reached_is_tried_again_then_skipped(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        rung = []
        for _ in range(5):
            rung.append(callee(at))
            await press(at.pilot, "2")
            at.night.clock.forward(seconds=3)
        assert rung == ["陈志强", "陈志强", "孙明远", "孙明远", "郭建平"]
        assert "reported" not in {s.name for s in (await at.case()).signals}


async def test_f10_without_a_call_records_nothing(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        before = await at.kinds()
        await press(at.pilot, "f10")
        assert await at.kinds() == before
        assert isinstance(at.top(), StepScreen)


async def test_relayed_counts_only_once_read_back(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        await press(at.pilot, "5", *"Mrs Li", "enter", "0")
        at.night.clock.forward(seconds=3)
        assert isinstance(at.top(), StepScreen)
        assert "reported" not in {s.name for s in (await at.case()).signals}
        await press(at.pilot, "5", "escape", "1")
        case = await at.case()
        assert "reported" in {s.name for s in case.signals}
        assert [call.taken_by for call in case.calls[-2:]] == ["Mrs Li", ""]


@pytest.mark.parametrize("between", [("tab",), ("7",), ("9",)])
async def test_the_open_read_back_question_takes_the_next_digit(
    tmp_path: Path, between: tuple[str, ...]
) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        before = len((await at.case()).calls)
        await press(at.pilot, "1", *between, "1")
        (call,) = (await at.case()).calls[before:]
        assert call.read_back_at is not None


async def test_a_result_beside_the_open_question_is_no_second_call(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        await press(at.pilot, "1")
        before = len((await at.case()).calls)
        at.top().query_one("#result").focus()
        await press(at.pilot, "2")
        assert len((await at.case()).calls) == before
        assert "Answer first" in at.message


async def test_a_note_with_a_call_is_kept_too(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        await press(at.pilot, "tab", *"on his way", "escape", "1", "0")
        assert (await at.kinds())[-2:] == ["call_tried", "note_added"]


async def test_a_decision_needs_its_words(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(CANNOT,)) as at:
        await open_step(at, "head_decided")
        await press(at.pilot, "1")
        assert (await at.case()).stuck
        assert "Write what was said or done" in at.message
        await press(at.pilot, *"send the contractor", "f10")
        assert not (await at.case()).stuck
        entry = (await at.night.run_on_desk(lambda d: d.store.entries(at.case_id)))[-1].event
        assert (entry.step, entry.person, entry.note) == (  # type: ignore[attr-defined]
            "head_decided",
            "陈志强",
            "send the contractor",
        )


async def test_a_relayed_decision_is_none(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(CANNOT,)) as at:
        await open_step(at, "head_decided")
        await press(at.pilot, "5", "enter")
        assert "not enough" in at.shown
        assert (await at.case()).stuck


async def test_half_a_decision_outlives_esc(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(CANNOT,)) as at:
        await open_step(at, "head_decided")
        await press(at.pilot, "tab", *"send the", "escape", "escape")
        await open_step(at, "head_decided")
        assert "send the" in at.shown


async def test_a_step_without_anybody_to_tell_is_words_and_f10(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, procedure="resident-station") as at:
        await open_step(at, "resident_informed")
        await press(at.pilot, "f10")
        assert "step_recorded" not in await at.kinds()
        await press(at.pilot, *"a man comes at nine", "f10")
        assert (await at.case()).steps == ("resident_informed",)


async def test_who_went_there_is_written_down_and_nobody_is_rung(tmp_path: Path) -> None:
    async with on_leak(
        tmp_path, told=True, procedure="resident-station", facts=("again", "unmet")
    ) as at:
        screen = await open_step(at, "home_visited")
        assert not screen.query(CallPanel)
        who = screen.query_one("#person", Field)
        assert who.value, "whoever it most likely was stands there"
        who.value = ""
        await press(at.pilot, "f10")
        assert (await at.kinds())[-1] != "step_recorded"
        assert "Write who it was" in at.message
        await press(at.pilot, *"Luo", "f10")
        assert (await at.case()).steps == ("home_visited",)
        entry = (await at.night.run_on_desk(lambda d: d.store.entries(at.case_id)))[-1].event
        assert entry.person == "Luo"  # type: ignore[attr-defined]


async def test_every_fitting_step_is_a_digit_away(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, procedure="resident-station") as at:
        await press(at.pilot, "enter", "s")
        steps = at.pilot.app.screen
        assert isinstance(steps, StepsScreen)
        shown = steps.query_one(PickLines).lines
        rules = " ".join(steps.help_lines())
        assert "[P4-11]" in rules
        assert "[P4-08]" in rules
        assert not any("P4-" in line for line in shown), "a rule stands where somebody asks"
        assert "P4-13" not in rules, "not of its level"
        assert "P4-15" not in rules
        place = next(n for n, line in enumerate(shown) if "Form handed" in line)
        await press(at.pilot, *(["down"] * place), "enter")
        step = at.pilot.app.screen
        assert isinstance(step, StepScreen)
        assert step.step_id == "form_sent"
        await press(at.pilot, "f10")
        assert "form_sent" in (await at.case()).steps
        names = [line.split("  ")[0] for line in shown]
        await press(at.pilot, "s")
        again = at.pilot.app.screen.query_one(PickLines).lines
        assert [line.split("  ")[0] for line in again[: len(names)]] == names, "each its digit"
        assert "done before" in again[place]


async def test_the_clause_is_the_clocks_own(tmp_path: Path) -> None:
    done = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED)
    station = "resident-station"
    async with on_leak(
        tmp_path, told=True, procedure=station, facts=("again", "unmet"), after=(done,)
    ) as at:
        await open_step(at, "station_visit")
        assert "24小时后" in at.shown
        assert "轻微投诉" not in at.shown
        assert "24:00:00" in at.shown, "the countdown runs to the opening"


async def test_not_before_its_time(tmp_path: Path) -> None:
    done = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED)
    station = "resident-station"
    async with on_leak(
        tmp_path, told=True, procedure=station, facts=("again", "unmet"), after=(done,)
    ) as at:
        await open_step(at, "station_visit")
        await press(at.pilot, "enter", *"dry", "f10")  # the head of the station stands there
        assert "11-22 22:47" in at.message
        assert "step_recorded" not in await at.kinds()
        at.night.clock.forward(hours=24)
        await press(at.pilot, "f10")
        assert (await at.case()).steps == ("station_visit",)


async def test_a_signed_step_asks_for_the_pin(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    path = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "reported"\n', 'id = "reported"\nsigned = true\n'), "utf-8")
    async with on_leak(tmp_path, told=True, signers=True, facts=("group",)) as at:
        await open_step(at, "reported")
        before = await at.kinds()
        await press(at.pilot, "1")
        assert await at.kinds() == before
        await press(at.pilot, *"1111", "f10")
        assert "Wrong PIN" in at.shown
        await press(at.pilot, *PIN, "f10")
        assert (await at.kinds())[-2:] == ["call_tried", "step_recorded"]


async def test_a_step_that_a_role_signs_takes_nobody_elses_pin_and_comes_in_its_order(
    tmp_path: Path,
) -> None:
    layer_with(
        tmp_path,
        'id = "aftermath_over"\n',
        'id = "aftermath_over"\nsigner = "head"\nneeds = ["aftermath_followed"]\n',
    )
    async with on_leak(tmp_path, told=True, signers=True) as at:
        screen = await open_step(at, "aftermath_over")
        signature = screen.query_one(Signature)
        assert (signature.role, signature.signer) == ("head", "陈志强")
        await press(at.pilot, *"done", "enter", *HEAD_PIN, "f10")
        assert "step_recorded" not in await at.kinds()
        assert "Aftermath followed" in at.shown, "what it waits for, as it is called"
        await at.night.perform(at.case_id, cmd.RecordStep(step="aftermath_followed", note="asked"))
        await press(at.pilot, *HEAD_PIN, "f10")
        assert (await at.case()).steps == ("aftermath_followed", "aftermath_over")


async def test_a_step_the_procedure_does_not_have(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await open_step(at, "no_such_step")
        assert "no_such_step" in at.shown
        await press(at.pilot, "f10", "1", "escape")
        assert isinstance(at.top(), BoardScreen)


async def test_it_leads_on(tmp_path: Path) -> None:
    off = cmd.WriteOff(by=FeedbackBy.WORD, source="x", satisfaction=Satisfaction.FAIR)
    async with on_leak(tmp_path, told=True, after=(off,)) as at:
        screen = opened(to_work("step:paper_chased", at.case_id, ("step:told_head", "close")))
        await at.pilot.app.push_screen(screen)
        await settle(at.pilot)
        assert callee(at) == "张伟", "who has the paper is asked first"
        at.night.clock.forward(seconds=3)
        await press(at.pilot, "1", "0")
        step = at.pilot.app.screen
        assert isinstance(step, StepScreen)
        assert (step.step_id, step.then) == ("told_head", ("close",))


async def test_enter_in_the_words_records_the_step(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, procedure="resident-station") as at:
        await open_step(at, "resident_informed")
        await press(at.pilot, "enter")
        assert "Write what was said or done" in at.message
        assert "step_recorded" not in await at.kinds()
        await press(at.pilot, *"a man comes at nine", "enter")
        assert (await at.case()).steps == ("resident_informed",)
        assert isinstance(at.top(), BoardScreen)


async def test_f10_does_not_answer_whether_it_was_read_back(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=("group",)) as at:
        await open_step(at, "reported")
        await press(at.pilot, "1", "tab", "f10")
        assert isinstance(at.top(), StepScreen)
        assert "read back" in at.message
        await press(at.pilot, "1")
        assert (await at.kinds())[-2:] == ["call_tried", "read_back"]


async def test_a_pin_on_the_result_is_no_call(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    path = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "reported"\n', 'id = "reported"\nsigned = true\n'), "utf-8")
    async with on_leak(tmp_path, told=True, signers=True, facts=("group",)) as at:
        step = await open_step(at, "reported")
        before = await at.kinds()
        await press(at.pilot, "1")
        step.query_one("#result").focus()
        await press(at.pilot, *PIN)
        assert await at.kinds() == before
        await press(at.pilot, "f10", *PIN, "f10")
        assert (await at.kinds())[-2:] == ["call_tried", "step_recorded"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_all_of_it_is_on_the_screen(tmp_path: Path, lang: Language, size: Size) -> None:
    async with on_leak(tmp_path, told=True, after=(CANNOT,), size=size, lang=lang) as at:
        await open_step(at, "head_decided")
        await press(at.pilot, "1")
        assert at.pilot.app.screen.query_one("#body").max_scroll_y == 0
        assert "陈志强" in at.shown
