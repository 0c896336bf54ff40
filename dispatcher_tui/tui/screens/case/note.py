"""A note on a case, in one's own words."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea


class NoteScreen(OnCase):
    """One field; F10 writes it down."""

    hints = ("commit", "help")
    DEFAULT_CSS = "NoteScreen #text { height: 8; }"

    def form_name(self) -> str:
        """What the form is called."""
        return _("Add note")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The words, and how they are written down."""
        yield Lines(_("What is to be noted (F10 writes it down, Ctrl+J breaks the line):"))
        yield NoteArea(id="text")

    async def commit(self) -> None:
        """F10: the note goes on the case."""
        if self.file is None:
            return
        text = clean_text(self.query_one("#text", NoteArea).text).text
        note = cmd.AddNote(text=text)
        await self.submit(lambda desk: desk.perform(self.case_id, note), _("Noted."))
