"""A case goes over to another procedure in force, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.moving import move_case, others_than
from dispatcher_tui.domain.case.decide_moving import graded, refuse_to_move
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.refusals import explain
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row


class MoveScreen(OnCase):
    """Procedure by digit, each with the level the case would have; the reason in words."""

    hints = ("commit", "help")

    def form_name(self) -> str:
        """What the form is called."""
        return _("Under another procedure")

    def _stays(self, file: CaseFile) -> str:
        """Why the case cannot be handed over; empty where it can."""
        try:
            refuse_to_move(file.case, file.procedure)
        except Refusal as refused:
            return explain(refused)
        if not others_than(self.session.desk, file.procedure.id):
            return _("No other procedure is in force here.")
        return ""

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The procedure it has, those it may have, and why."""
        if stays := self._stays(file):
            yield Lines(stays)
            return
        now = localized(file.procedure.short)
        yield Lines(_("Under {name} now").format(name=now))
        others = others_than(self.session.desk, file.procedure.id)
        options = [self._option(each, file) for each in others]
        yield Row(_("Goes to"), Choice(options, id="procedure"))
        yield Row(_("Reason"), Field(id="reason"))
        yield Lines(_("When it was opened and its promises stay; what was owed so far ends."))

    def _option(self, procedure: Procedure, file: CaseFile) -> Option:
        """By its place in the site's list, which is the same digit whichever has the case."""
        ids = [each.id for each in self.session.desk.in_force.procedures]
        level = localized(graded(procedure, file.case).label)
        text = f"{localized(procedure.short)} ({level})"
        return Option(procedure.id, text, digit=ids.index(procedure.id) + 1)

    async def commit(self) -> None:
        """F10: the other procedure has it from now on."""
        if self.file is None:
            return
        if stays := self._stays(self.file):
            self.say(stays)
            return
        procedure = self.query_one("#procedure", Choice).value
        reason = self.query_one("#reason", Field).value
        if not procedure:
            self.ask(_("Choose the procedure by its digit."))
            self.query_one("#procedure").focus()
            return
        target = self.session.desk.in_force.named(procedure)
        words = _("Handed over to {name}: what is owed from now on is by that procedure.")
        said = words.format(name=localized(target.short))
        case_id = self.case_id
        await self.submit(lambda desk: move_case(desk, case_id, procedure, reason), said)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("the level is the other procedure's; clocks that began at the opening go on"),
            _("papers keep their numbers; the month of the procedure it leaves says moved out"),
        ]
