"""The composition root: from the names of two files to a desk, a session, or a record to read.

Nothing here is imported before it is needed, so that a command pays only for what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.paths import Paths

if TYPE_CHECKING:
    from dispatcher_tui.desk.clock import Clock
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.emergency.drill import Lead
    from dispatcher_tui.desk.record import Record
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.desk.site.setup import Setup
    from dispatcher_tui.domain.record.guided_steps import GuidedNight
    from dispatcher_tui.reports.printer import Reports
    from dispatcher_tui.store.store import Store

FASTEST = 100_000
"""Most times as fast as time that the demo's clock may run."""


def wall_clock() -> Clock:
    """The workstation's clock."""
    from dispatcher_tui.desk.clock import WallClock

    return WallClock()


def printer(
    mark: str = "", told: Callable[[str], None] | None = None, store: Store | None = None
) -> Reports:
    """What the desk prints through; it imports what makes pages when it makes the first.

    ``mark`` is a word at every line of what it prints; ``told`` hears what a file could not hold;
    ``store`` says whose record it is.
    """
    from dispatcher_tui.reports.printer import Reports
    from dispatcher_tui.site.shipped import data_dir

    record = (store.record_hash(), store.branch_hash()) if store is not None else ("", "")
    return Reports(data_dir() / "fonts", mark, told, record)


def command_line_actor() -> str:
    """Who acts on the command line: ``cli:`` and the name of the account."""
    import getpass

    from dispatcher_tui.domain.words.people import MACHINE

    try:
        return f"{MACHINE}{getpass.getuser()}"
    except (KeyError, ImportError, OSError):  # an account without a name
        return f"{MACHINE}unknown"


