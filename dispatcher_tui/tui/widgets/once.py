"""Fields that leave a key to their screen: it knows what was pressed before, and says so.

By the first press somebody else came to stand there, or the field itself came up; or a place is
being typed that was begun outside of its field.
"""

from __future__ import annotations

import math

from textual import events
from textual.message import Message

from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.typeahead import no_result, of_place, pressed_at, pressed_twice
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.question import Question


class Results(Choice):
    """The results of a call: whether a digit is one, the screen knows."""

    async def on_key(self, event: events.Key) -> None:
        """The digits are the screen's; what else a place is typed with chooses nothing, nor does
        the answer to a question just closed."""
        digit = fold_key(event.character or "").isdigit()
        if digit or of_place(self, event) or no_result(self, event):
            event.prevent_default()


class TakenByPicker(Picker):
    """Who took a message: no digit picks anybody sooner than somebody can have said who."""

    _asked_at = -math.inf

    def asks(self) -> None:
        """It is asked from now on, by the key pressed last."""
        self._asked_at = pressed_at(self)
        self.empty()

    async def on_key(self, event: events.Key) -> None:
        """The second press picks nobody and types nothing, nor does a place, nor a digit in a row
        with that of the result."""
        if pressed_twice(self, event) or (not self.value and of_place(self, event)):
            event.prevent_default()
        elif fold_key(event.character or "").isdigit() and self._too_soon(event.time):
            event.stop()
            event.prevent_default()
            self.post_message(Question.Unanswered("", soon=True))

    def _too_soon(self, at: float) -> bool:
        return at - self._asked_at < twice.RINGS_AFTER


class AfterDigit(Field):
    """A field that a digit leads to which may have been the first figure of a place."""

    async def on_key(self, event: events.Key) -> None:
        """A mark of a place that comes first is left to the screen."""
        begins = not self.value or self.replaceable
        if begins and of_place(self, event) and not fold_key(event.character or "").isdigit():
            event.prevent_default()


class AfterQuestion(Field):
    """A field that has the focus where a question was closed: a digit still meant as its answer
    is no text. Any other key writes on, and so do digits after it."""

    class Astray(Message):
        """A digit was pressed that answers no question now."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    _unanswered = False

    def question_gone(self) -> None:
        """The question is gone, unanswered or with no: the words may be gone over."""
        self._unanswered = True
        self.focus()

    def on_blur(self) -> None:
        """Led to anew it takes digits as any other field."""
        if self.app.app_focus and self.screen.is_current:
            self._unanswered = False

    async def on_key(self, event: events.Key) -> None:
        """A digit in the place of an answer is left out, and said."""
        key = fold_key(event.character or "")
        if self._unanswered and len(key) == 1 and key.isdigit():
            event.stop()
            event.prevent_default()
            self.post_message(self.Astray(key))
        elif event.key not in ("escape", "enter"):
            self._unanswered = False
