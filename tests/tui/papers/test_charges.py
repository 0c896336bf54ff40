"""Charges from F8: handed over once with a yes, printed; a correction is a difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.tui.screens.papers.charges import ChargesScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.domain.support import local
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import Language, Night, Size, desk, picture, press, type_text

PAPER = (
    DONE,
    cmd.ReceivePaper(number="FW-000001"),
    cmd.SignPaper(signer="李建国", role="dispatcher"),
    cmd.FilePaper(binder="2026-11", page="7", charge_fen=8000),
)


async def charged(night: Night) -> str:
    """A case whose paper charges eighty yuan; the desk owes the list of November."""
    night.desk.printer = printer()
    night.clock.at = local("2026-11-24 09:00")
    return await leak(night, REACHED, *PAPER)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_both_pages_stand_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path, at=local("2026-10-31 09:00")) as night:
        await charged(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "5")
            assert_whole(pilot, "FW-000001", "261124-01", "80.00", "2026-11", screen=ChargesScreen)
            assert_whole(pilot, "11-25 24:00")
            await press(pilot, "f10")
            assert pilot.app.focused is pilot.app.screen.query_one("#to")
            await type_text(pilot, "许婷")
            await press(pilot, "f10")
            assert_whole(pilot, "许婷", "80.00")
            await press(pilot, "2")
            assert_whole(pilot, "2026-11", "许婷", "80.00")


@pytest.mark.rule("P0-08")
async def test_handed_over_once_and_a_correction_shows_as_a_difference(tmp_path: Path) -> None:
    async with desk(tmp_path, at=local("2026-10-31 09:00")) as night:
        case_id = await charged(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "5", "3", *"Xu", "f10", "enter")
            assert message(pilot) == "Nothing was written down."
            await press(pilot, "f10", "1")
            assert "Saved:" in message(pilot)
            assert "charges-2026-11.pdf" in message(pilot).replace("\n", "")
            await press(pilot, "8")
            assert "Copy 1 was saved" in message(pilot)
            assert "copies 1" in picture(pilot)
            await press(pilot, "1")
            assert "No list is asked for now." in picture(pilot)
            assert pilot.app.screen.query_one(PickLines).lines == ()
            assert pilot.app.screen.query_one("#to", Field).value == "Xu"
            await press(pilot, "f10", "1")
            assert message(pilot) == "There is nothing to hand over."
            await night.perform(case_id, cmd.Correct(field="charge", value="75", reason="price"))
            await press(pilot, "escape", "5")
            (row,) = pilot.app.screen.query_one(PickLines).lines
            assert "-5.00" in row
            assert "80.00 handed over before" in row


async def test_a_charge_is_corrected_on_its_case(tmp_path: Path) -> None:
    async with desk(tmp_path, at=local("2026-10-31 09:00")) as night:
        case_id = await charged(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "end", "x", "6")
            assert on_top(pilot) == "CorrectScreen"
            field = pilot.app.screen.query_one("#value-charge", Field)
            assert field.value == "80.00"
            await press(pilot, *"12.5", "enter", *"price", "f10")
            case = await night.run_on_desk(lambda it: it.record(case_id).case)
            assert case.slip.charge_fen == 1250
