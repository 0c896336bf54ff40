"""What can happen, in the past tense: the bodies of journal entries.

A kind's name is its class name in snake_case and never changes once written; a field that is
added later has a default. Times inside a body are aware UTC.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Label,
    Satisfaction,
    SignedBy,
)


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Anything that is written down."""


class CaseEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one case; ``case`` is its id.

    ``shift_end`` is the planned end (UTC) of the watch it was done in, kept where that is not
    the shift plan's own: somebody took over early, or stayed on.
    """

    case: str
    shift_end: datetime | None = None


class CaseOpened(CaseEvent, frozen=True, kw_only=True):
    """立项 (P0-01). ``procedure`` and ``calendar`` are the hashes of the adopted texts.

    ``tied_to`` is the number of the emergency in which a leader ordered it (E-08). ``panel``:
    which alarm panel it came from, empty for the one without a name. ``by_f9``: F9 opened it, and
    what the caller said was typed for the form below; False in older entries.
    """

    number: str
    procedure: str
    calendar: str
    received_at: datetime
    level: str
    level_rule: str
    place: str = ""
    registered: bool = False
    caller: str = ""
    phone: str = ""
    category: str = ""
    case_class: str = ""
    tags: tuple[str, ...] = ()
    channel: Channel = Channel.PHONE
    verbatim: str = ""
    facts: tuple[Fact, ...] = ()
    nature: str = ""
    tied_to: str = ""
    panel: str = ""
    by_f9: bool = False


class LevelChanged(CaseEvent, frozen=True, kw_only=True):
    """The case was graded anew, by hand or by a clock that ran out. ``label``: what the level is
    called by the procedure that the case goes over to, which it may not have for long."""

    level: str
    rule: str
    reason: str = ""
    label: Label | None = None


class Moved(CaseEvent, frozen=True, kw_only=True):
    """The case was handed over from one procedure to another; its level by that one follows.

    ``before`` (``from`` in the journal) and ``to`` are the hashes of the adopted texts, ``old`` and
    ``new`` what those are called for short.
    """

    before: str = msgspec.field(name="from")
    to: str
    reason: str
    old: Label
    new: Label


class CallerRang(CaseEvent, frozen=True, kw_only=True):
    """催单, or a second caller about the same matter: counted on the case, both kept."""

    caller: str = ""
    phone: str = ""
    said: str = ""


class AssigneeNamed(CaseEvent, frozen=True, kw_only=True):
    """Somebody was made responsible; ``person`` is the roster id, empty if not on it."""

    person: str
    name: str
    role: str = ""


class CallTried(CaseEvent, frozen=True, kw_only=True):
    """One try to reach somebody, for ``purpose``: ``notified``, a step's id, or empty where it
    is neither (a number outside the estate). ``incoming``: they came to the desk by themselves,
    by phone, radio or on foot; nobody had to ring them. ``stranger``: they are not on the roster.
    ``taken_by``: who took the message that was relayed, empty where that is not known."""

    person: str
    name: str
    role: str = ""
    phone: str = ""
    outcome: CallOutcome
    purpose: str = "notified"
    incoming: bool = False
    stranger: bool = False
    taken_by: str = ""


class ReadBack(CaseEvent, frozen=True, kw_only=True):
    """The person repeated the message; for a relayed word this is the notice itself (P0-05).

    ``was``, by its field, is what a relayed word said and what was corrected before it was read
    back; empty where nothing was, and in older entries.
    """

    person: str
    name: str
    purpose: str = "notified"
    was: tuple[tuple[str, str], ...] = ()


class SlipIssued(CaseEvent, frozen=True, kw_only=True):
    """A service slip with this number was handed out for the case."""

    number: str


class FollowedUp(CaseEvent, frozen=True, kw_only=True):
    """How the case was found to stand (P0-05, P0-06)."""

    outcome: FollowUpOutcome
    note: str = ""


class PromiseMade(CaseEvent, frozen=True, kw_only=True):
    """Somebody named a time; ``to`` is ``desk`` or ``caller``. It is a duty from now on."""

    due: datetime
    to: str = "desk"
    note: str = ""


class StepRecorded(CaseEvent, frozen=True, kw_only=True):
    """An act of the procedure was done; ``step`` is its id, ``values`` its fields, by their ids,
    as ``step_field`` writes them; none in older entries."""

    step: str
    person: str = ""
    note: str = ""
    values: dict[str, str] = {}


class FeedbackReceived(CaseEvent, frozen=True, kw_only=True):
    """It was confirmed that the matter is done (P0-07)."""

    by: FeedbackBy
    source: str = ""


class WrittenOff(CaseEvent, frozen=True, kw_only=True):
    """销项: provisional, awaiting the closing paper. ``items``: the checklist as confirmed.

    ``held``: an emergency that was not stood down; what follows it begins here (E-06, E-07).
    """

    items: dict[str, str] = {}
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    compensation_fen: int = 0
    held: bool = False


class PaperReceived(CaseEvent, frozen=True, kw_only=True):
    """The closing paper is in the dispatcher's hands; ``despite``: what is odd about its number
    (``Oddity``), asked about and confirmed. Empty in older entries."""

    number: str
    despite: tuple[str, ...] = ()


class PaperSigned(CaseEvent, frozen=True, kw_only=True):
    """The closing paper was signed; the entry's co-signer is who proved it with a PIN.

    In ink it was seen by the entry's actor, on that ``paper`` and ``page``.
    """

    signer: str
    role: str = ""
    how: SignedBy = SignedBy.PIN
    paper: str = ""
    page: str = ""


class PaperFiled(CaseEvent, frozen=True, kw_only=True):
    """The closing paper is bound into a binder; ``charge_fen`` is what it charges."""

    binder: str
    page: str
    charge_fen: int = 0


class ClosedFinal(CaseEvent, frozen=True, kw_only=True):
    """完结: only ever after the paper was received, signed and filed (P0-08)."""


class JudgedValid(CaseEvent, frozen=True, kw_only=True):
    """The complaint stands."""

    reason: str = ""


class JudgedInvalid(CaseEvent, frozen=True, kw_only=True):
    """The complaint does not stand; ``reason`` is what was explained to the caller."""

    reason: str


class CalledOff(CaseEvent, frozen=True, kw_only=True):
    """An emergency that was opened by mistake; nobody had been rung yet."""

    reason: str


class Reopened(CaseEvent, frozen=True, kw_only=True):
    """An ended or written-off case is open again; its clocks start anew."""

    reason: str


class NoteAdded(CaseEvent, frozen=True, kw_only=True):
    """Free words on a case."""

    text: str


class Corrected(CaseEvent, frozen=True, kw_only=True):
    """A field as it should have been; the old entry stays readable.

    ``moved``: it is another place than the one people are under way to. ``registered``: whether
    the register has the place; None where the field is no place, and in older entries. ``tell``
    is who was told otherwise and has to hear it, as the calls know them, and ``name`` their name.
    ``before`` is what a field held that is passed on; None of another one, and in older entries.
    ``owed_since`` is the earliest moment (UTC) from which on something that they have still to
    hear is wrong; None where that is nothing, and in older entries.
    ``version``: the issued paper is right from that version on; 0 where it is not outdated.
    ``despite``: what is odd about a paper's number and was confirmed; empty of other fields.
    """

    field: str
    value: str
    reason: str
    moved: bool = False
    registered: bool | None = None
    tell: str = ""
    name: str = ""
    before: str | None = None
    owed_since: datetime | None = None
    version: int = 0
    despite: tuple[str, ...] = ()


class TakenBack(CaseEvent, frozen=True, kw_only=True):
    """Ctrl+Z: the entries ``of`` (their seqs) no longer count, and stay readable."""

    of: tuple[int, ...]


class Signed(CaseEvent, frozen=True, kw_only=True):
    """A signature for ``subject`` (an item of the checklist, a step), by PIN, by word or in ink.

    ``of`` is the key of the agreement by word that this one makes good; empty where it stands
    for itself. In ink it was seen by the entry's actor, on that ``paper`` and ``page``.
    """

    subject: str
    rule: str
    role: str
    name: str
    how: SignedBy = SignedBy.PIN
    remark: str = ""
    of: str = ""
    paper: str = ""
    page: str = ""


class DutyFellDue(CaseEvent, frozen=True, kw_only=True):
    """A duty's one firing; ``duty`` is its key."""

    duty: str
    rule: str
    due: datetime


