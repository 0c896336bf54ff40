"""After a start the emergency stands there at once: a PIN typed by habit is nothing (E-05)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui import twice
from dispatcher_tui.tui.screens.emergency import just_started
from dispatcher_tui.tui.widgets import number_up
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.emergency.at_hand import fire
from tests.tui.emergency.on_screen import top
from tests.tui.emergency.test_emergency_post import begin
from tests.tui.rings import desk
from tests.tui.story import case_of, message
from tests.tui.support import press
from tests.tui.system.test_twice import Hand

pytestmark = pytest.mark.rule("E-05")


@pytest.mark.parametrize("pin", ["246813", "135792", "8613", "9024", "0157", "7777"])
@pytest.mark.parametrize(("after", "counts"), [(0.5, False), (4.75, False), (5.0, True)])
async def test_digits_right_after_the_start_are_no_results_and_stand_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pin: str, after: float, *, counts: bool
) -> None:
    async with desk(tmp_path) as night:
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot, "f9", "5", "1")
            case_id = top(pilot).case_id
        before = await night.run_on_desk(lambda it: len(it.store.entries(case_id)))
        monkeypatch.setattr(twice, "RINGS_AFTER", 3.0)
        monkeypatch.setattr(twice, "TOLD_AFTER", 5.0)
        clock = [1_000_000.0]
        for module in (just_started, number_up):
            monkeypatch.setattr(module, "moment", lambda: clock[0])
        async with night.running(begin=begin(night, None)) as pilot:
            hand = Hand(pilot)
            hand.at = clock[0]
            if counts:
                await hand.press("2", after)
                assert len((await case_of(night, case_id)).calls) == 2, "a result like any"
                return
            for at, digit in enumerate(pin):
                await hand.press(digit, after if not at else 0.4)
                assert message(pilot).startswith("NOT counted") or "pressed twice" in message(pilot)
            assert pilot.app.focused is None
            for name in ("place", "log"):
                assert top(pilot).query_one(f"#{name}", Field).value == ""
            assert await night.run_on_desk(lambda it: len(it.store.entries(case_id))) == before
            await hand.press("8", 3.0)
            assert pilot.app.focused is not None, "a while later it is the digit of the place"


@pytest.mark.parametrize("pin", ["246813", "135792", "402157", "6093", "1717"])
async def test_of_a_pin_typed_at_a_locked_desk_no_figure_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pin: str
) -> None:
    async with fire(tmp_path, monkeypatch, locked=True) as at:
        at.hand.at += 10
        await at.type(pin, 0.4)
        case = await at.case()
        assert (case.calls, case.called, case.place) == ((), (), "")
        assert pin not in at.said
