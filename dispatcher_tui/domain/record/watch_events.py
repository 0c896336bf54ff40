"""What can happen to the watch and to the desk itself: the entries that belong to no case."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.sheet import CheckAnswer, Sheet
from dispatcher_tui.domain.words.terms import Absence, Fact, Label, SignedBy


class WatchEvent(Event, frozen=True, kw_only=True):
    """Something about the watch or the desk."""


class SignedIn(WatchEvent, frozen=True, kw_only=True):
    """Somebody took a vacant watch with a PIN; ``until`` is its planned end (UTC)."""

    name: str
    role: str = ""
    until: datetime | None = None


class HandedOver(WatchEvent, frozen=True, kw_only=True):
    """交接班: both signed the sheet with their PINs; the incoming one is the co-signer.

    ``until`` is the planned end of the watch taken over. ``carried`` are the numbers of the
    cases that arrived or moved while the sheet was being signed. ``heard``: whether the sound
    test was heard, None where there was none.
    """

    outgoing: str
    incoming: str
    role: str = ""
    until: datetime
    sheet: Sheet
    answers: tuple[CheckAnswer, ...] = ()
    carried: tuple[str, ...] = ()
    heard: bool | None = None
    remarks: str = ""


class PostRelieved(WatchEvent, frozen=True, kw_only=True):
    """Somebody took the post over in the middle of a shift, by their own PIN (E-05)."""

    outgoing: str
    incoming: str
    role: str = ""
    until: datetime
    reason: str = ""


class DeskLocked(WatchEvent, frozen=True, kw_only=True):
    """The desk was locked; the watch goes on.

    ``left_open``: nobody did it. It was open when it stopped, and is started only later; False in
    older entries.
    """

    name: str
    left_open: bool = False


class DeskUnlocked(WatchEvent, frozen=True, kw_only=True):
    """The one on watch came back, by PIN."""

    name: str


class PinRefused(WatchEvent, frozen=True, kw_only=True):
    """A wrong PIN was given; ``seconds`` is how long none is taken now (0: not locked)."""

    name: str
    failures: int
    seconds: int = 0


class RescueCodeMade(WatchEvent, frozen=True, kw_only=True):
    """A rescue code was printed for the envelope; every one before it is worth nothing.

    ``code_hash`` is a heavy hash of it: the code itself is nowhere in the record. The entry's
    co-signer is the head whose PIN allowed it.
    """

    code_hash: str


class RescueCodeUsed(WatchEvent, frozen=True, kw_only=True):
    """The rescue code was given and is spent; ``name`` is for whom, empty for a new code alone."""

    name: str = ""


class RescueCodeRefused(WatchEvent, frozen=True, kw_only=True):
    """A wrong rescue code was given; nothing was changed."""


class DeskSigned(WatchEvent, frozen=True, kw_only=True):
    """A signature for something that is no case (a month's summary, a weekly check).

    ``subject`` names it (``month:2026-11``); ``due`` is by when a signature is owed that was
    only agreed by phone; ``of`` is the key of that agreement where this one makes it good. In ink
    it was seen by the entry's actor, on that ``paper`` and ``page``.
    """

    subject: str
    rule: str
    role: str
    name: str
    how: SignedBy = SignedBy.PIN
    remark: str = ""
    due: datetime | None = None
    of: str = ""
    paper: str = ""
    page: str = ""


class DeskDutyFellDue(WatchEvent, frozen=True, kw_only=True):
    """The one firing of a duty that belongs to no case; ``label`` is what a round is called."""

    duty: str
    rule: str
    due: datetime
    label: Label | None = None


class RoutineDone(WatchEvent, frozen=True, kw_only=True):
    """A duty of the desk itself was done for a period (``2026-W47``, ``2026-11`` …).

    ``values``: what it was written down with, by the ids of the routine's fields.
    """

    routine: str
    rule: str
    period: str
    note: str = ""
    values: dict[str, str] = {}


class RoundFinding(msgspec.Struct, frozen=True):
    """How one part of a round was found: by the ``digit``, 1 is in order, and what it said."""

    label: Label
    digit: int
    choice: Label


class RoundRecorded(WatchEvent, frozen=True, kw_only=True):
    """A round was made, in the stretch from ``begin`` on; it is late after ``due`` (UTC).

    ``word``: what was not in order, and what was done about it. ``second``: who was there besides.
    ``reason``: why it came late. ``by``: who made it, where that is not the entry's actor.
    ``again``: it was recorded already, and this one counts now.
    """

    round: str
    label: Label
    begin: datetime
    due: datetime
    findings: tuple[RoundFinding, ...] = ()
    word: str = ""
    second: str = ""
    reason: str = ""
    by: str = ""
    again: bool = False


class NoticePosted(WatchEvent, frozen=True, kw_only=True):
    """公告: what every shift is to know until then; it stands on the board and on the sheet."""

    text: str
    until: datetime


class NoticeWithdrawn(WatchEvent, frozen=True, kw_only=True):
    """A notice no longer holds; ``of`` is the seq it was posted with."""

    of: int


class PanelTestPlanned(WatchEvent, frozen=True, kw_only=True):
    """A test of the fire system was planned, from ``since`` up to but without ``until`` (UTC).

    ``panel``: which one, empty for all; ``by``: who ordered it.
    """

    since: datetime
    until: datetime
    panel: str = ""
    by: str


class PanelTestAlarm(WatchEvent, frozen=True, kw_only=True):
    """A panel under test sounded: it is counted, and no case.

    ``of``: the seq the test was planned with; ``times``: which alarm of the test it is.
    """

    of: int
    times: int
    panel: str = ""
    place: str = ""
    category: str = ""
    said: str = ""
    facts: tuple[Fact, ...] = ()


class PanelTestEnded(WatchEvent, frozen=True, kw_only=True):
    """A test of the fire system is over: by itself at its end, or ``early`` by hand.

    ``of``: the seq it was planned with; ``alarms``: how many were counted.
    """

    of: int
    alarms: int = 0
    panel: str = ""
    early: bool = False


class DutySwapped(WatchEvent, frozen=True, kw_only=True):
    """For once somebody of the roster has another's duty, from ``since`` up to ``until`` (UTC).

    ``person`` has it by the plan, ``takes`` does it, by the roster's ids; ``agreed`` is the name of
    who agreed to it.
    """

    person: str
    name: str
    takes: str
    takes_name: str
    since: datetime
    until: datetime
    agreed: str = ""


class AbsenceNoted(WatchEvent, frozen=True, kw_only=True):
    """Somebody of the roster is not there, from ``since`` up to ``until`` (UTC).

    ``days``: it was said by days, over whatever duties lie in them, and is no duty itself.
    """

    person: str
    name: str
    absence: Absence
    since: datetime
    until: datetime
    days: bool = False


class PersonCameIn(WatchEvent, frozen=True, kw_only=True):
    """Somebody of the roster is there whatever was planned, up to ``until`` (UTC)."""

    person: str
    name: str
    since: datetime
    until: datetime


class StandInNamed(WatchEvent, frozen=True, kw_only=True):
    """Somebody who is on no roster has the place of one who is, up to ``until`` (UTC).

    ``stand_in`` is their id: name and number are in the list of stand-ins, which can be deleted.
    ``person`` and ``name`` are whose place it is; ``agreed`` is the name of who agreed to it.
    """

    stand_in: str
    person: str
    name: str
    since: datetime
    until: datetime
    agreed: str = ""


class DutyChangeWithdrawn(WatchEvent, frozen=True, kw_only=True):
    """A change of the people of a night does not hold; ``of`` is the seq it was written with."""

    of: int


class StopReason(StrEnum):
    """How the desk came to an end in order."""

    LEFT = "left"
    HUNG_UP = "hung_up"
    TERMINATED = "terminated"


class DeskStarted(WatchEvent, frozen=True, kw_only=True):
    """The program began; ``stopped_at`` is when it was last alive (UTC), if it ever was.

    ``clean``: it had been left in order.
    """

    stopped_at: datetime | None = None
    clean: bool = True


class DeskStopped(WatchEvent, frozen=True, kw_only=True):
    """The program was left in order."""

    reason: StopReason = StopReason.LEFT


class DeskStoodStill(WatchEvent, frozen=True, kw_only=True):
    """The workstation slept, or the program could not run, between two heartbeats."""

    since: datetime
    until: datetime


class ClockJumped(WatchEvent, frozen=True, kw_only=True):
    """The workstation's clock was set: it should have shown ``before`` and shows ``after``."""

    before: datetime
    after: datetime
    seconds: float


class GapReviewed(WatchEvent, frozen=True, kw_only=True):
    """What was missed while the desk stood still was read; ``duties`` are their keys."""

    since: datetime
    until: datetime
    duties: tuple[str, ...] = ()


class SoundTested(WatchEvent, frozen=True, kw_only=True):
    """The alarm was sounded as a test, and whether it was heard."""

    heard: bool


class SoundSilenced(WatchEvent, frozen=True, kw_only=True):
    """Ordinary alarms make no sound until then; emergencies always do."""

    until: datetime


class PresenceConfirmed(WatchEvent, frozen=True, kw_only=True):
    """The lone operator answered the check, ``seconds`` after it was asked."""

    seconds: int


class PresenceMissed(WatchEvent, frozen=True, kw_only=True):
    """The lone operator did not answer the check in time."""

    asked_at: datetime


class DrillHeld(WatchEvent, frozen=True, kw_only=True):
    """演练: an emergency was drilled on a copy of the record; of it this entry alone is here.

    ``at``: when it began (UTC). ``speed``: how many times as fast as time its clock ran.
    ``steps``: seconds by that clock from the opening to each step that was come to, by the names
    of ``domain.drill.STEPS``. ``silent``: whose numbers did not answer, with the numbers.
    ``kind`` is the one that was named, ``asked`` the one that was to be drilled, empty where the
    operator chose; ``broken_off``: a real call ended it.
    """

    at: datetime
    speed: float = 1.0
    operator: str
    kind: str = ""
    steps: dict[str, int] = {}
    silent: tuple[str, ...] = ()
    calls: int = 0
    asked: str = ""
    broken_off: bool = False


class RowDiffered(WatchEvent, frozen=True, kw_only=True):
    """A row was found, when somebody was to be rung, that is not what the record adopted.

    ``table`` and ``row`` name it, ``name`` is whose it is. ``adopted``: the numbers of the adopted
    list, which were offered first; ``found``: those of the row, offered beside them.
    """

    table: str
    row: str
    name: str
    adopted: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
