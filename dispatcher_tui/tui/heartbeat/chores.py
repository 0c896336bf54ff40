"""What a running desk does by itself: the daily copy, a look at the site's files, the memory."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispatcher_tui import private
from dispatcher_tui.desk.adoption import adopt_unasked
from dispatcher_tui.desk.emergency.reachability import ladder_gaps, numbers_lacking
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.session import Session
from dispatcher_tui.desk.site.backups import FOLDER, made_today
from dispatcher_tui.desk.site.reload import SiteWatch
from dispatcher_tui.desk.site.settling import said_at_sign_in
from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.desk.watch.night_people import silent_tonight
from dispatcher_tui.domain.time.holidays import years_lacking
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.people import NOBODY
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.machine_words import machine_words
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.site.renewal_lines import (
    open_files_line,
    renewed_line,
    set_aside_line,
    stuck_line,
)
from dispatcher_tui.present.site.site_problems import (
    describe,
    fault_line,
    gaps_line,
    lacking_line,
    years_line,
)
from dispatcher_tui.present.watch.people_lines import silent_line
from dispatcher_tui.tui.heartbeat.warm import Warming
from dispatcher_tui.tui.heartbeat.who_rings import LOOK_SECONDS as RING_SECONDS
from dispatcher_tui.tui.heartbeat.who_rings import Ringing
from dispatcher_tui.tui.only_read import only_read
from dispatcher_tui.tui.screens.case.board import board_screen, say_on_board
from dispatcher_tui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

LOOK_SECONDS = 5.0
HEARTBEAT = 1.0

BACKUP_SECONDS = 60.0
"""How long after the start the daily copy begins, so that it never stands in a caller's way."""


