"""The board's figures in one line, wherever the board is in view."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.case_line import Counts
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.present.emergency.panel_lines import head_marks
from dispatcher_tui.present.line_texts import figures_line
from dispatcher_tui.tui.widgets.lines import Lines


class FiguresLine(Lines):
    """How many cases stand how; what is not as on any other night, and emergencies, at the end."""

    DEFAULT_CSS = "FiguresLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__("", id="figures", wrap=False)

    def count(self, counts: Counts, post: Post, cells: int, now: datetime, zone: tzinfo) -> None:
        """Show what holds now, in so many cells."""
        notices = len(post.notices_at(now))
        self.show(figures_line(counts, cells, notices, head_marks(post, now, zone)))
