"""The screens of what the watch keeps again and again, by their routes; see ``destinations``."""

from __future__ import annotations

from dispatcher_tui.tui import watch_routes as kept
from dispatcher_tui.tui.routes import ScreenRoute
from dispatcher_tui.tui.screens.base import DeskScreen


def kept_on_watch(route: ScreenRoute) -> DeskScreen | None:
    """A screen of what the watch keeps again and again."""
    match route:
        case kept.ToRounds():
            from dispatcher_tui.tui.screens.watch.rounds import RoundsScreen

            return RoundsScreen()
        case kept.ToRound(stand):
            from dispatcher_tui.tui.screens.watch.rounds import RoundScreen

            return RoundScreen(stand)
        case kept.ToOutAlone(case_id, place):
            from dispatcher_tui.tui.screens.watch.out_alone import OutAloneScreen

            return OutAloneScreen(case_id, place)
        case kept.ToSendAlone():
            from dispatcher_tui.tui.screens.watch.send_alone import SendAloneScreen

            return SendAloneScreen(route)
        case kept.ToSecondOut(row):
            from dispatcher_tui.tui.screens.watch.send_alone import SecondOutScreen

            return SecondOutScreen(row)
        case kept.ToHandouts():
            from dispatcher_tui.tui.screens.watch.handouts import HandoutsScreen

            return HandoutsScreen()
        case kept.ToHandOut(register):
            from dispatcher_tui.tui.screens.watch.hand_out import HandOutScreen

            return HandOutScreen(register)
        case kept.ToHandBack(row):
            from dispatcher_tui.tui.screens.watch.hand_back import HandBackScreen

            return HandBackScreen(row)
    return None
