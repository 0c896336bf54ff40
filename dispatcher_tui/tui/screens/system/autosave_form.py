"""The one base of every form: what is typed is saved as it is typed, until it is committed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events, on
from textual.timer import Timer
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.form_drafts import save_form, saved_form
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.base import Act, DeskScreen
from dispatcher_tui.tui.widgets.autosaved import fields_of
from dispatcher_tui.tui.widgets.discard_question import DiscardQuestion

T = TypeVar("T")

PAUSE = 0.4
"""Seconds after which what was typed is on its way to the disk, also while typing goes on."""


class AutosaveForm(DeskScreen):
    """A form whose fields outlive Esc, a crash and a lost terminal.

    Every field below it that has an id is saved by its value, unless its ``autosave`` is off. A
    subclass puts its fields up in ``body`` or ``build``, says in ``begin`` where the focus begins,
    and commits by ``submit``. Nothing is saved before the draft was read, so that an empty form
    never wipes what it has not seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._on_disk: dict[str, str] | None = None
        """What the disk holds of the form; None until it was read, and once it is over."""
        self._attempted: dict[str, str] | None = None
        """What was last on its way to the disk, whether or not it came there."""
        self._saving: Timer | None = None
        self._warned = False
        self._welcomed = False

    @property
    def form_key(self) -> str:
        """The name under which it is saved."""
        return type(self).__name__

    @property
    def about(self) -> str:
        """Which one of its kind it is: a case's id, a month, a duty; empty where there is one."""
        return ""

    # ---- its beginning

    async def on_mount(self) -> None:
        """Put the form up with whatever was typed before."""
        self._saving = self.set_interval(PAUSE, self.save_soon)
        if await self.build():
            await self.restore()
            self.begin()

    async def build(self) -> bool:
        """Read what the form needs, and put its fields up; False where it is not to begin yet."""
        return True

    def begin(self) -> None:
        """The fields stand: say where the focus begins."""
        first = self.first_field()
        if first is not None:
            first.focus()

    async def restore(self) -> None:
        """Put back what was typed before; a field that is typed in already keeps that."""
        form, about, before = self.form_key, self.about, self.typed()
        found = await self.run_on_desk(lambda desk: saved_form(desk, form, about), writes=False)
        kept = found or {}
        for field in fields_of(self):
            if not field.typed():
                field.put_back(kept)
        self._on_disk = self._attempted = kept
        if self.typed() != before and not self._welcomed:
            self.say(_("What you typed before is still here. Ctrl+R: discard it."))
        self._welcomed = True

    # ---- what is typed

    def typed(self) -> dict[str, str]:
        """What is to be saved: the fields that hold something else than stood there at first."""
        return {key: text for field in fields_of(self) for key, text in field.typed().items()}

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.typed()

    def field(self, name: str) -> str:
        """The text in the field of that id."""
        return self.query_one(f"#{name}", Input).value

    def save_soon(self) -> None:
        """What is typed is on its way to the disk where it has changed."""
        if self._on_disk is None or self.session.read_only:
            return
        if self.typed() != self._attempted:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Save what is typed. Durable when it returns, unless it was said why not."""
        await self._save()

    async def _save(self) -> bool:
        """False where the disk does not have it."""
        if self._on_disk is None or not self.is_mounted:
            return True
        values = self._attempted = self.typed()
        if values == self._on_disk:
            return True
        if not await self.store(values):
            return False
        if self._on_disk is not None:
            self._on_disk = values
        return True

    async def store(self, values: dict[str, str]) -> bool:
        """Bring the values of the fields to the disk; none at all forgets the form."""
        form, about = self.form_key, self.about

        def save(desk: Desk) -> bool:
            save_form(desk, form, about, values)
            return True

        return bool(await self.run_on_desk(save))

    @on(events.ScreenSuspend)
    def save_beneath(self) -> None:
        """Another screen comes over this one (F9): what is typed goes to the disk now."""
        self.save_soon()

    # ---- its end

    async def submit(
        self, job: Callable[[Desk], T], said: str | Callable[[T], str] = ""
    ) -> T | None:
        """Do what the form is for, and go back to the screen below, which says ``said``.

        Where it is refused it is said why, and everything stays as it was typed.
        """
        done = await self.record(job)
        if done is not None:
            await self.shell.take_news()
            self.leave(said if isinstance(said, str) else said(done))
        return done

    async def record(self, job: Callable[[Desk], T]) -> T | None:
        """Do what the form is for: its draft is over with it. None where it was refused."""
        done = await self.run_on_desk(job)
        if done is not None:
            await self.forget_draft()
        return done

    async def forget_draft(self) -> None:
        """What was typed is in the record now; nothing more is saved of this form."""
        saved, self._on_disk = self._on_disk, None
        if saved is not None:
            await self.store({})

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
        """Esc: what is typed is saved, and the screen below comes back.

        Where the disk does not take it, the first Esc stays; the next one leaves all the same.
        """
        if not await self._save() and not self._warned:
            self._warned = True
            return
        self.leave()

    def answers(self) -> dict[str, Act]:
        """F10 and Ctrl+R."""
        return {"commit": self.commit, "discard": self.ask_to_discard}

    async def commit(self) -> None:
        """Commit what is typed; a form without an end of its own says so."""
        self.say(_("No form is open here."))

    async def ask_to_discard(self) -> None:
        """Ask whether what is half typed is to be thrown away."""
        if self.blank:
            self.say(_("Nothing is typed here."))
            return
        for question in self.query(DiscardQuestion):
            question.focus()
            return
        await self.mount(DiscardQuestion(), before="#message")

    async def on_discard_question_settled(self, event: DiscardQuestion.Settled) -> None:
        """Thrown away, or it stays as it is."""
        event.stop()
        await event.question.remove()
        if event.discard:
            await self.discard()
        else:
            self.set_focus(None)
            self.say(_("What you typed is kept."))

    async def discard(self) -> None:
        """Every field holds again what stood there at first, and nothing is saved any more."""
        for field in fields_of(self):
            field.put_back(field.fresh)
        for secret in self.query(Input):
            if secret.password:
                secret.value = ""
        await self.save_draft()
        self.begin()
        self.say(_("Discarded: nothing of it was written down."))
