"""Which numbers answer, read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.call_history import CallHistory, as_try, taken_back
from dispatcher_tui.desk.emergency.differing import differing_at, shown
from dispatcher_tui.domain.emergency.outside import Lacking
from dispatcher_tui.domain.emergency.reachability import Number, Try, dead_numbers, in_order, ledger
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.site.check import judge_ladder_people, once
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.store.case_reads import CaseReads
from dispatcher_tui.store.store import Store


class NumberLedger(msgspec.Struct, frozen=True):
    """What is known of every number: ``dead`` this month, and of the ``others`` in three months.

    ``differing`` are the rows of people that are not as the site adopted them.
    """

    dead: tuple[Number, ...]
    others: tuple[Number, ...]
    differing: tuple[RowDiffered, ...] = ()


def tries(store: CaseReads, since: datetime, until: datetime) -> Iterator[Try]:
    """Every try to reach somebody in a stretch of time (UTC) that was not taken back in it."""
    calls = list(store.calls_made(since, until))
    void = taken_back(calls)
    for entry in calls:
        made = as_try(entry)
        if made is not None and entry.seq not in void:
            yield made


def numbers_known(desk: Desk, now: datetime) -> dict[tuple[str, str], Number]:
    """What the last three months tell of every number that was rung."""
    return desk.calls.known(now, desk.rules.calendar.tz)


def dead_in(desk: Desk, month: date) -> tuple[Number, ...]:
    """The numbers that never answered in the month of a day (by local time), most rung first."""
    zone, first = desk.rules.calendar.tz, month.replace(day=1)
    begin, end = (
        datetime.combine(day, time(0), zone).astimezone(UTC)
        for day in (first, (first + timedelta(days=31)).replace(day=1))
    )
    return dead_numbers(ledger(tries(desk.store, begin, end), zone))


def ladder_gaps(desk: Desk) -> tuple[SiteProblem, ...]:
    """People on a ladder who cannot be rung, and roles of one that nobody holds, as of now."""
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    there = [person for person in desk.lists.people() if person.employed(now, zone)]
    procedures = desk.in_force.procedures
    return tuple(once(each for one in procedures for each in judge_ladder_people(one, there)))


def numbers_lacking(site: SiteData) -> tuple[Lacking, ...]:
    """The outside numbers that kinds of emergency have rung and that nobody has entered.

    Nothing of cards that cannot be read: what is wrong with them is said by itself.
    """
    try:
        return site.lacking
    except SiteError:
        return ()


def read_ledger(desk: Desk) -> NumberLedger:
    """Everything that is known of the numbers now."""
    now = desk.clock.now()
    today = now.astimezone(desk.rules.calendar.tz).date()
    dead = dead_in(desk, today)
    told = {number.key for number in dead}
    known = in_order(numbers_known(desk, now))
    others = tuple(number for number in known if number.key not in told)
    return NumberLedger(dead, others, shown(desk, differing_at(desk)))


def dead_of(store: Store, now: datetime, zone: tzinfo) -> frozenset[tuple[str, str]]:
    """The same of a record that is only read."""
    known = CallHistory(store).known(now, zone)
    return frozenset(number.key for number in dead_numbers(known))


def dead_now(desk: Desk) -> frozenset[tuple[str, str]]:
    """The keys of the numbers that never answered in the last three months."""
    known = numbers_known(desk, desk.clock.now())
    return frozenset(number.key for number in dead_numbers(known))
