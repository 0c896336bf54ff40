"""What the store hands out and takes in."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Case


class CaseRecord(msgspec.Struct, frozen=True):
    """A whole case as projected."""

    row: int
    case: Case
    duties: tuple[Duty, ...]


class Draft(msgspec.Struct, frozen=True):
    """A form that is not finished, as it was typed."""

    id: str
    kind: str
    opened_at: datetime
    updated_at: datetime
    body: bytes


class AdoptedText(msgspec.Struct, frozen=True):
    """A text the site adopted, by the hash of that text; ``data`` is the record made of it."""

    sha256: str
    what: str
    name: str
    text: str
    data: bytes


class Operator(msgspec.Struct, frozen=True):
    """Somebody who may sign in, and how many wrong PINs were given for them in a row.

    No PIN is tried for ``wait_seconds`` from ``wait_since`` on, both in seconds since the machine
    was started: no clock that can be set is asked. ``guessed``: when, by the same count, each of
    the wrong tries of the last hour was made, whatever right ones came between.
    """

    name: str
    role: str
    pin_hash: str
    disabled: bool = False
    failures: int = 0
    wait_seconds: int = 0
    wait_since: float = 0.0
    guessed: tuple[float, ...] = ()


class RecordProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong with a record; ``seq`` is the entry it was found at."""

    code: str
    seq: int | None
    detail: str


class Verdict(msgspec.Struct, frozen=True):
    """What came of proving a record.

    ``unchanged_to`` is the entry whose hash was given as the head, None where none was given or
    found; 0 stands for the head of an empty journal. ``operators_from`` is the entry from which on
    the operators were proved; None where they were not looked at. ``notes`` are no faults:
    places where the entries go back in time and none of them says that the clock was set, and
    cases to which an older version gave fewer words in the search.
    """

    sound: bool
    first_bad_seq: int | None
    problems: tuple[RecordProblem, ...]
    head: str
    rows: int
    unchanged_to: int | None = None
    operators_from: int | None = None
    notes: tuple[RecordProblem, ...] = ()
