"""Whether F9 was a mistake, and whether what was stood down has flared up again."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.emergency.same_kind import SAME
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

MISTAKE, AGAIN = "mistake", "again"
OF_F9 = (MISTAKE, AGAIN, SAME)
"""What is asked about F9 itself: pressed once more, it answers them all."""


def ask_mistake(question: Question) -> None:
    """Before the first call: was F9 a mistake? The harmless answer goes on here."""
    question.put(
        MISTAKE,
        _("Was F9 a mistake?"),
        AnswerKey("yes", _("yes: call it off"), "1"),
        AnswerKey("leave", _("no: the case stays, to the board"), "2"),
        AnswerKey("no", _("no: go on here"), ""),
    )


def ask_again(question: Question) -> None:
    """It was stood down: does it hold the post anew?"""
    question.put(
        AGAIN,
        _("It was stood down. Has it flared up again?"),
        AnswerKey("yes", _("yes: the post is held again"), "1"),
        AnswerKey("no", _("no: only look"), ""),
    )
