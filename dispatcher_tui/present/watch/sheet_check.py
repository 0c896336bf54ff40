"""What the sheet says to a check question that was answered wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.watch.check_questions import CheckQuestion, QuestionKind
from dispatcher_tui.present.watch.sheet_lines import SheetSection

EMERGENCIES, OVERDUE, _COMING, OTHERS, PAPERS, NOTICES, _SIGNATURES, CALLS = range(8)
"""The parts of the sheet in their order."""

_FIGURES = {
    QuestionKind.OVERDUE: (OVERDUE,),
    QuestionKind.PAPERS: (PAPERS,),
    QuestionKind.OPEN_CASES: (EMERGENCIES, OTHERS),
}


def lines_about(question: CheckQuestion, parts: Sequence[SheetSection]) -> list[str]:
    """The lines of the sheet that a question is about, under the titles they stand under.

    Args:
        question: as it was asked.
        parts: the sheet's parts as ``sheet_lines.sections`` gives them.
    """
    if question.kind in _FIGURES:
        return [parts[place].title for place in _FIGURES[question.kind]]
    if question.kind is QuestionKind.NOTICE:
        return [parts[NOTICES].title, *parts[NOTICES].lines]
    if question.kind is QuestionKind.TOLD:
        return _found(question.answer, parts[CALLS], last=True)
    number = question.number or question.answer
    return _found(number, parts[EMERGENCIES]) or _found(number, parts[OTHERS])


def _found(text: str, part: SheetSection, *, last: bool = False) -> list[str]:
    lines = [line for line in part.lines if text in line]
    return [part.title, lines[-1 if last else 0]] if lines else []
