"""Fields that leave a key to their screen: it knows what was pressed before, and says so.

By the first press somebody else came to stand there, or the field itself came up; or a place is
being typed that was begun outside of its field.
"""

from __future__ import annotations

from textual import events

from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.tui.typeahead import no_result, of_place, pressed_twice
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.picker import Picker


class Results(Choice):
    """The results of a call: whether a digit is one, the screen knows."""

    async def on_key(self, event: events.Key) -> None:
        """The digits are the screen's; what else a place is typed with chooses nothing, nor does
        the answer to a question just closed."""
        digit = fold_key(event.character or "").isdigit()
        if digit or of_place(self, event) or no_result(self, event):
            event.prevent_default()


class TakenByPicker(Picker):
    """Who took a message: the digit of the result, pressed twice, picks nobody."""

    async def on_key(self, event: events.Key) -> None:
        """The second press picks nobody and types nothing, nor does a place."""
        if pressed_twice(self, event) or (not self.value and of_place(self, event)):
            event.prevent_default()


class AfterDigit(Field):
    """A field that a digit leads to: the digit may have been the first figure of a place."""

    async def on_key(self, event: events.Key) -> None:
        """A mark of a place that comes first is left to the screen."""
        begins = not self.value or self.replaceable
        if begins and of_place(self, event) and not fold_key(event.character or "").isdigit():
            event.prevent_default()
