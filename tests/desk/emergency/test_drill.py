"""A drill leaves the record as it was, but for the one entry that says it was held."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.bootstrap import drill_session, open_desk, open_session
from dispatcher_tui.cli.drill import reading_session
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency import drill
from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency, record_call
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.session import Session
from dispatcher_tui.desk.watch.outage import start_desk, unread
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.domain.record.watch_events import DrillHeld
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.paths import Paths
from dispatcher_tui.store.errors import NoSuchFile, ReadOnly, StoreError
from dispatcher_tui.store.store import Store
from tests.desk.on_watch import LI, WANG, day_watch, put
from tests.tui.support import SetClock

BEGUN = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
LEAK = Intake(place="3-2-1502", said="漏水")
HELD = DrillHeld(at=BEGUN, speed=60.0, operator="王芳", kind="fire", steps={"leader": 40}, calls=3)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A site whose desk was cut off this morning, with Wang Fang on watch."""
    desk = day_watch(tmp_path)
    start_desk(desk, None)
    put(desk, "2026-11-18 09:00")
    start_desk(desk, None)
    assert unread(desk)
    desk.open_case(LEAK)
    desk.store.close()
    return Paths(tmp_path / "site", tmp_path / "desk.sqlite3")


@contextmanager
def drilled(paths: Paths, folder: Path, speed: float = 1.0) -> Iterator[tuple[Desk, int]]:
    """The desk of a drill, ready, its clock in the test's hand."""
    folder.mkdir()
    with drill_session(paths, folder, speed) as session:
        since = asyncio.run(session.run_on_desk(lambda desk: drill.prepare(desk, speed)))
        yield session.desk, since


def contents(paths: Paths) -> tuple[str, int]:
    store = Store.open(paths.db, read_only=True)
    try:
        return store.head(), store.last_seq()
    finally:
        store.close()


def fire(desk: Desk) -> str:
    """An emergency with a leader told at the second try, and the captain told in between."""
    desk.clock = SetClock(BEGUN)
    case = open_emergency(desk, "fire")
    for seconds, role, outcome in (
        (20, "head", CallOutcome.NO_ANSWER),
        (30, "security_captain", CallOutcome.REACHED),
        (35, "vp", CallOutcome.REACHED),
    ):
        desk.clock.forward(seconds=seconds)
        targets = read_emergency(desk, case).targets
        target = next(each for each in targets if each.role == role)
        record_call(desk, case, target, target.name, target.phones[0], outcome)
    return case


def test_the_record_is_read_and_nothing_else(paths: Paths, tmp_path: Path) -> None:
    before = contents(paths)
    beside = {path.name for path in tmp_path.iterdir()} | {p.name for p in paths.site.iterdir()}
    with drilled(paths, tmp_path / "scratch") as (desk, since):
        fire(desk)
        assert desk.store.last_seq() > since > before[1]
        assert desk.store.path.parent == tmp_path / "scratch"
    assert contents(paths) == before
    now = {path.name for path in tmp_path.iterdir()} | {p.name for p in paths.site.iterdir()}
    assert now - beside <= {"scratch", "desk.sqlite3-wal", "desk.sqlite3-shm"}


def test_it_runs_beside_a_desk_at_work(paths: Paths, tmp_path: Path) -> None:
    with (
        open_session(paths) as real,
        drilled(paths, tmp_path / "scratch") as (desk, _since),
    ):
        number = fire(desk)
        assert not real.read_only
        asyncio.run(real.run_on_desk(lambda it: it.open_case(LEAK)))
        with pytest.raises(Refusal):
            asyncio.run(real.run_on_desk(lambda it: it.record(number)))


def test_the_one_on_watch_drills_and_everybody_signs_by_the_same_pin(
    paths: Paths, tmp_path: Path
) -> None:
    with drilled(paths, tmp_path / "scratch") as (desk, _since):
        assert desk.actor == WANG.name
        assert check_pin(desk, LI.name, drill.PIN).name == LI.name
        with pytest.raises(Refusal, match="pin_wrong"):
            check_pin(desk, WANG.name, WANG.pin)


def test_no_gap_is_to_be_read_and_minutes_without_a_key_stay_minutes(
    paths: Paths, tmp_path: Path
) -> None:
    with drilled(paths, tmp_path / "scratch", 60.0) as (desk, _since):
        assert unread(desk) == ()
        assert desk.scratch
        assert desk.site.site.hide_minutes == 0  # as the site has it
        assert desk.site.site.presence.answer == 5 * 60


def test_what_it_came_to(paths: Paths, tmp_path: Path) -> None:
    with drilled(paths, tmp_path / "scratch") as (desk, since):
        case = fire(desk)
        phone = read_emergency(desk, case).case.calls[0].phone
        found = drill.held(desk, since, BEGUN, 60.0)
        assert found is not None
        assert (found.kind, found.operator, found.calls) == ("fire", WANG.name, 3)
        told = {"first_told": 50, "goes_told": 50, "ours_told": 50, "group_first": 50}
        assert found.steps == {"kind": 0, "first_call": 20, "leader": 85, **told}
        assert (found.asked, found.broken_off) == ("", False)
        again = drill.held(desk, since, BEGUN, 60.0, asked="flood", real=True)
        assert again is not None
        assert (again.kind, again.asked, again.broken_off) == ("fire", "flood", True)
        assert found.silent == (f"陈志强 {phone}",)


