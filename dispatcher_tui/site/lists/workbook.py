"""The rows of an XLSX workbook as text, by openpyxl; nothing in it is run.

Read row by row, so that a large one needs no more memory than its rows. The values of formulas are
those that the workbook was saved with. Imported only where a workbook is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
import openpyxl
from openpyxl.utils import column_index_from_string

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.list_sheet import ListSheet, SheetRow
from dispatcher_tui.site.problems import SiteError, SiteProblem

_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_COLUMNS = 200
_MOST_CELLS = 3_000_000
"""More cells, or texts, are no list of an estate: reading them would take minutes."""
_ROW_CELLS, _LAST_ROW = 16_384, 1_048_576
"""Cells of a row and rows of a sheet, as many as a spreadsheet has."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_STYLES = "xl/styles.xml"
_SHOWN_ZEROS = re.compile(rb'formatCode="0{2,20}"')
_OVERLAP = 60
"""Longer than what is looked for, so that nothing is missed where two chunks meet."""
_CHUNK = 1024 * 1024
_ZEROS = re.compile(r"0{2,20}")
_FAR = re.compile(rb' r="[A-Z]{3}[0-9]')
_FORMULA = re.compile(rb"<f[ >/]")
_Cells = tuple[Any, ...]
_UNREAD = "#FORMULA"


def _problem(file: str, code: str, **detail: object) -> SiteProblem:
    return SiteProblem(file, "", code, {name: str(value) for name, value in detail.items()})


def _number(value: float, form: str) -> str:
    """A number as it was seen: `0000` shows 101 as 0101."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    if abs(value) >= 1e15:
        return f"{value:.6E}"
    text = str(int(value))
    return text.zfill(len(form)) if _ZEROS.fullmatch(form) else text


def _text(value: Any, form: str = "") -> str:
    """A value as it stood there; days and times as a spreadsheet writes them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip() if value.isprintable() else _clean(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, form)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return _clean(str(value))


def _clean(text: str) -> str:
    return clean_text(text, limit=len(text)).text.strip()


def _texts(sheet: Any, zeros: bool, far: bool) -> Iterator[list[str]]:
    """The rows of a sheet; how its numbers are shown is looked at where ``zeros`` are. A row with
    a cell ``far`` to the right is not filled up to it."""
    bounds = {"max_row": _LAST_ROW, "max_col": _MOST_COLUMNS if far else None}
    if not zeros:
        for values in sheet.iter_rows(**bounds, values_only=True):
            empty = values.count(None) == len(values)
            yield [] if empty else [_text(value) for value in values[:_MOST_COLUMNS]]
        return
    for cells in sheet.iter_rows(**bounds):
        yield [_text(cell.value, str(cell.number_format or "")) for cell in cells[:_MOST_COLUMNS]]


class _Scan(msgspec.Struct):
    """What a sheet's own text says that its rows do not: whether it has formulas, or cells ``far``
    to the right, and from which row to which a cell is merged downwards, by its row and column."""

    formulas: bool = False
    far: bool = False
    merged: dict[tuple[int, int], int] = msgspec.field(default_factory=dict)


class _Bomb(ValueError):
    """A part holds more than any list does."""


def _count_texts(parts: zipfile.ZipFile, strings: zipfile.ZipInfo) -> None:
    """Refuse a table of texts that would take minutes to read; raises _Bomb."""
    texts = 0
    with parts.open(strings) as stream:
        while chunk := stream.read(_CHUNK):
            texts += chunk.count(b"<si") + chunk.count(b":si")
            if texts > _MOST_CELLS:
                raise _Bomb


def _cells_from(chunk: bytes, start: int) -> int:
    """How many cells begin in a chunk, from a place of it on."""
    return sum(chunk.count(each, start) for each in (b"<c ", b"<c>", b"<c/", b":c "))


