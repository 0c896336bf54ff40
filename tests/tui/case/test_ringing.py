"""Somebody rings: said on any screen, taken by F2, nobody's name while the desk is locked."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.desk.case.ringing import RINGS_FOR, RingingFile
from dispatcher_tui.tui.heartbeat.who_rings import Ringing
from tests.tui.calls import form
from tests.tui.story import message
from tests.tui.support import PLACE, Night, desk, press

NUMBER = "13900003534"


def rings(night: Night, folder: Path, *numbers: str) -> Ringing:
    watch = Ringing(night.session, folder / "desk.sqlite3")
    for number in numbers:
        RingingFile(folder / "desk.sqlite3").add(number, night.clock.now())
    return watch


async def test_who_rings_is_said_and_f2_takes_number_home_and_name(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, "f7")
        rings(night, tmp_path, "10086", NUMBER).look(pilot.app)  # type: ignore[arg-type]
        await press(pilot)
        assert f"来电：{PLACE}  阎雅倩  {NUMBER}" in message(pilot)
        await press(pilot, "escape", "f2")
        assert (form(pilot).phone, form(pilot).place) == (NUMBER, PLACE)
        assert pilot.app.focused.id == "kind"  # type: ignore[union-attr]
        await press(pilot, "escape", "f2")  # The one before it, which is nobody's.
        assert (form(pilot).phone, form(pilot).place) == ("10086", "")


async def test_a_ring_that_is_over_is_not_taken(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        rings(night, tmp_path, NUMBER).look(pilot.app)  # type: ignore[arg-type]
        await press(pilot)
        night.clock.forward(seconds=int(RINGS_FOR.total_seconds()))
        await press(pilot, "f2")
        assert form(pilot).phone == ""


async def test_what_rang_before_the_desk_was_open_is_not_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        rings(night, tmp_path, NUMBER)
        Ringing(night.session, tmp_path / "desk.sqlite3").look(pilot.app)  # type: ignore[arg-type]
        await press(pilot)
        assert NUMBER not in message(pilot)
