"""Which files have been kept for their time (P4-18): a list for people; nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from dispatcher_tui.desk.case.corrective import counts_as_complaint
from dispatcher_tui.desk.case.library import typical_ids
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.papers.report import RetentionReport
from dispatcher_tui.domain.papers.retention import (
    Expired,
    RetentionReason,
    first_day_kept,
    kept_until,
    years_kept,
)
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.events import Adopted
from dispatcher_tui.domain.time.calendar import Calendar, local_date
from dispatcher_tui.store.retention import EndedLine


def _years(desk: Desk) -> dict[str, int]:
    """How long the files of each procedure are kept that was ever adopted here, by its hash."""
    site = desk.site.site.retention_years
    found = {}
    for line in desk.store.book("adopted"):
        event = line.entry.event
        if isinstance(event, Adopted) and event.what == "procedure":
            procedure = desk.rulebook.procedure(event.sha256)
            found[event.sha256] = years_kept(site, procedure.retention_years)
    return found


def _ended(desk: Desk, moment: datetime) -> Iterator[tuple[EndedLine, datetime]]:
    """Every case that ended before a moment, and when: its last end, where it was reopened."""
    for found in desk.store.final_before(moment):
        yield found, found.line.done_at or found.line.opened_at
    for line in desk.store.invalid_opened_before(moment):
        case = desk.record(line.id).case
        ends = [s.at for s in case.signals if s.name == "invalid" and s.round == case.round]
        at = max(ends, default=line.done_at or line.opened_at)
        if at < moment:
            yield EndedLine(line, case.slip.number, case.slip.binder, case.slip.page), at


def _why_kept(desk: Desk, line: CaseLine, typical: frozenset[str]) -> RetentionReason:
    if line.emergency:
        return RetentionReason.EMERGENCY
    if not counts_as_complaint(desk, line.procedure):
        return RetentionReason.CORRECTIVE
    return RetentionReason.TYPICAL if line.id in typical else RetentionReason.NONE


class _Until:
    """Until when files are kept, counted once a day: thousands of cases end on a few days."""

    def __init__(self, calendar: Calendar, years: Mapping[str, int]) -> None:
        self._calendar = calendar
        self._years = years
        self._known: dict[tuple[date, int], datetime] = {}

    def of(self, procedure: str, at: datetime) -> datetime:
        """Until when what ended at a moment under a procedure is kept."""
        key = (local_date(self._calendar, at), self._years[procedure])
        if key not in self._known:
            self._known[key] = kept_until(self._calendar, at, key[1])
        return self._known[key]


def _expired(
    desk: Desk, found: EndedLine, at: datetime, until: _Until, typical: frozenset[str]
) -> Expired:
    line = found.line
    keep = _why_kept(desk, line, typical)
    end = until.of(line.procedure, at)
    cards = desk.site.cards if line.emergency else ()
    kind = next((card.title for card in cards if card.id == line.content), None)
    return Expired(line, at, end, found.paper, found.binder, found.page, keep, kind)


def read_retention(desk: Desk) -> RetentionReport:
    """Every file whose time is over now, the keeping time being the longer of site's and
    procedure's."""
    now, calendar = desk.clock.now(), desk.rules.calendar
    years, today = _years(desk), local_date(calendar, now)
    first = {
        sha256: datetime.combine(first_day_kept(today, n), time(0), calendar.tz).astimezone(UTC)
        for sha256, n in years.items()
    }
    typical, latest = typical_ids(desk), max(first.values(), default=now)
    until = _Until(calendar, years)
    found = sorted(
        (
            _expired(desk, ended, at, until, typical)
            for ended, at in _ended(desk, latest)
            if at < first[ended.line.procedure]
        ),
        key=lambda each: (each.ended_at, each.line.number),
    )
    return RetentionReport(
        site=desk.site.site.name,
        zone=desk.site.calendar.tz,
        at=now,
        years=years.get(desk.procedure_ref, desk.site.site.retention_years),
        due=tuple(each for each in found if each.keep is RetentionReason.NONE),
        decide=tuple(each for each in found if each.keep is not RetentionReason.NONE),
    )
