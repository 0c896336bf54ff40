"""From F8: paper for when the desk is dark, and what became of every sheet."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.spare_sheets import read_spares
from dispatcher_tui.domain.papers.spare_sheets import SpareBook, sheet_number
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.spare_lines import gaps_line, sheet_rows
from dispatcher_tui.tui.fallback_print import print_fallback
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.paper_routes import ToKeySpare, ToVoidSpare
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class SpareSheetsScreen(ListScreen):
    """p prints a pad with the board and the call tree; 1 keys one in, 2 voids one."""

    AUTO_FOCUS = ""
    hints = ("print", "help")

    DEFAULT_CSS = """
    SpareSheetsScreen #gaps { height: auto; color: $desk-warnt; }
    SpareSheetsScreen #keys { height: 1; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._book = SpareBook()
        self._rows: list[tuple[int, str]] = []

    def heading(self) -> str:
        """What is here."""
        return " " + _("Paper fallback: blank intakes, keyed in or missing")

    def body(self) -> ComposeResult:
        """What is missing, the keys, the sheets."""
        yield Lines("", id="gaps")
        yield Lines(key_line(self.own_keys()), id="keys", wrap=False)
        yield PickLines(id="list", empty=_("No blank intake was printed yet: p prints a pad."))

    async def on_mount(self) -> None:
        """Read the pads."""
        await self._reload()

    async def come_back(self) -> None:
        """One was keyed in or voided."""
        await self._reload()

    async def _reload(self) -> None:
        book = await self.run_on_desk(lambda desk: read_spares(desk.store), writes=False)
        if book is None:
            return
        self._book = book
        zone = self.session.desk.rules.calendar.tz
        self._rows = sheet_rows(book, self.session.now(), zone)
        self.line_list.show([text for _n, text in self._rows], max(0, self.line_list.cursor))
        self.query_one("#gaps", Lines).show(gaps_line(book.gaps))

    def _chosen(self) -> str:
        """The sheet under the cursor, where that is one of which nothing was written down."""
        cursor = self.line_list.cursor
        number = self._rows[cursor][0] if 0 <= cursor < len(self._rows) else 0
        return sheet_number(number) if number and number not in self._book.used else ""

    def own_keys(self) -> Sequence[ScreenKey]:
        """Print a pad, key one in, void one."""
        prints = _("a pad of blank intakes, the board and whom to ring, as one print")
        keys = _("what was written on a sheet, with the time of its call")
        voids = _("a sheet that is spoilt or lost")
        return (
            ScreenKey("1", _("key in"), self._key, keys),
            ScreenKey("2", _("void"), self._void, voids),
            ScreenKey("print", _("print a pad"), self._print, prints),
        )

    async def take_line(self) -> None:
        """Enter: key in the chosen sheet."""
        self._key()

    def _key(self) -> None:
        self.shell.go(ToKeySpare(self._chosen()))

    def _void(self) -> None:
        self.shell.go(ToVoidSpare(self._chosen()))

    async def _print(self) -> None:
        await print_fallback(self)
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("A sheet counts as missing once a later one of its pad was keyed in"),
            _("Each sheet is keyed in once; its case says when the call was and when it was keyed"),
        ]
