"""A signature as one mechanism: who, in which role, how, for what; and the one that is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.domain.words.text import fold

METHOD = "method"
"""The head's decision on a case that cannot be handled, as what is signed: ``method:1`` …"""


def is_method(subject: str) -> bool:
    """Whether a signature's subject is the head's decision on a case."""
    return subject.partition(":")[0] == METHOD


class Ink(msgspec.Struct, frozen=True):
    """A signature in ink: on which paper (its name or number) and page, and who saw it.

    ``seal``: it is no hand's but an office's seal, and the name is whose.
    """

    paper: str
    page: str
    seen_by: str = ""
    seal: bool = False


NO_INK = Ink("", "")
"""What stands where nothing is signed in ink, or where nothing is said of it yet."""


def same_person(one: str, other: str) -> bool:
    """Whether two names, however they were typed, are the same one."""
    return fold(one).split() == fold(other).split()


class SignOff(msgspec.Struct, frozen=True):
    """A signature given, or agreed by phone and owed until ``signed_at``. Times are UTC.

    ``subject`` is what it is for: an item of the checklist, a step, a month. ``ink`` is where it
    stands in ink, also where that made an agreement by phone good.
    """

    key: str
    subject: str
    rule: str
    role: str
    name: str
    how: SignedBy
    at: datetime
    remark: str = ""
    due: datetime | None = None
    signed_at: datetime | None = None
    cancelled_at: datetime | None = None
    round: int = 1
    ink: Ink | None = None

    @property
    def owed(self) -> bool:
        """Whether the signature itself is still to be given."""
        return self.signed_at is None and self.cancelled_at is None


def key_of(at: datetime, subject: str) -> str:
    """The name an agreement goes by, in its duty and in the signature that makes it good."""
    return f"signature@{at:%Y%m%dT%H%M%S.%f}/{subject}"


def owed(sign_offs: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """The signatures that are still to be given, in the order they were agreed."""
    return tuple(each for each in sign_offs if each.owed)


class SigningEvent(Protocol):
    """What the entries of a signature have in common, of a case or of none."""

    @property
    def subject(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def how(self) -> SignedBy: ...
    @property
    def remark(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def paper(self) -> str: ...
    @property
    def page(self) -> str: ...


class InkEvent(Protocol):
    """What the entries have in common that may stand for a signature in ink."""

    @property
    def how(self) -> SignedBy: ...
    @property
    def paper(self) -> str: ...
    @property
    def page(self) -> str: ...


def ink_of(event: InkEvent, actor: str) -> Ink | None:
    """Where an entry of ``actor`` says that it was signed in ink or sealed; else None."""
    if not event.how.on_paper:
        return None
    return Ink(event.paper, event.page, actor, event.how is SignedBy.SEAL)


def how_signed(ink: Ink | None) -> SignedBy:
    """By PIN, unless it stands in ink or under a seal."""
    if ink is None:
        return SignedBy.PIN
    return SignedBy.SEAL if ink.seal else SignedBy.INK


def ways_of(*, by_phone: bool = False, seal: bool = False) -> tuple[SignedBy, ...]:
    """The ways to sign: by PIN and in ink always, the others where the procedure allows them."""
    allowed = {SignedBy.PHONE: by_phone, SignedBy.SEAL: seal}
    return tuple(how for how in SignedBy if allowed.get(how, True))


def with_signature(
    sign_offs: tuple[SignOff, ...],
    event: SigningEvent,
    at: datetime,
    actor: str,
    *,
    due: datetime | None = None,
    round_: int = 1,
) -> tuple[SignOff, ...]:
    """The same with one more signature, or with the agreement it makes good signed at ``at``."""
    ink = ink_of(event, actor)
    if event.of:
        return tuple(
            msgspec.structs.replace(each, signed_at=at, ink=ink) if each.key == event.of else each
            for each in sign_offs
        )
    signed = SignOff(
        key=key_of(at, event.subject),
        subject=event.subject,
        rule=event.rule,
        role=event.role,
        name=event.name,
        how=event.how,
        at=at,
        remark=event.remark,
        due=due,
        signed_at=None if event.how is SignedBy.PHONE else at,
        round=round_,
        ink=ink,
    )
    return (*sign_offs, signed)


def cancelled(sign_offs: tuple[SignOff, ...], at: datetime) -> tuple[SignOff, ...]:
    """The same with nothing owed any more: what was to be signed for is void."""
    return tuple(
        msgspec.structs.replace(each, cancelled_at=at) if each.owed else each for each in sign_offs
    )
