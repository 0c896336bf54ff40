"""Promise 7: a copy that is called good is good; any other is refused and nothing is touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from dispatcher_tui.desk.site.backups import go_on_from
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.backup import backup
from dispatcher_tui.store.errors import DiskFull
from dispatcher_tui.store.restore import restore
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.disks import NoDisk, fill, small_disk
from tests.faults.estate import BEGIN, OPERATOR, Estate
from tests.faults.harm import Ack, ack, harm
from tests.faults.promise import Outcome, Promise, outcome

SECTOR = 512
COPIES = 200
LATER = BEGIN + timedelta(days=2)

Fault = Callable[[bytearray, Random], None]


def cut(copy: bytearray, random: Random) -> None:
    """Pulled out too early."""
    del copy[random.randrange(len(copy)) :]


def cut_to_page(copy: bytearray, random: Random) -> None:
    """Pulled out too early, between two pages."""
    del copy[random.randrange(len(copy) // 4096) * 4096 :]


def flip(copy: bytearray, random: Random) -> None:
    """One bit is another."""
    copy[random.randrange(len(copy))] ^= 1 << random.randrange(8)


def zeros(copy: bytearray, random: Random) -> None:
    """A stretch of sectors that were never written."""
    start = random.randrange(len(copy) // SECTOR) * SECTOR
    size = min(random.randint(1, 64) * SECTOR, len(copy) - start)
    before = bytes(copy)
    copy[start : start + size] = bytes(size)
    if bytes(copy) == before:  # there was nothing but zeros
        flip(copy, random)


def zeros_at_end(copy: bytearray, random: Random) -> None:
    """A full stick: of the right size, but its end was never written."""
    start = random.randrange(len(copy) - SECTOR)
    copy[start:] = bytes(len(copy) - start)


def moved(copy: bytearray, random: Random) -> None:
    """Two pages have changed places."""
    one, other = random.sample(range(len(copy) // 4096), 2)
    first, second = slice(one * 4096, one * 4096 + 4096), slice(other * 4096, other * 4096 + 4096)
    copy[first], copy[second] = copy[second], copy[first]


def longer(copy: bytearray, random: Random) -> None:
    """Something stands behind the end."""
    copy += random.randbytes(random.randint(1, 4096))


FAULTS: tuple[Fault, ...] = (cut, cut_to_page, flip, zeros, zeros_at_end, moved, longer)


def _faulted(estate: Estate, good: bytes, folder: Path, fault: Fault, random: Random) -> list[str]:
    """Try to go on from a faulted copy; the desk's own file must stay as it is."""
    copy = bytearray(good)
    while bytes(copy) == good:
        fault(copy, random)
    source = folder / "faulted.sqlite3"
    source.write_bytes(copy)
    before = estate.db.read_bytes()
    try:
        restore(source, estate.db, owner=OPERATOR, now=LATER, fold=fold)
    except Failure:
        there = estate.db.read_bytes() == before
        return [] if there else [f"{fault.__name__}: refused, but the file was touched"]
    return [f"{fault.__name__}: called good"]


def _good(estate: Estate, source: Path, acks: list[Ack]) -> list[str]:
    """The copy itself: restored, everything acknowledged before it is there."""
    done = go_on_from(source, estate.db, OPERATOR)
    problems = harm(estate, acks)
    if done.epoch != 2 or done.replaced is None or not done.replaced.exists():
        problems.append(f"restored as {done}")
    return problems


def _full_stick(estate: Estate, folder: Path) -> list[str]:
    """A copy for which there is no room is no copy, and the one before it stays."""
    try:
        with small_disk(folder / "stick", "2m") as stick:
            copy = backup(estate.db, stick, now=BEGIN, fold=fold)
            fill(stick / "filler")
            try:
                backup(estate.db, stick, now=LATER, fold=fold)
            except DiskFull:
                left = sorted(path.name for path in stick.iterdir())
                good = left == sorted([copy.path.name, "filler"])
                return [] if good else [f"a full stick was left with {left}"]
            return ["a copy was made on a full stick"]
    except NoDisk:
        return []


def run(folder: Path, full: bool) -> Outcome:
    """Make a copy, harm it in every way, and try to go on from it."""
    estate, random = estates.make(folder), Random(8)
    desk = estates.open_desk(estate)
    acks = [ack(done) for _ in range(5) for done in lives.life(desk, random)]
    made = backup(estate.db, folder, now=BEGIN, fold=fold, duties_of=estates.duties_of(desk))
    list(lives.life(desk, random))  # what the restore will lose
    desk.store.close()
    good, problems = made.path.read_bytes(), list[str]()
    copies = COPIES * 10 if full else COPIES
    for number in range(copies):
        problems += _faulted(estate, good, folder, FAULTS[number % len(FAULTS)], random)
    called_good = sum(problem.endswith("called good") for problem in problems)
    problems += _full_stick(estate, folder) + _good(estate, made.path, acks)
    return outcome(f"{copies} faulted copies, {called_good} called good", problems)


PROMISE = Promise(
    7,
    "backups",
    "Backups restore; a faulted copy is never called good",
    "200 faulted copies, 0 called good",
    run,
)
