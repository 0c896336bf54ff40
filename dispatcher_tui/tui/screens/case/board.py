"""调度板: where the program opens. Every open case by its nearest duty."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal

from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.case.intake_lines import draft_row
from dispatcher_tui.present.case.story import story
from dispatcher_tui.present.case.timeline import timeline
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import local_clock, row
from dispatcher_tui.present.reviews.desk_lines import board_line
from dispatcher_tui.present.watch.post_lines import head_line
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToCase, ToFind, ToIntake
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

WIDE = 120
ROWS_AT_ONCE = 100


class BoardScreen(DeskScreen):
    """The dispatch board with its head lines and the selected case's story."""

    hints = ("new_case", "notify", "follow_up", "close", "emergency", "help")

    DEFAULT_CSS = """
    BoardScreen #owed { height: 1; background: $desk-bg0; color: $desk-warnt; display: none; }
    BoardScreen #lane {
        height: 1; background: $desk-bg2; color: $desk-fg2; text-style: $desk-well-form;
    }
    BoardScreen.wide Horizontal { background: $desk-bg0; }
    BoardScreen #story {
        width: 39; height: 100%; display: none;
        margin: 0 0 0 1; padding: 0 1; background: $desk-bg1;
    }
    BoardScreen.wide #story { display: block; }
    BoardScreen #line {
        height: 1; background: $desk-bg2; color: $desk-fg1; text-style: $desk-well-form;
    }
    BoardScreen.wide #line { display: none; }
    BoardScreen > #message { max-height: 6; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.lane = Lane.ALL
        self._rows: dict[str, tuple[CaseLine, BoardRow]] = {}
        self._changed_below: set[str] = set()

    @property
    def selected(self) -> str | None:
        """The id of the case under the cursor; a draft is none."""
        found = self.query_one(BoardTable).selected if self.is_mounted else None
        return None if found in self.session.drafts else found

    def heading(self) -> str:
        """Site, clock, who is on watch and when the watch is to be handed over."""
        desk = self.session.desk
        now = self.session.now()
        calendar = desk.rules.calendar
        left = f" {desk.site.site.name} {_('Dispatch desk')}"
        if self.shell.banner:
            left = f" {self.shell.banner}{left}"
        right = head_line(self.session.post, calendar, now) + " "
        clock = local_clock(now, calendar.tz)
        width = self.cells
        gap = width - cell_len(right) - cell_len(clock) - 2
        return fit(left, max(0, gap)) + f" {clock} " + right

    def body(self) -> ComposeResult:
        """Figures, table, and the selected case's story: beside the board where it is wide."""
        self._fit()
        yield FiguresLine()
        yield Lines("", id="owed", wrap=False)
        yield Lines("", id="lane", wrap=False)
        with Horizontal():
            yield BoardTable(id="board")
            yield Lines("", id="story")
        yield Lines("", id="line", wrap=False)

    def back_hint(self) -> Hint:
        """There is nothing to go back to, and 0 opens the menu."""
        return Hint("0", _("Menu"), kept=True)

    async def on_mount(self) -> None:
        """Show the board from the file as soon as it is read."""
        self.query_one(BoardTable).focus()
        await self.shell.take_board()
        self.show_lane()

    def _fit(self) -> None:
        """A wide terminal shows the story beside the board."""
        self.set_class(self.app.size.width >= WIDE, "wide")

    def on_resize(self) -> None:
        """Another size: the story stands beside or below, the lines are cut anew."""
        self._fit()
        self.tick(self.session.now())

    def show_lane(self) -> None:
        """Put the lane's lines on the table, in order; the cursor stays on its case."""
        now = self.session.now()
        lines = self.shell.board.lane(self.lane, now, self.shell.today())
        table = self.query_one(BoardTable)
        if self.lane is Lane.DONE:
            rows = [row(line, handled=True, called=self.called) for line in lines]
        else:
            # The lines have them on top; what is half typed never stands above one of them.
            untold = sum(line.untold for line in lines)
            made = [self._row(line) for line in lines]
            rows = [*made[:untold], *self._draft_rows(now), *made[untold:]]
        table.set_rows(rows)
        self.query_one("#lane", Lines).show(self._lane_text(len(lines)))
        if self.is_mounted:
            self.pass_time(now)

    def _row(self, line: CaseLine) -> BoardRow:
        """A case's row, made once for as long as its line stays what it is."""
        made = self._rows.get(line.id)
        if made is None or made[0] is not line:
            made = self._rows[line.id] = (line, row(line, called=self.called))
        return made[1]

    async def make_rows(self, lines: Sequence[CaseLine]) -> None:
        """Make many rows beforehand, a few at a time, so that no key waits for them."""
        for start in range(0, len(lines), ROWS_AT_ONCE):
            for line in lines[start : start + ROWS_AT_ONCE]:
                self._row(line)
            await asyncio.sleep(0)

    def _draft_rows(self, now: datetime) -> list[BoardRow]:
        """The unfinished forms, above the lane of all open cases but emergencies untold."""
        if self.lane is not Lane.ALL:
            return []
        zone = self.session.desk.rules.calendar.tz
        return [
            draft_row(d.id, d.opened_at, d.intake.place, d.intake.said, now, zone)
            for d in self.session.drafts.values()
        ]

    def _lane_text(self, shown: int) -> str:
        names = {
            Lane.ALL: _("all open"),
            Lane.DUE: _("due"),
            Lane.PAPER: _("awaiting paper"),
            Lane.EMERGENCY: _("emergency"),
            Lane.STUCK: _("stuck"),
            Lane.DONE: _("handled today"),
        }
        parts = [
            f"[{digit} {name} {shown}]" if lane is self.lane else f" {digit} {name} "
            for digit, (lane, name) in enumerate(names.items(), 1)
        ]
        return "".join(parts)

    def pass_time(self, now: datetime) -> None:
        """Countdowns, clock and figures; only what changed is drawn."""
        self.query_one("#heading", Lines).show(self.heading())
        post, zone = self.session.post, self.session.desk.rules.calendar.tz
        counts = self.shell.board.counts(now)
        self.query_one(FiguresLine).count(counts, post, self.cells, now, zone)
        owed = board_line(self.session.owed, now, self.cells)
        self.query_one("#owed", Lines).show(owed)
        self.query_one("#owed").display = bool(owed)
        self.query_one(BoardTable).tick(now)

    async def come_back(self) -> None:
        """The board may be behind; the cursor goes to the case that was worked on."""
        self.show_lane()
        worked_on, self.shell.worked_on = self.shell.worked_on, ""
        if worked_on:
            self.query_one(BoardTable).select(worked_on)
        if self.selected in self._changed_below:
            self.run_worker(self._tell_story(self.selected), exclusive=True, group="story")
        self._changed_below.clear()

    async def refresh_case(self, changed: set[str]) -> None:
        """Some cases changed: order the lane anew, and tell the selected one's story.

        Under another screen it waits until that one is gone.
        """
        if not self.is_current:
            self._changed_below |= changed
            return
        self.show_lane()
        if self.selected in changed:
            await self._tell_story(self.selected)

    def on_board_table_selected(self, event: BoardTable.Selected) -> None:
        """The cursor moved to another case: its story follows when the cursor rests."""
        self.run_worker(self._tell_story(event.case_id), exclusive=True, group="story")

    def on_board_table_opened(self, event: BoardTable.Opened) -> None:
        """Enter: the case itself, or the form that was left unfinished."""
        draft = self.session.drafts.get(event.case_id)
        if draft is not None:
            self.shell.go(ToIntake(draft))
            return
        self.shell.go(ToCase(event.case_id))

    async def _tell_story(self, case_id: str | None) -> None:
        draft = self.session.drafts.get(case_id or "")
        if draft is not None:
            self.query_one("#story", Lines).show(draft.intake.said)
            self.query_one("#line", Lines).show(" " + _("Enter takes the form up again."))
        if case_id is None or draft is not None:
            return
        found = await self.run_on_desk(
            lambda desk: (desk.record(case_id), desk.store.entries(case_id)), writes=False
        )
        if found is None or self.selected != case_id:
            return
        record, entries = found
        zone = self.session.desk.rules.calendar.tz
        now = self.session.now()
        lines = timeline(entries, now, zone, glossary(self.session.desk))
        place = self.query_one("#story", Lines)
        room = place.content_size
        told = story(record.case, lines, max(20, room.width), max(5, room.height))
        place.show("\n".join(told))
        latest = "  ".join(lines[-3:])
        self.query_one("#line", Lines).show(f" {record.case.number} {latest}")

    def own_keys(self) -> Sequence[ScreenKey]:
        """The lanes, whose names stand above the table."""
        return (ScreenKey("1-6", "", self._choose_lane, _("which cases stand on the board")),)

    def _choose_lane(self, number: int) -> None:
        self.lane = tuple(Lane)[number - 1]
        self.show_lane()

    def typed_word(self, character: str) -> bool:
        """A Chinese character opens find with that character kept."""
        self.shell.go(ToFind(character))
        return True

    async def step_back(self) -> None:
        """Esc: there is nothing behind the board; one too many lands nowhere."""
        self.say(_("Esc leads nowhere from the board. 0 opens the menu."))


def board_screen(shell: Shell) -> BoardScreen | None:
    """The board's screen once it is up."""
    return next((s for s in shell.screen_stack if isinstance(s, BoardScreen)), None)


def say_on_board(shell: Shell, text: str) -> None:
    """Show a line on the board, whatever lies over it."""
    board = board_screen(shell)
    if board is not None and board.is_mounted:
        board.say(text)
