"""``y`` and ``Y`` put a number, or the case as text, into the terminal's clipboard."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.copying import LONGEST
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.leak import on_leak
from tests.tui.support import PLACE, desk, press


def app_of(pilot: object) -> DispatcherApp:
    app = pilot.app  # type: ignore[attr-defined]
    assert isinstance(app, DispatcherApp)
    return app


def message(app: DispatcherApp) -> str:
    return app.screen.query_one("#message", Lines).text


async def test_the_number_of_the_chosen_case_and_the_case_as_text(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        told = await night.open_case(place=PLACE, said="卫生间漏水\x1b[2J到楼下", category="leak")
        async with night.running() as pilot:
            app = app_of(pilot)
            await press(pilot, "y")
            assert app.clipboard == told.case.number
            assert told.case.number in message(app)
            await press(pilot, "Y")
            text = app.clipboard
            assert text.splitlines()[0].startswith(told.case.number)
            assert "卫生间漏水" in text
            assert PLACE in text
            assert "\x1b" not in text
            assert message(app) == f"Copied as text: {told.case.number}"


async def test_without_a_case_it_says_so_and_copies_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        app = app_of(pilot)
        for key in ("y", "Y"):
            await press(pilot, key)
            assert app.clipboard == ""
            assert message(app)


async def test_of_a_person_it_is_the_number_that_stands_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        app = app_of(pilot)
        await press(pilot, "/", *"张伟", "escape", "y")
        assert app.clipboard.isdigit()
        assert len(app.clipboard) == 11
        assert app.clipboard in message(app)


async def test_a_letter_typed_into_a_field_copies_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="漏水", category="leak")
        async with night.running() as pilot:
            await press(pilot, "/", "y", "Y")
            assert app_of(pilot).clipboard == ""


async def test_what_a_terminal_would_drop_is_cut_and_that_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="水" * 20_000, category="leak")
        async with night.running() as pilot:
            app = app_of(pilot)
            await press(pilot, "Y")
            assert len(app.clipboard.encode()) <= LONGEST
            assert "its beginning" in message(app)


async def test_while_a_call_is_made_and_a_question_asked_it_is_the_number_that_stands_there(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "y")
        app = app_of(at.pilot)
        assert app.clipboard == "13900000113"
        before = await at.kinds()
        await press(at.pilot, "1", "Y")
        assert app.clipboard.splitlines()[0].startswith((await at.case()).number)
        await press(at.pilot, "y", "n")
        assert app.clipboard == "13900000113"
        assert at.pilot.app.screen.query_one(Question).asked, "no letter answers"
        assert list((await at.kinds())[len(before) :]) == [
            "assignee_named",
            "call_tried",
        ]
