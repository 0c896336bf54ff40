"""A PIN goes into its own field or nowhere; what the closing form still lacks is said as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.pin import PinField
from tests.desk.heads import add_head
from tests.tui.case.test_close import VERIFIED, WRITE_OFF, on_paper
from tests.tui.case.test_close_phone import agree, to_the_pin
from tests.tui.leak import HEAD_PIN, OVER, PIN, Desk, on_leak
from tests.tui.support import OPERATOR, press

STATION = (
    cmd.JudgeValid(),
    *(
        cmd.RecordStep(
            step=step,
            person="王芳",
            note="done",
            values=VERIFIED if step == "verified" else {},
        )
        for step in ("verified", "resident_informed", "home_visited", "agreed")
    ),
    WRITE_OFF,
)


def in_pin(at: Desk) -> bool:
    """Whether the focus is in a field that shows nothing of what is typed."""
    focused = at.pilot.app.screen.focused
    return isinstance(focused, Field) and focused.password


async def test_enter_goes_from_the_number_past_the_signer_into_the_pin(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "1", "enter", *"FW-9", "enter")
        assert in_pin(at)
        assert at.pilot.app.screen.query_one(Picker).value == OPERATOR
        await press(at.pilot, "enter")
        assert in_pin(at), "Enter does not pass an empty PIN by"
        await press(at.pilot, *PIN, "enter", *"B3", "f10", "1")
        assert (await at.kinds())[-1] == "paper_signed"
        assert (await at.case()).slip.signed_by == OPERATOR


async def test_f10_without_a_pin_and_a_wrong_one_lead_to_the_pin(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "1", "enter", *"FW-9", "f10", "1")
        assert in_pin(at)
        await press(at.pilot, *"0000", "tab", "tab", "tab", "f10")
        assert "Wrong PIN" in at.message
        assert in_pin(at)
        await press(at.pilot, *PIN)
        assert PIN not in at.shown
        await press(at.pilot, "f10")
        assert (await at.kinds())[-1] == "paper_signed"


async def test_a_pin_that_misses_its_field_runs_no_act(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        before = await at.kinds()
        await press(at.pilot, "f10", *"4608")
        await press(at.pilot, "shift+tab", *"4608", "tab", *"4608")
        assert isinstance(at.top(), CloseScreen)
        at.pilot.app.screen.set_focus(None)
        await press(at.pilot, *"4608")
        assert isinstance(at.top(), CloseScreen)
        assert await at.kinds() == before
        await press(at.pilot, "escape", "f10", *"4608")
        assert await at.kinds() == before, "a refused F10 takes the digits back from the screen"


async def test_an_emergency_write_off_by_enter_ends_in_the_pin(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await at.night.run_on_desk(lambda d: add_head(d, "孙明远", "head", "753186"))
        await press(at.pilot, "f6", "1", "enter", "1", *["enter"] * 3)
        await press(at.pilot, *HEAD_PIN)
        assert HEAD_PIN not in at.shown
        await press(at.pilot, "f10")
        assert "signature" in at.message
        assert isinstance(at.pilot.app.screen.focused, Picker), "two heads: who of them signs?"
        await press(at.pilot, *"9999")
        assert in_pin(at)
        assert "9999" not in at.shown


async def test_a_wrong_pin_of_the_head_leads_back_to_the_pin(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await press(at.pilot, "f6", "1", "enter", "1", "f10", *PIN, "shift+tab", "shift+tab", "f10")
        assert "Wrong PIN" in at.message
        assert in_pin(at)


async def test_of_half_a_feedback_the_other_half_is_missing(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        await press(at.pilot, "f6", "2", *["backspace"] * 3, "f10")
        assert "who confirmed it" in at.message
        assert "Who confirmed it is done, and how" not in at.message
        assert at.pilot.app.screen.focused is at.pilot.app.screen.query_one("#item-0")


async def test_what_finality_lacks_goes_when_it_is_recorded(tmp_path: Path) -> None:
    visited = cmd.RecordStep(step="station_visit", person="林秀英", note="dry")
    async with on_leak(
        tmp_path, told=True, facts=("again", "unmet"), procedure="resident-station", after=STATION
    ) as at:
        await press(at.pilot, "f6")
        assert "Return visit" in at.pilot.app.screen.query_one("#lacks", Lines).text
        at.night.clock.forward(hours=25)
        await at.night.perform(at.case_id, visited)
        await at.pilot.app.take_news()  # type: ignore[attr-defined]
        await press(at.pilot)
        assert "Return visit" not in at.pilot.app.screen.query_one("#lacks", Lines).text


async def test_nothing_typed_is_nothing_to_come_back(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True) as at:
        for _ in range(2):
            await press(at.pilot, "f6")
            assert "still here" not in at.message
            at.pilot.app.screen.tick(at.night.clock.now())  # type: ignore[attr-defined]
            await press(at.pilot, "escape")
            assert isinstance(at.top(), BoardScreen)
        await press(at.pilot, "f6", "2", "escape", "escape", "f6")
        assert "still here" in at.message


def pin_typed(at: Desk) -> str:
    """What stands in the field of the PIN."""
    return next(field.value for field in at.pilot.app.screen.query(PinField))


@pytest.mark.rule("E-09")
async def test_a_digit_for_the_next_act_begins_no_pin_when_the_form_comes_up_again(
    tmp_path: Path,
) -> None:
    """Agreed by phone, the PIN alone is missing: it has the focus, and acts have digits."""
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await agree(at)
        await press(at.pilot, "escape", "escape", "f6")
        assert in_pin(at)
        for key in "45":
            await press(at.pilot, key)
            assert pin_typed(at) == ""
            assert isinstance(at.top(), CloseScreen)
            assert f"{key} is not taken" in at.message
        await press(at.pilot, "escape", "4")
        assert isinstance(at.top(), StepScreen), "the digit of the act is the act's"
        await press(at.pilot, "escape", "escape")
        assert isinstance(at.top(), CloseScreen)
        await press(at.pilot, "tab", "tab", "shift+tab", "shift+tab")
        await press(at.pilot, "escape", "escape", "f6", "enter", *HEAD_PIN)
        assert pin_typed(at) == HEAD_PIN, "Enter goes to the PIN, and all of it is taken"
        await press(at.pilot, "f10")
        assert not [owed for owed in (await at.case()).sign_offs if owed.owed]


@pytest.mark.parametrize(("apart", "bounced"), [(0.299, True), (0.301, False)])
async def test_the_digit_that_brought_a_signature_up_begins_no_pin_while_it_is_held_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float, bounced: bool
) -> None:
    monkeypatch.setattr(twice, "TWICE_WITHIN", 2.0)
    async with on_leak(tmp_path, told=True, signers=True, facts=(Fact.FIRE,), after=OVER) as at:
        await to_the_pin(at)
        presses = at.pilot.app.presses  # type: ignore[attr-defined]
        for late in (0.0, apart):
            key = Key("4", "4")
            key.time = 1000.0 + late
            presses.note(key)
        pin = at.pilot.app.screen.query_one(PinField)
        await pin.on_key(key)
        await press(at.pilot)
        assert key._no_default_action is bounced
        assert ("4 was still held down" in at.message) is bounced
        pin.value = "4"
        again = Key("4", "4")
        again.time = key.time
        await pin.on_key(again)
        assert not again._no_default_action, "within a PIN the same figure twice is twice"
