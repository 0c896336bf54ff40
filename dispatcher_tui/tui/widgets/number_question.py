"""Whether a number that is odd really stands on the paper: the one question about it."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.papers.number_doubts import NumberDoubt
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.doubt_words import doubt_question
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

DOUBT = "number-doubt"
"""What the question is called in its answer, which is ``yes`` or ``no``."""


def put_doubts(question: Question, doubts: Sequence[NumberDoubt]) -> None:
    """Ask, with every reason."""
    question.put(
        DOUBT,
        doubt_question(doubts),
        AnswerKey("yes", _("yes, I read it there"), "1"),
        AnswerKey("no", _("no, look again"), ""),
    )
