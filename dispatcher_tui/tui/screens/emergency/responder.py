"""E-03: somebody set off, is there, or reports back, in their words; rung before or not."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.emergency.emergency import came_by_themselves
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency.doubt import Doubt, doubt
from dispatcher_tui.domain.emergency.likely import likely, may_come
from dispatcher_tui.domain.emergency.post_held import RESPONDERS, spoken_to
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Responder
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.emergency.emergency_words import responder_stage
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.emergency.order import picked_name, roster_options
from dispatcher_tui.tui.screens.emergency.who_is_meant import (
    BACK,
    STRANGER,
    ask_doubt,
    ask_whom,
)
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import Row


class ResponderScreen(OnCase):
    """Who, how far, what they say. ``person`` stands there already."""

    DEFAULT_CSS = "ResponderScreen #heading { background: $desk-emgh; color: $desk-emghf; }"
    hints = ("commit", "help")

    def __init__(self, case_id: str, person: str = "") -> None:
        super().__init__(case_id)
        self._person = person
        self._report: cmd.ReportResponder | None = None

    def form_name(self) -> str:
        """What the form is called."""
        return _("Who came how far")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The roster, on top who was told, then the group; the stages by digit, the words."""
        found = ladders(file.procedure, file.case)
        group = [role for ladder in found for role in ladder.group]
        deciding = [rung.role for ladder in found for rung in ladder.rungs]
        picker = Picker(
            roster_options(file, group, may_come(file.case, deciding)),
            picked=self._person,
            id="who",
            placeholder=_("number, initials or name"),
        )
        yield Row(_("Who came"), picker, rule=RESPONDERS)
        yield PickList(picker, columns=2, cells=36)
        stages = [Option(stage.value, responder_stage(stage)) for stage in Responder]
        yield Row(_("How far"), Choice(stages, id="stage"))
        yield Row(_("Their words (optional)"), Field(id="note", limit=2_000))
        yield Question(id="question", held=True)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who it is is known: how far comes next."""
        event.stop()
        self.query_one("#stage").focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    async def accept_field(self) -> None:
        """Enter goes on; after the words it is stamped."""
        if self.focused is not None and self.focused.id == "note":
            await self.commit()
        else:
            await super().accept_field()

    async def commit(self) -> None:
        """F10: stamped at this second."""
        file = self.file
        if file is None:
            return
        person, name = picked_name(file, self.query_one("#who", Picker))
        stage = self.query_one("#stage", Choice).value
        if not stage:
            self.say(_("Choose by its digit how far they have come."))
            self.query_one("#stage").focus()
            return
        note = clean_text(self.query_one("#note", Field).value, multiline=False).text
        report = cmd.ReportResponder(person=person, name=name, stage=Responder(stage), note=note)
        await self._ask_or_stamp(file, report)

    async def _ask_or_stamp(self, file: CaseFile, report: cmd.ReportResponder) -> None:
        """Stamp what fits to the record; what does not is asked about first."""
        why = doubt(file.case, file.procedure, report) if report.name.strip() else None
        if why is None:
            await self._stamp(report)
        elif why is Doubt.NEVER_REACHED and not report.person:
            self._ask_stranger(file, report)
        else:
            self._report = report
            ask_doubt(self.query_one(Question), why, report.name, report.stage)

    def _ask_stranger(self, file: CaseFile, report: cmd.ReportResponder) -> None:
        """Nobody of the roster: is one of those meant whom nobody has reached?"""
        self._report = report
        meant = likely(report.name, file.people, file.initials, file.case)
        ask_whom(self.query_one(Question), report.name, meant)

    async def _meant(self, person: str, report: cmd.ReportResponder) -> None:
        """One of the unreached after all, or a stranger."""
        assert self.file is not None
        name = next((each.name for each in self.file.people if each.id == person), report.name)
        await self._stamp(replace(report, person=person, name=name))

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Yes: that they came by themselves is a call of its own."""
        event.stop()
        report, self._report = self._report, None
        if event.name == STRANGER and event.value == BACK and report is not None:
            self.say(_("NOT written down: {name}. Who came?").format(name=report.name))
            self.query_one("#who").focus()
        elif event.name == STRANGER and report is not None:
            await self._meant(event.value, report)
        elif event.value == "yes" and report is not None:
            await self._stamp(report)
        else:
            self.query_one("#stage").focus()

    async def _stamp(self, report: cmd.ReportResponder) -> None:
        """Whom nobody spoke to, and who is on no list, came by themselves."""
        assert self.file is not None
        name, stage = report.name, responder_stage(report.stage)
        known = not name.strip() or spoken_to(self.file.case, report.person, name)
        words = _("{name} came unasked: {stage}").format(name=name, stage=stage)
        await self.submit(
            lambda desk: (
                desk.perform(self.case_id, report)
                if known
                else came_by_themselves(desk, self.case_id, name, report)
            ),
            labelled(name, stage) if known else words,
        )

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("A digit or initials pick who it is, or type a name; F10 stamps it")]
