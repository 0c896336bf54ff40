"""The rows of an XLSX workbook as text; nothing in it is run.

openpyxl reads it row by row, so that a large one needs no more memory than its rows. One of nothing
but texts and numbers is read by calamine where this machine has it, to the same rows. The values of
formulas are those that the workbook was saved with. Imported only where a workbook is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

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
_CELLS = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,20})"[^>]*(?<!/)>')
_ODD = tuple(
    map(
        re.compile,
        (
            rb'<c(?! r="[A-Z])[ />]',
            rb'<row(?! [^>]*\br=")[ />]',
            rb'<row [^>]*\br="[0-9]{8}',
            rb":c[ />]",
            rb":row[ />]",
            rb' t="[de]"',
            rb"_x[0-9A-F]",
            rb"rPh",
        ),
    )
)
"""A cell or a row that does not say where it is, or is beyond the last; an error, a day within the
cell, an escape, a reading: what two readers may take for different things. One by one: what
begins with letters that stand still is looked for in a third of the time."""
_DAYS = re.compile(rb'numFmtId="(?:1[4-9]|2[0-2]|2[7-9]|3[0-6]|4[5-7]|5[0-8])"')
_OWN_FORMS = re.compile(rb'formatCode="([^"]*)"')
_QUOTED = re.compile(rb"&quot;.*?&quot;|\[[^]]*\]|\\.|_.")
"""What of a form of numbers is shown as it stands, or says a colour, a currency, a width."""


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
    to the right, and from which row to which a cell is merged downwards, by its row and column.

    ``odd``: it has cells of a kind that only the slow reader knows; ``columns`` are those that it
    has cells in, ``last`` its last row.
    """

    formulas: bool = False
    far: bool = False
    odd: bool = False
    columns: set[bytes] = msgspec.field(default_factory=set)
    last: int = 0
    merged: dict[tuple[int, int], int] = msgspec.field(default_factory=dict)

    @property
    def wide(self) -> int:
        """How many columns there are up to the last that holds something."""
        return max((column_index_from_string(each.decode()) for each in self.columns), default=0)

    @property
    def plain(self) -> bool:
        """Whether it is nothing but texts and numbers, in a block that is no larger than a list."""
        wide = self.wide
        odd = self.odd or self.formulas or self.far or bool(self.merged)
        return not odd and wide <= _MOST_COLUMNS and wide * self.last <= _MOST_CELLS


class _Judged(msgspec.Struct, frozen=True):
    """What is known of a workbook before its rows are read: the scans of its sheets by the names
    of their parts, whether numbers are shown with ``zeros`` in front, whether all is ``plain``, and
    what of it is not read, as notes."""

    scans: dict[str, _Scan]
    zeros: bool
    plain: bool
    notes: tuple[SiteProblem, ...] = ()


class _Bomb(ValueError):
    """A part holds more than any list does."""


def _is_odd(text: bytes, end: int | None = None) -> bool:
    """Whether a part of a workbook, up to ``end``, has what two readers may take differently."""
    return any(each.search(text, 0, len(text) if end is None else end) for each in _ODD)


def _count_texts(parts: zipfile.ZipFile, strings: zipfile.ZipInfo) -> bool:
    """Refuse a table of texts that would take minutes to read; raises _Bomb. Whether it has texts
    with readings or escapes, which two readers may take for different ones."""
    texts, odd, before = 0, False, b""
    with parts.open(strings) as stream:
        while chunk := stream.read(_CHUNK):
            texts += chunk.count(b"<si") + chunk.count(b":si")
            odd = odd or _is_odd(before + chunk)
            before = chunk[-_OVERLAP:]
            if texts > _MOST_CELLS:
                raise _Bomb
    return odd


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
            if named := _CELLS.findall(text):
                columns, rows = zip(*named, strict=True)
                found.columns.update(columns)
                found.last = max(found.last, *map(int, rows))
            found.odd = found.odd or _is_odd(text, text.rfind(b">") + 1)
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


def _left_out(file: str, scans: Sequence[_Scan], macros: bool) -> Iterator[SiteProblem]:
    """What of a workbook is not read, so that nobody takes it for read."""
    wide = max((each.wide for each in scans), default=0)
    if macros:
        yield _problem(file, "macros_unread")
    if any(each.formulas for each in scans):
        yield _problem(file, "formulas_as_saved")
    if wide > _MOST_COLUMNS:
        first = get_column_letter(_MOST_COLUMNS + 1)
        yield _problem(file, "columns_beyond", most=_MOST_COLUMNS, name=first)


