"""Fields worked by digits that leave a digit pressed twice to their screen, which says so.

By the first press somebody else came to stand there, or the field itself came up.
"""

from __future__ import annotations

from textual import events

from dispatcher_tui.tui.typeahead import no_result, pressed_twice
from dispatcher_tui.tui.widgets.form import Choice
from dispatcher_tui.tui.widgets.picker import Picker


class Results(Choice):
    """The results of a call: the second press is no result for whoever is next."""

    async def on_key(self, event: events.Key) -> None:
        """The second press chooses nothing, nor does the answer to a question just closed."""
        if no_result(self, event):
            event.prevent_default()


class TakenByPicker(Picker):
    """Who took a message: the digit of the result, pressed twice, picks nobody."""

    async def on_key(self, event: events.Key) -> None:
        """The second press picks nobody and types nothing."""
        if pressed_twice(self, event):
            event.prevent_default()
