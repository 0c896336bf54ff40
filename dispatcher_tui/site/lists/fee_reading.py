"""A list of fees as it comes: what each household owes, or what became of it.

Whatever cannot be taken as it stands is a problem with its row; a list with one is taken over as a
whole or not at all. Amounts come in yuan and are kept in fen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from dispatcher_tui.domain.record.fee_events import FeeLine, LineOutcome, LineResult
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.domain.words.mangled import mended_number, number_damage
from dispatcher_tui.domain.words.money import HIGHEST_YUAN, MoneyError, format_fen, parse_fen
from dispatcher_tui.domain.words.place import place_parts
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.clock_times import parse_date
from dispatcher_tui.site.lists.fee_heads import (
    OWN_COLUMNS,
    fee_columns,
    heads_known,
    is_head_row,
)
from dispatcher_tui.site.lists.fee_months import months_named, months_owed
from dispatcher_tui.site.lists.list_rows import HouseRow, PlaceReader, judge_lengths
from dispatcher_tui.site.lists.list_sheet import ListSheet, is_total, rows_note
from dispatcher_tui.site.lists.sheets import read_bytes, read_sheets
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem

_HEADS_AMONG = 10

RESULT_WORDS: dict[LineResult, str] = {
    LineResult.DELIVERED: "delivered 已送达 已派发 送达 已签收 签收 已送 已派",
    LineResult.REMINDED: "reminded 已提醒 提醒 已通知 已告知 已催",
    LineResult.PAID: "paid 已缴 已交 已缴清 已交清 缴清 交清 已付 已收 到账 扣款成功 代扣成功 成功",
    LineResult.REFUSED: "refused 拒缴 拒交 拒绝 拒付 不缴 不交 拒收",
    LineResult.NOBODY: "nobody 无人 家中无人 无人在家 人不在 不在 无人办公 空置 未遇 未见人",
}
"""What each result is called in a list that comes back."""

_RESULT_OF = {word: result for result, words in RESULT_WORDS.items() for word in words.split()}
_NOTHING = ("扣款失败", "代扣失败", "失败", "未缴", "未交", "failed", "unpaid", "0", "0.00")
"""What a list that comes back says of a line of which nothing came."""


class FeeAsked(msgspec.Struct, frozen=True):
    """For which list a file is read: its ``month``, the day of a month on which its bill was due,
    and how the register spells a place: empty where it has none such."""

    month: str
    bill_day: int
    spelt: Callable[[str], str]


class FeeRow(msgspec.Struct, frozen=True):
    """A line, and who lives there, whose round it is: what the adopted text has besides."""

    line: FeeLine
    row: int
    residents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    keeper: str = ""


class OutcomeRow(msgspec.Struct, frozen=True):
    """What a row says became of a line; nothing paid stands for all that it owes."""

    outcome: LineOutcome
    row: int
    column: str = ""


class FeeSheet(msgspec.Struct, frozen=True):
    """A file that was read: lines, or outcomes where the list came ``back``; the hash is that of
    the file."""

    file: str
    sha256: str
    rows: int
    lines: tuple[FeeRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    notes: tuple[SiteProblem, ...] = ()
    back: bool = False


class FeeListError(SiteError):
    """Rows are refused; ``rest`` is what the others say, to be shown and never taken over."""

    def __init__(self, problems: Sequence[SiteProblem], rest: FeeSheet) -> None:
        super().__init__(problems)
        self.rest = rest


def fees_text(rows: Sequence[FeeRow]) -> str:
    """A list in the house's form: what is adopted."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(OWN_COLUMNS)
    for each in rows:
        line = each.line
        who, numbers = "; ".join(each.residents), "; ".join(each.phones)
        since = line.since.isoformat() if line.since else ""
        cells = (line.place, who, numbers, line.months, line.fen, since, line.area, each.keeper)
        writer.writerow(cells)
    return stream.getvalue()


