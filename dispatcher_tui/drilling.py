"""The ``drill`` command: an emergency on a copy of the record, and the report of it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import Paths, command_line_actor, drill_session, wall_clock
from dispatcher_tui.console import Ended, UsageProblem, crashed, interactive, put, put_json, say
from dispatcher_tui.desk import drill
from dispatcher_tui.domain.text import fold
from dispatcher_tui.names import site_names
from dispatcher_tui.present.drill_lines import drill_object, report_lines
from dispatcher_tui.present.words import _

if TYPE_CHECKING:
    from datetime import tzinfo

    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.domain.watch_events import DrillHeld
    from dispatcher_tui.present.glossary import Glossary

YES, NO = "1", "2"


def run_drill(where: Paths, speed: float, *, as_json: bool) -> None:
    """Drill on this terminal, print the report, and write down that a drill was held.

    Raises:
        UsageProblem: there is no terminal, or no drill runs that fast.
        Failure: the record cannot be copied, or the drill cannot be written into it.
        Ended: with the code the desk left with.
    """
    if not drill.SLOWEST <= speed <= drill.FASTEST:
        words = _("--speed is {least} to {most}.")
        raise UsageProblem(words.format(least=f"{drill.SLOWEST:g}", most=f"{drill.FASTEST:g}"))
    if not interactive():
        raise UsageProblem(_("The desk needs a terminal; --help lists the other commands."))
    with (
        TemporaryDirectory(prefix="dispatcher-drill-", ignore_cleanup_errors=True) as folder,
        drill_session(where, Path(folder), speed) as session,
    ):
        held, last = _drilled(session, where, speed)
        zone, names = session.desk.rules.calendar.tz, site_names(where)
    if held is None:
        say(_("No emergency was opened: there is nothing to report, and nothing is written down."))
        return
    _report(held, last, zone, names, as_json=as_json)
    if _wanted():
        drill.write_drill(where.db, held, command_line_actor())
        say(_("The record holds one entry: that this drill was held."))
    else:
        say(_("Nothing was written into the record."))


def _drilled(
    session: Session, where: Paths, speed: float
) -> tuple[DrillHeld | None, DrillHeld | None]:
    """The desk on the copy until the operator leaves; what it came to, and the drill before."""
    from dispatcher_tui.tui.run import run_tui

    begun = wall_clock().now()
    since = asyncio.run(session.ask(lambda desk: drill.prepare(desk, speed)))
    last = asyncio.run(session.ask(drill.last_drill))
    greeting = _("DRILL on a copy, clock ×{speed}: F9 begins. Everybody's PIN here: {pin}")
    left = run_tui(
        session,
        None,
        _("DRILL"),
        mark=_("DRILL"),
        greeting=greeting.format(speed=f"{speed:g}", pin=drill.PIN),
    )
    if left.details:
        crashed(where.site, left.details)
    if left.code:
        raise Ended(left.code)
    held = asyncio.run(session.ask(lambda desk: drill.held(desk, since, begun, speed)))
    return held, last


def _report(
    held: DrillHeld, last: DrillHeld | None, zone: tzinfo, names: Glossary, *, as_json: bool
) -> None:
    if as_json:
        put_json(drill_object(held, last, zone))
        return
    for line in report_lines(held, last, zone, names):
        put(line)


def _wanted() -> bool:
    """Whether the operator wants the drill in the record; neither answer is taken for granted."""
    while True:
        say(_("Write into the record that this drill was held? 1 yes, 2 no (then Enter)"))
        answer = sys.stdin.readline()
        if not answer or fold(answer).strip() == NO:
            return False
        if fold(answer).strip() == YES:
            return True
