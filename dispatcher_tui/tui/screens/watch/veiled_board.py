"""The board without names, as it stands behind a locked desk and a hidden one."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.present.spans import SpanLine
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.lines import SpanLines


def draw_veiled(screen: DeskScreen, head: SpanLine, now: datetime) -> None:
    """Head, figures and countdowns of such a screen at a moment; its rows stay as they are."""
    screen.query_one("#heading", SpanLines).put([head])
    counts = screen.shell.board.counts(now)
    screen.query_one(FiguresLine).count(counts, screen.session, screen.cells)
    screen.query_one(BoardTable).tick(now)
