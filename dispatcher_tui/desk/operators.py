"""Who may sign in and sign: operators and their PINs (argon2id), locked after wrong tries."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.leave import Granted, confirm, is_last_head, needs_head
from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.watch_events import PinRefused, RescueCodeMade, RescueCodeUsed
from dispatcher_tui.domain.record.who_may_sign import operator_differs, pin_seal
from dispatcher_tui.domain.watch.pins import (
    PIN_LONGEST,
    PIN_SHORTEST,
    is_pin,
    is_short,
    is_trivial,
)
from dispatcher_tui.domain.words.text import clean_text, fold
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

FREE_TRIES = 5
FIRST_LOCK_SECONDS = 30
LONGEST_LOCK_SECONDS = 900
MOST_GUESSES, GUESSES_SECONDS = 20, 3600
"""How many wrong PINs are looked at in any hour, however often the right one comes between."""
LONGEST_NAME = 60
"""Characters of an operator's name: two names must be told apart on paper and on the screen."""


def pin_hash(pin: str) -> str:
    """What is kept of a PIN (argon2id, salted anew each time)."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(fold(pin))


def matches(pin_hash: str, pin: str) -> bool:
    """Whether a PIN or a code is the one that the hash was made of."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(pin_hash, fold(pin))
    except VerificationError:
        return False


def check_pin_form(pin: str) -> None:
    """A PIN is 4 to 12 digits, of full width too: an input method may be on, and nobody sees it.

    Raises:
        Refusal: it is not.
    """
    if not is_pin(pin):
        raise Refusal("pin_form", least=str(PIN_SHORTEST), most=str(PIN_LONGEST))


def sealed(operator: Operator) -> ev.SealedOperator:
    """What the record is to prove of an operator."""
    seal = pin_seal(operator.name, operator.pin_hash)
    return ev.SealedOperator(operator.name, operator.role, operator.disabled, seal)


def _proving(operator: Operator, event: ev.Event) -> ev.Event:
    """The entry of a change with how the operator stands after it."""
    now = sealed(operator)
    if isinstance(event, ev.OperatorAdded):
        return msgspec.structs.replace(event, pin_seal=now.pin_seal)
    if isinstance(event, ev.OperatorChanged):
        return msgspec.structs.replace(
            event, role=now.role, disabled=now.disabled, pin_seal=now.pin_seal
        )
    return event


def enter_operator(desk: Desk, tx: Tx, operator: Operator) -> None:
    """Take in an operator whose PIN is hashed already, inside a transaction that is open."""
    added = ev.OperatorAdded(name=operator.name, role=operator.role)
    tx.put_operator(operator)
    desk.note_in(tx, _proving(operator, added))


def check_new_pin(pin: str, least: int, today: date) -> None:
    """A new PIN has at least so many digits and is none of those that are guessed first.

    Raises:
        Refusal: it has not the form, is too short, or is trivial on the day ``today``.
    """
    if not is_pin(pin) or is_short(pin, least):
        raise Refusal("pin_form", least=str(max(least, PIN_SHORTEST)), most=str(PIN_LONGEST))
    if is_trivial(pin, today):
        raise Refusal("pin_trivial")


def check_pin_here(desk: Desk, pin: str) -> None:
    """The same by the site's own least number of digits, and its clock."""
    check_new_pin(pin, desk.site.site.pin_least, desk.clock.now().date())


def digits_short_of(desk: Desk, pin: str) -> int:
    """How many digits a new PIN has at least, where one that was taken has fewer; else 0.

    In a drill nobody minds.
    """
    least = desk.site.site.pin_least
    return least if is_short(pin, least) and not desk.scratch else 0


def _put(
    desk: Desk,
    operator: Operator,
    event: ev.Event,
    granted: Granted | None,
    asks: Callable[[Tx], bool],
) -> None:
    """Write an operator and the entry that says so; where it ``asks`` for leave, only with it."""
    proving = _proving(operator, event)

    def job(tx: Tx) -> None:
        happenings: list[ev.Event] = [proving]
        if asks(tx):
            if granted is None:
                raise Refusal("head_needed")
            confirm(desk, tx, granted)
            if granted.code:
                used = RescueCodeUsed(name=operator.name)
                happenings = [used, proving, RescueCodeMade(code_hash=granted.fresh_hash)]
        tx.put_operator(operator)
        desk.note_in(tx, *happenings, cosigner=granted.head if granted else "")

    desk.store.transact(job)