class Adopted(Event, frozen=True, kw_only=True):
    """What judges the record is in the record: a site's text in full, by its hash.

    Of a list of persons the entry has the hash and ``counts`` alone, such as ``lines``; the text
    lies in the documents, from where it can be deleted. Early records have those texts too.
    ``made_sha256`` is the hash of the record that was made of the text and is kept beside it; empty
    in entries of an older version.
    """

    what: str
    name: str
    sha256: str
    text: str = ""
    counts: dict[str, int] = {}
    made_sha256: str = ""


class OperatorAdded(Event, frozen=True, kw_only=True):
    """Somebody may sign in; the PIN itself is never part of the record.

    ``pin_seal`` is the keyed hash of what is kept of the PIN (``record.who_may_sign.pin_seal``);
    empty in entries of an older version.
    """

    name: str
    role: str
    pin_seal: str = ""


class OperatorChanged(Event, frozen=True, kw_only=True):
    """An operator was disabled or got a new PIN (``what``).

    With a ``pin_seal``, ``role`` and ``disabled`` too are how the operator stands from then on;
    an entry of an older version says no more than ``what``.
    """

    name: str
    what: str
    role: str = ""
    disabled: bool = False
    pin_seal: str = ""


class SealedOperator(msgspec.Struct, frozen=True):
    """What the record proves of an operator; ``pin_seal`` is empty where it knows no hash."""

    name: str
    role: str
    disabled: bool = False
    pin_seal: str = ""


class OperatorsSealed(Event, frozen=True, kw_only=True):
    """Every operator as the list had them: from here on each change of one is proved.

    Written where the list stood beside the record until then.
    """

    operators: tuple[SealedOperator, ...]


class LogNoted(Event, frozen=True, kw_only=True):
    """A line of the Work Log that belongs to no case: an enquiry and its ``answer``, a remark."""

    text: str
    caller: str = ""
    phone: str = ""
    place: str = ""
    answer: str = ""


class BackupMade(Event, frozen=True, kw_only=True):
    """A copy was made, opened again and found whole."""

    file: str
    head: str


class Restored(Event, frozen=True, kw_only=True):
    """The record goes on from a copy; a new epoch begins. The branch is known by its hash.

    ``numbers`` are the counters it goes on from, by their keys, so that no number comes twice;
    ``exact``: they are those of the file that was replaced, else the next full hundreds.
    """

    source: str
    head: str
    numbers: dict[str, int] = {}
    exact: bool = True
