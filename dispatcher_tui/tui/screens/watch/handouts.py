"""The handout book: what is out, taking it back, and a register by its digit to hand out from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.handouts import (
    HandoutsNow,
    found_out,
    handout_book,
    handouts_now,
)
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.watch.handout_lines import out_row, register_line
from dispatcher_tui.tui.keys import ScreenKey, key_rows
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import print_beside
from dispatcher_tui.tui.watch_routes import ToHandBack, ToHandOut
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class HandoutsScreen(ListScreen):
    """A digit hands out from a register; the arrows choose what is out, Enter takes it back.

    ``b`` goes into the field: a number, a name, initials or the thing leave what they may mean.
    """

    AUTO_FOCUS = ""
    hints = ("print", "help")
    DEFAULT_CSS = """
    HandoutsScreen #keys { height: auto; padding: 0 0 1 0; }
    HandoutsScreen #text { height: 1; padding: 0 0 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._book: HandoutsNow | None = None
        self._rows: tuple[HandoutRow, ...] = ()
        self._late = 0

    def heading(self) -> str:
        """How much is out."""
        if self._book is None:
            return " " + _("Handout book")
        late = self._late_at(self.session.now())
        words = _("Handout book  out {n}, not back in time {late}")
        return " " + words.format(n=len(self._book.out), late=late)

    def body(self) -> ComposeResult:
        """The registers by their digits, the field, what is out."""
        yield KeyLines("", id="keys")
        yield Field(id="text", placeholder=_("b: number, name, initials or thing"))
        yield PickLines(id="list", empty=_("Nothing is out."))

    async def on_mount(self) -> None:
        """Read the book."""
        await self._reload()

    async def come_back(self) -> None:
        """Something went out or came back."""
        self.query_one("#text", Field).value = ""
        self.set_focus(None)
        await self._reload()

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was written meanwhile, perhaps at another terminal."""
        await self._reload()

    async def _reload(self) -> None:
        wanted = self.query_one("#text", Field).value
        found = await self.run_on_desk(lambda desk: _look(desk, wanted), writes=False)
        if found is None or not self.is_attached:
            return
        chosen = self._chosen
        self._book, self._rows = found
        now = self.session.now()
        self._draw_head(now)
        numbers = [row.number for row in self._rows]
        same = chosen is not None and chosen.number in numbers
        self._draw(now, numbers.index(chosen.number) if chosen is not None and same else 0)

    def _draw_head(self, now: datetime) -> None:
        """How much is out and late, of all and of each register."""
        self._late = self._late_at(now)
        lines = key_rows(self._registers(now), self.cells - 1)
        if not lines:
            lines = [_("No handout book is in force here: handouts.toml puts it in force.")]
        self.query_one("#keys", KeyLines).show("\n".join(lines))
        self.query_one("#heading", Lines).show(self.heading())

    def _late_at(self, now: datetime) -> int:
        return sum(row.late(now) for row in self._book.out) if self._book else 0

    def _draw(self, now: datetime, cursor: int) -> None:
        zone = self.session.desk.rules.calendar.tz
        self.line_list.show([out_row(row, now, zone) for row in self._rows], cursor)

    def pass_time(self, now: datetime) -> None:
        """What is left counts on."""
        if self._late_at(now) != self._late:
            self._draw_head(now)
        if self._rows:
            self._draw(now, max(0, self.line_list.cursor))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What the typed text may mean is left in the list."""
        event.stop()
        self.run_worker(self._reload(), exclusive=True, exit_on_error=False, group="handouts")

    @property
    def _chosen(self) -> HandoutRow | None:
        cursor = self.line_list.cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def _registers(self, now: datetime) -> list[ScreenKey]:
        """A register by its digit, with how much of it is out."""
        book = self._book
        if book is None:
            return []
        return [
            ScreenKey(str(n), register_line(each, book.out, now), lambda: None)
            for n, each in enumerate(book.registers, 1)
        ]

    def own_keys(self) -> Sequence[ScreenKey]:
        """Hand out by digit, look for what comes back, print a register."""
        back = _("look for what comes back")
        printed = _("this month's page of the register of the chosen line")
        off = "" if self.is_mounted and self._chosen else _("Nothing is out.")
        return (
            ScreenKey("1-9", "", self._hand_out, _("hand out from that register")),
            ScreenKey("b", _("back"), self._seek, back),
            ScreenKey("print", _("print its page"), self._print, printed, off=off),
        )

    def _hand_out(self, number: int) -> None:
        registers = self._book.registers if self._book else ()
        if 0 < number <= len(registers):
            self.shell.go(ToHandOut(registers[number - 1]))

    def _seek(self) -> None:
        self.query_one("#text", Field).focus()

    async def take_line(self) -> None:
        """Enter: the chosen one is back."""
        if self._chosen is not None:
            self.shell.go(ToHandBack(self._chosen))

    async def accept_field(self) -> None:
        """Enter in the field: what is chosen of those that are left."""
        await self._reload()
        await self.take_line()

    async def _print(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        paper = await self.run_on_desk(lambda d: handout_book(d, chosen.register), writes=False)
        if paper is not None:
            await print_beside(self, paper)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("A digit hands out; Enter on a line: it is back; b: by number, name or initials"),
            _("Who has what is found by F3 as well"),
        ]


def _look(desk: Desk, wanted: str) -> tuple[HandoutsNow, tuple[HandoutRow, ...]]:
    """The book, and of what is out that which a text may mean; all of it for no text."""
    book = handouts_now(desk)
    return book, found_out(desk, wanted) if wanted.strip() else book.out
