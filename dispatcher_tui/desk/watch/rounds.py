"""The rounds of the watch: how each stands now, recording one, and the record of a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.decide_rounds import RoundAsked, record_of
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.time.calendar import Calendar, local_date
from dispatcher_tui.domain.watch.round_sheet import RoundSheet, sheet_rows
from dispatcher_tui.domain.watch.rounds import (
    RoundPlan,
    RoundStand,
    standing,
)
from dispatcher_tui.store.tx import Tx


def rounds_now(desk: Desk) -> tuple[RoundStand, ...]:
    """Every round in force as it stands now, in the order of the site's file."""
    plans, since = desk.rulebook.rounds()
    calendar, post, now = desk.rules.calendar, desk.post, desk.clock.now()
    return tuple(standing(plan, since[plan.id], calendar, post.rounds, now) for plan in plans)


def people_there(desk: Desk) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The roster's names with their initials, without whoever acts: those on duty now first."""
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    people = [each for each in desk.lists.people() if each.employed(now, zone)]
    people.sort(key=lambda each: not each.on_duty(now, zone))
    names = dict.fromkeys(each.name for each in people if each.name != desk.actor)
    return tuple((name, tuple(sorted(desk.initials(name)))) for name in names)


def plan_named(desk: Desk, round_id: str) -> RoundPlan:
    """The round in force with that id.

    Raises:
        Refusal: there is none.
    """
    plans = desk.rulebook.rounds().plans
    found = next((plan for plan in plans if plan.id == round_id), None)
    if found is None:
        known = ", ".join(plan.id for plan in plans)
        raise Refusal("round_unknown" if known else "no_rounds", name=round_id, known=known)
    return found


def record_round(desk: Desk, asked: RoundAsked) -> Entry:
    """Write a round down, in the stretch that runs now.

    Raises:
        Refusal: there is no such round, or what was given cannot stand; nothing was written.
    """

    def job(tx: Tx) -> Entry:
        plan, calendar, now = plan_named(desk, asked.round), desk.rules.calendar, desk.clock.now()
        stand = standing(plan, now, calendar, tx.post().rounds, now)
        event = record_of(stand, asked, desk.actor, calendar, now)
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def _begin(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(0), calendar.tz)


def round_sheet(desk: Desk, round_id: str, day: date | None = None) -> RoundSheet:
    """The record of a round of one local day, today if none is given.

    Raises:
        Refusal: there is no such round, or the day lies ahead.
    """
    plan, calendar, now = plan_named(desk, round_id), desk.rules.calendar, desk.clock.now()
    today = local_date(calendar, now)
    day = day or today
    if day > today:
        raise Refusal("future")
    begin, end = _begin(calendar, day), _begin(calendar, day + timedelta(days=1))
    since = desk.rulebook.rounds().since[plan.id]
    # What was recorded in a stretch of the day may be written down after it.
    entries = list(desk.store.month_entries(begin, end + timedelta(days=1)))
    rows = sheet_rows(plan, calendar, (begin, end), entries, now, since)
    return RoundSheet(desk.site.site.name, calendar.tz, now, day, plan, tuple(rows))
