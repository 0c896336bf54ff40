"""What a first key would wait for, F9 above all, is done in seconds in which nobody types."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.tui.destinations import import_emergency, import_likely

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

STILL = 1.0
"""Seconds without a key before a piece of it is done."""
BETWEEN = 0.05
"""Seconds between two pieces: a key comes before the next."""

Piece = Callable[["Shell"], Awaitable[bool]]
"""Does a piece of work; True where there is more of the same."""


async def _screen(_shell: Shell) -> bool:
    """Import the emergency's screen; a key that comes meanwhile is answered in between."""
    await asyncio.to_thread(import_emergency)
    return False


async def _likely(_shell: Shell) -> bool:
    """Import the other screens that are opened in every watch."""
    await asyncio.to_thread(import_likely)
    return False


async def _cards(shell: Shell) -> bool:
    """Read the cards of the site, which the keys of the kinds come from."""
    from dispatcher_tui.desk.emergency.emergency import kinds

    kinds(shell.session.desk)
    return False


async def _calls(shell: Shell) -> bool:
    """Read a stretch of the calls that tell by which number somebody answers."""
    return await shell.session.run_on_desk(lambda desk: desk.calls.prepare(desk.clock.now()))


async def _register(shell: Shell) -> bool:
    """Read the adopted register, which the household of an emergency's place is held against, and
    the rota, by which the order of calls goes."""
    await shell.session.run_on_desk(lambda desk: desk.lists.household(""))
    await shell.session.run_on_desk(lambda desk: desk.lists.people())
    return False


async def _homes(shell: Shell) -> bool:
    """Make the register ready to be searched; the first key of a name would wait for it."""
    await shell.session.run_on_desk(lambda desk: desk.lists.register(desk.initials))
    return False


class Warming:
    """One piece after the other, each only once the keys have been still for a while."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._pieces: list[Piece] = [_screen, _cards, _register, _calls, _homes, _likely]

    @property
    def done(self) -> bool:
        """Whether nothing is left that a first F9 would wait for."""
        return not self._pieces

    def begin(self) -> None:
        """Start with the next second in which nobody types."""
        self._shell.set_timer(STILL, self._go_on)

    def _go_on(self) -> None:
        left = STILL - self._shell.alarm.still_for()
        if left > 0:
            self._shell.set_timer(left, self._go_on)
        else:
            self._shell.run_worker(self._next(), exit_on_error=False, group="warming")

    async def _next(self) -> None:
        try:
            more = await self._pieces[0](self._shell)
        except Failure:
            return  # F9 itself meets the same and says it
        if not more:
            del self._pieces[0]
        if self._pieces:
            self._shell.set_timer(BETWEEN, self._go_on)
        else:
            self._shell.garbage.settle()
