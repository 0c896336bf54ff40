"""Keys that come all at once go where they would have gone one by one."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from tests.tui.support import PLACE, burst, desk, press, settle

CALL = ("f2", "1", *PLACE, "enter", *"139x", "backspace", *"0", "tab", *"Li", "enter")


async def test_a_whole_call_in_one_packet(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await burst(pilot, *CALL, *"wet wall", "enter", *"ls", "enter", "1", "4", "f10")
        await settle(pilot)
        assert isinstance(pilot.app.screen, NotifyScreen)
        (record,) = await night.run_on_desk(lambda d: list(d.store.all_cases()))
        case = record.case
        assert (case.place, case.verbatim, case.category) == (PLACE, "wet wall", "leak")
        assert case.facts == (Fact.NOW, Fact.GROUP)
        assert case.caller is not None
        assert (case.caller.phone, case.caller.name) == ("1390", "Li")


async def test_a_packet_and_single_keys_after_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await burst(pilot, *CALL)
        await press(pilot, *"wet")
        await burst(pilot, *" wall", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, IntakeScreen)
        assert screen.filled.said == "wet wall"
        await burst(pilot, "escape", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, BoardScreen)
