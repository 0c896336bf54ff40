"""Lines of text that are data: drawn as they are, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from rich.text import Text
from textual.app import RenderResult
from textual.geometry import Size
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_line, clean_text
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span, SpanLine, cut, plain, sides
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.typeahead import moment

READ_WITHIN = 1.0
"""Seconds for which a line stands at least, whatever keys are pressed meanwhile."""


class Lines(Widget):
    """Text set by :meth:`show`; control characters are taken out, nothing is markup.

    It begins one cell from the edge, as titles, labels and the rows of a list do.
    """

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; padding: 0 0 0 1; }"

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
        wrap: bool = True,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._wrap = wrap
        self._text = clean_line(text)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def show(self, text: str) -> None:
        """Show another text; the layout is touched only where the height changes."""
        cleaned = clean_line(text)
        if cleaned == self._text:
            return
        before = self._height()
        self._text = cleaned
        self.refresh(layout=before is None or before != self._height())

    def _height(self) -> int | None:
        """How many rows it takes where it stands; None before it stands anywhere."""
        cells, none = self.size.width, Size()
        return self.get_content_height(none, none, cells) if cells else None

    def _rows(self, cells: int) -> list[str]:
        """The text in lines of at most so many cells; Chinese breaks between its characters."""
        return wrap(self._text, cells) if self._wrap else self._text.split("\n")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the text takes at this width."""
        return len(self._rows(width))

    def render(self) -> RenderResult:
        """The text itself."""
        rows = self._rows(self.content_size.width)
        return Text("\n".join(rows), no_wrap=True, overflow="crop")


def answer_badge() -> str:
    """What stands before a question, and before what waits for an answer."""
    return f" {_('Reply')} "


class Manner(Enum):
    """How something is said to the operator."""

    TOLD = ""
    REFUSED = "over"
    ASKED = "warn"

    @property
    def badge(self) -> str:
        """What stands before the words."""
        words = {Manner.REFUSED: f" {_('Refused')} ", Manner.ASKED: answer_badge()}
        return words.get(self, "")


class MessageLine(Lines):
    """What is said to the operator; while nothing is, it asks for no row of its own.

    A badge stands before a refusal, and before what waits for an answer; the text is without it.
    """

    DEFAULT_CSS = """
    MessageLine { text-wrap: nowrap; text-overflow: clip; }
    """
    manner = Manner.TOLD
    _idle = ""
    _said_at = 0.0

    def say(self, text: str, manner: Manner = Manner.TOLD) -> None:
        """Say it in a manner."""
        if manner is not self.manner:
            self.refresh(layout=True)
        self.manner = manner
        self._said_at = moment()
        super().show(text)

    def read_by(self, at: float) -> bool:
        """Whether it had stood there long enough to be read when a key was pressed."""
        return bool(self.text) and at - self._said_at >= READ_WITHIN

    def show(self, text: str) -> None:
        """Tell it, as something that happened."""
        self.say(text)

    def idle(self, text: str) -> None:
        """What stands in a row that is left to it while nothing is said, muted."""
        if text != self._idle:
            self._idle = text
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as are said."""
        return len(self._said(width)) if self.text else 0

    def _said(self, cells: int) -> list[str]:
        """The rows of the words, all of them behind the badge."""
        badge = width(self.manner.badge)
        return wrap(self._text, cells - badge - bool(badge))

    def render(self) -> RenderResult:
        """The words behind their badge; while nothing is said, what stands there meanwhile."""
        if not self.text and self._idle:
            row = cut([Span(self._idle, "fg2")], self.content_size.width)
            return drawn(self.app.theme, [row])
        badge, words = self.manner.badge, self._said(self.content_size.width) if self.text else []
        if not badge:
            return drawn(self.app.theme, [[Span(row, "fg2")] for row in words])
        blank = Span(" " * width(badge))
        heads = [Span(badge, self.manner.value), *[blank] * len(words)]
        rows = [[head, Span(f" {row}", "fg0")] for head, row in zip(heads, words, strict=False)]
        return drawn(self.app.theme, rows)


def cleaned(rows: Sequence[SpanLine]) -> tuple[tuple[Span, ...], ...]:
    """Rows of runs on their way out: nothing in them steers a terminal."""
    return tuple(
        tuple(span._replace(text=clean_text(span.text, multiline=False).text) for span in row)
        for row in rows
    )


class SpanLines(Lines):
    """Rows of runs, each drawn by its role; every row is cut at the right edge, none is wrapped.

    What stands before the first word is part of a row: there may be a mark, or a ground.
    """

    DEFAULT_CSS = "SpanLines { height: auto; padding: 0; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(
        self,
        rows: Sequence[SpanLine] = (),
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__("", id=id, classes=classes, wrap=False)
        self._spans: tuple[SpanLine, ...] = ()
        self.put(rows)

    def put(self, rows: Sequence[SpanLine]) -> None:
        """Show other rows; only what changes the height touches the layout."""
        spans = cleaned(rows)
        if spans == self._spans:
            return
        taller = len(spans) != len(self._spans)
        self._spans = spans
        self._text = "\n".join(plain(row) for row in spans)
        self.refresh(layout=taller)

    def show(self, text: str) -> None:
        """Rows without a role."""
        self.put([[Span(row)] for row in text.split("\n")] if text else [])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row each."""
        return len(self._spans)

    def render(self) -> RenderResult:
        """The rows that are in view, in the colours of the look."""
        cells = self.content_size.width
        rows = (cut(row, cells) for row in self._spans)
        return drawn(self.app.theme, rows, colourless=self.app.console.color_system is None)


