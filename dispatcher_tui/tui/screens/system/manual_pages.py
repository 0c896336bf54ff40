"""The operator's manual, from F1: topics by their digits, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.site.manual_texts import whole_manual
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.manual_lines import manual_lines, title_of
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pager import Page, Pager


class ManualScreen(DeskScreen):
    """All topics in one paper; a digit leads to its topic."""

    AUTO_FOCUS = ""
    hints = ("help",)
    passing = True

    DEFAULT_CSS = "ManualScreen #keys { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()

    def heading(self) -> str:
        """What it is."""
        return " " + _("Manual")

    def body(self) -> ComposeResult:
        """The paper, and how far one is in it."""
        yield Pager(id="pages")
        yield KeyLines("", id="keys")

    async def on_mount(self) -> None:
        """Read it."""
        lang = language()
        self._texts = await self.run_on_desk(lambda _desk: whole_manual(lang), writes=False) or ()
        self._show()

    def _show(self) -> None:
        pages = [Page(title_of(t), tuple(manual_lines(t, self.cells - 2))) for t in self._texts]
        self.query_one("#pages", Pager).show((), pages)
        self._show_place()

    def _show_place(self) -> None:
        first, last, n = self.query_one("#pages", Pager).place
        keys = [_("lines {first}-{last} of {n}").format(first=first, last=last, n=n)] if n else []
        self.query_one("#keys", Lines).show("   ".join([*keys, key_line(self.own_keys())]))

    async def on_key(self, event: events.Key) -> None:
        """The arrows, page keys and the space bar turn the pages."""
        if self.query_one("#pages", Pager).turn(event.key):
            self._show_place()
            event.stop()
            event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The topics by their digits."""
        last = max(1, len(self._texts))
        return (ScreenKey(f"1-{last}", _("topic"), self._part, _("that topic of the manual")),)

    def _part(self, number: int) -> bool:
        found = self.query_one("#pages", Pager).part(number)
        self._show_place()
        return found

    async def on_resize(self) -> None:
        """Another width: the lines are broken anew."""
        self._show()
