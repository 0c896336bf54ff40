"""The record takes additions only, in order, and every entry proves itself."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import CaseOpened, LogNoted, NoteAdded
from dispatcher_tui.store import chain
from dispatcher_tui.store.errors import Refused
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.stored_times import iso, micros, moment, parse
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, CALENDAR, DAY, PROCEDURE, filled, opened, reopened, undone, write

_COLUMNS = ", ".join(chain.COLUMNS)
_MOMENTS = st.integers(0, 8_000_000_000_000_000).map(moment)


def _row(store: Store, seq: int) -> tuple[object, ...]:
    row = store.db.first(f"SELECT {_COLUMNS} FROM journal WHERE seq = ?", (seq,))
    assert row is not None
    return row


def test_columns_are_the_contract(store: Store) -> None:
    names = [row[1] for row in store.db.all("PRAGMA table_info(journal)")]
    assert tuple(names) == chain.COLUMNS


def test_an_auditor_can_prove_an_entry_by_hand(store: Store) -> None:
    with store.write() as tx:
        write(tx, LogNoted(text="问：几点关门？\n答"))
        write(tx, LogNoted(text="second"))
    first, second = _row(store, 1), _row(store, 2)
    for row in (first, second):
        values = [row[-2], *row[:-2]]
        raw = b"".join(b"%d:%b," % (len(v), v) for v in (str(x).encode() for x in values))
        assert hashlib.sha256(raw).hexdigest() == row[-1]
    assert first[-2] == "0" * 64
    assert second[-2] == first[-1]
    assert store.head() == second[-1]


def test_times_are_utc_with_microseconds(store: Store) -> None:
    local = datetime(2026, 11, 21, 22, 47, 12, 5, tzinfo=timezone(timedelta(hours=8)))
    with store.write() as tx:
        write(tx, LogNoted(text="x"), local)
    assert _row(store, 1)[5] == "2026-11-21T14:47:12.000005Z"
    assert store.log(None, None)[0].entry.occurred_at == local


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        iso(datetime(2026, 1, 1))  # noqa: DTZ001


@given(_MOMENTS)
def test_moments_survive(at: datetime) -> None:
    assert parse(iso(at)) == at
    assert moment(micros(at)) == at


@given(_MOMENTS, _MOMENTS)
def test_ids_are_uuids_of_version_7_and_sort_by_time(a: datetime, b: datetime) -> None:
    early, late = sorted((a, b))
    first, second = chain.entry_id(early), chain.entry_id(late)
    assert len(first) == 36
    assert first[14] == "7"
    assert first[19] in "89ab"
    if micros(late) > micros(early):
        assert first < second


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    actor=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_any_text_is_kept_and_proved(store: Store, text: str, actor: str) -> None:
    with store.write() as tx:
        entry = write(tx, LogNoted(text=text), actor=actor)
    kept = store.log(None, None, 1)[0].entry
    assert kept == entry
    assert verify(store, deep=False).sound


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET actor = 'x' WHERE seq = 2",
        "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal",
        f"INSERT OR REPLACE INTO journal ({_COLUMNS}) SELECT {_COLUMNS} FROM journal WHERE seq=2",
        f"INSERT OR IGNORE INTO journal ({_COLUMNS}) SELECT {_COLUMNS} FROM journal WHERE seq=2",
        (
            f"INSERT INTO journal ({_COLUMNS}) SELECT {_COLUMNS} FROM journal WHERE seq = 2"
            " ON CONFLICT DO UPDATE SET actor = 'x'"
        ),
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_nothing_written_is_changed(store: Store, sql: str, recursive: str) -> None:
    filled(store, 2)
    before = store.db.all("SELECT * FROM journal")
    store.db.run(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(Refused):
        store.db.run(sql)
    assert store.db.all("SELECT * FROM journal") == before


def _insert(store: Store, **changes: object) -> None:
    seq, head = store.rows(), store.head()
    values: dict[str, object] = {
        "seq": seq + 1,
        "id": chain.entry_id(AT),
        "site": "s",
        "desk": "A",
        "epoch": 1,
        "occurred_at": iso(AT),
        "recorded_at": iso(AT),
        "actor": "x",
        "cosigner": "",
        "kind": "log_noted",
        "schema": 1,
        "body": '{"text":"x"}',
        "prev": head,
        "hash": "f" * 64,
    } | changes
    marks = ", ".join("?" * len(values))
    store.db.run(f"INSERT INTO journal ({', '.join(values)}) VALUES ({marks})", [*values.values()])


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 7},
        {"seq": 1},
        {"seq": 0},
        {"seq": None},
        {"seq": -1},
        {"prev": "0" * 64},
        {"prev": "F" * 64},
        {"hash": "short"},
        {"hash": "G" * 64},
        {"actor": ""},
        {"site": ""},
        {"desk": ""},
        {"kind": ""},
        {"epoch": 0},
        {"schema": 0},
        {"epoch": "one"},
        {"body": "not json"},
        {"body": b"\xff"},
        {"id": "short"},
        {"occurred_at": "2026-11-21 14:47:12"},
        {"recorded_at": "2026-11-21T14:47:12Z"},
        {"cosigner": None},
        {"kind": "closed_final", "body": '{"case":"case-1"}'},
        {"kind": "closed_final", "body": "{}"},
    ],
)
def test_what_is_no_entry_is_refused(store: Store, changes: dict[str, object]) -> None:
    filled(store, 2)
    rows = store.rows()
    with pytest.raises(Refused):
        _insert(store, **changes)
    assert store.rows() == rows
    _insert(store)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_an_id_or_a_number_is_not_replaced(store: Store, recursive: str) -> None:
    filled(store, 2)
    store.db.run(f"PRAGMA recursive_triggers = {recursive}")
    known = str(_row(store, 1)[1])
    with pytest.raises(Refused):
        _insert(store, id=known)
    before = store.db.all("SELECT * FROM journal")
    values = {"kind": "case_opened", "body": '{"case":"other","number":"261121-01"}'}
    with pytest.raises(Refused):
        _insert(store, **values)
    for name, value in (("id", known), ("body", values["body"])):
        columns = [c for c in chain.COLUMNS if c not in ("seq", "prev", name, "kind")]
        with pytest.raises(Refused):
            store.db.run(
                f"INSERT OR REPLACE INTO journal (seq, prev, {name}, kind, {', '.join(columns)})"
                f" SELECT ?, ?, ?, 'case_opened', {', '.join(columns)} FROM journal WHERE seq = 3",
                (store.rows() + 1, store.head(), value),
            )
    assert store.db.all("SELECT * FROM journal") == before


def test_leaving_with_an_exception_keeps_nothing(store: Store) -> None:
    filled(store, 1)
    rows = store.rows()
    with undone(store) as tx:
        opened(tx, "other")
        assert tx.case("other") is not None
    assert store.rows() == rows
    assert store.case("other") is None
    with store.write() as tx:
        assert tx.next_number(DAY) == "261121-02"


def test_happenings_of_one_command_are_one(store: Store) -> None:
    with store.write() as tx:
        both = [PendingEntry(LogNoted(text=str(n)), AT) for n in range(3)]
        entries = tx.append(both, actor="a", cosigner="b", recorded_at=AT + timedelta(seconds=1))
    assert [e.seq for e in entries] == [1, 2, 3]
    assert [line.entry for line in store.log(None, None)] == entries
    assert entries[0].cosigner == "b"


def test_numbers_are_given_once_and_grow_wider(store: Store) -> None:
    with store.write() as tx:
        numbers = [opened(tx, f"c{n}").number for n in range(103)]
        assert opened(tx, "next day", day=date(2026, 11, 22)).number == "261122-01"
        assert opened(tx, "late").number == "261121-104"
    assert numbers[0] == "261121-01"
    assert numbers[98:102] == ["261121-99", "261121-100", "261121-101", "261121-102"]
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([98, 99, 100, 998, 999, 1000, 9998, 9999, 10000]), st.dates())
def test_numbers_around_each_width(store: Store, last: int, day: date) -> None:
    with undone(store) as tx:
        stem = day.strftime("%y%m%d-")
        known = ["99", "999", "9999"]
        for number in [k for k in known if int(k) < last] + [f"{last:02d}"]:
            event = CaseOpened(
                case=number,
                number=stem + number,
                procedure=PROCEDURE,
                calendar=CALENDAR,
                received_at=AT,
                level="o",
                level_rule="r",
            )
            write(tx, event)
        assert tx.next_number(day) == f"{stem}{last + 1:02d}"


def test_slips_count_by_prefix(store: Store) -> None:
    with store.write() as tx:
        assert [tx.next_slip("F", 6) for _ in range(2)] == ["F000001", "F000002"]
        assert tx.next_slip("G", 3) == "G001"
    store = reopened(store)
    with store.write() as tx:
        assert tx.next_slip("F", 6) == "F000003"
    store.close()


def test_the_log_is_by_when_it_occurred(store: Store) -> None:
    with store.write() as tx:
        case = opened(tx, "c", AT)
        late = PendingEntry(NoteAdded(case="c", text="late entry"), AT - timedelta(hours=1))
        tx.append([late], actor="李敏", recorded_at=AT)
        write(tx, LogNoted(text="no case"), AT + timedelta(hours=1))
    lines = store.log(None, None)
    assert [line.entry.seq for line in lines] == [2, 1, 3]
    assert [line.number for line in lines] == [case.number, case.number, ""]
    assert [x.entry.seq for x in store.log(AT, AT + timedelta(hours=1))] == [1]
    assert [x.entry.seq for x in store.log(None, None, 2)] == [1, 3]
