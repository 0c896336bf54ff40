"""What is printed, before it is known on what: headings, facts, tables, charts, signatures.

Knows nothing of cases or watches. Every text is in the reader's language already; whoever
composes a document cleans nothing and escapes nothing, the forms it takes do that.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dispatcher_tui.present.cells import Align
from dispatcher_tui.present.table import Kind, Value


class Heading(msgspec.Struct, frozen=True, tag=True):
    """The name of what follows; 1 is a part of the document, 2 a part of that."""

    text: str
    level: Literal[1, 2] = 1


class Para(msgspec.Struct, frozen=True, tag=True):
    """Running text; its own line breaks stay. ``large``: to be read on a door, from a step away."""

    text: str
    large: bool = False


class Facts(msgspec.Struct, frozen=True, tag=True):
    """Labels with their values, ``across`` pairs side by side where there is room."""

    pairs: tuple[tuple[str, str], ...]
    across: int = 1


class Column(msgspec.Struct, frozen=True):
    """A table's column.

    ``share`` is its part of the width where not everything fits on one line. A ``whole`` column
    (a number, a time) is not broken as long as that leaves room for the others. ``kind`` is what
    its values are, where the table has them, and ``key`` its name for programs; everywhere else a
    cell is text.
    """

    head: str
    share: int = 1
    whole: bool = False
    align: Align = "left"
    kind: Kind = "text"
    key: str = ""


class Table(msgspec.Struct, frozen=True, tag=True):
    """Rows of as many cells as there are columns; ``empty`` is said where there is no row.

    ``values`` are those of the same cells by their columns' kinds, for whoever reckons with them;
    a time is the site's. Without them there is only text.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    values: tuple[tuple[Value, ...], ...] = ()


class ChartSeries(msgspec.Struct, frozen=True):
    """One sequence of a chart's values, a value for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(msgspec.Struct, frozen=True, tag=True):
    """Values drawn side by side: bars to compare, a line for a course in time.

    ``unit`` follows every value (``%``, ``件``). No label is ever cut.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    kind: Literal["bar", "line"] = "bar"
    unit: str = ""


class Tear(msgspec.Struct, frozen=True, tag=True):
    """Where a sheet is torn in two: what follows begins on the page's lower half, or a new page."""


class NewPage(msgspec.Struct, frozen=True, tag=True):
    """What follows begins on a page of its own, where there are pages; as a ``part`` that has a
    name its pages are counted anew under it."""

    part: str = ""


class SignHere(msgspec.Struct, frozen=True, tag=True):
    """The fields to sign in stand here instead of at the end."""


Block = Heading | Para | Facts | Table | Chart | Tear | NewPage | SignHere


class SignatureField(msgspec.Struct, frozen=True):
    """A field to sign in: for whom, in what part, and how it was signed on the desk, if it was."""

    part: str
    name: str = ""
    signed: str = ""


class Document(msgspec.Struct, frozen=True):
    """Something to print.

    ``head`` stands on top of every page and ``foot`` below, beside the page's number.
    ``hand`` and ``day`` are the words for the line to sign on and for the date written beside it.
    ``mark`` stands at every line, where what is printed is no record (a drill).
    ``data`` is what a program wants of it, where that is one table; ``at`` the moment it is of.
    ``page`` is the size of paper it is printed on. ``copies``: it is printed once for each, with
    what that one is called and to whom it goes; once where there are none.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    head: str = ""
    foot: str = ""
    signatures: tuple[SignatureField, ...] = ()
    hand: str = ""
    day: str = ""
    language: Literal["zh", "en"] = "en"
    mark: str = ""
    data: Table | None = None
    at: datetime | None = None
    page: Literal["A4", "A5"] = "A4"
    copies: tuple[tuple[str, str], ...] = ()
