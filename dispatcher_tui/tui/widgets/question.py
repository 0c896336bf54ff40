"""A question in the middle of a form, answered with one key; no is 0, Esc or Enter."""

from __future__ import annotations

import msgspec
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.domain.text import clean_text, fold_key

NO = "0"
"""The digit of the harmless answer, in every question."""


class Answer(msgspec.Struct, frozen=True):
    """One answer: its value, its words, and the keys that give it, the first one shown."""

    value: str
    text: str
    keys: str


class Question(Widget, can_focus=True):
    """Hidden until :meth:`put`; the last answer is the harmless one: 0, Esc and Enter give it."""

    takes_digits = True
    """No letter but an answer's own does anything while it is asked."""

    DEFAULT_CSS = """
    Question { height: auto; width: 1fr; display: none; text-style: bold; }
    Question:focus { background: $primary 30%; }
    """

    class Answered(Message):
        """An answer was given to the question of that name."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name = name
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.asked = ""
        self._text = ""
        self._answers: tuple[Answer, ...] = ()

    def put(self, name: str, text: str, *answers: Answer) -> None:
        """Ask; the focus goes to the question."""
        self.asked = name
        self._text = clean_text(text, multiline=False).text
        self._answers = answers
        self.display = True
        self.refresh(layout=True)
        self.focus()

    def withdraw(self) -> None:
        """The question is no longer open."""
        self.asked = ""
        self.display = False

    def decline(self) -> None:
        """Give the harmless answer to what is asked."""
        if self.asked:
            self._give(self._answers[-1])

    def _give(self, answer: Answer) -> None:
        asked = self.asked
        self.withdraw()
        self.post_message(self.Answered(asked, answer.value))

    def render(self) -> RenderResult:
        """The question with every answer and its key."""
        parts = [self._text]
        for answer in self._answers:
            shown = f"{NO}/Enter" if answer is self._answers[-1] else answer.keys[:1]
            parts.append(f"{shown} {answer.text}".replace(" ", "\u00a0"))
        return Text("   ".join(parts), no_wrap=False)

    async def on_key(self, event: events.Key) -> None:
        """A key of one of the answers gives it; Tab leads nowhere, or the next digit is text."""
        if not self._answers or not self.asked:
            return
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            return
        key = fold_key(event.character or "").lower()
        chosen = self._answers[-1] if key == NO or event.key in ("enter", "escape") else None
        if chosen is None:
            chosen = next((a for a in self._answers if key and key in a.keys), None)
        if chosen is None:
            return
        event.stop()
        event.prevent_default()
        self._give(chosen)
