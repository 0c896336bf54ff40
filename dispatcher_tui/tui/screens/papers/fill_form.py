"""What a form asks for besides the record: typed here, kept with the case, then printed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.papers.form_book import fill_form
from dispatcher_tui.domain.printed_form import FormField
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.form_words import field_label
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.papers.on_form import OnForm
from dispatcher_tui.tui.sheet_print import print_form
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.row import Row

LINE_LIMIT = 2_000
_LONG = 2
"""A field with so many lines on paper is typed in several."""


class FillFormScreen(OnForm):
    """One field for each that is typed; F10 keeps them and prints the form.

    What stays empty is left on paper for the pen.
    """

    @property
    def _asked(self) -> tuple[FormField, ...]:
        return self._form.form.asked if self._form else ()

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """A row for each field that is typed, with what was typed last."""
        assert self._form is not None
        for number, field in enumerate(self._asked):
            said = self._form.values.get(field.typed, "")
            name = f"typed-{number}"
            if field.ink >= _LONG:
                yield Row(field_label(field), NoteArea(said, id=name))
            else:
                yield Row(field_label(field), Field(said, limit=LINE_LIMIT, id=name))

    def _typed(self) -> dict[str, str]:
        found = {}
        for number, field in enumerate(self._asked):
            widget = self.query_one(f"#typed-{number}")
            found[field.typed] = (
                widget.text if isinstance(widget, NoteArea) else str(getattr(widget, "value", ""))
            )
        return found

    async def accept_field(self) -> None:
        """Enter in several lines breaks the line; F10 commits."""
        if isinstance(self.focused, NoteArea):
            self.focused.insert("\n")
        else:
            await super().accept_field()

    async def commit(self) -> None:
        """F10: keep what was typed, then print; the screen below says where it is."""
        if self.file is None:
            return
        case_id, form_id, values = self.case_id, self._form_id, self._typed()
        if await self.record(lambda desk: fill_form(desk, case_id, form_id, values)) is None:
            return
        await self.shell.take_news()
        below = self.app.screen_stack[-2]
        self.leave()
        if isinstance(below, DeskScreen):
            await print_form(below, case_id, form_id)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10: keep what was typed with the case, and print the form"),
            _("What stays empty is left on paper for the pen"),
        ]
