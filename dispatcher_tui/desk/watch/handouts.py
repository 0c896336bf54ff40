"""The handout book: what is out now, handing out, taking back, and a register on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.decide_handouts import (
    BackAsked,
    HandOutAsked,
    Written,
    came_back,
    handed_out,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry, PendingEntry
from dispatcher_tui.domain.record.handout_events import ThingCameBack, ThingHandedOut
from dispatcher_tui.domain.time.calendar import Calendar, local_date
from dispatcher_tui.domain.watch.handout_book import HandoutBook, HandoutRow, book_rows, row_of
from dispatcher_tui.domain.watch.handouts import (
    HANDOUT,
    HandoutRegister,
    HandoutText,
    in_order,
    text_of,
)
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.store.chain import entry_id
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

_FEWEST_DIGITS = 3
"""Of a telephone number so many are looked for."""


class HandoutsNow(msgspec.Struct, frozen=True):
    """The registers in force and what is out of them, the first to be back first; ``staff`` are the
    names of the roster with their initials."""

    registers: tuple[HandoutRegister, ...]
    out: tuple[HandoutRow, ...]
    staff: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _read(store: Store | Tx, sha256: str) -> HandoutText | None:
    kept = store.document(sha256) if sha256 else None
    return text_of(kept.text) if kept is not None else None


def rows_out(desk: Desk) -> tuple[HandoutRow, ...]:
    """What is out now, the first to be back first."""
    out = in_order(desk.post.out)
    kept = desk.store.kept_texts(each.sha256 for each in out) if out else {}
    return tuple(row_of(each, text_of(kept.get(each.sha256, ""))) for each in out)


def handouts_now(desk: Desk) -> HandoutsNow:
    """The handout book as it stands."""
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    people = (each for each in desk.lists.people() if each.employed(now, zone))
    staff = tuple((each.name, tuple(sorted(desk.initials(each.name)))) for each in people)
    return HandoutsNow(desk.rulebook.handouts(), rows_out(desk), staff)


def means(desk: Desk, row: HandoutRow, text: str) -> bool:
    """Whether a typed text may mean what is out: by its number, what it is, who has it, their
    initials, a telephone number or any other word of its text."""
    wanted, digits = fold(text).strip(), phone_digits(text)
    if not wanted:
        return False
    if wanted.isdigit() and int(wanted) == row.number:
        return True
    labels = (row.label, *filter(None, (row.thing,)))
    if any(wanted in fold(word) for each in labels for word in (each.zh, each.en)):
        return True
    if row.text is None:
        return False
    if not wanted.isdigit() and any(wanted in fold(word) for word in row.text.words()):
        return True
    if wanted.isdigit():
        known = (phone_digits(each) for each in row.text.fields.values())
        return len(digits) >= _FEWEST_DIGITS and any(digits in each for each in known)
    return wanted.isascii() and any(
        initials.startswith(wanted)
        for name in (row.text.who, row.text.what, row.thing.zh if row.thing else "")
        if name
        for initials in desk.initials(name)
    )


def found_out(desk: Desk, text: str) -> tuple[HandoutRow, ...]:
    """What is out now that a typed text may mean; an exact number alone where it is one."""
    rows = [row for row in rows_out(desk) if means(desk, row, text)]
    exact = [row for row in rows if fold(text).strip() == str(row.number)]
    return tuple(exact or rows)


def register_named(desk: Desk, register_id: str) -> HandoutRegister:
    """The register in force with that id.

    Raises:
        Refusal: there is none.
    """
    registers = desk.rulebook.handouts()
    found = next((each for each in registers if each.id == register_id), None)
    if found is None:
        known = " ".join(each.id for each in registers)
        code = "handout_register_unknown" if known else "no_handouts"
        raise Refusal(code, name=register_id, known=known)
    return found


def _write(desk: Desk, at: datetime | None, decide: Callable[[Tx, datetime], Written]) -> Entry:
    """Write an entry with its text, as of then; now if not given.

    Raises:
        Refusal: that time lies ahead, or what was decided; nothing was written.
    """

    def job(tx: Tx) -> Entry:
        now = desk.clock.now()
        when = at if at is not None else now
        if when > now:
            raise Refusal("future")
        event, text = decide(tx, when)
        if text:
            assert isinstance(event, ThingHandedOut | ThingCameBack)
            tx.put_document(HANDOUT, str(event.number), text, b"1")
        pending = [PendingEntry(event, when)]
        return tx.append(pending, actor=desk.actor, recorded_at=now, initials=desk.initials)[0]

    return desk.store.transact(job)


def hand_out(desk: Desk, asked: HandOutAsked, at: datetime | None = None) -> Entry:
    """Write down that a thing goes out, or went out then.

    Raises:
        Refusal: there is no such register, or what was given cannot stand; nothing was written.
    """
    register, calendar = register_named(desk, asked.register), desk.rules.calendar
    staff = [each.name for each in desk.lists.people()]

    def decide(tx: Tx, when: datetime) -> Written:
        return handed_out(register, asked, tx.post(), staff, calendar, when, entry_id(when))

    return _write(desk, at, decide)


def take_back(desk: Desk, asked: BackAsked, at: datetime | None = None) -> Entry:
    """Write down that what went out with a number is back, or came back then.

    Raises:
        Refusal: it never went out, is back already, or what was given cannot stand; nothing was
            written.
    """
    calendar, registers = desk.rules.calendar, desk.rulebook.handouts()

    def decide(tx: Tx, when: datetime) -> Written:
        post = tx.post()
        out = post.thing_out(asked.number)
        own = next((each for each in registers if out and each.id == out.register), None)
        before = None if out or asked.number > post.handed_out else _back_at(desk, asked.number)
        return came_back(asked, own, post, before, calendar, when, entry_id(when))

    return _write(desk, at, decide)


def _back_at(desk: Desk, number: int) -> datetime | None:
    """When what had that number came back."""
    for entry in desk.store.all_of("thing_came_back"):
        if isinstance(entry.event, ThingCameBack) and entry.event.number == number:
            return entry.occurred_at
    return None


def _begin(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(0), calendar.tz)


def handout_book(
    desk: Desk, register_id: str, first: date | None = None, last: date | None = None
) -> HandoutBook:
    """A register from the ``first`` to the ``last`` local day: of this month up to today if they
    are not given. What went out before and is out still comes first.

    Raises:
        Refusal: there is no such register, or the days lie ahead or the wrong way round.
    """
    register, calendar = register_named(desk, register_id), desk.rules.calendar
    now = desk.clock.now()
    today = local_date(calendar, now)
    last = last or today
    first = first or last.replace(day=1)
    if first > today:
        raise Refusal("future")
    if last < first:
        raise Refusal("handout_days_backwards", first=f"{first}", last=f"{last}")
    begin, until = _begin(calendar, first), _begin(calendar, last + timedelta(days=1))
    entries = desk.store.month_entries(begin, max(until, now + timedelta(seconds=1)))
    in_time = sorted(entries, key=lambda entry: (entry.occurred_at, entry.seq))
    rows = book_rows(register_id, in_time, until, lambda sha256: _read(desk.store, sha256))
    own = (row for row in rows_out(desk) if row.register == register_id and row.at < begin)
    carried = tuple(sorted(own, key=lambda row: row.number))
    every = (*carried, *rows)
    return HandoutBook(desk.site.site.name, calendar.tz, now, first, last, register, every)
