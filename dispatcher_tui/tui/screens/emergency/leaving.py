"""The way on from an emergency that is over: to one that still runs, else to what lies beneath."""

from __future__ import annotations

from typing import Any, TypeGuard

from textual.screen import Screen

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.tui.routes import ToEmergency
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.emergency.emergency_course import EmergencyCourse
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm


def _ends(screen: Screen[Any]) -> TypeGuard[DeskScreen]:
    """Whether a screen goes away with the emergency it is about."""
    return isinstance(screen, DeskScreen) and screen.ends_with_case


async def leave_ended(screen: DeskScreen, text: str = "", *, on: bool) -> None:
    """Take every emergency that is over off the top of the screens, this one first, and with it a
    form to stand it down that was left open beneath.

    Args:
        screen: the one on top; it may be any form about the emergency.
        text: is said on the screen that comes up.
        on: lead on to another emergency that holds the post (E-05), where there is one.
    """
    app = screen.app
    if isinstance(screen, AutosaveForm) and not await screen.keep():
        return  # the disk did not take what is half typed: it stays in its fields, and that is said
    held = await screen.run_on_desk(lambda desk: holding(desk), writes=False)
    if held is None or app.screen is not screen:
        return
    running = [each.case_id for each in held]
    app.pop_screen()
    while _ends(top := app.screen) and top.case_id not in running:
        if isinstance(top, AutosaveForm):
            await top.keep()
        app.pop_screen()
    if on and running and not isinstance(app.screen, EmergencyCourse):
        screen.shell.go(ToEmergency(running[0]))
    above = app.screen
    if text and isinstance(above, DeskScreen):
        if above.query_one_optional("#message") is not None:
            above.say(text)
        else:  # one that was just put up has no lines yet
            above.call_after_refresh(above.say, text)
