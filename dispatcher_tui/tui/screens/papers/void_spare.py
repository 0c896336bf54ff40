"""A blank intake is spoilt or lost: nothing will be keyed in from it."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.spare_sheets import void_sheet
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row


class VoidSpareScreen(AutosaveForm):
    """The number and the reason; F10 writes it down."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self._number = number

    def heading(self) -> str:
        """What is written down here."""
        return " " + _("A blank intake is void: spoilt or lost")

    def body(self) -> ComposeResult:
        """Number and reason."""
        yield Row(_("Sheet"), Field(self._number, id="number", limit=20))
        yield Row(_("Reason"), Field(id="reason", limit=200))

    def begin(self) -> None:
        """The reason, where the number is known."""
        if self._number:
            self.query_one("#number", Field).put(self._number)
        self.query_one("#reason" if self._number else "#number").focus()

    async def accept_field(self) -> None:
        """Enter goes on; F10 commits."""
        enter_on(self)

    async def commit(self) -> None:
        """F10: nothing will be keyed in from it."""
        number, reason = self.field("number"), self.field("reason")
        said = _("Void; the reason is on record.")
        await self.submit(lambda desk: void_sheet(desk, number, reason), said)