def _dated(styles: bytes) -> bool:
    """Whether a workbook can show a number as a day or a time."""
    own = (_QUOTED.sub(b"", each).lower() for each in _OWN_FORMS.findall(styles))
    return _DAYS.search(styles) is not None or any(set(each) & set(b"ymdhs") for each in own)


def _judge(raw: bytes, file: str) -> _Judged:
    """What is known of a workbook before its rows are read.

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
            texts = (e for e in names if e.filename.endswith("haredStrings.xml"))
            odd = [each.filename for each in texts if _count_texts(parts, each)]
            styles = b"".join(parts.read(e) for e in names if e.filename == _STYLES)
            zeros = _SHOWN_ZEROS.search(styles) is not None
            plain = not (odd or zeros or _dated(styles)) and all(e.plain for e in found.values())
            # Another reader trusts what a part says of its size: each is as large as it says.
            macros = any(each.filename.endswith("vbaProject.bin") for each in names)
            notes = tuple(_left_out(file, list(found.values()), macros))
            return _Judged(found, zeros, plain and parts.testzip() is None, notes)
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


def _plain_rows(values: Iterable[Sequence[Any]]) -> Iterator[SheetRow]:
    """The rows that are not empty, of a sheet where nothing is merged and no formula stands."""
    for number, row in enumerate(values, 1):
        texts = [
            each.strip() if type(each) is str and each.isprintable() else _text(each)
            for each in row
        ]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield SheetRow(number, tuple(texts))


def workbook_sheets(raw: bytes, file: str, most: int) -> list[ListSheet]:
    """The visible sheets of a workbook with their rows, ``most`` together; hidden ones are told.

    Raises:
        SiteError: it cannot be read, or has too many rows.
    """
    judged = _judge(raw, file)
    try:
        return (_fast(raw, file, most, judged) if judged.plain else None) or list(
            _sheets(raw, file, most, judged)
        )
    except SiteError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble on
        raise SiteError([_problem(file, "workbook_unreadable")]) from error


def _fast(raw: bytes, file: str, most: int, judged: _Judged) -> list[ListSheet] | None:
    """The sheets of a workbook of nothing but texts and numbers, in a tenth of the time; None where
    this machine has no such reader, or it stumbles over the workbook.

    Raises:
        SiteError: it has too many rows.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ImportError:
        return None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        shown = [e.name for e in book.sheets_metadata if e.visible == SheetVisibleEnum.Visible]
        read = {
            each: book.get_sheet_by_name(each).to_python(skip_empty_area=False) for each in shown
        }
    except CalamineError:
        return None
    hidden = [each for each in book.sheet_names if each not in read]
    told = (*judged.notes, *(_problem(file, "sheet_hidden", name=each) for each in hidden))
    found, left = list[ListSheet](), most
    for title, values in read.items():
        name = f"{file} [{title}]" if len(book.sheet_names) > 1 else file
        rows = list(_plain_rows(values))
        if len(rows) > left:
            raise SiteError([_problem(file, "too_many_rows", most=most)])
        left -= len(rows)
        found.append(ListSheet(name, rows, told))
        told = ()
    return found


def _sheets(raw: bytes, file: str, most: int, judged: _Judged) -> Iterator[ListSheet]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    left, several = most, len(book.worksheets) > 1
    shown = [each for each in book.worksheets if each.sheet_state == "visible"]
    hidden = [each.title for each in book.worksheets if each not in shown]
    told = (*judged.notes, *(_problem(file, "sheet_hidden", name=each) for each in hidden))
    for sheet in shown:
        name = f"{file} [{sheet.title}]" if several else file
        sheet.reset_dimensions()
        rows: list[SheetRow] = []
        beside = judged.scans.get(sheet._worksheet_path, _Scan())
        written = _formulas(raw, sheet.title) if beside.formulas else iter(())
        for row in _rows(_texts(sheet, judged.zeros, beside.far), written, beside.merged):
            if left <= 0:
                raise SiteError([_problem(file, "too_many_rows", most=most)])
            left -= 1
            rows.append(row)
        yield ListSheet(name, rows, told)
        told = ()
