"""What an operator can ask for, in the imperative; ``decide`` answers with events."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.opening import Opening
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    FeedbackBy,
    FollowUpOutcome,
    Responder,
    ReviewOutcome,
    Satisfaction,
    SignedBy,
)


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Anything that can be asked of one case."""


class OpenCase(Command, Opening, frozen=True, kw_only=True):
    """Open a case 立项 (P0-01).

    ``id`` and ``number`` are fresh; ``received_at`` is the call's time; ``nature`` is the form's
    kind of call; ``level`` overrides triage (F9). ``by_f9``: F9 opened it, so that its caller is
    the one of the form that F9 was pressed over, and may have reported something else.
    """

    id: str
    number: str
    procedure: str
    calendar: str
    received_at: datetime
    caller: str = ""
    phone: str = ""
    nature: str = ""
    level: str = ""
    by_f9: bool = False


class MoveCase(Command, frozen=True, kw_only=True):
    """Hand the case over to the ``procedure`` in force whose text has the hash ``to``."""

    to: str
    procedure: Procedure
    reason: str


class RepeatAlarm(Command, frozen=True, kw_only=True):
    """The panel that opened the case sounds the same alarm again."""

    said: str = ""
    caller: str = ""
    phone: str = ""


class RingAgain(Command, frozen=True, kw_only=True):
    """催单: the caller, or another one, asks about an open case."""

    caller: str = ""
    phone: str = ""
    said: str = ""


class NameAssignee(Command, frozen=True, kw_only=True):
    """Make somebody responsible."""

    person: str
    name: str
    role: str = ""


class TryCall(Command, frozen=True, kw_only=True):
    """Record one try to reach somebody; for ``notified`` the person becomes responsible.

    ``incoming``: they came to the desk by themselves. ``taken_by``: who took a relayed message.
    """

    person: str
    name: str
    role: str = ""
    phone: str = ""
    outcome: CallOutcome
    read_back: bool = False
    purpose: str = "notified"
    incoming: bool = False
    taken_by: str = ""


class ConfirmReadBack(Command, frozen=True, kw_only=True):
    """The person last called for ``purpose`` has repeated the message."""

    purpose: str = "notified"


class IssueSlip(Command, frozen=True, kw_only=True):
    """Hand out a paper with this ``number``; ``instead_of`` a void one that is out for the case."""

    number: str
    instead_of: str = ""


class FollowUp(Command, frozen=True, kw_only=True):
    """Record how the case stands; arranged and in progress name a ``promise``."""

    outcome: FollowUpOutcome
    note: str = ""
    promise: datetime | None = None
    by: FeedbackBy = FeedbackBy.PHONE
    source: str = ""


class PromiseCaller(Command, frozen=True, kw_only=True):
    """Record a time promised to the caller."""

    due: datetime
    note: str = ""


class RecordStep(Command, frozen=True, kw_only=True):
    """Record an act of the procedure; ``role`` is that of the signer whose PIN was checked.

    ``ink``: the ``signer`` of that role signed in ink instead. ``values``: its fields, by their
    ids; an amount in yuan, a time as ISO 8601 with its zone.
    """

    step: str
    person: str = ""
    note: str = ""
    values: dict[str, str] = {}
    role: str = ""
    signer: str = ""
    ink: Ink | None = None


class Regrade(Command, frozen=True, kw_only=True):
    """Give the case another level by hand, with a reason."""

    level: str
    reason: str


class JudgeValid(Command, frozen=True, kw_only=True):
    """The complaint stands."""

    reason: str = ""


class JudgeInvalid(Command, frozen=True, kw_only=True):
    """The complaint does not stand; ``reason`` is what was explained."""

    reason: str


class CallOff(Command, frozen=True, kw_only=True):
    """F9 was a mistake, and nobody was rung."""

    reason: str


class WriteOff(Command, frozen=True, kw_only=True):
    """销项. ``items``: checklist item id → what was entered; ``signed``: role → name of those who
    sign for this write-off: by a PIN that was checked, or in ``ink``, role → where."""

    by: FeedbackBy | None = None
    source: str = ""
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    compensation_fen: int = 0
    items: dict[str, str] = {}
    signed: dict[str, str] = {}
    ink: dict[str, Ink] = {}


class AgreeByPhone(Command, frozen=True, kw_only=True):
    """Somebody agreed to an item of the checklist by phone; their signature is owed (E-09)."""

    subject: str
    name: str
    remark: str = ""


class SignOwed(Command, frozen=True, kw_only=True):
    """The one who agreed by phone gives the signature now; their PIN was checked, or in ``ink``."""

    key: str
    name: str
    role: str
    remark: str = ""
    ink: Ink | None = None


class ReceivePaper(Command, frozen=True, kw_only=True):
    """The closing paper is here, ``despite`` what was asked about its number and confirmed."""

    number: str
    despite: tuple[str, ...] = ()


