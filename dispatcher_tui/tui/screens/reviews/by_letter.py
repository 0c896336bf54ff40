"""What F8 leads to by a letter: the lists, books and rounds of the site, a screen each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.fee_routes import ToFees
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.paper_routes import ToSpareSheets
from dispatcher_tui.tui.routes import ScreenRoute, ToForget, ToHouseholdNotes, ToListImport
from dispatcher_tui.tui.watch_routes import ToHandouts, ToRounds


def _n(msgid: str) -> str:
    """Marks a msgid that is translated when it is shown."""
    return msgid


BY_LETTER: dict[str, tuple[str, ScreenRoute, str]] = {
    "i": (
        _n("take lists over"),
        ToListImport(),
        _n("units and roster from a workbook or CSV, with a preview"),
    ),
    "u": (
        _n("household notes"),
        ToHouseholdNotes(),
        _n("what is known of households: dogs, machines, disputes"),
    ),
    "w": (
        _n("forget a household"),
        ToForget(),
        _n("a household, out of the lists and every text of them"),
    ),
    "t": (
        _n("rounds"),
        ToRounds(),
        _n("what the watch looks at again and again, to be recorded"),
    ),
    "g": (
        _n("handout book"),
        ToHandouts(),
        _n("keys, loans, passes, finds, visitors: what is out and comes back"),
    ),
    "j": (
        _n("paper fallback"),
        ToSpareSheets(),
        _n("blank intakes, board and call tree for a dark desk; key them in"),
    ),
    "f": (
        _n("fees"),
        ToFees(),
        _n("the lists of the fee calendar: import, hand out, tick off"),
    ),
}
"""By the letter: what it is called, where it is done, what it is for."""


def by_letter(go: Callable[[ScreenRoute], object]) -> Iterator[ScreenKey]:
    """The keys of F8 that lead to another screen and nothing else."""
    for letter, (name, route, told) in BY_LETTER.items():
        yield ScreenKey(letter, _(name), partial(go, route), _(told))
