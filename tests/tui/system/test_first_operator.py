"""A site on which nobody may sign in asks for its first operator; Esc leaves the program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from dispatcher_tui.desk.operators import lacks_operator
from dispatcher_tui.tui.screens.system.first_operator import FirstOperatorApp
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.crew import GONE, WANG, WANG_PIN, post_of, staff
from tests.tui.support import Night, desk, picture


@asynccontextmanager
async def asked(night: Night) -> AsyncIterator[Pilot[bool]]:
    """The form on its own."""
    async with FirstOperatorApp(night.session).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield pilot


def said(pilot: Pilot[bool]) -> str:
    return pilot.app.screen.query_one("#message", Lines).text


async def test_name_and_pin_twice_let_the_first_one_sign_in(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        assert await night.run_on_desk(lacks_operator)
        async with asked(night) as pilot:
            await pilot.press(*WANG, "enter", *WANG_PIN, "enter", *WANG_PIN)
            assert WANG_PIN not in picture(pilot)
            await pilot.press("enter")
            await pilot.pause()
        assert pilot.app.return_value is True
        assert not await night.run_on_desk(lacks_operator)
        assert (await post_of(night)).holder == WANG


async def test_what_is_wrong_is_said_and_the_form_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, asked(night) as pilot:
        await pilot.press("f10")
        assert said(pilot) == "Enter your name."
        await pilot.press(*WANG, "enter", *"12", "f10")
        assert said(pilot) == "A PIN has 6 to 12 digits."
        await pilot.press(*"5199", "enter", *"125198", "f10")
        assert said(pilot) == "The two PINs are not the same."
        await pilot.press("backspace", "9", "f10")
        await pilot.pause()
        assert (await post_of(night)).holder == WANG


async def test_a_name_that_may_no_longer_sign_in_is_taken(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        async with asked(night) as pilot:
            await pilot.press(*GONE, "enter", *"471109", "enter", *"471109", "f10")
            await pilot.pause()
            assert said(pilot).startswith("There is an operator")


async def test_esc_leaves_without_an_operator(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        async with asked(night) as pilot:
            await pilot.press("x", "escape")
            assert said(pilot).startswith("Esc leaves")
            await pilot.press("escape")
            await pilot.pause()
        assert pilot.app.return_value is False
        assert await night.run_on_desk(lacks_operator)
