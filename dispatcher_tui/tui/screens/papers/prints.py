"""From F8: what was printed, where it went, and the same sheet once more."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.print_book import Printed, kept, read_prints
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.print_lines import prints_table, why_not
from dispatcher_tui.present.refusals import explain
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import hand_on, say_where
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class PrintsScreen(ListScreen):
    """The last prints, the newest first; p or Enter prints the chosen one again as it was."""

    AUTO_FOCUS = ""
    hints = ("print", "help")

    DEFAULT_CSS = """
    PrintsScreen #why { height: 1; color: $desk-warnt; }
    PrintsScreen #heads { height: 1; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Printed, ...] = ()

    def heading(self) -> str:
        """What is here."""
        return " " + _("Printed papers: where each went; the same sheet again")

    def body(self) -> ComposeResult:
        """Why the chosen one did not come out, the heads, the list."""
        yield Lines("", id="why", wrap=False)
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("Nothing was printed yet."))

    async def on_mount(self) -> None:
        """Read the list."""
        await self._reload()

    async def come_back(self) -> None:
        """Something may have been printed meanwhile."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(read_prints, writes=False)
        if found is None:
            return
        self._rows = found
        head, rows = prints_table(self.session.desk.rules.calendar.tz).shown(found)
        self.query_one("#heads", Lines).show(f" {head}")
        self.query_one("#list", PickLines).show(rows, 0)
        self.choose()

    def _chosen(self) -> Printed | None:
        cursor = self.query_one("#list", PickLines).cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def choose(self) -> None:
        """What the printer said of the chosen one stands above the list."""
        chosen = self._chosen()
        failed = f" {why_not(chosen.failed)}" if chosen and chosen.failed else ""
        self.query_one("#why", Lines).show(failed)

    def own_keys(self) -> Sequence[ScreenKey]:
        """Print the chosen one again."""
        nothing = "" if self.is_mounted and self._chosen() else _("Nothing was printed yet.")
        again = _("print the chosen one again, the same sheet")
        return (ScreenKey("print", "", self._again, again, off=nothing),)

    async def take_line(self) -> None:
        """Enter prints the chosen one again."""
        if self._chosen() is not None:
            await self._again()

    async def _again(self) -> None:
        """The same file again: its hash is the one that was written down."""
        chosen = self._chosen()
        if chosen is None:
            return
        try:
            again = await asyncio.to_thread(kept, self.session.desk, chosen)
        except Refusal as refusal:
            self.say(explain(refusal))
            return
        say_where(self, [again])
        await hand_on(self, [again])
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a sheet; Enter or p: print it again, the same file"),
            _("A sheet goes to the printer that site.toml names under [print]; else it is a file"),
        ]
