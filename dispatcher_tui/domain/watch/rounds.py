"""The rounds of a site: what whoever is on watch looks at again and again, and when each is due.

A round comes round every few hours of the local day, with every planned shift, every day, week or
month. One such stretch, one duty: it is recorded within its stretch or it was missed. Times are
aware UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.round_events import RoundsLeft, RoundsLeftOut
from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.time.calendar import Calendar, due_at, local_date
from dispatcher_tui.domain.time.periods import EVERY as PERIODS
from dispatcher_tui.domain.time.periods import period_at
from dispatcher_tui.domain.words.terms import Label

DO = "round"
"""What the duty to make a round asks to do."""

MARK = "round:"
"""How the key of such a duty begins."""

KEPT = timedelta(days=3)
"""How long it is remembered what became of a round. After a longer standstill of the desk the older
ones are written down as missed together, in one entry (``left_out``)."""

SHIFT, DAY = "shift", "day"
HOURS = re.compile(r"([1-9]\d?)h")
DAY_HOURS = 24


class RoundPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is looked at, and how it can be found: the first of ``choices`` is in order,
    the digits 1 to 9 choose."""

    id: str
    label: Label
    choices: tuple[Label, ...]


class RoundPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One round of the site as its file has it.

    ``every``: ``2h`` (the hours of the local day from midnight on, so many at a time), ``shift``
    (each planned one), ``day``, ``week`` or ``month``. ``due``: how long after its beginning it is
    late, ``30min`` or ``shift end``; at the end of its stretch where nothing is said.
    ``persons``: how many have to be there, each by name. ``panel``: it is the record of the fire
    control room.
    """

    id: str
    label: Label
    every: str
    parts: tuple[RoundPart, ...] = msgspec.field(name="part")
    due: str = ""
    persons: int = 1
    panel: bool = False
    quote: str = ""

    @property
    def hours(self) -> int:
        """How many hours apart it is made; 0 where it goes by something else."""
        match = HOURS.fullmatch(self.every)
        return int(match[1]) if match else 0


class RoundSlot(msgspec.Struct, frozen=True, order=True):
    """A stretch in which a round is made once: from ``begin`` up to but without ``end``."""

    begin: datetime
    due: datetime
    end: datetime


class RoundMark(msgspec.Struct, frozen=True):
    """When a round was recorded first, and by whom."""

    at: datetime
    by: str


def _begins(plan: RoundPlan, calendar: Calendar, near: datetime) -> list[datetime]:
    """The moments around one at which a round that goes by hours, shift or day begins."""
    hours = plan.hours
    if hours:
        clocks = {time(hour) for hour in range(0, DAY_HOURS, hours)}
    elif plan.every == SHIFT:
        clocks = {shift.start for shift in calendar.shifts}
    else:
        clocks = {time(0)}
    day = local_date(calendar, near)
    days = (day + timedelta(days=n) for n in (-1, 0, 1, 2))
    found = (datetime.combine(each, clock, calendar.tz) for each in days for clock in clocks)
    # A local hour that a change of the clocks leaves out is the one after it, once.
    return sorted({at.astimezone(UTC) for at in found})


def slot_at(plan: RoundPlan, calendar: Calendar, at: datetime) -> RoundSlot:
    """The stretch of a round that a moment lies in."""
    if plan.every in PERIODS:
        begin, end = period_at(plan.every, calendar, at).span(calendar)
    else:
        begins = _begins(plan, calendar, at)
        begin, end = next(pair for pair in pairwise(begins) if pair[0] <= at < pair[1])
    if not plan.due:
        return RoundSlot(begin, end, end)
    by = due_at(calendar, due.parse_due(plan.due), begin).at
    return RoundSlot(begin, min(by, end), end)


def slots(
    plan: RoundPlan, calendar: Calendar, since: datetime, until: datetime
) -> Iterator[RoundSlot]:
    """Every stretch of a round that begins from ``since`` on and not after ``until``."""
    slot = slot_at(plan, calendar, since)
    while slot.begin <= until:
        if slot.begin >= since:
            yield slot
        slot = slot_at(plan, calendar, slot.end)


def round_key(round_id: str, begin: datetime) -> str:
    """The key of the duty to make that round in the stretch that begins then."""
    return f"{MARK}{round_id}@{begin.astimezone(UTC):%Y%m%dT%H%MZ}"


def is_round(key: str) -> bool:
    """Whether that is the key of a duty to make a round."""
    return key.startswith(MARK)


def begin_in(key: str) -> datetime:
    """When the stretch begins that a round's key is about (UTC)."""
    return datetime.strptime(key.rpartition("@")[2], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def remembered(keys: Iterable[str], at: datetime) -> Iterator[str]:
    """Those of the keys that are still needed at a moment: all but those of old rounds."""
    return (key for key in keys if not is_round(key) or at - begin_in(key) < 2 * KEPT)


def round_duties(
    plans: Iterable[RoundPlan],
    since: Mapping[str, datetime],
    calendar: Calendar,
    made: Mapping[str, RoundMark],
    now: datetime,
) -> tuple[Duty, ...]:
    """Every round of the last days that has begun.

    Args:
        plans: the site's, as adopted.
        since: by their ids, from when on they are in force (UTC): nothing before is owed.
        calendar: the site's.
        made: what was recorded, by the duties' keys.
        now: the present moment (UTC).
    """
    found = []
    for plan in plans:
        if plan.id not in since:
            continue
        for slot in slots(plan, calendar, max(since[plan.id], now - KEPT), now):
            key = round_key(plan.id, slot.begin)
            mark = made.get(key)
            missed = mark is None and slot.end <= now
            found.append(
                Duty(
                    key=key,
                    rule="",
                    label=plan.label,
                    do=DO,
                    start=slot.begin,
                    due=slot.due,
                    opens=slot.begin,
                    done_at=mark.at if mark is not None else None,
                    cancelled_at=slot.end if missed else None,
                    missed=missed,
                    clock=f"{MARK}{plan.id}",
                )
            )
    return tuple(found)


def left_out(
    plans: Iterable[RoundPlan],
    since: Mapping[str, datetime],
    calendar: Calendar,
    known: Iterable[str],
    now: datetime,
) -> RoundsLeftOut | None:
    """The rounds of a standstill that lie too far back to be written down one by one, as one entry.

    Args:
        plans: the site's, as adopted.
        since: by their ids, from when on they are in force (UTC).
        calendar: the site's.
        known: the keys of the rounds that were recorded or written down as fallen due; after the
            last of them the standstill begins.
        now: the present moment (UTC).

    Gives None where nothing was left out, or nothing is known from before.
    """
    last = max((begin_in(key) for key in known if is_round(key)), default=None)
    until = now - KEPT
    if last is None or last >= until:
        return None
    left = []
    for plan in plans:
        begin = max(last, since.get(plan.id, until))
        times = sum(last < slot.begin < until for slot in slots(plan, calendar, begin, until))
        left += [RoundsLeft(plan.id, plan.label, times)] if times else []
    return RoundsLeftOut(since=last, until=until, left=tuple(left)) if left else None


def next_begin(plans: Iterable[RoundPlan], calendar: Calendar, now: datetime) -> datetime | None:
    """When the next stretch of any round begins; None where the site has none."""
    return min((slot_at(plan, calendar, now).end for plan in plans), default=None)


class RoundStand(msgspec.Struct, frozen=True):
    """How a round stands: the stretch that runs now, and when it was recorded in it, if it was.

    ``owed``: it began since the round is in force; before that it may be made and nobody misses it.
    """

    plan: RoundPlan
    slot: RoundSlot
    mark: RoundMark | None
    owed: bool

    def late(self, now: datetime) -> bool:
        """Whether it is owed and its time is over."""
        return self.owed and self.mark is None and now > self.slot.due


def standing(
    plan: RoundPlan,
    since: datetime,
    calendar: Calendar,
    made: Mapping[str, RoundMark],
    now: datetime,
) -> RoundStand:
    """How a round stands that is in force ``since`` then, after what was ``made``."""
    slot = slot_at(plan, calendar, now)
    mark = made.get(round_key(plan.id, slot.begin))
    return RoundStand(plan, slot, mark, owed=slot.begin >= since)
