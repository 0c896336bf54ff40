"""A case goes into the case library with its lessons, or out of it with a reason (P4-17)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.library import mark_typical, unmark_typical
from dispatcher_tui.present.case.learning_lines import lessons_proposal
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, yes_or_no
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.row import Row

REASON_LIMIT = 2_000


class TypicalScreen(OnCase):
    """The lessons in words; one that is in the library can be taken out, with the reason."""

    hints = ("commit", "help")
    DEFAULT_CSS = "TypicalScreen #lessons { height: 6; }"

    def form_name(self) -> str:
        """What the form is called."""
        return _("Case library")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """What is to be learnt; those of the write-off stand there already."""
        inside = file.case.typical
        state = _("This case is in the library.") if inside else _("Not in the library yet.")
        yield Lines(state, id="state")
        area = NoteArea(lessons_proposal(file.case, file.entries), id="lessons")
        yield Row(_("What is to be learnt"), area)
        if inside:
            options = yes_or_no(_("yes, take it out"), _("no"))
            out = Choice(options, chosen=("no",), id="out")
            out.autosave = False  # what F10 is to do here is chosen anew each time
            yield Row(_("Take it out"), out)
            yield Row(_("Reason"), Field(limit=REASON_LIMIT, id="reason"))

    @property
    def _out(self) -> bool:
        return any(c.value == "yes" for c in self.query("#out") if isinstance(c, Choice))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Out of the library: why."""
        event.stop()
        if event.choice.value == "yes":
            self.query_one("#reason").focus()

    async def accept_field(self) -> None:
        """Enter in the words breaks the line, in the reason it commits."""
        if isinstance(self.focused, NoteArea):
            self.focused.insert("\n")
        elif self.focused is not None and self.focused.id == "reason":
            await self.commit()
        else:
            await super().accept_field()

    async def commit(self) -> None:
        """F10: in with these lessons, or out."""
        if self.file is None:
            return
        if self._out:
            reason = self.query_one("#reason", Field).value
            out = _("{number} is out of the case library.")
            done = await self.submit(
                lambda desk: unmark_typical(desk, self.case_id, reason),
                lambda done: out.format(number=done.case.number),
            )
        else:
            lessons = self.query_one("#lessons", NoteArea).text
            inside = _("{number} is in the case library.")
            done = await self.submit(
                lambda desk: mark_typical(desk, self.case_id, lessons),
                lambda done: inside.format(number=done.case.number),
            )
        if done is None:
            self.query_one("#reason" if self._out else "#lessons").focus()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10 keeps the case in the library, to be found by its lessons"),
            _("Its newest lessons are shown when the next call of its class is taken"),
        ]
