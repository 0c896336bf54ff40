"""Several threads and processes, and processes that die."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import ClosedFinal, LogNoted
from dispatcher_tui.store.db import WAITS, Args, Db
from dispatcher_tui.store.errors import Busy, Closed, Owned, Refused
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.owner import OwnerThread
from dispatcher_tui.store.sqlite import Cursor
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import add, duties_of, filled, fold, new_store, papers, write

ROOT = Path(__file__).parents[2]


def _start(code: str, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *args],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


_WRITER = """
    import sys
    from pathlib import Path
    from dispatcher_tui.store.store import Store
    from tests.store.build import opened
    store = Store.open(Path(sys.argv[1]), ballast=0)
    name, count = sys.argv[2], int(sys.argv[3])
    for index in range(count):
        with store.write() as tx:
            case = opened(tx, f"{name}-{index}", verbatim="漏水")
        print(case.number, flush=True)
    store.close()
"""


@pytest.mark.parametrize("free_at", [1, WAITS, WAITS + 1])
def test_who_is_passed_over_waits_for_the_file_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_at: int
) -> None:
    store, begun = new_store(tmp_path), 0
    store.db.run("PRAGMA busy_timeout=1")
    other, plain = Db.connect(store.path), Db.run
    other.run("BEGIN IMMEDIATE")

    def run(db: Db, sql: str, args: Args = ()) -> Cursor:
        nonlocal begun
        if db is store.db and sql == "BEGIN IMMEDIATE":
            begun += 1
            if begun == free_at:
                other.rollback()
        return plain(db, sql, args)

    monkeypatch.setattr(Db, "run", run)
    if free_at > WAITS:
        with pytest.raises(Busy), store.write():
            pytest.fail("it was held by somebody else")
        other.rollback()
    else:
        with store.write() as tx:
            write(tx, LogNoted(text="x"))
    assert begun == min(free_at, WAITS)
    assert store.rows() == (free_at <= WAITS)
    other.close()
    store.close()


def test_two_processes_write(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    writers = [_start(_WRITER, str(store.path), name, "60") for name in "ab"]
    numbers = "".join(writer.communicate(timeout=120)[0] for writer in writers).split()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert max(numbers, key=lambda number: (len(number), number)) == "261121-120"
    assert len(set(numbers)) == 120
    assert store.rows() == 120
    assert len(store.search("漏水", 200)) == 120
    assert verify(store, fold=fold, duties_of=duties_of).sound
    store.close()


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.2])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, delay: float) -> None:
    store = new_store(tmp_path)
    store.close()
    writer = _start(_WRITER, str(store.path), "a", "100000")
    assert writer.stdout is not None
    said = [writer.stdout.readline().strip()]
    time.sleep(delay)
    writer.kill()
    said += writer.stdout.read().split()  # Not communicate: it passes over what was read ahead.
    writer.wait(timeout=60)
    writer.stdout.close()
    again = Store.open(store.path, ballast=0)
    known = {line.number for line in again.search("漏水", 100_000)}
    assert set(said) <= known
    assert len(known) <= len(said) + 1
    assert verify(again, fold=fold, duties_of=duties_of).sound
    add(again, "a-0", *papers("a-0"))
    again.close()


_HOLDER = """
    import sys
    from pathlib import Path
    from dispatcher_tui.store.file_lock import DeskLock
    lock = DeskLock.acquire(Path(sys.argv[1]), "李敏")
    print(type(lock).__name__, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("end", ["kill", "return"])
def test_the_desk_has_one_owner_as_long_as_it_lives(tmp_path: Path, end: str) -> None:
    path = tmp_path / "desk.sqlite3"
    holder = _start(_HOLDER, str(path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "DeskLock\n"
    found = DeskLock.acquire(path, "张")
    assert isinstance(found, Owned)
    assert (found.owner, found.pid) == ("李敏", holder.pid)
    assert found.since is not None
    assert "李敏" in found.detail
    if end == "kill":
        holder.kill()
    holder.communicate("\n", timeout=60)
    lock = DeskLock.acquire(path, "张")
    assert isinstance(lock, DeskLock)
    again = DeskLock.acquire(path, "other")
    assert isinstance(again, Owned)
    assert again.owner == "张"
    lock.release()
    lock.release()
    with DeskLock.acquire(path, "other") as taken:  # type: ignore[union-attr]
        assert isinstance(taken, DeskLock)


def test_jobs_run_in_order_in_one_thread(tmp_path: Path) -> None:
    ran: list[tuple[int, str]] = []
    with OwnerThread(new_store(tmp_path)) as owner:
        futures = [
            owner.call(lambda _s, n=n: ran.append((n, threading.current_thread().name)))  # type: ignore[misc]
            for n in range(100)
        ]
        for future in futures:
            future.result(timeout=10)
    assert ran == [(n, "store-owner") for n in range(100)]


def test_an_error_is_the_jobs_own(tmp_path: Path) -> None:
    with OwnerThread(new_store(tmp_path)) as owner:
        with pytest.raises(ZeroDivisionError):
            owner.call(lambda _store: 1 // 0).result(timeout=10)
        with pytest.raises(Refused):
            owner.call(_refused).result(timeout=10)
        assert owner.call(lambda store: store.rows()).result(timeout=10) == 0


def _refused(store: Store) -> None:
    with store.write() as tx:
        write(tx, ClosedFinal(case="none"))


def test_closing_finishes_what_was_handed_in(tmp_path: Path) -> None:
    owner = OwnerThread(new_store(tmp_path))

    def slow(store: Store) -> int:
        time.sleep(0.005)
        with store.write() as tx:
            return write(tx, LogNoted(text="x")).seq

    futures = [owner.call(slow) for _ in range(20)]
    owner.close()
    owner.close()
    assert [future.result(timeout=0) for future in futures] == list(range(1, 21))
    with pytest.raises(Closed):
        owner.call(slow)


def test_who_stops_waiting_does_not_stop_the_job(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    owner = OwnerThread(store)
    gate = threading.Event()

    def job(held: Store) -> int:
        gate.wait(10)
        with held.write() as tx:
            return write(tx, LogNoted(text="x")).seq

    async def impatient() -> None:
        task = asyncio.create_task(owner.run(job))
        queued = asyncio.create_task(owner.run(job))
        await asyncio.sleep(0.05)
        task.cancel()
        queued.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(asyncio.CancelledError):
            await queued
        gate.set()
        assert await owner.run(lambda held: held.rows()) == 2

    asyncio.run(impatient())
    owner.close()


def test_a_future_cancelled_before_its_turn_is_left_out(tmp_path: Path) -> None:
    with OwnerThread(new_store(tmp_path)) as owner:
        gate = threading.Event()
        owner.call(lambda _store: gate.wait(10))
        future = owner.call(lambda store: store.rows())
        assert future.cancel()
        gate.set()
        with pytest.raises(CancelledError):
            future.result(timeout=10)
        assert owner.call(lambda store: store.rows()).result(timeout=10) == 0


def test_a_reader_beside_a_writer_sees_whole_changes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    reader = Store.open(store.path, read_only=True)
    filled(store, 1)
    with store.write() as tx:
        write(tx, LogNoted(text="not yet"))
        assert reader.rows() == store.rows() - 1
    assert reader.rows() == store.rows()
    reader.close()
    store.close()
