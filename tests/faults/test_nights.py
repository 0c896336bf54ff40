"""The judge of the nights: it finds a desk that misses a duty, and the steps that it takes."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case import evolve
from dispatcher_tui.domain.record.events import PromiseMade
from tests.faults import nights
from tests.faults.nights import Step


@pytest.fixture
def made(tmp_path: Path) -> nights.Template:
    return nights.template(tmp_path / "template", nights.PROCEDURES[0])


def _nothing(desk: Desk) -> list[Done]:
    return []


def test_a_desk_that_does_not_fire_is_found_and_told_in_few_steps(
    made: nights.Template, tmp_path: Path
) -> None:
    steps = nights.plan(1)
    with patch.object(Desk, "fire", _nothing):
        night = nights.begin(made, tmp_path / "night")
        assert nights.tell(night, steps).startswith("missed:")
        night.desk.store.close()
        fewer = nights.fewest(made, tmp_path / "again", steps)
    assert 0 < len(fewer) <= 3
    night = nights.begin(made, tmp_path / "night")
    assert nights.tell(night, fewer) == ""
    night.desk.store.close()


def test_a_promise_that_is_not_kept_in_mind_is_found_by_hand(
    made: nights.Template, tmp_path: Path
) -> None:
    """Where the desk itself says that nothing is owed, only the second opinion knows better."""
    forgotten = {**evolve._STEPS}
    forgotten[PromiseMade] = lambda case, entry, event: case
    steps = [step for seed in range(4) for step in nights.plan(seed)]
    with patch.dict(evolve._STEPS, forgotten):
        night = nights.begin(made, tmp_path / "night")
        assert "by hand:" in nights.tell(night, steps)
        night.desk.store.close()


def test_a_night_is_the_same_when_it_is_told_again() -> None:
    assert nights.plan(7) == nights.plan(7)
    assert {step.what for seed in range(40) for step in nights.plan(seed)} == set(nights.HAPPENS)
    assert all(isinstance(step, Step) for step in nights.plan(7))
