"""The action card of an emergency, worked by digits: its first question, then its steps (E-02)."""

from __future__ import annotations

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.screens.emergency.emergency_movers import EmergencyMovers
from dispatcher_tui.tui.widgets.checklist import Checklist


class EmergencyCard(EmergencyMovers):
    """What is said to the question that decides, and what of the card was done."""

    async def _tick(self, slot: int) -> None:
        """Stamp what a line of the card is for: a step, or the answer to its first question."""
        assert self._emergency is not None
        case_id, kind = self.case_id, self._emergency.case.emergency_kind
        line = self._tree.checklist.line(slot)
        if line is None:
            self.say(_("Nothing is chosen: a digit answers, the arrows choose."))
        elif line.answer is not None:
            await self._answer(line.answer)
        elif line.step is not None:
            done = cmd.DoCardStep(kind=kind, step=line.step, text=line.text)
            if await self.run_on_desk(lambda desk: desk.perform(case_id, done)) is not None:
                await self._written()
                self.say(_("Ticked: {text} Ctrl+Z takes it back.").format(text=line.text))

    async def _answer(self, place: int) -> None:
        """What the caller says to the question that decides; it may be another kind by that."""
        card = self._emergency.card if self._emergency else None
        if card is None or card.branch is None or place >= len(card.branch.answers):
            return
        case_id, answer, before = self.case_id, card.branch.answers[place], self._emergency
        command = cmd.AnswerBranch(
            kind=card.id,
            answer=place,
            question=localized(card.branch.text),
            text=localized(answer.label),
            leads_to=answer.kind,
        )
        if await self.run_on_desk(lambda desk: desk.perform(case_id, command)) is None:
            return
        await self._written()
        said = _("Answered: {text}. Another digit changes it.").format(text=localized(answer.label))
        if answer.kind and self._emergency is not None and self._emergency.card is not None:
            self._advance()
            said = _("This is now: {kind}").format(kind=localized(self._emergency.card.title))
        elif self._first_is_another(before):
            self._advance()
            following = self._tree.target
            if following is not None:
                said += " " + _("Next: {name}").format(name=target_name(following))
        self.say(said)

    def _first_is_another(self, before: Emergency | None) -> bool:
        """Whether somebody else comes first by the answer than ``before``, and nobody was rung
        yet: a number that may be ringing stays where it is."""
        found = self._emergency
        if before is None or found is None or found.case.calls:
            return False
        return found.next_call is not None and found.next_call != before.next_call

    def on_checklist_ticked(self, event: Checklist.Ticked) -> None:
        """An answer or a step of the card was clicked."""
        event.stop()
        self._start(self._tick(event.slot))
