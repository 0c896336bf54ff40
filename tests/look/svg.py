"""A terminal's picture as SVG, every glyph at the column of its cell whatever font draws it.

Rich's own export writes whole runs of text and leaves the width of a glyph to the font: with a
Chinese font every later column of the line shifts. Here each glyph has its own ``x``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme

CELL, ROW, BASELINE, SIZE = 9, 20, 15, 15
"""Pixels: a cell's width and height, the baseline in it, the letters."""

GROUND, INK = "#121212", "#d0d0d0"
"""Where a style names no colour."""

FONTS = "'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'WenQuanYi Zen Hei Mono', monospace"


class Run(NamedTuple):
    """Text of one style that begins in one cell."""

    column: int
    text: str
    style: Style


def runs(row: Iterable[Segment]) -> Iterator[Run]:
    """The runs of a row with the cell each begins in; what draws nothing is left out.

    Neighbours of one style are one run: a picture is of what is seen, not of how it was made.
    """
    column = 0
    drawn = (each for each in row if each.text and not each.control)
    for style, alike in groupby(drawn, key=lambda each: each.style or Style.null()):
        text = "".join(each.text for each in alike)
        yield Run(column, text, style)
        column += cell_len(text)


def _hex(color: Color | None, otherwise: str, theme: TerminalTheme, *, ink: bool) -> str:
    if color is None or color.is_default:
        return otherwise
    return color.get_truecolor(theme, foreground=ink).hex


def colours(style: Style, theme: TerminalTheme = DEFAULT_TERMINAL_THEME) -> tuple[str, str]:
    """Ink and ground of a style, ``reverse`` carried out."""
    ink = _hex(style.color, INK, theme, ink=True)
    ground = _hex(style.bgcolor, GROUND, theme, ink=False)
    return (ground, ink) if style.reverse else (ink, ground)


def places(run: Run) -> list[int]:
    """The column of every character of a run; one without a cell of its own shares the last."""
    column, found = run.column, []
    for character in run.text:
        width = cell_len(character)
        found.append(column if width else max(run.column, column - 1))
        column += width
    return found


def _words(run: Run) -> Iterator[list[tuple[str, int]]]:
    """The run's characters with their columns, word by word; spaces are ground alone.

    Some programs place only the first glyph of a text, or make one space of several: then at least
    each word stands in its column.
    """
    drawn = [*zip(run.text, places(run), strict=True)]
    if run.style.underline:
        yield drawn
        return
    for match in re.finditer(r"\S+", run.text):
        yield drawn[match.start() : match.end()]


def _glyphs(run: Run, top: int) -> Iterator[str]:
    """The run's text, each glyph at its own ``x``."""
    style = run.style
    ink, _ground = colours(style)
    marks = f' fill="{ink}"'
    marks += ' font-weight="bold"' if style.bold else ""
    marks += ' font-style="italic"' if style.italic else ""
    marks += ' text-decoration="underline"' if style.underline else ""
    for drawn in _words(run):
        at = " ".join(str(x * CELL) for _character, x in drawn)
        text = escape("".join(character for character, _x in drawn))
        yield f'<text y="{top + BASELINE}" x="{at}"{marks}>{text}</text>'


def _row(row: Iterable[Segment], number: int) -> Iterator[str]:
    top, found = number * ROW, list(runs(row))
    for ground, alike in groupby(found, key=lambda run: colours(run.style)[1]):
        if ground != GROUND:
            first, *others = alike
            left = first.column * CELL
            wide = sum(cell_len(run.text) for run in (first, *others)) * CELL
            yield f'<rect x="{left}" y="{top}" width="{wide}" height="{ROW}" fill="{ground}"/>'
    for run in found:
        yield from _glyphs(run, top)


def svg(rows: Iterable[Iterable[Segment]], size: tuple[int, int], title: str = "") -> str:
    """The picture of a terminal of ``size`` (columns, rows)."""
    wide, high = size[0] * CELL, size[1] * ROW
    box = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="{GROUND}"/>',
        f'<g font-family="{FONTS}" font-size="{SIZE}" xml:space="preserve">',
    ]
    for number, row in enumerate(rows):
        parts += _row(row, number)
    return "\n".join([*parts, "</g>", "</svg>", ""])
