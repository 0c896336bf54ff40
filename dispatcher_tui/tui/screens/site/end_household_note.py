"""A note on a household is ended before its time, with the reason."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.noting import end_note
from dispatcher_tui.domain.site.household_notes import WORDS_LIMIT, NotedHome
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import home_line
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row


class EndHouseholdNoteScreen(AutosaveForm):
    """Why it says nothing any more; F10 ends it."""

    hints = ("commit", "help")

    def __init__(self, home: NotedHome) -> None:
        super().__init__()
        self._home = home

    @property
    def about(self) -> str:
        """The note."""
        return self._home.note.id

    @property
    def place_here(self) -> str:
        """The household's."""
        return self._home.note.place

    def heading(self) -> str:
        """What is done here."""
        return " " + _("End a note on a household")

    def body(self) -> ComposeResult:
        """The note, the reason."""
        zone = self.session.desk.rules.calendar.tz
        yield Lines(home_line(self._home, self.session.now(), zone))
        yield Row(_("Reason"), Field(id="reason", limit=WORDS_LIMIT))

    async def accept_field(self) -> None:
        """Enter ends it."""
        await self.commit()

    async def commit(self) -> None:
        """F10: it is not shown any more; the list keeps it among those that are over."""
        note_id, reason = self._home.note.id, self.field("reason")

        def job(desk: Desk) -> bool:
            end_note(desk, note_id, reason)
            return True

        await self.submit(job, _("The note is over."))
