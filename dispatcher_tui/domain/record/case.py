"""The case as folded from its entries, and the entry itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.opening import Opening
from dispatcher_tui.domain.record.posting import HomeToWarn, Posting
from dispatcher_tui.domain.record.sign_off import Ink, SignOff
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Responder,
    ReviewOutcome,
    Satisfaction,
    Stage,
)

LATE = timedelta(seconds=60)
"""What was written down longer than this after it happened is a late entry."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal as the domain sees it; times are aware UTC."""

    seq: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    cosigner: str
    event: Event

    @property
    def late(self) -> bool:
        """Whether it was written down so long after it happened that both times are shown."""
        return self.recorded_at - self.occurred_at > LATE


class LogLine(msgspec.Struct, frozen=True):
    """An entry with the number of its case, empty where it belongs to none."""

    entry: Entry
    number: str


class PendingEntry(msgspec.Struct, frozen=True):
    """An entry that is decided but not yet written; ``occurred_at`` is aware UTC."""

    event: Event
    occurred_at: datetime


class Signal(msgspec.Struct, frozen=True):
    """Something a clock can start or end on; ``round`` counts openings.

    ``shift_end``: the planned end of the watch it happened in, where the shift plan has another.
    """

    name: str
    at: datetime
    round: int
    shift_end: datetime | None = None


class Grade(msgspec.Struct, frozen=True):
    """A level the case holds, or held, since ``at``; ``shift_end`` as of a signal."""

    level: str
    rule: str
    at: datetime
    shift_end: datetime | None = None


class Caller(msgspec.Struct, frozen=True):
    """Somebody who called about the case."""

    name: str
    phone: str
    at: datetime


class Call(msgspec.Struct, frozen=True):
    """One try to reach somebody; ``incoming`` where they came to the desk by themselves.

    ``stranger``: not on the roster; ``taken_by``: who took a relayed message, empty if not known.
    """

    person: str
    name: str
    role: str
    phone: str
    outcome: CallOutcome
    purpose: str
    at: datetime
    read_back_at: datetime | None = None
    incoming: bool = False
    stranger: bool = False
    taken_by: str = ""

    @property
    def who(self) -> str:
        """By what they are known: the roster's id, else the number, else the name."""
        return self.person or self.phone or self.name

    @property
    def told_at(self) -> datetime | None:
        """When they were spoken to, or a relayed word was read back; None where neither was."""
        return self.at if self.outcome.reached else self.read_back_at


class Promise(msgspec.Struct, frozen=True):
    """A time somebody named, and when it was looked after."""

    key: str
    made_at: datetime
    due: datetime
    to: str
    note: str
    kept_at: datetime | None = None
    cancelled: bool = False


class FilledField(msgspec.Struct, frozen=True):
    """What an act of the procedure was written down with, field by field; ``at`` is UTC."""

    step: str
    field: str
    value: str
    at: datetime
    round: int


class PassOn(msgspec.Struct, frozen=True):
    """What was corrected after somebody was told of it, and has to be told them; times are UTC.

    ``who``: by what the calls know them; ``was`` is what they were told, by its field, and
    ``since`` from when on that is wrong; where it does not say, from ``at`` on.
    """

    key: str
    who: str
    name: str
    at: datetime
    was: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, datetime], ...] = ()
    done_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether they have still to hear it."""
        return self.done_at is None and self.cancelled_at is None


class FormerValue(msgspec.Struct, frozen=True):
    """What a field that is passed on held until it was corrected at ``at`` (UTC)."""

    field: str
    value: str
    at: datetime


class Slip(msgspec.Struct, frozen=True):
    """The closing paper (P0: the service slip) and where it is.

    ``number`` is the one on the paper that came in, until then the one that was ``issued`` to
    ``issued_to``: what comes in may well be another paper. ``ink``: signed in ink, and seen.
    ``version``: which print of it says what is right, 1 until something on it was corrected.
    ``despite``: what is odd about the number that came in, asked about and confirmed.
    """

    number: str = ""
    received_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    binder: str = ""
    page: str = ""
    filed_at: datetime | None = None
    charge_fen: int = 0
    issued: str = ""
    issued_at: datetime | None = None
    issued_to: str = ""
    ink: Ink | None = None
    version: int = 1
    despite: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """In hand, signed and filed: what P0-08 asks before anything is final."""
        return bool(self.number and self.received_at and self.signed_at and self.filed_at)


class FormerPaper(msgspec.Struct, frozen=True):
    """A paper of before: of a round that ended with a reopening, or one another was issued for."""

    slip: Slip
    round: int
    written_off_at: datetime | None = None


class FormPaper(msgspec.Struct, frozen=True):
    """A numbered form of the case, by the form's id, and where it is.

    ``asked_at``: when whoever has it was last asked for it; ``void_at``: since when it will not
    come in.
    """

    form: str
    slip: Slip
    round: int
    asked_at: datetime | None = None
    void_at: datetime | None = None

    @property
    def out(self) -> bool:
        """Whether it is to come back."""
        return self.slip.received_at is None and self.void_at is None


class Called(msgspec.Struct, frozen=True):
    """Somebody who was called out in an emergency, and when they came how far (E-03)."""

    person: str
    name: str
    on_the_way_at: datetime | None = None
    on_scene_at: datetime | None = None
    reported_back_at: datetime | None = None


class SceneReport(msgspec.Struct, frozen=True):
    """Each report of somebody who came, ``who`` by what the calls know them (E-03)."""

    who: str
    stage: Responder
    at: datetime


class CardStep(msgspec.Struct, frozen=True):
    """A step of an action card that was done; ``step`` counts from 0 on the card of ``kind``."""

    kind: str
    step: int
    at: datetime


class BranchAnswer(msgspec.Struct, frozen=True):
    """An answer to a card's first question; ``answer`` counts from 0 on the card of ``kind``."""

    kind: str
    answer: int
    at: datetime