def test_without_an_emergency_there_is_nothing_to_tell(paths: Paths, tmp_path: Path) -> None:
    with drilled(paths, tmp_path / "scratch") as (desk, since):
        desk.clock = SetClock(BEGUN)
        desk.open_case(LEAK)
        assert drill.held(desk, since, BEGUN, 1.0) is None
        case = open_emergency(desk, "")
        desk.perform(case, cmd.CallOff(reason="误按"))
        assert drill.held(desk, since, BEGUN, 1.0) is None


def test_one_before_the_drill_is_not_of_it(paths: Paths, tmp_path: Path) -> None:
    with drilled(paths, tmp_path / "scratch") as (desk, _since):
        fire(desk)
        later = desk.store.last_seq()
        assert drill.held(desk, later, BEGUN - timedelta(days=1), 1.0) is None


def test_one_entry_is_written_and_the_next_drill_of_the_kind_knows_it(
    paths: Paths, tmp_path: Path
) -> None:
    rows = contents(paths)[1]
    flood = replace(HELD, kind="flood", steps={"leader": 7}, broken_off=True)
    for one in (replace(HELD, steps={"leader": 99}), flood, HELD):
        drill.write_drill(paths.db, one, "cli:li")
    assert contents(paths)[1] == rows + 3
    store = Store.open(paths.db, read_only=True)
    try:
        assert Record(store, SetClock()).verify(None).sound
    finally:
        store.close()
    with drilled(paths, tmp_path / "scratch") as (desk, _since):
        assert drill.drills_before(desk) == {"fire": HELD, "flood": flood}


def test_an_entry_of_an_older_version_is_read_as_it_was() -> None:
    body = b'{"at":"2026-11-21T14:47:00Z","speed":60.0,"operator":"\xe7\x8e\x8b","kind":"fire"}'
    found = decode("drill_held", body)
    assert isinstance(found, DrillHeld)
    assert (found.kind, found.asked, found.broken_off) == ("fire", "", False)


@pytest.fixture
def reading(paths: Paths) -> Iterator[Session]:
    """The real record behind a drill."""
    with reading_session(paths) as real:
        yield real


def look(real: Session, arrivals: drill.RealArrivals) -> list[str]:
    return [line.number for line in asyncio.run(real.run_on_desk(arrivals.look))]


def test_what_is_opened_in_the_real_record_is_told_once(paths: Paths, reading: Session) -> None:
    seen = asyncio.run(reading.run_on_desk(lambda desk: desk.store.last_seq()))
    arrivals = drill.RealArrivals(seen)
    assert look(reading, arrivals) == []
    with open_desk(paths) as other:
        first = other.open_case(LEAK).case
        assert look(reading, arrivals) == [first.number]
        assert look(reading, arrivals) == []
        other.perform(first.id, cmd.AddNote(text="还在漏"))
        assert look(reading, arrivals) == []
        fire = other.open_emergency("fire").case
        second = other.open_case(LEAK).case
    assert look(reading, arrivals) == [fire.number, second.number]


def test_what_came_in_before_the_first_look_is_told(paths: Paths, reading: Session) -> None:
    seen = asyncio.run(reading.run_on_desk(lambda desk: desk.store.last_seq()))
    with open_desk(paths) as other:
        number = other.open_case(LEAK).case.number
    assert look(reading, drill.RealArrivals(seen)) == [number]


def test_nothing_is_read_while_nothing_is_written(
    reading: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = drill.RealArrivals(0)
    assert look(reading, arrivals)
    for read in ("last_seq", "opened_after"):
        monkeypatch.setattr(Store, read, lambda *_given: pytest.fail("it was read"))
    assert look(reading, arrivals) == []


def test_a_real_emergency_refuses_the_drill_until_it_is_stood_down(
    paths: Paths, reading: Session
) -> None:
    asyncio.run(reading.run_on_desk(drill.refuse_while_real))
    with open_desk(paths) as other:
        case = other.open_emergency("fire").case
        with pytest.raises(Refusal, match="drill_while_held") as told:
            asyncio.run(reading.run_on_desk(drill.refuse_while_real))
        assert told.value.detail["number"] == case.number
        other.perform(case.id, cmd.StandDown(note="已处置", why="没打通"))
    assert asyncio.run(reading.run_on_desk(drill.refuse_while_real))


def test_the_real_record_is_only_read(paths: Paths, reading: Session) -> None:
    with pytest.raises(ReadOnly):
        asyncio.run(reading.run_on_desk(lambda desk: desk.open_case(LEAK)))


@pytest.mark.parametrize("text", ["fire", "1", "１", "起火", "Fire", " FIRE "])
def test_a_kind_is_found_by_id_key_and_name(reading: Session, text: str) -> None:
    found = drill.find_kind(reading.desk, text)
    assert found is not None
    assert found.id == "fire"


@pytest.mark.parametrize("text", ["", " ", "fir", "0", "起火了"])
def test_no_other_word_is_a_kind(reading: Session, text: str) -> None:
    assert drill.find_kind(reading.desk, text) is None


def test_no_record_no_drill(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        drill.scratch_copy(tmp_path / "desk.sqlite3", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_cannot_be_written_says_so(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> Store:
        raise ReadOnly(str(paths.db))

    before = contents(paths)
    monkeypatch.setattr(Store, "open", refuse)
    with pytest.raises(StoreError):
        drill.write_drill(paths.db, HELD, "cli:li")
    monkeypatch.undo()
    assert contents(paths) == before
