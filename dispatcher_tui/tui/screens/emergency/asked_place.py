"""Whether what was typed is the place of an emergency at all, or another one than is known."""

from __future__ import annotations

from dispatcher_tui.domain.emergency.place_doubt import PlaceDoubt
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

DOUBT = "doubt"
"""The question whether what was typed is a place at all."""
_CELLS = 40
"""So much of a sentence is enough to know it again."""


def ask_place(question: Question, doubt: PlaceDoubt, place: str, recorded: str) -> None:
    """Ask; no result of a call answers it, so that whoever is rung meanwhile says nothing by it."""
    short = fit(place, _CELLS, ellipsis="..").rstrip()
    log = [AnswerKey("log", _("no: a line of the log"), "9")]
    match doubt:
        case PlaceDoubt.REPLACES:
            words = _("{place} is not in the register. Is it there, and not at {known}?")
        case _:
            words, log = _("Is it at: {place}? No call is logged by this."), []
    question.put(
        DOUBT,
        words.format(place=short, known=recorded),
        AnswerKey("yes", _("yes, that is the place"), "8"),
        *log,
        AnswerKey("no", _("no: not written down"), "0"),
        by_digit=True,
    )
