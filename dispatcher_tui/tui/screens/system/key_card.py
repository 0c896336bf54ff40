"""The keys on a card: what a first night ends with, shown and printed as any paper is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.domain.papers.report import KeyCardReport
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import ACTIONS, label, tip
from dispatcher_tui.tui.keys import ScreenKey, key_line, working_key
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.sheet_print import print_beside
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.pager import Pager


class KeyCardScreen(DeskScreen):
    """Every action with its keys, in the order of the registry."""

    AUTO_FOCUS = ""
    hints = ("help",)
    passing = True

    DEFAULT_CSS = "KeyCardScreen #keys { height: 1; }"

    def heading(self) -> str:
        """What it is."""
        return " " + _("Card of keys")

    def body(self) -> ComposeResult:
        """The rows, and the key that prints them."""
        yield Pager(id="pages")
        yield KeyLines(key_line(self.own_keys()), id="keys")

    def on_mount(self) -> None:
        """Draw the card."""
        self._show()

    def on_resize(self) -> None:
        """Another width."""
        self._show()

    def _rows(self) -> list[tuple[str, str, str]]:
        names = [(working_key(each, self.swallowed), each) for each in ACTIONS]
        return [
            (name, "" if each.also == name else each.also.replace("ctrl+", "Ctrl+"), told)
            for name, each in names
            if name and (told := f"{label(each)}: {tip(each)}")
        ]

    def _show(self) -> None:
        rows = self._rows()
        first = max(width(name) for name, _also, _told in rows)
        second = max(width(also) for _name, also, _told in rows)
        lines = [f" {fit(name, first)}  {fit(also, second)}  {told}" for name, also, told in rows]
        self.query_one("#pages", Pager).show(lines, ())

    async def on_key(self, event: events.Key) -> None:
        """The arrows, page keys and the space bar turn the pages."""
        if self.query_one("#pages", Pager).turn(event.key):
            event.stop()
            event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """Printing it."""
        return (
            ScreenKey("print", _("print it"), self._print, _("the card on paper")),
            *super().own_keys(),
        )

    async def _print(self) -> None:
        desk = self.session.desk
        card = KeyCardReport(
            desk.site.site.name, desk.rules.calendar.tz, self.session.now(), tuple(self._rows())
        )
        await print_beside(self, card)
