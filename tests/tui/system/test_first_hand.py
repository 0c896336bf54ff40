"""After a start over a held watch nobody gave a PIN: one typed by habit counts for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from dispatcher_tui.tui.first_hand import FirstHand
from tests.tui.emergency.test_emergency_post import begin, fire, on_watch
from tests.tui.rings import desk
from tests.tui.story import case_of, message, on_top
from tests.tui.support import press


def key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


@pytest.mark.parametrize("other", ["enter", "f12", "escape", "n"])
def test_digits_are_nothing_until_a_key_that_is_none(other: str) -> None:
    hand = FirstHand(asks=True)
    assert not hand.holds_back(key("1")), "only after a start over a held watch"
    assert hand.comes_up()
    assert [hand.holds_back(key(digit)) for digit in "0123４5678９"] == [True] * 10
    assert hand.is_told(key(other)) == (other == "enter")
    assert not hand.holds_back(key(other))
    assert not hand.holds_back(key("1"))
    assert not FirstHand(asks=False).comes_up(), "who left a drill for a call is there"


@pytest.mark.rule("E-05")
async def test_a_pin_typed_long_after_the_start_is_no_result(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await on_watch(night)
        case_id = await fire(night)
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot, "f12")
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot)
            assert on_top(pilot) == "EmergencyScreen"
            before = await night.run_on_desk(lambda it: len(it.store.entries(case_id)))
            assert "Enter, then digits count" in message(pilot), "said before any key"
            await press(pilot, *"246813")
            assert "Enter, then digits count" in message(pilot)
            assert await night.run_on_desk(lambda it: len(it.store.entries(case_id))) == before
            await press(pilot, "enter")
            assert message(pilot) == "李建国 is on watch: digits count now."
            assert (await case_of(night, case_id)).calls == ()
