"""The hand-over sheet as data: what the incoming dispatcher takes over, frozen at one moment.

The sheet is part of the entry by which the watch is handed over, so it can be printed again in
three years exactly as it was signed. Times are aware UTC.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.words.terms import Absence, CallOutcome, Label


class SheetDuty(msgspec.Struct, frozen=True, omit_defaults=True):
    """A duty that is overdue or falls in the coming watch; ``number`` is empty for the desk's.

    ``confirmed`` is false where ``due`` was reckoned without the holiday table of a year.
    """

    number: str
    rule: str
    label: Label
    due: datetime
    confirmed: bool = True


class SheetCase(msgspec.Struct, frozen=True, omit_defaults=True):
    """One open case: its nearest duty, and who was told when; ``grave`` is its level's haste.

    ``kind`` is what an emergency is called, as the site called it when the sheet was drawn.
    ``confirmed`` is false where ``due`` was reckoned without the holiday table of a year.
    """

    number: str
    level: Label
    stage: str
    place: str = ""
    content: str = ""
    assignee: str = ""
    notified_at: datetime | None = None
    rule: str = ""
    label: Label | None = None
    due: datetime | None = None
    emergency: bool = False
    grave: bool = False
    kind: Label | None = None
    confirmed: bool = True


class SheetPaper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A closing paper that is still owed (P0-08)."""

    number: str
    place: str = ""
    slip: str = ""
    written_off_at: datetime | None = None


class SheetCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who was told what in the outgoing watch: the last try to each person on a case."""

    number: str
    name: str
    purpose: str
    outcome: CallOutcome
    at: datetime
    read_back: bool = False
    stranger: bool = False
    taken_by: str = ""


class SheetNotice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice that still holds."""

    text: str
    until: datetime


class SheetTest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A planned test of the fire system that runs or is to come; ``panel`` is empty for all.

    ``alarms``: how many were counted so far instead of being cases.
    """

    since: datetime
    until: datetime
    by: str
    panel: str = ""
    alarms: int = 0


class SheetRound(msgspec.Struct, frozen=True, omit_defaults=True):
    """A round that was late, not made (no ``at``), or in which something was not in order: what was
    ``found``, the ``word`` for it, the ``reason`` of the lateness."""

    begin: datetime
    due: datetime
    at: datetime | None = None
    by: str = ""
    found: tuple[Label, ...] = ()
    word: str = ""
    reason: str = ""


class SheetRounds(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the rounds in the outgoing watch: how often it was ``made`` and not made, how many of
    those made were ``late``, and what is told of them one by one."""

    label: Label
    made: int = 0
    missed: int = 0
    late: int = 0
    told: tuple[SheetRound, ...] = ()


class SheetHandout(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is out of the handout book: its ``number``, of which register, ``thing`` where it is one
    that is there once. Who has it is in the book alone: the sheet stays in the record."""

    number: int
    label: Label
    since: datetime
    thing: Label | None = None
    due: datetime | None = None


class SheetPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was changed of the people of the coming watch; ``name`` is empty for a stand-in, who is
    named in no entry.

    ``absence``: why they are not there, None where they are; ``instead_of``: the name of whose
    place they have.
    """

    name: str
    since: datetime
    until: datetime
    absence: Absence | None = None
    instead_of: str = ""


class SheetSignature(msgspec.Struct, frozen=True, omit_defaults=True):
    """A signature that is owed; ``number`` is the case's, or what it is for."""

    number: str
    rule: str
    role: str
    name: str
    due: datetime | None = None


class SheetAct(msgspec.Struct, frozen=True, omit_defaults=True):
    """A privileged act since the last signed sheet; ``act`` names it, ``by`` who acted.

    ``cosigner`` is the head whose PIN allowed it, ``name`` whom or what it is about, ``seconds``
    by how much a clock was set back.
    """

    at: datetime
    act: str
    by: str = ""
    cosigner: str = ""
    name: str = ""
    role: str = ""
    seconds: int = 0


class Sheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is handed over: from ``outgoing``'s watch (``since`` to ``at``) to the coming one.

    ``until`` is the planned end of the coming watch, ``head`` the journal's head hash at ``at``
    and ``rows`` how many entries stand before it. ``record`` is the hash of the first entry,
    ``branch`` that of the entry with which it last went on from a copy.
    """

    at: datetime
    outgoing: str
    since: datetime | None
    until: datetime
    head: str
    rows: int
    cases: tuple[SheetCase, ...] = ()
    papers: tuple[SheetPaper, ...] = ()
    duties: tuple[SheetDuty, ...] = ()
    calls: tuple[SheetCall, ...] = ()
    notices: tuple[SheetNotice, ...] = ()
    signatures: tuple[SheetSignature, ...] = ()
    tests: tuple[SheetTest, ...] = ()
    acts: tuple[SheetAct, ...] = ()
    record: str = ""
    branch: str = ""
    people: tuple[SheetPerson, ...] = ()
    rounds: tuple[SheetRounds, ...] = ()
    handouts: tuple[SheetHandout, ...] = ()


class CheckAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the incoming person answered one check question.

    ``kind`` names the question, ``answer`` is what was right, ``tries`` how often it took.
    """

    kind: str
    answer: str
    tries: int = 1
