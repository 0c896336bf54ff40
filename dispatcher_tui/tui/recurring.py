"""From a route to the screen of what comes round again and again: rounds and lists."""

from __future__ import annotations

from dispatcher_tui.tui import fee_routes as fee
from dispatcher_tui.tui import routes as to
from dispatcher_tui.tui import watch_routes as kept
from dispatcher_tui.tui.screens.base import DeskScreen


def of_rounds(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of what the watch keeps again and again."""
    match route:
        case kept.ToRounds():
            from dispatcher_tui.tui.screens.watch.rounds import RoundsScreen

            return RoundsScreen()
        case kept.ToRound(stand):
            from dispatcher_tui.tui.screens.watch.rounds import RoundScreen

            return RoundScreen(stand)
    return None


def of_fees(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the lists of fees."""
    match route:
        case fee.ToFees():
            from dispatcher_tui.tui.screens.fees.fees import FeesScreen

            return FeesScreen(route)
        case fee.ToFeeImport():
            from dispatcher_tui.tui.screens.fees.fee_import import FeeImportScreen

            return FeeImportScreen(route)
        case fee.ToFeeLine():
            from dispatcher_tui.tui.screens.fees.fee_line import FeeLineScreen

            return FeeLineScreen(route)
        case fee.ToKeeper():
            from dispatcher_tui.tui.screens.fees.fee_keeper import KeeperScreen

            return KeeperScreen(route)
    return None
