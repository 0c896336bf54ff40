"""The three questions by which the incoming dispatcher shows that the sheet was read.

They come from the sheet alone. Which three, and in which order their options stand, varies with
the journal's head hash, so that nobody learns the digits by heart; the same sheet always asks
the same. ``present`` puts them into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

import msgspec

from dispatcher_tui.domain.record.sheet import CheckAnswer, Sheet, SheetDuty

MOST_OPTIONS = 4
NOBODY = ""
"""The option that nobody is responsible."""

_NEAR = (1, -1, 2, -2, 3, 4)
"""By how much a wrong figure is off."""

_LATER = tuple(timedelta(hours=hours) for hours in (2, 12, 24))
"""By how much a wrong end of a notice is off."""


class QuestionKind(StrEnum):
    """What can be asked about a sheet."""

    GRAVEST = "gravest"  # at which place is the emergency, or the gravest case
    NEXT_CASE = "next_case"  # which case comes first
    RESPONSIBLE = "responsible"  # who is responsible for it
    TOLD = "told"  # who was told last
    NOTICE = "notice"  # until when a notice holds
    OVERDUE = "overdue"  # how many duties are overdue
    PAPERS = "papers"  # how many closing papers are owed
    OPEN_CASES = "open_cases"  # how many cases are open


class CheckQuestion(msgspec.Struct, frozen=True):
    """One question: its options in the order of their digits, one of which is right.

    An option is a case's number, a name (empty: nobody), a place, a count in digits, or a moment
    in ISO 8601 (UTC), as the kind has it. ``number`` is the case asked about, ``text`` the
    purpose of the call or the words of the notice; ``emergency``: an emergency is asked about.
    """

    kind: QuestionKind
    options: tuple[str, ...]
    answer: str
    number: str = ""
    text: str = ""
    emergency: bool = False


def _weight(*words: str) -> str:
    """Where something stands among others: in an order that the head hash mixes anew."""
    return sha256("\x1f".join(words).encode()).hexdigest()


def _ask(
    sheet: Sheet,
    kind: QuestionKind,
    answer: str,
    others: Iterable[str],
    *,
    number: str = "",
    text: str = "",
    emergency: bool = False,
) -> CheckQuestion | None:
    """A question with the first three wrong options; None where there is not even one."""
    wrong = [each for each in dict.fromkeys(others) if each != answer][: MOST_OPTIONS - 1]
    if not wrong:
        return None
    options = sorted((answer, *wrong), key=lambda each: _weight(sheet.head, kind.value, each))
    return CheckQuestion(kind, tuple(options), answer, number, text, emergency)


def _figure(sheet: Sheet, kind: QuestionKind, count: int) -> CheckQuestion:
    """How many: the figures beside the right one are wrong."""
    near = (str(count + step) for step in _NEAR if count + step >= 0)
    found = _ask(sheet, kind, str(count), near)
    assert found is not None  # there is always a figure beside another
    return found


def _gravest(sheet: Sheet) -> CheckQuestion | None:
    """Where the emergency is; without one, where the case is that asks for haste."""
    alarms = [case for case in sheet.cases if case.emergency]
    worst = alarms or [case for case in sheet.cases if case.grave]
    first = next((case for case in worst if case.place), None)
    if first is None:
        return None
    as_bad = {case.place for case in worst}
    others = [
        place
        for place in (*(c.place for c in sheet.cases), *(p.place for p in sheet.papers))
        if place and place not in as_bad
    ]
    kind = QuestionKind.GRAVEST
    return _ask(sheet, kind, first.place, others, number=first.number, emergency=bool(alarms))


def _next_case(sheet: Sheet) -> CheckQuestion | None:
    """Which case comes first; one with the very same time is no wrong answer."""
    if not sheet.cases or sheet.cases[0].due is None:
        return None
    first, *rest = sheet.cases
    others = [case.number for case in rest if case.due != first.due]
    return _ask(sheet, QuestionKind.NEXT_CASE, first.number, others)


def _names(sheet: Sheet) -> Iterator[str]:
    """Everybody whose name stands on the sheet."""
    yield from (case.assignee for case in sheet.cases if case.assignee)
    yield from (call.name for call in sheet.calls)
    yield from (each.name for each in sheet.signatures)
    if sheet.outgoing:
        yield sheet.outgoing


def _responsible(sheet: Sheet) -> CheckQuestion | None:
    """Who is responsible for the case that comes first, which may be nobody."""
    if not sheet.cases:
        return None
    first = sheet.cases[0]
    others = (*_names(sheet), NOBODY)
    return _ask(sheet, QuestionKind.RESPONSIBLE, first.assignee, others, number=first.number)


def _told(sheet: Sheet) -> CheckQuestion | None:
    """Who was the last to be told something; who was told at that same moment is no wrong one."""
    told = [call for call in sheet.calls if call.outcome.reached or call.read_back]
    if not told:
        return None
    last = told[-1]
    at_once = {call.name for call in told if call.at == last.at}
    others = [name for name in _names(sheet) if name not in at_once]
    kind = QuestionKind.TOLD
    return _ask(sheet, kind, last.name, others, number=last.number, text=last.purpose)


def _shown(at: datetime) -> str:
    """A moment as an option: to the minute, as it is shown."""
    return at.replace(second=0, microsecond=0).isoformat()


def _notice(sheet: Sheet) -> CheckQuestion | None:
    """Until when the newest notice holds."""
    if not sheet.notices:
        return None
    *rest, newest = sheet.notices
    others = [each.until for each in rest] + [newest.until + step for step in _LATER]
    shown = (_shown(at) for at in others)
    return _ask(sheet, QuestionKind.NOTICE, _shown(newest.until), shown, text=newest.text)


def overdue(sheet: Sheet) -> tuple[SheetDuty, ...]:
    """The duties that were late when the sheet was drawn: late means after the due time."""
    return tuple(duty for duty in sheet.duties if duty.due < sheet.at)


_SUBJECTS: tuple[Callable[[Sheet], CheckQuestion | None], ...] = (
    _gravest,
    _next_case,
    _responsible,
    _told,
    _notice,
)
_FIGURES: tuple[tuple[QuestionKind, Callable[[Sheet], int]], ...] = (
    (QuestionKind.OVERDUE, lambda sheet: len(overdue(sheet))),
    (QuestionKind.PAPERS, lambda sheet: len(sheet.papers)),
    (QuestionKind.OPEN_CASES, lambda sheet: len(sheet.cases)),
)


def questions(sheet: Sheet) -> tuple[CheckQuestion, CheckQuestion, CheckQuestion]:
    """Three questions of three kinds about a sheet.

    Two are about what stands on it, the third about a figure; of a sheet with little on it more
    are about figures, which even an empty one has. An emergency is always asked about, first.
    """
    subjects = [found for make in _SUBJECTS if (found := make(sheet)) is not None]
    subjects.sort(key=lambda each: (not each.emergency, _weight(sheet.head, each.kind.value)))
    figures = sorted(_FIGURES, key=lambda each: _weight(sheet.head, each[0].value))
    asked = subjects[:2] + [_figure(sheet, kind, count(sheet)) for kind, count in figures]
    return asked[0], asked[1], asked[2]


def right(question: CheckQuestion, choice: int) -> bool:
    """Whether the digit ``choice`` (1 to 4) names the right option."""
    return 1 <= choice <= len(question.options) and (
        question.options[choice - 1] == question.answer
    )


def answered(question: CheckQuestion, tries: int = 1) -> CheckAnswer:
    """The record that a question was answered, at the ``tries``-th go."""
    return CheckAnswer(kind=question.kind.value, answer=question.answer, tries=tries)