def fee_names(text: str) -> dict[str, dict[str, str]]:
    """What an adopted list has of each place, by the house's columns; nothing of one that is
    damaged."""
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return {row["place"]: {k: v or "" for k, v in row.items() if k} for row in rows}
    except (csv.Error, KeyError):
        return {}


def _fen(row: HouseRow, column: str, findings: Findings) -> int | None:
    """The amount of a cell; None, and noted, where it is none that can stand."""
    text = row.one(column)
    if damage := number_damage(text):
        findings.add(row.key(column), damage, text=text)
        return None
    try:
        return parse_fen(text)
    except MoneyError as error:
        most = format_fen(HIGHEST_YUAN * 100)
        findings.add(row.key(column), f"fee_amount_{error.code}", text=text, most=most)
        return None


def _area(row: HouseRow, place: str) -> str:
    """Whose round a line is on: the list's own word, else the building."""
    if own := row.one("area"):
        return own
    parts = place_parts(place)
    return parts[0] if len(parts) > 1 else ""


class _Reader:
    """Reads one sheet row by row."""

    def __init__(self, asked: FeeAsked, findings: Findings) -> None:
        self._asked, self._findings = asked, findings
        self._places = PlaceReader(findings)
        self._first: dict[str, int] = {}

    def place(self, row: HouseRow) -> str:
        """The place of a row as the register spells it, once in a list."""
        found = self._places.read(row)
        column = "room" if row.one("room") else "place"
        if not found:
            return ""
        spelt = self._asked.spelt(found)
        if not spelt:
            self._findings.add(row.key(column), "fee_no_home", text=found)
            return ""
        if spelt in self._first:
            self._findings.add(row.key(column), "fee_twice", name=spelt, row=self._first[spelt])
            return ""
        self._first[spelt] = row.number
        return spelt

    def _months(self, row: HouseRow) -> tuple[int, date] | None:
        text = mended_number(row.one("months"))
        found = months_owed(text, self._asked.month)
        if found is None:
            self._findings.add(row.key("months"), "fee_months", text=text)
            return None
        if found[1] > period_named(self._asked.month).first:
            self._findings.add(row.key("months"), "fee_months_ahead", text=text)
            return None
        return found

    def _since(self, row: HouseRow, oldest: date) -> date | None:
        text = row.one("since")
        if not text:
            return oldest.replace(day=self._asked.bill_day)
        found = parse_date(text, sheet=True)
        if found is None:
            self._findings.add(row.key("since"), "fee_day", text=text)
        return found

    def month_of(self, row: HouseRow) -> None:
        """The column of the list's own month says the one that is asked for."""
        text = row.one("month")
        named = months_named(text)
        if named and self._asked.month not in named:
            self._findings.add(
                row.key("month"), "fee_other_month", text=text, month=self._asked.month
            )

    def line(self, row: HouseRow) -> FeeRow | None:
        """A row as a line of what is owed."""
        before = len(self._findings.problems)
        self.month_of(row)
        place = self.place(row)
        fen, months = _fen(row, "fen", self._findings), self._months(row)
        if fen == 0:
            self._findings.add(row.key("fen"), "fee_owes_nothing")
        since = self._since(row, months[1]) if months else None
        if len(self._findings.problems) > before or not place or fen is None or months is None:
            return None
        line = FeeLine(place, months[0], fen, since, _area(row, place))
        who, numbers = tuple(row.all_of("resident")), tuple(row.all_of("phone"))
        return FeeRow(line, row.number, who, numbers, row.one("keeper"))

    def outcome(self, row: HouseRow) -> OutcomeRow | None:
        """A row as what became of a line; None where it says that nothing did."""
        said, paid = row.one("result"), row.one("paid")
        if (not said or said in _NOTHING) and (not paid or paid in _NOTHING):
            return None
        self.month_of(row)
        place = self.place(row)
        result = _RESULT_OF.get(said.casefold()) if said else LineResult.PAID
        if result is None:
            known = ", ".join(words.split()[1] for words in RESULT_WORDS.values())
            self._findings.add(row.key("result"), "fee_result", text=said, known=known)
            return None
        fen = _fen(row, "paid", self._findings) if paid and paid not in _NOTHING else 0
        if fen and result is not LineResult.PAID:
            self._findings.add(row.key("paid"), "fee_paid_and", text=said)
        if not place or fen is None:
            return None
        column = row.key("paid" if paid else "result")
        return OutcomeRow(LineOutcome(place, result, fen), row.number, column)

    def told(self) -> list[SiteProblem]:
        """What was done with the places on the way."""
        return self._places.told()


