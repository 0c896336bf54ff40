"""Is it the same one? What is asked where an emergency of the kind that is named runs already."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.desk.emergency.emergency import Holding
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

SAME = "same"
"""The question's name."""


def ask_same(question: Question, running: Holding, kind: str, now: datetime, zone: tzinfo) -> None:
    """Ask it: yes goes on with it, no is a new one, Esc leads back to the kinds.

    Args:
        question: where it is asked.
        running: the one that may be meant.
        kind: what its kind is called; empty while none was named.
        now: the present (UTC).
        zone: the site's.
    """
    named = (running.number, kind or _("which kind?"), running.place)
    words = _("Running since {time}: {case}. The same one?").format(
        time=short_time(running.opened_at, now, zone),
        case=" ".join(part for part in named if part),
    )
    question.put(
        SAME,
        words,
        AnswerKey("yes", _("yes: go on with it"), "1"),
        AnswerKey("new", _("no: a new one"), "0"),
        AnswerKey("back", _("back to the kinds (Esc)"), ""),
    )
