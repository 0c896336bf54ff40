"""What every test of an alarm panel needs: the panel sounds, and what came of it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.panel import Alarmed, take_alarm
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import Channel, Fact
from tests.desk.on_watch import clock_of
from tests.domain.support import local

AT = local("2026-11-18 09:00")
FIRE = Intake(
    place="9-2-0503", said="5层 烟感 3-12", facts=(Fact.FIRE,), channel=Channel.PANEL, panel="2号"
)


def sound(desk: Desk, at: datetime | None = None, **other: object) -> Alarmed:
    """The panel sounds at a moment, now if none is given."""
    if at is not None:
        clock_of(desk).at = at
    return take_alarm(desk, replace(FIRE, **other))


def number(found: Alarmed) -> str:
    """Of the case that the alarm opened or was counted on."""
    assert found.done is not None
    return found.done.case.number


def verdict(desk: Desk) -> bool:
    """Whether the record is what its entries say."""
    return Record(desk.store, desk.clock).verify(None).sound


def stood_down(desk: Desk, key: str) -> None:
    """Somebody says that it is over."""
    desk.perform(key, cmd.StandDown(note="巡逻: 无烟", why="无人可派"))


def kinds(desk: Desk, *wanted: type[ev.Event]) -> list[Entry]:
    """The entries of these kinds, in order."""
    told = [line.entry for line in desk.store.log(None, None)]
    return [entry for entry in told if isinstance(entry.event, wanted)]