class TitleStrip(SpanLines):
    """A panel's title: its name at the left, what there is to say of it at the right."""

    DEFAULT_CSS = """
    TitleStrip {
        height: 1; background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    """

    def __init__(
        self,
        title: str = "",
        right: str = "",
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(id=id)
        self._sides = (title, right)

    def title(self, title: str, right: str = "") -> None:
        """Another title."""
        if (title, right) != self._sides:
            self._sides = (title, right)
            self.refresh()

    def put_right(self, right: str) -> None:
        """Something else at its right."""
        self.title(self._sides[0], right)

    @property
    def text(self) -> str:
        """The title and what stands at its right."""
        return "   ".join(filter(None, self._sides))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row."""
        return 1

    def render(self) -> RenderResult:
        """Both, each flush at its side."""
        title, right = (clean_text(side, multiline=False).text for side in self._sides)
        end = [Span(f"{right} ", "strip2")] if right else []
        row = sides([Span(f" {title}", "strip")], end, self.content_size.width)
        return drawn(self.app.theme, [row])


class Shout(Lines):
    """What a drill must not hide, at the head of the screen; gone while there is nothing."""

    DEFAULT_CSS = """
    Shout {
        height: auto; display: none;
        background: $desk-over; color: $desk-overf; text-style: bold;
    }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text, wrap=False)
        self.display = bool(text)

    def show(self, text: str) -> None:
        """Show another text; an empty one takes the lines away."""
        super().show(text)
        self.display = bool(text)

    def _rows(self, cells: int) -> list[str]:
        """Each line on a row of its own, cut where it is too long: the last one names the keys."""
        return [fit(row, cells, ellipsis="..") for row in super()._rows(cells)]


class ArrivedLine(Shout):
    """What came in from outside and nobody has seen yet; it takes no key and no field away."""

    DEFAULT_CSS = """
    ArrivedLine {
        height: auto; display: none;
        background: $desk-over; color: $desk-overf; text-style: bold;
    }
    """


class Mark(Widget):
    """A word written down the left edge, again and again, so that no line is without it.

    Every other row of it is filled: a pattern that no badge has.
    """

    CELLS = 2
    DEFAULT_CSS = "Mark { dock: left; width: 2; height: 100%; background: $desk-bg0; }"

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = clean_text(word, multiline=False).text or " "

    def render(self) -> RenderResult:
        """One character a row."""
        letters = (
            (fit(self._word[n % len(self._word)], self.CELLS), "fg0" if n % 2 else "drill")
            for n in range(self.size.height)
        )
        return drawn(self.app.theme, [[Span(*letter)] for letter in letters])
