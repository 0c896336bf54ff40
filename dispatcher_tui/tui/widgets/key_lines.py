"""Keys with their words on lines of their own, and pages of which one is open: drawn as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.app import RenderResult
from textual.geometry import Size

from dispatcher_tui.present.spans import Span, cut
from dispatcher_tui.tui.keys import APART, packed
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import SpanLines

_NAMES = r"[0-9]-[0-9]|[0-9a-z=]|F[0-9]{1,2}|Enter|Esc|PgDn|\u56de\u8f66"
"""The last one is Enter as it is said in Chinese."""

_KEY = re.compile(rf"(?:^ ?| (?= )|(?<= ) )(?:{_NAMES}) (?=\S)")
"""A key at the beginning or behind a gap, with the blank at each side of it that its cap covers."""

_PAGE = re.compile(r"\[[^\]]+\]")


def keyed(row: str) -> list[Span]:
    """A row of keys and their words, three blanks apart, each key as its cap."""
    found: list[Span] = []
    done = 0
    for match in _KEY.finditer(row):
        start = match.start()
        found += [Span(row[done:start])] * (start > done)
        found.append(Span(match[0], "cap"))
        done = match.end()
    return [*found, Span(row[done:])]


def paged(row: str) -> list[Span]:
    """A row of pages: the one that is open stands out, in its brackets."""
    open_ = _PAGE.search(row)
    if open_ is None:
        return [Span(row, "strip2")]
    before, after = row[: open_.start()], row[open_.end() :]
    return [Span(before, "strip2"), Span(open_[0], "tint"), Span(after, "strip2")]


class KeyLines(SpanLines):
    """Rows of keys, as ``key_line`` writes them; one that has no room goes on in the next."""

    DEFAULT_CSS = "KeyLines { height: auto; background: $desk-bg1; color: $desk-fg1; }"

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.show(text)

    @staticmethod
    def row(text: str) -> Sequence[Span]:
        """The runs of one row."""
        return keyed(text)

    def show(self, text: str) -> None:
        """Other rows."""
        if text != self.text:
            self.put([[Span(row)] for row in text.split("\n")] if text else [])
            self.refresh(layout=True)

    def _laid(self, cells: int) -> list[str]:
        """The rows as they fit: what has no room goes on in the next, a key with its words.

        A blank before each is the left half of its first cap.
        """
        rows = self.text.split("\n") if self.text else []
        packs = (packed(row.strip().split(APART), APART, cells - 1) for row in rows)
        return [f" {line}" for lines in packs for line in lines]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the keys take at this width."""
        return len(self._laid(width))

    def render(self) -> RenderResult:
        """The keys as their caps."""
        cells = self.content_size.width
        return drawn(self.app.theme, [cut(self.row(row), cells) for row in self._laid(cells)])


class PageLine(KeyLines):
    """The pages of a screen in a strip; each answers its digit."""

    DEFAULT_CSS = "PageLine { height: 1; background: $desk-bg2; color: $desk-fg2; }"

    @staticmethod
    def row(text: str) -> Sequence[Span]:
        """The runs of the one row."""
        return paged(text)

    def _laid(self, cells: int) -> list[str]:
        """The one row, cut where it has no room."""
        return [self.text]
