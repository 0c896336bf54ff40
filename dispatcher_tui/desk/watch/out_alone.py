"""Who is out alone now, sending somebody, asking whether he is safe, and that he is back."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.decide_out_alone import (
    SendAsked,
    came_back_safe,
    safety_asked,
    sent_alone,
)
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.watch.out_alone import AloneRow, OutAlone, in_order
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.site.out_alone import MOST_MINUTES
from dispatcher_tui.store.tx import Tx


def _numbers(person: Person | None) -> tuple[str, ...]:
    return person.phones if person is not None else ()


def _could_go(desk: Desk, people: list[Person], out: tuple[OutAlone, ...]) -> Person | None:
    """Whoever is on duty now with a number, is not out himself, and does not hold the post."""
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    busy = {each.name for each in out} | {each.second for each in out} | {desk.post.holder}
    free = [p for p in people if p.on_duty(now, zone) and p.phones and p.name not in busy]
    return min(free, key=lambda p: (not p.post, p.name), default=None)


def alone_now(desk: Desk) -> tuple[AloneRow, ...]:
    """Who is out alone, the one to be asked next first."""
    out = desk.post.alone
    if not out:
        return ()
    people = list(desk.lists.people())
    other, by_id = _could_go(desk, people, out), {each.id: each for each in people}
    return tuple(
        AloneRow(
            each,
            _numbers(by_id.get(each.person)),
            other.name if other is not None else "",
            _numbers(other),
        )
        for each in in_order(out)
    )


def minutes_for(desk: Desk, case: Case | None) -> int:
    """How often one is asked who goes there for a case: sooner where it burns."""
    site = desk.site.site
    burns = case is not None and (Fact.FIRE in case.facts or "fire" in case.tags)
    return site.alone_fire if burns else site.alone_every


def send_alone(desk: Desk, asked: SendAsked) -> Entry:
    """Write down that somebody went out alone.

    Raises:
        Refusal: it cannot stand; nothing was written.
    """

    def job(tx: Tx) -> Entry:
        post, minutes = tx.post(), desk.site.site.alone_every
        event = sent_alone(post.alone, post.sent_alone, asked, minutes, MOST_MINUTES)
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def asked_whether_safe(desk: Desk, number: int, *, safe: bool, second: str = "") -> Entry:
    """Write down that he was rung: safe, no answer, or who was sent after him.

    Raises:
        Refusal: nobody is out under that number, or he is to go after himself.
    """

    def job(tx: Tx) -> Entry:
        now = desk.clock.now()
        event = safety_asked(tx.post().alone, number, now, safe=safe, second=second)
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def back_again(desk: Desk, number: int, note: str = "") -> Entry:
    """Write down that he is back, or is not alone any more.

    Raises:
        Refusal: nobody is out under that number.
    """

    def job(tx: Tx) -> Entry:
        return desk.note_in(tx, came_back_safe(tx.post().alone, number, note))[0]

    return desk.store.transact(job)
