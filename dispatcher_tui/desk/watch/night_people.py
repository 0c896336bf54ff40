"""The people of a night: who is where, and what is changed of it by telephone.

Each change is for the stretch of duty that it is about, so that nobody has to type a time: what
the person has now, by a change of tonight or the plan, or has next, else the rest of the watch.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, tzinfo

import msgspec

from dispatcher_tui.desk.adoption import adopt_stand_ins
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.reachability import dead_now
from dispatcher_tui.desk.site.adopted_lists import STAND_INS
from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.domain.time.when import WhenError, parse_begin, parse_promise
from dispatcher_tui.domain.watch.duty_changes import given_away
from dispatcher_tui.domain.watch.on_duty import (
    Tonight,
    absence_span,
    away_later,
    duty,
    people_at,
    running_over,
    stretch,
    tonight,
    unreachable,
)
from dispatcher_tui.domain.watch.post import Post, acting_end
from dispatcher_tui.domain.words.mangled import phone_damage
from dispatcher_tui.domain.words.people import Nearness, Person, is_name
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.domain.words.text import clean_text, fold
from dispatcher_tui.site.lists.roster import roster_text
from dispatcher_tui.store.chain import entry_id
from dispatcher_tui.store.tx import Tx


class AwayTimeError(WhenError):
    """A typed begin or end of days away that cannot stand; ``field`` is ``since`` or ``until``."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field


class NightPeople(msgspec.Struct, frozen=True):
    """Everybody as they stand in the watch that ends at ``until``.

    ``standing`` are those who have to do with it, ``others`` the rest of the roster; ``silent``
    are the ids of those on duty whom no number reaches, as far as the calls on record were read;
    ``initials`` find their names. ``announced`` are those of the others who will be away later.
    """

    until: datetime
    standing: tuple[Tonight, ...]
    others: tuple[Person, ...]
    silent: frozenset[str]
    initials: dict[str, tuple[str, ...]] = {}
    announced: tuple[Tonight, ...] = ()


def night_people(desk: Desk) -> NightPeople:
    """Who is where in the watch on now."""
    now, calendar = desk.clock.now(), desk.rules.calendar
    until, people = acting_end(desk.post, calendar, now), desk.lists.people()
    standing = tonight(people, now, until, calendar.tz)
    known = {each.person.id for each in standing}
    others = [p for p in people if p.id not in known and p.employed(now, calendar.tz)]
    # Three months of calls are read while the keys are still, never for this.
    dead = dead_now(desk) if desk.calls.ready(now) else frozenset()
    silent = frozenset(each.id for each in unreachable(standing, dead))
    initials = {p.id: tuple(sorted(desk.initials(p.name))) for p in people}
    announced = tuple(filter(None, (away_later(person, now) for person in others)))
    return NightPeople(until, standing, tuple(others), silent, initials, announced)


def silent_tonight(desk: Desk) -> tuple[str, ...]:
    """The names of those on duty in this watch whom no number reaches."""
    found = night_people(desk)
    return tuple(each.person.name for each in found.standing if each.person.id in found.silent)


def _person(desk: Desk, person: str) -> Person:
    found = next((each for each in desk.lists.people() if each.id == person), None)
    if found is None:
        raise Refusal("nobody_chosen")
    return found


def _span(desk: Desk, post: Post, person: Person) -> tuple[datetime, datetime]:
    """From when to when somebody's place is given to another: what is left of the duty that runs
    or comes next, else the rest of the watch.

    Raises:
        Refusal: another has it already.
    """
    now, calendar = desk.clock.now(), desk.rules.calendar
    since, until = duty(person, now, calendar.tz) or (now, acting_end(post, calendar, now))
    since = max(since, now)
    has = given_away(post.changes, person.id, since)
    if has is not None:
        names = {each.id: each.name for each in desk.lists.people()}
        takes = names.get(has.person, has.person)
        raise Refusal("given_away", name=person.name, takes=takes)
    return since, until


def place_given(desk: Desk, person: str, *, planned: bool = False) -> tuple[datetime, datetime]:
    """From when to when somebody's place would be given to another, were it said now.

    Raises:
        Refusal: they are nobody, another has it already, or a ``planned`` duty is to be given and
            they have none.
    """
    found = _person(desk, person)
    if planned and duty(found, desk.clock.now(), desk.rules.calendar.tz) is None:
        raise Refusal("no_duty_to_give", name=found.name)
    return _span(desk, desk.post, found)


def _written(desk: Desk, decide: Callable[[Tx], ev.WatchEvent]) -> Entry:
    return desk.store.transact(lambda tx: desk.note_in(tx, decide(tx))[0])


def swap(desk: Desk, person: str, takes: str, agreed: str) -> Entry:
    """For once ``takes`` has the duty of ``person``; ``agreed`` is the name of who agreed.

    Raises:
        Refusal: one of them is nobody, both are one, nobody agreed, the first has no duty to give
            or gave it away already, or the second is on duty then.
    """
    first, second = _person(desk, person), _person(desk, takes)
    agreed = _line(agreed)
    if not is_name(agreed):
        raise Refusal("swap_unagreed")
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    if first.id == second.id:
        raise Refusal("swap_with_oneself", name=first.name)
    if duty(first, now, zone) is None:
        raise Refusal("no_duty_to_give", name=first.name)

    def decide(tx: Tx) -> ev.WatchEvent:
        since, until = _span(desk, tx.post(), first)
        if second.nearness(since, zone) <= Nearness.ON_DUTY:
            raise Refusal("on_duty_then", name=second.name)
        return ev.DutySwapped(
            person=first.id,
            name=first.name,
            takes=second.id,
            takes_name=second.name,
            since=since,
            until=until,
            agreed=agreed,
        )

    return _written(desk, decide)


