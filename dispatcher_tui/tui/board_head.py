"""The two lines over the board, wherever it stands: where one is, and the figures of the night."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.present.emergency.panel_lines import head_marks
from dispatcher_tui.present.line_texts import figures_line
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.lines import Lines


def draw_board(screen: DeskScreen, now: datetime) -> None:
    """Heading, figures and countdowns as of now; only what changed is drawn."""
    screen.query_one("#heading", Lines).show(screen.heading())
    post, zone = screen.session.post, screen.session.desk.rules.calendar.tz
    counts, notices = screen.shell.board.counts(now), len(post.notices_at(now))
    figures = figures_line(counts, screen.cells, notices, head_marks(post, now, zone))
    screen.query_one("#figures", Lines).show(figures)
    screen.query_one(BoardTable).tick(now)
