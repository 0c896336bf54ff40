"""What is odd about the number on a paper: asked before it counts, told beside it after."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.papers.number_doubts import NumberDoubt
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.slip_lines import odd_name


def _doubt(doubt: NumberDoubt) -> str:
    words = {
        Oddity.TWICE: _("it is on case {case} already"),
        Oddity.VOID_CAME_IN: _("it is void ({reason})"),
        Oddity.OTHER: _("{issued} was issued"),
        Oddity.OUTSIDE: _("it is of no pad that was given out"),
    }
    return words[doubt.odd].format(case=doubt.case, reason=doubt.reason, issued=doubt.issued)


def doubt_question(doubts: Sequence[NumberDoubt]) -> str:
    """What is asked of a number that is odd: every reason, the gravest first."""
    why = _("; ").join(map(_doubt, doubts))
    question = _("{number}: {why}. Is that the number on the paper?")
    return question.format(number=doubts[0].number, why=why)


def despite_words(despite: Sequence[str]) -> str:
    """What was confirmed of a number all the same; empty where nothing was odd."""
    if not despite:
        return ""
    names = _("; ").join(odd_name(Oddity(name)) for name in despite)
    return _("asked and confirmed: {names}").format(names=names)
