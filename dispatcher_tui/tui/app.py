"""A thin application: the global keys, one heartbeat, and which screen answers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from dispatcher_tui.desk.case.board import Board
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.looks import NIGHT, look_after
from dispatcher_tui.domain.words.people import NOBODY
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.look_names import look_name
from dispatcher_tui.present.refusals import explain, explain_failure
from dispatcher_tui.present.watch.post_lines import first_hand_line
from dispatcher_tui.tui.acting import carry_out
from dispatcher_tui.tui.actions import ACTIONS, MENU
from dispatcher_tui.tui.destinations import opened
from dispatcher_tui.tui.first_hand import FirstHand
from dispatcher_tui.tui.heartbeat.alarm import Alarm
from dispatcher_tui.tui.heartbeat.heartbeat import Heartbeat
from dispatcher_tui.tui.heartbeat.lost_file import tell_lost
from dispatcher_tui.tui.heartbeat.window_title import WindowTitle
from dispatcher_tui.tui.routes import ScreenRoute, ToLock, ToMenu
from dispatcher_tui.tui.screens.base import DeskScreen, desk_screens
from dispatcher_tui.tui.screens.case.board import BoardScreen, board_screen, say_on_board
from dispatcher_tui.tui.sure_width import SureWidth
from dispatcher_tui.tui.textual_parts import left_behind, set_window_title
from dispatcher_tui.tui.typeahead import TypeAhead, moment

if TYPE_CHECKING:
    from dispatcher_tui.desk.emergency.drill import Lead, RealRecord
    from dispatcher_tui.desk.watch.alive import AliveFile
    from dispatcher_tui.domain.watch.outage import OutageReport
    from dispatcher_tui.tui.being_rung import BeingRung
    from dispatcher_tui.tui.way_out import WayOut

_SURE_WIDTH = SureWidth()
FIRST_LINES = 80
REST_AFTER = 0.3
"""Seconds after the first page until the rest of the board is read: keys come first."""
EXIT_HANGUP, EXIT_TERMINATED = 129, 143
DEAF_AT_MOST = 3.0
"""Seconds after which a desk that a drill was left for listens, whatever it has painted."""
LEAVE_WITHIN = 0.8
"""Seconds for drafts and farewell once the terminal is gone or the machine shuts down."""


def _way_out(app: DispatcherApp, real: RealRecord) -> WayOut:
    # Not imported but in a drill, nor the next one but after one.
    from dispatcher_tui.tui.way_out import WayOut

    return WayOut(app, real)


def _put_up(app: DispatcherApp, lead: Lead) -> None:
    from dispatcher_tui.tui.lead_in import put_up

    put_up(app, lead)


class DispatcherApp(TypeAhead[int]):
    """The desk on a terminal. It returns an exit code."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f11", "menu", priority=True, show=False),
        *(
            Binding(key, f"desk('{action.id}')", action.label, priority=True, show=False)
            for action in ACTIONS
            for key in (action.key, action.also)
            if len(key) > 1 and key != "ctrl+z"
        ),
    ]

    def _handle_exception(self, error: Exception) -> None:
        """End with whatever nobody has dealt with, but for what a screen misses that was left."""
        if not left_behind(self, error):
            super()._handle_exception(error)

    def __init__(
        self,
        session: Session,
        *,
        banner: str = "",
        mark: str = "",
        real: RealRecord | None = None,
        lead: Lead | None = None,
        begin: Callable[[DispatcherApp], None] | None = None,
        wish: str = NIGHT,
        swallowed: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(wish)
        self.session = session
        self.swallowed = swallowed
        self._begin = begin
        self.board = Board()
        self.heart = Heartbeat(session)
        self.alarm = Alarm(self)
        self.window = WindowTitle(self, partial(set_window_title, self))
        self.banner = banner
        self.mark = mark
        """A word down the left edge of every screen; none but in a drill."""
        self.way_out = _way_out(self, real) if real is not None else None
        """How a drill is left for a real call; None but in a drill."""
        self.leads_to: Lead | None = None
        """What the real desk is to open with, once a drill was left for a real call."""
        self._lead = lead
        self.deaf_until = 0.0 if lead is None else moment() + DEAF_AT_MOST
        """Until when a character is one that was still typed at the drill; see ``lead_in``."""
        self.first_hand = FirstHand(asks=lead is None)
        self._beating = False
        self.being_rung: dict[str, BeingRung] = {}
        """Who stood there to be rung as an emergency was left, by its case's id."""
        self.worked_on = ""
        """The id of the case that a screen was last opened for; the board goes to it."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What Textual does to a line, and the fold of what terminals give different widths."""
        return [*super().get_line_filters(), _SURE_WIDTH]

    def on_mount(self) -> None:
        """Put the board up, then start the heartbeat."""
        self.push_screen(BoardScreen())
        self._catch_signals()

    def _catch_signals(self) -> None:
        """A lost terminal or a shutdown ends the desk in order, with its own exit code."""
        loop = asyncio.get_running_loop()
        for name, code in (("SIGHUP", EXIT_HANGUP), ("SIGTERM", EXIT_TERMINATED)):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._terminated, code)

    def _terminal_lost(self) -> bool:
        """Whether the terminal has gone without a signal: reading from it never blocks again."""
        return not self.is_headless and sys.__stdin__ is not None and not sys.__stdin__.isatty()

    def _terminated(self, code: int) -> None:
        if not self.is_headless:
            # A terminal that is gone, or a file that others hold, can block the way out for ever;
            # the record needs no farewell, and the desk must be free for the next one.
            deadline = threading.Timer(LEAVE_WITHIN, os._exit, (code,))
            deadline.daemon = True
            deadline.start()
        self.run_worker(self._save_and_exit(code), exit_on_error=False)

    async def _save_and_exit(self, code: int) -> None:
        for screen in self.desk_screens:
            with suppress(Failure):
                await screen.save_draft()
        with suppress(Failure):
            await self.heart.end(code)
        self.window.clear()
        self.exit(code)

    @property
    def desk_screens(self) -> list[DeskScreen]:
        """Every open screen of the desk, the board first."""
        return desk_screens(self)

    @property
    def board_screen(self) -> BoardScreen | None:
        """The board's screen once it is up."""
        return board_screen(self)

    async def _heartbeat(self) -> None:
        """Once a second: countdowns from memory; the file is asked in its own thread."""
        if not self.is_running:
            return  # on the way out the screens are taken down under it
        if self._terminal_lost():
            self._terminated(EXIT_HANGUP)
            return
        self.heart.beat()
        now = self.session.now()
        for screen in self.desk_screens:
            screen.tick(now)
        self.alarm.beat(now)
        self.window.beat()
        if self.way_out is not None:
            self.way_out.beat()
        if self._beating:
            return
        self._beating = True
        self.run_worker(self._look_for_news(), exit_on_error=False, group="news")

    async def _look_for_news(self) -> None:
        try:
            due = self.session.next_firing
            if due is not None and due <= self.session.now():
                await self.session.fire()
            await self.take_news()
            await self.heart.look(self)
        except Failure as failure:
            say_on_board(self, explain_failure(failure))
            if failure.code == "file_lost":
                await tell_lost(self, explain_failure(failure))
        finally:
            self._beating = False

    async def take_board(self) -> None:
        """Put the first page up at once, the whole board right after it is painted."""
        lines, counts = await self.session.first_page(FIRST_LINES)
        self.board.stand_for(counts)
        self.board.apply(lines)
        ways: list[Callable[[], None]] = []
        if not self.session.read_only and await self._asks_for_pin():
            ways.append(partial(self.go, ToLock()))
        if self._lead is not None:
            # A lock lies over anything but an emergency.
            place = len(ways) if self._lead.over_lock else 0
            ways.insert(place, partial(_put_up, self, self._lead))
        for put in ways:
            put()
        self.set_timer(REST_AFTER, self._take_rest)

    async def _asks_for_pin(self) -> bool:
        """Whether the desk was locked, or nobody has signed in who could: nothing is done here
        under a name whose PIN nobody gave."""
        post = self.session.post
        if post.holder and not post.locked and self._lead is None:
            return await self._was_left_open()
        if post.locked or post.holder or self.session.desk.actor != NOBODY:
            return post.locked
        from dispatcher_tui.desk.watch.outlook import may_sign_in  # a new desk's first start

        return bool(await self.session.run_on_desk(may_sign_in))

    async def _was_left_open(self) -> bool:
        """Whether the desk stood open, was gone for a while, and is locked now because of that."""
        from dispatcher_tui.desk.watch.alive import AliveFile
        from dispatcher_tui.desk.watch.left_open import lock_left_open

        def job(desk: Desk) -> bool:
            return lock_left_open(desk, AliveFile(desk.store.path))

        try:
            return await self.session.run_on_desk(job)
        except Failure:
            return False  # Nothing can be written, and nothing be done under anybody's name.

    async def read_board(self) -> None:
        """Read the whole board anew: at the start, and where the clock shows another day."""
        lines = await self.session.all_lines(self.today())
        await self.alarm.begin(lines)
        if self.board_screen is not None:
            await self.board_screen.make_rows(lines)
            self.board.complete(lines)
            self.board_screen.show_lane()

    async def _take_rest(self) -> None:
        await self.read_board()
        self.set_interval(1.0, self._heartbeat, name="heartbeat")
        if self._begin is not None:
            self._begin(self)

    def today(self) -> datetime:
        """When the site's day began (UTC)."""
        zone = self.session.desk.rules.calendar.tz
        day = self.session.now().astimezone(zone).date()
        return datetime.combine(day, time(0), zone).astimezone(UTC)

    async def take_news(self) -> None:
        """Bring board and open screens up to date with the record."""
        lines = await self.session.news()
        if lines:
            self.board.apply(lines)
            await self.alarm.take(lines)
            for screen in self.desk_screens:
                await screen.refresh_case({line.id for line in lines})

    def noticed(self, event: events.Event) -> bool:
        """Somebody is there; True where nothing more is to come of the key."""
        if self.way_out is not None and self.way_out.answered(event):
            return True
        if isinstance(event, events.Key) and event.time < self.deaf_until and event.character:
            return True
        if isinstance(event, events.Key) and isinstance(self.screen, DeskScreen):
            told = self.first_hand.is_told(event)
            if told or self.first_hand.holds_back(event):
                self.screen.say(first_hand_line(self.session.post.holder, told=told))
                return True
            self.screen.told_before(event.time)
        return self.alarm.idle.noticed(event)

    def current_case(self, below: Screen[Any] | None = None) -> str:
        """The id of the case a key is about: the top screen's, on the board the chosen one.

        What a screen hides is not acted on: one without a case of its own is about none. With
        ``below`` it is what lies under that screen that is asked.
        """
        up = self.desk_screens
        up = up[: up.index(below)] if isinstance(below, DeskScreen) and below in up else up
        about = [each for each in up if each.case_id or not each.passing]
        if not about:
            return ""
        top = about[-1]
        return (top.selected or "") if isinstance(top, BoardScreen) else top.case_id

    async def action_desk(self, name: str) -> None:
        """A key of the registry was pressed."""
        await self.perform(name)

    @property
    def locked(self) -> bool:
        """Whether somebody has to sign in before anything but an emergency is done."""
        return any(screen.locks for screen in desk_screens(self))

    def go(self, route: ScreenRoute) -> None:
        """Open a screen over the one on top."""
        self.push_screen(opened(route))

    def replace(self, route: ScreenRoute) -> None:
        """Open a screen in place of the one on top."""
        self.switch_screen(opened(route))

    async def perform(self, name: str) -> None:
        """Carry out an action, unless a drill asks first whether it is about a real call."""
        if self.way_out is None or not self.way_out.asks(name):
            await self.carry_out(name)

    async def carry_out(self, name: str) -> None:
        """The top screen answers an action, or its own screen opens."""
        await carry_out(self, name)

    async def change_look(self) -> None:
        """Put on the next look, and keep it for this desk where it may be written."""
        self.theme = look_after(self.theme)
        top = self.screen
        if not isinstance(top, DeskScreen):
            return
        top.say(_("Colours: {look}.").format(look=look_name(self.theme)))
        if not self.session.read_only:
            from dispatcher_tui.desk.chosen_look import remember_look

            await top.run_on_desk(partial(remember_look, look=self.theme))

    async def leave(self) -> None:
        """Ctrl+Q: leave; drafts are kept. Refused while an emergency holds the post (E-05).

        A drill can be broken off at any moment: a real call may come.
        """
        from dispatcher_tui.desk.emergency.emergency import refuse_while_held

        if not self.session.read_only and not self.session.desk.scratch:
            try:
                await self.session.run_on_desk(refuse_while_held)
            except Refusal as refusal:
                if isinstance(self.screen, DeskScreen):
                    self.screen.say(explain(refusal))
                return
            except Failure:
                pass  # a file that cannot be read keeps nobody here
        await self._save_and_exit(0)

    def leave_drill(self, lead: Lead) -> None:
        """End the drill; the real desk opens as ``lead`` says."""
        self.leads_to = lead
        self.exit(0)

    async def begin_heart(self, file: AliveFile | None) -> None:
        """The desk runs: write it down, and bring up what was missed while it did not."""
        await self.heart.begin(self, file)

    def gap_read(self, left: OutageReport) -> None:
        """What was missed was read and written down; ``left`` came up meanwhile."""
        self.heart.reviewed(left)

    def open_menu(self) -> None:
        """0, or F11: the menu worked with digits alone."""
        top = self.screen
        if isinstance(top, DeskScreen) and not self.locked and not isinstance(top.route, ToMenu):
            self.go(ToMenu(top.menu or MENU))

    def action_menu(self) -> None:
        """F11: the menu also where 0 is an answer, or a digit of its own."""
        if self.way_out is None or not self.way_out.asks("menu"):
            self.open_menu()

    def action_help_quit(self) -> None:
        """Ctrl+C does not end the watch."""
        if isinstance(self.screen, DeskScreen):
            self.screen.say(_("Ctrl+Q leaves the desk."))
