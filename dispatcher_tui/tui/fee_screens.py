"""The screens of the lists of fees, by their routes; see ``destinations``."""

from __future__ import annotations

from dispatcher_tui.tui import fee_routes as fee
from dispatcher_tui.tui.routes import ScreenRoute
from dispatcher_tui.tui.screens.base import DeskScreen


def of_fees(route: ScreenRoute) -> DeskScreen | None:
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
