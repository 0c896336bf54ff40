"""A question in the middle of a form, answered with one key; no is 0, Esc or Enter."""

from __future__ import annotations

import math

import msgspec
from textual import events
from textual.app import RenderResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_text, fold_key
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.typeahead import moment, of_place, pressed_twice, question_closed
from dispatcher_tui.tui.widgets.lines import answer_badge

NO = "0"
"""The digit of the harmless answer, in every question."""

PASSED_BY = ("enter", "escape", "tab", "shift+tab")
"""Keys of a form that answer nothing where a digit has to."""


class AnswerKey(msgspec.Struct, frozen=True):
    """One answer: its value, its words, and the digits that give it, the first one shown.

    No letter does: on every screen ``y`` copies the number.
    """

    value: str
    text: str
    keys: str


class Question(Widget, can_focus=True):
    """Hidden until :meth:`put`; the last answer is the harmless one, which Enter gives.

    0 is no: the last answer, unless another one has it among its keys. Esc is no too where that
    is the harmless one, and gives a harmless one without keys where 0 is not. Where it is ``held``,
    Tab does not lead away from it, and a key pressed twice is no answer: its first press may have
    brought the question up. Where it is ``quick`` that is an answer all the same: it asks about the
    one whom the first press was about. Esc pressed twice closes no question at all. No figure of a
    place that is typed here by mistake is an answer.
    """

    takes_digits = True
    """Digits answer it; letters typed here by mistake do nothing."""

    DEFAULT_CSS = """
    Question {
        height: auto; width: 1fr; display: none; text-wrap: nowrap; text-overflow: clip;
    }
    """

    class Answered(Message):
        """An answer was given to the question of that name."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name = name
            self.value = value

    class Unanswered(Message):
        """A key was pressed that answers nothing, where only a digit does; ``keys``: those.

        ``soon``: it would, but it was pressed too soon, behind text or behind something else;
        ``digit``: that one, where it was pressed before the question takes any.
        """

        def __init__(self, keys: str, *, soon: bool = False, digit: str = "") -> None:
            super().__init__()
            self.keys = keys
            self.soon = soon
            self.digit = digit

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        held: bool = False,
        quick: bool = False,
    ) -> None:
        super().__init__(id=id)
        self._held = held
        self._quick = quick
        self.asked = ""
        self._by_digit = False
        self._answered_from = 0.0
        self._strayed_at = -math.inf
        """When text was typed here last that answers nothing: a digit right behind is text too."""
        self._text = ""
        self._answers: tuple[AnswerKey, ...] = ()

    def put(
        self,
        name: str,
        text: str,
        *answers: AnswerKey,
        by_digit: bool = False,
        answered_from: float = 0.0,
    ) -> None:
        """Ask; the focus goes to the question.

        Args:
            name: which question it is.
            text: what is asked.
            answers: in their order; the last one is the harmless one.
            by_digit: neither Enter nor Esc answers it.
            answered_from: pressed sooner, by the clock of keys, a digit is no answer but no.
        """
        self.asked = name
        self._by_digit = by_digit
        self._answered_from = answered_from
        self._strayed_at = -math.inf
        self._text = clean_text(text, multiline=False).text
        self._answers = answers
        self.display = True
        self.refresh(layout=True)
        self.focus()

    def withdraw(self) -> None:
        """The question is no longer open."""
        self.asked = ""
        self._by_digit = False
        self.display = False

    @property
    def _no(self) -> AnswerKey:
        last = self._answers[-1]
        return next((answer for answer in self._answers if NO in answer.keys), last)

    @property
    def answered_by(self) -> str:
        """The digits that answer it; empty while it is not open."""
        return "".join(each.keys for each in self._answers) + NO if self.asked else ""

    def decline(self) -> None:
        """Give the harmless answer to what is asked."""
        if self._by_digit:
            self._insist()
        elif self.asked:
            self._close(self._answers[-1], moment())

    def _insist(self, *, soon: bool = False, digit: str = "") -> None:
        """Say which keys answer it: the hand repeats the one that brought it up."""
        answers = ((each.keys[:1], each.text) for each in self._answers)
        keys = "  ".join(f"{key} {text}" for key, text in answers if key)
        self.post_message(self.Unanswered(keys, soon=soon, digit=digit))

    def _close(self, answer: AnswerKey, at: float) -> None:
        """Give an answer by Esc or 0: no digit already on its way is the screen's."""
        digits = "".join(key for each in self._answers for key in each.keys if key.isdigit())
        question_closed(self, digits.replace(NO, ""), at)
        self._give(answer)

    def _give(self, answer: AnswerKey) -> None:
        asked = self.asked
        self.withdraw()
        self.post_message(self.Answered(asked, answer.value))

    def _note_text(self, event: events.Key) -> None:
        """A letter that answers nothing was typed: a digit right behind it is of that text."""
        if event.is_printable and not fold_key(event.character or "").isdigit():
            self._strayed_at = event.time

    def _too_soon(self, at: float) -> bool:
        """Whether a digit pressed then is more likely a figure of what was typed before it."""
        within = at - self._strayed_at < twice.TWICE_WITHIN
        if within:
            self._strayed_at = at
        return within or at < self._answered_from

    def _rows(self, cells: int) -> list[str]:
        """The question with every answer and its key; an answer stays on one row with its key."""
        rows = [self._text]
        for answer in self._answers:
            key = NO if answer is self._no else answer.keys[:1]
            if answer is self._answers[-1] and not self._by_digit:
                shown = f"{key}/Enter" if key else "Enter"
            else:
                shown = key
            longer = f"{rows[-1]}   {shown} {answer.text}"
            if width(longer) <= cells:
                rows[-1] = longer
            else:
                rows.append(f"{shown} {answer.text}")
        return [line for row in rows for line in wrap(row, cells)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the answers take in that width."""
        return len(self._rows(self._room(width))) if self._answers else 1

    @staticmethod
    def _room(cells: int) -> int:
        """Cells of the words, behind the badge and the mark of where the keys go."""
        return max(1, cells - width(answer_badge()) - 1)

    def render(self) -> RenderResult:
        """The question with every answer and its key; ``>`` before it while they are answered."""
        if not self._answers:
            return ""
        cells = self._room(self.content_size.width or self.app.size.width)
        role, mark = ("sel", ">") if self.has_focus else ("fg0", " ")
        shown, blank = [], Span(" " * width(answer_badge()))
        for nth, row in enumerate(self._rows(cells)):
            words = f"{' ' if nth else mark}{fit(row, cells)}"
            shown.append([blank if nth else Span(answer_badge(), "warn"), Span(words, role)])
        return drawn(self.app.theme, shown)

    def _chosen(self, event: events.Key) -> AnswerKey | None:
        key, last = fold_key(event.character or ""), self._answers[-1]
        back = self._no is last or not last.keys
        if event.key == "enter" or (event.key == "escape" and back):
            return last
        if key == NO:
            return self._no
        return next((a for a in self._answers if key.isdigit() and key in a.keys), None)

    async def on_key(self, event: events.Key) -> None:
        """A key of one of the answers gives it."""
        if not self._answers or not self.asked:
            return
        passed_by = event.key in PASSED_BY or (event.is_printable and self._chosen(event) is None)
        if self._by_digit and passed_by:
            event.stop()
            event.prevent_default()
            self._note_text(event)
            self._insist()
            return
        once = self._held and not self._quick
        if pressed_twice(self, event) and (once or event.key == "escape"):
            if event.key == "escape":
                event.stop()
                event.prevent_default()
            return
        if of_place(self, event):
            self._strayed_at = event.time
            return
        led_away = self._held and event.key in ("tab", "shift+tab")
        chosen = self._chosen(event)
        if chosen is None:
            self._note_text(event)
        if chosen is None and not led_away:
            return
        event.stop()
        event.prevent_default()
        if chosen is None:
            return
        digit = fold_key(event.character or "")
        if digit.isdigit() and digit != NO and self._too_soon(event.time):
            early = event.time < self._answered_from
            self._insist(soon=True, digit=digit if early else "")
            return
        if event.key == "escape" or (chosen is self._no and digit == NO):
            self._close(chosen, event.time)
        else:
            self._give(chosen)
