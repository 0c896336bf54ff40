"""What a heartbeat makes of the clocks, the desk's start and end, and the gap that is unread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from dispatcher_tui.desk.clock import HeldClock, bare, set_by
from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.record.watch_events import StopReason
from dispatcher_tui.domain.time.clocks import ClockJump, ClockReading, Suspension, compare
from dispatcher_tui.domain.watch.outage import Outage, OutageReport, outage_of
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.watch.post_lines import first_hand_line
from dispatcher_tui.tui.routes import ToEmergency, ToOutage
from dispatcher_tui.tui.screens.base import DeskScreen, desk_screens
from dispatcher_tui.tui.screens.case.board import BoardScreen, board_screen

if TYPE_CHECKING:
    from dispatcher_tui.desk.watch.alive import AliveFile
    from dispatcher_tui.tui.shell import Shell

REASONS = {0: StopReason.LEFT, 129: StopReason.HUNG_UP, 143: StopReason.TERMINATED}
"""Why the desk ended, by its exit code."""


class Heartbeat:
    """Compares the clocks at every heartbeat, and brings up what has to be read.

    ``gap`` is what nobody has read yet. Comparing is done in memory; what it shows is written
    with the next look for news, and tried again for as long as the file cannot be written.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: ClockReading | None = None
        self._found: list[Suspension | ClockJump] = []
        self._start: int | None = None
        self._told = False
        self._held = ""
        self.gap = OutageReport()

    def beat(self) -> None:
        """Compare the clocks with those of the last heartbeat.

        A clock that was set back makes no countdown longer: the desk goes on by the other one.
        """
        desk = self._session.desk
        beat = desk.clock.beat()
        if self._last is not None:
            found = compare(self._last, beat)
            for each in found:
                if isinstance(each, ClockJump):
                    desk.clock = set_by(desk.clock, each.seconds)
            self._found += found
        self._last = beat

    async def look(self, shell: Shell) -> None:
        """Write down what the clocks showed, and bring the report up where the board is on top.

        Raises:
            Failure: the file could not be written; it is tried again.
        """
        found = tuple(self._found)
        if found:
            await self._note(shell, found)
            del self._found[: len(found)]
        self.bring_up(shell)

    async def _note(self, shell: Shell, found: tuple[Suspension | ClockJump, ...]) -> None:
        fallen = 0
        if not self._session.read_only:
            from dispatcher_tui.desk.watch.outage import fire_and_read, note_breaks

            await self._session.run_on_desk(lambda desk: note_breaks(desk, found))
            gap = await self._session.run_on_desk(fire_and_read)
            fallen = len(gap.duties)
            self._take(gap)
        if any(isinstance(each, ClockJump) for each in found):
            await shell.read_board()
        self._tell(shell, outage_of(found[-1]), fallen)

    def _take(self, gap: OutageReport) -> None:
        self.gap = gap if gap.worth_reading else OutageReport()

    async def begin(self, shell: Shell, file: AliveFile | None) -> None:
        """The desk runs: write it down, and bring up what was missed while it did not."""
        from dispatcher_tui.desk.emergency.emergency import holding
        from dispatcher_tui.desk.watch.alive import SECONDS
        from dispatcher_tui.desk.watch.outage import fire_and_read, start_desk

        desk = self._session.desk
        behind = file.behind(bare(desk.clock)) if file is not None else 0.0
        if behind:
            own = bare(desk.clock)
            desk.clock = set_by(own, -behind)
            self._found.append(ClockJump(desk.clock.now(), own.now()))
        try:
            started = await self._session.run_on_desk(lambda desk: start_desk(desk, file))
            self._start = started.seq
            if file is not None:
                await self._sign(shell, file)
                shell.set_interval(SECONDS, lambda: self._sign_beside(shell, file), name="alive")
            gap = await self._session.run_on_desk(fire_and_read)
            held = await self._session.run_on_desk(holding)
            await shell.take_news()
        except Failure as failure:
            self._say(shell, explain_failure(failure))
            return
        self._take(gap)
        shown = {screen.case_id for screen in desk_screens(shell)}
        self._held = held[0].case_id if held and held[0].case_id not in shown else ""
        asked = self._whose_hand(shell) if started.stop is not None else ""
        if started.stop is not None:
            self._tell(shell, started.stop, len(gap.duties), asked)
        self.bring_up(shell)
        top = shell.screen
        if asked and isinstance(top, DeskScreen) and not isinstance(top, BoardScreen):
            top.call_after_refresh(top.say, asked)

    def _whose_hand(self, shell: Shell) -> str:
        """What is asked where the watch was held all along: nobody gave a PIN for this start."""
        post, scratch = self._session.post, self._session.desk.scratch
        if not post.holder or post.locked or scratch or not shell.first_hand.comes_up():
            return ""
        return first_hand_line(post.holder)

    async def end(self, code: int) -> None:
        """The desk is left in order: write it down.

        Raises:
            Failure: the file could not be written.
        """
        if self._start is not None and code in REASONS:
            from dispatcher_tui.desk.watch.alive import stop_desk

            await self._session.run_on_desk(lambda desk: stop_desk(desk, REASONS[code]))

    def _sign_beside(self, shell: Shell, file: AliveFile) -> None:
        shell.run_worker(self._sign(shell, file), exit_on_error=False, group="alive")

    async def _sign(self, shell: Shell, file: AliveFile) -> None:
        """Note that the desk is alive; where that cannot be done, it is said once."""
        start = self._start
        assert start is not None
        clock = self._session.desk.clock
        ahead = clock.ahead if isinstance(clock, HeldClock) else 0.0
        done = await asyncio.to_thread(file.write, clock.now(), start, clock.boot(), ahead)
        if not done and not self._told:
            self._say(shell, _("No sign of life can be written beside the database."))
        self._told = not done

    def bring_up(self, shell: Shell) -> None:
        """Put the report over the board.

        Over another screen it waits: what is being typed there comes first, and so does a PIN.
        """
        if self._held and isinstance(shell.screen, BoardScreen):
            self._go_on_with_emergency(shell)
            return
        if self.gap.breaks and isinstance(shell.screen, BoardScreen):
            self._push_gap(shell)

    def _push_gap(self, shell: Shell) -> None:
        shell.go(ToOutage(self.gap))

    def _go_on_with_emergency(self, shell: Shell) -> None:
        """After a start the emergency that holds the post comes first (E-05), at the same call.

        The report of what was missed lies over it, so that it is read before.
        """
        held, self._held = self._held, ""
        shell.go(ToEmergency(held, started=True))
        if self.gap.breaks:
            self._push_gap(shell)

    def reviewed(self, left: OutageReport) -> None:
        """It was read and written down; ``left`` came up meanwhile."""
        self._take(left)

    def _tell(self, shell: Shell, each: Outage, fallen: int, more: str = "") -> None:
        from dispatcher_tui.present.watch.outage_lines import break_told

        zone = self._session.desk.rules.calendar.tz
        told = break_told(each, fallen, self._session.now(), zone)
        self._say(shell, "\n".join(filter(None, (told, more))))

    @staticmethod
    def _say(shell: Shell, text: str) -> None:
        """On the screen on top, and on the board: what hides it may go away unread."""
        for screen in {shell.screen, board_screen(shell)}:
            if isinstance(screen, DeskScreen) and screen.is_mounted:
                screen.say(text)
