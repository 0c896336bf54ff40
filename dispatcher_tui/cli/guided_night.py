"""``demo --guide``: a first night that leads through twelve steps, kept until it is walked.

It lies beside this user's site, so that a night that was left is taken up at the step it was left
at, by a clock that stood still meanwhile. Once all is done the next one begins anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dispatcher_tui import private
from dispatcher_tui.bootstrap import (
    command_line_actor,
    demo_can_run,
    desk_on,
    show,
    wall_clock,
)
from dispatcher_tui.domain.record.guided_steps import GuidedNight, GuideStep, step_now
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.paths import DATABASE, Paths

if TYPE_CHECKING:
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.store import Store

FOLDER, LIES_IN = "first-night", "night"
"""Where the night and its lock are, and in it the night itself, which is made anew."""
NIGHT = "22:47"
"""When a guided night begins where nobody says otherwise, in the demo's own time."""
BEGAN = "began.txt"
AFTER = timedelta(minutes=1)
"""What a night's clock goes on by after it was left."""


class KeptNight(NamedTuple):
    """A night as it was left: when it began, and when it goes on (UTC)."""

    began: datetime
    resumes: datetime


def kept_folder() -> Path:
    """Where a guided night is kept: beside this user's site."""
    from dispatcher_tui.site.shipped import default_dir

    return default_dir().with_name(FOLDER)


def _paths(folder: Path) -> Paths:
    site = folder / LIES_IN / "site"
    return Paths(site, site / DATABASE)


def _left(store: Store, folder: Path, steps: tuple[GuideStep, ...]) -> KeptNight | None:
    """The night in an open record, where there is something left to do in it."""
    began = datetime.fromisoformat((folder / LIES_IN / BEGAN).read_text("ascii").strip())
    if step_now(steps, store.log(began, None), "") == len(steps):
        return None
    return KeptNight(began, max(began, store.latest_since(0) or began) + AFTER)


def kept_night(folder: Path, steps: tuple[GuideStep, ...]) -> KeptNight | None:
    """The night that was left there; None where there is none, or none that can be read."""
    from dispatcher_tui.store.store import Store

    with suppress(Failure, OSError, ValueError):
        store = Store.open(_paths(folder).db, read_only=True)
        try:
            return _left(store, folder, steps)
        finally:
            store.close()
    return None


def new_night(folder: Path, start: datetime) -> KeptNight:
    """Make a night there in place of any other; what was half made is made again."""
    from dispatcher_tui.demo.estate import build_demo

    half, whole = folder / f"{LIES_IN}.new", folder / LIES_IN
    for each in (half, whole):
        shutil.rmtree(each, ignore_errors=True)
    private.make_folder(half)
    build_demo(half / "site", start).store.close()
    with private.opened(half / BEGAN, "wb") as file:
        file.write(start.isoformat().encode("ascii"))
    half.rename(whole)
    return KeptNight(start, start)


@contextmanager
def guided_session(
    folder: Path, steps: tuple[GuideStep, ...], at: str = "", speed: float = 1.0
) -> Iterator[tuple[Session, GuidedNight]]:
    """The desk of a guided night: the one that was left, or a new one, which ``at`` asks for.

    Raises:
        WhenError: ``at`` is no time.
        StoreError: another desk has that night open, or the disk takes nothing.
    """
    from dispatcher_tui.demo.accounts import demo_accounts
    from dispatcher_tui.demo.estate import demo_time
    from dispatcher_tui.desk.clock import FasterClock
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.errors import Owned
    from dispatcher_tui.store.file_lock import DeskLock
    from dispatcher_tui.store.owner import OwnerThread
    from dispatcher_tui.store.store import Store

    start = demo_time(at or NIGHT, wall_clock().now())
    private.make_folder(folder)
    lock = DeskLock.acquire(folder / DATABASE, command_line_actor().removeprefix("cli:"))
    if isinstance(lock, Owned):
        raise lock
    paths = _paths(folder)
    try:
        night = None if at else kept_night(folder, steps)
        night = night or new_night(folder, start)
        store = Store.open(paths.db, ballast=0)
        try:
            clock = FasterClock(night.resumes, speed)
            desk = desk_on(store, paths, clock, "", read_only=False, renews=False)
        except BaseException:
            store.close()
            raise
        session = Session(desk, OwnerThread(store))
        try:
            pins = {each.name: each.pin for each in demo_accounts()}
            yield session, GuidedNight(steps, night.began, pins)
        finally:
            session.close()
    finally:
        lock.release()


def run_guided(at: str = "", speed: float = 1.0) -> None:
    """Open the guided night on this terminal.

    Raises:
        UsageProblem: there is no terminal, or no clock runs that fast.
        WhenError: ``at`` is no time.
        Ended: with the code the desk left with.
    """
    from dispatcher_tui.site.guide_texts import read_guide

    demo_can_run(speed)
    with guided_session(kept_folder(), read_guide().step, at, speed) as (session, night):
        show(session, None, guided=night)