def judge_operator(desk: Desk, name: str, pin: str) -> str:
    """The name as it is kept, if somebody new can have it and the PIN.

    Raises:
        Refusal: the name is empty, a bare figure, too long, or one that looks the same is taken;
            or the PIN is too short or trivial.
    """
    name = clean_text(name, multiline=False).text.strip()
    refuse_no_name(name)
    if len(name) > LONGEST_NAME:
        raise Refusal("name_too_long", most=str(LONGEST_NAME))
    if fold(name) in {fold(operator.name) for operator in desk.store.operators()}:
        raise Refusal("operator_exists", name=name)
    check_pin_here(desk, pin)
    return name


def add_operator(
    desk: Desk, name: str, role: str, pin: str, granted: Granted | None = None
) -> None:
    """Let somebody sign in and sign.

    Raises:
        Refusal: as for ``judge_operator``; or they would be a head and no leave was given.
    """
    name = judge_operator(desk, name, pin)
    role = clean_text(role, multiline=False).text.strip()
    operator = Operator(name=name, role=role, pin_hash=pin_hash(pin))
    added = ev.OperatorAdded(name=name, role=role)
    _put(desk, operator, added, granted, lambda tx: needs_head(desk, tx, role))


def reset_pin(desk: Desk, name: str, pin: str, granted: Granted | None = None) -> None:
    """Give an operator a new PIN, and free tries again.

    Raises:
        Refusal: there is none of that name, the PIN is too short or trivial, or it is a head's
            and no leave was given.
    """
    operator = _as_said(desk.store, name)
    check_pin_here(desk, pin)
    fresh = msgspec.structs.replace(
        operator, pin_hash=pin_hash(pin), failures=0, wait_seconds=0, guessed=()
    )
    event = ev.OperatorChanged(name=name, what="pin_reset")
    _put(desk, fresh, event, granted, lambda tx: needs_head(desk, tx, operator.role))


def refuse_last(desk: Desk, name: str) -> Operator:
    """The operator of that name, if somebody could still sign in without them.

    Raises:
        Refusal: nobody could, or there is none of that name.
    """
    operator = _as_said(desk.store, name)
    if not [o for o in desk.store.operators() if not o.disabled and o.name != name]:
        raise Refusal("last_operator", name=name)
    return operator


def disable_operator(desk: Desk, name: str, granted: Granted | None = None) -> None:
    """Take the right to sign in away; the last one who has it keeps it.

    Raises:
        Refusal: nobody could sign in any more, or it is the last head and no leave was given.
    """
    disabled = msgspec.structs.replace(refuse_last(desk, name), disabled=True)
    event = ev.OperatorChanged(name=name, what="disabled")
    _put(desk, disabled, event, granted, lambda tx: is_last_head(desk, tx, name))


def lacks_operator(desk: Desk) -> bool:
    """Whether there is nobody who may sign in."""
    return all(operator.disabled for operator in desk.store.operators())


def _known(reads: Store | Tx, name: str) -> Operator:
    operator = reads.operator(name)
    if operator is None:
        raise Refusal("no_operator", name=name)
    return operator


def _as_said(reads: Store | Tx, name: str) -> Operator:
    """An operator whose role and right to sign in are those that the entries say.

    A change is written from here: what a hand put into the row must not get into the record.
    """
    operator, said = _known(reads, name), reads.operators_said().get(name)
    if said is None:
        raise Refusal("operator_differs", name=name)
    return msgspec.structs.replace(operator, role=said.role, disabled=said.disabled)


def refuse_differing(reads: Store | Tx, operator: Operator) -> None:
    """Refuse a signature that relies on a row which is not what the entries say.

    Raises:
        Refusal: it is such a row; the message says what to do.
    """
    said = reads.operators_said().get(operator.name)
    if operator_differs(said, operator.role, operator.disabled, operator.pin_hash):
        raise Refusal("operator_differs", name=operator.name)


