"""The same hand everywhere: what a key does on one screen it does on all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from dispatcher_tui.tui.actions import ACTIONS
from dispatcher_tui.tui.keys import hint_for, working_key
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.discard_question import DiscardQuestion
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from tests.house.digits import in_one_go
from tests.house.source import PACKAGE, modules, name_of, parsed
from tests.look.screens import Demo, all_screens, demo_running, opened
from tests.tui.support import press, settle

OTHER_YES = {
    "dispatcher_tui/tui/screens/emergency/no_calls.py": "1 may be a figure of the place",
    "dispatcher_tui/tui/screens/emergency/asked_place.py": "1 may be a figure of the place",
}
"""Where the answer that goes on is not 1, and why."""

HELD = {"EmergencyScreen", "OutageScreen"}
"""The screens that Esc does not lead away from, and which say so: the post is held, what was missed
is to be read."""

ENTER_COMMITS = {
    "AddHouseholdNoteScreen": "the note can be ended again",
    "ChargesScreen": "it asks first",
    "DaysAwayScreen": "the days away can be ended again",
    "EmergencyReason": "what flared up can be stood down again",
    "EndHouseholdNoteScreen": "the note can be written again",
    "FollowUpScreen": "Ctrl+Z takes it back",
    "HandBackScreen": "it can be handed out again",
    "HandOutScreen": "it can be taken back again",
    "HandOverScreen": "it goes on to the next step and signs nothing",
    "LockScreen": "the PIN opens what was locked; it can be locked again",
    "NightChangeScreen": "the change can be ended again",
    "NoticesScreen": "the notice can be withdrawn",
    "RoundScreen": "the round can be recorded again",
    "PanelTestScreen": "the test can be ended",
    "ResponderScreen": "whoever was not spoken to is asked about first; the next stage follows",
    "ReviewScreen": "Ctrl+Z takes the line back",
    "ShiftScreen": "whoever was on watch signs in again",
    "StandDownScreen": "it asks first",
    "StepScreen": "Ctrl+Z takes it back",
    "WhoGoes": "he can be written down as back",
    "TypicalScreen": "the case can be taken in again",
    "VoidScreen": "it asks first",
}
"""The screens on which Enter in the last field commits, and how that is taken back."""


def answers() -> Iterator[tuple[str, str, str]]:
    """Every answer to a question: its file, its value, its keys, as far as they are written out."""
    for path in modules(PACKAGE / "tui"):
        for node in ast.walk(parsed(path)):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AnswerKey"
            if called and isinstance(node, ast.Call):
                value, _text, keys = node.args
                if isinstance(value, ast.Constant) and isinstance(keys, ast.Constant):
                    yield name_of(path), str(value.value), str(keys.value)


def test_yes_is_1_and_no_is_never_a_digit_but_0() -> None:
    found = list(answers())
    assert len(found) > 40
    other = {file for file, value, keys in found if value == "yes" and not keys.startswith("1")}
    assert other == set(OTHER_YES)
    digits = {file for file, value, keys in found if value == "no" and set(keys) & set("123456789")}
    assert digits == set()


def test_no_letter_answers_a_question() -> None:
    assert {
        (file, value) for file, value, keys in answers() if keys and not keys.isdigit()
    } == set()


def committing_classes() -> set[str]:
    """The classes whose Enter in a field calls their ``commit``."""
    found = set()
    for path in modules(PACKAGE / "tui" / "screens"):
        for owner in ast.walk(parsed(path)):
            if not isinstance(owner, ast.ClassDef):
                continue
            for node in owner.body:
                named = isinstance(node, ast.AsyncFunctionDef) and node.name == "accept_field"
                if named and "self.commit()" in ast.unparse(node):
                    found.add(owner.name)
    return found


def test_enter_commits_nothing_that_cannot_be_taken_back() -> None:
    assert committing_classes() == set(ENTER_COMMITS)


def test_enter_on_the_last_field_never_goes_on_to_the_first() -> None:
    wraps = {
        name_of(path)
        for path in modules(PACKAGE / "tui")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "focus_next"
    }
    assert wraps == {"dispatcher_tui/tui/widgets/pin.py"}, "only enter_on knows where it ends"


def test_a_key_that_never_arrives_is_hinted_by_the_way_that_works() -> None:
    gone = frozenset(action.key for action in ACTIONS)
    for action in ACTIONS:
        shown, other = hint_for(action.id).key, hint_for(action.id, swallowed=gone).key
        assert shown == action.key_name
        if action.key.startswith("f"):
            assert other == (action.also if len(action.also) == 1 else "Ctrl+S"), action.id
            assert working_key(action, {"f13"}) == shown
    assert hint_for("emergency", swallowed={"f9"}).press == "e"
    assert hint_for("commit", swallowed={"f10"}).press == "ctrl+s"


async def back_to_board(demo: Demo) -> None:
    """Take away whatever lies over the board."""
    while len(demo.app.screen_stack) > 2:
        demo.app.pop_screen()
        await settle(demo.pilot)


def message(demo: Demo) -> str:
    return demo.app.screen.query_one("#message", Lines).text


async def rows(demo: Demo) -> int:
    found: int = await demo.run_on_desk(lambda desk: desk.store.rows())
    return found


@pytest.mark.slow
async def test_on_every_screen_a_choice_goes_on_and_esc_leads_back(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        with in_one_go():
            for name, kind in sorted(all_screens().items()):
                if not issubclass(kind, DeskScreen) or kind.locks:
                    continue
                screen = await opened(demo, kind)
                assert isinstance(screen, DeskScreen)
                bar = screen.query_one(HintBar).text
                assert "F9" in bar or name == "RealCallScreen", name
                await choices_go_on(demo, screen)
                if name not in HELD:
                    await esc_leads_back(demo, screen)
                await back_to_board(demo)


async def test_at_the_board_esc_does_nothing_but_say_so(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        before = await rows(demo)
        for _press in range(3):
            await press(demo.pilot, "escape")
            assert demo.app.screen is demo.app.board_screen
            assert "Esc leads nowhere from the board" in message(demo)
        assert await rows(demo) == before


async def choices_go_on(demo: Demo, screen: DeskScreen) -> None:
    """A digit in each choice of one leaves it for what comes next, and commits nothing."""
    for choice in list(screen.query(Choice)):
        chain = screen.focus_chain
        if choice.many or choice not in chain or type(choice) is not Choice:
            continue
        before = await rows(demo)
        screen.set_focus(choice)
        await settle(demo.pilot)
        await press(demo.pilot, str(choice.options[0].digit or 1) if choice.options else "1")
        if not choice.is_attached or demo.app.screen is not screen:
            continue  # it led to another form
        assert screen.focused is not choice or choice is chain[-1], f"{screen} stays at {choice}"
        assert await rows(demo) == before, f"{screen}: {choice} wrote something"


async def esc_leads_back(demo: Demo, screen: DeskScreen) -> None:
    """Esc leaves the field, then the screen, and writes nothing."""
    before = await rows(demo)
    for _press in range(4):
        if demo.app.screen is demo.app.board_screen:
            break
        await press(demo.pilot, "escape")
    assert demo.app.screen is demo.app.board_screen, f"{screen} is not left by Esc"
    assert await rows(demo) == before, f"Esc in {screen} wrote something"


@pytest.mark.slow
async def test_every_draft_can_be_discarded_by_one_key_that_asks(tmp_path: Path) -> None:
    asked: set[str] = set()
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        with in_one_go():
            for name, kind in sorted(all_screens().items()):
                if not issubclass(kind, AutosaveForm) or kind.locks:
                    continue
                screen = await opened(demo, kind)
                field = next((x for x in screen.focus_chain if type(x) is Field), None)
                if isinstance(field, Field) and field.autosave:
                    await discards(demo, screen, field)
                    asked.add(name)
                await back_to_board(demo)
    assert len(asked) > 15, asked


async def discards(demo: Demo, screen: object, field: Field) -> None:
    """Ctrl+R asks; 0 and Esc keep what is typed, 1 throws it away."""
    assert isinstance(screen, AutosaveForm)
    screen.set_focus(field)
    await settle(demo.pilot)
    await press(demo.pilot, "z", "z")
    typed = field.value
    assert "zz" in typed, f"{screen}: {field}"
    for no in ("0", "escape"):
        await press(demo.pilot, "ctrl+r")
        assert screen.query(DiscardQuestion), f"{screen} does not ask"
        await press(demo.pilot, no)
        assert not screen.query(DiscardQuestion)
        assert field.value == typed, f"{screen}: {no} threw it away"
    before = await rows(demo)
    await press(demo.pilot, "ctrl+r", "1")
    await settle(demo.pilot)
    left = demo.app.screen is not screen
    assert left or "zz" not in screen.query_one(f"#{field.id}", Input).value, f"{screen} keeps it"
    assert await rows(demo) == before, f"{screen} wrote something"
