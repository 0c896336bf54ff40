"""Another level for a case, by hand, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row


class RegradeScreen(OnCase):
    """Level by digit, reason in words; the level's clocks start with it."""

    hints = ("commit", "help")

    def form_name(self) -> str:
        """What the form is called."""
        return _("Regrade")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The level it has, the one it shall have, and why."""
        procedure, case = file.procedure, file.case
        now = procedure.level(case.level)
        yield Lines(_("Level now: {level}").format(level=localized(now.label)))
        options = [Option(level.id, localized(level.label)) for level in procedure.levels]
        yield Row(_("New level"), Choice(options, id="level"))
        yield Row(_("Reason"), Field(id="reason"))

    async def commit(self) -> None:
        """F10: the case has the other level from now on."""
        if self.file is None:
            return
        command = cmd.Regrade(
            level=self.query_one("#level", Choice).value,
            reason=clean_text(self.query_one("#reason", Field).value, multiline=False).text,
        )
        if not command.level:
            self.ask(_("Choose the level by its digit."))
            self.query_one("#level").focus()
            return
        said = _("Regraded; its clocks run from now.")
        await self.submit(lambda desk: desk.perform(self.case_id, command), said)
