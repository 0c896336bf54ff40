"""催单: a caller rings about a case; one whose handling is over is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.case.called_again import AfterEndAnswer, call_again
from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.intake import Intake, IntakeDraft
from dispatcher_tui.desk.desk import Done
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.ringing_commands import AfterEnd
from dispatcher_tui.domain.time.when import WhenError, parse_promise
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.promises import promise_hint, when_problem
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Derived, Row, row_of


class RingAgainScreen(OnCase):
    """Who rang, from which number, with which words; both callers are kept.

    ``draft`` is the form of a call that turned out to be about this case.
    """

    hints = ("commit", "help")

    def __init__(self, case_id: str, draft: IntakeDraft | None = None) -> None:
        super().__init__(case_id)
        self._draft = draft

    def form_name(self) -> str:
        """What the form is called."""
        return _("Rang again")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Who called so far, then the new caller; the first one stands there already."""
        first, told = file.case.caller, self._draft.intake if self._draft else Intake()
        known = _("; ").join(f"{c.name} {c.phone}".strip() for c in file.case.callers)
        name = told.caller or (first.name if first else "")
        phone = told.phone or (first.phone if first else "")
        yield Lines(_("Callers so far: {callers}").format(callers=known))
        yield Row(_("Caller"), Field(name, of_name=True, id="caller"))
        yield Row(_("Call-back number"), Field(phone, id="phone"))
        yield Row(_("Their words"), NoteArea(told.said, id="said"))
        by = Row(_("Call back by"), Field(id="due"), Derived("", id="due-hint"), id="due-row")
        by.display = False
        yield by
        yield Question(id="after-end", held=True)

    def begin(self) -> None:
        """The same caller again is the common case: straight to the words."""
        self.query_one("#said").focus()
        if self._draft is not None and self.file is not None:
            self._ask(self.file.case)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back while it is typed what time is understood."""
        if self.file is not None and event.input.id == "due":
            zone = self.file.rules.calendar.tz
            hint = promise_hint(event.value, self.session.now(), zone, self.session.sayings())
            self.query_one("#due-hint", Derived).show(hint)

    def _ask(self, case: Case) -> None:
        """What becomes of a case that was taken for done: it is not merely counted."""
        words = _("{number} is {stage}, and they ring again. Does it go on?")
        self.query_one(Question).put(
            "after-end",
            words.format(number=case.number, stage=stage_name(case.stage)),
            AnswerKey("reopen", _("reopen the case"), "1"),
            AnswerKey("call_back", _("call them back"), "2"),
            AnswerKey("no", _("look again"), ""),
        )
        self.say("")

    async def on_question_answered(self, event: Question.Answered) -> None:
        """It is opened anew; or a call back is owed, by a time that is asked for."""
        event.stop()
        if event.value == AfterEnd.REOPEN:
            await self._count(AfterEndAnswer(AfterEnd.REOPEN))
        elif event.value == AfterEnd.CALL_BACK:
            self.query_one("#due-row").display = True
            self.query_one("#due").focus()
            self.say(_("By when? 40 (minutes), 23:30, tomorrow 9:00; then F10."))
        else:
            self.query_one("#said").focus()

    def _due(self) -> datetime | None:
        """By when they are called back; what cannot stand is said there."""
        assert self.file is not None
        field = self.query_one("#due", Field)
        try:
            zone = self.file.rules.calendar.tz
            return parse_promise(field.value, self.session.now(), zone, self.session.sayings())
        except WhenError as error:
            field.focus()
            if (row := row_of(field)) is not None:
                row.say_wrong(when_problem(error.code))
            return None

    async def commit(self) -> None:
        """F10: counted on the case; one whose handling is over is asked about first."""
        if self.file is None:
            return
        if not self.file.case.stage.handled:
            await self._count(None)
        elif not self.query_one("#due-row").display:
            self._ask(self.file.case)
        elif (due := self._due()) is not None:
            await self._count(AfterEndAnswer(AfterEnd.CALL_BACK, due))

    async def _count(self, answer: AfterEndAnswer | None) -> None:
        told = Intake(
            caller=self.query_one("#caller", Field).value,
            phone=self.query_one("#phone", Field).value,
            said=self.query_one("#said", NoteArea).text,
        )
        if answer is not None and not told.said.strip():
            self.query_one("#said").focus()
            self.ask(_("Write what they said: it is the reason."))
            return
        draft = self._draft.id if self._draft is not None else ""

        def said(done: Done) -> str:
            n = done.case.rings
            words = ngettext("Counted: rang again {n} time.", "Counted: rang again {n} times.", n)
            return words.format(n=n)

        await self.submit(
            lambda desk: call_again(desk, self.case_id, told, draft=draft, answer=answer), said
        )
