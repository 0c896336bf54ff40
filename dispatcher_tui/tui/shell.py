"""What screens, and what the heartbeat drives, may ask of the application they run in.

They know this and not the application, which knows them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

    from dispatcher_tui.desk.case.board import Board
    from dispatcher_tui.desk.emergency.drill import Lead
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.desk.watch.alive import AliveFile
    from dispatcher_tui.domain.duties.alarm import Tone
    from dispatcher_tui.domain.watch.outage import OutageReport
    from dispatcher_tui.tui.being_rung import BeingRung
    from dispatcher_tui.tui.first_hand import FirstHand
    from dispatcher_tui.tui.garbage import Garbage
    from dispatcher_tui.tui.routes import ScreenRoute
    from dispatcher_tui.tui.twice import Presses


class AlarmPanel(Protocol):
    """The desk's alarm, as others see it."""

    @property
    def arrived(self) -> str:
        """What is said of emergencies that came in from outside; empty while there is nothing."""

    @property
    def unseen(self) -> tuple[str, ...]:
        """The ids of those, the oldest first: F9 and Enter lead to the first."""

    def seen(self, case_id: str) -> None:
        """A screen about the case is open."""

    def lift_veil(self) -> None:
        """Take the veil away."""

    def still_for(self) -> float:
        """Seconds since somebody pressed a key."""

    def test(self) -> None:
        """Sound the gravest tone at once, as a test."""

    def sound(self, tone: Tone) -> bool:
        """Begin to sound a tone now; False where something graver still sounds."""

    def call_elsewhere(self, calling: bool) -> None:
        """Whether an emergency is open in a record that this desk does not have."""

    async def silence(self) -> None:
        """Silence ordinary alarms for a while, and say until when."""


class DrillExit(Protocol):
    """How a drill is left for a real call."""

    @property
    def text(self) -> str:
        """What is shouted of what came in at the real desk; empty while nothing did."""

    def leave(self, lead: Lead) -> None:
        """End the drill: the real desk opens as ``lead`` says."""

    def to_case(self) -> None:
        """End the drill for the real case that came in."""


class Shell(Protocol):
    """The application around the screens."""

    banner: str
    worked_on: str
    """The id of the case that a screen was last opened for; the board goes to it."""
    swallowed: frozenset[str]
    """The F-keys that never arrive, as ``f1``: another way is shown for them."""
    being_rung: dict[str, BeingRung]
    """Who stood there to be rung as an emergency was left, by its case's id."""
    deaf_until: float
    """Until when a character is one that was still typed at a drill."""
    first_hand: FirstHand
    """Whether it is not known yet who is at a desk that came up over a held watch."""

    @property
    def session(self) -> Session:
        """The way to the desk."""

    @property
    def board(self) -> Board:
        """The lines of the board, in memory."""

    @property
    def presses(self) -> Presses:
        """Which keys were pressed twice."""

    @property
    def garbage(self) -> Garbage:
        """What lets go of what a screen leaves behind."""

    @property
    def mark(self) -> str:
        """A word down the left edge of every screen; none but in a drill."""

    @property
    def alarm(self) -> AlarmPanel:
        """The desk's alarm."""

    @property
    def way_out(self) -> DrillExit | None:
        """How a drill is left; None but in a drill."""

    @property
    def locked(self) -> bool:
        """Whether somebody has to sign in before anything but an emergency is done."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def screen_stack(self) -> list[Screen[Any]]:
        """Every open screen, the one on top last."""

    def current_case(self, below: Screen[Any] | None = None) -> str:
        """The id of the case a key is about, or that the screen under ``below`` is about; empty
        where there is none."""

    def today(self) -> datetime:
        """When the site's day began (UTC)."""

    # ---- going somewhere

    def go(self, route: ScreenRoute) -> None:
        """Open a screen over the one on top."""

    def replace(self, route: ScreenRoute) -> None:
        """Open a screen in place of the one on top."""

    def open_menu(self) -> None:
        """Open the menu of the screen on top."""

    async def perform(self, name: str) -> None:
        """Carry out an action of the registry, by its id."""

    async def carry_out(self, name: str) -> None:
        """The same, when it is known not to be about a real call."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard of the terminal."""

    async def change_look(self) -> None:
        """Put on the next look, and keep it for this desk."""

    async def leave(self) -> None:
        """Leave the desk, unless an emergency holds the post."""

    # ---- what the record brings

    async def take_board(self) -> None:
        """Read the board for the first time."""

    async def read_board(self) -> None:
        """Read the whole board anew."""

    async def take_news(self) -> None:
        """Bring board and open screens up to date with the record."""

    async def begin_heart(self, file: AliveFile | None) -> None:
        """The desk runs: write it down, and bring up what was missed while it did not."""

    def gap_read(self, left: OutageReport) -> None:
        """What was missed was read and written down; ``left`` came up meanwhile."""

    # ---- for what works beside the screens

    def leave_drill(self, lead: Lead) -> None:
        """End the drill; the real desk opens as ``lead`` says."""

    def run_worker(
        self, work: Awaitable[Any], *, exit_on_error: bool = ..., group: str = ...
    ) -> object:
        """Have work done beside the keys."""

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> Timer:
        """Call back once, after so many seconds."""

    def set_interval(
        self, interval: float, callback: Callable[[], Any], *, name: str | None = ...
    ) -> object:
        """Call back every so many seconds."""

    def bell(self) -> None:
        """Ring the terminal's bell."""
