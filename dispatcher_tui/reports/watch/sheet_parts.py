"""The parts of a hand-over sheet that are lists: cases, duties, papers, notices, calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.record.sheet import Sheet, SheetCall, SheetCase, SheetDuty
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import stage_name, weekday_name
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.terms import call_result
from dispatcher_tui.present.watch.sheet_lines import purpose_name, said
from dispatcher_tui.present.watch.watch_lines import subject_name
from dispatcher_tui.reports.document import Block, Column, Heading, Table

Rows = Iterable[tuple[str, ...]]


class SheetWords(msgspec.Struct, frozen=True):
    """What the sheet's values are said with: the moment it froze, the zone, the names."""

    at: datetime
    zone: tzinfo
    names: Glossary

    def day(self, at: datetime) -> str:
        """A moment with its year, as it heads a paper."""
        local = at.astimezone(self.zone)
        words = _("{date} ({weekday}) {time}")
        weekday = weekday_name(local.weekday())
        return words.format(date=f"{local:%Y-%m-%d}", weekday=weekday, time=f"{local:%H:%M}")

    def time(self, at: datetime | None) -> str:
        """A moment with its day; the year only where it is another one."""
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        same = local.year == self.at.astimezone(self.zone).year
        return f"{local:%m-%d %H:%M}" if same else f"{local:%Y-%m-%d %H:%M}"

    def told(self, case: SheetCase) -> str:
        """Who is responsible, and since when they know."""
        if not case.assignee:
            return _("nobody told")
        if case.notified_at is None:
            return _("{name}, not told yet").format(name=case.assignee)
        told = _("told {time}").format(time=self.time(case.notified_at))
        return f"{case.assignee}\n{told}"


def _step(label: Label | None, rule: str) -> str:
    return f"{localized(label) if label else ''} {rule}".strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _by_due(cases: Iterable[SheetCase]) -> list[SheetCase]:
    """The nearest duty first, what has no due time last."""
    return sorted(cases, key=lambda case: (case.due is None, case.due and case.due.timestamp()))


def part(number: int, text: str, columns: tuple[Column, ...], rows: Rows) -> list[Block]:
    """A numbered part with its table; that there is nothing is said too."""
    found = tuple(rows)
    heading = _("{n}. {text} ({count})").format(n=number, text=text, count=len(found))
    return [Heading(heading), Table(columns, found, _("none"))]


def _number() -> Column:
    return Column(_("Number"), 10, whole=True)


def _time(head: str) -> Column:
    return Column(head, 11, whole=True)


def cases_part(number: int, text: str, cases: Iterable[SheetCase], w: SheetWords) -> list[Block]:
    """Open cases, the nearest duty first: what, where, who, and what comes next."""
    columns = (
        _number(),
        Column(_("Level"), 9),
        Column(_("Place"), 11, whole=True),
        Column(_("Content"), 26),
        Column(_("Assignee"), 17),
        Column(_("Next step"), 15),
        _time(_("Due")),
    )
    rows = (
        (
            case.number,
            f"{localized(case.level)}\n{stage_name(case.stage)}",
            case.place,
            _one_line(said(case)),
            w.told(case),
            _step(case.label, case.rule),
            w.time(case.due),
        )
        for case in _by_due(cases)
    )
    return part(number, text, columns, rows)


def duties_part(
    number: int, text: str, duties: Iterable[SheetDuty], sheet: Sheet, w: SheetWords, *, late: bool
) -> list[Block]:
    """Duties by name, with the place and the person of the case they belong to."""
    cases = {case.number: case for case in sheet.cases}
    columns: tuple[Column, ...] = (
        _time(_("Due")),
        Column(_("Duty"), 26),
        _number(),
        Column(_("Place"), 14, whole=True),
        Column(_("Assignee"), 16),
    )
    if late:
        columns = (*columns, Column(_("Late by"), 10, whole=True))

    def row(duty: SheetDuty) -> tuple[str, ...]:
        case = cases.get(duty.number)
        cells = (
            w.time(duty.due),
            _step(duty.label, duty.rule),
            duty.number or _("the desk"),
            case.place if case else "",
            case.assignee if case else "",
        )
        return (*cells, spoken((sheet.at - duty.due).total_seconds())) if late else cells

    return part(number, text, columns, map(row, sorted(duties, key=lambda duty: duty.due)))


def papers_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """The closing papers that are still to come in."""
    columns = (
        _number(),
        Column(_("Place"), 20),
        Column(_("Paper"), 14),
        _time(_("Written off")),
    )
    rows = ((p.number, p.place, p.slip, w.time(p.written_off_at)) for p in sheet.papers)
    return part(number, _("Papers owed"), columns, rows)


def notices_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """What every shift is to know, and until when."""
    columns = (_time(_("Until")), Column(_("Notice"), 60))
    rows = ((w.time(notice.until), notice.text) for notice in sheet.notices)
    return part(number, _("Notices that hold"), columns, rows)


def signatures_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """Signatures that were only agreed by phone."""
    columns = (
        Column(_("What for"), 20),
        Column(_("Rule"), 9, whole=True),
        Column(_("Role"), 14),
        Column(_("Name"), 12),
        _time(_("Due")),
    )
    rows = (
        (subject_name(s.number), s.rule, w.names.role(s.role), s.name, w.time(s.due))
        for s in sheet.signatures
    )
    return part(number, _("Signatures owed"), columns, rows)


def calls_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """Who was told what in the outgoing watch."""
    columns = (
        _time(_("Time")),
        _number(),
        Column(_("Name"), 14),
        Column(_("What for"), 20),
        Column(_("Result"), 18),
    )

    def row(call: SheetCall) -> tuple[str, ...]:
        result = call_result(call.outcome, call.taken_by, stranger=call.stranger)
        if not call.outcome.missed:
            read_back = _("read back") if call.read_back else _("NOT read back")
            result = f"{result}{_(', ')}{read_back}"
        purpose = purpose_name(call.purpose, w.names)
        return (w.time(call.at), call.number, call.name, purpose, result)

    return part(number, _("Who was told in this watch"), columns, map(row, sheet.calls))
