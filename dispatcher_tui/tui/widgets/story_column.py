"""What was written down so far, the latest line in view."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll

from dispatcher_tui.tui.widgets.lines import Lines


class StoryColumn(VerticalScroll):
    """Lines that grow at their end; who reads back in them does it by ``move``."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(Lines("", id="story"), id=id, can_focus=False)

    def show(self, lines: Sequence[str]) -> None:
        """Other lines, read from their end."""
        self.query_one(Lines).show("\n".join(lines))
        self.to_the_end()

    def to_the_end(self) -> None:
        """The latest line is in view as soon as the lines have their places."""
        self.call_after_refresh(self.scroll_end, animate=False)

    def move(self, key: str) -> bool:
        """Answer an arrow or a page key; False for any other."""
        scrolls = {
            "up": self.scroll_up,
            "down": self.scroll_down,
            "pageup": self.scroll_page_up,
            "pagedown": self.scroll_page_down,
        }
        if key not in scrolls:
            return False
        scrolls[key](animate=False)
        return True
