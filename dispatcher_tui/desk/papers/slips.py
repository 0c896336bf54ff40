"""Custody of the closing papers: pads given out, numbers void, copies asked for (P0-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.forms_out import numbered_forms
from dispatcher_tui.desk.papers.number_ranges import by_procedure, ranges_of
from dispatcher_tui.desk.papers.pads import COUNTER, Numbers, read_pads, read_voids
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.chasing import Chase, chase_list, chase_step, chased
from dispatcher_tui.domain.papers.custody import (
    SlipPosition,
    SlipRegister,
)
from dispatcher_tui.domain.papers.pads import Pad, counted, parse_pad, resolve
from dispatcher_tui.domain.papers.report import ChaseReport
from dispatcher_tui.domain.papers.slips import HERE, SlipRecord, Where
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.form_commands import VoidForm
from dispatcher_tui.domain.record.record_events import SlipsIssued, SlipVoided
from dispatcher_tui.domain.watch.post import acting_watch
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

_NEVER = datetime.max.replace(tzinfo=UTC)


class CopyAsked(msgspec.Struct, frozen=True):
    """A copy that is owed, when it was last asked for, and whether that was in this watch."""

    paper: SlipRecord
    at: datetime | None = None
    lately: bool = False


class Squad(msgspec.Struct, frozen=True):
    """Somebody to ask, and for which papers of one procedure; ``person`` is None for who is not on
    the roster. ``short``: the procedure, where it has to be told from others."""

    name: str
    person: Person | None
    papers: tuple[CopyAsked, ...]
    short: Label | None = None


def read_pad(desk: Desk, first: str, last: str) -> Pad:
    """The pad from its first and last number as typed; nothing is written.

    Raises:
        PadError: there is no such pad.
    """
    known = ranges_of(desk).known
    pads = [parse_pad(first, last, prefix) for prefix in known]
    return next((pad for pad in pads if pad.prefix in known), pads[0])


def _clashes(tx: Tx, pad: Pad, numbers: Numbers) -> None:
    """Refuse a pad whose papers are another one's, or that the desk has numbered by itself."""
    for other in numbers.pads:
        if pad.meets(other):
            first, last = other.number(other.first), other.number(other.last)
            raise Refusal("pad_given", first=first, last=last)
    for key, count in tx.slips_given().items():
        if pad.prefix == key.removeprefix(COUNTER) and pad.first <= count:
            raise Refusal("pad_spent", last=pad.number(count))


def give_out(desk: Desk, first: str, last: str, *, to: str = "", person: str = "") -> Entry:
    """Write down that a pad was given out.

    Args:
        desk: where.
        first: the number on its first paper, as typed.
        last: the number on its last one; the digits alone will do.
        to: to whom; empty where the desk keeps it.
        person: their id on the roster, empty for somebody who is not on it.

    Raises:
        PadError: there is no such pad.
        Refusal: its papers are another pad's, or were numbered by the desk.
    """
    pad = read_pad(desk, first, last)
    name = clean_text(to, multiline=False).text.strip()
    known = numbered_forms(desk).get(pad.prefix)
    form = known.id if known is not None else ""

    def job(tx: Tx) -> Entry:
        _clashes(tx, pad, Numbers(tx, desk.site.site, desk.in_force.procedures))
        event = SlipsIssued(
            prefix=pad.prefix,
            first=pad.first,
            last=pad.last,
            digits=pad.digits,
            to=name,
            person=person,
            form=form,
        )
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def meant(desk: Desk, typed: str) -> str:
    """The number that is meant by what was typed: digits alone are of a pad, or of the desk's."""
    digits, given = desk.site.site.slip_digits, desk.store.slips_given()
    own = (
        Pad(prefix, 1, given.get(f"{COUNTER}{prefix}", 0), digits, own=True)
        for prefix in ranges_of(desk).known
    )
    return resolve(typed, [*read_pads(desk.store), *own])


def void_number(desk: Desk, typed: str, reason: str) -> Entry:
    """Write down that a paper will not come in, and why.

    Raises:
        Refusal: nothing is known of that number, it is here or void already, or no reason given.
    """
    number, words = meant(desk, typed), clean_text(reason, multiline=False).text.strip()

    def void(tx: Tx) -> Entry:
        """The number is void; a form that went out under it is asked for no more."""
        for paper in tx.papers_numbered(number):
            if paper.form and paper.where is Where.ISSUED:
                desk.perform_in(tx, paper.case_id, VoidForm(number=number, reason=words))
        return desk.note_in(tx, SlipVoided(number=number, reason=words))[0]

    def job(tx: Tx) -> Entry:
        numbers = Numbers(tx, desk.site.site, desk.in_force.procedures)
        if number in numbers.voids:
            raise Refusal("slip_void", number=number, reason=numbers.voids[number].reason)
        if not numbers.given_out(number) and not tx.papers_numbered(number):
            raise Refusal("slip_outside", number=number)
        here = [p for p in tx.papers_numbered(number) if p.number == number and p.where in HERE]
        if here:
            raise Refusal("slip_here", number=number, case=here[-1].case)
        if not words:
            raise Refusal("reason_missing")
        return void(tx)

    return desk.store.transact(job)


def find_number(desk: Desk, typed: str) -> SlipPosition:
    """Where a number is: on paper, and in the record."""
    return standing_of(desk.store, meant(desk, typed))


