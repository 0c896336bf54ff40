"""Whether what was done last is to be taken back; it is named in the question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.widget import Widget

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.over_question import OverQuestion
from dispatcher_tui.tui.widgets.question import AnswerKey, Question


class TakeBackQuestion(OverQuestion):
    """Asked over any screen.

    ``what`` is what was done; ``settle`` is told whether it is to be taken back.
    """

    def __init__(self, what: str, settle: Callable[[bool], Awaitable[None]]) -> None:
        super().__init__()
        self._what, self._settle = what, settle
        self._before: Widget | None = None

    def on_mount(self) -> None:
        """Ask."""
        self._before = self.screen.focused
        self.put(
            "take_back",
            _("Take back: {what}?").format(what=self._what),
            AnswerKey("yes", _("yes"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    def on_question_answered(self, event: Question.Answered) -> None:
        """Done or not; it waits for this to end before it can go."""
        event.stop()
        self.screen.call_later(self._settled, event.value == "yes")

    async def _settled(self, yes: bool) -> None:
        """The keys go where they went before."""
        screen, before = self.screen, self._before
        await self.remove()
        screen.set_focus(before if before is not None and before.is_attached else None)
        await self._settle(yes)
