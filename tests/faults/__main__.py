"""``python -m tests.faults [--full [--minutes N]] [--only NAME]…``: the promises, measured."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.faults import allowed
from tests.faults.promise import Outcome, Promise
from tests.faults.promises import PROMISES


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the full form; it takes hours")
    parser.add_argument(
        "--minutes", type=float, default=0.0, help="of the full form, so long of each promise"
    )
    names = [promise.name for promise in PROMISES]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", default=[])
    return parser.parse_args()


def _verdict(found: Outcome) -> str:
    if found.skipped:
        return f"skipped: {found.skipped}"
    return "kept" if found.kept else "BROKEN"


def _line(promise: Promise, found: Outcome, seconds: float) -> str:
    cells = (promise.number, promise.says, found.measured, promise.mark, _verdict(found))
    return f"| {' | '.join(str(cell) for cell in cells)} | {seconds:.0f} s |"


def _measure(promise: Promise, *, full: bool) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        try:
            return promise.run(Path(folder), full)
        except Exception:  # One run that breaks must not hide what the others measure.
            return Outcome("broke off", (traceback.format_exc(),))


def main() -> int:
    """Run what was asked for, print the table; exit code 1 where a promise is broken."""
    given, broken = _arguments(), False
    print("| # | promise | measured | pass mark | | time |\n|---|---|---|---|---|---|", flush=True)
    for promise in PROMISES:
        if given.only and promise.name not in given.only:
            continue
        allowed.begin(given.minutes)
        start = time.monotonic()
        found = _measure(promise, full=given.full)
        print(_line(promise, found, time.monotonic() - start), flush=True)
        for problem in found.problems:
            print(f"  {promise.name}: {problem}", file=sys.stderr, flush=True)
        broken = broken or bool(found.problems)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
