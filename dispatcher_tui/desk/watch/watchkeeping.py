"""Taking the watch, relieving, locking: who holds the post is decided here, by PIN.

Each of these reads the post and writes its entry in one transaction, so that two terminals can
never both take it.
"""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import refuse_while_held
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.watch.post import Post, acting_end, newcomers_end
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


def _take(desk: Desk, actor: str, decide: Callable[[Post], Event]) -> None:
    """Write what ``decide`` makes of the post; from then on entries carry ``actor``'s name."""

    def job(tx: Tx) -> None:
        desk.note_in(tx, decide(tx.post()), actor=actor)

    desk.store.transact(job)
    desk.actor = actor


def sign_in(desk: Desk, name: str, pin: str) -> None:
    """Take a vacant watch; for the one who holds it, come back to it.

    Raises:
        Refusal: the PIN is not theirs, or somebody else is on watch.
    """
    operator = check_pin(desk, name, pin)

    def decide(post: Post) -> Event:
        if post.holder == operator.name:
            return ev.DeskUnlocked(name=operator.name)
        if post.holder:
            raise Refusal("post_taken", name=post.holder)
        return signing_in(desk, post, operator.name, operator.role)

    _take(desk, operator.name, decide)


def signing_in(desk: Desk, post: Post, name: str, role: str) -> ev.SignedIn:
    """The entry by which somebody takes a vacant watch now."""
    until = newcomers_end(post, desk.rules.calendar, desk.clock.now())
    return ev.SignedIn(name=name, role=role, until=until)


def relieve(desk: Desk, name: str, pin: str, reason: str = "") -> None:
    """Take the post over in the middle of a shift, which keeps its planned end (E-05).

    Raises:
        Refusal: the PIN is not theirs, they hold the post already, or nobody does.
    """
    operator = check_pin(desk, name, pin)
    words = clean_text(reason, multiline=False).text.strip()

    def decide(post: Post) -> Event:
        if not post.holder:
            raise Refusal("post_vacant")
        if post.holder == operator.name:
            raise Refusal("same_person", name=operator.name)
        return ev.PostRelieved(
            outgoing=post.holder,
            incoming=operator.name,
            role=operator.role,
            until=acting_end(post, desk.rules.calendar, desk.clock.now()),
            reason=words,
        )

    _take(desk, operator.name, decide)


def lock(desk: Desk) -> None:
    """Lock the desk; the watch goes on, and so do the alarms.

    Raises:
        Refusal: nobody is on watch.
    """

    def job(tx: Tx) -> None:
        refuse_while_held(desk)
        post = tx.post()
        if not post.holder:
            raise Refusal("post_vacant")
        if not post.locked:
            desk.note_in(tx, ev.DeskLocked(name=post.holder))

    desk.store.transact(job)
