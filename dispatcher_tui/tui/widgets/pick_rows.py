"""Rows of runs to choose one from: the same list as ``PickLines``, drawn by role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.geometry import Region
from textual.strip import Strip

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, plain, sides
from dispatcher_tui.tui.widgets.edge_to_edge import EdgeToEdge
from dispatcher_tui.tui.widgets.pick_lines import PickLines

_STRIPS_KEPT = 256
_WHOLE = 10_000
"""More cells than any row has."""

KEPT = frozenset({"over", "warn"})
"""What is urgent keeps its colour on the chosen row too."""


class PickRow(NamedTuple):
    """One row: what stands at its left, and flush at its right."""

    left: SpanLine
    right: SpanLine = ()


_Drawn = tuple[PickRow, str, str, str]
"""What a line depends on besides the width: the row, its mark, its role where it is chosen, and how
many are out of view beyond it."""


class PickRows(PickLines, EdgeToEdge):
    """Its rows are put up by ``put``; each is cut where it has no room."""

    _rows_shown: tuple[PickRow, ...] = ()
    _was: tuple[PickRow, ...] = ()

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        empty: str = "",
    ) -> None:
        super().__init__(id=id, empty=empty)
        self._strips: dict[_Drawn, Strip] = {}
        self._made: Callable[[int], PickRow] | None = None
        self._fresh = range(0)
        """The rows that were made as time passed last: those that were in view then."""

    def put(self, rows: Sequence[PickRow], cursor: int | None = None) -> None:
        """Show other rows; the cursor stays at its line unless another is named.

        Only the rows that have changed are drawn.
        """
        old, self._made, self._fresh = self._rows_shown, None, range(0)
        self._rows_shown = tuple(map(_cleaned, rows))
        words = [_words(row) for row in self._rows_shown]
        self._was = old
        if words == list(self.lines):
            if regions := self._regions(old):
                self.refresh(*regions)
            self._was = self._rows_shown
        self.show(words, cursor)

    def renew(self, made: Callable[[int], PickRow]) -> None:
        """Time has passed: ``made`` gives a row as it is by now.

        Those in view are drawn where they changed. Any other is made when it comes into view: in
        a list of hundreds each second would be spent on what nobody sees.
        """
        old, self._made = self._rows_shown, made
        self._make(self._in_view)
        self._fresh = self._in_view
        if regions := self._regions(old):
            self.refresh(*regions)
        self._was = self._rows_shown

    @property
    def _in_view(self) -> range:
        return range(self._top, min(self._top + self.size.height, len(self._rows_shown)))

    def _make(self, rows: Iterable[int]) -> None:
        if self._made is None:
            return
        shown, words = list(self._rows_shown), list(self._lines)
        for n in rows:
            shown[n] = _cleaned(self._made(n))
            words[n] = _words(shown[n])
        self._rows_shown, self._lines = tuple(shown), tuple(words)

    def _regions(self, old: Sequence[PickRow]) -> list[Region]:
        """Where the rows in view look otherwise than before."""
        pairs = ((n, old[n], self._rows_shown[n]) for n in self._in_view if n < len(old))
        cells = self.size.width
        return [
            Region(0, n - self._top, min(_until(was, now), cells), 1)
            for n, was, now in pairs
            if was != now
        ]

    def _changed(self, old: Sequence[str]) -> Iterator[Region]:
        """The same for the words alone."""
        yield from self._regions(self._was)

    def on_resize(self) -> None:
        """Every row has another width."""
        self._strips.clear()

    def notify_style_update(self) -> None:
        """As for every role."""
        super().notify_style_update()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in view, ``>`` before the chosen one."""
        if self._lines:
            self._follow()
            if come := [n for n in self._in_view if n not in self._fresh]:
                self._make(come)
                self._fresh = self._in_view
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row; below the last one nothing."""
        index = self._top + y
        if index >= len(self._rows_shown):
            return self.in_one_role("" if self._lines or y else f" {self._empty}")
        mark, chosen = " ", ""
        if index == self.cursor:
            mark, chosen = (">", "sel") if self.here else ("*", "tint")
        key = (self._rows_shown[index], mark, chosen, self._hidden(index))
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            cells = self.size.width
            strip = self._strips[key] = Strip(self.drawn(_spans(*key, cells)), cells)
        return strip


def _spans(row: PickRow, mark: str, chosen: str, hidden: str, cells: int) -> list[Span]:
    """One row as wide as the list; ``hidden`` is how many are out of view beyond it, said where
    the row leaves room for it: a telephone number is never cut for that."""
    end = [*row.right, Span(f"{hidden} ", "fg2")] if row.right or hidden else []
    if hidden and 1 + width(plain(row.left).rstrip()) + cells_of(end) > cells:
        end = [*row.right, Span(" ")] if row.right else []
    made = cut(sides([Span(mark), *row.left], end, cells), cells)
    made = [each._replace(text=fit(each.text, width(each.text))) for each in made]
    made.append(Span(" " * (cells - cells_of(made))))
    if not chosen:
        return made
    return [each if each.role in KEPT else each._replace(role=chosen) for each in made]


def _until(was: PickRow, now: PickRow) -> int:
    """How many cells from the left edge on two rows look otherwise; as many as there may be, where
    more than a countdown changed in its place.
    """
    if was.right != now.right or len(was.left) != len(now.left):
        return _WHOLE
    end, at = 0, 1
    for old, new in zip(was.left, now.left, strict=True):
        if width(old.text) != width(new.text):
            return _WHOLE
        at += width(new.text)
        if old != new:
            end = at
    return end


def _words(row: PickRow) -> str:
    """What a row says, for those who read it and draw nothing."""
    return f"{plain(row.left)}   {plain(row.right)}".rstrip()


def _cleaned(row: PickRow) -> PickRow:
    return PickRow(_clean(row.left), _clean(row.right))


def _clean(line: SpanLine) -> tuple[Span, ...]:
    texts = (clean_text(span.text, multiline=False).text for span in line)
    return tuple(
        span if text == span.text else span._replace(text=text)
        for span, text in zip(line, texts, strict=True)
    )