class Assignee(msgspec.Struct, frozen=True):
    """Who is responsible; ``notified_at`` is when this person was told."""

    person: str
    name: str
    role: str
    notified_at: datetime | None = None


class Move(msgspec.Struct, frozen=True):
    """The case was handed over to another procedure ``at`` (UTC), in the ``round`` it then had.

    ``before``: the hash of the text that judged it until then; ``grades`` and ``signals``: how many
    levels it had held and how much of it had been signalled under that and earlier ones.
    """

    before: str
    at: datetime
    grades: int
    signals: int
    round: int


class ReviewLine(msgspec.Struct, frozen=True):
    """How a case was last found to stand in the review of a ``week`` (P0-09), and who wrote it."""

    week: str
    standing: ReviewOutcome
    text: str
    at: datetime
    by: str
    round: int


class Method(msgspec.Struct, frozen=True):
    """What the head decided on a case that cannot be handled; ``subject`` is what is signed.

    ``confirmed``: nothing more can be done; else ``text`` is the method.
    """

    subject: str
    name: str
    text: str
    confirmed: bool
    at: datetime
    round: int


class Case(Opening, frozen=True):
    """Everything the entries say about one case; ``papers`` are those before its ``slip``.

    ``completed_by``: the hashes of the calendars that brought tables of years which its own lacked.
    ``alarms``: how often its ``panel`` has repeated the alarm that opened it, ``alarm_at`` when
    last. ``by_f9``: F9 opened it, over a form where it has a caller from its opening. ``moves``:
    from which procedures it was handed over.
    """

    id: str
    number: str
    procedure: str
    calendar: str
    stage: Stage
    grades: tuple[Grade, ...]
    opened_at: datetime
    received_at: datetime
    callers: tuple[Caller, ...] = ()
    round: int = 1
    rings: int = 0
    assignee: Assignee | None = None
    notified_at: datetime | None = None
    written_off_at: datetime | None = None
    final_at: datetime | None = None
    slip: Slip = Slip()
    papers: tuple[FormerPaper, ...] = ()
    forms: tuple[FormPaper, ...] = ()
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    valid: bool | None = None
    stuck: bool = False
    emergency_kind: str = ""
    stood_down_at: datetime | None = None
    resumed_at: datetime | None = None
    false_alarm: bool = False
    called: tuple[Called, ...] = ()
    reports: tuple[SceneReport, ...] = ()
    card_steps: tuple[CardStep, ...] = ()
    orders: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    calls: tuple[Call, ...] = ()
    promises: tuple[Promise, ...] = ()
    steps: tuple[str, ...] = ()
    fired: frozenset[str] = frozenset()
    last_at: datetime | None = None
    last_shift_end: datetime | None = None
    sign_offs: tuple[SignOff, ...] = ()
    typical: bool = False
    lessons: str = ""
    correctives: tuple[str, ...] = ()
    review: ReviewLine | None = None
    methods: tuple[Method, ...] = ()
    alarms: int = 0
    alarm_at: datetime | None = None
    branch_answers: tuple[BranchAnswer, ...] = ()
    completed_by: tuple[str, ...] = ()
    passing_on: tuple[PassOn, ...] = ()
    former: tuple[FormerValue, ...] = ()
    by_f9: bool = False
    moves: tuple[Move, ...] = ()
    filled: tuple[FilledField, ...] = ()
    postings: tuple[Posting, ...] = ()
    homes: tuple[HomeToWarn, ...] = ()

    @property
    def level(self) -> str:
        """The level it holds now."""
        return self.grades[-1].level

    @property
    def level_rule(self) -> str:
        """The rule that gave it that level."""
        return self.grades[-1].rule

    @property
    def responsible(self) -> Assignee | None:
        """Who is responsible and knows it: somebody who was tried in vain is not."""
        who = self.assignee
        return who if who is not None and who.notified_at is not None else None

    @property
    def caller(self) -> Caller | None:
        """Who called first."""
        return self.callers[0] if self.callers else None