def _scan(parts: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> _Scan:
    """What a sheet says beside its rows.

    Raises:
        _Bomb: it has too many cells, or a row has more than there can be.
    """
    found, before, cells, in_row = _Scan(), b"", 0, 0
    with parts.open(sheet) as stream:
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            cells += _cells_from(chunk, 0)
            row = chunk.rfind(b"<row") if b"<row" in chunk else chunk.rfind(b":row")
            in_row = _cells_from(chunk, max(row, 0)) + (in_row if row < 0 else 0)
            if cells > _MOST_CELLS or in_row > _ROW_CELLS:
                raise _Bomb
            found.far = found.far or _FAR.search(text) is not None
            found.formulas = found.formulas or _FORMULA.search(text) is not None
            for column, top, last in _MERGED.findall(text):
                if int(last) > int(top):
                    at = int(top), column_index_from_string(column.decode()) - 1
                    found.merged[at] = int(last)
            before = text[-_OVERLAP:]
    return found


def _judge(raw: bytes, file: str) -> tuple[dict[str, _Scan], bool]:
    """What the sheets say beside their rows, by the names of their parts; whether numbers are
    shown with zeros in front.

    Raises:
        SiteError: it is damaged, is none, or would unpack to more than a list can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = [each for each in parts.infolist() if not each.is_dir()]
            if sum(each.file_size for each in names) > _MOST_UNPACKED:
                raise SiteError([_problem(file, "workbook_too_large")])
            sheets = (e for e in names if e.filename.startswith("xl/worksheets/"))
            found = {each.filename: _scan(parts, each) for each in sheets}
            for each in names:
                if each.filename.endswith("haredStrings.xml"):
                    _count_texts(parts, each)
            styles = (e for e in names if e.filename == _STYLES)
            zeros = any(_SHOWN_ZEROS.search(parts.read(each)) for each in styles)
            return found, zeros
    except _Bomb as error:
        raise SiteError([_problem(file, "workbook_too_large")]) from error
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
        raise SiteError([_problem(file, "workbook_unreadable")]) from error


def _formulas(raw: bytes, name: str) -> Iterator[_Cells]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
    yield from book[name].iter_rows()


def _rows(
    read: Iterable[list[str]], formulas: Iterator[_Cells], merged: dict[tuple[int, int], int]
) -> Iterator[SheetRow]:
    """The rows that are not empty; what is merged downwards stands in each of its rows, and a
    formula whose value was not saved is marked as an error."""
    held: dict[int, tuple[int, str]] = {}
    for number, texts in enumerate(read, 1):
        written = next(formulas, ())
        for at, cell in enumerate(written[: len(texts)]):
            if not texts[at] and cell.value is not None:
                texts[at] = _UNREAD
        for at, (last, text) in tuple(held.items()):
            if number > last:
                del held[at]
            elif at >= len(texts) or not texts[at]:
                texts += [""] * (at + 1 - len(texts))
                texts[at] = text
        if merged:
            for at, text in enumerate(texts):
                if text and (number, at) in merged:
                    held[at] = merged[number, at], text
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield SheetRow(number, tuple(texts))


def workbook_sheets(raw: bytes, file: str, most: int) -> list[ListSheet]:
    """The visible sheets of a workbook with their rows, ``most`` together; hidden ones are told.

    Raises:
        SiteError: it cannot be read, or has too many rows.
    """
    scans, zeros = _judge(raw, file)
    try:
        return list(_sheets(raw, file, most, scans, zeros))
    except SiteError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble on
        raise SiteError([_problem(file, "workbook_unreadable")]) from error


def _sheets(
    raw: bytes, file: str, most: int, scans: dict[str, _Scan], zeros: bool
) -> Iterator[ListSheet]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    left, several = most, len(book.worksheets) > 1
    shown = [each for each in book.worksheets if each.sheet_state == "visible"]
    hidden = [each.title for each in book.worksheets if each not in shown]
    told = tuple(_problem(file, "sheet_hidden", name=each) for each in hidden)
    for sheet in shown:
        name = f"{file} [{sheet.title}]" if several else file
        sheet.reset_dimensions()
        rows: list[SheetRow] = []
        beside = scans.get(sheet._worksheet_path, _Scan())
        written = _formulas(raw, sheet.title) if beside.formulas else iter(())
        for row in _rows(_texts(sheet, zeros, beside.far), written, beside.merged):
            if left <= 0:
                raise SiteError([_problem(file, "too_many_rows", most=most)])
            left -= 1
            rows.append(row)
        yield ListSheet(name, rows, told)
        told = ()
