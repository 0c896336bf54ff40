"""Signed in ink, seen by me: the same choice at the end of every form that asks for a signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.reviews.months import read_month, report_month
from dispatcher_tui.desk.reviews.reviews import put_line
from dispatcher_tui.desk.reviews.weekly_check import read_check
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.events import PaperSigned, Signed
from dispatcher_tui.domain.record.sign_off import Ink, ink_of
from dispatcher_tui.domain.words.terms import (
    Fact,
    FeedbackBy,
    ReviewOutcome,
    Satisfaction,
    SignedBy,
    Stage,
)
from dispatcher_tui.tui.destinations import opened
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.case.follow_up import FollowUpScreen
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.widgets.autosaved import fields_of
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.signing_form import SigningForm
from dispatcher_tui.tui.work_routes import to_work
from tests.desk.heads import add_head
from tests.tui.leak import HEAD, HEAD_PIN, OVER, PIN, Desk, on_leak
from tests.tui.story import EVERYWHERE, leak, on_top
from tests.tui.support import (
    OPERATOR,
    Language,
    Size,
    desk,
    layer_with,
    press,
    settle,
    small_site,
    type_text,
)

FIRE = (Fact.FIRE,)
SEEN = Ink("form 07", "2", OPERATOR)


def form(at: Desk) -> SigningForm:
    """The signature that is asked for."""
    return at.pilot.app.screen.query_one(SigningForm)


async def last_signed(at: Desk) -> Signed | PaperSigned:
    """The last signature on the case."""
    entries = await at.night.run_on_desk(lambda d: d.store.entries(at.case_id))
    events = [entry.event for entry in entries]
    return next(e for e in reversed(events) if isinstance(e, Signed | PaperSigned))


async def to_ink(at: Desk) -> None:
    """F6, told by phone, satisfied; then in ink."""
    await press(at.pilot, "f6", "2", "enter", "1")
    form(at).way.focus()
    await press(at.pilot, "3")


@pytest.mark.rule("E-09")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_head_signs_in_ink_and_the_emergency_is_written_off(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with on_leak(
        tmp_path, told=True, signers=True, facts=FIRE, after=OVER, size=size, lang=lang
    ) as at:
        await to_ink(at)
        assert HEAD in at.shown
        await press(at.pilot, "enter", *"form 07", "enter", "2", "f10")
        event = await last_signed(at)
        assert isinstance(event, Signed)
        assert (event.name, event.role, ink_of(event, OPERATOR)) == (HEAD, "head", SEEN)
        case = await at.case()
        assert case.stage is Stage.WRITTEN_OFF
        assert not [each for each in case.sign_offs if each.owed]
        assert not any(
            draft.body for draft in await at.night.run_on_desk(lambda d: d.store.drafts())
        )


@pytest.mark.rule("E-09")
async def test_what_is_missing_of_the_ink_is_named_and_nothing_typed_is_lost(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await to_ink(at)
        await press(at.pilot, "f10")
        assert "Write on which paper it is signed" in at.message
        await press(at.pilot, *"form 07", "f10")
        assert "Write on which page" in at.message
        await press(at.pilot, "escape", "escape")
        assert isinstance(at.top(), BoardScreen)
        await press(at.pilot, "f6")
        asked = form(at)
        assert asked.how is SignedBy.INK
        typed = [field.typed() for field in fields_of(asked)]
        assert {text for each in typed for text in each.values()} == {"ink", "form 07"}
        assert (await at.case()).written_off_at is None
        asked.focus_missing()
        await press(at.pilot, "2", "f10")
        assert ink_of(await last_signed(at), OPERATOR) == SEEN


@pytest.mark.rule("E-09")
async def test_nobody_is_witness_to_themselves(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, facts=FIRE, after=OVER) as at:
        await at.night.run_on_desk(lambda d: add_head(d, OPERATOR, "head", PIN))
        await to_ink(at)
        await press(at.pilot, *["backspace"] * 4)
        await type_text(at.pilot, OPERATOR)
        await press(at.pilot, "enter")
        form(at).focus_missing()
        await press(at.pilot, *"form 07", "enter", "2", "f10")
        assert f"Nobody is witness to the own signature: {OPERATOR} signs by PIN." in at.message
        assert "form 07" in at.shown
        case = await at.case()
        assert (case.written_off_at, case.sign_offs) == (None, ())


@pytest.mark.rule("E-09")
async def test_ink_makes_good_what_was_agreed_by_phone(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await press(at.pilot, "f6", "2", "enter", "1")
        form(at).way.focus()
        await press(at.pilot, "2", "f10")
        assert (await at.case()).sign_offs[0].owed
        assert "2 agreed by phone" not in at.shown, "it was agreed already"
        form(at).way.focus()
        await press(at.pilot, "2")
        assert form(at).how is SignedBy.PIN
        await press(at.pilot, "3", "enter", *"form 07", "enter", "2", "f10")
        case = await at.case()
        assert case.stage is Stage.WRITTEN_OFF
        (only,) = case.sign_offs
        assert (only.how, only.owed, only.ink) == (SignedBy.PHONE, False, SEEN)


async def test_a_pin_typed_where_the_name_goes_is_not_shown(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await to_ink(at)
        focused = at.pilot.app.screen.focused
        assert isinstance(focused, Field)
        await press(at.pilot, *HEAD_PIN)
        assert focused.value == HEAD
        assert HEAD_PIN not in at.shown


async def test_the_closing_paper_is_signed_in_ink_on_itself(tmp_path: Path) -> None:
    off = cmd.WriteOff(by=FeedbackBy.WORD, source="x", satisfaction=Satisfaction.FAIR)
    async with on_leak(tmp_path, told=True, signers=True, after=(off,)) as at:
        await press(at.pilot, "f6", "escape", "8")
        number = (await at.case()).slip.number
        await press(at.pilot, "1")
        form(at).way.focus()
        await press(at.pilot, "2")
        assert form(at).how is SignedBy.PIN, "a paper is not signed by phone"
        await press(at.pilot, "3", "enter", "f10")
        event = await last_signed(at)
        assert isinstance(event, PaperSigned)
        assert (event.signer, event.role) == (HEAD, "head")
        assert ink_of(event, OPERATOR) == Ink(number, "1", OPERATOR)
        assert isinstance(at.top(), CloseScreen)
        assert f"in ink, seen by {OPERATOR}" in at.shown


async def test_a_step_that_a_role_signs_takes_their_ink(tmp_path: Path) -> None:
    layer_with(tmp_path, 'id = "aftermath_over"\n', 'id = "aftermath_over"\nsigner = "head"\n')
    async with on_leak(tmp_path, told=True, signers=True) as at:
        await at.pilot.app.push_screen(opened(to_work("step:aftermath_over", at.case_id)))
        await settle(at.pilot)
        await press(at.pilot, *"done")
        form(at).way.focus()
        await press(at.pilot, "3", "enter", *"form 07", "enter", "2", "f10")
        assert (await at.kinds())[-2:] == ["step_recorded", "signed"]
        event = await last_signed(at)
        assert isinstance(event, Signed)
        assert (event.subject, event.name, ink_of(event, OPERATOR)) == (
            "aftermath_over",
            HEAD,
            SEEN,
        )


async def test_once_ink_is_chosen_nothing_is_said_of_a_wrong_pin_any_more(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    path = tmp_path / "site" / "emergency.toml"
    text = path.read_text(encoding="utf-8")
    signed = 'id = "aftermath_over"\nsigner = "head"\n'
    path.write_text(text.replace('id = "aftermath_over"\n', signed), "utf-8")
    async with on_leak(tmp_path, told=True, signers=True) as at:
        await at.pilot.app.push_screen(opened(to_work("step:aftermath_over", at.case_id)))
        await settle(at.pilot)
        await press(at.pilot, *"done")
        form(at).focus_missing()
        await press(at.pilot, *"9999", "f10")
        assert "PIN" in at.message
        form(at).way.focus()
        assert "PIN" in at.message
        await press(at.pilot, "3")
        assert at.message.strip() == ""


async def test_a_digit_that_is_no_way_to_sign_is_no_result_of_a_call(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    path = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "reported"\n', 'id = "reported"\nsigned = true\n'), "utf-8")
    async with on_leak(tmp_path, told=True, signers=True, facts=("group",)) as at:
        await at.pilot.app.push_screen(opened(to_work("step:reported", at.case_id)))
        await settle(at.pilot)
        before = await at.kinds()
        form(at).way.focus()
        await press(at.pilot, "2", "4", "6", "8", "0", "7", "9")
        assert await at.kinds() == before, "2 would be: nobody answered"
        assert form(at).how is SignedBy.PIN
        assert isinstance(at.top(), StepScreen)


async def test_the_heads_decision_is_signed_in_ink(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True) as at:
        await at.night.run_on_desk(lambda d: d.clock.now())
        at.night.clock.forward(days=7)
        await at.night.run_on_desk(
            lambda d: put_line(d, at.case_id, ReviewOutcome.CANNOT, "no parts")
        )
        await at.pilot.app.push_screen(opened(to_work("decide", at.case_id)))
        await settle(at.pilot)
        await press(at.pilot, "1", *"ask the maker")
        form(at).way.focus()
        await press(at.pilot, "3", "enter", *"form 07", "enter", "2", "f10")
        event = await last_signed(at)
        assert isinstance(event, Signed)
        assert (event.subject, event.name, ink_of(event, OPERATOR)) == ("method:1", HEAD, SEEN)
        assert not (await at.case()).stuck


async def test_the_weeks_mark_and_the_months_comment_take_ink_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        await night.run_on_desk(lambda it: add_head(it, HEAD, "head", HEAD_PIN))
        async with night.running() as pilot:
            await press(pilot, "f8", "2", "3", "enter")
            pilot.app.screen.query_one(SigningForm).way.focus()
            await press(pilot, "3", "enter", *"form 07", "enter", "2")
            await press(pilot, "escape", "escape", "2", "3", "enter")
            pilot.app.screen.query_one(SigningForm).focus_missing()
            assert pilot.app.screen.query_one(SigningForm).signing is not None, "it was kept"
            await press(pilot, "f10")
            check = await night.run_on_desk(read_check)
            assert check.signed is not None
            assert (check.signed.name, check.signed.ink) == (HEAD, SEEN)
            night.clock.forward(days=12)
            await night.run_on_desk(lambda it: report_month(it, "2026-11", "fine"))
            await press(pilot, "escape", "3")
            assert on_top(pilot) == "MonthScreen"
            await press(pilot, "9", *"good")
            pilot.app.screen.query_one(SigningForm).way.focus()
            await press(pilot, "3", "enter", *"form 07", "enter", "2", "f10")
            signed = (await night.run_on_desk(lambda it: read_month(it, "2026-11"))).sign_off
            assert signed is not None
            assert (signed.name, signed.remark, signed.ink) == (HEAD, "good", SEEN)


@pytest.mark.rule("E-06")
@pytest.mark.rule("E-07")
async def test_after_the_write_off_f5_still_leads_to_what_is_followed(tmp_path: Path) -> None:
    off = cmd.WriteOff(
        by=FeedbackBy.WORD,
        source="x",
        satisfaction=Satisfaction.FAIR,
        signed={"head": HEAD},
        ink={"head": Ink("form 07", "2")},
    )
    after = (
        cmd.NameEmergency(kind="fire"),
        cmd.StandDown(note="put out", why="nobody answered"),
        off,
    )
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=after) as at:
        assert (await at.case()).stage is Stage.WRITTEN_OFF
        file = await at.night.run_on_desk(lambda d: read_case(d, at.case_id))
        steps = [step.id for step in file.steps_open]
        await press(at.pilot, "f5")
        assert isinstance(at.top(), FollowUpScreen)
        told = " ".join(at.top().help_lines())  # type: ignore[attr-defined]
        assert "[E-06]" in told
        assert "[E-07]" in told
        await press(at.pilot, str(6 + steps.index("handling_followed")))
        assert isinstance(at.top(), StepScreen)
        await press(at.pilot, *"all dry", "enter")
        assert "handling_followed" in (await at.case()).steps
        owed = (await at.night.run_on_desk(lambda d: d.record(at.case_id))).duties
        assert [d.rule for d in owed if d.pending and d.rule in ("E-06", "E-07")] == ["E-07"]


@pytest.mark.rule("E-06")
async def test_the_emergencys_own_screen_leads_on_to_it_after_the_write_off(tmp_path: Path) -> None:
    off = cmd.WriteOff(
        by=FeedbackBy.WORD,
        source="x",
        satisfaction=Satisfaction.FAIR,
        signed={"head": HEAD},
    )
    after = (
        cmd.NameEmergency(kind="fire"),
        cmd.StandDown(note="put out", why="nobody answered"),
        off,
    )
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=after) as at:
        await at.pilot.app.push_screen(opened(to_work("emergency", at.case_id)))
        await settle(at.pilot)
        assert "F5 follow up: what goes on after the write-off" in at.shown
        await press(at.pilot, "f5")
        assert isinstance(at.top(), FollowUpScreen)
        assert "[E-06]" in " ".join(at.top().help_lines())  # type: ignore[attr-defined]
