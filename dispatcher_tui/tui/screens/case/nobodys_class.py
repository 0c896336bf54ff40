"""A class that no procedure in force handles is asked about before a case of it is opened."""

from __future__ import annotations

from dispatcher_tui.desk.case.intake import (
    Intake,
    IntakeKind,
    unhandled_class,
    unhandled_words,
)
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.present.i18n import _, localized


class NobodysClass:
    """What F10 asks of a form; each class is asked about once."""

    def __init__(self) -> None:
        self._asked = ""

    def asks(self, desk: Desk, form: Intake) -> str:
        """The question, where one has still to be asked; empty where F10 may go on."""
        if form.kind in (IntakeKind.AGAIN, IntakeKind.ENQUIRY):
            return ""
        category = unhandled_class(desk.in_force, desk.site, form) or unhandled_words(
            desk.in_force, desk.site, form
        )
        if category is None or category.id == self._asked:
            return ""
        self._asked = category.id
        words = _("No procedure here handles {kind}. F10 once more opens it under {procedure}.")
        procedure = localized(desk.rules.procedure.short)
        return words.format(kind=localized(category.name), procedure=procedure)
