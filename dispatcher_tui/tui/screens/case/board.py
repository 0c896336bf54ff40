"""调度板: where the program opens. Every open case by its nearest duty."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import ComposeResult

from dispatcher_tui.desk.case.next_of_case import read_chosen
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.present.case.board_head import HeldNow, head_line, held_line, owed_line
from dispatcher_tui.present.case.board_rows import BoardRow, urgency
from dispatcher_tui.present.case.next_step import OPEN, NextStep
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import row
from dispatcher_tui.present.reviews.desk_lines import near_lines
from dispatcher_tui.present.spans import Span, SpanLine, plain
from dispatcher_tui.present.watch import post_lines
from dispatcher_tui.tui.keys import Hint, ScreenKey, hint_for
from dispatcher_tui.tui.routes import ToCase, ToFind, ToIntake
from dispatcher_tui.tui.screens.case.board_fees import BoardFees
from dispatcher_tui.tui.screens.case.under_cursor import UnderCursor
from dispatcher_tui.tui.screens.case.unseen import Watched
from dispatcher_tui.tui.widgets.beside_board import CasePanel
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.ground import Across, Down
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lanes_line import LanesLine
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.next_line import NextLine, step_hint

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

WIDE = 120
LIST_LEAST = 80
"""The cells of the board that it never goes below where the case stands beside it."""

ROWS_AT_ONCE = 100


def _n(msgid: str) -> str:
    """Marks a msgid that is translated when it is shown."""
    return msgid


SHORT = {"follow_up": _n("Follow"), "emergency": _n("EMERG."), "record_step": _n("Step")}
"""Labels that are too long for the hints beside all the others."""


class BoardScreen(BoardFees):
    """The dispatch board with its head lines and what the selected case needs next."""

    hints: tuple[str, ...] = ("new_case", "notify", "follow_up", "close", "emergency", "help")

    DEFAULT_CSS = """
    BoardScreen > #heading { color: $desk-bar1; text-style: none; }
    BoardScreen #owed { height: 1; background: $desk-bg0; color: $desk-fg1; display: none; }
    BoardScreen #list { width: 1fr; height: 100%; }
    BoardScreen.wide Across { background: $desk-bg0; }
    BoardScreen.wide #list { background: $desk-bg1; }
    BoardScreen #beside { width: 1fr; margin: 0 0 0 1; display: none; }
    BoardScreen.wide #beside { display: block; }
    BoardScreen #line {
        height: 1; background: $desk-bg2; color: $desk-fg1; text-style: $desk-well-form;
    }
    BoardScreen.wide #line, BoardScreen.wide #next { display: none; }
    BoardScreen > #message { max-height: 6; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.lane = Lane.ALL
        self._rows: dict[str, tuple[CaseLine, bool, BoardRow]] = {}
        self._changed_below: set[str] = set()
        self._watched = Watched()
        self._under = UnderCursor()
        self._rang = ""

    @property
    def selected(self) -> str | None:
        """The id of the case under the cursor; a draft or a list is none."""
        found = self.query_one(BoardTable).selected if self.is_mounted else None
        return found if self.is_of_case(found) else None

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    def heading(self) -> str:
        """Site, clock, who is on watch and when the watch is to be handed over."""
        return plain(self._head_line())

    def _head_line(self) -> list[Span]:
        desk, now = self.session.desk, self.session.now()
        calendar = desk.rules.calendar
        who = post_lines.head_line(self.session.post, calendar, now)
        name, banner = desk.site.site.name, self.shell.banner
        return head_line(name, now, calendar.tz, who, self.cells, banner)

    def head(self) -> Lines:
        """The heading in its runs."""
        return SpanLines([self._head_line()], id="heading")

    def body(self) -> ComposeResult:
        """Figures, lanes, table, and the selected case: beside the board where it is wide."""
        self.set_class(self._wide, "wide")
        yield FiguresLine()
        yield SpanLines(id="owed")
        with Across():
            with Down(id="list"):
                yield LanesLine()
                yield BoardTable(id="board")
            yield CasePanel(id="beside")
        yield SpanLines(id="line")
        yield NextLine()

    def hint_keys(self) -> list[Hint]:
        """The hint bar's keys by their short labels; what is to be done next takes the place of
        closing where it has no place of its own."""
        own = (*BoardScreen.hints, "emergency")
        spare = self.hot if self.hot and self.hot not in own else "close"
        self.hints = tuple(spare if name == "close" else name for name in BoardScreen.hints)
        short = {hint_for(name).key: _(text) for name, text in SHORT.items()}
        return [replace(hint, text=short.get(hint.key, hint.text)) for hint in super().hint_keys()]

    def back_hint(self) -> Hint:
        """There is nothing to go back to, and 0 opens the menu."""
        return Hint("0", _("Menu"), kept=True)

    async def on_mount(self) -> None:
        """Show the board from the file as soon as it is read."""
        self._fit()
        self.query_one(BoardTable).focus()
        await self.shell.take_board()
        self.show_lane()

    def _fit(self) -> None:
        """A wide terminal shows the case beside the board, the wider the more of both."""
        self.set_class(self._wide, "wide")
        cells = max(LIST_LEAST, self.app.size.width * 5 // 8)
        self.query_one("#list").styles.width = cells if self._wide else "1fr"

    def on_resize(self) -> None:
        """Another size: the case stands beside or below, the lines are cut anew."""
        self._fit()
        self._under.read_head(self.draft, self._beside_cells)
        self.tick(self.session.now())
        self.call_after_refresh(lambda: self._draw_case(self.session.now()))

    def show_lane(self) -> None:
        """Put the lane's lines on the table, in order; the cursor stays on its case."""
        now = self.session.now()
        lines = self.shell.board.lane(self.lane, now, self.shell.today())
        table = self.query_one(BoardTable)
        if self.lane is Lane.DONE:
            rows = [self._told_row(line, handled=True) for line in lines]
        else:
            # The lines have them on top; what is half typed never stands above one of them.
            untold = sum(line.untold for line in lines)
            held = {each.case_id for each in self.session.held}
            made = [self._row(line, line.id in held) for line in lines]
            rows = [*made[:untold], *self.draft_rows(now), *self.with_fees(made[untold:])]
        table.set_rows(rows)
        if self.is_mounted:
            self.pass_time(now)

    def _row(self, line: CaseLine, holds: bool = False) -> BoardRow:
        """A case's row, made once for as long as its line stays what it is."""
        made = self._rows.get(line.id)
        if made is None or made[0] is not line or made[1] != holds:
            held = (line.id,) if holds else ()
            made = self._rows[line.id] = (line, holds, self._told_row(line, held=held))
        return made[2]

    def _told_row(
        self, line: CaseLine, *, handled: bool = False, held: Sequence[str] = ()
    ) -> BoardRow:
        beside = self.session.desk.in_force.short_of(line.procedure)
        return row(line, handled=handled, called=self.called, held=held, beside=beside)

    async def make_rows(self, lines: Sequence[CaseLine]) -> None:
        """Make many rows beforehand, a few at a time, so that no key waits for them."""
        for start in range(0, len(lines), ROWS_AT_ONCE):
            for line in lines[start : start + ROWS_AT_ONCE]:
                self._row(line)
            await asyncio.sleep(0)
        self._watched.begin(lines, self.session.now())

    def pass_time(self, now: datetime) -> None:
        """Countdowns, clock and figures; only what changed is drawn."""
        self.query_one("#heading", SpanLines).put([self._head_line()])
        board = self.shell.board
        self.query_one(FiguresLine).count(board.counts(now), self.session, self.cells)
        self.query_one(LanesLine).tell(board.lane_counts(now, self.shell.today()), self.lane)
        owed = self._owed(now)
        self.query_one("#owed", SpanLines).put(owed)
        self.query_one("#owed").display = bool(owed)
        self.query_one(BoardTable).tick(now)
        self._draw_case(now)

    def _owed(self, now: datetime) -> list[SpanLine]:
        """The emergency that holds the post; else what the desk owes; no line where neither is."""
        held = [
            HeldNow(each.number, self.called(each.kind), each.place, each.opened_at)
            for each in self.session.held
        ]
        if held:
            return [held_line(held, now, self.cells)]
        told = near_lines(self.session.owed, now, self.session.desk.rules.calendar.tz)
        return [owed_line(told, self.cells)] if told else []

    async def come_back(self) -> None:
        """The board may be behind; the cursor goes to the case that was worked on."""
        self.show_lane()
        worked_on, self.shell.worked_on = self.shell.worked_on, ""
        if worked_on:
            self.query_one(BoardTable).select(worked_on)
        if self.selected in self._changed_below:
            self.run_worker(self._read_case(self.selected), exclusive=True, group="story")
        self._changed_below.clear()

    async def refresh_case(self, changed: set[str]) -> None:
        """Some cases changed: order the lane anew, and read the selected one again.

        Under another screen it waits until that one is gone.
        """
        lines = [line for each in changed if (line := self.shell.board.line(each)) is not None]
        new = self._watched.news(lines, self.session.now())
        if new:
            self.query_one(BoardTable).mark_unseen(new)
        if not self.is_current:
            self._changed_below |= changed
            return
        self.show_lane()
        if self.selected in changed:
            await self._read_case(self.selected)

    def on_board_table_selected(self, event: BoardTable.Selected) -> None:
        """The cursor moved to another case: what it needs follows when the cursor rests."""
        self.run_worker(self._read_case(event.case_id), exclusive=True, group="story")

    def on_board_table_opened(self, event: BoardTable.Opened) -> None:
        """Enter: the case itself, or the form that was left unfinished."""
        draft = self.session.drafts.get(event.case_id)
        if draft is not None:
            self.shell.go(ToIntake(draft))
            return
        self.shell.go(self.fees_at(event.case_id) or ToCase(event.case_id))

    # What the case under the cursor needs

    async def _read_case(self, case_id: str | None) -> None:
        """Read the case under the cursor, and say what it needs."""
        found = None
        if self.is_of_case(case_id):
            found = await self.run_on_desk(lambda desk: read_chosen(desk, case_id), writes=False)
            if found is None or self.selected != case_id:
                return
        self._under = UnderCursor(found, self.session.desk)
        self._under.read_head(self.draft, self._beside_cells)
        self._draw_case(self.session.now())

    @property
    def _beside_cells(self) -> int:
        list_cells = max(LIST_LEAST, self.app.size.width * 5 // 8)
        return max(0, self.cells - list_cells - 1)

    def _draw_case(self, now: datetime) -> None:
        """The sentence and its key, below the board or beside it; the same key at the bottom."""
        step = self._under.next(self.draft, now)
        hint = step_hint(step, self.swallowed)
        hot = step.action if step is not None and step.action != OPEN else ""
        self.hot = hot
        self.query_one(HintBar).put(self.hint_keys())
        if self._wide:
            self._put_beside(step, hint, now)
            return
        self.query_one("#line", SpanLines).put(self._under.last_line(self.cells))
        self.query_one(NextLine).tell(step, hint, self.cells)

    def _put_beside(self, step: NextStep | None, hint: Hint | None, now: datetime) -> None:
        """The panel beside the board."""
        panel, found = self.query_one(CasePanel), self._under.case
        if step is None:
            panel.put([])
            return
        line = self.shell.board.line(found.case.id) if found is not None else None
        urgent = urgency(self._row(line), now) if line is not None else None
        cells, height = self._beside_cells, panel.content_size.height
        panel.put(self._under.rows(step, hint, urgent, now, cells, height))

    def say_rang(self, text: str) -> None:
        """Say what rang, where nothing else is said that has not been answered by a key."""
        if self.is_mounted and self.query_one("#message", Lines).text in ("", self._rang):
            self.say(text)
            self._rang = self.query_one("#message", Lines).text

    def own_keys(self) -> Sequence[ScreenKey]:
        """The lanes, whose names stand above the table; the form under the cursor."""
        lanes = ScreenKey("1-6", "", self._choose_lane, _("which cases stand on the board"))
        return (lanes, *super().own_keys())

    def _choose_lane(self, number: int) -> None:
        self.lane = tuple(Lane)[number - 1]
        self.show_lane()

    def on_lanes_line_chosen(self, event: LanesLine.Chosen) -> None:
        """A lane was clicked."""
        event.stop()
        self.lane = event.lane
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
