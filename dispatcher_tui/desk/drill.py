"""演练: an emergency on a copy of the record, and what is told of it afterwards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from dispatcher_tui.desk.alive import stop_desk
from dispatcher_tui.desk.clock import WallClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency import read_emergency
from dispatcher_tui.desk.gap import forget_breaks
from dispatcher_tui.desk.operators import pin_hash
from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.case import Case, Happening
from dispatcher_tui.domain.drill import measured, silent
from dispatcher_tui.domain.terms import Stage
from dispatcher_tui.domain.triage import emergency_level
from dispatcher_tui.domain.watch_events import DrillHeld, StopReason
from dispatcher_tui.store.backup import copy_aside
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

SLOWEST, FASTEST = 1.0, 60.0
"""How many times as fast as time a drill's clock may run."""

PIN = "0000"
"""Everybody's PIN in a drill. With their own ones, copy after copy could be used to guess them."""

_COPY = "drill.sqlite3"


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
        for each in desk.store.operators():
            tx.put_operator(replace(each, pin_hash=given, failures=0, wait_seconds=0))
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


def held(desk: Desk, since: int, begun: datetime, speed: float) -> DrillHeld | None:
    """What the drill came to; None where no emergency was opened in it.

    Args:
        desk: that of the copy.
        since: what ``prepare`` gave.
        begun: when the drill began (UTC).
        speed: of its clock.
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
    )


def last_drill(desk: Desk) -> DrillHeld | None:
    """The drill before, as the record tells of it."""
    entry = desk.store.last_of("drill_held")
    return entry.event if entry is not None and isinstance(entry.event, DrillHeld) else None


def write_drill(database: Path, drill: DrillHeld, actor: str) -> None:
    """Write into the real record that a drill was held: the one thing that is kept of it.

    Raises:
        StoreError: it could not be written.
    """
    store = Store.open(database)
    try:
        now = WallClock().now()
        store.transact(lambda tx: tx.append([Happening(drill, now)], actor=actor, recorded_at=now))
    finally:
        store.close()
