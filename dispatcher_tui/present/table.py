"""A list of records declared once: its columns with heads, widths, values and their kinds.

Screens, papers, workbooks and programs are given the same declaration; each takes what it has
room for. A value keeps its kind, so that a workbook has numbers and days, not their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from typing import Any, Generic, Literal, TypeVar

import msgspec

from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.cells import Align, fit
from dispatcher_tui.present.countdown import spoken

Kind = Literal["text", "count", "money", "percent", "length", "day", "moment", "second"]
"""What a column's values are: texts, numbers, fen, parts of one, lengths of time in seconds, days,
moments to the minute or to the second."""

Value = str | int | float | date | datetime | tuple[str, ...] | None
"""What stands in a cell; a moment is aware, None is nothing, several texts need words."""

REST = -1
"""The width of a screen's last column that takes what is left of the line."""

T = TypeVar("T")

_FORMS: dict[Kind, tuple[str, str]] = {
    "day": ("%Y-%m-%d", "%m-%d"),
    "moment": ("%Y-%m-%d %H:%M", "%m-%d %H:%M"),
    "second": ("%Y-%m-%d %H:%M:%S", "%H:%M:%S"),
}
"""How a time is written, and how where its column is too narrow for that."""


class RecordColumn(msgspec.Struct, Generic[T], frozen=True):
    """A column of a list.

    ``value`` is what it has of a record. ``words`` says it to people, where the value's own text
    does not. ``key`` is its name for programs. ``cells`` is its width on a screen and ``share``
    its part of a paper's width; at 0 it is not shown there. ``none`` stands where there is
    nothing. ``exact`` is the kind for programs, where a paper says less of it. ``by_hand``: it
    stands on paper even if it is empty, to be written in.
    """

    key: str
    head: str
    value: Callable[[T], Value]
    kind: Kind = "text"
    cells: int = 0
    share: int = 0
    whole: bool = False
    none: str = ""
    words: Callable[[T], str] | None = None
    exact: Kind | None = None
    by_hand: bool = False

    @property
    def align(self) -> Align:
        """Figures stand at the right."""
        return "right" if self.kind in ("count", "money", "percent", "length") else "left"

    def local(self, record: T, zone: tzinfo) -> Value:
        """Its value, a time as it is in the zone."""
        value = self.value(record)
        if not isinstance(value, datetime):
            return value
        local = value.astimezone(zone)
        return local.date() if self.kind == "day" else local

    def text(self, record: T, zone: tzinfo, cells: int = REST) -> str:
        """What people read, where there is room for so many cells."""
        if self.words is not None:
            return self.words(record) or self.none
        value = self.local(record, zone)
        if value is None or value == "":
            return self.none
        return value_text(value, self.kind, cells)


def value_text(value: Value, kind: Kind, cells: int = REST) -> str:
    """A value in the form of its kind; a time without its year where ``cells`` are few."""
    if isinstance(value, date):
        long, short = _FORMS[kind]
        text = f"{value:{long}}"
        return text if cells == REST or len(text) <= cells else f"{value:{short}}"
    if isinstance(value, int) and kind == "money":
        return format_fen(value)
    if isinstance(value, (int, float)) and kind == "percent":
        return f"{value:.1%}"
    if isinstance(value, (int, float)) and kind == "length":
        return spoken(value)
    return "" if value is None else str(value)


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


class RecordTable(msgspec.Struct, Generic[T], frozen=True):
    """A list's columns in their order; ``empty`` is said where there is no record.

    Times are those of ``zone``. ``number`` heads a column before the others that counts the
    records on paper.
    """

    columns: tuple[RecordColumn[T], ...]
    zone: tzinfo
    empty: str = ""
    number: str = ""

    def _line(self, text: Callable[[RecordColumn[T]], str]) -> str:
        parts = (
            " ".join(text(column).split())
            if column.cells == REST
            else fit(text(column), column.cells, column.align)
            for column in self.columns
            if column.cells
        )
        return " ".join(parts).rstrip()

    def head_line(self) -> str:
        """The heads over a screen's lines."""
        return self._line(lambda column: column.head)

    def object(self, record: T) -> dict[str, Any]:
        """A record for programs, by its columns' keys; times are ISO 8601, what is absent null."""
        found = ((column.key, column.local(record, self.zone)) for column in self.columns)
        return {key: _plain(value) for key, value in found}

    def shown(self, records: Iterable[T]) -> tuple[str, list[str]]:
        """The heads over a list on a screen, and its lines."""
        return self.head_line(), [self.line(each) for each in records]

    def line(self, record: T) -> str:
        """A record on a screen."""
        return self._line(lambda column: column.text(record, self.zone, column.cells))
