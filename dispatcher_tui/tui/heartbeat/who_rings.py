"""Who rings is said on whatever screen is on top; F2 takes the number and the household."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.desk.case.ringing import MOST, Ring, RingingFile, who_rings
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.case.home_lines import offered_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.tui.shell import Shell

LOOK_SECONDS = 1.0
"""How often the folder is looked at."""


class Ringing:
    """Looks at the file of rings, and says the newest."""

    def __init__(self, session: Session, database: Path) -> None:
        self._session = session
        self._file = RingingFile(database)
        self._file.changed()  # What rang before the desk was open is over.
        self._before = frozenset(self._file.read())
        self._rings: list[Ring] = []

    def look(self, shell: Shell) -> None:
        """Once a second: one question about a file, and nothing more while nobody rings."""
        if self._file.changed():
            shell.run_worker(self._tell(shell), exit_on_error=False, group="ringing")

    async def _tell(self, shell: Shell) -> None:
        now, there = self._session.now(), self._file.read()
        # It rings as it is seen, by the desk's own clock: that of a demo is another one.
        new = [Ring(ring.number, now) for ring in there if ring not in self._before]
        self._before = frozenset(there)
        self._rings = rings = [*(r for r in self._rings if r.rings_at(now)), *new][-MOST:]
        if not new:
            return
        number = rings[-1].number
        try:
            home = await self._session.run_on_desk(lambda desk: who_rings(desk, number))
        except Failure:  # A call always goes out, and is always shown.
            home = None
        self._session.ringing = [(ring, home if ring.number == number else None) for ring in rings]
        # Who lives where is nobody's business while the desk is locked.
        who = offered_line(home) if home is not None and not shell.locked else number
        if isinstance(shell.screen, DeskScreen):
            shell.screen.say(_("Somebody rings: {who}   F2 takes the call.").format(who=who))
