"""A clock that was set back is written down by whoever writes next, and is never a fault."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.watch_events import ClockJumped, DeskStarted
from dispatcher_tui.domain.time.clocks import TOLERANCE
from dispatcher_tui.domain.words.people import NOBODY
from dispatcher_tui.store import tx as writing
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, new_store, opened, write


def kinds(store: Store) -> list[str]:
    """The kinds of all entries, in order."""
    return [row[0] for row in store.db.all("SELECT kind FROM journal ORDER BY seq")]


def note(store: Store, at: datetime, text: str = "x") -> int:
    """A line recorded then; gives its seq."""
    with store.write() as tx:
        return write(tx, LogNoted(text=text), at).seq


def test_the_next_write_says_so_first_and_is_given_back_alone(store: Store) -> None:
    note(store, AT)
    back = AT - timedelta(hours=2)
    assert note(store, back) == 3
    assert kinds(store) == ["log_noted", "clock_jumped", "log_noted"]
    jump = store.entry(2)
    assert jump is not None
    assert jump.event == ClockJumped(before=AT, after=back, seconds=-7200.0)
    assert (jump.actor, jump.recorded_at) == (NOBODY, back), "no person's act"
    assert note(store, back + timedelta(seconds=1)) == 4, "it is said once"
    verdict = verify(store)
    assert (verdict.sound, verdict.notes) == (True, ())


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.0, False), (TOLERANCE, False), (TOLERANCE + 1e-6, True), (-1.0, False)],
)
def test_it_takes_more_than_two_seconds(store: Store, seconds: float, told: bool) -> None:
    note(store, AT)
    note(store, AT - timedelta(seconds=seconds))
    assert ("clock_jumped" in kinds(store)) is told
    assert verify(store).notes == ()


def test_a_case_is_opened_all_the_same_and_a_late_entry_is_none(store: Store) -> None:
    note(store, AT)
    with store.write() as tx:
        late = PendingEntry(LogNoted(text="late"), AT - timedelta(hours=5))
        tx.append([late], actor="李敏", recorded_at=AT)
    assert "clock_jumped" not in kinds(store)
    with store.write() as tx:
        case = opened(tx, "c", AT - timedelta(hours=1))
    assert kinds(store)[-2:] == ["clock_jumped", "case_opened"]
    found = store.case(case.id)
    assert found is not None
    assert [entry.event.case for entry in store.entries("c")] == ["c"]  # type: ignore[attr-defined]


def test_who_says_it_himself_says_it_once(store: Store) -> None:
    note(store, AT)
    back = AT - timedelta(hours=2)
    jump = ClockJumped(before=AT, after=back, seconds=-7200.0)
    with store.write() as tx:
        both = [PendingEntry(DeskStarted(), back), PendingEntry(jump, back)]
        tx.append(both, actor="李敏", recorded_at=back)
    assert kinds(store) == ["log_noted", "desk_started", "clock_jumped"]
    assert verify(store).notes == ()


def test_two_processes_each_with_its_own_clock(store: Store) -> None:
    other = Store.open(store.path, ballast=0)
    note(store, AT)
    note(other, AT - timedelta(hours=2))
    note(store, AT + timedelta(minutes=1))
    note(other, AT - timedelta(hours=2) + timedelta(minutes=1))
    assert kinds(store).count("clock_jumped") == 2
    assert (verify(store).sound, verify(store).notes) == (True, ())
    other.close()


def test_an_older_record_that_goes_back_is_noted_and_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_clock_set_back", lambda *_given: ())
    store = new_store(tmp_path)
    for at in (AT, AT - timedelta(hours=2), AT, AT - timedelta(seconds=3)):
        note(store, at)
    verdict = verify(store)
    assert verdict.sound
    assert [(n.code, n.seq, n.detail) for n in verdict.notes] == [
        ("clock_back", 2, "7200"),
        ("clock_back", 4, "3"),
    ]
    store.close()
