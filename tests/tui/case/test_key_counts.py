"""How many keys that are not text a frequent call costs, counted on the real application."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from tests.tui.calls import cases
from tests.tui.leak import on_leak
from tests.tui.story import on_top
from tests.tui.support import PLACE, desk, press, type_text

Report = Callable[[str, object], None]
LEAK, QUICK, ENQUIRY, STATUS = 8, 3, 5, 3
"""The most keys that a leak, one by the quick line, an enquiry and a status change may cost."""


def entries_of(desk: Desk, case_id: str) -> list[Entry]:
    """What was written down of a case."""
    return desk.store.entries(case_id)


class Hand:
    """Whoever presses the keys; a text that is typed is not counted, whatever its length."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self._pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Keys, each of which counts."""
        self.keys += len(keys)
        await press(self._pilot, *keys)

    async def write(self, text: str) -> None:
        """A text."""
        await type_text(self._pilot, text)


async def test_a_leak_costs_few_keys(tmp_path: Path, record_property: Report) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.press("f2", "2")
        await hand.write(PLACE)
        await hand.press("enter", "enter")
        await hand.write("厨房水管漏水")
        await hand.press("enter", "1", "f10")
        (case,) = await cases(night)
        assert (case.place, case.category, case.verbatim) == (PLACE, "leak", "厨房水管漏水")
        assert case.callers[0].phone
        assert on_top(pilot) == "NotifyScreen"
        record_property("report", f"keys of a leak that are not text: {hand.keys} of {LEAK}")
        assert hand.keys <= LEAK


async def test_a_leak_by_the_quick_line_costs_three(
    tmp_path: Path, record_property: Report
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.press(":")
        await hand.write(f"{PLACE} 漏水 厨房往楼下滴 13900003534")
        await hand.press("enter", "f10")
        (case,) = await cases(night)
        assert (case.place, case.category) == (PLACE, "leak")
        assert case.callers[0].phone == "13900003534"
        assert on_top(pilot) == "NotifyScreen"
        record_property("report", f"keys of a leak by the quick line: {hand.keys} of {QUICK}")
        assert hand.keys <= QUICK


async def test_an_enquiry_costs_few_keys(tmp_path: Path, record_property: Report) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.press("f2", "3")
        await hand.write(PLACE)
        await hand.press("enter")
        await hand.write("问几点停水")
        await hand.press("enter")
        await hand.write("九点")
        await hand.press("f10")
        assert on_top(pilot) == "BoardScreen"
        assert await cases(night) == []
        log = await night.run_on_desk(lambda desk: desk.store.log(None, None))
        noted = [x.entry.event for x in log if isinstance(x.entry.event, ev.LogNoted)]
        said = [(each.place, each.phone, each.text, each.answer) for each in noted]
        assert said == [(PLACE, "13900003534", "问几点停水", "九点")]
        record_property("report", f"keys of an enquiry that are not text: {hand.keys} of {ENQUIRY}")
        assert hand.keys <= ENQUIRY


async def test_a_status_change_costs_three(tmp_path: Path, record_property: Report) -> None:
    for outcome, digit, text in (
        (FollowUpOutcome.ARRANGED, "1", "40"),
        (FollowUpOutcome.IN_PROGRESS, "2", "40"),
        (FollowUpOutcome.COMPLETED, "3", ""),
    ):
        async with on_leak(tmp_path / digit, told=True) as there:
            hand = Hand(there.pilot)
            await hand.press("f5", digit)
            await hand.write(text)
            await hand.press("f10")
            entries = await there.night.run_on_desk(partial(entries_of, case_id=there.case_id))
            told = [e.event.outcome for e in entries if isinstance(e.event, ev.FollowedUp)]
            assert told == [outcome]
            kinds = await there.kinds()
            assert ("promise_made" in kinds) == bool(text)
            words = f"keys of a status change ({outcome}): {hand.keys} of {STATUS}"
            record_property("report", words)
            assert hand.keys <= STATUS
