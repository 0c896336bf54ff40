"""Puts a session on the terminal and gives back how it ended.

What Textual reads from the environment is set here, before it is imported.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.looks import AUTO, choice_of, reason_for, wish_of

if TYPE_CHECKING:
    from dispatcher_tui.desk.emergency.drill import Lead, RealRecord
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.desk.site.setup import Setup
    from dispatcher_tui.domain.record.guided_steps import GuidedNight
    from dispatcher_tui.tui.app import DispatcherApp

ENVIRONMENT = {"TEXTUAL_FPS": "1000", "ESCDELAY": "50", "TEXTUAL_ANIMATIONS": "none"}
"""A change is drawn at once; Esc is told from an F-key whose bytes come 30 ms apart."""

FAILED = 1

THEME = "DISPATCHER_THEME"
"""Names the look for this start; ``--theme`` sets it."""


def wish(session: Session | None = None) -> str:
    """The look that is asked for: for this start, else at this desk, else by the settings."""
    for_now = for_this_start()
    if for_now or session is None:
        return for_now or AUTO
    import asyncio

    from dispatcher_tui.desk.chosen_look import remembered_look

    chosen = ""
    with suppress(Failure):  # a file that cannot be read must still be told of, on some screen
        chosen = asyncio.run(session.run_on_desk(remembered_look))
    return choice_of("", chosen, session.desk.site.site.theme)[0]


def for_this_start() -> str:
    """The look that this start was given; empty where it was given none."""
    return wish_of(os.environ.get(THEME, ""))


def terminal_reason() -> str:
    """What the terminal has to say to a look that nobody chose."""
    prepare_environment()
    from dispatcher_tui.tui.look import LookApp

    held = "NO_COLOR" in os.environ
    return reason_for(no_colour=held, colour_system=LookApp[None](AUTO).console.color_system)


def look_worn(wish: str) -> str:
    """The look that a wish comes to on this terminal."""
    prepare_environment()
    from dispatcher_tui.tui.look import LookApp

    return LookApp[None](wish).theme


def swallowed(session: Session) -> frozenset[str]:
    """The F-keys that never arrive at this desk, as somebody found out."""
    import asyncio

    from dispatcher_tui.desk.swallowed_keys import swallowed_keys

    with suppress(Failure):
        return asyncio.run(session.run_on_desk(swallowed_keys))
    return frozenset()


class Left(NamedTuple):
    """How the terminal was left: the exit code, and an unforeseen error's details if there was."""

    code: int
    details: str
    lead: Lead | None = None
    """What the real desk is to open with, where a drill was left for a real call."""


def prepare_environment() -> None:
    """Set what Textual reads when it is imported; what the operator set stays."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def run_tui(
    session: Session,
    database: Path | None,
    banner: str = "",
    *,
    mark: str = "",
    greeting: str = "",
    real: RealRecord | None = None,
    lead: Lead | None = None,
    guided: GuidedNight | None = None,
) -> Left:
    """Run the desk until the operator leaves.

    Args:
        session: the desk; it is not closed here.
        database: what the daily copy is made of; None where the record goes away with the desk.
        banner: a word in front of the site's name.
        mark: a word down the left edge of every screen.
        greeting: the board's first message.
        real: the real record behind a drill, which is left for a real call.
        lead: what to open with, after a drill that was left so. Keys that were still typed at
            the drill are not for this desk.
        guided: the steps that lead through a first night; None where nothing does.
    """
    prepare_environment()
    if lead is not None:
        _forget_typed()
    from io import StringIO

    def begin(app: DispatcherApp) -> None:
        # Not needed by the first frame, so not imported before it.
        from dispatcher_tui.tui.heartbeat.chores import Chores

        Chores(session, database, greeting).begin(app)

    app = _app(
        guided,
        session,
        banner=banner,
        mark=mark,
        real=real,
        lead=lead,
        begin=begin,
        wish=wish(session),
        swallowed=swallowed(session),
    )
    details = StringIO()
    _catch_details(app, details)
    code = app.run()
    if details.getvalue():
        return Left(FAILED, details.getvalue(), app.leads_to)
    return Left(code if code is not None else app.return_code or 0, "", app.leads_to)


def _app(guided: GuidedNight | None, session: Session, **options: Any) -> DispatcherApp:
    if guided is None:
        from dispatcher_tui.tui.app import DispatcherApp

        return DispatcherApp(session, **options)
    from dispatcher_tui.tui.guided import GuidedApp

    return GuidedApp(guided, session, **options)


def _forget_typed() -> None:
    """Drop what was typed and not read yet."""
    import sys

    if sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty():
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _catch_details(app: object, details: object) -> None:
    """Have an unforeseen error's traceback written aside instead of onto the terminal."""
    from rich.console import Console

    app.error_console = Console(file=details, width=120, no_color=True)  # type: ignore[attr-defined,arg-type]


def ask_first_run(folder: Path, today: date) -> Setup | Literal["demo"] | None:
    """Ask for what a new site needs, on a terminal where there is none yet.

    Gives the answers, ``demo`` where that was chosen, None where the operator left.
    """
    prepare_environment()
    from dispatcher_tui.tui.screens.system.first_run import FirstRunApp

    return FirstRunApp(folder, today, wish()).run()


def ask_first_operator(session: Session) -> bool:
    """Ask for a name and a PIN where nobody may sign in yet; False where the operator left."""
    import asyncio

    from dispatcher_tui.desk.operators import lacks_operator

    if session.read_only or not asyncio.run(session.run_on_desk(lacks_operator)):
        return True
    prepare_environment()
    from dispatcher_tui.tui.screens.system.first_operator import FirstOperatorApp

    return bool(FirstOperatorApp(session, wish(session)).run())


def try_keys() -> list[str] | None:
    """Let the operator press the twelve F-keys; those that never arrived, None if not tried."""
    prepare_environment()
    from dispatcher_tui.tui.screens.system.key_test import KeyTestApp

    return KeyTestApp(wish()).run()
