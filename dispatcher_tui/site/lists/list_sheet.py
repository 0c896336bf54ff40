"""The rows of a list as they stand in a file, before anything is known of their heads."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dispatcher_tui.site.problems import SiteProblem

_NAMED = 5
_LONGEST_TOTAL = 10


def first_of(names: Sequence[object], most: int = _NAMED) -> str:
    """The first of several names or rows, and how many are not named."""
    shown = ", ".join(map(str, names[:most]))
    return f"{shown} .. +{len(names) - most}" if len(names) > most else shown


def rows_note(file: str, code: str, rows: Sequence[int]) -> SiteProblem:
    """A note of what was done with rows: how many, and the first of them."""
    return SiteProblem(file, "", code, {"n": str(len(rows)), "rows": first_of(rows)})


class SheetRow(msgspec.Struct, frozen=True):
    """One row that is not empty: its number as a spreadsheet counts, and its cells as text."""

    number: int
    cells: tuple[str, ...]


_TOTALS = frozenset(("合计", "总计", "小计", "共计", "合 计", "总 计", "total", "subtotal", "sum"))


def is_total(row: SheetRow) -> bool:
    """Whether a row sums up those above it: it is nobody's."""
    first = next(filter(None, row.cells), "")
    return len(first) < _LONGEST_TOTAL and first.rstrip("：:").casefold() in _TOTALS


class ListSheet(msgspec.Struct, frozen=True):
    """A sheet: the name its problems go by, its rows, and how the file was read as a note.

    ``text`` is that of a file of comma separated values in UTF-8, where it is one.
    """

    name: str
    rows: list[SheetRow]
    notes: tuple[SiteProblem, ...] = ()
    text: str = ""