def wait_after(failures: int) -> int:
    """For how many seconds no PIN is taken after so many wrong ones in a row."""
    if failures < FREE_TRIES:
        return 0
    return int(min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_TRIES), LONGEST_LOCK_SECONDS))


def _still_to_wait(operator: Operator, boot: float) -> int:
    """Whole seconds until the next PIN is taken.

    Counted in the machine's own running time, which no clock that can be set moves.
    """
    left = operator.wait_seconds - (boot - operator.wait_since) if operator.wait_seconds else 0.0
    if len(operator.guessed) >= MOST_GUESSES:
        left = max(left, GUESSES_SECONDS - (boot - operator.guessed[-MOST_GUESSES]))
    return math.ceil(max(0.0, left))


def _since_start(operator: Operator, boot: float) -> Operator:
    """Its moments as this run of the machine counts them, the guesses of more than an hour gone.

    Where the machine was started anew it counts from zero: so does every wait.
    """
    since = min(operator.wait_since, boot) if operator.wait_seconds else operator.wait_since
    told = (min(at, boot) for at in operator.guessed)
    guessed = tuple(at for at in told if boot - at < GUESSES_SECONDS)
    return msgspec.structs.replace(operator, wait_since=since, guessed=guessed)


def _begin_try(desk: Desk, tx: Tx, name: str) -> tuple[Operator, int]:
    """Count a try before its PIN is looked at, as if it were wrong; or say how long to wait.

    So a program that is cut off while it compares, and a second one that asks meanwhile, win no
    try; and where nothing can be written, nothing is compared.
    """
    operator, boot = _known(tx, name), desk.clock.boot()
    refuse_differing(tx, operator)
    if operator.disabled:
        raise Refusal("operator_disabled", name=name)
    now = _since_start(operator, boot)
    if now != operator:
        tx.put_operator(now)
        operator = now
    wait = _still_to_wait(operator, boot)
    if wait:
        return operator, wait
    failures = operator.failures + 1
    tried = msgspec.structs.replace(
        operator,
        failures=failures,
        wait_seconds=wait_after(failures),
        wait_since=boot,
        guessed=(*operator.guessed, boot),
    )
    tx.put_operator(tried)
    return tried, 0


def _free(tx: Tx, tried: Operator) -> Operator:
    """The PIN was right: it was no guess, and the five tries are free again; the hour's are not."""
    known = _known(tx, tried.name)
    guessed = list(known.guessed)
    if tried.guessed[-1] in guessed:
        guessed.remove(tried.guessed[-1])
    free = msgspec.structs.replace(known, failures=0, wait_seconds=0, guessed=tuple(guessed))
    tx.put_operator(free)
    return free


def check_pin(desk: Desk, name: str, pin: str) -> Operator:
    """The operator of that name, if the PIN is theirs.

    Five wrong tries lock for 30 s, each further one twice as long, up to 15 min; and no more than
    twenty wrong ones are looked at in any hour, though the right PIN frees the five each time. A
    try is counted on the disk before its PIN is looked at, and every wrong one is an entry before
    the answer. What has not the form of a PIN is none: a digit that went astray costs no try.

    Raises:
        Refusal: no PIN, unknown, disabled, locked, or wrong, the detail says how long or how often;
            or the row is not what the entries say, and nobody signs by it.
        StoreError: the file could not be written; no PIN was looked at, or none was taken.
    """
    check_pin_form(pin)
    tried, wait = desk.store.transact(lambda tx: _begin_try(desk, tx, name))
    if wait:
        raise Refusal("pin_locked", name=name, seconds=str(wait))
    if matches(tried.pin_hash, pin):
        return desk.store.transact(lambda tx: _free(tx, tried))
    seconds = _still_to_wait(tried, tried.wait_since)
    refused = PinRefused(name=name, failures=tried.failures, seconds=seconds)
    desk.store.transact(lambda tx: desk.note_in(tx, refused))
    left = min(FREE_TRIES - tried.failures, MOST_GUESSES - len(tried.guessed))
    raise Refusal("pin_wrong", name=name, left=str(max(0, left)))
