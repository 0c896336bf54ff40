"""The rows of the speed table: what is divided by what, and the targets."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from tests.bench.sessions import Figures

MINIMAL, SMALL, LARGE, TABLE = "minimal", "50 open", "large estate", "table of 10,000"
"""The names under which a round keeps the figures of each program."""

Round = dict[str, Figures]


class Row(NamedTuple):
    """One line: figure `name` of program `of`, divided by `by`'s `base` when there is one."""

    group: str
    title: str
    of: str
    name: str
    target: float
    by: str = ""
    base: str = ""
    unit: str = "×"
    scale: float = 1.0


def _ms(group: str, title: str, name: str, target: float) -> Row:
    """A time of the program on the large estate."""
    return Row(group, title, LARGE, name, target, unit="ms", scale=1e3)


def _mib(group: str, title: str, name: str, target: float) -> Row:
    """A size in memory of the program on the large estate."""
    return Row(group, title, LARGE, name, target, unit="MiB", scale=2**-20)


ROWS: tuple[Row, ...] = (
    Row("start", "start, large estate, × minimal app", LARGE, "start", 0.85, MINIMAL, "start"),
    Row("start", "start, large estate × 50 open", LARGE, "start", 1.10, SMALL, "start"),
    Row("key", "key p50, × minimal app's p50", LARGE, "key p50", 0.9, MINIMAL, "key p50"),
    Row("key", "key p95, × minimal app's p50", LARGE, "key p95", 1.1, MINIMAL, "key p50"),
    Row("key", "key p99, × minimal app's p50", LARGE, "key p99", 2.0, MINIMAL, "key p50"),
    Row("scroll", "scroll one line, × DataTable of 10,000", LARGE, "scroll", 0.4, TABLE, "scroll"),
    Row("idle", "idle CPU, seconds per minute", LARGE, "idle cpu", 0.5, unit="s"),
    Row("idle", "idle bytes per second", LARGE, "idle bytes", 3000, unit="B"),
    _mib("memory", "memory (PSS)", "memory", 45),
    _ms("esc", "Esc → dialog gone", "esc", 130),
    _ms("commit", "commit key → number, p50", "commit", 10),
    _ms("commit", "commit key → number, p99", "commit p99", 20),
    _ms("emergency", "F9 → kinds, first use, p95", "F9 first p95", 200),
    _ms("emergency", "F9 → kinds, later, p95", "F9 p95", 100),
    _ms("emergency", "kind key → first number, first, p95", "kind first p95", 100),
    _ms("emergency", "kind key → first number, later, p95", "kind p95", 100),
    _ms("emergency", "F9 → first number, both keys, later, p95", "number p95", 200),
    _ms("screens", "every screen whole, the slowest, p95", "screens p95", 100),
    _ms("screens", "every screen whole, first use", "screens first", 200),
    Row(
        "still",
        "idle CPU on the busiest screen, s per minute",
        LARGE,
        "screens idle cpu",
        0.5,
        unit="s",
    ),
    Row(
        "still",
        "idle bytes per second, the busiest screen",
        LARGE,
        "screens idle bytes",
        3000,
        unit="B",
    ),
    _mib("opened", "memory (PSS) after 60 openings", "memory opened", 60),
    _mib("opened", "memory grown by 60 openings", "memory grown", 15),
    Row("intake", "intake commit, p50, × raw durable insert", LARGE, "intake", 1.6),
    Row("intake", "intake commit, p99, × raw durable insert", LARGE, "intake p99", 3.0),
    _ms("search", "search, processor time, p95, worst word", "search", 2),
    _ms("find", "search key → rows, p95", "find p95", 15),
    _ms("bulk", "a million characters wrapped and fitted", "wrap", 1000),
    _ms("bulk", "a million characters cleaned", "clean", 1000),
    _ms("bulk", "a paste of 160,000 characters", "paste", 100),
    _ms("bulk", "three million commas refused", "commas", 1000),
    _ms("bulk", "100,000 rows of text previewed", "text list", 2000),
    _ms("bulk", "100,000 rows of a workbook read", "workbook", 4000),
    Row("bulk", "a record's chain proved, an entry", LARGE, "chain", 6.5, unit="µs", scale=1e6),
    _ms("bulk", "the demo put up", "demo", 3000),
    Row("cli", "case open, × bare sqlite3 script", LARGE, "case open", 8.0),
)

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(row.group for row in ROWS))


def values(row: Row, rounds: Sequence[Round]) -> list[float]:
    """The row's value in every round that has what it needs; each ratio within its own round."""
    found = []
    for figures in rounds:
        mine = figures.get(row.of, {}).get(row.name)
        if mine is None:
            continue
        if row.by:
            base = figures.get(row.by, {}).get(row.base)
            if base is None:
                continue
            mine /= base
        found.append(mine * row.scale)
    return found


def line(row: Row, rounds: Sequence[Round], reason: str) -> str:
    """The printed line: median, spread, target, verdict; the reason where nothing was measured."""
    found = values(row, rounds)
    if not found:
        return f"{row.title:<42} not measured: {reason}"
    middle = statistics.median(found)
    verdict = "ok" if middle <= row.target else "MISSED"
    spread = f"{min(found):.4g} – {max(found):.4g}"
    return (
        f"{row.title:<42} {middle:>9.4g} {row.unit:<4}{spread:<20} ≤ {row.target:<7.4g} {verdict}"
    )
