"""The veil: a desk nobody touches shows the board and its alarms, but no names and no words."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.present.case.board_head import head_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import row
from dispatcher_tui.present.spans import Span, plain
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.watch.veiled_board import draw_veiled
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines, TitleStrip


class PrivacyScreen(DeskScreen):
    """It lies over whatever is up; any key or click takes it away, and does nothing else.

    The keys never come here: what lifts the veil is taken before any screen sees it.
    """

    hints = ("emergency",)

    DEFAULT_CSS = """
    PrivacyScreen #asked {
        display: none; height: auto; padding: 1 2;
        background: $desk-warn; color: $desk-warnf; text-style: bold;
    }
    PrivacyScreen #asked.asking { display: block; }
    PrivacyScreen > #heading { color: $desk-bar1; text-style: none; }
    """

    def heading(self) -> str:
        """The site and the time, without who is on watch."""
        return plain(self._head_line())

    def _head_line(self) -> list[Span]:
        desk, now = self.session.desk, self.session.now()
        name, banner = desk.site.site.name, self.shell.banner
        return head_line(name, now, desk.rules.calendar.tz, "", self.cells, banner)

    def head(self) -> Lines:
        """The heading in its runs."""
        return SpanLines([self._head_line()], id="heading")

    def body(self) -> ComposeResult:
        """The question, figures, the veiled board."""
        yield Lines("", id="asked")
        yield FiguresLine()
        yield BoardTable(id="board", veiled=True)
        yield TitleStrip(_("Names and words are hidden"), _("any key shows the desk as it was"))

    def back_hint(self) -> None:
        """There is nothing to go back to: any key shows the desk."""

    def on_mount(self) -> None:
        """The board as it stands."""
        self._show_board()

    def on_resize(self) -> None:
        """More or fewer lines are in view."""
        self._show_board()

    def on_mouse_down(self) -> None:
        """A click takes it away, as a key does."""
        self.shell.alarm.lift_veil()

    def pass_time(self, now: datetime) -> None:
        """Countdowns and figures go on."""
        draw_veiled(self, self._head_line(), now)

    async def refresh_case(self, changed: set[str]) -> None:
        """A case changed: the board shows it."""
        self._show_board()

    def ask_there(self, text: str) -> None:
        """Put the lone operator's question over the board; an empty text takes it away."""
        asked = self.query_one("#asked", Lines)
        asked.show(text)
        asked.set_class(bool(text), "asking")

    def _show_board(self) -> None:
        now = self.session.now()
        lines = self.shell.board.lane(Lane.ALL, now, self.shell.today())
        # Nothing can be scrolled here: the lines below the screen are not needed.
        seen = lines[: self.app.size.height]
        self.query_one(BoardTable).set_rows([row(line, veiled=True) for line in seen])
        draw_veiled(self, self._head_line(), now)
