"""From the slips: a numbered paper will not come in, and the reason stays on record."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.slips import find_number, void_number
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.slip_lines import standing_lines
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row


class VoidScreen(AutosaveForm):
    """The number, where it is now, the reason; F10 asks once more."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    def heading(self) -> str:
        """What is written down here."""
        return " " + _("A paper is void: spoilt, torn, lost")

    def body(self) -> ComposeResult:
        """Number, whereabouts, reason, the question."""
        yield Row(_("Number"), Field(id="number", limit=40))
        yield Lines("", id="where")
        yield Row(_("Reason"), Field(id="reason"))
        yield Question(id="question")

    def begin(self) -> None:
        """No number is proposed: the one that is void for good is read off the paper."""
        self.query_one("#number").focus()

    async def accept_field(self) -> None:
        """Enter on the number says where it is; on the reason it commits."""
        if self.focused is not None and self.focused.id == "reason":
            await self.commit()
            return
        await self._look()
        enter_on(self)

    async def _look(self) -> None:
        """Say where the number is now."""
        typed = self.field("number")
        if not typed.strip():
            return
        found = await self.run_on_desk(lambda desk: find_number(desk, typed), writes=False)
        if found is not None:
            zone = self.session.desk.rules.calendar.tz
            lines = standing_lines(found, self.session.now(), zone)
            self.query_one("#where", Lines).show("\n".join(lines))

    async def commit(self) -> None:
        """F10: it cannot be taken back, so it is asked once more; Enter is no."""
        if not self.field("number").strip() or not self.field("reason").strip():
            self.query_one("#number" if not self.field("number").strip() else "#reason").focus()
            self.say(_("The number and the reason first."))
            return
        await self._look()
        words = _("Is {number} void for good?").format(number=self.field("number").strip())
        answers = (AnswerKey("yes", _("void"), "1"), AnswerKey("no", _("no"), ""))
        self.query_one(Question).put("void", words, *answers)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Void for good, or nothing."""
        event.stop()
        if event.value != "yes":
            self.query_one("#reason").focus()
            self.say(_("Nothing was written down."))
            return
        number, reason = self.field("number"), self.field("reason")
        said = _("Void; the reason is on record.")
        if await self.submit(lambda desk: void_number(desk, number, reason), said) is None:
            self.query_one("#number").focus()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("Enter on the number: where it is now; F10, then 1: void for good")]
