"""Which home a typed place means: a room's number, a telephone number, a name or initials may be
those of several."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.desk.case.homes import homes_offered
from dispatcher_tui.domain.site.register import HomeFound
from dispatcher_tui.present.case.home_lines import offered_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

HOME = "home"
"""The question which home is meant, where a form has no name of its own for it."""

AS_TYPED = "typed"
"""The answer that none of the homes is meant."""


def ask_home(question: Question, name: str, typed: str, found: Sequence[HomeFound]) -> None:
    """Ask which home is meant, by digit.

    It is asked only once Enter has ended the text: no digit of it can be an answer.
    """
    keys = [AnswerKey(str(nth), offered_line(each), str(nth)) for nth, each in enumerate(found, 1)]
    none = AnswerKey(AS_TYPED, _("none of these: as typed"), "0")
    question.put(name, _("{typed}: which home?").format(typed=typed.strip()), *keys, none)


def home_chosen(value: str, found: Sequence[HomeFound]) -> HomeFound | None:
    """The home that an answer names; None for none of them."""
    nth = int(value) if value.isdigit() else 0
    return found[nth - 1] if 0 < nth <= len(found) else None


class AsksHome(AutosaveForm):
    """A form with the field of a place: Enter in it asks which home is meant, where that is open.

    It has a ``Question``, whose answer it passes on to ``home_answered``.
    """

    _homes: tuple[HomeFound, ...] = ()
    _asked_home_of = ""
    _left_as_typed: frozenset[str] = frozenset()
    """What was typed and is none of the homes that were offered for it."""

    async def asks_home(self, field: Field) -> bool:
        """Ask which home is meant; False where there is nothing to ask, and Enter goes on."""
        typed = field.value
        if typed.strip() in self._left_as_typed:
            return False
        found = await self.run_on_desk(lambda desk: homes_offered(desk, typed), writes=False)
        if not found or not self.is_attached or field.value != typed:
            return False
        self._homes, self._asked_home_of = found, field.id or ""
        ask_home(self.query_one(Question), HOME, typed, found)
        self.say("")
        return True

    def home_answered(self, event: Question.Answered) -> Field | None:
        """The field of the place, with the home that was chosen in it, or all as it was typed;
        None where another question was answered."""
        if event.name != HOME:
            return None
        event.stop()
        field = self.query_one(f"#{self._asked_home_of}", Field)
        chosen = home_chosen(event.value, self._homes)
        if chosen is None:
            self._left_as_typed |= {field.value.strip()}
        else:
            field.value = chosen.household.place
        return field
