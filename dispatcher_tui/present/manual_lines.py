"""The manual as rows of a screen: its own line breaks are undone, and it is broken anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dispatcher_tui.present.cells import wrap

_BLOCK = "    "
_ITEM = re.compile(r"(?:[0-9]+\.|-) ")
_INDENT = 2


def title_of(text: str) -> str:
    """What a topic is called: its first heading."""
    return text.split("\n", 1)[0].lstrip("# ").strip()


def manual_lines(text: str, cells: int) -> list[str]:
    """A topic without its title, at most ``cells`` wide: headings at the left, the rest set in.

    What stands as a block in the file keeps its lines.
    """
    rows: list[str] = []
    for paragraph in _paragraphs(text.split("\n", 1)[1]):
        if paragraph.startswith("#"):
            rows += [*[""] * bool(rows and rows[-1]), paragraph.lstrip("# ")]
        elif paragraph.startswith(_BLOCK):
            block = wrap(paragraph.removeprefix(_BLOCK), cells - _INDENT)
            rows += [f"{' ' * _INDENT}{row}" for row in block]
        elif not paragraph:
            rows += [""] * bool(rows and rows[-1])
        else:
            hang = len(item[0]) if (item := _ITEM.match(paragraph)) else 0
            first, *more = wrap(paragraph.replace("`", ""), cells - _INDENT - hang)
            rows += [f"{' ' * _INDENT}{first}", *(" " * (_INDENT + hang) + row for row in more)]
    return rows


def _paragraphs(text: str) -> Iterator[str]:
    """Headings, items, lines of a block and paragraphs, each in one line; an empty one between."""
    held = ""
    for line in text.splitlines():
        alone = line.startswith(("#", _BLOCK)) or not line.strip()
        if held and (alone or _ITEM.match(line)):
            yield held
            held = ""
        if alone:
            yield line.rstrip()
        elif held:
            held = _joined(held, line.strip())
        else:
            held = line.strip()
    if held:
        yield held


def _joined(before: str, line: str) -> str:
    """Two lines of one paragraph: Chinese goes on without a blank."""
    last, first = before[-1], line[0]
    chinese = not last.isascii() and (not last.isalnum() or not first.isascii())
    return f"{before}{line}" if chinese else f"{before} {line}"
