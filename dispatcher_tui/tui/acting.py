"""What an action of the registry does where the screen on top does not answer it itself."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dispatcher_tui.desk.case.ringing import form_for
from dispatcher_tui.desk.drafts import new_draft
from dispatcher_tui.present.case.intake_lines import waiting_call_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import ScreenKey, key_for
from dispatcher_tui.tui.routes import (
    OnCaseRoute,
    ScreenRoute,
    ToCaseForms,
    ToClose,
    ToCorrect,
    ToCorrective,
    ToEmergency,
    ToEmergencyReading,
    ToFind,
    ToFollowUp,
    ToHelp,
    ToHouseholdNotes,
    ToIntake,
    ToMove,
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
from dispatcher_tui.tui.watch_routes import ToOutAlone

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
    "move": ToMove,
    "correct": ToCorrect,
    "corrective": ToCorrective,
    "typical": ToTypical,
    "forms": ToCaseForms,
}
"""The actions that open a screen about the current case."""

ALONE: dict[str, ScreenRoute] = {
    "new_case": ToIntake(),
    "find": ToFind(),
    "work_log": ToWorkLog(),
    "records": ToRecords(),
    "shift": ToShift(),
}
"""The actions that open a screen whatever case is chosen."""

WHILE_LOCKED = frozenset({"emergency", "commit", "help"})
"""What a locked desk still answers: an emergency, and the PIN that opens it."""


async def carry_out(shell: Shell, name: str) -> None:
    """The top screen answers an action, or its own screen opens."""
    top = shell.screen
    if shell.locked and name not in WHILE_LOCKED:
        _say(shell, _while_locked(shell, name))
    elif isinstance(top, DeskScreen) and (own := key_for(top.own_keys(), name)) is not None:
        await _press(top, own)
    elif name in ALONE:
        _open(shell, _call_now(shell) if name == "new_case" else ALONE[name])
    elif name in ON_CASE:
        _open_on_case(shell, ON_CASE[name])
    elif isinstance(top, DeskScreen):
        await _act(shell, top, name)


def _while_locked(shell: Shell, name: str) -> str:
    """What a locked desk says to an action; a call counts from F2 on, and waits for the PIN."""
    session = shell.session
    there = isinstance(shell.screen, DeskScreen) and shell.screen.locks
    where = "" if there else _("Esc leads to name and PIN; the emergency goes on.")
    if name != "new_case":
        return " ".join(filter(None, (_("The desk is locked: sign in with a PIN first."), where)))
    session.call_waits = at = session.call_waits or session.now()
    said = waiting_call_line(at.astimezone(session.desk.rules.calendar.tz))
    return " ".join(filter(None, (said, where)))


async def _press(top: DeskScreen, own: ScreenKey) -> None:
    """What the screen on top does itself for an action."""
    if own.off:
        top.say(own.off)
        return
    done = own.does()
    if isinstance(done, Awaitable):
        await done


async def _act(shell: Shell, top: DeskScreen, name: str) -> None:
    """What does not lead to a screen of a case, or not always to the same one."""
    match name:
        case "emergency" if shell.session.read_only:
            _open(shell, ToEmergencyReading())
        case "emergency":
            _open(shell, ToEmergency(place=top.place_here, told=top.told_here))
        case "help":
            _open(shell, ToHelp(top))
        case "palette":
            _open(shell, ToPalette(top))
        case "explain":
            shell.go(ToHelp(top, explain=True))
        case "commit" | "discard":
            top.say(_("No form is open here."))
        case "undo":
            await take_back(shell)
        case "repeat":
            await _repeat(shell, top)
        case "out_alone":
            _open(shell, ToOutAlone(shell.current_case(), _place(shell, top)))
        case "household_notes":
            _open(shell, ToHouseholdNotes(_place(shell, top)))
        case "print":
            await _print(shell, top)
        case "copy":
            from dispatcher_tui.tui.copying import copy_number

            copy_number(shell, top)
        case "copy_case":
            from dispatcher_tui.tui.copying import copy_case

            await copy_case(shell, top)
        case "look":
            await shell.change_look()
        case "leave":
            await shell.leave()
        case _:
            raise LookupError(f"no action {name!r}")


def _call_now(shell: Shell) -> ScreenRoute:
    """F2: the form of a call, with the number and the home of whoever rings right now, or rang as
    F2 was pressed on a desk that was locked."""
    session = shell.session
    since, session.call_waits = session.call_waits, None
    at = since or session.now()
    while session.ringing:
        ring, home = session.ringing.pop()
        if ring.rings_at(at):
            return ToIntake(replace(new_draft(at), intake=form_for(ring.number, home)))
    return ToIntake(since=since)


def _place(shell: Shell, top: DeskScreen) -> str:
    """The place that is worked at: the one typed or shown here, else the chosen case's."""
    line = None if top.place_here else shell.board.line(shell.current_case())
    return top.place_here or (line.place if line is not None else "")


def _open(shell: Shell, route: ScreenRoute) -> None:
    """Open a screen, unless one of its kind is on top already."""
    top = shell.screen
    if not isinstance(top, DeskScreen) or type(top.route) is not type(route):
        shell.go(route)


def _open_on_case(shell: Shell, kind: type[OnCaseRoute]) -> None:
    case_id = shell.current_case()
    if case_id:
        _open(shell, kind(case_id))
    elif isinstance(top := shell.screen, DeskScreen):
        top.say(top.no_case())


async def take_back(shell: Shell) -> None:
    """Ctrl+Z outside of text: name the last own action, on whichever case, and ask."""
    top = shell.screen
    if not isinstance(top, DeskScreen):
        return
    from dispatcher_tui.desk.case.last_action import read_last
    from dispatcher_tui.desk.case.last_action import take_back as take
    from dispatcher_tui.tui.names import last_action, taken_back
    from dispatcher_tui.tui.widgets.take_back_question import TakeBackQuestion

    for question in top.query(TakeBackQuestion):
        question.focus()
        return
    last = await top.run_on_desk(read_last)
    if last is None:
        return
    what = last_action(shell.session.desk, last)
    if not last.number:
        top.say(_("What you did last stays: {what}.").format(what=what))
        return

    async def settle(yes: bool) -> None:
        if not yes:
            top.say(_("Nothing was taken back."))
        elif (taken := await top.run_on_desk(lambda desk: take(desk, last))) is not None:
            await shell.take_news()
            top.say(taken_back(shell.session.desk, taken))

    await top.mount(TakeBackQuestion(what, settle), before="#message")


async def _repeat(shell: Shell, top: DeskScreen) -> None:
    """w: the main points of the current case were repeated to the caller."""
    case_id = shell.current_case()
    if not case_id:
        top.say(top.no_case())
        return
    from dispatcher_tui.desk.case.record_repeat import record_repeat

    if await top.run_on_desk(lambda desk: record_repeat(desk, case_id)) is not None:
        await shell.take_news()
        top.say(_("The main points were repeated to the caller: recorded."))


async def _print(shell: Shell, top: DeskScreen) -> None:
    """p: print the papers of the current case."""
    case_id = shell.current_case()
    if not case_id:
        top.say(top.no_case())
        return
    from dispatcher_tui.tui.sheet_print import print_of_case

    await print_of_case(top, case_id)


def _say(shell: Shell, text: str) -> None:
    if isinstance(shell.screen, DeskScreen):
        shell.screen.say(text)
