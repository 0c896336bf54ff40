"""The unfinished forms on the board: their rows, what is said of them, how one is discarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dispatcher_tui.desk.case.intake import IntakeDraft
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import drop_draft
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.case.intake_lines import draft_row
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint, ScreenKey, hint_for
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.discard_question import DiscardQuestion


class BoardDrafts(DeskScreen):
    """What the board does with a form that was left unfinished: no case, and no key is about it
    but Enter and the one that discards it."""

    lane = Lane.ALL

    @property
    def draft(self) -> IntakeDraft | None:
        """The unfinished form under the cursor."""
        if not self.is_mounted:
            return None
        return self.session.drafts.get(self.query_one(BoardTable).selected or "")

    def draft_rows(self, now: datetime) -> list[BoardRow]:
        """The unfinished forms, above the lane of all open cases but emergencies untold."""
        if self.lane is not Lane.ALL:
            return []
        zone = self.session.desk.rules.calendar.tz
        return [
            draft_row(d.id, d.opened_at, d.intake.place, d.intake.said, now, zone)
            for d in self.session.drafts.values()
        ]

    def own_hints(self) -> Sequence[Hint]:
        """How the form under the cursor is thrown away."""
        return () if self.draft is None else (hint_for("discard", swallowed=self.swallowed),)

    def own_keys(self) -> Sequence[ScreenKey]:
        """Discarding is the board's own where the cursor is on a form."""
        if self.draft is None:
            return ()
        return (ScreenKey("discard", "", self.ask_to_discard, _("throw the form away")),)

    def no_case(self) -> str:
        """A form is no case yet."""
        if self.draft is None:
            return super().no_case()
        return _("Not a case yet: Enter goes on with the form, Ctrl+R discards it.")

    async def ask_to_discard(self) -> None:
        """Ask whether the form under the cursor is to be thrown away."""
        for question in self.query(DiscardQuestion):
            question.focus()
            return
        await self.mount(DiscardQuestion(), before="#message")

    async def on_discard_question_settled(self, event: DiscardQuestion.Settled) -> None:
        """Thrown away, or it stays on the board."""
        event.stop()
        draft = self.draft
        await event.question.remove()
        self.query_one(BoardTable).focus()
        if not event.discard or draft is None:
            self.say(_("What you typed is kept."))
            return

        def drop(desk: Desk) -> bool:
            drop_draft(desk, draft.id)
            return True

        if await self.run_on_desk(drop):
            self.session.drafts.pop(draft.id, None)
            await self.come_back()
            self.say(_("Discarded: nothing of it was written down."))
