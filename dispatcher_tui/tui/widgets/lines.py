"""Lines of text that are data: drawn as they are, never as markup."""

from __future__ import annotations

from rich.text import Text
from textual.app import RenderResult
from textual.geometry import Size
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_line, clean_text
from dispatcher_tui.present.cells import fit, wrap


class Lines(Widget):
    """Text set by :meth:`show`; control characters are taken out, nothing is markup."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

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
        """Show another text; the layout is touched only where the height may change."""
        cleaned = clean_line(text)
        if cleaned == self._text:
            return
        taller = self._wrap or cleaned.count("\n") != self._text.count("\n")
        self._text = cleaned
        self.refresh(layout=taller)

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


class MessageLine(Lines):
    """What is said to the operator; while nothing is, it asks for no row of its own."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as are said."""
        return super().get_content_height(container, viewport, width) if self.text else 0


class HintBar(Lines):
    """The keys that matter here, in one line at the bottom."""

    DEFAULT_CSS = "HintBar { height: 1; background: $desk-bar; color: $desk-bar1; }"

    def __init__(self, text: str = "") -> None:
        super().__init__(text, wrap=False)


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


class Strip(Shout):
    """What came in from outside and nobody has seen yet; it takes no key and no field away."""

    DEFAULT_CSS = """
    Strip {
        height: auto; display: none;
        background: $desk-over; color: $desk-overf; text-style: bold;
    }
    """


class Mark(Widget):
    """A word written down the left edge, again and again, so that no line is without it."""

    CELLS = 2
    DEFAULT_CSS = """
    Mark {
        dock: left; width: 2; height: 100%;
        background: $desk-drill; color: $desk-drillf; text-style: bold;
    }
    """

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = clean_text(word, multiline=False).text or " "

    def render(self) -> RenderResult:
        """One character a row."""
        rows = range(self.size.height)
        return Text("\n".join(fit(self._word[n % len(self._word)], self.CELLS) for n in rows))