@contextmanager
def open_record(paths: Paths, clock: Clock | None = None) -> Iterator[Record]:
    """The record for reading, one of an older version too; the site's folder is not touched.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    from dispatcher_tui.desk.record import Record
    from dispatcher_tui.store.older import read_as_of_today

    with read_as_of_today(paths.db) as store:
        yield Record(store, clock or wall_clock())


def desk_on(
    store: Store,
    paths: Paths,
    clock: Clock,
    actor: str,
    *,
    read_only: bool,
    renews: bool = True,
) -> Desk:
    """A desk on an open store, its site's files adopted, or those in force where it only reads.

    What the record has in force stands in for a file that is broken. Where the desk ``renews``,
    copies of shipped files that nobody edited are brought up to date first; what became of them
    is a line of the Work Log.

    Raises:
        SiteError: the site's files cannot be used, and none were ever adopted.
    """
    from dispatcher_tui.desk.adoption import adopt_site, recall_site, recorded
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.domain.words.people import NOBODY
    from dispatcher_tui.private import share
    from dispatcher_tui.site.load import load
    from dispatcher_tui.site.renewal import Renewal, load_renewed

    record = recorded(store)
    if read_only or not renews:
        site, renewal = load(paths.site, lazy=True, record=record), Renewal()
    else:
        site, renewal = load_renewed(paths.site, record)
    if not read_only:
        share(paths.site, site.site.group)
    desk = Desk(store, clock, site, actor or NOBODY)  # No person chose what a start adopts.
    desk.renewal, desk.printer = renewal, printer(store=store)
    (recall_site if read_only else adopt_site)(desk, site)
    if renewal.changed:
        from dispatcher_tui.present.site.renewal_lines import renewed_line

        desk.note(renewed_line(renewal.renewed, renewal.added))
    desk.actor = actor or store.post().holder or NOBODY
    return desk


@contextmanager
def open_desk(
    paths: Paths,
    *,
    clock: Clock | None = None,
    actor: str = "",
    read_only: bool = False,
) -> Iterator[Desk]:
    """A desk to give commands to, closed again when done with.

    Args:
        actor: who acts; the one who signed in last if not given.
        clock: the workstation's if not given.
        read_only: open the file for reading, under the rules it holds.

    Raises:
        StoreError: the database cannot be used.
        SiteError: the site's files cannot be used.
    """
    from dispatcher_tui.desk.watch.alive import AliveFile
    from dispatcher_tui.store.store import Store

    store = Store.open(paths.db, read_only=read_only)
    try:
        clock = clock or AliveFile(paths.db).beside(wall_clock())
        yield desk_on(store, paths, clock, actor, read_only=read_only)
    finally:
        store.close()


def create_site(paths: Paths, setup: Setup, *, at_desk: bool) -> str:
    """Lay out a site, make its database, adopt its rules, make its first operator one.

    Gives the rescue code, which is written down nowhere else. ``at_desk``: the operator gave the
    PIN at the desk that opens now, and has the watch by it; else the desk asks for it, whoever
    opens it.

    A folder that was laid out before is taken as it is; a database is never replaced.

    Raises:
        Refusal: the operator's PIN or role cannot be used.
        StoreError: there is a database already, or it cannot be made.
        SiteError: the site's files cannot be used.
    """
    from dispatcher_tui.desk.heads import first_rescue_code
    from dispatcher_tui.desk.operators import add_operator
    from dispatcher_tui.desk.site.setup import lay_out
    from dispatcher_tui.desk.watch.watchkeeping import sign_in
    from dispatcher_tui.private import share
    from dispatcher_tui.site.load import load
    from dispatcher_tui.store.errors import Exists
    from dispatcher_tui.store.store import Store

    if paths.db.exists():
        raise Exists(str(paths.db))
    lay_out(paths.site, setup, wall_clock().now().date())
    site = load(paths.site).site
    share(paths.site, site.group, new=True)
    Store.create(paths.db, site=site.name, desk=site.desk).close()
    with open_desk(paths, actor=command_line_actor()) as desk:
        if setup.operator:
            add_operator(desk, setup.operator, setup.role, setup.pin)
            if at_desk:
                sign_in(desk, setup.operator.strip(), setup.pin)
        desk.actor = command_line_actor()
        return first_rescue_code(desk)


@contextmanager
def open_session(
    paths: Paths, *, clock: Clock | None = None, renews: bool = True
) -> Iterator[Session]:
    """A desk for the terminal, driven through its own thread; ``renews`` as for ``desk_on``.

    Where another one runs on the file already, it can only be read, and ``read_only`` says who
    owns it; where the disk takes nothing, ``unwritable`` says so. The lock is given up last, after
    everything that was asked has been written.
    """
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.errors import Owned, ReadOnly
    from dispatcher_tui.store.file_lock import DeskLock
    from dispatcher_tui.store.owner import OwnerThread
    from dispatcher_tui.store.store import Store

    if not paths.db.is_file():
        Store.open(paths.db, read_only=True)  # It says what is wrong; no lock file is left.
    try:
        lock = DeskLock.acquire(paths.db, command_line_actor().removeprefix("cli:"))
    except ReadOnly:
        with _unwritable_session(paths, clock or wall_clock()) as session:
            yield session
        return
    owned = isinstance(lock, Owned)
    try:
        store = Store.open(paths.db, read_only=owned, alone=not owned)
        try:
            clock = clock or wall_clock()
            desk = desk_on(store, paths, clock, "", read_only=owned, renews=renews)
        except BaseException:
            store.close()
            raise
        watching = f"{desk.actor} (pid {lock.pid})" if isinstance(lock, Owned) else ""
        session = Session(desk, OwnerThread(store), watching)
        try:
            yield session
        finally:
            session.close()
    finally:
        if not isinstance(lock, Owned):
            lock.release()


@contextmanager
def _unwritable_session(paths: Paths, clock: Clock) -> Iterator[Session]:
    """A desk that shows the board of a record on a disk that takes nothing."""
    from tempfile import TemporaryDirectory

    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.owner import OwnerThread
    from dispatcher_tui.store.unwritable import open_unwritable

    with TemporaryDirectory(prefix="dispatcher-look-", ignore_cleanup_errors=True) as folder:
        store = open_unwritable(paths.db, Path(folder))
        try:
            desk = desk_on(store, paths, clock, "", read_only=True)
        except BaseException:
            store.close()
            raise
        session = Session(desk, OwnerThread(store), desk.actor, unwritable=True)
        try:
            yield session
        finally:
            session.close()


@contextmanager
def drill_session(paths: Paths, folder: Path, speed: float) -> Iterator[Session]:
    """A desk like that of the site, on a copy of its record in ``folder``; its clock runs faster.

    Raises:
        StoreError: there is no record, or no room for its copy.
        SiteError: the site's files cannot be used.
    """
    from dispatcher_tui.desk.clock import FasterClock
    from dispatcher_tui.desk.emergency.drill import scratch_copy
    from dispatcher_tui.present.i18n import _

    copy = paths._replace(db=scratch_copy(paths.db, folder))
    clock = FasterClock(wall_clock().now(), speed)
    with open_record(copy) as record:
        to = printer(_("DRILL"), store=record.store)
    with open_session(copy, clock=clock, renews=False) as session:
        session.desk.printer = to
        yield session


@contextmanager
def demo_session(at: str = "", speed: float = 1.0) -> Iterator[Session]:
    """The demo's desk on a throwaway estate, which goes away with it.

    Args:
        at: the time its clock is set to, as an operator types one; the present if empty.
        speed: how much faster than time its clock runs.

    Raises:
        WhenError: ``at`` is no time.
    """
    from tempfile import TemporaryDirectory

    from dispatcher_tui.demo.estate import build_demo, demo_time
    from dispatcher_tui.desk.clock import FasterClock
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.store.owner import OwnerThread

    now = wall_clock().now()
    start = demo_time(at, now) if at else now
    with TemporaryDirectory(prefix="dispatcher-demo-", ignore_cleanup_errors=True) as folder:
        desk = build_demo(Path(folder) / "site", start)
        desk.clock = FasterClock(start, speed)
        desk.printer = printer(store=desk.store)
        session = Session(desk, OwnerThread(desk.store))
        try:
            yield session
        finally:
            session.close()


def run_desk(paths: Paths) -> None:
    """Open the desk on this terminal; where there is no site yet, offer one or the demo.

    A site on which nobody may sign in asks for its first operator before anything else.

    Raises:
        UsageProblem: there is no terminal to open it on.
        Ended: with the code the desk left with.
    """
    from dispatcher_tui.cli.console import UsageProblem, interactive
    from dispatcher_tui.present.i18n import _

    new = not paths.db.exists()
    if not interactive():
        if new:
            raise UsageProblem(_("There is no desk here: name one with --site, or make it: init."))
        raise UsageProblem(_("The desk needs a terminal; --help lists the other commands."))
    if new:
        from dispatcher_tui.cli.console import show_rescue_code
        from dispatcher_tui.cli.options import ask_line
        from dispatcher_tui.tui.run import ask_first_run

        answer = ask_first_run(paths.site, wall_clock().now().date())
        if answer is None:
            return
        if answer == "demo":
            run_demo()
            return
        show_rescue_code(create_site(paths, answer, at_desk=True))
        ask_line(_("Enter goes on to the desk. "))
    from dispatcher_tui.tui.run import ask_first_operator

    with open_session(paths) as session:
        if ask_first_operator(session):
            show(session, paths)


def demo_can_run(speed: float) -> None:
    """Refuse a demo that cannot be.

    Raises:
        UsageProblem: there is no terminal, or no clock runs that fast.
    """
    from dispatcher_tui.cli.console import UsageProblem, interactive
    from dispatcher_tui.present.i18n import _

    if not 0 < speed <= FASTEST:
        raise UsageProblem(_("--speed is more than 0 and at most {most}.").format(most=FASTEST))
    if not interactive():
        raise UsageProblem(_("The desk needs a terminal; --help lists the other commands."))


def run_demo(at: str = "", speed: float = 1.0) -> None:
    """Open the demo on this terminal.

    Raises:
        UsageProblem: there is no terminal, or no clock runs that fast.
        WhenError: ``at`` is no time.
        Ended: with the code the desk left with.
    """
    demo_can_run(speed)
    with demo_session(at, speed) as session:
        show(session, None)


def show(
    session: Session,
    paths: Paths | None,
    lead: Lead | None = None,
    guided: GuidedNight | None = None,
) -> None:
    """The terminal until the operator leaves; the demo has no paths and makes no backups.

    ``lead``: what it opens with, after a drill that was left for a real call. ``guided``: the
    steps that lead through a first night.
    """
    from dispatcher_tui.cli.console import Ended, crashed
    from dispatcher_tui.present.i18n import _
    from dispatcher_tui.tui.run import run_tui

    banner, greeting = _("READ ONLY") if session.read_only else "", ""
    if paths is None:
        from dispatcher_tui.demo.accounts import demo_accounts

        banner, pins = _("DEMO"), ", ".join(f"{a.name} {a.pin}" for a in demo_accounts())
        if guided is None:
            greeting = _("Demo, gone when you leave. PINs: {pins}").format(pins=pins)
    file = paths.db if paths else None
    left = run_tui(session, file, banner, greeting=greeting, lead=lead, guided=guided)
    if left.details:
        crashed(session.desk.site.folder if paths else Path.cwd(), left.details)
    if left.code:
        raise Ended(left.code)
