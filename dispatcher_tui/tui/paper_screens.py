"""The screens that a route to notices and to the paper fallback leads to; see ``destinations``."""

from __future__ import annotations

from dispatcher_tui.tui import paper_routes as paper
from dispatcher_tui.tui.routes import ScreenRoute
from dispatcher_tui.tui.screens.base import DeskScreen


def of_notices(route: ScreenRoute) -> DeskScreen | None:
    """A screen of the notices, or of the blank intakes."""
    match route:
        case paper.ToSpareSheets():
            from dispatcher_tui.tui.screens.papers.spare_sheets import SpareSheetsScreen

            return SpareSheetsScreen()
        case paper.ToKeySpare(number):
            from dispatcher_tui.tui.screens.papers.key_spare import KeySpareScreen

            return KeySpareScreen(number)
        case paper.ToVoidSpare(number):
            from dispatcher_tui.tui.screens.papers.void_spare import VoidSpareScreen

            return VoidSpareScreen(number)
        case paper.ToPosting(case_id, form_id):
            from dispatcher_tui.tui.screens.papers.posting import PostingScreen

            return PostingScreen(case_id, form_id)
        case paper.ToWarnHomes(case_id):
            from dispatcher_tui.tui.screens.papers.warn_homes import WarnHomesScreen

            return WarnHomesScreen(case_id)
    return None
