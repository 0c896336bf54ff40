"""E-09: agreed by phone is pending; the stage stays until the head's PIN makes it good."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import Signed
from dispatcher_tui.domain.words.terms import Fact, SignedBy, Stage
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.item_signature import ItemSignature
from tests.desk.heads import add_head
from tests.tui.leak import HEAD, HEAD_PIN, OVER, Desk, on_leak
from tests.tui.story import EVERYWHERE
from tests.tui.support import Language, Size, press

FIRE = (Fact.FIRE,)


async def to_the_choice(at: Desk) -> None:
    """F6, told by phone, satisfied; then past the PIN to what stands under it."""
    await press(at.pilot, "f6", "2", "enter", "1")
    at.pilot.app.screen.query_one(ItemSignature).way.focus()
    await press(at.pilot)


async def to_the_pin(at: Desk) -> None:
    """F6, told by phone, satisfied; the head's PIN is next."""
    await press(at.pilot, "f6", "2", "enter", "1")
    at.pilot.app.screen.query_one(ItemSignature).signature.focus_missing()
    await press(at.pilot)
    pin = at.pilot.app.screen.focused
    assert isinstance(pin, Field)
    assert pin.password


async def agree(at: Desk, *remark: str) -> None:
    """The head agrees by phone."""
    await to_the_choice(at)
    await press(at.pilot, "2", "enter", *remark, "f10")


@pytest.mark.rule("E-09")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_agreed_by_phone_is_pending_and_the_stage_stays(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with on_leak(
        tmp_path, told=True, signers=True, facts=FIRE, after=OVER, size=size, lang=lang
    ) as at:
        before = (await at.case()).stage
        await agree(at, *"from home")
        event = (await at.night.run_on_desk(lambda d: d.store.entries(at.case_id)))[-1].event
        assert isinstance(event, Signed)
        assert (event.name, event.how, event.remark) == (HEAD, SignedBy.PHONE, "from home")
        case = await at.case()
        assert case.stage is before
        assert case.written_off_at is None
        assert isinstance(at.top(), CloseScreen)
        assert "11-23 17:30" in at.message
        assert HEAD in at.shown
        duties = (await at.night.run_on_desk(lambda d: d.record(at.case_id))).duties
        owed = [d for d in duties if d.pending and d.do == "sign"]
        assert [d.rule for d in owed] == ["E-09"]


@pytest.mark.rule("E-09")
async def test_enter_on_the_empty_pin_leads_to_the_telephone_and_costs_no_try(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await to_the_pin(at)
        await press(at.pilot, "enter", "2", "f10")
        case = await at.case()
        assert [owed.name for owed in case.sign_offs if owed.owed]
        operator = await at.night.run_on_desk(lambda d: d.store.operator(HEAD))
        assert operator is not None
        assert operator.failures == 0


@pytest.mark.rule("E-09")
async def test_a_digit_that_went_astray_into_the_pin_is_no_wrong_try(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await to_the_pin(at)
        await press(at.pilot, "1", "f10")
        assert "4 to 12 digits" in at.message
        operator = await at.night.run_on_desk(lambda d: d.store.operator(HEAD))
        assert operator is not None
        assert operator.failures == 0
        assert (await at.case()).written_off_at is None


@pytest.mark.rule("E-09")
async def test_while_it_is_pending_nothing_is_written_off(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await agree(at)
        await press(at.pilot, "f10")
        assert "Not yet: The head's signature" in at.message
        assert (await at.case()).written_off_at is None


@pytest.mark.rule("E-09")
async def test_the_heads_pin_makes_it_good_and_the_write_off_goes_through(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await agree(at)
        await press(at.pilot, "escape", "escape")
        assert isinstance(at.top(), BoardScreen)
        at.night.clock.forward(hours=10)
        await press(at.pilot, "f6")
        assert "agreed by phone" in at.shown
        assert "What you typed before is still here." in at.message
        await press(at.pilot, "enter", *HEAD_PIN, "f10")
        case = await at.case()
        assert case.stage is Stage.WRITTEN_OFF
        assert not [each for each in case.sign_offs if each.owed]
        signed = [
            entry.event
            for entry in await at.night.run_on_desk(lambda d: d.store.entries(at.case_id))
            if isinstance(entry.event, Signed)
        ]
        assert [event.how for event in signed] == [SignedBy.PHONE, SignedBy.PIN]
        assert signed[1].of == case.sign_offs[0].key


async def test_the_head_may_sign_while_the_checklist_lacks_something_else(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await press(at.pilot, "f6")
        asked = at.pilot.app.screen.query_one(ItemSignature)
        asked.way.focus()
        await press(at.pilot, "2", "f10")
        at.pilot.app.screen.query_one(ItemSignature).focus_missing()
        await press(at.pilot, *HEAD_PIN, "f10")
        assert f"{HEAD} has signed." in at.message
        assert "Not yet:" in at.message
        assert f"* signed by {HEAD} 22:47" in at.shown
        case = await at.case()
        assert case.written_off_at is None
        assert not [each for each in case.sign_offs if each.owed]


async def test_a_wrong_pin_leaves_it_owed(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await agree(at)
        at.pilot.app.screen.query_one(ItemSignature).focus_missing()
        await press(at.pilot, *"0000", "f10")
        assert "Wrong PIN" in at.message
        case = await at.case()
        assert [each.name for each in case.sign_offs if each.owed] == [HEAD]
        assert case.written_off_at is None


async def test_somebody_else_than_the_rosters_head_is_typed(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await at.night.run_on_desk(lambda d: add_head(d, "孙明远", "head", "753186"))
        await to_the_choice(at)
        await press(at.pilot, "2", *["backspace"] * 3, "f10")
        assert "Enter who agreed by phone." in at.message
        await press(at.pilot, *"Sun", "f10")
        assert "孙明远, 陈志强" in at.message, "nobody of that name is the head"
        assert not (await at.case()).sign_offs
        await press(at.pilot, *["backspace"] * 3, *"孙明远", "f10")
        assert [each.name for each in (await at.case()).sign_offs] == ["孙明远"]


async def test_the_choice_taken_back_asks_for_the_pin_again(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=FIRE, after=OVER) as at:
        await to_the_choice(at)
        await press(at.pilot, "2")
        assert "Remark" in at.shown
        at.pilot.app.screen.query_one(ItemSignature).way.focus()
        await press(at.pilot, "1")
        assert "Remark" not in at.shown
        await press(at.pilot, "f10")
        assert "Not yet: The head's signature" in at.message
        assert not (await at.case()).sign_offs


async def test_an_ordinary_case_asks_for_no_signature(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True) as at:
        await press(at.pilot, "f6")
        assert not at.pilot.app.screen.query(ItemSignature)