class Chores:
    """The chores of one desk; demo and drill, which have no ``database``, make no copies.

    ``greeting`` is the board's first message.
    """

    def __init__(self, session: Session, database: Path | None, greeting: str = "") -> None:
        self._session = session
        self._database = database
        self._greeting = greeting
        self._renewal_told = False
        self._watch = SiteWatch(session.desk.site)
        self._copying = False
        self._low = False
        self._on_watch = session.desk.actor
        self._standing: tuple[str, ...] = ()
        """What the board was last told of the site; what is mended is taken off it again."""
        self._gaps = ""
        self._gaps_seen = 0

    def begin(self, shell: Shell) -> None:
        """Start after the first frame; what was made until now is never garbage."""
        shell.garbage.begin()
        if self._session.read_only:
            words = _("Another desk owns this file ({owner}); here it can only be read.")
            owned = words.format(owner=self._session.read_only)
            self._say(shell, only_read(self._session) if self._session.unwritable else owned)
            return
        self._tell_old_sqlite(shell)
        file = AliveFile(self._database) if self._database is not None else None
        self._start(shell, self._first(shell, file))
        shell.set_interval(LOOK_SECONDS, lambda: self._start(shell, self.look(shell)), name="site")
        shell.set_interval(
            HEARTBEAT, lambda: self._start(shell, self.gaps_again(shell)), name="gaps"
        )
        Warming(shell).begin()
        if self._greeting:
            self._say(shell, self._greeting)
        if self._database is None:
            return
        ringing = Ringing(self._session, self._database)
        shell.set_interval(RING_SECONDS, lambda: ringing.look(shell), name="ringing")
        shell.set_timer(BACKUP_SECONDS, lambda: self._start(shell, self.daily_copy(shell)))

    def _tell_old_sqlite(self, shell: Shell) -> None:
        """Said once: how the record is kept under a SQLite that could lose a commit."""
        from dispatcher_tui.desk.site.doctor import Health, sqlite_finding
        from dispatcher_tui.present.site.doctor_text import finding_text

        found = sqlite_finding()
        if found.health is Health.WARN:
            self._say(shell, labelled("SQLite", finding_text(found.code, found.detail)))

    async def _first(self, shell: Shell, file: AliveFile | None) -> None:
        await shell.begin_heart(file)
        await self.look_at_ladders(shell)

    @staticmethod
    def _start(shell: Shell, chore: Coroutine[Any, Any, object]) -> None:
        shell.run_worker(chore, exit_on_error=False, group="chores")

    async def look(self, shell: Shell) -> None:
        """Take over what was edited; a broken file is told, and the last good data stays."""
        await self._look_at_watch(shell)
        await self._look_at_disk(shell)
        before = self._watch.problems
        site = await asyncio.to_thread(self._watch.look)
        try:
            if site is not None:
                await self._session.run_on_desk(lambda desk: adopt_unasked(desk, site))
                self._say(shell, _("The site's files were taken over."))
                await self.look_at_ladders(shell)
            elif self._watch.problems != before and not self._told():
                self._say(shell, self._complaint())
        except Failure as failure:
            self._say(shell, explain_failure(failure))

    def _told(self) -> bool:
        """Whether all that is wrong was said at the sign-in: the shipped files stand in for it."""
        known = self._session.desk.site.faults
        return bool(self._watch.problems) and all(each in known for each in self._watch.problems)

    async def look_at_ladders(self, shell: Shell) -> None:
        """Whoever is on a ladder and cannot be rung is named before the night, not in it; and so
        is every outside number that a kind of emergency needs and that nobody has entered, what of
        the site's own files is wrong, not settled, or does not count any more."""
        try:
            gaps, post, silent = await self._session.run_on_desk(
                lambda desk: (ladder_gaps(desk), desk.post, silent_tonight(desk))
            )
        except Failure as failure:
            self._say(shell, explain_failure(failure))
            return
        # Files are read for these: not in the thread that the keys wait for.
        site = self._session.desk.site
        lacking = await asyncio.to_thread(numbers_lacking, site)
        files = await asyncio.to_thread(said_at_sign_in, site, post)
        faults = await asyncio.to_thread(lambda: site.faults)
        named = partial(role_name, names_in_force(self._session.desk))
        self._gaps = gaps_line(gaps, named) if gaps else ""
        told = (
            self._gaps,
            silent_line(silent),
            fault_line([*faults, *(p for p in self._watch.problems if p not in faults)]),
            lacking_line(lacking),
            open_files_line(files.open),
            set_aside_line(files.procedure, files.set_aside),
            self._years_line(),
        )
        self._put(shell, told)

    def _years_line(self) -> str:
        """The years whose holidays ought to be in by now: before the first of January counts."""
        calendar = self._session.desk.rules.calendar
        today = self._session.now().astimezone(calendar.tz).date()
        return years_line(years_lacking(calendar, today))

    def _put(self, shell: Shell, told: tuple[str, ...]) -> None:
        """Say these lines on the board above what stands there; what is mended goes."""
        board = board_screen(shell)
        if board is None or not board.is_mounted:
            return
        mended = {line for line in self._standing if line not in told}
        self._standing = tuple(line for line in told if line)
        before = board.query_one("#message", Lines).text.split("\n")
        kept = [line for line in before if line not in mended]
        once = self._renewal_lines()
        if any((*told, *once)) or kept != before:
            lines = [line for line in (*told, *once, *kept) if line]
            board.say("\n".join(dict.fromkeys(lines)))

    async def gaps_again(self, shell: Shell) -> None:
        """Once a second while the board names people without a number: who has one by now?"""
        seen, board = self._session.seen, board_screen(shell)
        if not self._gaps or seen == self._gaps_seen or board is None:
            return
        self._gaps_seen = seen
        try:
            gaps = await self._session.run_on_desk(ladder_gaps)
        except Failure:
            return  # it is told by whatever else needs the file
        named = partial(role_name, names_in_force(self._session.desk))
        line = gaps_line(gaps, named) if gaps else ""
        if line != self._gaps and board.is_mounted:
            before, self._gaps = self._gaps, line
            self._standing = tuple(line if x == before else x for x in self._standing)
            text = board.query_one("#message", Lines).text.split("\n")
            lines = (line if each == before else each for each in text)
            board.say("\n".join(each for each in lines if each))

    def _renewal_lines(self) -> tuple[str, ...]:
        """What became of the site's copies when the desk was opened; said once."""
        if self._renewal_told:
            return ()
        self._renewal_told, done = True, self._session.desk.renewal
        return renewed_line(done.renewed, done.added), stuck_line(done.stuck)

    def _complaint(self) -> str:
        """What is wrong with the files now, or that nothing is any more."""
        if not self._watch.problems:
            return _("The site's files are good again.")
        problem = describe(self._watch.problems[0])
        return _("{problem} - the last good data stays in force.").format(problem=problem)

    async def _look_at_watch(self, shell: Shell) -> None:
        """When somebody else has taken the watch, the one before leaves a copy behind."""
        before, self._on_watch = self._on_watch, self._session.desk.actor
        if before != self._on_watch:
            await self.look_at_ladders(shell)
        if before not in (self._on_watch, NOBODY):
            await self.copy(shell)

    async def _look_at_disk(self, shell: Shell) -> None:
        """Warn while there is still room to save; keep some back again once there is ample."""
        if self._database is None:
            return
        # The first frame does not wait for these.
        from dispatcher_tui.desk.site.doctor import Health, disk_finding
        from dispatcher_tui.present.site.doctor_text import finding_text

        found = await asyncio.to_thread(disk_finding, self._database)
        low, before = found.health is Health.WARN, self._low
        self._low = low
        if low and not before:
            room = finding_text(found.code, found.detail)
            self._say(shell, _("The disk is filling up: {room}.").format(room=room))
        elif before and not low:
            await self._session.run_on_desk(lambda desk: desk.store.ballast.fill())

    async def daily_copy(self, shell: Shell) -> None:
        """Make today's copy unless there is one; it is wanted again tomorrow."""
        desk = self._session.desk
        folder = desk.site.folder / FOLDER
        if not made_today(folder, self._session.now(), desk.rules.calendar.tz):
            await self.copy(shell)
        shell.set_timer(3600, lambda: self._start(shell, self.daily_copy(shell)))

    async def copy(self, shell: Shell) -> bool:
        """Make a copy now, as at a hand-over; True where it was made and found whole.

        It is made by a process of its own, so that proving years of entries does not make the
        keys wait.
        """
        if self._database is None or self._copying:
            return False
        self._copying = True
        try:
            return await self._copy_beside(shell, self._database)
        finally:
            self._copying = False

    async def _copy_beside(self, shell: Shell, database: Path) -> bool:
        site = self._session.desk.site
        folder = site.folder / FOLDER
        try:
            private.make_folder(folder)
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "dispatcher_tui",
                *("--site", str(site.folder), "--db", str(database), "backup", str(folder)),
                *("--keep", str(site.site.backup_keep), "--gently"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            _out, told = await process.communicate()
        except OSError as error:
            reason = machine_words(error.strerror or "")
            self._say(shell, _("No backup was made: {reason}").format(reason=reason))
            return False
        if process.returncode:
            lines = told.decode("utf-8", "replace").strip().splitlines()
            self._say(shell, _("No backup was made: {reason}").format(reason="".join(lines[-1:])))
        return process.returncode == 0

    @staticmethod
    def _say(shell: Shell, text: str) -> None:
        say_on_board(shell, text)
