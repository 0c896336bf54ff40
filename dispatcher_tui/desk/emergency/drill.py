"""演练: an emergency on a copy of the record, and what is told of it afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.clock import WallClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import Kind, holding, kinds, read_emergency
from dispatcher_tui.desk.operators import pin_hash, sealed
from dispatcher_tui.desk.watch.alive import stop_desk
from dispatcher_tui.desk.watch.outage import forget_breaks
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.emergency.drill import measured, silent
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, PendingEntry
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.watch_events import DrillHeld, StopReason
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.store.backup import copy_aside
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

if TYPE_CHECKING:
    from dispatcher_tui.desk.session import Session

SLOWEST, FASTEST = 1.0, 60.0
"""How many times as fast as time a drill's clock may run."""

PIN = "0000"
"""Everybody's PIN in a drill. With their own ones, copy after copy could be used to guess them."""

_COPY = "drill.sqlite3"


class Way(StrEnum):
    """What the real desk opens with when a drill is left for it."""

    CALL = "call"
    EMERGENCY = "emergency"
    CASE = "case"


class Lead(msgspec.Struct, frozen=True):
    """The way out of a drill to the real desk.

    ``at``: when the key was pressed that told of the real call (UTC, by the wall). ``case_id``
    names the real case for ``Way.CASE``; ``emergency`` says that it is one.
    """

    way: Way
    at: datetime
    case_id: str = ""
    emergency: bool = False

    @property
    def key(self) -> str:
        """The key that takes it at another desk."""
        return {Way.CALL: "F2", Way.EMERGENCY: "F9", Way.CASE: "F3"}[self.way]

    @property
    def over_lock(self) -> bool:
        """Whether a locked desk shows it all the same: an emergency waits for no PIN."""
        return self.emergency or self.way is Way.EMERGENCY


class RealRecord(NamedTuple):
    """The real record behind a drill: for reading alone, and the last seq the copy knows."""

    session: Session
    seen: int


class RealArrivals:
    """What is opened in the real record while a drill goes on beside it.

    Asked of a desk that only reads the record: in most seconds one number tells that nothing
    was written, and then nothing is read.
    """

    def __init__(self, seen: int) -> None:
        """Only what comes after the seq ``seen`` is told."""
        self._seen = seen
        self._version: int | None = None

    def look(self, real: Desk) -> list[CaseLine]:
        """The cases opened since the last look; one may be told twice, none is left out.

        Raises:
            Failure: the record cannot be read.
        """
        version = real.store.data_version()
        if version == self._version:
            return []
        last = real.store.last_seq()
        found = real.store.opened_after(self._seen) if last != self._seen else []
        self._version, self._seen = version, last
        return found


def refuse_while_real(real: Desk) -> bool:
    """Nobody drills while a real emergency holds the post (E-05).

    Raises:
        Refusal: one does.
    """
    held = holding(real)
    if held:
        raise Refusal("drill_while_held", number=", ".join(each.number for each in held))
    return True


def find_kind(desk: Desk, text: str) -> Kind | None:
    """The kind of emergency meant by its id, its key on the screen of F9, or its name."""
    wanted = fold(text).strip().casefold()
    for kind in kinds(desk):
        names = (kind.id, kind.key, kind.title.zh, kind.title.en)
        if wanted and wanted in {name.casefold() for name in names}:
            return kind
    return None


def scratch_copy(database: Path, folder: Path) -> Path:
    """A copy of the record to drill on; the record itself is only read, also beside its desk.

    Raises:
        StoreError: there is no record, or there is no room for its copy.
    """
    copy = folder / _COPY
    copy_aside(database, copy)
    return copy


def prepare(desk: Desk, speed: float) -> int:
    """Make a copy's desk ready for the drill; the seq after which everything is of the drill.

    Everybody signs by the one ``PIN``; that the copy was not kept running is no gap to be read;
    minutes without a key stay as long as they are by the wall.
    """
    desk.scratch = True
    given = pin_hash(PIN)

    def job(tx: Tx) -> None:
        drilling = [
            replace(each, pin_hash=given, failures=0, wait_seconds=0)
            for each in desk.store.operators()
        ]
        for each in drilling:
            tx.put_operator(each)
        if drilling:
            desk.note_in(tx, ev.OperatorsSealed(operators=tuple(map(sealed, drilling))))
        forget_breaks(tx)

    desk.store.transact(job)
    if desk.post.started_at is not None:
        stop_desk(desk, StopReason.LEFT)
    site = desk.site.site
    every, answer = round(site.presence.every * speed), round(site.presence.answer * speed)
    desk.site.site = replace(
        site,
        hide_minutes=round(site.hide_minutes * speed),
        presence=replace(site.presence, every=every, answer=answer),
    )
    return desk.store.last_seq()


def _drilled(desk: Desk, since: int, begun: datetime) -> Case | None:
    """The first emergency opened after ``since`` that was not called off."""
    level = emergency_level(desk.rules.procedure).id
    for line in desk.store.log(begun, None):
        event = line.entry.event
        if line.entry.seq <= since or not isinstance(event, ev.CaseOpened):
            continue
        case = desk.record(event.case).case
        if event.level == level and case.stage is not Stage.INVALID:
            return case
    return None


def held(
    desk: Desk, since: int, begun: datetime, speed: float, *, asked: str = "", real: bool = False
) -> DrillHeld | None:
    """What the drill came to; None where no emergency was opened in it.

    Args:
        desk: that of the copy.
        since: what ``prepare`` gave.
        begun: when the drill began (UTC).
        speed: of its clock.
        asked: the kind that was to be drilled; empty where the operator chose.
        real: whether a real call broke it off.
    """
    case = _drilled(desk, since, begun)
    if case is None:
        return None
    found = read_emergency(desk, case.id)
    return DrillHeld(
        at=begun,
        speed=speed,
        operator=desk.actor,
        kind=case.emergency_kind,
        steps=measured(case, found.entries, found.standing),
        silent=silent(case.calls),
        calls=len(case.calls),
        asked=asked,
        broken_off=real,
    )


def drills_before(desk: Desk) -> dict[str, DrillHeld]:
    """The last drill of each kind, as the record tells of it."""
    events = (entry.event for entry in desk.store.all_of("drill_held"))
    return {event.kind: event for event in events if isinstance(event, DrillHeld)}


def note_drill(desk: Desk, drill: DrillHeld, actor: str) -> None:
    """Write into the real record that a drill was held: the one thing that is kept of it.

    Raises:
        StoreError: it could not be written.
    """
    _note(desk.store, drill, actor)


def write_drill(database: Path, drill: DrillHeld, actor: str) -> None:
    """The same where no desk is open on the record here.

    Raises:
        StoreError: it could not be written.
    """
    store = Store.open(database)
    try:
        _note(store, drill, actor)
    finally:
        store.close()


def _note(store: Store, drill: DrillHeld, actor: str) -> None:
    def job(tx: Tx) -> None:
        now = WallClock().now()
        tx.append([PendingEntry(drill, now)], actor=actor, recorded_at=now)

    store.transact(job)
