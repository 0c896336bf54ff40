"""The ``drill`` command: an emergency on a copy of the record, and the report of it.

A real call ends it by one key: then the report is printed, and the real desk opens at once.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from dispatcher_tui.bootstrap import (
    command_line_actor,
    desk_on,
    drill_session,
    open_session,
    show,
    wall_clock,
)
from dispatcher_tui.cli.console import (
    Ended,
    UsageProblem,
    crashed,
    explained,
    interactive,
    put,
    put_json,
    say,
)
from dispatcher_tui.cli.names import named_by
from dispatcher_tui.desk.emergency import drill
from dispatcher_tui.desk.emergency.emergency import kinds
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.emergency.drill_lines import drill_object, faster, report_lines
from dispatcher_tui.present.i18n import _, localized

if TYPE_CHECKING:
    from datetime import datetime

    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.emergency.emergency import Kind
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.domain.record.watch_events import DrillHeld
    from dispatcher_tui.tui.run import Left

YES, NO = "1", "2"


class Drilled(msgspec.Struct, frozen=True):
    """What a drill came to, None where no emergency was opened in it; the last of that kind.

    ``lead``: what the real desk opens with, where a real call broke it off.
    """

    held: DrillHeld | None
    last: DrillHeld | None
    lead: drill.Lead | None


def run_drill(where: Paths, speed: float, kind: str = "", *, as_json: bool) -> None:
    """Drill on this terminal, print the report, and write down that a drill was held.

    Args:
        where: the site.
        speed: how many times as fast as time its clock runs.
        kind: what is to be drilled; the operator chooses where it is empty.
        as_json: print the report for programs.

    Raises:
        UsageProblem: there is no terminal, no drill runs that fast, or no kind is called that.
        Refusal: a real emergency holds the post.
        Failure: the record cannot be copied, or the drill cannot be written into it.
        Ended: with the code the desk left with.
    """
    if not drill.SLOWEST <= speed <= drill.FASTEST:
        words = _("--speed is {least} to {most}.")
        raise UsageProblem(words.format(least=f"{drill.SLOWEST:g}", most=f"{drill.FASTEST:g}"))
    with reading_session(where) as real:
        seen = asyncio.run(real.run_on_desk(_standing))
        asked = _kind(real, kind)
        if not interactive():
            raise UsageProblem(_("The desk needs a terminal; --help lists the other commands."))
        with (
            TemporaryDirectory(prefix="dispatcher-drill-", ignore_cleanup_errors=True) as folder,
            drill_session(where, Path(folder), speed) as session,
        ):
            done = _drilled(session, drill.RealRecord(real, seen), where, speed, asked)
            zone = session.desk.rules.calendar.tz
            names = named_by(session.desk.site)
    if done.held is not None:
        if as_json:
            put_json(drill_object(done.held, done.last, zone))
        else:
            for line in report_lines(done.held, done.last, zone, names):
                put(line)
    if done.lead is not None:
        _to_real_desk(where, done.lead, done.held)
    elif done.held is None:
        say(_("No emergency was opened: there is nothing to report, and nothing is written down."))
    elif _wanted():
        drill.write_drill(where.db, done.held, command_line_actor())
        say(_("The record holds one entry: that this drill was held."))
    else:
        say(_("Nothing was written into the record."))


@contextmanager
def reading_session(paths: Paths) -> Iterator[Session]:
    """The record for reading through its own thread, under the rules it holds; nobody is kept out.

    Raises:
        StoreError: there is no record, or it cannot be read.
        SiteError: the site's files cannot be used.
    """
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.owner import OwnerThread
    from dispatcher_tui.store.store import Store

    store = Store.open(paths.db, read_only=True)
    try:
        desk = desk_on(store, paths, wall_clock(), "", read_only=True)
    except BaseException:
        store.close()
        raise
    session = Session(desk, OwnerThread(store), command_line_actor())
    try:
        yield session
    finally:
        session.close()


def _standing(real: Desk) -> int:
    """The seq up to which the copy will know the record; nobody drills in a real emergency."""
    seen = real.store.last_seq()
    drill.refuse_while_real(real)
    return seen


def _kind(real: Session, text: str) -> Kind | None:
    """The kind that is to be drilled; None where the operator chooses.

    Raises:
        UsageProblem: the site has no card for a kind of that name.
    """
    if not text:
        return None
    found = drill.find_kind(real.desk, text)
    if found is None:
        known = ", ".join(f"{k.key} {localized(k.title)} ({k.id})" for k in kinds(real.desk))
        words = _("--kind: the site has no card for {kind}. It has: {known}.")
        raise UsageProblem(words.format(kind=text, known=known))
    return found


def _drilled(
    session: Session, real: drill.RealRecord, where: Paths, speed: float, asked: Kind | None
) -> Drilled:
    """The desk on the copy until the operator leaves; what it came to, and the drill before."""
    from dispatcher_tui.tui.run import run_tui

    begun = wall_clock().now()
    since = asyncio.run(session.run_on_desk(lambda desk: drill.prepare(desk, speed)))
    before = asyncio.run(session.run_on_desk(drill.drills_before))
    # The copy took its time; what was opened since and holds no post is shouted by the desk.
    asyncio.run(real.session.run_on_desk(drill.refuse_while_real))
    left = run_tui(
        session,
        None,
        _("DRILL"),
        mark=_("DRILL"),
        greeting=_greeting(speed, asked),
        real=real,
    )
    if left.details:
        crashed(where.site, left.details)
    if left.lead is None and left.code:
        raise Ended(left.code)
    held = _held(session, left, since, begun, speed, asked.id if asked else "")
    return Drilled(held, before.get(held.kind) if held else None, left.lead)


def _greeting(speed: float, asked: Kind | None) -> str:
    """What the board says first: what is drilled, how it begins, how a real call gets through."""
    words = _(
        "DRILL on a copy{clock}: F9 begins. A REAL call: F2, then 1. Everybody's PIN here: {pin}"
    )
    if asked is not None:
        words = _(
            "DRILL of {kind}, on a copy{clock}: F9 begins, then its key."
            " A REAL call: F2, then 1. Everybody's PIN here: {pin}"
        )
    kind = localized(asked.title) if asked is not None else ""
    return words.format(clock=faster(speed), pin=drill.PIN, kind=kind)


def _held(
    session: Session, left: Left, since: int, begun: datetime, speed: float, asked: str
) -> DrillHeld | None:
    """What it came to. A real call does not wait for a report that cannot be made."""
    real = left.lead is not None
    try:
        return asyncio.run(
            session.run_on_desk(
                lambda desk: drill.held(desk, since, begun, speed, asked=asked, real=real)
            )
        )
    except Failure as failure:
        if not real:
            raise
        _tell(failure)
        return None


def _to_real_desk(where: Paths, lead: drill.Lead, held: DrillHeld | None) -> None:
    """Open the real desk for the real call that broke the drill off; the record keeps that drill.

    Where another desk has the record, that one takes the call: this one could only read.

    Raises:
        StoreError, SiteError: the desk cannot be opened.
        Ended: with the code the desk left with.
    """
    actor = command_line_actor()
    with open_session(where) as session:
        try:
            if held is not None and session.read_only:
                drill.write_drill(where.db, held, actor)
            elif held is not None:
                asyncio.run(session.run_on_desk(lambda desk: drill.note_drill(desk, held, actor)))
        except Failure as failure:  # The call does not wait for it.
            _tell(failure)
        if session.read_only:
            words = _("REAL: the drill has ended. Take it at the desk of {owner}: press {key}.")
            say(words.format(owner=session.read_only, key=lead.key))
        else:
            show(session, where, lead)


def _tell(failure: Failure) -> None:
    told = explained(failure)
    for line in told[0] if told else ():
        say(line)


def _wanted() -> bool:
    """Whether the operator wants the drill in the record; neither answer is taken for granted."""
    while True:
        say(_("Write into the record that this drill was held? 1 yes, 2 no (then Enter)"))
        answer = sys.stdin.readline()
        if not answer or fold(answer).strip() == NO:
            return False
        if fold(answer).strip() == YES:
            return True
