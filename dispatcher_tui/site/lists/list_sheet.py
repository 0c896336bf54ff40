"""The rows of a list as they stand in a file, before anything is known of their heads."""

from __future__ import annotations

import msgspec

from dispatcher_tui.site.problems import SiteProblem


class SheetRow(msgspec.Struct, frozen=True):
    """One row that is not empty: its number as a spreadsheet counts, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class ListSheet(msgspec.Struct, frozen=True):
    """A sheet: the name its problems go by, its rows, and how the file was read as a note.

    ``text`` is that of a file of comma separated values in UTF-8, where it is one.
    """

    name: str
    rows: list[SheetRow]
    notes: tuple[SiteProblem, ...] = ()
    text: str = ""
