"""What was written down as the result of a call and was a figure of something typed (E-02)."""

from __future__ import annotations

from dispatcher_tui.desk.emergency.emergency import no_call_was_made
from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.emergency.emergency_card import EmergencyCard
from dispatcher_tui.tui.screens.emergency.given_results import GivenResults, Taken
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

NO_CALL = "no_call"
"""The question whether what was written down as a result was a figure of the place."""


class NoCalls(EmergencyCard):
    """Figures that followed at once undo such a result; where the field of the place was opened
    right behind it, it is asked about once the place is written down, or left."""

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._given = GivenResults()
        self._no_calls: list[Taken] = []
        """Results that may have been figures of a place, until it is asked what they were."""
        self._led: list[Taken] = []
        """Results right before the digit of the place or the log, which may be a figure as well."""

    def _undo(self, taken: list[Taken]) -> None:
        """Figures were typed: what counted as the first of them counts no more."""
        if taken:
            self._start(self._take_back(taken, typed=True))

    def on_question_unanswered(self, event: Question.Unanswered) -> None:
        """A digit behind a result, too soon for the menu: figures were typed, 0 among them."""
        if not event.digit or self.query_one(Question).asked != "menu":
            return
        at = self.shell.presses.last[1]
        self._undo(self._given.refuse(event.digit, at, in_menu=True))
        if self._given.undone(at):
            event.stop()
            event.prevent_default()  # what is undone is said instead
            self.shell.presses.once_more()
            self.say(self._undone_by(event.digit, at))

    def _undone_by(self, digit: str, at: float) -> str:
        """That a digit did not count, and what it and those right before it have undone."""
        words = _("{key} NOT counted. TAKEN BACK, no call: {calls} A place: 8 first.")
        return words.format(key=digit, calls=in_words(self._given.undone(at)))

    def _were_undone(self, at: float) -> str:
        """What the figures in front of a mark undid."""
        undone = self._given.undone(at)
        words = _("TAKEN BACK, no call: {calls}")
        return words.format(calls=in_words(undone)) if undone else ""

    def _led_to_none(self) -> None:
        """What follows the digit of the field is not for it: that digit was a figure too, and what
        counted right before it is asked about."""
        self._no_calls += self._led
        self._led = []

    def _were_calls(self, taken: list[Taken]) -> str:
        """What was written down though nobody may have rung, and when it is put right."""
        if not taken:
            return ""
        words = _("WRITTEN DOWN AS A CALL: {calls} Asked about after Enter.")
        return words.format(calls=in_words(taken))

    def _place_ended(self) -> None:
        """The place is typed, or left: what counted right before it is asked about, once it is
        stamped."""
        if self._no_calls:
            self._start(self._ask_no_calls())

    def _log_ended(self, text: str) -> None:
        """The log is written, or left: figures alone are no line of it."""
        if bare_figure(text):
            self._led_to_none()
            self._place_ended()

    async def _ask_no_calls(self) -> None:
        found = [each for each in self._no_calls if each.seqs]
        self._no_calls = found
        if not found:
            return
        last = _("only {calls}").format(calls=in_words(found[-1:]))
        self.query_one(Question).put(
            NO_CALL,
            _("{calls} That was the place, not a result?").format(calls=in_words(found)),
            # No digit of a result: whoever is rung meanwhile answers nothing by it.
            AnswerKey("yes", _("yes: take it back"), "8"),
            *([AnswerKey("last", last, "9")] if len(found) > 1 else []),
            AnswerKey("no", _("no: it was a call"), "0"),
            by_digit=True,
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """A figure of the place it was: the entry stays readable and counts no more."""
        if event.name != NO_CALL:
            return
        event.stop()
        self.set_focus(None)
        found, self._no_calls = self._no_calls, []
        if event.value == "no":
            self.say(_("It stays written down."))
        else:
            self._start(self._take_back(found[-1:] if event.value == "last" else found))

    async def _take_back(self, taken: list[Taken], *, typed: bool = False) -> None:
        case_id, of = self.case_id, tuple(seq for each in taken for seq in each.seqs)
        if not of:
            return  # the desk refused it: it never counted
        done = await self.run_on_desk(lambda desk: no_call_was_made(desk, case_id, of))
        if done is None:
            return
        await self._written()
        following = self._advance()
        name = target_name(following) if following else ""
        words = _("Taken back; it stays readable. Next: {name}")
        if typed:
            words = _("TAKEN BACK, no call: {calls} A place: 8 first. A call: its digit again.")
        self.say(words.format(name=name, calls=in_words(taken)))


def in_words(taken: list[Taken]) -> str:
    """What was written down, each with the digit it was taken from."""
    return _("; ").join(f"{each.digit} = {each.words}" for each in taken)
