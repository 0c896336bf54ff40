"""What is to be corrected: opened from a complaint or a rise; its report printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.corrective import (
    asks_for_corrective,
    corrective_report,
    open_corrective,
    tied,
)
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.present.case.learning_lines import corrective_proposal, tied_line
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToStep
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.sheet_print import print_beside
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea

REFUSE = 4
"""The digit by which it is decided that none is needed."""


class CorrectiveScreen(OnCase):
    """Of a complaint: the words stand there from the record, F10 opens the case. Of a corrective
    action itself: F10 prints its report."""

    hints = ("commit", "help")
    DEFAULT_CSS = """
    CorrectiveScreen #text { height: 1fr; min-height: 4; }
    CorrectiveScreen #form { height: 1fr; }
    """

    def form_name(self) -> str:
        """What the form is called."""
        return _("Corrective action")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The rule, what is open already, the words to edit."""
        if not is_complaint(file.procedure):
            yield Lines(_("Comes from: {source}").format(source=file.case.tied_to))
            yield Lines(_("F10 prints the report as it stands now, to be signed and filed."))
            return
        yield Lines(self._rule_line(file), id="rule")
        yield Lines("", id="known")
        names = glossary(self.session.desk, file.procedure)
        zone, now = file.rules.calendar.tz, self.session.now()
        proposal = corrective_proposal(file.case, file.entries, names, now, zone)
        yield Lines(_("What is to be corrected; from the record, change it as you like:"))
        yield NoteArea(proposal, id="text")
        yield Lines(self._refuse_line(file), id="digits")

    def _rule_line(self, file: CaseFile) -> str:
        asked = file.procedure.corrective
        rule = file.procedure.rule(asked.rule) if asked else None
        return labelled(localized(rule.title), rule.quote) if rule else ""

    def _refuse_line(self, file: CaseFile) -> str:
        keys = key_line(self._refusal(file))
        return f"{_('Esc, then:')} {keys}" if keys else ""

    @staticmethod
    def _refusing(file: CaseFile) -> str:
        """The step by which the head decides that none is needed, while the duty is owed."""
        owed = any(duty.do == "corrective" and duty.pending for duty in file.duties)
        asked = file.procedure.corrective
        return asked.refuse if asked is not None and owed else ""

    def begin(self) -> None:
        """What was opened before is said; the cursor stands behind the words."""
        super().begin()
        for area in self.query(NoteArea):
            area.move_cursor(area.document.end)
        if self.file is not None and self.file.case.correctives:
            self.run_worker(self._say_known(), exit_on_error=False)

    async def _say_known(self) -> None:
        assert self.file is not None
        numbers = self.file.case.correctives
        found = await self.run_on_desk(lambda desk: tied(desk, numbers), writes=False)
        lines = [tied_line(each.number, each.stage, each.next_label) for each in found or ()]
        known = _("Opened before: {which}").format(which=_("; ").join(lines))
        for line in self.query("#known"):
            if isinstance(line, Lines):
                line.show(known if lines else "")

    def own_keys(self) -> Sequence[ScreenKey]:
        """None is needed: who decided that, and why."""
        return (*self._refusal(self.file), *super().own_keys()) if self.file else super().own_keys()

    def _refusal(self, file: CaseFile) -> list[ScreenKey]:
        step = file.procedure.step(self._refusing(file))
        if step is None:
            return []
        refuse = partial(self._refuse, step.id)
        return [ScreenKey(str(REFUSE), localized(step.label), refuse)]

    def _refuse(self, step: str) -> None:
        self._left = True
        self.shell.replace(ToStep(self.case_id, step))

    async def accept_field(self) -> None:
        """Enter in the words breaks the line: they are several."""
        for area in self.query(NoteArea):
            area.insert("\n")

    async def commit(self) -> None:
        """F10: a case of its own, its number on both; or the report of one on paper."""
        if self.file is None:
            return
        if not is_complaint(self.file.procedure):
            await self._print()
            return
        text = self.query_one("#text", NoteArea).text
        job = partial(open_corrective, of_case=self.case_id, text=text)
        await self.submit(job, lambda done: opened_words(done.case.number))

    async def _print(self) -> None:
        report = await self.run_on_desk(
            lambda desk: corrective_report(desk, self.case_id), writes=False
        )
        if report is not None:
            await print_beside(self, report)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10 opens a case of its own, tied to the complaint; its duties run in working days"),
            _("Esc, then 4: the head decides that none is needed, with the reason"),
            _("On a corrective action itself: F10 prints its report"),
        ]


def opened_words(number: str) -> str:
    """What is said once it is open."""
    return _("Corrective action {number} is open; its duties run in working days.").format(
        number=number
    )


class RiseScreen(AutosaveForm):
    """The same for numbers that rose: ``rise`` names them, ``proposal`` says it in words."""

    hints = ("commit", "help")
    DEFAULT_CSS = "RiseScreen #text { height: 1fr; min-height: 4; }"

    def __init__(self, rise: str, proposal: str) -> None:
        super().__init__()
        self._rise = rise
        self._proposal = proposal

    @property
    def about(self) -> str:
        """Which numbers rose."""
        return self._rise

    def heading(self) -> str:
        """What is opened here."""
        return " " + _("Corrective action: numbers that rose")

    def body(self) -> ComposeResult:
        """The words to edit."""
        yield Lines(_("What is to be corrected; from the record, change it as you like:"))
        yield NoteArea(self._proposal, id="text")

    @property
    def _area(self) -> NoteArea:
        return self.query_one("#text", NoteArea)

    def begin(self) -> None:
        """In the words."""
        self._area.focus()
        if not asks_for_corrective(self.session.desk):
            self.say(_("This procedure has no corrective action."))

    async def accept_field(self) -> None:
        """Enter breaks the line."""
        self._area.insert("\n")

    async def commit(self) -> None:
        """F10: a case of its own."""
        text = self._area.text
        job = partial(open_corrective, about=self.about, text=text)
        await self.submit(job, lambda done: opened_words(done.case.number))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("F10 opens a case of its own; its duties run in working days")]
