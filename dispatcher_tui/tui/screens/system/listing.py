"""What every screen around one list shares: the arrows choose a line, Enter opens its case."""

from __future__ import annotations

from textual import events

from dispatcher_tui.tui.routes import ToCase
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.pick_lines import MOVING, PickLines


class ListScreen(DeskScreen):
    """A subclass yields a ``PickLines`` with the id ``list`` and says what a line is about."""

    @property
    def line_list(self) -> PickLines:
        return self.query_one("#list", PickLines)

    def choose(self) -> None:
        """The cursor came to another line: what the screen is about follows it."""

    async def take_line(self) -> None:
        """Enter, or a second click: what stands on the line opens, its case if nothing else."""
        if self.case_id:
            self.shell.go(ToCase(self.case_id))

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another line."""
        event.stop()
        self.choose()

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen line was clicked once more."""
        event.stop()
        await self.take_line()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose, Enter takes; in a text only what moves is taken from it."""
        if self.typing and event.key not in MOVING:
            return
        if event.key == "enter":
            await self.take_line()
        elif not self.line_list.move(event.key):
            return
        event.stop()
        event.prevent_default()
