"""From F8 (b) and the month (m): the running registers; the chosen one is printed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.running_book import books_of, running_book
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import on_paper, paper_keys
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class RegistersScreen(ListScreen):
    """The registers of a month, one a row; a digit, Enter or p prints one. It stays open: more than
    one may be wanted."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = "RegistersScreen #keys { height: 1; }"
    hints = ("print", "help")

    def __init__(self, month: str) -> None:
        super().__init__()
        self._month = month

    def heading(self) -> str:
        """Of which month."""
        name, _slash, _own = self._month.partition("/")
        return " " + _("Registers of {month}: which one is to be printed?").format(month=name)

    def body(self) -> ComposeResult:
        """One row each, and what can be done with the chosen one."""
        yield KeyLines(key_line(self.own_keys()), id="keys")
        yield PickLines(id="list", numbered=True)

    async def on_mount(self) -> None:
        """From memory alone; its cases are gathered when it is printed."""
        short = {p.id: localized(p.short) for p in self.session.desk.in_force.procedures}
        rows = [f"{localized(form.label)}  {short[of]}" for of, form in self._forms()]
        self.line_list.show(rows, 0)

    def _forms(self) -> list[tuple[str, Form]]:
        _name, _slash, own = self._month.partition("/")
        return [(of, form) for of, form in books_of(self.session.desk) if own in ("", of)]

    def own_keys(self) -> Sequence[ScreenKey]:
        """A register by its digit, or the chosen one; as a workbook too."""
        return (
            ScreenKey("1-9", "", self._print, _("print that register")),
            *paper_keys(self, self._book, _("print the chosen one"), _("print it")),
        )

    def _book(self, desk: Desk) -> RunningBook | None:
        found, number = self._forms(), self.line_list.cursor
        if not 0 <= number < len(found):
            return None
        return running_book(desk, self._month, *found[number])

    async def _print(self, number: int) -> None:
        if self.line_list.select(number - 1):
            await self.take_line()

    async def take_line(self) -> None:
        """Enter or p: the chosen one."""
        await on_paper(self, self._book)
