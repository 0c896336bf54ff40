"""Lines to choose one from with the arrows or a digit; what is typed elsewhere stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.line_texts import hidden_words

SAID_FROM = 24
"""Cells of a list from which on it is said how many of its lines are not in view."""

MOVING = frozenset({"up", "down", "pageup", "pagedown"})
"""The keys that move in a list also while a text is typed."""


class PickLines(Widget):
    """A list without a focus of its own: the screen hands it the keys it does not need itself.

    ``cursor`` is the chosen line's index, -1 while there is none. Where not all lines have room
    the view follows the cursor, and its first and last row say how many there are besides.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick--here", "pick--chosen"}
    DEFAULT_CSS = """
    PickLines { height: 1fr; width: 1fr; }
    PickLines > .pick--here { background: $desk-sel; color: $desk-self; text-style: bold; }
    PickLines > .pick--chosen {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    """

    class Chosen(Message):
        """The cursor came to another line."""

        def __init__(self, lines: PickLines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> PickLines:
            """The list it happened in."""
            return self.lines

    class Taken(Chosen):
        """A line was clicked that was chosen already."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        numbered: bool = False,
        empty: str = "",
    ) -> None:
        super().__init__(id=id)
        self._lines: tuple[str, ...] = ()
        self._numbered = numbered
        self._empty = empty
        self._top = 0
        self._shown_here = True
        self.cursor = -1

    def on_mount(self) -> None:
        """Where the keys go to another place, the chosen line is no longer the one they go to."""
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        if self._shown_here != self.here and self.cursor >= 0:
            self.refresh(self._place_of(self.cursor))

    def _place_of(self, index: int) -> Region:
        """Where a line that is in view stands."""
        return Region(0, index - self._top, self.size.width, 1)

    @property
    def here(self) -> bool:
        """Whether keys go to this list: no field of its screen has the focus."""
        return self.screen.focused is None

    @property
    def key_row(self) -> int:
        """The row that the keys go to, from the first one in view; -1 where they go elsewhere."""
        return self.cursor - self._top if self.cursor >= 0 and self.here else -1

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[str], cursor: int | None = None) -> None:
        """Show other lines; the cursor stays at its line unless another is named.

        Only what of them has changed is drawn.
        """
        old, was = self._lines, self.cursor
        self._lines = tuple(lines)
        wanted = self.cursor if cursor is None else cursor
        self.cursor = max(0, min(wanted, len(lines) - 1)) if lines else -1
        if len(old) != len(lines) or was != self.cursor:
            self.refresh(layout=len(old) != len(lines))
        elif changed := list(self._changed(old)):
            self.refresh(*changed)

    def _changed(self, old: Sequence[str]) -> Iterator[Region]:
        """Where the rows in view look otherwise than with the ``old`` lines."""
        cells = self.size.width
        rows = range(self._top, min(self._top + self.size.height, len(old)))
        for index in rows:
            was, now = (self._row(lines[index], index) for lines in (old, self._lines))
            if was != now:
                start, length = _differing(was, now)
                yield Region(start, index - self._top, length or cells, 1)

    def select(self, index: int) -> bool:
        """Put the cursor on a line; False where there is no such line."""
        if not 0 <= index < len(self._lines):
            return False
        if index != self.cursor:
            was, self.cursor = self.cursor, index
            if self._top <= min(was, index) and max(was, index) < self._top + self.size.height:
                self.refresh(self._place_of(was), self._place_of(index))
            else:
                self.refresh()  # the view goes with it
            self.post_message(self.Chosen(self))
        return True

    def move(self, key: str) -> bool:
        """Answer a key that moves the cursor; False for any other key."""
        page = max(1, self.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        last = len(self._lines) - 1
        if key in steps:
            self.select(max(0, min(self.cursor + steps[key], last)))
        elif key == "home":
            self.select(0)
        elif key == "end":
            self.select(last)
        else:
            return False
        return True

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row a line, for a list whose height is its own."""
        return max(1, len(self._lines))

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line; on the chosen one it takes it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        index = self._top + offset.y
        if index == self.cursor:
            self.post_message(self.Taken(self))
        else:
            self.select(index)

    def render(self) -> RenderResult:
        """The lines in view, ``>`` before the chosen one; ``*`` while the keys go elsewhere."""
        rows = self.size.height
        if not self._lines:
            return Text(fit(f" {self._empty}", self.size.width), no_wrap=True)
        self._follow()
        name = "pick--here" if self.here else "pick--chosen"
        chosen = self.get_component_rich_style(name)
        text = Text(no_wrap=True, overflow="crop")
        for index, line in enumerate(self._lines[self._top : self._top + rows], self._top):
            style = chosen if index == self.cursor else ""
            text.append("\n" if index > self._top else "")
            text.append(self._row(line, index), style)
        return text

    def _follow(self) -> None:
        """Bring the cursor into view before it is drawn, and remember whether keys go there."""
        rows = self.size.height
        self._top = max(self.cursor - rows + 1, min(self._top, max(0, self.cursor)))
        self._top = max(0, min(self._top, len(self._lines) - rows))
        self._shown_here = self.here

    def _row(self, line: str, index: int) -> str:
        """A line as wide as the list, with its mark and its digit; at its right what is hidden."""
        mark = " " if index != self.cursor else ">" if self.here else "*"
        digit = f"{index + 1} " if self._numbered and index < 9 else "  " * self._numbered
        text, cells = f"{mark}{digit}{line}", self.size.width
        hidden = self._hidden(index)
        # A line that stands whole without it is not cut for it: its end may be a paper's number.
        if cells - width(hidden) < width(text.rstrip()) <= cells:
            hidden = ""
        return fit(text, cells - width(hidden)) + hidden

    def _hidden(self, index: int) -> str:
        """How many lines lie above the first one in view, and below the last one; empty for any
        other, and where there is no room to say so."""
        rows = self.size.height
        if self.size.width < SAID_FROM or rows >= len(self._lines):
            return ""
        above = self._top if index == self._top else 0
        last = index == self._top + rows - 1
        return hidden_words(above, len(self._lines) - self._top - rows if last else 0)


def _differing(was: str, now: str) -> tuple[int, int]:
    """Where two texts of the same width differ: the first cell, and how many cells.

    Only what is plain is looked at so closely, as a countdown is; else it is the whole (0, 0).
    """
    ahead, behind = _alike(was, now), _alike(was[::-1], now[::-1])
    last = len(now) - behind
    # One more character than differs: a mark behind it would belong to it.
    close = was[ahead:last] + now[ahead : last + 1]
    plain = len(was) == len(now) and ahead < last and close.isascii()
    return (width(now[:ahead]), last - ahead) if plain else (0, 0)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
