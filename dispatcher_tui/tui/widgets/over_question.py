"""A question that is put over any screen, beside whatever that one asks itself."""

from __future__ import annotations

from textual import events

from dispatcher_tui.tui.widgets.question import Question


class OverQuestion(Question, inherit_css=False):
    """While it is open no key does anything else, but the F-keys.

    It takes no style from ``Question``, and so no screen that looks for its own question finds
    this one in its place: an answer to the one would be taken for the other's.
    """

    DEFAULT_CSS = """
    OverQuestion {
        height: auto; width: 1fr; display: none; text-wrap: nowrap; text-overflow: clip;
    }
    """

    def __init__(self) -> None:
        super().__init__(held=True)

    async def on_key(self, event: events.Key) -> None:
        """A key of no answer is nobody's: it was not meant for what lies below."""
        event.stop()
