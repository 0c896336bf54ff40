"""The gap report: what was missed while nobody could look, read before the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import partial

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.clock import HeldClock
from dispatcher_tui.desk.watch.outage import (
    growing,
    review_outages,
    settle_clock,
    unread_outages,
)
from dispatcher_tui.domain.watch.outage import (
    GrownDuty,
    LeftDraft,
    MissedDuty,
    OpenEmergency,
    OutageReport,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.watch.outage_lines import (
    clock_settled,
    draft_line,
    emergency_line,
    fallen_line,
    grown_line,
    grown_names,
    outage_lines,
)
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.routes import ToCase, ToIntake
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines

Item = MissedDuty | GrownDuty | OpenEmergency | LeftDraft


class OutageScreen(DeskScreen):
    """Emergencies, duties, countdowns that got longer, unfinished forms; the last line says that
    it was read.

    It comes before everything else until that is said; only F2 and F9 go over it.
    """

    hints = ("commit", "new_case", "emergency", "help")

    DEFAULT_CSS = """
    OutageScreen #breaks { height: auto; max-height: 8; padding: 0 0 1 1; }
    OutageScreen #breaks { color: $desk-fg0; text-style: bold; }
    """

    def __init__(self, gap: OutageReport) -> None:
        super().__init__()
        self._gap = gap
        self._grown: tuple[GrownDuty, ...] = ()

    @property
    def _items(self) -> list[Item]:
        gap = self._gap
        return [*gap.emergencies, *gap.duties, *self._grown, *gap.drafts]

    def heading(self) -> str:
        """Which screen this is."""
        return " " + _("Gap report: to be read before the board")

    def body(self) -> ComposeResult:
        """What happened, and the list."""
        yield Lines("", id="breaks")
        yield PickLines(id="list")

    def hint_keys(self) -> list[Hint]:
        """F10 says that it was read."""
        commit, *others = super().hint_keys()
        return [Hint(commit.key, _("Read")), *others]

    def back_hint(self) -> None:
        """It is read before anything else."""

    async def on_mount(self) -> None:
        """Show what is known already, then what has come of it; the cursor is on the first line."""
        self._draw()
        await self._reload()

    async def come_back(self) -> None:
        """Back from a case: some of it may have been done."""
        await self._reload()

    async def refresh_case(self, changed: set[str]) -> None:
        """A case changed, here or elsewhere."""
        await self._reload()

    async def _reload(self) -> None:
        gap = await self.run_on_desk(unread_outages, writes=False)
        if gap is not None and gap.breaks and self.is_attached:
            self._gap = gap
            self._draw()

    def pass_time(self, now: datetime) -> None:
        """The countdowns go on."""
        self._draw()

    def _draw(self) -> None:
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        clock = self.session.desk.clock
        held = clock if isinstance(clock, HeldClock) else None
        if held is None:
            head = outage_lines(self._gap, now, zone)
        else:
            head = outage_lines(
                self._gap,
                now,
                zone,
                held.ahead,
                asks=held.asks,
                given_up=held.given_up,
                grew=held.grew,
            )
        self.query_one("#breaks", Lines).show("\n".join(head))
        read = _("read: on to the board")
        lines = [*(_line(item, now, zone) for item in self._items), read]
        picker = self.query_one("#list", PickLines)
        if list(picker.lines) != lines:
            picker.show(lines)
        self._choose()

    def _choose(self) -> None:
        """The keys of the case screens are about the chosen line's case."""
        item = self._chosen
        self.case_id = "" if item is None or isinstance(item, LeftDraft) else item.case_id

    @property
    def _chosen(self) -> Item | None:
        """What the cursor is on; None on the last line."""
        cursor, items = self.query_one("#list", PickLines).cursor, self._items
        return items[cursor] if 0 <= cursor < len(items) else None

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another line."""
        event.stop()
        self._choose()

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen line was clicked once more."""
        event.stop()
        await self._take()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose, Enter opens; on the last line it says that the report was read."""
        if event.key == "enter":
            await self._take()
        elif not self.query_one("#list", PickLines).move(event.key):
            return
        event.stop()
        event.prevent_default()

    async def _take(self) -> None:
        item = self._chosen
        if item is None:
            await self.commit()
        elif isinstance(item, LeftDraft):
            self._take_up(item.draft_id)
        elif item.case_id:
            self.shell.go(ToCase(item.case_id))

    def _take_up(self, draft_id: str) -> None:
        """Go on with a form that was left half typed."""
        draft = self.session.drafts.get(draft_id)
        if draft is None:
            self.say(_("This form is done."))
            return
        self.shell.go(ToIntake(draft))

    def own_keys(self) -> Sequence[ScreenKey]:
        """F10: it was read; which time is right, where the clock was set back and nobody said."""
        clock = self.session.desk.clock
        read = ScreenKey("commit", "", self.commit)
        if not (isinstance(clock, HeldClock) and clock.asks):
            return (read,)
        ours, theirs = _("the desk's time is right"), _("the computer's time is right")
        return (
            read,
            ScreenKey("1", "", partial(self._settle, clock, workstations=False), ours),
            ScreenKey("2", "", partial(self._settle, clock, workstations=True), theirs),
        )

    async def _settle(self, clock: HeldClock, *, workstations: bool) -> None:
        """The desk's time or the workstation's; it is asked once."""
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        words, ahead = clock_settled(now, clock.ahead, zone, workstations=workstations), clock.ahead
        if workstations:
            grown = await self.run_on_desk(growing, writes=False)
            if grown is None:
                return
            self._grown = grown
        noted = _("; ").join(x for x in (words, grown_names(self._grown, ahead)) if x)
        done = await self.run_on_desk(lambda d: settle_clock(d, noted, workstations=workstations))
        if done is None:
            self._grown = ()
            return
        await self.shell.read_board()
        if self.is_attached:
            self._draw()
        self.say(words)

    async def commit(self) -> None:
        """F10: it was read; that is written down, and the board is next."""
        gap = self._gap
        left = await self.run_on_desk(lambda desk: review_outages(desk, gap))
        if left is None:
            return
        self.shell.gap_read(left)
        self.dismiss()

    async def go_back(self) -> None:
        """Esc leads nowhere: what was missed is read before the board."""
        self.say(_("This comes first: F10, or Enter on the last line, says that it was read."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a line; Enter: open the case, or take the form up"),
            _("F10, or Enter on the last line: it was read; F2 and F9 go over it"),
        ]


def _line(item: Item, now: datetime, zone: tzinfo) -> str:
    if isinstance(item, MissedDuty):
        return fallen_line(item, now, zone)
    if isinstance(item, GrownDuty):
        return grown_line(item, now, zone)
    if isinstance(item, OpenEmergency):
        return emergency_line(item)
    return draft_line(item, now, zone)
