"""The board's lanes in one line, each with its digit; a click chooses one as the digit does."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.message import Message

from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.present.case.board_head import lane_at, lane_labels, lanes_line
from dispatcher_tui.tui.widgets.lines import SpanLines


class LanesLine(SpanLines):
    """Which cases can stand on the board, and how many of them there are."""

    DEFAULT_CSS = "LanesLine { height: 1; background: $desk-bg2; text-style: $desk-well-form; }"

    class Chosen(Message):
        """A lane was clicked."""

        def __init__(self, lane: Lane) -> None:
            super().__init__()
            self.lane = lane

    def __init__(self) -> None:
        super().__init__(id="lane")
        self._labels: list[tuple[Lane, str]] = []

    def tell(self, counts: Mapping[Lane, int], chosen: Lane) -> None:
        """Show them; ``chosen`` is the one that is on the board."""
        self._labels = lane_labels(counts, chosen)
        self.put([lanes_line(self._labels, chosen)])

    def on_click(self, event: events.Click) -> None:
        """A click on a lane is its digit."""
        offset = event.get_content_offset(self)
        lane = None if offset is None else lane_at(self._labels, offset.x)
        if lane is not None:
            event.stop()
            self.post_message(self.Chosen(lane))