def note_absence(desk: Desk, person: str, absence: Absence) -> Entry:
    """Somebody is not there for the duty that runs, by a change of tonight or the plan, or that
    comes next.

    Raises:
        Refusal: they are nobody.
    """
    found = _person(desk, person)

    def decide(tx: Tx) -> ev.WatchEvent:
        now, calendar = desk.clock.now(), desk.rules.calendar
        end = acting_end(tx.post(), calendar, now)
        since, until = absence_span(found, now, end, calendar.tz)
        return ev.AbsenceNoted(
            person=found.id, name=found.name, absence=absence, since=since, until=until
        )

    return _written(desk, decide)


def days_away(desk: Desk, person: str, since: str, until: str) -> tuple[datetime, datetime]:
    """From when to when somebody is away by two days or times as they are typed.

    A day is meant with the duties that begin on it: a night of the evening before is theirs still,
    and one of the last evening is in it to its end.

    Raises:
        Refusal: they are nobody, or the end is not after the begin.
        AwayTimeError: a text is no time that lies ahead; it says which.
    """
    now, zone, rota = desk.clock.now(), desk.rules.calendar.tz, desk.lists.rota()
    found, spans = _person(desk, person), []
    for name, text, read in (("since", since, parse_begin), ("until", until, _last_day)):
        try:
            at = read(text, now, zone)
        except WhenError as error:
            raise AwayTimeError(name, error.code) from error
        local = at.astimezone(zone)
        (planned,) = people_at((found,), rota, (), at, zone)
        over = running_over(planned, at, zone) if local.time() == time() else None
        spans.append(over[1] if over is not None else at)
    if spans[1] <= spans[0]:
        raise Refusal("away_backwards")
    return spans[0], spans[1]


def _last_day(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The last day that somebody is away, to its end, or a time; figures alone say neither."""
    if fold(text).strip().isdigit():
        raise WhenError("nonsense")
    return parse_promise(text, now, zone)


def be_away(desk: Desk, person: str, absence: Absence, since: str, until: str) -> Entry:
    """Somebody is away for days, ``since`` and ``until`` as they are typed.

    Raises:
        Refusal: they are nobody, or the end is not after the begin.
        AwayTimeError: a text is no time that lies ahead.
    """

    def decide(_tx: Tx) -> ev.WatchEvent:
        begin, end = days_away(desk, person, since, until)
        name = _person(desk, person).name
        return ev.AbsenceNoted(
            person=person, name=name, absence=absence, since=begin, until=end, days=True
        )

    return _written(desk, decide)


def come_in(desk: Desk, person: str) -> Entry:
    """Somebody is there from now on whatever was planned, up to the end of the watch; who was
    noted as not there, to the end of that.

    Raises:
        Refusal: they are nobody.
    """
    found = _person(desk, person)

    def decide(tx: Tx) -> ev.WatchEvent:
        now, post = desk.clock.now(), tx.post()
        calendar, held = desk.rules.calendar, [c for c in post.changes if c.person == found.id]
        end = acting_end(post, calendar, now)
        planned = stretch(found, now, calendar.tz)
        # Leave of a week is not made a week of duty by coming in once.
        longest = max(end, planned[1] if planned is not None else end)
        mine = [min(c.until, longest) if c.days else c.until for c in held if c.at(now)]
        until = max(mine, default=end)
        return ev.PersonCameIn(person=found.id, name=found.name, since=now, until=until)

    return _written(desk, decide)


def name_stand_in(desk: Desk, person: str, name: str, phone: str, agreed: str = "") -> Entry:
    """Somebody who is on no roster has the place of ``person`` for their stretch of duty.

    Name and number go into the list of stand-ins alone, which is adopted anew without those whose
    time is over; the lists before it are deleted.

    Raises:
        Refusal: the name is none, the number cannot be dialled, ``person`` is nobody, or another
            has their place already.
    """
    found, name, phone = _person(desk, person), _line(name), _line(phone)
    refuse_no_name(name)
    if not is_name(name):
        raise Refusal("no_name")
    if phone_damage(phone) or not plausible_phone(phone):
        raise Refusal("stand_in_number")
    own = entry_id(desk.clock.now())
    helper = msgspec.structs.replace(
        Person(own, name, found.role, phones=(phone,)),
        group=found.group,
        title=found.title,
        post=found.post,
    )

    def job(tx: Tx) -> Entry:
        now, post = desk.clock.now(), tx.post()
        still = {change.person for change in post.changes if now < change.until}
        people = [*(each for each in desk.lists.stand_ins() if each.id in still), helper]
        adopt_stand_ins(desk, people, roster_text(people))
        for text in tx.older_texts(STAND_INS):
            desk.note_in(tx, TextDeleted(sha256=text.sha256, what=text.what, name=text.name))
            tx.delete_text(text.sha256)
        since, until = _span(desk, post, found)
        event = ev.StandInNamed(
            stand_in=own,
            person=found.id,
            name=found.name,
            since=since,
            until=until,
            agreed=_line(agreed),
        )
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def withdraw_change(desk: Desk, seq: int) -> Entry:
    """A change of the night does not hold; what was written stays readable.

    Raises:
        Refusal: there is none of that number, or its time is over.
    """

    def decide(tx: Tx) -> ev.WatchEvent:
        now = desk.clock.now()
        if all(each.seq != seq or each.until <= now for each in tx.post().changes):
            raise Refusal("no_change")
        return ev.DutyChangeWithdrawn(of=seq)

    return _written(desk, decide)


def _line(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()
