"""A screen whose form is on disk while it is typed, and is found again after a crash."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from textual.timer import Timer

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import drop_draft, new_draft, save_draft
from dispatcher_tui.desk.intake import Draft, Intake
from dispatcher_tui.tui.screens.base import DeskScreen

PAUSE = 0.4
"""Seconds after which what was typed is on its way to the disk, also while typing goes on."""


class DraftScreen(DeskScreen):
    """Stamps a draft when it opens; a subclass tells what is typed by ``filled``.

    ``since`` is when the call came in where that was before (UTC).
    """

    def __init__(self, draft: Draft | None = None, *, since: datetime | None = None) -> None:
        super().__init__()
        self._since = since
        self.resumed = draft is not None
        self._draft = draft
        self._on_disk: Intake | None = draft.intake if draft else None
        self._keeping: Timer | None = None
        self._warned = False
        self._over = False

    @property
    def draft(self) -> Draft:
        """The form with the call's stamp, as it was last kept."""
        if self._draft is None:
            self._draft = new_draft(self._since or self.session.now())
        return self._draft

    @property
    def filled(self) -> Intake:
        """The form as it is typed now."""
        raise NotImplementedError

    @property
    def over(self) -> bool:
        """True once the form is committed or left: nothing may write its draft any more."""
        return self._over

    def changed(self) -> None:
        """Something was typed: see to it that it is on disk before long."""
        if self._keeping is None and not self._over:
            self._keeping = self.set_timer(PAUSE, self._pause_over)

    def _pause_over(self) -> None:
        self._keeping = None
        self.keep_soon()

    def keep_soon(self) -> None:
        """Keep what is typed without waiting for the disk."""
        self.run_worker(self.save_draft(), exit_on_error=False)

    def on_screen_suspend(self) -> None:
        """Another screen comes over this one (F9): what is typed goes to the disk now."""
        self.keep_soon()

    async def save_draft(self) -> None:
        """Keep what is typed on disk."""
        await self._keep()

    async def _keep(self) -> bool:
        """Keep the form in memory, then on disk; True where the disk has it."""
        if self._over or not self.is_mounted:
            return True
        form = self.filled
        draft = self._draft = replace(self.draft, intake=form)
        self.session.drafts[draft.id] = draft
        if self._on_disk == form:
            return True

        def save(desk: Desk) -> bool:
            save_draft(desk, draft)
            return True

        if not await self.ask(save):
            return False
        self._on_disk = form
        return True

    async def leave(self) -> bool:
        """Keep the draft, drop a blank one; False where the disk did not take it the first time."""
        draft = self.draft
        if self.filled.blank:
            self._over = True
            self.session.drafts.pop(draft.id, None)
            await self.ask(lambda desk: drop_draft(desk, draft.id))
        elif not await self._keep() and not self._warned:
            self._warned = True  # The message says why; the next Esc leaves all the same.
            return False
        self._over = True
        return True

    async def go_back(self) -> None:
        """Esc: the draft is kept; a blank one is dropped."""
        if await self.leave():
            self.dismiss()

    def begin_commit(self) -> None:
        """From here on nothing may write the draft again: the commit takes it away."""
        self._over = True

    def commit_failed(self) -> None:
        """Nothing was written: the form and its draft stay."""
        self._over = False
        self.changed()

    def committed(self) -> None:
        """The draft went with the commit."""
        self.session.drafts.pop(self.draft.id, None)
