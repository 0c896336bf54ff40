"""Something of the handout book is back: who takes it where that is asked, and what is noted."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.watch.handouts import take_back
from dispatcher_tui.domain.case.decide_handouts import BackAsked
from dispatcher_tui.domain.case.refusal import Refusal, or_refusal
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.domain.watch.handouts import HandoutRegister
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.watch.handout_lines import out_row, what_went
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

LIMIT = 120


class HandBackScreen(AutosaveForm):
    """Enter writes down that it is back; a note where something is broken or missing."""

    hints = ("commit", "help")

    def __init__(self, row: HandoutRow) -> None:
        super().__init__()
        self._row = row

    @property
    def about(self) -> str:
        """The number it went out with."""
        return str(self._row.number)

    def heading(self) -> str:
        """What is done here."""
        words = _("Handout {number}: {thing} is back")
        return " " + words.format(number=self._row.number, thing=what_went(self._row))

    def _register(self) -> HandoutRegister | None:
        registers = self.session.desk.site.handouts.registers
        return next((each for each in registers if each.id == self._row.register), None)

    def body(self) -> ComposeResult:
        """What it is, who takes it, the note."""
        zone, register = self.session.desk.rules.calendar.tz, self._register()
        yield Lines(out_row(self._row, self.session.now(), zone))
        if register is not None and register.claimant is not None:
            who = Field(id="who", limit=LIMIT, of_name=True)
            yield Row(localized(register.claimant), who, required=True)
        yield Row(_("Note"), Field(id="note", limit=LIMIT))
        yield Lines(_("Enter: it is back. A note where something is broken or missing."))

    async def accept_field(self) -> None:
        """Enter goes on; on the last field it writes down."""
        if self.focused is not None and self.focused.id == "note":
            await self.commit()
        else:
            enter_on(self)

    async def commit(self) -> None:
        """F10: it is back."""
        who = self.field("who") if self.query("#who") else ""
        asked = BackAsked(self._row.number, who, self.field("note"))
        done = await self.run_on_desk(lambda desk: or_refusal(lambda: take_back(desk, asked)))
        if isinstance(done, Refusal):
            if self.query("#who"):
                self.query_one("#who").focus()
            self.say_fault(self.refused(done))
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            self.leave(_("Number {number} is back.").format(number=self._row.number))
