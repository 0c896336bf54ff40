"""An area of a list of fees is handed to its keeper, and the lists go out on paper."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.fee_lists import hand_out
from dispatcher_tui.desk.fees.fee_papers import fee_sheet
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.sheet_print import print_beside


async def hand_area(screen: DeskScreen, of: str, month: str, area: str, keeper: str) -> bool:
    """Hand an area out and print the sheet that its keeper signs; False where it was refused."""

    def job(desk: Desk) -> bool:
        hand_out(desk, of, month, area, keeper)
        return True

    if not await screen.run_on_desk(job):
        return False
    await screen.shell.take_news()
    await print_list(screen, of, month, area)
    return True


async def print_list(screen: DeskScreen, of: str, month: str, area: str | None) -> None:
    """Print what is unpaid, or the sheet of one area."""
    paper = await screen.run_on_desk(lambda desk: fee_sheet(desk, of, month, area), writes=False)
    if paper is not None:
        await print_beside(screen, paper)
