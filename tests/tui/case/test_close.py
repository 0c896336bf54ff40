"""Closing: the checklist, then the paper; nothing is final before it is in hand, signed, filed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.emergency_events import StoodDown
from dispatcher_tui.domain.words.terms import (
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.picker import Picker
from tests.desk.heads import add_head
from tests.tui.leak import HEAD_PIN, OVER, PIN, Desk, on_leak
from tests.tui.support import (
    NARROW,
    OPERATOR,
    WIDE,
    Language,
    Size,
    press,
    type_text,
)

DONE = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED)
VERIFIED = {"verified_how": "visit", "visitor": "Li"}
WRITE_OFF = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)
PAPER = ["paper_received", "paper_signed", "paper_filed", "closed_final"]


@asynccontextmanager
async def on_paper(folder: Path, **more: object) -> AsyncIterator[Desk]:
    """A case that is written off, its closing paper form open."""
    after = (WRITE_OFF,)
    async with on_leak(folder, told=True, signers=True, after=after, **more) as at:  # type: ignore[arg-type]
        await press(at.pilot, "f6")
        yield at


async def fill(at: Desk, **values: str) -> None:
    """Type into fields of the form by their ids."""
    for name, value in values.items():
        at.pilot.app.screen.query_one(f"#{name.replace('_', '-')}", Field).value = value
    await press(at.pilot)


async def test_the_write_off_is_prefilled_and_takes_two_keys(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(DONE,)) as at:
        await press(at.pilot, "f6", "1", "f10")
        assert isinstance(at.top(), BoardScreen)
        case = await at.case()
        assert (case.stage, case.satisfaction) == (Stage.WRITTEN_OFF, Satisfaction.SATISFIED)
        assert (await at.kinds()).count("feedback_received") == 1
        assert "service-slip copy" in at.message


async def test_what_is_missing_is_named_with_its_rule(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f6", "f10")
        assert "how it was confirmed" in at.message
        assert "Is the resident satisfied" in at.message
        assert "written_off" not in await at.kinds()
        await press(at.pilot, "2", "enter", "1", *"", "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF
        assert "feedback_received" in await at.kinds()


async def test_enter_on_the_last_field_changes_nothing_that_was_chosen(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f6", "2")
        screen = at.pilot.app.screen
        chosen = [(each.id, each.values) for each in screen.query(Choice)]
        last = screen.focus_chain[-1]
        last.focus()
        await press(at.pilot, "enter", "3")
        assert screen.focused is last
        assert [(each.id, each.values) for each in screen.query(Choice)] == chosen
        await press(at.pilot, "enter")
        assert "That was the last field: F10 commits." in at.message


async def test_feedback_on_paper_goes_on_to_the_paper(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True) as at:
        await press(at.pilot, "f6", "3", "enter", "1", "f10")
        assert isinstance(at.top(), CloseScreen)
        assert "in my hands" in at.shown


async def test_the_final_key_does_nothing_before_the_paper_is_confirmed(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await fill(at, paper_number="FW-000009", binder="3", page="12")
        before = await at.kinds()
        await press(at.pilot, "f10")
        assert await at.kinds() == before
        for stage in ("in hand", "signed", "filed"):
            assert f"service-slip copy {stage}" in at.message
        assert "with 1" in at.message


async def test_one_f10_keeps_each_stage_as_its_own_entry(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "escape", "8")
        number = (await at.case()).slip.number
        await press(at.pilot, "1", "enter", "enter", "enter", *PIN)
        await press(at.pilot, "enter", *"B3", "enter", *"12", "enter", *"80.50", "f10")
        assert isinstance(at.top(), BoardScreen)
        assert (await at.kinds())[-4:] == PAPER
        case = await at.case()
        assert case.stage is Stage.FINAL
        slip = case.slip
        assert (slip.number, slip.signed_by, slip.binder, slip.page, slip.charge_fen) == (
            number,
            OPERATOR,
            "B3",
            "12",
            8050,
        )


async def test_what_is_given_is_kept_and_the_rest_named(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "1")
        await fill(at, paper_number="FW-000009", binder="B3")
        await press(at.pilot, "f10", "1")
        assert (await at.kinds())[-1] == "paper_received"
        assert "paper_signed" not in await at.kinds()
        assert "FW-000009" in at.shown
        assert "service-slip copy signed" in at.message
        assert at.pilot.app.screen.query_one("#binder", Field).value == "B3"
        await press(at.pilot, *PIN, "f10")
        assert (await at.kinds())[-1] == "paper_signed"
        await press(at.pilot, "escape", "escape", "f6")
        await fill(at, page="12")
        await press(at.pilot, "f10")
        assert (await at.kinds())[-4:] == PAPER


async def test_another_number_than_the_issued_one_is_asked_about(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "escape", "8", "1", "enter")
        issued = (await at.case()).slip.number
        await fill(at, paper_number="FW-000777", binder="B3", page="12")
        await press(at.pilot, "f10")
        assert f"FW-000777: {issued} was issued" in at.shown
        assert "paper_received" not in await at.kinds()
        await press(at.pilot, "0")
        assert at.pilot.app.screen.query_one("#paper-number").has_focus
        assert "paper_received" not in await at.kinds()
        await press(at.pilot, "f10", "1")
        slip = (await at.case()).slip
        assert (slip.number, slip.despite) == ("FW-000777", ("other_came_in", "outside"))
        await press(at.pilot, *PIN, "f10")
        assert (await at.case()).stage is Stage.FINAL, "what was confirmed is not asked again"


@pytest.mark.parametrize("typed", [PIN, "２４６８１３"])
async def test_a_pin_typed_behind_the_name_is_not_shown_and_signs(
    tmp_path: Path, typed: str
) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "escape", "8", "1", "enter", "enter")
        await type_text(at.pilot, typed)
        assert "*" * len(PIN) in at.shown
        assert typed not in at.shown
        await press(at.pilot, "f10")
        assert (await at.kinds())[-1] == "paper_signed"


async def test_a_wrong_pin_keeps_what_came_before_it(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "1", "enter", *"FW-9", "enter", "enter", *"0000", "f10", "1")
        assert (await at.kinds())[-1] == "paper_received"
        assert "Wrong PIN" in at.message
        assert "0000" not in at.shown
        kept = await at.night.run_on_desk(lambda d: d.store.drafts())
        assert not [draft for draft in kept if b"0000" in draft.body]


async def test_asking_for_the_paper_is_a_step_of_its_own(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "escape", "4")
        screen = at.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert screen.step_id == "paper_chased"
        at.night.clock.forward(seconds=3)
        await press(at.pilot, "1", "enter")
        assert (await at.case()).calls[-1].purpose == "paper_chased"
        assert isinstance(at.top(), CloseScreen)


@pytest.mark.rule("E-07")
async def test_an_act_keeps_its_digit_while_others_are_done(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=(Fact.FIRE,), after=OVER) as at:
        await press(at.pilot, "f6", "escape")
        screen = at.pilot.app.screen
        assert isinstance(screen, CloseScreen)
        assert screen.file is not None
        acts = {key.key: key.label for key in screen.own_keys() if key.key in "4567"}
        steps = {localized(each.label): each for each in screen.file.steps_open}
        assert len(acts) > 1
        first = min(acts)
        await press(at.pilot, first)
        assert getattr(at.pilot.app.screen, "step_id", "") == steps[acts[first]].id
        await press(at.pilot, "escape", "escape")
        done = cmd.RecordStep(step=steps[acts[first]].id, note="done by 03:00")
        await at.night.perform(at.case_id, done)
        await at.pilot.app.take_news()  # type: ignore[attr-defined]
        await press(at.pilot)
        left = {key.key: key.label for key in screen.own_keys() if key.key in "4567" and key.label}
        assert left == {digit: label for digit, label in acts.items() if digit != first}
        assert screen.focused is None
        await press(at.pilot, first)
        assert at.top() is screen, "it is another's never while one of them is owed"


async def test_an_emergency_needs_the_signature_of_the_head(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await press(at.pilot, "f6", "1", "enter", "1", "f10")
        assert "The head's signature" in at.message
        assert (await at.case()).stage is Stage.NOTIFIED
        await press(at.pilot, *PIN, "f10")
        assert "Wrong PIN" in at.message
        await press(at.pilot, *HEAD_PIN, "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF
        entries = await at.night.run_on_desk(lambda d: d.store.entries(at.case_id))
        assert entries[-1].cosigner == "陈志强"


@pytest.mark.rule("E-05")
async def test_an_emergency_that_goes_on_is_stood_down_first_and_the_form_waits(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,)) as at:
        await press(at.pilot, "f6")
        assert "The emergency goes on: F10 first leads to standing it down." in at.shown
        await press(at.pilot, "1", "enter", "1", "f10")
        assert type(at.top()).__name__ == "StandDownScreen"
        assert "Never reached or sent:" in at.shown
        assert "Call back: 张伟" in at.shown
        assert (await at.case()).stage is Stage.NOTIFIED
        await press(at.pilot, "1", *"head", "f10")
        assert "Write why" in at.message, "the same list and the same word why"
        await press(at.pilot, *"line dead", "f10", *"11", "enter")
        down = next(
            e.event
            for e in await at.night.run_on_desk(lambda d: d.store.entries(at.case_id))
            if isinstance(e.event, StoodDown)
        )
        assert down.why == "line dead"
        assert down.unreached
        screen = at.pilot.app.screen
        assert isinstance(screen, CloseScreen)
        assert "The emergency goes on" not in at.shown
        await press(at.pilot, "f10")
        assert "The head's signature" in at.message
        await press(at.pilot, *HEAD_PIN, "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF


async def test_who_does_not_hold_the_role_cannot_sign_for_it(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await press(at.pilot, "f6", "1", "enter", "1", "f10", "shift+tab")
        await press(at.pilot, *["backspace"] * 3)
        focused = at.pilot.app.screen.focused
        assert isinstance(focused, Field)
        focused.value = OPERATOR
        await press(at.pilot, "enter", *PIN, "f10")
        assert "Head of the estate office must" in at.message
        assert (await at.case()).stage is Stage.NOTIFIED


async def test_reopening_is_never_the_default(tmp_path: Path) -> None:
    final = (
        WRITE_OFF,
        cmd.ReceivePaper(number="FW-9"),
        cmd.SignPaper(signer=OPERATOR, role="dispatcher"),
        cmd.FilePaper(binder="1", page="1"),
        cmd.CloseFinal(),
    )
    async with on_leak(tmp_path, told=True, after=final) as at:
        await press(at.pilot, "6", "f6", "f10")
        assert (await at.case()).stage is Stage.FINAL
        assert "1 yes, REOPEN" in at.shown
        assert "*0 no" in at.shown
        await press(at.pilot, "2", "1", "f10")
        assert (await at.case()).stage is Stage.FINAL
        assert "reason" in at.message
        await press(at.pilot, *"leaks again", "f10")
        case = await at.case()
        assert (case.stage, case.round, case.slip.number) == (Stage.OPEN, 2, "")
        assert isinstance(at.top(), BoardScreen)


async def test_not_valid_ends_the_case_once_it_is_explained(tmp_path: Path) -> None:
    async with on_leak(tmp_path, procedure="resident-station") as at:
        await press(at.pilot, "f6", "f10")
        assert "1 or 2" in at.message
        await press(at.pilot, "2", "f10")
        assert (await at.case()).valid is None
        await press(at.pilot, *"his own pipe", "f10")
        assert (await at.case()).stage is Stage.INVALID
        assert isinstance(at.top(), BoardScreen)


async def test_valid_goes_on_to_the_checklist_whose_steps_open_with_enter(
    tmp_path: Path,
) -> None:
    informed = cmd.RecordStep(step="resident_informed", note="told at noon")
    station = "resident-station"
    async with on_leak(tmp_path, told=True, procedure=station, after=(informed,)) as at:
        await press(at.pilot, "f6", "1", "f10")
        assert (await at.case()).valid is True
        await press(at.pilot, "1", "enter", "enter")
        screen = at.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert screen.step_id == "verified"
        await press(at.pilot, *"visit", "f10")
        assert "Fill in what is marked" in at.message, "who verified it is still to be said"
        await press(at.pilot, *"Li", "f10", *"dry, seen by me", "f10")
        assert isinstance(at.top(), CloseScreen)
        assert {each.field: each.value for each in (await at.case()).filled} == VERIFIED
        assert any("[x]" in row and " done " in row for row in at.shown.splitlines())
        await press(at.pilot, "enter", "enter", "2", "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF


async def test_the_paper_is_signed_by_the_role_of_the_procedure(tmp_path: Path) -> None:
    verified = cmd.RecordStep(step="verified", note="seen", values=VERIFIED)
    informed = cmd.RecordStep(step="resident_informed", note="told at noon")
    after = (cmd.JudgeValid(), verified, informed, WRITE_OFF)
    async with on_leak(
        tmp_path, told=True, signers=True, procedure="resident-station", after=after
    ) as at:
        await at.night.run_on_desk(lambda d: add_head(d, "罗文斌", "property_manager", "779513"))
        await press(at.pilot, "f6", "1")
        await fill(at, paper_number="CZ-1", binder="1", page="2")
        await press(at.pilot, "tab", "tab", "tab", *PIN)
        at.pilot.app.screen.query_one(Picker).value = OPERATOR
        await press(at.pilot, "f10", "1")
        assert "must" in at.message
        assert (await at.kinds())[-1] == "paper_received"
        await press(at.pilot, "escape", "escape", "f6", "enter", *"779513", "f10")
        assert (await at.kinds())[-2:] == ["paper_signed", "paper_filed"]
        assert "Return visit" in at.message, "the return visit is owed before anything is final"
        assert (await at.case()).stage is Stage.WRITTEN_OFF


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_all_of_it_is_on_the_screen(tmp_path: Path, lang: Language, size: Size) -> None:
    async with on_paper(tmp_path, size=size, lang=lang) as at:
        await press(at.pilot, "f10")
        assert at.pilot.app.screen.query_one("#body").max_scroll_y == 0
        assert at.shown.count("P0-08") >= 3
        await press(at.pilot, "shift+tab", "2")
        assert at.pilot.app.screen.query_one("#body").max_scroll_y == 0


async def test_digits_in_a_row_pass_over_the_name_that_stands_there(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(DONE,)) as at:
        await press(at.pilot, "f6")
        screen = at.pilot.app.screen
        how, name = screen.query_one("#how-0", Choice), screen.query_one("#item-0", Field)
        stood = name.value
        assert stood
        how.focus()
        await press(at.pilot, "1", "1", "1")
        assert name.value == stood
        assert how.value == FeedbackBy.WORD.value
        assert screen.query_one("#item-1", Choice).value == Satisfaction.SATISFIED.value
        name.focus()
        await press(at.pilot, "7")
        assert name.value == "7", "whoever goes there by hand writes over it"


async def test_a_bare_figure_is_nobodys_name(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(DONE,)) as at:
        await press(at.pilot, "f6", "1")
        at.pilot.app.screen.query_one("#item-0", Field).value = "11"
        await press(at.pilot, "f10")
        assert '"11" is a figure and no name' in at.message
        assert "written_off" not in await at.kinds()
        assert at.pilot.app.focused is at.pilot.app.screen.query_one("#item-0")
        await press(at.pilot, *"Wang 2", "f10")
        assert "written_off" in await at.kinds()
