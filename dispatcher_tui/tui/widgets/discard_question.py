"""Whether what is half typed is to be thrown away."""

from __future__ import annotations

from textual import events
from textual.message import Message

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.question import AnswerKey, Question


class DiscardQuestion(Question):
    """Asked over a form: while it is open no key does anything else, but the F-keys."""

    class Settled(Message):
        """The question was answered."""

        def __init__(self, question: DiscardQuestion, *, discard: bool) -> None:
            super().__init__()
            self.question = question
            self.discard = discard

    def __init__(self) -> None:
        super().__init__(held=True)

    def on_mount(self) -> None:
        """Ask."""
        self.put(
            "discard",
            _("Discard what you typed here?"),
            AnswerKey("yes", _("yes, discard it"), "1"),
            AnswerKey("no", _("no, keep it"), ""),
        )

    async def on_key(self, event: events.Key) -> None:
        """A key of no answer is nobody's: it was not meant for the form below."""
        event.stop()

    def on_question_answered(self, event: Question.Answered) -> None:
        """The form below is told by a word of its own: its own questions are others."""
        event.stop()
        self.post_message(self.Settled(self, discard=event.value == "yes"))