def _head_at(sheet: ListSheet) -> int:
    found = (at for at, row in enumerate(sheet.rows[:_HEADS_AMONG]) if is_head_row(row.cells))
    return next(found, -1)


def _judge_title(sheet: ListSheet, at: int, asked: FeeAsked, findings: Findings) -> None:
    """What stands above the heads may say a month: then it is the one that is asked for."""
    titles = " ".join(cell for row in sheet.rows[:at] for cell in row.cells)
    named = months_named(titles)
    if named and asked.month not in named:
        text = clean_text(", ".join(sorted(named)), multiline=False).text
        findings.add("", "fee_other_month", text=text, month=asked.month)


def _house_rows(sheet: ListSheet, at: int, notes: list[SiteProblem]) -> list[HouseRow]:
    columns = fee_columns(sheet.rows[at].cells)
    places: dict[str, tuple[int, ...]] = {}
    for where, name in enumerate(columns):
        places[name] = (*places.get(name, ()), where)
    below = sheet.rows[at + 1 :]
    if totals := [row.number for row in below if is_total(row)]:
        notes.append(rows_note(sheet.name, "totals_left", totals))
    titles = tuple(sheet.rows[at].cells)
    kept = (row for row in below if not is_total(row))
    return [HouseRow(row.number, row.cells, places, titles) for row in kept]


def _says_results(rows: Sequence[HouseRow]) -> bool:
    return any(row.one("result") or row.one("paid") for row in rows)


def _read_sheet(sheet: ListSheet, at: int, asked: FeeAsked, digest: str) -> FeeSheet:
    findings, notes = Findings(sheet.name), list(sheet.notes)
    _judge_title(sheet, at, asked, findings)
    rows = _house_rows(sheet, at, notes)
    judge_lengths(rows, len(sheet.rows[at].cells), findings)
    reader = _Reader(asked, findings)
    lines: list[FeeRow] = []
    outcomes: list[OutcomeRow] = []
    back = _says_results(rows)
    if back:
        outcomes = [each for row in rows if (each := reader.outcome(row)) is not None]
    elif rows and "fen" not in rows[0].heads:
        findings.add("", "fee_nothing_in_it")
    else:
        lines = [line for row in rows if (line := reader.line(row)) is not None]
    if not rows:
        findings.add("", "list_empty")
    notes += reader.told()
    told = tuple(notes)
    found = FeeSheet(sheet.name, digest, len(rows), tuple(lines), tuple(outcomes), told, back)
    if findings.problems:
        raise FeeListError(findings.problems, found)
    return found


def read_fees(path: Path, asked: FeeAsked) -> FeeSheet:
    """The list in a file: the first sheet of a workbook that has its heads.

    Raises:
        SiteError: it cannot be read, or no sheet of it has heads that are known.
        FeeListError: rows are refused; all of them are named.
    """
    raw = read_bytes(path)
    sheets = read_sheets(raw, path.name, heads_known)
    for sheet in sheets:
        at = _head_at(sheet)
        if at >= 0:
            return _read_sheet(sheet, at, asked, sha256(raw).hexdigest())
    first = next((" | ".join(filter(None, s.rows[0].cells)) for s in sheets if s.rows), "")
    name = clean_text(first, multiline=False).text[:40]
    raise SiteError([SiteProblem(path.name, "", "fee_no_heads", {"name": name})])
