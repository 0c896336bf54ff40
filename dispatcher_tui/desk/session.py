"""The desk as the event loop sees it: questions go to the owner thread, answers come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec

from dispatcher_tui.desk.case.intake import IntakeDraft
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.desk.emergency.panel import end_tests, next_test_end
from dispatcher_tui.desk.reviews.routines import (
    fire_desk,
    known_as_fired,
    next_desk_firing,
    owed_by_desk,
    owed_until,
)
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.evolve import FoldError
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case_line import SOON, CaseLine, Counts, Lane
from dispatcher_tui.domain.record.kinds import UnknownKindError
from dispatcher_tui.domain.watch.post import VACANT
from dispatcher_tui.store.errors import Unsound
from dispatcher_tui.store.owner import OwnerThread

if TYPE_CHECKING:
    from dispatcher_tui.desk.case.ringing import Ring
    from dispatcher_tui.desk.emergency.emergency import Holding
    from dispatcher_tui.desk.site.file_gone import LostFile
    from dispatcher_tui.domain.site.register import HomeFound
    from dispatcher_tui.domain.time.when_words import Sayings

T = TypeVar("T")

NONSENSE = (FoldError, UnknownKindError, msgspec.DecodeError, UnicodeDecodeError)
"""What reading a record raises that holds something no version ever wrote."""


def _holding(desk: Desk) -> tuple[Holding, ...]:
    from dispatcher_tui.desk.emergency.emergency import holding  # the first frame needs none of it

    return holding(desk)


class Session:
    """A desk driven from an event loop.

    ``read_only`` says who owns the file where another desk does, and is empty where it can be
    written; ``unwritable``: nobody owns it, and the disk takes nothing.
    ``drafts`` holds the unfinished forms by their ids, as they are on disk and on the screen;
    ``quick_lines``: what was typed in the quick line since the start, the newest last;
    ``ringing``: who rings, with whose home it is, the newest last;
    ``call_waits``: since when a call waits for a locked desk to be opened (UTC);
    ``steps_shown``: the case whose steps were listed last, and their ids by their digits;
    ``post`` is who was on watch when the record was last looked at, ``owed`` what the desk
    itself owes, past duties too, ``held`` the emergencies for which the post may not be left.
    """

    def __init__(
        self, desk: Desk, owner: OwnerThread, read_only: str = "", *, unwritable: bool = False
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._seen = 0
        self.read_only = read_only
        self.unwritable = unwritable
        self._lost: LostFile | None = None
        self.next_firing: datetime | None = None
        self.drafts: dict[str, IntakeDraft] = {}
        self.quick_lines: list[str] = []
        self.ringing: list[tuple[Ring, HomeFound | None]] = []
        self.call_waits: datetime | None = None
        self.steps_shown: tuple[str, tuple[str, ...]] = ("", ())
        self.post = VACANT
        self.owed: tuple[Duty, ...] = ()
        self.held: tuple[Holding, ...] = ()
        self._owed_until: datetime | None = None

    @property
    def desk(self) -> Desk:
        """The desk's memory (site, clock, actor): no method of it that touches the file."""
        return self._desk

    @property
    def seen(self) -> int:
        """The seq of the last entry that was looked at; another one tells of news."""
        return self._seen

    def now(self) -> datetime:
        """The desk's present moment (UTC)."""
        return self._desk.clock.now()

    def sayings(self) -> Sayings:
        """What people mean by words for a time now."""
        return sayings(self._desk, self.post, self.now())

    async def run_on_desk(self, question: Callable[[Desk], T]) -> T:
        """Run a use case in the owner thread, in order; its refusal is raised here.

        A question once asked is carried out even if the one who asked goes away.

        Raises:
            Unsound: the record holds something that makes no sense; one case must not end the desk.
        """

        def job(_store: object) -> T:
            try:
                return question(self._desk)
            except NONSENSE as error:
                raise Unsound(repr(error)) from error

        return await self._owner.run(job)

    async def fire(self) -> None:
        """Write down what has fallen due."""
        if not self.read_only:
            await self.run_on_desk(lambda desk: (desk.fire(), fire_desk(desk), end_tests(desk)))

    def _look_at_desk(self, desk: Desk) -> None:
        """What the desk owes changes with an entry, the day or a round that begins."""
        self.post = desk.post
        self.held = _holding(desk)
        self.owed = owed_by_desk(desk)
        self._owed_until = owed_until(desk)

    def _look_ahead(self, desk: Desk) -> None:
        """When something falls due next, of a case or of the desk's own."""
        known = (
            desk.store.next_firing(),
            next_desk_firing(self.owed, known_as_fired(desk, self.owed, self.post.fired)),
            next_test_end(self.post.panel_tests),
        )
        self.next_firing = min((at for at in known if at is not None), default=None)

    async def lost(self) -> LostFile:
        """What became of a record whose file was taken away; a whole copy is saved, once."""

        def look(desk: Desk) -> LostFile:
            from dispatcher_tui.desk.site.file_gone import look_at_lost

            return look_at_lost(desk, self._lost)

        self._lost = await self.run_on_desk(look)
        return self._lost

    async def first_page(self, lines: int) -> tuple[list[CaseLine], Counts]:
        """The first lines of the board and its figures: what the first frame needs."""

        def look(desk: Desk) -> tuple[list[CaseLine], Counts]:
            now = desk.clock.now()
            self._seen = desk.store.last_seq()
            self.drafts = {draft.id: draft for draft in load_drafts(desk)}
            self.post = desk.post
            return desk.store.board(Lane.ALL, lines), desk.store.counts(now, now + SOON)

        return await self.run_on_desk(look)

    async def all_lines(self, today: datetime) -> list[CaseLine]:
        """Every open case, and what was ended since ``today`` began."""

        def look(desk: Desk) -> list[CaseLine]:
            self._seen = desk.store.last_seq()
            self._look_at_desk(desk)
            self._look_ahead(desk)
            return desk.store.board(Lane.ALL) + desk.store.board(Lane.DONE, since=today)

        return await self.run_on_desk(look)

    async def news(self) -> list[CaseLine]:
        """The lines of every case that changed since the last call, whoever changed it.

        Raises:
            FileLost: the file was taken away; nothing is read or written any more.
        """

        def look(desk: Desk) -> list[CaseLine]:
            desk.store.check_file()
            before = self._seen
            self._seen, lines = desk.store.changed_since(before)
            until = self._owed_until
            if self._seen != before or until is None or desk.clock.now() >= until:
                self._look_at_desk(desk)
            self._look_ahead(desk)
            return lines

        return await self.run_on_desk(look)

    def close(self) -> None:
        """Finish what was asked, then let go of the file."""
        self._owner.close()
