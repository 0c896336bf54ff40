"""A form about no case whose fields outlive Esc, a crash and a lost terminal."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.form import Field, Picker


class KeptForm(DeskScreen):
    """Fields named in ``keeps`` come back as they were typed when the form is opened again."""

    AUTO_FOCUS = ""
    keeps: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._on_disk: dict[str, str] | None = None
        """What the disk holds of the form; None until it was read, and once it is over."""

    async def restore(self) -> None:
        """Put back what was typed before."""
        name = type(self).__name__
        kept = await self.ask(lambda desk: kept_form(desk, name, ""), writes=False) or {}
        for key, value in kept.items():
            for field in self.query(f"#{key}"):
                if isinstance(field, Picker):
                    field.take_value(value)
                if isinstance(field, Field) and not (isinstance(field, Picker) and field.picked):
                    field.value = value
        self._on_disk = kept
        if kept:
            self.say(_("What you typed before is still here."))

    def field(self, name: str) -> str:
        """What a field holds."""
        return self.query_one(f"#{name}", Field).value

    def _typed(self) -> dict[str, str]:
        found = {}
        for name in self.keeps:
            for field in self.query(f"#{name}"):
                picked = field.picked if isinstance(field, Picker) else ""
                if isinstance(field, Field) and (picked or field.value):
                    found[name] = picked or field.value
        return found

    def tick(self, now: datetime) -> None:
        """Once a second, what is typed goes to disk."""
        if self._on_disk is not None and self._typed() != self._on_disk:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Keep what is typed."""
        if self._on_disk is not None:
            await self._keep(self._typed())

    async def forget_draft(self) -> None:
        """What was typed is in the record now."""
        await self._keep({})
        self._on_disk = None

    async def _keep(self, values: dict[str, str]) -> None:
        if values == self._on_disk or self.session.read_only:
            return
        name, self._on_disk = type(self).__name__, values
        await self.ask(lambda desk: keep_form(desk, name, "", values))

    def leave(self, text: str = "") -> None:
        """Back to the screen below, which says what came of it."""
        below = self.app.screen_stack[-2]
        self.dismiss()
        if text and isinstance(below, DeskScreen):
            below.say(text)

    async def go_back(self) -> None:
        """Esc: what is typed is kept."""
        await self.save_draft()
        self.dismiss()
