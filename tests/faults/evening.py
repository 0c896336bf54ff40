"""A small program that takes a case down and closes it, for a disk that fails underneath.

It stands for an operator: what was refused by the disk is tried again a few times. Each
acknowledged step is a line on stdout, each failure a line on stderr; exit code 5 where the disk
won in the end, as the command line has it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import Estate
from tests.faults.harm import ack

T = TypeVar("T")

TRIES = 3
BALLAST = 64 * 1024
EXIT_DISK, EXIT_REFUSED = 5, 1


def again(act: Callable[[], T]) -> T:
    """Do it, and where the disk refuses, do it again."""
    for left in range(TRIES - 1, -1, -1):
        try:
            return act()
        except Failure as failure:
            print(f"failed: {failure.code}: {failure}", file=sys.stderr, flush=True)
            if not left:
                raise
    raise AssertionError


def tell(done: Done) -> str:
    """Acknowledge; gives the case's id."""
    print(json.dumps(ack(done)), flush=True)
    return done.case.id


def evening(estate: Estate) -> None:
    """One case from its call to its end."""
    desk: Desk = again(lambda: estates.open_desk(estate, ballast=BALLAST))
    again(lambda: Store.open(estate.db, read_only=True)).close()
    again(lambda: DeskLock.acquire(estate.db, desk.actor))
    form = lives.opening(Random(2))
    case = tell(again(lambda: desk.open_case(form)))
    for step in (*lives.HANDLING, *lives.CLOSING):
        tell(again(lambda step=step: step(desk, case)))  # type: ignore[misc]
    again(lambda: desk.store.search("漏水"))
    desk.store.close()


def main() -> int:
    """Run the evening on the site and the database of the command line."""
    try:
        evening(Estate(Path(sys.argv[1]), Path(sys.argv[2])))
    except Failure:
        return EXIT_DISK
    except Refusal as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        return EXIT_REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
