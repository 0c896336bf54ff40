"""Who may sign in and sign: operators and their PINs (argon2id), locked after wrong tries."""

from __future__ import annotations

import math

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.watch_events import PinRefused
from dispatcher_tui.domain.words.text import clean_text, fold
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

FREE_TRIES = 5
FIRST_LOCK_SECONDS = 30
LONGEST_LOCK_SECONDS = 900
MOST_GUESSES, GUESSES_SECONDS = 20, 3600
"""How many wrong PINs are looked at in any hour, however often the right one comes between."""
PIN_DIGITS = (4, 12)
LONGEST_NAME = 60
"""Characters of an operator's name: two names must be told apart on paper and on the screen."""


def pin_hash(pin: str) -> str:
    """What is kept of a PIN (argon2id, salted anew each time)."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(fold(pin))


def _matches(pin_hash: str, pin: str) -> bool:
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
    pin = fold(pin)
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS[0] <= len(pin) <= PIN_DIGITS[1]):
        raise Refusal("pin_form", least=str(PIN_DIGITS[0]), most=str(PIN_DIGITS[1]))


def _put(desk: Desk, operator: Operator, event: ev.Event) -> None:
    def job(tx: Tx) -> None:
        tx.put_operator(operator)
        desk.note_in(tx, event)

    desk.store.transact(job)


def add_operator(desk: Desk, name: str, role: str, pin: str) -> None:
    """Let somebody sign in and sign.

    Raises:
        Refusal: the name is empty, too long, or one that looks the same is taken; or the PIN is
            not 4 to 12 digits.
    """
    name, role = (clean_text(typed, multiline=False).text.strip() for typed in (name, role))
    if not name:
        raise Refusal("name_missing")
    if len(name) > LONGEST_NAME:
        raise Refusal("name_too_long", most=str(LONGEST_NAME))
    if fold(name) in {fold(operator.name) for operator in desk.store.operators()}:
        raise Refusal("operator_exists", name=name)
    check_pin_form(pin)
    operator = Operator(name=name, role=role, pin_hash=pin_hash(pin))
    _put(desk, operator, ev.OperatorAdded(name=name, role=role))


def reset_pin(desk: Desk, name: str, pin: str) -> None:
    """Give an operator a new PIN, and free tries again."""
    operator = _known(desk.store, name)
    check_pin_form(pin)
    fresh = msgspec.structs.replace(
        operator, pin_hash=pin_hash(pin), failures=0, wait_seconds=0, guessed=()
    )
    _put(desk, fresh, ev.OperatorChanged(name=name, what="pin_reset"))


def disable_operator(desk: Desk, name: str) -> None:
    """Take the right to sign in away; the last one who has it keeps it.

    Raises:
        Refusal: nobody could sign in any more.
    """
    operator = _known(desk.store, name)
    if not [o for o in desk.store.operators() if not o.disabled and o.name != name]:
        raise Refusal("last_operator", name=name)
    disabled = msgspec.structs.replace(operator, disabled=True)
    _put(desk, disabled, ev.OperatorChanged(name=name, what="disabled"))


def lacks_operator(desk: Desk) -> bool:
    """Whether there is nobody who may sign in."""
    return all(operator.disabled for operator in desk.store.operators())


def _known(reads: Store | Tx, name: str) -> Operator:
    operator = reads.operator(name)
    if operator is None:
        raise Refusal("no_operator", name=name)
    return operator


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
        Refusal: no PIN, unknown, disabled, locked, or wrong; the detail says how long or how often.
        StoreError: the file could not be written; no PIN was looked at, or none was taken.
    """
    check_pin_form(pin)
    tried, wait = desk.store.transact(lambda tx: _begin_try(desk, tx, name))
    if wait:
        raise Refusal("pin_locked", name=name, seconds=str(wait))
    if _matches(tried.pin_hash, pin):
        return desk.store.transact(lambda tx: _free(tx, tried))
    seconds = _still_to_wait(tried, tried.wait_since)
    refused = PinRefused(name=name, failures=tried.failures, seconds=seconds)
    desk.store.transact(lambda tx: desk.note_in(tx, refused))
    left = min(FREE_TRIES - tried.failures, MOST_GUESSES - len(tried.guessed))
    raise Refusal("pin_wrong", name=name, left=str(max(0, left)))
