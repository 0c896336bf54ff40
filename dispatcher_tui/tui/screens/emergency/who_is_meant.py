"""Questions about somebody of whom the record does not know what to think (E-03)."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.emergency.doubt import Doubt
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Responder
from dispatcher_tui.present.emergency.emergency_words import responder_stage
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

UNASKED = "unasked"
"""The question whether somebody whom nobody reached came by themselves."""

STRANGER = "stranger"
"""The question whether a typed name means one of the unreached."""

BACK = "back"
"""The answer that whoever was typed is looked at once more: nothing is written down."""


DOUBTED = "doubted"
"""The question whether somebody really came as far as is about to be written down."""


def ask_doubt(question: Question, why: Doubt, name: str, stage: Responder) -> None:
    """Ask about what the record speaks against; no is the default.

    Whom nobody reached may have come by themselves: that is ``UNASKED``, all else ``DOUBTED``.
    """
    if why is Doubt.NEVER_REACHED:
        _ask_unasked(question, name)
        return
    words = {
        Doubt.NEVER_SENT: _("{name} was never sent. Really: {stage}?"),
        Doubt.SENT_BACK: _("{name} was told not to come. Really: {stage}?"),
        Doubt.NEVER_SET_OFF: _("{name} never set off or arrived. Really: {stage}?"),
    }
    question.put(
        DOUBTED,
        words[why].format(name=name, stage=responder_stage(stage)),
        AnswerKey("yes", _("yes, write it down"), "1"),
        AnswerKey("no", _("no: nothing is written down"), ""),
    )


def _ask_unasked(question: Question, name: str) -> None:
    """Ask whether somebody whom nobody reached came by themselves."""
    question.put(
        UNASKED,
        _("{name} was never reached. Did they ring or come by themselves?").format(name=name),
        AnswerKey("yes", _("yes, write that down too"), "1"),
        AnswerKey("no", _("no: ring first"), ""),
    )


def ask_who_says(question: Question, name: str, meant: Iterable[Person]) -> None:
    """Ask who says so where the roster does not know the name for sure; no is the default."""
    people = tuple(meant)
    question.put(
        STRANGER,
        _("{name} is not on the roster. Who is meant?").format(name=name),
        *(AnswerKey(each.id, each.name, str(n)) for n, each in enumerate(people, 1)),
        AnswerKey(STRANGER, _("yes, somebody else"), str(len(people) + 1)),
        AnswerKey("", _("no: pick who it was"), ""),
    )


def ask_whom(question: Question, name: str, meant: Iterable[Person]) -> None:
    """Ask whether a name of no list means one of those whom nobody has reached; 0 is a stranger.

    Neither Enter nor Esc writes a stranger down.
    """
    question.put(
        STRANGER,
        _("{name} is not on the roster. Who is meant?").format(name=name),
        *(AnswerKey(each.id, each.name, str(n)) for n, each in enumerate(meant, 1)),
        AnswerKey("", _("no, a stranger: write that down"), "0"),
        AnswerKey(BACK, _("back: nothing is written down"), ""),
    )