class SignPaper(Command, frozen=True, kw_only=True):
    """Sign the closing paper; the desk has checked the signer's PIN and ``role``, or in ``ink``."""

    signer: str
    role: str
    ink: Ink | None = None


class FilePaper(Command, frozen=True, kw_only=True):
    """File the closing paper; ``charge_fen`` is the amount to charge."""

    binder: str
    page: str
    charge_fen: int = 0


class CloseFinal(Command, frozen=True, kw_only=True):
    """完结."""


class TieCorrective(Command, frozen=True, kw_only=True):
    """What is to be corrected for the case was opened as the case ``number`` (P0-13)."""

    corrective: str
    number: str


class MarkTypical(Command, frozen=True, kw_only=True):
    """Take the case into the case library, with what is to be learnt from it (P4-17)."""

    lessons: str


class FillForm(Command, frozen=True, kw_only=True):
    """Write down what was typed into a form of the procedure, by its fields."""

    form: str
    values: dict[str, str]


class UnmarkTypical(Command, frozen=True, kw_only=True):
    """Take the case out of the case library again."""

    reason: str


class Reopen(Command, frozen=True, kw_only=True):
    """Open an ended or written-off case again."""

    reason: str


class KnowHolidays(Command, frozen=True, kw_only=True):
    """Set right what was reckoned without a table of the year, by the ``calendar`` now in force;
    ``adopted`` is its hash. The desk asks for it by itself."""

    calendar: Calendar
    adopted: str


class AddNote(Command, frozen=True, kw_only=True):
    """Write free words on the case."""

    text: str


class Review(Command, frozen=True, kw_only=True):
    """Take down how the case stands in the review of ``week`` (P0-09)."""

    week: str
    standing: ReviewOutcome
    text: str = ""


class SetMethod(Command, frozen=True, kw_only=True):
    """The one who holds ``role`` decides on what cannot be handled, by ``rule`` (P0-09).

    ``confirmed``: nothing more can be done; else ``text`` is the method. By PIN the desk has
    checked it; by phone the signature is owed; in ``ink`` it stands on a paper.
    """

    week: str
    name: str
    role: str
    rule: str
    text: str = ""
    confirmed: bool = False
    how: SignedBy = SignedBy.PIN
    remark: str = ""
    ink: Ink | None = None


class NameEmergency(Command, frozen=True, kw_only=True):
    """Choose the kind of an emergency, and say where as far as known.

    ``category``, ``case_class`` and ``tags``: the kind's class, for a case that has none.
    ``registered``: whether the register has the place.
    """

    kind: str
    place: str = ""
    category: str = ""
    case_class: str = ""
    tags: tuple[str, ...] = ()
    registered: bool | None = None


class ReportResponder(Command, frozen=True, kw_only=True):
    """Take down how far somebody who was called out has come (E-03).

    ``phones`` are the digits by which a number outside the estate is known.
    """

    person: str
    name: str
    stage: Responder
    note: str = ""
    phones: tuple[str, ...] = ()


class StandDown(Command, frozen=True, kw_only=True):
    """Declare the emergency 告一段落 or a false alarm: the post is free (E-05).

    ``unreached``: the names of those who were never reached or never sent, and ``why``.
    ``by`` says so, ``person`` by the roster's id; without one they are marked as a stranger.
    """

    note: str
    false_alarm: bool = False
    unreached: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    person: str = ""


class ResumeEmergency(Command, frozen=True, kw_only=True):
    """It flared up again."""

    reason: str


class IssueOrder(Command, frozen=True, kw_only=True):
    """Tie a leader's order to the emergency; ``order`` is the new case's id (E-08).

    ``person`` is the roster's id of ``by``; empty for a stranger, who is marked as one.
    """

    order: str
    number: str
    by: str
    text: str
    person: str = ""


class DoCardStep(Command, frozen=True, kw_only=True):
    """Tick a step of the action card; ``text`` is what the card says."""

    kind: str
    step: int
    text: str


class AnswerBranch(Command, frozen=True, kw_only=True):
    """Answer the question that decides first on the card of ``kind``; texts as the card has them.

    ``leads_to`` is the kind that the emergency really is, by this answer.
    """

    kind: str
    answer: int
    question: str
    text: str
    leads_to: str = ""


class Correct(Command, frozen=True, kw_only=True):
    """Correct a field of the opening (``CORRECTED``), or the charge of a filed paper.

    ``registered``: whether the register has the place.
    """

    field: str
    value: str
    reason: str
    registered: bool | None = None


class TakeBack(Command, frozen=True, kw_only=True):
    """Undo the entries ``of``, the last own action on the case."""

    of: tuple[int, ...]


class FireDuties(Command, frozen=True, kw_only=True):
    """Write down every duty that has fallen due; the desk's heartbeat asks for it."""
