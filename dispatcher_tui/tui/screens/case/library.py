"""From F8: typical cases with their lessons, browsed and searched (P4-17)."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.case.library import Example, read_library
from dispatcher_tui.present.case.learning_lines import example_lines, example_row
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class LibraryScreen(ListScreen):
    """The field narrows the list, the arrows choose, the lessons of the chosen one stand below."""

    hints = ("find", "help")

    DEFAULT_CSS = """
    LibraryScreen #text { height: 1; }
    LibraryScreen #sums { height: 1; color: $text-muted; }
    LibraryScreen #list { height: 2fr; }
    LibraryScreen #lessons { height: 1fr; min-height: 5; border-top: solid $primary; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._shown_for: str | None = None
        self._searching = False
        self._found: tuple[Example, ...] = ()

    def heading(self) -> str:
        """What can be typed here."""
        return " " + _("Case library: class, words, lessons, pinyin initials")

    def body(self) -> ComposeResult:
        """The field, the list, the lessons."""
        yield Field(id="text", placeholder=_("type here"))
        yield Lines("", id="sums", wrap=False)
        yield PickLines(id="list", empty=_("No typical case: b on a case keeps it here."))
        yield Lines("", id="lessons")

    def on_mount(self) -> None:
        """All of it stands there; the field is ready."""
        self.query_one("#text").focus()
        self._look_for("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text."""
        event.stop()
        self._look_for(event.value)

    def _look_for(self, text: str) -> None:
        self._wanted = text
        if not self._searching:
            self._searching = True
            self.run_worker(self._search(), exit_on_error=False, group="library")

    async def _search(self) -> None:
        """Search until what is shown belongs to what is typed; one question at a time."""
        try:
            while self._shown_for != self._wanted:
                wanted = self._wanted
                found = await self.run_on_desk(partial(read_library, text=wanted), writes=False)
                if found is None:
                    return
                self._shown_for = wanted
                self._show(found)
        finally:
            self._searching = False

    def _show(self, found: tuple[Example, ...]) -> None:
        self._found = found
        rows = [
            example_row(each.line, each.lessons, self.called(each.line.category)) for each in found
        ]
        self.query_one("#list", PickLines).show(rows, 0)
        nothing = bool(self._wanted.strip()) and not found
        sums = _("Nothing found.") if nothing else _("Typical cases: {n}").format(n=len(found))
        self.query_one("#sums", Lines).show(sums)
        self.choose()

    def choose(self) -> None:
        """The case of the line, and its lessons."""
        cursor = self.query_one("#list", PickLines).cursor
        chosen = self._found[cursor] if 0 <= cursor < len(self._found) else None
        self.case_id = chosen.line.id if chosen else ""
        lines = (
            example_lines(chosen.line, chosen.lessons, self.called(chosen.line.category))
            if chosen
            else []
        )
        self.query_one("#lessons", Lines).show("\n".join(lines))

    async def accept_field(self) -> None:
        """Enter: open the chosen case."""
        await self.take_line()

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed after Esc goes on in the field."""
        field = self.query_one("#text", Field)
        field.focus()
        field.insert_text_at_cursor(character)
        return True

    async def refresh_case(self, changed: set[str]) -> None:
        """A case was taken in, or out."""
        self._shown_for = None
        self._look_for(self._wanted)

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("Type: class, words, lessons, initials (ls); empty: all of them"),
            _("up, down: choose; Enter: open the case; Esc, then b: its lessons"),
        ]
