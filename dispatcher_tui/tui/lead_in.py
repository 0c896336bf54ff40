"""What the real desk opens with when a drill was left for it: the form, or the case, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.desk.emergency.drill import Lead, Way
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.routes import ScreenRoute, ToCase, ToEmergency, ToIntake
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.typeahead import moment
from dispatcher_tui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell


DEAF = 0.5
"""Seconds from the first picture on in which no digit counts: it was pressed for the drill."""


def put_up(shell: Shell, lead: Lead) -> None:
    """Open the screen that the operator came for, and say that this is the real desk."""
    shell.go(_route(lead))
    screen = shell.screen
    assert isinstance(screen, DeskScreen)
    zone = shell.session.desk.rules.calendar.tz
    words = _("This is the REAL desk: the drill has ended.")
    if lead.way is not Way.CASE:
        words = _("This is the REAL desk: the drill has ended. The call counts from {time}.")
    text = words.format(time=f"{lead.at.astimezone(zone):%H:%M:%S}")
    screen.call_after_refresh(_begin, shell, screen, text)


def _route(lead: Lead) -> ScreenRoute:
    match lead.way:
        case Way.CALL:
            return ToIntake(since=lead.at)
        case Way.EMERGENCY:
            return ToEmergency(since=lead.at)
        case Way.CASE:
            return ToEmergency(lead.case_id) if lead.emergency else ToCase(lead.case_id)


def _begin(shell: Shell, screen: DeskScreen, text: str) -> None:
    """The screen is painted: say where this is, and listen in a moment."""
    shell.deaf_until = moment() + DEAF
    top = shell.screen  # a lock may lie over it
    screen = top if isinstance(top, DeskScreen) else screen
    before = screen.query_one("#message", Lines).text
    screen.say("\n".join(line for line in (text, before) if line))
