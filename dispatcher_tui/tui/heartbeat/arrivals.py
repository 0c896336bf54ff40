"""Emergencies that come in from outside while the desk is open: said everywhere, until seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from dispatcher_tui.desk.case.alarms import CameIn, calls_for_help, came_in
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.emergency.panel_lines import arrival_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import desk_screens

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell


class Arrivals:
    """Held by the alarm. One is seen once a screen about it was opened, or somebody was told."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._there: set[str] | None = None
        self._unseen: dict[str, CameIn] = {}
        self._opened_early: set[str] = set()
        """What a screen was opened about before the board was read."""
        self.text = ""
        """What stands at the head of every screen; empty while there is nothing."""

    @property
    def unseen(self) -> tuple[str, ...]:
        """The ids of those that nobody has seen, the oldest first: F9 puts them on top."""
        return tuple(self._unseen)

    async def begin(self, lines: Sequence[CaseLine], reached: Collection[str]) -> None:
        """Take over the whole board: whoever opened it, what nobody was told of is unseen here."""
        if self._there is None:
            self._there = set(self._opened_early)
            oldest_first = sorted(lines, key=lambda line: line.opened_at)
            await self._take(oldest_first, reached, whoever=True)
        else:
            await self.take(lines, reached)

    async def take(self, lines: Sequence[CaseLine], reached: Collection[str]) -> None:
        """Take over lines that changed."""
        if self._there is not None:
            await self._take(lines, reached)

    async def _take(
        self, lines: Sequence[CaseLine], reached: Collection[str], *, whoever: bool = False
    ) -> None:
        assert self._there is not None
        calling = [line.id for line in lines if calls_for_help(line) and line.id not in reached]
        for line in lines:
            if line.id not in calling:
                self._unseen.pop(line.id, None)
        new = [case_id for case_id in calling if case_id not in self._there]
        self._there.update(line.id for line in lines)
        if new:
            try:
                found = await self._shell.session.run_on_desk(
                    lambda desk: came_in(desk, new, whoever=whoever)
                )
            except Failure:
                found = ()  # The board has it; whatever else needs the file tells the failure.
            self._unseen |= {each.case_id: each for each in found}
        self._show()

    def seen(self, case_id: str) -> None:
        """A screen about the case is open."""
        if self._there is None:
            self._opened_early.add(case_id)
        if self._unseen.pop(case_id, None) is not None:
            self._show()

    def _show(self) -> None:
        names = glossary(self._shell.session.desk)
        text = arrival_line(tuple(self._unseen.values()), names)
        if text == self.text:
            return
        self.text = text
        for screen in desk_screens(self._shell):
            screen.warn(text)
