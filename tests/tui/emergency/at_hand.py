"""An emergency at hand, worked by keys at times that a test says itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dispatcher_tui.desk.watch.watchkeeping import lock
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import CallTried
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.widgets import call_panel, number_up
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.crew import staff
from tests.tui.rings import SCENES, desk
from tests.tui.story import case_of, message
from tests.tui.support import Language, Night
from tests.tui.system.test_twice import Hand

AFTER, WITHIN, TOLD = 3.0, 2.0, 5.0
"""Seconds: of a call at least, of a second press at most, until somebody is told at least."""


class Desk:
    """An emergency at hand: its number came up as the kind was named, by the hand's own clock."""

    def __init__(self, night: Night, hand: Hand, case_id: str) -> None:
        self.night, self.hand, self.case_id = night, hand, case_id

    async def case(self) -> Case:
        """The case on disk."""
        return await case_of(self.night, self.case_id)

    async def results(self) -> list[str]:
        """What came of the calls that count."""
        return [call.outcome.value for call in (await self.case()).calls]

    async def tried(self) -> list[str]:
        """What was ever written down of calls, taken back or not."""
        entries = await self.night.run_on_desk(lambda it: it.store.entries(self.case_id))
        return [e.event.outcome.value for e in entries if isinstance(e.event, CallTried)]

    async def type(self, text: str, apart: float) -> None:
        """Type a text, so many seconds between its keys."""
        for key in text:
            self.night.clock.forward(seconds=apart)
            await self.hand.press(key, apart)

    @property
    def said(self) -> str:
        """The line under the work."""
        return message(self.hand.pilot)

    @property
    def place(self) -> str:
        """What stands in the field of the place; it has to have the focus."""
        field = self.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert field.id == "place"
        return field.value

    def asked(self) -> str:
        """The question that is open."""
        return self.hand.pilot.app.screen.query_one(Question).asked

    @property
    def shown(self) -> str:
        """Who stands there to be rung."""
        target = self.hand.pilot.app.screen.query_one(CallTree).target
        assert target is not None
        return target.name


@asynccontextmanager
async def fire(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: Language = "en", *, locked: bool = False
) -> AsyncIterator[Desk]:
    """A fire, its first number just come up; at a ``locked`` desk nobody has signed in."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", WITHIN)
    monkeypatch.setattr(twice, "RINGS_AFTER", AFTER)
    monkeypatch.setattr(twice, "TOLD_AFTER", TOLD)
    async with desk(folder, rings=SCENES) as night:
        if locked:
            await staff(night)
            await night.run_on_desk(lock)
        async with night.running((80, 24), lang) as pilot:
            hand = Hand(pilot)
            for module in (number_up, call_panel):
                monkeypatch.setattr(module, "moment", lambda: hand.at)
            await hand.keys("f9", "1")
            yield Desk(night, hand, pilot.app.screen.case_id)  # type: ignore[attr-defined]
