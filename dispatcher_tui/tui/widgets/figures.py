"""The board's figures in one line, wherever the board is in view."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.record.case_line import Counts
from dispatcher_tui.domain.words.looks import HIGH
from dispatcher_tui.present.case.board_head import GROWN, figures_line
from dispatcher_tui.present.emergency.panel_lines import head_marks
from dispatcher_tui.tui.widgets.lines import SpanLines

STANDS_OUT = timedelta(seconds=1)
"""How long a figure that grew stands out: one heartbeat, once."""


class FiguresLine(SpanLines):
    """How many cases stand how; what is not as on any other night, and emergencies, at the end.

    A badge whose figure grew is drawn the other way round until the next heartbeat; in the look of
    high contrast nothing changes for a moment only.
    """

    DEFAULT_CSS = "FiguresLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__(id="figures")
        self._before: Counts | None = None
        self._grown: dict[str, datetime] = {}

    def count(self, counts: Counts, session: Session, cells: int) -> None:
        """Show what holds now, in so many cells."""
        now, post = session.now(), session.post
        zone = session.desk.rules.calendar.tz
        if self._before is not None:
            for key in GROWN:
                if getattr(counts, key) > getattr(self._before, key):
                    self._grown[key] = now
        self._before = counts
        self._grown = {
            key: at for key, at in self._grown.items() if timedelta(0) <= now - at < STANDS_OUT
        }
        grown = () if self.app.theme == HIGH else tuple(self._grown)
        marks = head_marks(post, now, zone)
        notices = len(post.notices_at(now))
        held = len(session.held)
        self.put([figures_line(counts, cells, notices, marks, grown, held)])
