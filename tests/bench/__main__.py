"""``python -m tests.bench``: how fast the desk is, as ratios within one run.

Everything is measured in rounds, A B A B, so that a slow minute of the machine falls on all
programs alike. Printed are medians over the rounds with the spread; nothing is left out.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import bulk, deskwork, estate, screens
from tests.bench.estate import Estate
from tests.bench.programs import Program, board, desk, minimal
from tests.bench.ptyrun import require_posix
from tests.bench.sessions import Figures, Plan, figures, scrolls
from tests.bench.table import GROUPS, LARGE, MINIMAL, ROWS, SMALL, TABLE, Round, line

FEWEST = 2
"""Open cases without which no key can move anything."""

NAMES = (MINIMAL, LARGE, SMALL, TABLE)
"""The programs in the order of a round."""

PTY_GROUPS = frozenset({"start", "key", "scroll", "idle", "memory"})
DESK_WORK: dict[str, Callable[[Estate, int], Figures]] = {
    "esc": deskwork.escape,
    "commit": deskwork.commit,
    "emergency": deskwork.emergency,
    "intake": deskwork.intake,
    "search": deskwork.search,
    "find": deskwork.find,
    "cli": deskwork.command_line,
    "screens": screens.whole,
    "still": screens.idle,
    "opened": screens.memory,
    "bulk": bulk.bulk,
}
"""What each group runs, on a copy of the estate of its own: all of them write."""

DESK_COUNTS = {
    "esc": 20,
    "commit": 20,
    "emergency": 20,
    "intake": 400,
    "search": 200,
    "find": 60,
    "cli": 10,
    "screens": 20,
    "still": 30,
    "opened": screens.OPENINGS,
    "bulk": 4,
}
"""How often, or for "still" how many seconds on each screen."""


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: a look, no figure")
    parser.add_argument("--only", choices=GROUPS, action="append", help="these rows alone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--board", action="store_true", help="the board widget without the desk")
    parser.add_argument("--open", type=int, default=10_000, help="open cases of the large estate")
    parser.add_argument("--closed", type=int, default=100_000, help="closed cases beneath them")
    asked = parser.parse_args()
    if asked.open < FEWEST:
        parser.error(f"--open takes {FEWEST} or more: a cursor needs somewhere to go")
    return asked


class Bench:
    """One run of the harness: what was asked for, what was found, what could not be measured."""

    def __init__(self, asked: argparse.Namespace, folder: Path) -> None:
        self.wanted = frozenset(asked.only or GROUPS)
        self.quick: bool = asked.quick
        self.rounds: list[Round] = []
        self.reasons: dict[str, str] = {}
        self.size = f"{asked.open} open over {asked.closed} closed"
        self.count = 1 if asked.quick else asked.rounds
        self.estates: dict[str, Estate] = {}
        self.programs: dict[str, Program] = {MINIMAL: minimal(50), TABLE: minimal(10_000)}
        if asked.board:
            self.reasons |= dict.fromkeys(DESK_WORK, "the board widget alone")
            self.programs |= {LARGE: board(asked.open), SMALL: board(50)}
        else:
            self._make(asked, folder)

    def _make(self, asked: argparse.Namespace, folder: Path) -> None:
        """What stands for 50 open cases and for the large estate."""
        try:
            for name, count in ((LARGE, asked.open), (SMALL, 50)):
                place = folder / ("large" if name == LARGE else "small")
                self.estates[name] = estate.make(place, count, asked.closed)
        except SystemExit as reason:
            self.reasons |= dict.fromkeys(GROUPS, str(reason))

    def run(self) -> None:
        """All rounds, each program once in each."""
        for number in range(self.count):
            print(f"round {number + 1} of {self.count} …", flush=True)
            found: Round = {}
            for name in NAMES:
                if wanted := self._wanted(name):
                    found[name] = self._measured(name, wanted)
            if LARGE in self.estates:
                found.setdefault(LARGE, {}).update(self._desk_work(self.estates[LARGE]))
            self.rounds.append(found)

    def _wanted(self, name: str) -> frozenset[str]:
        """The groups for which program `name` is needed."""
        needed = {
            MINIMAL: {"start", "key"},
            SMALL: {"start"},
            TABLE: {"scroll"},
            LARGE: PTY_GROUPS,
        }
        return self.wanted & needed[name]

    def _measured(self, name: str, wanted: frozenset[str]) -> Figures:
        """A program's figures; a desk works on a copy, so that each session finds the same."""
        if name in self.programs:
            return self._session(self.programs[name], wanted)
        if name not in self.estates:
            return {}
        with estate.throwaway(self.estates[name]) as copy:
            return self._session(desk(copy), wanted)

    def _session(self, program: Program, wanted: frozenset[str]) -> Figures:
        """One program's figures; a program that fails costs its rows, not the run."""
        keys, idle = (40, 10.0) if self.quick else (300, 60.0)
        found: Figures = {}
        if "scroll" in wanted and not scrolls(program):
            wanted -= {"scroll"}
            self.reasons["scroll"] = f"{program.rows} cases are too few to scroll through"
        try:
            figures(program, Plan(keys, idle, wanted), found)
        except TimeoutError as reason:
            print(f"{program.name}: {reason}")
            self.reasons |= dict.fromkeys(wanted, str(reason).splitlines()[0])
        return found

    def _desk_work(self, on: Estate) -> Figures:
        """The figures that only the whole program gives."""
        found: Figures = {}
        for group in sorted(self.wanted & DESK_WORK.keys()):
            count = max(4, DESK_COUNTS[group] // (4 if self.quick else 1))
            try:
                with estate.throwaway(on) as copy:
                    found |= DESK_WORK[group](copy, count)
            except (SystemExit, TimeoutError, OSError) as reason:
                print(f"{group}: {reason}")
                self.reasons[group] = str(reason).splitlines()[0]
        return found

    def report(self) -> None:
        """The table, and beneath it the bare figures of every program in milliseconds."""
        print(f"\nPython {platform.python_version()}, {platform.machine()}, 120×43; {self.size}")
        for row in ROWS:
            if row.group in self.wanted:
                print(line(row, self.rounds, self.reasons.get(row.group, "no figure came")))
        print("\nmeasured, by round:")
        for name in NAMES:
            for figure in self.rounds[0].get(name, {}):
                each = [found[name][figure] for found in self.rounds if figure in found[name]]
                print(f"  {name:<16}{figure:<16}" + "  ".join(f"{value:.5g}" for value in each))


def main() -> None:
    """Measure and print."""
    require_posix()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd()) as folder:
        bench = Bench(options(), Path(folder))
        bench.run()
        bench.report()


if __name__ == "__main__":
    main()
