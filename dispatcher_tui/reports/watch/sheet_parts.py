"""The parts of a hand-over sheet that are lists: cases, duties, papers, notices, calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import TypeVar

import msgspec

from dispatcher_tui.domain.record.sheet import (
    Sheet,
    SheetAct,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetNotice,
    SheetPaper,
    SheetSignature,
)
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import as_reckoned, stage_name, weekday_name
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.present.terms import call_result
from dispatcher_tui.present.watch.act_lines import act_by, act_text, acts_title
from dispatcher_tui.present.watch.sheet_lines import purpose_name, said
from dispatcher_tui.present.watch.watch_lines import subject_name
from dispatcher_tui.reports.compose import section
from dispatcher_tui.reports.document import Block

T = TypeVar("T")


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

    def moment(self, key: str, head: str, read: Callable[[T], datetime | None]) -> RecordColumn[T]:
        """A column of moments."""
        return RecordColumn(
            key,
            head,
            read,
            "moment",
            share=11,
            whole=True,
            words=lambda each: self.time(read(each)),
        )

    def told(self, case: SheetCase) -> str:
        """Who is responsible, and since when they know."""
        if not case.assignee:
            return _("nobody told")
        if case.notified_at is None:
            return _("nobody told")
        told = _("told {time}").format(time=self.time(case.notified_at))
        return f"{case.assignee}\n{told}"


def _step(label: Label | None) -> str:
    return localized(label) if label else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _by_due(cases: Iterable[SheetCase]) -> list[SheetCase]:
    """The nearest duty first, what has no due time last."""
    return sorted(cases, key=lambda case: (case.due is None, case.due and case.due.timestamp()))


def part(number: int, text: str, listing: RecordTable[T], records: Iterable[T]) -> list[Block]:
    """A numbered part with its table; that there is nothing is said too."""
    found = tuple(records)
    heading = _("{n}. {text} ({count})").format(n=number, text=text, count=len(found))
    return section(heading, listing, found)


def _due_step(each: SheetCase | SheetDuty) -> str:
    return as_reckoned(_step(each.label), confirmed=each.confirmed)


def cases_part(number: int, text: str, cases: Iterable[SheetCase], w: SheetWords) -> list[Block]:
    """Open cases, the nearest duty first: what, where, who, and what comes next."""

    def level(case: SheetCase) -> str:
        return f"{localized(case.level)}\n{stage_name(case.stage)}"

    listing = RecordTable[SheetCase](
        (
            RecordColumn("number", _("Number"), lambda c: c.number, share=10, whole=True),
            RecordColumn("level", _("Level"), level, share=9),
            RecordColumn("place", _("Place"), lambda c: c.place, share=11, whole=True),
            RecordColumn("content", _("Content"), lambda c: _one_line(said(c)), share=26),
            RecordColumn("assignee", _("Assignee"), w.told, share=17),
            RecordColumn("step", _("Next step"), lambda c: _due_step(c), share=15),
            w.moment("due", _("Due"), lambda c: c.due),
        ),
        w.zone,
        _("none"),
    )
    return part(number, text, listing, _by_due(cases))


def duties_part(
    number: int, text: str, duties: Iterable[SheetDuty], sheet: Sheet, w: SheetWords, *, late: bool
) -> list[Block]:
    """Duties by name, with the place and the person of the case they belong to."""
    cases = {case.number: case for case in sheet.cases}

    def of_case(read: Callable[[SheetCase], str]) -> Callable[[SheetDuty], str]:
        return lambda duty: read(cases[duty.number]) if duty.number in cases else ""

    late_by = RecordColumn[SheetDuty](
        "late_by",
        _("Late by"),
        lambda duty: spoken((sheet.at - duty.due).total_seconds()),
        share=10,
        whole=True,
    )
    listing = RecordTable[SheetDuty](
        (
            w.moment("due", _("Due"), lambda d: d.due),
            RecordColumn("duty", _("Duty"), lambda d: _due_step(d), share=26),
            RecordColumn(
                *("number", _("Number"), lambda d: d.number),
                share=10,
                whole=True,
                none=_("the desk"),
            ),
            RecordColumn("place", _("Place"), of_case(lambda c: c.place), share=14, whole=True),
            RecordColumn("assignee", _("Assignee"), of_case(lambda c: c.assignee), share=16),
            *([late_by] if late else []),
        ),
        w.zone,
        _("none"),
    )
    return part(number, text, listing, sorted(duties, key=lambda duty: duty.due))


def papers_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """The closing papers that are still to come in."""
    listing = RecordTable[SheetPaper](
        (
            RecordColumn("number", _("Number"), lambda p: p.number, share=10, whole=True),
            RecordColumn("place", _("Place"), lambda p: p.place, share=20),
            RecordColumn("paper", _("Paper"), lambda p: p.slip, share=14),
            w.moment("written_off_at", _("Written off"), lambda p: p.written_off_at),
        ),
        w.zone,
        _("none"),
    )
    return part(number, _("Papers owed"), listing, sheet.papers)


def notices_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """What every shift is to know, and until when."""
    listing = RecordTable[SheetNotice](
        (
            w.moment("until", _("Until"), lambda n: n.until),
            RecordColumn("notice", _("Notice"), lambda n: n.text, share=60),
        ),
        w.zone,
        _("none"),
    )
    return part(number, _("Notices that hold"), listing, sheet.notices)


def signatures_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """Signatures that were only agreed by phone."""
    listing = RecordTable[SheetSignature](
        (
            RecordColumn("subject", _("What for"), lambda s: subject_name(s.number), share=29),
            RecordColumn("role", _("Role"), lambda s: w.names.role(s.role), share=14),
            RecordColumn("name", _("Name"), lambda s: s.name, share=12),
            w.moment("due", _("Due"), lambda s: s.due),
        ),
        w.zone,
        _("none"),
    )
    return part(number, _("Signatures owed"), listing, sheet.signatures)


def acts_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """What only few may do, and what makes a record doubtful, since the last printed head."""
    listing = RecordTable[SheetAct](
        (
            w.moment("at", _("Time"), lambda a: a.at),
            RecordColumn("act", _("What was done"), lambda a: act_text(a, w.names), share=44),
            RecordColumn("by", _("By"), act_by, share=26),
        ),
        w.zone,
        _("none"),
    )
    return part(number, acts_title(), listing, sheet.acts)


def calls_part(number: int, sheet: Sheet, w: SheetWords) -> list[Block]:
    """Who was told what in the outgoing watch."""

    def result(call: SheetCall) -> str:
        words = call_result(call.outcome, call.taken_by, stranger=call.stranger)
        if call.outcome.missed:
            return words
        read_back = _("read back") if call.read_back else _("NOT read back")
        return f"{words}{_(', ')}{read_back}"

    listing = RecordTable[SheetCall](
        (
            w.moment("at", _("Time"), lambda c: c.at),
            RecordColumn("number", _("Number"), lambda c: c.number, share=10, whole=True),
            RecordColumn("name", _("Name"), lambda c: c.name, share=14),
            RecordColumn(
                "purpose", _("What for"), lambda c: purpose_name(c.purpose, w.names), share=20
            ),
            RecordColumn("result", _("Result"), result, share=18),
        ),
        w.zone,
        _("none"),
    )
    return part(number, _("Who was told in this watch"), listing, sheet.calls)
