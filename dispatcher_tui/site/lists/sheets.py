"""The rows of a list as they stand in a file: a workbook, or text in whatever form it was saved.

Text may be UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs, and with the ``sep=`` line of
a spreadsheet. A row keeps the number that a spreadsheet shows for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from dispatcher_tui import plain_file
from dispatcher_tui.domain.words.mangled import MARKS, unmarked
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.list_sheet import ListSheet, SheetRow, rows_note
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.toml_text import unread

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
"""More is no list of an estate; it is refused before memory is spent on it."""
MOST_COLUMNS = 1_000
"""So many cells a row of text may have: a rota of a year by days has fewer."""

Fits = Callable[[Iterable[tuple[str, ...]]], int]
"""How many heads are known in the first rows, so that the way they are split can be judged."""

_SEPARATORS = ",;\t"
_LOOKED_AT = 12
"""So many rows are looked at for the heads, and for what stands between the cells."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_USUAL = 0.8
"""So much of a Chinese text is in everyday characters; else it is another encoding."""


def _fail(file: str, code: str, **detail: object) -> SiteError:
    return SiteError([SiteProblem(file, "", code, {k: str(v) for k, v in detail.items()})])


def read_bytes(path: Path) -> bytes:
    """The bytes of a list's file.

    Raises:
        SiteError: ``file_missing``, ``file_not_plain``, ``file_unreadable``, or
            ``list_too_large``.
    """
    try:
        return plain_file.read(path, MOST_BYTES)
    except plain_file.TooLargeError as error:
        raise _fail(path.name, "list_too_large", most=MOST_BYTES // 1024 // 1024) from error
    except OSError as error:
        raise SiteError([unread(path.name, error, MOST_BYTES)]) from error


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding, empty where that is UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", "UTF-16")]
    else:
        encodings = [("utf-8-sig", ""), ("gb18030", "GBK")]
    for encoding, name in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if name != "GBK" or _everyday(text):
            return text, name
    raise _fail(file, "list_encoding")


def _everyday(text: str) -> bool:
    """Whether a text read as GBK is Chinese: another encoding gives characters nobody uses."""
    beyond = [ch for ch in text[:20_000] if ch > "\x7f"]
    usual = sum(1 for ch in beyond if _in_gb2312(ch))
    return usual >= _USUAL * len(beyond)


def _in_gb2312(ch: str) -> bool:
    try:
        ch.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _cells(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells without outer spaces and what could steer a terminal; a break within one stays."""
    if "".join(cells).isprintable():  # Nearly every row: nothing in it to be taken out.
        return tuple(map(str.strip, cells))
    return tuple(
        cell.strip() if cell.isprintable() else clean_text(cell, limit=len(cell)).text.strip()
        for cell in cells
    )


class _RowError(Exception):
    """Where a text cannot be read on as rows, and why, as a problem has it."""

    def __init__(self, key: str, code: str, **detail: object) -> None:
        super().__init__(key, code)
        self.key, self.code, self.detail = key, code, detail


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a text, each with its cells.

    Raises:
        _RowError: ``csv_syntax`` at a stray quote, ``row_too_wide`` at the first row with more
            than ``MOST_COLUMNS`` cells.
    """
    done = 0

    def too_wide() -> _RowError:
        return _RowError(f"row {done + 1}", "row_too_wide", most=MOST_COLUMNS)

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            # Without quotes each separator begins a cell: no memory is spent on millions of them.
            if '"' not in line and line.count(separator) >= MOST_COLUMNS:
                raise too_wide()
            yield line

    reader = csv.reader(lines(), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise too_wide()
            yield cells
            done += 1
    except csv.Error as error:
        raise _RowError(f"line {reader.line_num}", "csv_syntax", reason=error) from error


def _separator(text: str, fits: Fits) -> str:
    """What stands between the cells: what gives the most heads that are known."""

    def score(separator: str) -> int:
        first: list[tuple[str, ...]] = []
        try:
            first.extend(map(_cells, islice(_parsed(text, separator), _LOOKED_AT)))
        except _RowError as error:
            # The heads above a row that is too wide say what stands between the cells all the same.
            if error.code != "row_too_wide":
                return 0
        return fits(first)

    return max(_SEPARATORS, key=score)


def text_sheet(raw: bytes, file: str, fits: Fits) -> ListSheet:
    """The rows of a file of text; ``fits`` says how many heads are known in its first rows.

    Raises:
        SiteError: neither UTF-8 nor GBK, a stray quote, too many rows or cells in a row.
    """
    text, encoding = _decoded(raw, file)
    findings = Findings(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _break, rest = text.partition("\n")
    mark = first.strip().strip('"').casefold()
    if (mark.startswith("sep=") and len(mark) == len("sep=") + 1) or mark == "sep=":
        separator = mark[4:] or "\t"
        text = rest
    else:
        separator = _separator(text, fits)
    notes = [SiteProblem(file, "", "read_as", {"name": encoding})] if encoding else []
    rows: list[SheetRow] = []
    try:
        for number, cells in enumerate(_parsed(text, separator), 1):
            if len(rows) >= MOST_ROWS:
                raise _fail(file, "too_many_rows", most=MOST_ROWS)
            kept = _cells(cells)
            if any(kept):
                rows.append(SheetRow(number, kept))
    except _RowError as error:
        findings.add(error.key, error.code, **error.detail)
        findings.raise_any()
    own = "" if encoding or separator != "," else text
    sheet = ListSheet(file, rows, tuple(notes), own)
    return _without_marks(sheet) if any(mark in text for mark in MARKS) else sheet


def _without_marks(sheet: ListSheet) -> ListSheet:
    """A sheet without the marks by which a program keeps a cell a text; that is said."""
    rows, found = list(sheet.rows), list[int]()
    for at, row in enumerate(rows):
        if MARKS.isdisjoint([cell[:1] for cell in row.cells]):
            continue
        cells = tuple(map(unmarked, row.cells))
        if cells != row.cells:
            rows[at] = SheetRow(row.number, cells)
            found.append(row.number)
    if not found:
        return sheet
    note = rows_note(sheet.name, "marks_off", found)
    return ListSheet(sheet.name, rows, (*sheet.notes, note), sheet.text)


def read_sheets(raw: bytes, file: str, fits: Fits) -> list[ListSheet]:
    """The sheets of a file, a workbook's or the one of a text.

    Raises:
        SiteError: it can be read as neither.
    """
    if raw.startswith(_OLE):
        raise _fail(file, "workbook_locked")
    if raw.startswith(_ZIP):
        from dispatcher_tui.site.lists.workbook import workbook_sheets  # openpyxl takes its time

        return list(map(_without_marks, workbook_sheets(raw, file, MOST_ROWS)))
    return [text_sheet(raw, file, fits)]
