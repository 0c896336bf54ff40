"""The calls of three months kept in memory: at every moment what the record itself would tell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.desk.emergency.call_history import LOOK_BACK, MARGIN, STRETCH, CallHistory
from dispatcher_tui.desk.emergency.reachability import tries
from dispatcher_tui.domain.emergency.reachability import Number, ledger
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import CallTried, NoteAdded, TakenBack
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from tests.store.build import new_store

AT = datetime.fromisoformat("2026-11-21T14:47:12+00:00")
ZONE, ELSEWHERE = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
INSTANT = timedelta(microseconds=1)
Key = tuple[str, str]


class Counting(Store):
    """A store that counts the entries it reads."""

    read = 0

    def calls_made(self, since: datetime, until: datetime) -> Iterator:  # type: ignore[type-arg]
        for entry in super().calls_made(since, until):
            self.read += 1
            yield entry

    def calls_after(self, seq: int) -> Iterator:  # type: ignore[type-arg]
        for entry in super().calls_after(seq):
            self.read += 1
            yield entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counting]:
    new_store(tmp_path).close()
    made = Counting.open(tmp_path / "desk.sqlite3", ballast=0)
    assert isinstance(made, Counting)
    yield made
    made.close()


def call(
    store: Store,
    at: datetime,
    phone: str = "1",
    outcome: CallOutcome = CallOutcome.REACHED,
    *,
    name: str = "CHEN",
    incoming: bool = False,
) -> None:
    """One try on the record; its case is of no matter here."""
    event = CallTried(
        case="x", person="chen", name=name, phone=phone, outcome=outcome, incoming=incoming
    )
    with store.write() as tx:
        tx.append([PendingEntry(event, at)], actor="李敏", recorded_at=AT)


def told(store: Store, now: datetime, zone: ZoneInfo = ZONE) -> dict[Key, Number]:
    """What the record tells, read anew."""
    return ledger(tries(store, now - LOOK_BACK, now), zone)


def made(numbers: dict[Key, Number]) -> int:
    """How many tries were counted."""
    return sum(number.made for number in numbers.values())


def test_what_was_read_is_not_read_again(store: Counting) -> None:
    history = CallHistory(store)
    for n in range(20):
        call(store, AT - timedelta(days=n))
    assert history.known(AT, ZONE) == told(store, AT)
    store.read = 0
    assert made(history.known(AT, ZONE)) == 19  # the one of this instant is not over yet
    call(store, AT)
    assert made(history.known(AT + INSTANT, ZONE)) == 21
    assert store.read == 1


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (AT - LOOK_BACK - INSTANT, 0),
        (AT - LOOK_BACK, 1),
        (AT - INSTANT, 1),
        (AT, 0),
    ],
)
def test_three_months_to_the_instant(store: Counting, at: datetime, count: int) -> None:
    before = CallHistory(store)
    assert before.known(AT, ZONE) == {}
    call(store, at)
    assert made(before.known(AT, ZONE)) == count
    assert made(CallHistory(store).known(AT, ZONE)) == count


def test_a_call_leaves_as_time_goes_on(store: Counting) -> None:
    history = CallHistory(store)
    call(store, AT, outcome=CallOutcome.REACHED, name="CHEN")
    call(store, AT + timedelta(hours=1), outcome=CallOutcome.BUSY, name="CHEN L.")
    later = AT + timedelta(hours=2)
    assert made(history.known(later, ZONE)) == 2
    assert made(history.known(AT + LOOK_BACK, ZONE)) == 2
    left = history.known(AT + LOOK_BACK + INSTANT, ZONE)
    assert left == told(store, AT + LOOK_BACK + INSTANT)
    assert (left["chen", "1"].last_answered, left["chen", "1"].busy) == (None, 1)
    assert history.known(AT + timedelta(hours=1) + LOOK_BACK + INSTANT, ZONE) == {}


def test_it_is_read_a_stretch_at_a_time(store: Counting) -> None:
    for n in range(400):
        call(store, AT - timedelta(hours=6 * n))
    call(store, AT + timedelta(days=2))
    history, most = CallHistory(store), 0
    while history.prepare(AT):
        most, store.read = max(most, store.read), 0
    assert 0 < most <= STRETCH / timedelta(hours=6) + 2
    call(store, AT - timedelta(days=80))
    known = history.known(AT, ZONE)
    assert store.read == 1
    assert known == told(store, AT)
    assert not history.prepare(AT)


@pytest.mark.parametrize("back", [INSTANT, timedelta(hours=3), MARGIN, MARGIN + INSTANT, LOOK_BACK])
def test_a_clock_set_back_has_the_calls_of_then(store: Counting, back: timedelta) -> None:
    for n in range(200):
        call(store, AT - timedelta(hours=23 * n))
    history = CallHistory(store)
    history.known(AT, ZONE)
    store.read = 0
    assert history.known(AT - back, ZONE) == told(store, AT - back)
    again = store.read - made(told(store, AT - back))
    assert (again > 0) is (back > MARGIN)
    assert history.known(AT, ZONE) == told(store, AT)


def test_a_call_of_another_process_counts(store: Counting) -> None:
    history = CallHistory(store)
    history.known(AT, ZONE)
    other = Store.open(store.path, ballast=0)
    call(other, AT - timedelta(days=3))
    other.close()
    assert made(history.known(AT, ZONE)) == 1


def test_a_call_that_was_undone_does_not(store: Counting) -> None:
    call(store, AT - timedelta(days=1))
    history = CallHistory(store)

    def undone(_tx: Tx) -> None:
        call(store, AT - timedelta(days=2), phone="2")
        assert set(history.known(AT, ZONE)) == {("chen", "1"), ("chen", "2")}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(undone)
    assert set(history.known(AT, ZONE)) == {("chen", "1")}


def test_a_file_put_back_is_read_anew(tmp_path: Path, store: Counting) -> None:
    for phone in "123":
        call(store, AT - timedelta(days=1), phone=phone)
    history = CallHistory(store)
    history.known(AT, ZONE)
    folder = tmp_path / "copy"
    folder.mkdir()
    copy = new_store(folder)
    for phone in "456":
        call(copy, AT - timedelta(days=1), phone=phone)
    history._store = copy
    assert history.known(AT, ZONE) == told(copy, AT)
    assert {phone for _who, phone in history.known(AT, ZONE)} == set("456")
    copy.close()


def test_the_hours_are_those_of_the_calendar_in_force(store: Counting) -> None:
    call(store, AT - timedelta(hours=1))
    history = CallHistory(store)
    assert history.known(AT, ZONE) != history.known(AT, ELSEWHERE)
    assert history.known(AT, ELSEWHERE) == told(store, AT, ELSEWHERE)


def test_it_is_what_the_record_tells_whatever_happens(store: Counting) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    history, now = CallHistory(store), AT
    steps = [timedelta(0), INSTANT, *(timedelta(hours=h) for h in (1, 30, 24 * 20, 24 * 100))]
    for _ in range(300):
        for _call in range(chance.randrange(4)):
            ago = chance.uniform(-3, 120) * timedelta(days=1)
            outcome, phone = chance.choice(list(CallOutcome)), chance.choice(["", *"12345"])
            name, incoming = chance.choice(["CHEN", "CHEN L."]), chance.random() < 0.1
            call(store, now - ago, phone, outcome, name=name, incoming=incoming)
        if chance.random() < 0.2:
            note = NoteAdded(case="x", text="-")
            with store.write() as tx:
                tx.append([PendingEntry(note, now)], actor="李敏", recorded_at=AT)
        now += chance.choice(steps) * chance.choice([1, 1, 1, -1])
        if chance.random() < 0.2:
            history = CallHistory(store)
        if chance.random() < 0.3:
            history.prepare(now + chance.choice(steps))
        assert history.known(now, ZONE) == told(store, now)


@pytest.mark.parametrize("read_before", [True, False])
def test_a_call_that_was_taken_back_tells_of_no_number(
    store: Counting, *, read_before: bool
) -> None:
    history, later = CallHistory(store), AT + timedelta(minutes=2)
    call(store, AT - timedelta(days=1), outcome=CallOutcome.OFF)
    call(store, AT, outcome=CallOutcome.OFF)
    void = store.last_seq()
    call(store, AT, phone="2")
    if read_before:
        assert made(history.known(later, ZONE)) == 3
    with store.write() as tx:
        back = PendingEntry(TakenBack(case="x", of=(void,)), AT + timedelta(minutes=1))
        tx.append([back], actor="李敏", recorded_at=later)
    known = history.known(later, ZONE)
    assert {key: number.made for key, number in known.items()} == {
        ("chen", "1"): 1,
        ("chen", "2"): 1,
    }
    assert known == told(store, later)
    call(store, AT + timedelta(minutes=1), outcome=CallOutcome.OFF)
    assert history.known(later, ZONE) == told(store, later), "it is counted on from there"
