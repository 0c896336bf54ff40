"""Who may sign in and sign: operators and their PINs (argon2id), locked after wrong tries."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.case import Happening
from dispatcher_tui.domain.refusal import Refusal
from dispatcher_tui.domain.text import clean_text, fold
from dispatcher_tui.store.records import Operator
from dispatcher_tui.store.tx import Tx

FREE_TRIES = 5
FIRST_LOCK_SECONDS = 30
LONGEST_LOCK_SECONDS = 900
PIN_DIGITS = (4, 12)
LONGEST_NAME = 60
"""Characters of an operator's name: two names must be told apart on paper and on the screen."""


def _hash(pin: str) -> str:
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
    now = desk.clock.now()

    def job(tx: Tx) -> None:
        tx.put_operator(operator)
        tx.append([Happening(event, now)], actor=desk.actor, recorded_at=now)

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
    operator = Operator(name=name, role=role, pin_hash=_hash(pin))
    _put(desk, operator, ev.OperatorAdded(name=name, role=role))


def reset_pin(desk: Desk, name: str, pin: str) -> None:
    """Give an operator a new PIN, and free tries again."""
    operator = _known(desk, name)
    check_pin_form(pin)
    fresh = msgspec.structs.replace(operator, pin_hash=_hash(pin), failures=0, locked_until=None)
    _put(desk, fresh, ev.OperatorChanged(name=name, what="pin_reset"))


def disable_operator(desk: Desk, name: str) -> None:
    """Take the right to sign in away; the last one who has it keeps it.

    Raises:
        Refusal: nobody could sign in any more.
    """
    operator = _known(desk, name)
    if not [o for o in desk.store.operators() if not o.disabled and o.name != name]:
        raise Refusal("last_operator", name=name)
    disabled = msgspec.structs.replace(operator, disabled=True)
    _put(desk, disabled, ev.OperatorChanged(name=name, what="disabled"))


def _known(desk: Desk, name: str) -> Operator:
    operator = desk.store.operator(name)
    if operator is None:
        raise Refusal("no_operator", name=name)
    return operator


def _lock_until(failures: int, now: datetime) -> datetime | None:
    if failures < FREE_TRIES:
        return None
    seconds = min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_TRIES), LONGEST_LOCK_SECONDS)
    return now + timedelta(seconds=seconds)


def check_pin(desk: Desk, name: str, pin: str) -> Operator:
    """The operator of that name, if the PIN is theirs.

    Five wrong tries lock for 30 s, each further one twice as long, up to 15 min; the count is
    on disk before the answer is given.

    Raises:
        Refusal: unknown, disabled, locked, or wrong; the detail says how long or how often.
    """
    now = desk.clock.now()
    operator = _known(desk, name)
    if operator.disabled:
        raise Refusal("operator_disabled", name=name)
    if operator.locked_until is not None and now < operator.locked_until:
        wait = int((operator.locked_until - now).total_seconds()) + 1
        raise Refusal("pin_locked", name=name, seconds=str(wait))
    right = _matches(operator.pin_hash, pin)
    failures = 0 if right else operator.failures + 1
    if failures != operator.failures:
        lock = _lock_until(failures, now)
        tried = msgspec.structs.replace(operator, failures=failures, locked_until=lock)
        if lock is not None:
            _put(desk, tried, ev.OperatorChanged(name=name, what="locked"))
        else:
            desk.store.transact(lambda tx: tx.put_operator(tried))
    if not right:
        raise Refusal("pin_wrong", name=name, left=str(max(0, FREE_TRIES - failures)))
    return operator


def sign_in(desk: Desk, name: str, pin: str) -> None:
    """Take the watch: from now on entries carry this name."""
    operator = check_pin(desk, name, pin)
    now = desk.clock.now()

    def job(tx: Tx) -> None:
        happening = Happening(ev.SignedIn(name=operator.name), now)
        tx.append([happening], actor=operator.name, recorded_at=now)
        tx.set_meta("operator", operator.name)

    desk.store.transact(job)
    desk.actor = operator.name
