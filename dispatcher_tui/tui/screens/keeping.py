"""What is typed is kept on disk by the second: it outlives Esc, a crash and a lost terminal."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen


class Keeping(DeskScreen):
    """A form says in ``typed`` what of it is to be kept, and puts back what ``read_kept`` gives.

    Nothing is kept before that was read, so that an empty form never wipes what it has not seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._on_disk: dict[str, str] | None = None
        """What the disk holds of the form; None until it was read, and once it is over."""

    @property
    def form_key(self) -> str:
        """The name under which it is kept."""
        return type(self).__name__

    @property
    def about(self) -> str:
        """Which one of its kind it is: a case's id, a month, a duty; empty where there is one."""
        return ""

    def typed(self) -> dict[str, str]:
        """What is to be kept, by the names of the fields; the same each time nothing changed."""
        return {}

    async def read_kept(self) -> dict[str, str]:
        """What was kept, and from now on what is typed is; empty where nothing was."""
        form, about = self.form_key, self.about
        kept = await self.ask(lambda desk: kept_form(desk, form, about), writes=False) or {}
        self._on_disk = kept
        return kept

    def welcome(self) -> None:
        """Say that what stands in the fields was typed before."""
        self.say(_("What you typed before is still here."))

    def tick(self, now: datetime) -> None:
        """Once a second, what is typed goes to disk, under another screen too."""
        super().tick(now)
        self.keep_soon()

    def keep_soon(self) -> None:
        """What is typed is on its way to the disk where it has changed."""
        if self._on_disk is not None and self.is_mounted and self.typed() != self._on_disk:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Keep what is typed. Durable when it returns."""
        if self._on_disk is not None:
            await self._keep(self.typed())

    async def forget_draft(self) -> None:
        """What was typed is in the record now; nothing more is kept of this form."""
        await self._keep({})
        self._on_disk = None

    async def _keep(self, values: dict[str, str]) -> None:
        if values == self._on_disk or self.session.read_only:
            return
        form, about, self._on_disk = self.form_key, self.about, values
        await self.ask(lambda desk: keep_form(desk, form, about, values))

    def leave(self, text: str = "") -> None:
        """Back to the screen below, which says what came of it."""
        if not self.is_current:
            if text:
                self.say(text)
            return
        below = self.app.screen_stack[-2]
        self.dismiss()
        if text and isinstance(below, DeskScreen):
            below.say(text)

    async def go_back(self) -> None:
        """Esc: what is typed is kept, and the screen below comes back."""
        await self.save_draft()
        self.leave()
