"""What a great deal at once costs: long texts, large lists, a long record, a whole demo.

Each figure is the median of the processor time in seconds over a few runs; what the work comes to
is looked at by the unit tests.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dispatcher_tui.demo.estate import build_demo
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.site.lists.list_reading import read_list
from dispatcher_tui.site.lists.workbook import workbook_sheets
from dispatcher_tui.store.verify import verify
from dispatcher_tui.tui.textual_parts import PASTE_BEGINS, PASTE_ENDS, PasteFilter
from tests.bench.estate import Estate
from tests.bench.sessions import Figures
from tests.site.lists.list_samples import refused, workbook
from tests.store.build import new_store, write

NIGHT = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
LONG = 1_000_000
"""Characters of a long text."""
ROWS = 100_000
"""Lines of a large list."""
ENTRIES = 10_000
"""Entries of a record that is proved."""
PIECE = 4096
"""Characters in which a terminal hands on what is pasted."""


def _spent(work: Callable[[], object], count: int) -> float:
    """The median processor time of a piece of work, in seconds."""
    times = []
    for _run in range(count):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def _paste() -> None:
    text = f"{PASTE_BEGINS}{'x31m水' * 32_000}{PASTE_ENDS}"
    paste = PasteFilter()
    for at in range(0, len(text), PIECE):
        paste.filtered(text[at : at + PIECE])


def _texts(count: int) -> Figures:
    """Texts of a million characters and a paste of 160,000."""
    return {
        "wrap": _spent(lambda: (wrap("漏" * LONG, 20), fit("漏" * LONG, 20)), count),
        "clean": _spent(lambda: clean_text("漏\x1b" * (LONG // 2)), count),
        "paste": _spent(_paste, count),
        "commas": _spent(lambda: refused("," * 3 * LONG), count),
    }


def _lists(count: int) -> Figures:
    """A register as text and as a workbook."""
    homes = [
        (f"{n // 2000 + 1}栋", f"{n // 1000 % 2 + 1}单元", str(n % 1000 + 100), f"业主{n}")
        for n in range(ROWS)
    ]
    text = "楼栋,单元,房号,业主\n" + "".join(",".join(home) + "\n" for home in homes)
    sheet = workbook([list(home) for home in homes])
    return {
        "text list": _spent(lambda: read_list(text.encode(), "list"), count),
        "workbook": _spent(lambda: workbook_sheets(sheet, "list", 2 * ROWS), count),
    }


def _record(count: int) -> Figures:
    """A record proved by its chain, by the entry; and the demo put up."""
    with tempfile.TemporaryDirectory(prefix="bulk-") as folder:
        store = new_store(Path(folder))
        try:
            with store.write() as tx:
                for number in range(ENTRIES):
                    write(tx, LogNoted(text=f"note {number} " + "x" * 300))
            chain = _spent(lambda: verify(store, deep=False), count) / ENTRIES
        finally:
            store.close()
        places = iter(range(count))
        demo = _spent(
            lambda: build_demo(Path(folder) / f"demo{next(places)}", NIGHT).store.close(), count
        )
    return {"chain": chain, "demo": demo}


def bulk(_estate: Estate, count: int) -> Figures:
    """All of it; the estate is not needed."""
    return _texts(count) | _lists(count) | _record(count)
