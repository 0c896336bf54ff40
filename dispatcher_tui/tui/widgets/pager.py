"""A report that is read page by page, with parts that a digit leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from rich.text import Text
from textual.app import RenderResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit


class Page(msgspec.Struct, frozen=True):
    """A part of the paper: its title, and its lines."""

    title: str
    lines: tuple[str, ...] = ()


class Pager(Widget):
    """Lines without a focus of their own: the screen hands over the keys that turn the pages."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pager--title"}
    DEFAULT_CSS = """
    Pager { height: 1fr; width: 1fr; }
    Pager > .pager--title {
        background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._top = 0
        self._unseen: set[int] = set()

    def show(self, head: Sequence[str], parts: Sequence[Page]) -> None:
        """Show another paper, or the same at another width; what is in view stays in view.

        Broken into other lines it is unseen again, unless all of it was in view already.
        """
        before, read = len(self._lines), bool(self._lines) and not self._unseen
        self._lines = [_clean(line) for line in head]
        self._starts = []
        for number, part in enumerate(parts, 1):
            self._starts.append(len(self._lines))
            self._lines.append(_clean(f"{number} {part.title}"))
            self._lines += [_clean(line) for line in part.lines]
        if len(self._lines) != before:
            self._unseen = set() if read else set(range(len(self._lines)))
        self._to(self._top)

    def begin(self) -> None:
        """From the first line on; nothing of it was in view yet."""
        self._unseen = set(range(len(self._lines)))
        self._to(0)

    @property
    def unseen(self) -> int:
        """How many lines were never in view."""
        return len(self._unseen)

    def to_unseen(self) -> bool:
        """Go to the first line that was never in view; False where there is none."""
        if not self._unseen:
            return False
        self._to(min(self._unseen))
        return True

    @property
    def _rows(self) -> int:
        return max(1, self.size.height)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self._top + self._rows >= len(self._lines)

    @property
    def place(self) -> tuple[int, int, int]:
        """The first and the last line in view, and how many there are."""
        last = min(len(self._lines), self._top + self._rows)
        return min(self._top + 1, last), last, len(self._lines)

    def _to(self, top: int) -> None:
        self._top = max(0, min(top, len(self._lines) - self._rows))
        self._unseen -= set(range(self._top, self._top + self.size.height))
        self.refresh()

    def turn(self, key: str) -> bool:
        """Answer a key that turns pages; False for any other."""
        page = max(1, self._rows - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page}
        if key in steps:
            self._to(self._top + steps[key])
        elif key == "home":
            self._to(0)
        elif key == "end":
            self._to(len(self._lines))
        else:
            return False
        return True

    def part(self, number: int) -> bool:
        """Go to the part of that number, from 1; False where there is none."""
        if not 1 <= number <= len(self._starts):
            return False
        self._to(self._starts[number - 1])
        return True

    def on_resize(self) -> None:
        """More or fewer lines are in view."""
        self._to(self._top)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel goes line by line."""
        event.stop()
        self._to(self._top + 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel goes line by line."""
        event.stop()
        self._to(self._top - 1)

    def render(self) -> RenderResult:
        """The lines in view."""
        text = Text(no_wrap=True, overflow="crop")
        title = self.get_component_rich_style("pager--title")
        for place, line in enumerate(self._lines[self._top : self._top + self._rows], self._top):
            shown = fit(f" {line}", self.size.width)
            text.append("\n" if place > self._top else "")
            if place in self._starts:
                text.append(shown, title)
            else:
                text.append(shown.rstrip())
        return text


def _clean(line: str) -> str:
    return clean_text(line, multiline=False).text
