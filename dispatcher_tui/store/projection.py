"""From a case and its duties to the row that lists show."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.emergency.post_held import untold
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.stored_times import micros, micros_or_none, moment

COLUMNS = CaseLine.__struct_fields__[1:]
"""The columns of ``cases`` that a fold decides, in order."""

LINE = ", ".join(f"cases.{name}" for name in CaseLine.__struct_fields__)
"""What a query selects to make a ``CaseLine``."""

CONTENT_SHOWN = 200
"""Characters of the caller's words that a list holds."""

_FIELDS = CaseLine.__struct_fields__
_FLAGS = [
    _FIELDS.index(name) for name in ("grave", "emergency", "open", "shout", "stuck", "untold")
]
_MOMENTS = [at for at, name in enumerate(_FIELDS) if name.endswith(("_at", "_due"))]
_STAGE = _FIELDS.index("stage")
_STAGES = {stage.value: stage for stage in Stage}

_ENCODER = msgspec.json.Encoder(order="deterministic")
_CASE = msgspec.json.Decoder(Case)
_DUTIES = msgspec.json.Decoder(tuple[Duty, ...])


def _done_at(case: Case) -> int | None:
    """When the handling ended, None while it has not."""
    if not case.stage.handled:
        return None
    known = [at for at in (case.written_off_at, case.final_at) if at is not None]
    return micros(max(known, default=case.last_at or case.opened_at))


def _fire_at(case: Case, duties: tuple[Duty, ...]) -> int | None:
    """The earliest due time of a pending duty that has not fired."""
    waiting = [d.due for d in duties if d.pending and d.due and d.key not in case.fired]
    return micros_or_none(min(waiting, default=None))


def _shout(case: Case, duties: tuple[Duty, ...]) -> int:
    """Whether nobody was told, and somebody waits for it."""
    if case.notified_at is not None or case.stage.handled:
        return 0
    return int(not any(duty.quiet and duty.pending for duty in duties))


def line_values(case: Case, duties: tuple[Duty, ...], level: Level) -> tuple[Any, ...]:
    """The values of ``COLUMNS`` for a case graded ``level``."""
    caller, following = case.caller, next_duty(duties)
    emergency = level.emergency or bool(case.emergency_kind)
    return (
        case.id,
        case.number,
        case.procedure,
        case.level,
        level.label.zh,
        level.label.en,
        int(level.urgent),
        int(emergency),
        case.stage.value,
        int(not case.stage.ended),
        case.place,
        caller.name if caller else "",
        caller.phone if caller else "",
        case.category,
        (case.verbatim or case.emergency_kind)[:CONTENT_SHOWN],
        case.assignee.name if case.assignee else "",
        micros(case.opened_at),
        micros_or_none(case.written_off_at),
        micros_or_none(case.final_at),
        _done_at(case),
        following.rule if following else "",
        following.label.zh if following else "",
        following.label.en if following else "",
        following.do if following else "",
        micros_or_none(following.due) if following else None,
        _fire_at(case, duties),
        _shout(case, duties),
        int(case.stuck),
        int(emergency and untold(case)),
    )


_SHARED = tuple(
    CaseLine.__struct_fields__.index(name)
    for name in (
        *("procedure", "level", "level_zh", "level_en", "category", "assignee", "place"),
        *("next_rule", "next_zh", "next_en", "next_do"),
    )
)


def line_of(row: Row) -> CaseLine:
    """A row selected as ``LINE``; in a stage that is none it is shown as open."""
    values: list[Any] = list(row)
    values[_STAGE] = _STAGES.get(row[_STAGE], Stage.OPEN)
    for at in _FLAGS:
        values[at] = row[at] == 1
    for at in _MOMENTS:
        stored = row[at]
        if stored is not None:
            values[at] = moment(stored)
    for at in _SHARED:
        values[at] = _same(row[at])
    return CaseLine(*values)


@lru_cache(maxsize=4096)
def _same(text: str) -> str:
    """One object for all equal texts: ten thousand lines say the same few words."""
    return text


def state_bytes(case: Case, duties: tuple[Duty, ...]) -> tuple[bytes, bytes]:
    """The whole case and its duties as stored; equal values give equal bytes."""
    return case_bytes(case), _ENCODER.encode(duties)


def case_bytes(case: Case) -> bytes:
    """The whole case as stored."""
    return _ENCODER.encode(case)


def record_of(row: int, state: bytes, duties: bytes) -> CaseRecord:
    """Read ``state_bytes`` back.

    Raises:
        msgspec.DecodeError: the bytes are not a case.
    """
    return CaseRecord(row, _CASE.decode(state), _DUTIES.decode(duties))


def words_key(words: str) -> bytes:
    """A short stand-in for a case's words, to see whether they changed."""
    return blake2b(words.encode(), digest_size=8).digest()


_EMERGENCIES = (
    "SELECT cases.row, case_state.state FROM cases JOIN case_state USING (row)"
    " WHERE cases.open = 1 AND cases.emergency = 1"
)


def fill_untold(db: Db) -> None:
    """Find the emergencies nobody was told of among the open cases of an older file."""
    for row, state in db.all(_EMERGENCIES):
        if untold(_CASE.decode(state)):
            db.run("UPDATE cases SET untold = 1 WHERE row = ?", (row,))