def standing_of(store: Store, number: str) -> SlipPosition:
    """As ``read_book`` says of a number, but only its own papers are read."""
    pads, voids = read_pads(store), read_voids(store)
    book = SlipRegister(pads, voids.values(), store.papers_beside(number))
    pad = book.pad_of(number) or _own(store, number, pads, voids)
    n = (pad.holds(number) or 0) if pad is not None else 0
    highest = _highest(store, pad) if pad is not None else 0
    return book.standing(number, pad, highest, n)


def owed_standings(store: Store) -> tuple[SlipPosition, ...]:
    """Where the numbers are whose copies are not back, the longest owed first.

    As ``read_book`` says of them, but only these are read, however many there were before.
    """
    owed_papers = store.papers_owed()
    pads, voids = read_pads(store), read_voids(store)
    numbers = {n: None for paper in owed_papers for n in (paper.number, paper.issued) if n}
    beside = {(p.case_id, p.nth): p for number in numbers for p in store.papers_beside(number)}
    papers = sorted(beside.values(), key=lambda paper: (paper.case_id, paper.nth))
    book = SlipRegister(pads, voids.values(), papers)
    found = [
        book.standing(number, book.pad_of(number) or _own(store, number, pads, voids))
        for number in numbers
    ]
    found = [each for each in found if each.paper and each.paper.where is Where.OWED]
    found += [
        SlipPosition("", paper.where, paper=paper) for paper in owed_papers if not paper.number
    ]
    found.sort(key=lambda each: (each.paper and each.paper.written_off_at) or _NEVER)
    return tuple(found)


def _own(store: Store, number: str, pads: Sequence[Pad], voids: Iterable[str]) -> Pad | None:
    """The desk's running range that a number is of, None where it is of none."""
    for key, last in store.slips_given().items():
        prefix = key.removeprefix(COUNTER)
        digits = len(number) - len(prefix)
        if last and digits > 0 and counted(number, prefix, digits) is not None:
            pad = _running(store, Pad(prefix, 1, last, digits, own=True), pads, voids)
            if pad.holds(number) is not None:
                return pad
    return None


def _running(store: Store, pad: Pad, pads: Sequence[Pad], voids: Iterable[str]) -> Pad:
    """A running range from the lowest number known of it, void or on a case, and of no pad."""
    void = (n for n in map(pad.holds, voids) if n is not None)
    free = [n for n in void if not any(each.holds(pad.number(n)) is not None for each in pads)]
    low = pad.first
    while low <= pad.last:
        lowest = store.lowest_paper(pad.number(low), pad.number(pad.last))
        inside = next((each for each in pads if each.holds(lowest) is not None), None)
        if inside is None:
            free += [n] if (n := pad.holds(lowest)) is not None else []
            break
        low = inside.last + 1
    return replace(pad, first=min(free, default=pad.last))


def _highest(store: Store, pad: Pad) -> int:
    if pad.own:
        return pad.last + 1
    found = store.highest_paper(pad.number(pad.first), pad.number(pad.last))
    return pad.holds(found) or pad.first - 1


def _asked(desk: Desk, paper: SlipRecord, since: datetime) -> CopyAsked:
    record = desk.store.case(paper.case_id)
    if record is None:
        return CopyAsked(paper)
    case = record.case
    step = chase_step(desk.rules_of(case).procedure)
    name = step.id if step else ""
    times = [s.at for s in case.signals if s.name == name and s.round == case.round]
    at = max(times, default=None)
    return CopyAsked(paper, at, at is not None and at >= since)


def owed(desk: Desk) -> tuple[SlipRecord, ...]:
    """Every copy that is owed, the longest waiting first."""
    return tuple(desk.store.papers_owed())


def squads(desk: Desk) -> tuple[Squad, ...]:
    """Whom to ask for which papers, and when they were last asked; for each procedure's by itself,
    whose own roles say who leads. Nobody is asked for a paper that never went out."""
    calendar, now, people = desk.rules.calendar, desk.clock.now(), desk.lists.people()
    since = acting_watch(desk.post, calendar, now).start
    return tuple(
        _squad(desk, chase, since)
        for of in by_procedure(desk, owed(desk))
        for chase in chase_list(
            chased(of.papers, of.procedure), people, of.procedure, now, calendar.tz
        )
    )


def _squad(desk: Desk, chase: Chase, since: datetime) -> Squad:
    papers = tuple(_asked(desk, paper, since) for paper in chase.papers)
    short = desk.in_force.short_of(chase.papers[0].procedure)
    return Squad(chase.name, chase.person, papers, short)


def chase_report(desk: Desk, squad: Squad, at: datetime) -> ChaseReport:
    """What somebody is asked for, to be handed to them; asks nothing of the record."""
    papers = tuple(each.paper for each in squad.papers)
    return ChaseReport(desk.site.site.name, desk.site.calendar.tz, at, squad.name, papers)


def record_asked(desk: Desk, squad: Squad, case_ids: Iterable[str]) -> int:
    """Write down that somebody was asked for the papers of these cases; gives how many.

    What they were asked for in this watch already is not written down again.

    Raises:
        Refusal: a case is no longer owed its paper, or its procedure asks nobody.
    """
    wanted = set(case_ids)
    papers = [each.paper for each in squad.papers if not each.lately]

    def job(tx: Tx) -> int:
        count = 0
        for paper in papers:
            record = tx.case(paper.case_id) if paper.case_id in wanted else None
            step = chase_step(desk.rules_of(record.case).procedure) if record else None
            if step is not None:
                command = cmd.RecordStep(step=step.id, person=squad.name)
                desk.perform_in(tx, paper.case_id, command)
                count += 1
        return count

    return desk.store.transact(job)
