"""What an action of the registry does where the screen on top does not answer it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.routes import (
    OnCaseRoute,
    ScreenRoute,
    ToClose,
    ToCorrect,
    ToCorrective,
    ToEmergency,
    ToEmergencyReading,
    ToFind,
    ToFollowUp,
    ToHelp,
    ToIntake,
    ToNote,
    ToNotify,
    ToPalette,
    ToRecords,
    ToRegrade,
    ToRingAgain,
    ToShift,
    ToSteps,
    ToTypical,
    ToWorkLog,
)
from dispatcher_tui.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

ON_CASE: dict[str, type[OnCaseRoute]] = {
    "notify": ToNotify,
    "follow_up": ToFollowUp,
    "close": ToClose,
    "record_step": ToSteps,
    "note": ToNote,
    "ring_again": ToRingAgain,
    "regrade": ToRegrade,
    "correct": ToCorrect,
    "corrective": ToCorrective,
    "typical": ToTypical,
}
"""The actions that open a screen about the current case."""

ALONE: dict[str, ScreenRoute] = {
    "new_case": ToIntake(),
    "find": ToFind(),
    "work_log": ToWorkLog(),
    "records": ToRecords(),
    "shift": ToShift(),
    "palette": ToPalette(),
}
"""The actions that open a screen whatever case is chosen."""

WHILE_LOCKED = frozenset({"emergency", "commit", "help"})
"""What a locked desk still answers: an emergency, and the PIN that opens it."""


async def carry_out(shell: Shell, name: str) -> None:
    """The top screen answers an action, or its own screen opens."""
    top = shell.screen
    if shell.locked and name not in WHILE_LOCKED:
        _say(shell, _("The desk is locked: sign in with a PIN first."))
    elif isinstance(top, DeskScreen) and name in (own := top.answers()):
        await own[name]()
    elif name in ALONE:
        _open(shell, ALONE[name])
    elif name in ON_CASE:
        _open_on_case(shell, ON_CASE[name])
    elif isinstance(top, DeskScreen):
        await _act(shell, top, name)


async def _act(shell: Shell, top: DeskScreen, name: str) -> None:
    """What does not lead to a screen of a case, or not always to the same one."""
    match name:
        case "emergency" if shell.session.read_only:
            _open(shell, ToEmergencyReading())
        case "emergency":
            _open(shell, ToEmergency(place=top.place_here))
        case "help":
            _open(shell, ToHelp(top))
        case "explain":
            shell.go(ToHelp(top, explain=True))
        case "commit" | "discard":
            top.say(_("No form is open here."))
        case "undo":
            await take_back(shell)
        case "print":
            await _print(shell, top)
        case "leave":
            await shell.leave()
        case _:
            raise LookupError(f"no action {name!r}")


def _open(shell: Shell, route: ScreenRoute) -> None:
    """Open a screen, unless one of its kind is on top already."""
    top = shell.screen
    if not isinstance(top, DeskScreen) or type(top.route) is not type(route):
        shell.go(route)


def _open_on_case(shell: Shell, kind: type[OnCaseRoute]) -> None:
    case_id = shell.current_case()
    if case_id:
        _open(shell, kind(case_id))
    else:
        _say(shell, _("Choose a case on the board first."))


async def take_back(shell: Shell) -> None:
    """Ctrl+Z outside of text: take back the last own action on the current case."""
    top, case_id = shell.screen, shell.current_case()
    if not isinstance(top, DeskScreen) or not case_id:
        return
    from dispatcher_tui.desk.case import case_file
    from dispatcher_tui.tui.names import taken_back

    taken = await top.run_on_desk(lambda desk: case_file.take_back(desk, case_id))
    if taken is not None:
        await shell.take_news()
        top.say(taken_back(shell.session.desk, taken))


async def _print(shell: Shell, top: DeskScreen) -> None:
    """p: print the papers of the current case."""
    case_id = shell.current_case()
    if not case_id:
        top.say(_("Choose a case on the board first."))
        return
    from dispatcher_tui.tui.sheet_print import print_of_case

    await print_of_case(top, case_id)


def _say(shell: Shell, text: str) -> None:
    if isinstance(shell.screen, DeskScreen):
        shell.screen.say(text)
