"""Whether what is half typed is to be thrown away."""

from __future__ import annotations

from textual.message import Message

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.over_question import OverQuestion
from dispatcher_tui.tui.widgets.question import AnswerKey, Question


class DiscardQuestion(OverQuestion):
    """Asked over a form."""

    class Settled(Message):
        """The question was answered."""

        def __init__(self, question: DiscardQuestion, *, discard: bool) -> None:
            super().__init__()
            self.question = question
            self.discard = discard

    def on_mount(self) -> None:
        """Ask."""
        self.put(
            "discard",
            _("Discard what you typed here?"),
            AnswerKey("yes", _("yes, discard it"), "1"),
            AnswerKey("no", _("no, keep it"), ""),
        )

    def on_question_answered(self, event: Question.Answered) -> None:
        """The form below is told by a word of its own: its own questions are others."""
        event.stop()
        self.post_message(self.Settled(self, discard=event.value == "yes"))
