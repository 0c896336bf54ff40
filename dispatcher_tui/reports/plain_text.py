"""A document as plain text in terminal cells, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import Align
from dispatcher_tui.reports.chart_text import chart_lines, chart_table
from dispatcher_tui.reports.columns import needs, spread
from dispatcher_tui.reports.document import (
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    NewPage,
    Para,
    SignHere,
    Table,
    Tear,
)
from dispatcher_tui.reports.typed_cells import fit, width, wrap

CELLS = 80
"""Width of a page of text: what a terminal shows and a line printer prints on A4."""

_BETWEEN = "  "
_NARROWEST = 2
_SIGN = "_" * 24
_DAY = "_" * 14


def _row(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> Iterator[str]:
    """A row as the lines it takes: every cell is wrapped in its own column."""
    columns = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [
            fit(lines[number] if number < len(lines) else "", room, align)
            for lines, room, align in zip(columns, widths, aligns, strict=True)
        ]
        yield _BETWEEN.join(parts).rstrip()


def _table(table: Table, cells: int) -> Iterator[str]:
    if not table.rows:
        yield from wrap(table.empty, cells)
        return
    heads = [column.head for column in table.columns]
    room = cells - len(_BETWEEN) * (len(heads) - 1)
    asked = needs(table, width, room)
    if sum(need.least for need in asked) > room:  # words would be cut: a record reads as a list
        for number, row in enumerate(table.rows):
            if number:
                yield ""
            pairs = zip(heads, row, strict=True)
            yield from _facts(Facts(tuple(pair for pair in pairs if pair[1])), cells)
        return
    widths = [max(_NARROWEST, int(each)) for each in spread(asked, room)]
    aligns = [column.align for column in table.columns]
    yield from _row(heads, widths, aligns)
    yield _BETWEEN.join("-" * each for each in widths)
    broken = sum(need.natural for need in asked) > room
    for number, row in enumerate(table.rows):
        if broken and number:
            yield ""  # rows of several lines need something to tell them apart
        yield from _row(row, widths, aligns)


def _facts(facts: Facts, cells: int) -> Iterator[str]:
    label = min(max((width(name) for name, _value in facts.pairs), default=0), cells // 3)
    for name, value in facts.pairs:
        yield from _row((name, value), (label, cells - label - len(_BETWEEN)), ("left", "left"))


def _block(block: Block, cells: int) -> Iterator[str]:
    match block:
        case Heading():
            lines = wrap(block.text, cells)
            yield from lines
            if block.level == 1:
                yield "=" * max(map(width, lines))
        case Para():
            yield from wrap(block.text, cells)
        case Facts():
            yield from _facts(block, cells)
        case Table():
            yield from _table(block, cells)
        case Chart():
            yield from chart_lines(block, cells)
        case Tear():
            yield "- " * (cells // 2 - 1) + "-"
        case NewPage() | SignHere():
            return


def _signatures(document: Document, cells: int) -> Iterator[str]:
    for each in document.signatures:
        yield ""
        yield from wrap(_BETWEEN.join(filter(None, (each.part, each.name, each.signed))), cells)
        yield ""
        yield f"{document.hand} {_SIGN}{_BETWEEN}{document.day} {_DAY}"


def text(document: Document, cells: int = CELLS) -> str:
    """The document in lines of at most so many terminal cells, each ended by a line feed.

    The mark of what is no record stands in front of every one of them.
    """
    mark = clean_text(document.mark, multiline=False).text
    cells -= width(mark) + 1 if mark else 0
    lines = [*wrap(document.head, cells)] if document.head else []
    title = wrap(document.title, cells)
    lines += ["", *(" " * ((cells - width(line)) // 2) + line for line in title)]
    if document.subtitle:
        subtitle = wrap(document.subtitle, cells)
        lines += [" " * ((cells - width(line)) // 2) + line for line in subtitle]
    for block in document.blocks:
        signed = isinstance(block, SignHere)
        lines += _signatures(document, cells) if signed else ["", *_block(block, cells)]
    if SignHere() not in document.blocks:
        lines += _signatures(document, cells)
    if document.foot:
        lines += ["", *wrap(document.foot, cells)]
    whole = "\n".join(lines).strip("\n")
    if mark:
        whole = "\n".join(f"{mark} {line}".rstrip() for line in whole.split("\n"))
    return whole + "\n"


_MARK = re.compile(r"([\\`*_\[\]<>#|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_MARK_IN_FRONT = re.compile(r"^(\d*)(?=[.)])|^(?=[-+=])")
"""Where a line would begin a list, a rule or a heading."""


def _marked(words: str) -> str:
    """A text in Markdown: nothing in it is a mark or a link, its own line breaks stay."""
    clean = clean_text(words, limit=len(words)).text.replace("\t", " ")
    return "<br>".join(_MARK.sub(r"\\\1", row.strip()) for row in clean.split("\n"))


def _line(words: str) -> str:
    """The same where it stands at the head of a line."""
    return _MARK_IN_FRONT.sub(lambda found: f"{found[1] or ''}\\", _marked(words))


def _markdown_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield "| " + " | ".join(map(_marked, row)) + " |"


def _markdown_block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield "#" * (block.level + 1) + " " + _marked(block.text)
        case Para():
            yield _line(block.text)
        case Facts():
            yield from (f"- {_marked(name)}: {_marked(value)}" for name, value in block.pairs)
        case Table(rows=()):
            yield _line(block.empty)
        case Table():
            yield from _markdown_rows([[column.head for column in block.columns]])
            rules = ("--:" if column.align == "right" else "---" for column in block.columns)
            yield "| " + " | ".join(rules) + " |"
            yield from _markdown_rows(block.rows)
        case Chart():
            if block.title:
                yield f"**{_marked(block.title)}**"
                yield ""
            yield from _markdown_block(chart_table(block))
        case Tear() | NewPage():
            yield "---"
        case SignHere():
            return


def markdown(document: Document) -> str:
    """The document in Markdown with tables; every text in it is data, none is a mark."""
    lines = [f"# {_marked(document.title)}"]
    for words in (document.mark, document.head, document.subtitle):
        if words:
            lines += ["", _line(words)]
    signed: list[str] = []
    for each in document.signatures:
        parts = filter(None, (each.part, each.name, each.signed))
        signed += ["", _line("  ".join(parts))]
    for block in document.blocks:
        lines += signed if isinstance(block, SignHere) else ["", *_markdown_block(block)]
    if SignHere() not in document.blocks:
        lines += signed
    if document.foot:
        lines += ["", _line(document.foot)]
    return "\n".join(lines) + "\n"
