"""Promise 4: on a full disk one can go on reading, and saving goes on when there is room again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.ballast import BALLAST_BYTES
from dispatcher_tui.store.errors import DiskFull
from tests.faults import estate as estates
from tests.faults import lives, screen
from tests.faults.command_line import read_list, try_open
from tests.faults.disks import NoDisk, fill, small_disk
from tests.faults.estate import Estate
from tests.faults.harm import Ack, ack, harm
from tests.faults.promise import Outcome, Promise, outcome, skipped
from tests.terminal.harness import why_not

SIZE = "64m"
SAVES_WITHIN = 5.0
WARNED_WITHIN = 15.0
EXIT_DISK = 5


class _Night:
    """A desk on a disk that fills up, and what goes wrong with it."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.desk: Desk = estates.open_desk(estate, ballast=BALLAST_BYTES)
        self.random = Random(4)
        self.acks: list[Ack] = []
        self.problems: list[str] = []

    def expect(self, good: bool, problem: str) -> None:
        """Note a problem where something is not as it should be."""
        if not good:
            self.problems.append(problem)

    def live(self, cases: int) -> None:
        """Lives that all must be saved."""
        for _ in range(cases):
            self.acks += [ack(done) for done in lives.life(self.desk, self.random)]

    def refused(self, what: str, act: Callable[[], object]) -> None:
        """Something that a full disk must refuse, with its own failure and no other."""
        try:
            act()
        except DiskFull:
            return
        except Failure as failure:
            self.problems.append(f"{what}: {failure.code} instead of disk_full")
            return
        self.problems.append(f"{what}: saved on a full disk")

    def read(self) -> None:
        """Board, figures, search and a case's entries, as the screens ask for them."""
        now, store = self.desk.clock.now(), self.desk.store
        for lane in Lane:
            store.board(lane, now=now, since=now)
        store.counts(now, now)
        found = store.search("漏水")
        self.expect(bool(found and store.entries(found[0].id)), "nothing can be read")


def _fill_and_free(night: _Night, filler: Path) -> float:
    """Fill the disk twice, the second time with the ballast gone, then make room again."""
    fill(filler)
    before = len(night.acks)
    night.live(1)
    night.expect(len(night.acks) > before, "nothing was saved on what the ballast left")
    night.expect(not night.desk.store.ballast.path.exists(), "the ballast was not given up")
    fill(filler)
    while _saves(night):  # what is left in the log's last blocks
        fill(filler)
    now = night.desk.clock.now()
    save = night.desk.store.save_draft
    night.refused("a draft", lambda: save("d", "intake", now, b"x" * 100_000, updated_at=now))
    night.refused("a case", lambda: night.desk.open_case(lives.opening(night.random)))
    night.read()
    listed = read_list(night.estate)
    night.expect(listed.returncode == 0, f"the list cannot be read: {listed.stderr}")
    told = try_open(night.estate)
    by_word = told.returncode == EXIT_DISK and told.stderr.strip() and "Trace" not in told.stderr
    night.expect(bool(by_word), f"case open: exit {told.returncode}, {told.stderr}")
    filler.unlink()
    start = time.monotonic()
    night.live(1)
    return time.monotonic() - start


def _saves(night: _Night) -> bool:
    """Whether there is still room for one more case."""
    try:
        night.acks.append(ack(night.desk.open_case(lives.opening(night.random))))
    except DiskFull:
        return False
    return True


def _start_on_full_disk(night: _Night, filler: Path) -> None:
    """Leave the desk, fill the disk, and come back: the ballast makes room for that too."""
    night.expect(night.desk.store.ballast.fill(), "the ballast does not come back")
    night.desk.store.close()
    fill(filler)
    listed = read_list(night.estate)
    night.expect(listed.returncode == 0, f"no list on a full disk: {listed.stderr}")
    night.desk = estates.open_desk(night.estate, ballast=BALLAST_BYTES)
    night.read()
    filler.unlink()


def _warning(estate: Estate) -> list[str]:
    """A disk with less than 500 MB is told on the board before it is full."""
    if why_not():
        return []
    with screen.opened(estate) as term:
        try:
            term.wait_for(" MB free", WARNED_WITHIN)
        except TimeoutError as late:
            return [f"a disk that fills up is not told: {late}"]
    return []


def run(folder: Path, full: bool) -> Outcome:
    """Fill a small disk under a desk at work, and free it again."""
    try:
        with small_disk(folder / "disk", SIZE) as disk:
            night = _Night(estates.make(disk, ballast=BALLAST_BYTES))
            night.live(3)
            slowest = 0.0
            for _ in range(20 if full else 2):
                seconds = _fill_and_free(night, disk / "filler")
                slowest = max(slowest, seconds)
                night.expect(night.desk.store.ballast.fill(), "the ballast does not come back")
            _start_on_full_disk(night, disk / "filler")
            night.desk.store.close()
            night.problems += _warning(night.estate)
            night.problems += harm(night.estate, night.acks)
    except NoDisk as why:
        return skipped(str(why))
    night.expect(slowest <= SAVES_WITHIN, f"saving again took {slowest:.1f} s")
    return outcome(f"0 crashes, saving after {slowest:.2f} s", night.problems)


PROMISE = Promise(
    4,
    "full-disk",
    "Full disk: reading goes on; saving resumes when there is room",
    "0 crashes; saving within 5 s",
    run,
)
