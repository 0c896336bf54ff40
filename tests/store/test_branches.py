"""Whose record a file is, and how it goes on from a copy: exactly, or at the next full hundred."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import LogNoted, NoteAdded, Restored
from dispatcher_tui.store.backup import backup
from dispatcher_tui.store.errors import OtherRecord
from dispatcher_tui.store.restore import LEAST_TYPED, Begun, Restoration, next_hundred, restore
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, DAY, add, duties_of, filled, fold, new_store, opened, write

ZONE = ZoneInfo("Asia/Shanghai")
NEXT_DAY = datetime(2026, 11, 22, 1, tzinfo=UTC)


def copy_of(store: Store, path: Path) -> Path:
    """A proved copy."""
    return backup(store.path, path, now=AT, fold=fold, duties_of=duties_of).path


def go_on(source: Path, dest: Path, now: datetime = NEXT_DAY, identity: str = "") -> Restoration:
    """Go on from a copy as the desk does."""

    def begin(tx: Tx, begun: Begun) -> None:
        event = Restored(
            source=source.name, head=begun.head, numbers=begun.numbers, exact=begun.exact
        )
        tx.append([PendingEntry(event, now)], actor="李敏", recorded_at=now)

    return restore(
        source,
        dest,
        owner="李敏",
        now=now,
        fold=fold,
        duties_of=duties_of,
        zone=ZONE,
        identity=identity,
        begin=begin,
    )


def numbers(path: Path, *days: int) -> list[str]:
    """The number that the next case of each day from DAY on would have."""
    store = Store.open(path, ballast=0)
    with store.write() as tx:
        found = [tx.next_number(DAY + timedelta(days=n)) for n in days]
    store.close()
    return found


def test_a_record_is_known_by_its_first_entry_alone(store: Store, tmp_path: Path) -> None:
    assert (store.record_hash(), store.branch_hash()) == ("", "")
    with store.write() as tx:
        write(tx, LogNoted(text="the same words"))
    first = store.record_hash()
    assert first == store.head()
    filled(store, 2)
    assert store.record_hash() == first
    other = new_store(tmp_path, "other.sqlite3")
    with other.write() as tx:
        write(tx, LogNoted(text="the same words"))
    assert other.record_hash() != first
    other.close()


@pytest.mark.parametrize(("last", "before"), [(0, 99), (98, 99), (99, 199), (100, 199), (198, 199)])
def test_the_next_full_hundred(last: int, before: int) -> None:
    assert next_hundred(last) == before


@pytest.mark.parametrize("damage", [None, b"", b"no database"])
def test_without_the_old_file_it_goes_on_at_the_next_full_hundred(
    store: Store, tmp_path: Path, damage: bytes | None
) -> None:
    filled(store, 2)
    copy = copy_of(store, tmp_path / "copy")
    store.close()
    dest = tmp_path / "dest.sqlite3"
    if damage is not None:
        dest.write_bytes(damage)
    done = go_on(copy, dest)
    assert done.exact is False
    found = numbers(dest, -2, -1, 0, 1, 2)
    assert found == ["261119-01", "261120-100", "261121-100", "261122-100", "261123-01"]
    with_case = Store.open(dest, ballast=0)
    with with_case.write() as tx:
        assert opened(tx, "after", verbatim="x").number == "261121-100"
        assert opened(tx, "then", verbatim="x").number == "261121-101"
    assert verify(with_case, fold=fold, duties_of=duties_of).sound
    (entry,) = with_case.all_of("restored")
    assert isinstance(entry.event, Restored)
    assert entry.event.numbers == {f"number:26112{n}-": 99 for n in (0, 1, 2)}
    with_case.close()


def test_the_days_are_those_of_the_sites_zone(store: Store, tmp_path: Path) -> None:
    filled(store, 1)  # at 22:47 there
    copy = copy_of(store, tmp_path / "copy")
    store.close()
    midnight = datetime(2026, 11, 21, 16, tzinfo=UTC)
    for now, following in ((midnight - timedelta(seconds=1), "01"), (midnight, "100")):
        dest = tmp_path / f"dest-{following}.sqlite3"
        go_on(copy, dest, now)
        assert numbers(dest, 0, 1) == ["261121-100", f"261122-{following}"]


def test_with_the_old_file_it_goes_on_exactly(store: Store, tmp_path: Path) -> None:
    filled(store, 2)
    copy = copy_of(store, tmp_path / "copy")
    with store.write() as tx:
        opened(tx, "lost", verbatim="x")
    store.close()
    done = go_on(copy, store.path)
    assert done.exact
    assert numbers(store.path, -1, 0, 1) == ["261120-01", "261121-04", "261122-01"]
    again = go_on(copy, store.path)
    assert again.exact
    assert numbers(store.path, 0) == ["261121-04"], "what was spent before is spent for good"


def test_a_file_that_never_came_from_the_copy_tells_only_what_it_gave_out(
    store: Store, tmp_path: Path
) -> None:
    filled(store, 1)
    early = copy_of(store, tmp_path / "early")
    add(store, "case-0", NoteAdded(case="case-0", text="x"))
    late = copy_of(store, tmp_path / "late")
    store.close()
    dest = tmp_path / "dest.sqlite3"
    go_on(early, dest)
    assert go_on(late, dest).exact is False
    assert numbers(dest, 0) == ["261121-100"]


def test_two_branches_of_one_copy_are_told_apart(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    copy = copy_of(store, tmp_path / "copy")
    found = []
    for name in ("one.sqlite3", "two.sqlite3"):
        go_on(copy, tmp_path / name)
        branch = Store.open(tmp_path / name, read_only=True)
        assert branch.identity.epoch == 2
        assert branch.record_hash() == store.record_hash()
        assert branch.branch_hash() == branch.head()
        found.append(branch.branch_hash())
        branch.close()
    assert found[0] != found[1]
    store.close()


def test_another_record_is_gone_on_from_only_where_it_is_named(tmp_path: Path) -> None:
    mine, other = new_store(tmp_path, "mine.sqlite3"), new_store(tmp_path, "other.sqlite3")
    filled(mine, 3)
    filled(other, 1)
    copy = copy_of(other, tmp_path / "copy")
    identity, head = other.record_hash(), mine.head()
    mine.close()
    other.close()
    for typed in ("", identity[: LEAST_TYPED - 1], "f" * 64, head, f"{identity}0"):
        with pytest.raises(OtherRecord) as refused:
            go_on(copy, mine.path, identity=typed)
        assert refused.value.detail == identity
    untouched = Store.open(mine.path, read_only=True)
    assert untouched.head() == head
    untouched.close()
    assert list(tmp_path.glob("*.replaced-*")) == []
    done = go_on(copy, mine.path, identity=identity[:LEAST_TYPED])
    assert done.exact is False
    assert done.replaced is not None
    assert numbers(mine.path, 0) == ["261121-100"]


def test_ones_own_copy_is_refused_where_another_record_was_typed(tmp_path: Path) -> None:
    mine = new_store(tmp_path, "mine.sqlite3")
    filled(mine, 2)
    copy = copy_of(mine, tmp_path / "copy")
    identity, head = mine.record_hash(), mine.head()
    mine.close()
    for typed in (identity[: LEAST_TYPED - 1], "f" * 64, f"{identity}0"):
        with pytest.raises(OtherRecord) as refused:
            go_on(copy, mine.path, identity=typed)
        assert refused.value.detail == identity
    untouched = Store.open(mine.path, read_only=True)
    assert untouched.head() == head
    untouched.close()
    done = go_on(copy, mine.path, identity=identity)
    assert done.exact is True, "named or not, its own numbers go on"


def test_a_branch_and_its_counters_are_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, 1)
    copy = copy_of(store, tmp_path / "copy")
    head = store.head()
    store.close()

    def fail(*_given: object, **_named: object) -> list[object]:
        raise OSError("cut")

    monkeypatch.setattr(Tx, "append", fail)
    with pytest.raises(OSError):
        go_on(copy, store.path)
    untouched = Store.open(store.path, ballast=0)
    assert (untouched.head(), untouched.identity.epoch) == (head, 1)
    untouched.close()
    assert list(tmp_path.glob(".*.part")) == []
