"""The form of a call: its draft bears the call's time, and stands on the board until it is done."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import drop_draft, new_draft, save_draft
from dispatcher_tui.present.case.intake_lines import draft_brief
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm


def _text_of(form: Intake) -> dict[str, str]:
    return {"intake": msgspec.json.encode(form).decode()}


class DraftScreen(AutosaveForm):
    """Stamps a draft when it opens; a subclass tells what is typed by ``filled``.

    There may be several of these drafts, each with its own id. ``since`` is when the call came in
    where that was before (UTC).
    """

    def __init__(self, draft: IntakeDraft | None = None, *, since: datetime | None = None) -> None:
        super().__init__()
        self._since = since
        self.resumed = draft is not None
        self._draft = draft
        self._over = False

    @property
    def draft(self) -> IntakeDraft:
        """The form with the call's stamp, as it was last saved."""
        if self._draft is None:
            self._draft = new_draft(self._since or self.session.now())
        return self._draft

    @property
    @abstractmethod
    def filled(self) -> Intake:
        """The form as it is typed now."""

    @property
    def over(self) -> bool:
        """True once the form is committed or left: nothing may write its draft any more."""
        return self._over

    @property
    def blank(self) -> bool:
        """Whether nothing was typed but the call's time."""
        return self.filled.blank

    def brief(self, draft: IntakeDraft) -> str:
        """A draft in one line."""
        zone, form = self.session.desk.rules.calendar.tz, draft.intake
        return draft_brief(draft.opened_at, form.place, form.said, self.session.now(), zone)

    def unfinished(self) -> IntakeDraft | None:
        """The newest draft that no open form is about."""
        shown = {s.draft.id for s in self.app.screen_stack if isinstance(s, DraftScreen)}
        left = (d for d in self.session.drafts.values() if d.id not in shown)
        return max(left, key=lambda draft: draft.opened_at, default=None)

    async def restore(self) -> None:
        """Its fields hold the draft already; one that is new is to be saved, blank as it is."""
        self._on_disk = _text_of(self.draft.intake) if self.resumed else {}
        self.save_soon()

    def typed(self) -> dict[str, str]:
        """The whole form: it is saved as a record of its own, in which no field is left out."""
        return _text_of(self.filled)

    async def store(self, values: dict[str, str]) -> bool:
        """Keep the form in memory, where other screens find it, then on disk."""
        draft = self._draft = replace(self.draft, intake=self.filled)
        self.session.drafts[draft.id] = draft

        def save(desk: Desk) -> bool:
            save_draft(desk, draft)
            return True

        return bool(await self.run_on_desk(save))

    async def let_go(self) -> bool:
        """Save the draft, drop a blank one; False where the disk did not take it the first time."""
        if self.blank:
            await self._drop()
        elif not await self._save() and not self._warned:
            self._warned = True  # The message says why; the next Esc leaves all the same.
            return False
        self.begin_commit()
        return True

    async def _drop(self) -> None:
        draft = self.draft
        self.begin_commit()
        self.session.drafts.pop(draft.id, None)
        await self.run_on_desk(lambda desk: drop_draft(desk, draft.id))

    async def go_back(self) -> None:
        """Esc: the draft is saved; a blank one is dropped."""
        if await self.let_go():
            self.leave()

    async def discard(self) -> None:
        """The call came to nothing."""
        await self._drop()
        self.leave(_("Discarded: nothing of it was written down."))

    def begin_commit(self) -> None:
        """From here on nothing may write the draft again: the commit takes it away."""
        self._over, self._on_disk = True, None

    def commit_failed(self) -> None:
        """Nothing was written: the form and its draft stay."""
        self._over, self._on_disk = False, {}

    def committed(self) -> None:
        """The draft went with the commit."""
        self.session.drafts.pop(self.draft.id, None)
