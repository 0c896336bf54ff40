"""From F8: typical cases with their lessons, browsed and searched (P4-17)."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.case.library import Example, read_library
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.present.case.learning_lines import example_lines, example_row
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import by_name
from dispatcher_tui.tui.screens.system.searching import SearchScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class LibraryScreen(SearchScreen[tuple[Example, ...]]):
    """The field narrows the list, the arrows choose, the lessons of the chosen one stand below."""

    hints = ("find", "help")

    DEFAULT_CSS = """
    LibraryScreen #list { height: 2fr; }
    LibraryScreen #lessons { height: 1fr; min-height: 5; margin: 1 0 0 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Example, ...] = ()

    def heading(self) -> str:
        """What can be typed here."""
        return " " + _("Case library: class, words, lessons, pinyin initials")

    def body(self) -> ComposeResult:
        """The field, the list, the lessons."""
        yield Field(id="text", placeholder=_("type here"))
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield PickLines(id="list", empty=_("No typical case: b on a case keeps it here."))
        yield Lines("", id="lessons")

    def search(self, desk: Desk, text: str) -> tuple[Example, ...]:
        """The cases kept in the library; all of them for an empty text."""
        return read_library(desk, text)

    async def show_found(self, found: tuple[Example, ...]) -> None:
        """The list, and the lessons of the first one."""
        self._found = found
        rows = [
            example_row(each.line, each.lessons, self.called(each.line.category)) for each in found
        ]
        self.query_one("#list", PickLines).show(rows, 0)
        nothing = bool(self.wanted.strip()) and not found
        sums = _("Nothing found.") if nothing else _("Typical cases: {n}").format(n=len(found))
        self.query_one("#sums", Lines).show(sums)
        self.choose()

    def choose(self) -> None:
        """The case of the line, and its lessons."""
        cursor = self.query_one("#list", PickLines).cursor
        chosen = self._found[cursor] if 0 <= cursor < len(self._found) else None
        self.case_id = chosen.line.id if chosen else ""
        lines = (
            example_lines(
                by_name(chosen.line, self.called), chosen.lessons, self.called(chosen.line.category)
            )
            if chosen
            else []
        )
        self.query_one("#lessons", Lines).show("\n".join(lines))

    async def accept_field(self) -> None:
        """Enter: open the chosen case."""
        await self.take_line()

    async def refresh_case(self, changed: set[str]) -> None:
        """A case was taken in, or out."""
        self.search_again()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Type: class, words, lessons, initials (ls); empty: all of them"),
            _("up, down: choose; Enter: open the case; Esc, then b: its lessons"),
        ]
