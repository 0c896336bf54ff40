"""From the records: a household is forgotten, out of the lists and of every text kept of them."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.site.forgetting import Forgotten, forget, held
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.forget_lines import forgotten_lines, held_lines
from dispatcher_tui.tui.screens.case.asks_home import AsksHome
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row


class ForgetScreen(AsksHome):
    """The place, where its household stands; F10 asks once more. What is left to do stays here."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    ForgetScreen #where { height: auto; max-height: 1fr; overflow-y: auto; }
    """

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Forget a household: out of the lists and every text of them")

    def body(self) -> ComposeResult:
        """The place, what is known of it, the question."""
        yield Row(_("Place"), Field(id="place", limit=40))
        yield Lines("", id="where")
        yield Question(id="question")

    async def accept_field(self) -> None:
        """Enter says where the household stands; what is typed may be several homes."""
        if not await self.asks_home(self.query_one("#place", Field)):
            await self._look()

    async def _look(self) -> bool:
        """Say where it stands now; False where there is nothing to forget."""
        typed = self.field("place")
        if not typed.strip():
            self.query_one("#place").focus()
            self.say(_("The place first."))
            return False
        found = await self.run_on_desk(lambda desk: held(desk, typed), writes=False)
        lines = held_lines(found) if found is not None else []
        self.query_one("#where", Lines).show("\n".join(lines))
        return found is not None

    async def commit(self) -> None:
        """F10: it cannot be taken back, so it is asked once more; Enter is no."""
        if not await self._look():
            return
        words = _("Forget the household at {place} for good?")
        answers = (AnswerKey("yes", _("forget it"), "1"), AnswerKey("no", _("no"), ""))
        self.query_one(Question).put(
            "forget", words.format(place=self.field("place").strip()), *answers
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Forgotten for good, or nothing; or the home that is meant stands there."""
        event.stop()
        if (field := self.home_answered(event)) is not None:
            field.focus()
            await self._look()
            return
        self.query_one("#place").focus()
        if event.value != "yes":
            self.say(_("Nothing was changed."))
            return
        typed = self.field("place")
        done = await self.run_on_desk(lambda desk: forget(desk, typed))
        if done is not None:
            await self.shell.take_news()
            await self._tell(done)

    async def _tell(self, done: Forgotten) -> None:
        """What was done, and the copies that somebody has to deal with."""
        for draft in done.drafts:
            self.session.drafts.pop(draft.id, None)
        lines = forgotten_lines(done, self.session.desk.rules.calendar.tz)
        self.query_one("#where", Lines).show("\n".join(lines))
        self.query_one("#place", Field).put("")
        await self.save_draft()  # Else the place would stand here again.
        self.say(_("Forgotten. What stands above is left to do by hand."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Enter: where the household stands; F10, then 1: forgotten for good"),
            _("Copies that have it still are named: deal with them by hand"),
        ]
