"""Printing what the desk falls back on: blank intakes, the board, whom to ring."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.spare_sheets import print_pad, read_spares
from dispatcher_tui.domain.papers.spare_sheets import A_PAD
from dispatcher_tui.domain.watch.fallback_report import FallbackReport
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.sheet_print import print_beside

ENOUGH = 5
"""With so many blank sheets left a hand-over prints no further pad."""


async def print_fallback(screen: DeskScreen, *, sparing: bool = False) -> bool:
    """Print a pad with the board and the call tree; ``sparing``: no pad while enough are left.

    Whether it came to be; where it did not, it is said why.
    """

    def job(desk: Desk) -> FallbackReport:
        left = len(read_spares(desk.store).open) if sparing else 0
        return print_pad(desk, 0 if left >= ENOUGH else A_PAD)

    report = await screen.run_on_desk(job)
    return report is not None and await print_beside(screen, report)
