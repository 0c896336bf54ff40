"""催单: the caller, or a second one, rings about a case that is open."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.called_again import call_again
from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Done
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.row import Row


class RingAgainScreen(OnCase):
    """Who rang, from which number, with which words; both callers are kept."""

    hints = ("commit", "help")

    def form_name(self) -> str:
        """What the form is called."""
        return _("Rang again")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Who called so far, then the new caller; the first one stands there already."""
        first = file.case.caller
        known = _("; ").join(f"{c.name} {c.phone}".strip() for c in file.case.callers)
        yield Lines(_("Callers so far: {callers}").format(callers=known))
        yield Row(_("Caller"), Field(first.name if first else "", of_name=True, id="caller"))
        yield Row(_("Call-back number"), Field(first.phone if first else "", id="phone"))
        yield Row(_("Their words"), NoteArea(id="said"))

    def begin(self) -> None:
        """The same caller again is the common case: straight to the words."""
        self.query_one("#said").focus()

    async def commit(self) -> None:
        """F10: counted on the case."""
        if self.file is None:
            return
        intake = Intake(
            caller=self.query_one("#caller", Field).value,
            phone=self.query_one("#phone", Field).value,
            said=self.query_one("#said", NoteArea).text,
        )

        def said(done: Done) -> str:
            n = done.case.rings
            words = ngettext("Counted: rang again {n} time.", "Counted: rang again {n} times.", n)
            return words.format(n=n)

        await self.submit(lambda desk: call_again(desk, self.case_id, intake), said)
