"""The two fields of a review's line: how the case stands, and in which words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from dispatcher_tui.domain.words.terms import ReviewOutcome
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.reviews.record_words import standing_name
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.row import Row

LINE_LIMIT = 500
STANDINGS = tuple(each for each in ReviewOutcome if not each.ended)
"""How an open case can stand, by its digits from 1 on."""


class ReviewForm(Vertical):
    """What stands there at first is the case's ``base``: its line, or what the record suggests."""

    DEFAULT_CSS = """
    ReviewForm { height: auto; }
    ReviewForm Row > .label { width: 11; }
    """

    class Typed(Message):
        """Something was typed or chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._base = ("", "")
        options = [Option(each.value, standing_name(each)) for each in STANDINGS]
        self._standing = Choice(options, id="standing")
        self._text = Field(limit=LINE_LIMIT, id="line")

    def compose(self) -> ComposeResult:
        """The choice above its words."""
        yield Row(_("It stands"), self._standing)
        yield Row(_("In words"), self._text)

    def put(self, standing: str, text: str, typed: dict[str, str]) -> None:
        """Show another case's line; ``typed`` is what was half typed on it."""
        self._base = (standing, text)
        with self._standing.prevent(Choice.Changed), self._text.prevent(Input.Changed):
            self._standing.restore([standing])
            self._standing.start_here()
            self._text.put(text)
            for field in (self._standing, self._text):
                field.put_back(typed)
        self._text.cursor_position = len(self._text.value)

    def _fill(self, text: str) -> None:
        with self._text.prevent(Input.Changed):
            self._text.value = text
        self._text.cursor_position = len(self._text.value)

    @property
    def standing(self) -> ReviewOutcome | None:
        """How it stands; None while that is not chosen."""
        return ReviewOutcome(self._standing.value) if self._standing.value else None

    @property
    def text(self) -> str:
        """The words."""
        return self._text.value.strip()

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, where it is something else than what stood there; else nothing."""
        return self._standing.typed() | self._text.typed()

    def choose(self, number: int) -> bool:
        """Choose by a digit; False where there is no such standing."""
        if not 1 <= number <= len(STANDINGS):
            return False
        self._standing.choose(number - 1)
        return True

    def focus_first(self) -> None:
        """Where the record suggests a whole line, Enter takes it from here."""
        self._standing.focus()

    def focus_missing(self) -> None:
        """To what is not there yet."""
        (self._text if self.standing else self._standing).focus()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Its words come next; what was suggested for another standing does not say why not."""
        event.stop()
        base, text = self._base
        other = self.standing is ReviewOutcome.CANNOT and base != ReviewOutcome.CANNOT
        if other and self._text.value == text:
            self._fill("")
        elif self._standing.value == base and not self.text:
            self._fill(text)
        self._text.focus()
        self.post_message(self.Typed())

    def on_input_changed(self, event: Input.Changed) -> None:
        """A word was typed."""
        event.stop()
        self.post_message(self.Typed())
