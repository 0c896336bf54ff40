"""The demo's Mondays and months: what its desk itself owed, done by the desk's own use cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.charges import hand_over_charges
from dispatcher_tui.desk.reviews.months import comment_month, month_meant, report_month
from dispatcher_tui.desk.reviews.reviews import (
    Decision,
    confirm_ended,
    decide_on,
    put_line,
    read_review,
)
from dispatcher_tui.desk.reviews.routines import open_routine
from dispatcher_tui.desk.reviews.weekly_check import HeadMark, sign_check
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.reviews.review import SuggestedOutcome
from dispatcher_tui.domain.words.terms import ReviewOutcome

_DAY = timedelta(days=1)
_MONDAY, _FRIDAY = 0, 4
_ON_DAY = {3: ("month", time(11)), 6: ("comment", time(10)), 24: ("charges", time(15))}
"""What was done on which day of the month, and when (local)."""


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words the demo's office uses: whatever is not made of the record itself."""

    progress: str
    method: str
    check: str
    report: str
    comment: str
    cashier: str


def works(begin: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
    """When in that time which of the desk's works was done, in order."""
    day = begin.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        for do, clock in _on(day):
            at = datetime.combine(day, clock, zone).astimezone(UTC)
            if begin <= at <= end:
                yield at, do
        day += _DAY


def _on(day: date) -> Iterator[tuple[str, time]]:
    if day.weekday() == _MONDAY:
        yield "review", time(9, 30)
    if day.weekday() == _FRIDAY:
        yield "check", time(16)
    if day.day in _ON_DAY:
        yield _ON_DAY[day.day]


def do_work(desk: Desk, do: str, office: Office, head: Signing) -> None:
    """Do one of the desk's works as far as it is owed; the head signs by PIN."""
    if open_routine(desk, do) is None:
        return
    if do == "review":
        _review(desk, office, head)
    elif do == "check":
        sign_check(desk, HeadMark(head, remark=office.check))
    elif do == "month":
        report_month(desk, month_meant(desk), office.report)
    elif do == "comment":
        comment_month(desk, month_meant(desk), office.comment, head)
    else:
        hand_over_charges(desk, office.cashier)


def _note(entry: Entry | None) -> str:
    return str(getattr(entry.event, "note", "")) if entry is not None else ""


def _review(desk: Desk, office: Office, head: Signing) -> None:
    review = read_review(desk)
    for each in review.walk.missing:
        said = review.suggestions.get(each.case.id, SuggestedOutcome(None))
        standing = said.standing or ReviewOutcome.PROGRESS
        put_line(desk, each.case.id, standing, _note(said.last) or office.progress)
        if standing is ReviewOutcome.CANNOT:
            decide_on(desk, each.case.id, Decision(office.method, signing=head))
    confirm_ended(desk)
