"""What is pressed in an emergency is worked off in turn; the hand is stronger than the order."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.call_tree import CallTree


class InTurn(AutosaveForm):
    """A screen with calls whose keys are stamped one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._stamping = asyncio.Lock()
        self._waiting = 0
        self._hand = 0
        """How often somebody had been chosen by hand when what is under way was pressed."""

    @property
    def _tree(self) -> CallTree:
        return self.query_one(CallTree)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Stamp it; what is pressed meanwhile is about whoever is next after it."""
        self._waiting += 1
        hand = self._tree.hand
        self.run_worker(self._in_turn(work, hand), exit_on_error=False, group="call")

    async def _in_turn(self, work: Coroutine[None, None, None], hand: int) -> None:
        try:
            async with self._stamping:
                self._hand = hand
                await work
        finally:
            self._waiting -= 1

    @property
    def _chose_meanwhile(self) -> bool:
        """Whether somebody was chosen by hand since the key that is being worked off."""
        return self._tree.hand != self._hand

    def _advance(self) -> Target | None:
        """Whoever is next stands there; whom the hand chose meanwhile stays."""
        return self._tree.target if self._chose_meanwhile else self._tree.advance()
