"""A place typed where the kind is asked: its first figure is no kind of call."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import IntakeKind
from dispatcher_tui.tui import twice
from tests.tui.calls import form, message
from tests.tui.support import burst, desk, press

NEAR = 60.0
"""Seconds: longer than any test takes."""


@pytest.mark.parametrize("digit", ["1", "2", "3"])
async def test_a_place_typed_at_once_is_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digit: str
) -> None:
    monkeypatch.setattr(twice, "RINGS_AFTER", NEAR)
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", digit, "-")
        assert form(pilot).place == f"{digit}-"
        assert f"{digit} is the first figure of the place" in message(pilot)
        await press(pilot, *"2-1502")
        assert (form(pilot).place, form(pilot).kind) == (f"{digit}-2-1502", IntakeKind.COMPLAINT)
        assert form(pilot).case == ""


async def test_the_kind_chosen_before_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twice, "RINGS_AFTER", NEAR)
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "3", "shift+tab", "1", "-", "2")
        assert (form(pilot).place, form(pilot).kind) == ("1-2", IntakeKind.ENQUIRY)


async def test_in_one_burst_it_is_joined_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twice, "RINGS_AFTER", NEAR)
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "3")
        await burst(pilot, *"-2-1502")
        assert (form(pilot).place, form(pilot).kind) == ("3-2-1502", IntakeKind.COMPLAINT)


@pytest.mark.parametrize(("late", "joined"), [(-0.001, True), (0.0, False), (0.001, False)])
async def test_later_it_is_told_as_wrong_and_blocks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: float, joined: bool
) -> None:
    monkeypatch.setattr(twice, "RINGS_AFTER", 3.0)
    async with desk(tmp_path) as night, night.running() as pilot:
        clock = {"at": 100.0}
        monkeypatch.setattr(twice.Presses, "last", property(lambda _each: ("", clock["at"])))
        await press(pilot, "f2", "3")
        clock["at"] += 3.0 + late
        await press(pilot, *"-2-1502")
        assert form(pilot).place == ("3-2-1502" if joined else "-2-1502")
        assert form(pilot).kind is (IntakeKind.COMPLAINT if joined else IntakeKind.ENQUIRY)
        await press(pilot, "enter")
        assert ("first figure is missing" in message(pilot)) is not joined
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "phone"
