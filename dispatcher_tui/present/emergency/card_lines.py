"""An action card in lines: what decides first, what is told and asked, done and never done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from dispatcher_tui.domain.emergency.card import Branch, Card, CardReview, CardText
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _, localized

ROW = 80
"""Cells of a row of the smallest screen."""


class CardLine(msgspec.Struct, frozen=True):
    """One line of an action card.

    ``slot`` counts what can be chosen, the answers before the steps: its digit is one more; None
    for what is only read. ``answer`` and ``step`` count from 0 on the card; ``done``: the answer
    that was given, a step that is ticked.
    """

    text: str
    slot: int | None = None
    answer: int | None = None
    step: int | None = None
    done: bool = False


def answer_given(card: Card, case: Case) -> int | None:
    """Which answer to the card's first question counts; None while it is open.

    One that led to another kind is no answer to go on with here.
    """
    given = [each.answer for each in case.branch_answers if each.kind == card.id]
    answers = card.branch.answers if card.branch else ()
    if not given or given[-1] >= len(answers) or answers[given[-1]].kind:
        return None
    return given[-1]


def _listed(title: str, texts: Iterable[Label]) -> Iterator[CardLine]:
    lines = [CardLine(f"- {localized(text)}") for text in texts]
    if lines:
        yield CardLine(title)
        yield from lines


def _branch_lines(branch: Branch, given: int | None) -> tuple[list[CardLine], list[CardLine]]:
    """The question and its answers with their digits; once one was given, that one with what it
    has told, so that it is read at once, and apart from them the other answers."""
    head = [CardLine(_("First: {question}").format(question=localized(branch.text)))]
    lines = [
        CardLine(localized(answer.label), slot=n, answer=n, done=n == given)
        for n, answer in enumerate(branch.answers)
    ]
    if given is None:
        return [*head, *lines], []
    head.append(lines.pop(given))
    head += (CardLine(f"- {localized(told)}") for told in branch.answers[given].tells)
    return head, lines


def review_line(review: CardReview) -> str:
    """Who reviewed the words of the card and when; that nobody did."""
    if review.on:
        return _("Reviewed by {name}, {date}").format(name=review.by, date=review.on)
    return _("To be reviewed by the local fire and first-aid trainer.")


def _foot(card: Card) -> Iterator[CardLine]:
    """What must not be done, when it is over, what is noted, where the words come from."""
    yield from _listed(_("NEVER:"), (line.text for line in card.nevers))
    if card.end is not None:
        yield CardLine(_("Over when: {end}").format(end=localized(card.end.text)))
    yield from _listed(_("Record:"), (line.text for line in card.records))
    if localized(card.source):
        yield CardLine(_("Source: {source}").format(source=localized(card.source)))
    yield CardLine(review_line(card.review))


def card_lines(
    card: Card,
    numbers: str,
    given: int | None,
    done: Collection[int],
    homes: Sequence[str] = (),
    *,
    steps_first: bool,
) -> list[CardLine]:
    """The action card: what decides first, what to tell and ask, what to do, what never to do.

    Args:
        card: the kind's.
        numbers: the numbers outside the estate in one line.
        given: the answer to its first question, None while it is open.
        done: the steps that are ticked.
        homes: the lines of those that the card asks after.
        steps_first: somebody was rung, so that nobody may be on the line who is asked and told.
    """
    answers = len(card.branch.answers) if card.branch else 0
    asks = list(_listed(_("Ask:"), (line.text for line in card.asks)))
    tells = list(_listed(_("Tell:"), (line.text for line in card.tells)))
    first, others = _branch_lines(card.branch, given) if card.branch else ([], [])
    waits = card.branch is not None and given is None and not steps_first
    if card.branch is not None and card.branch.tell_first and waits:
        first, tells = [*tells, *first], []
    tells += others  # to answer otherwise comes behind what is said by now
    talk = [*tells, *asks] if card.tell_first else [*asks, *tells]
    deeds = [CardLine(_("Do (arrows choose, Enter ticks):"))]
    deeds += [
        CardLine(localized(line.text), slot=answers + n, step=n, done=n in done)
        for n, line in enumerate(card.steps)
    ]
    parts = [*talk, *deeds]
    if steps_first:  # where life hangs on what is told it stays in view, whoever is rung
        parts = [*tells, *deeds, *asks] if card.tell_first else [*deeds, *talk]
    return [*first, *map(CardLine, homes), *parts, CardLine(numbers), *_foot(card)]


def _as_many(lines: Sequence[CardText], cells: int) -> str:
    """The first line, and as many after it as have room beside it whole."""
    said = localized(lines[0].text)
    for line in lines[1:]:
        more = _("{first} {second}").format(first=said, second=localized(line.text))
        if width(more) > cells:
            break
        said = more
    return said


def deciding_line(card: Card, given: int | None, *, rung: bool, cells: int = ROW) -> str:
    """The question that decides, for whoever looks at the calls; empty once it is answered.

    It is one row of ``cells``, or of the usual screen where that is wider, if that can be.

    Where lives hang on what is told, that stands there until somebody was ``rung``: whoever told
    the desk is still on the line.
    """
    if given is not None:
        return ""
    before = card.tell_first and (card.branch is None or card.branch.tell_first)
    if before and card.tells and not rung:
        frame = " " + _("Tell first: {words} Card: Tab")
        room = min(cells, ROW) - width(frame.format(words=""))
        return frame.format(words=_as_many(card.tells, room))
    if card.branch is None:
        return ""
    return " " + _("Ask first: {question} Card: Tab").format(question=localized(card.branch.text))


def card_keys_line(answers: int, steps: int) -> str:
    """What the digits do while the card is worked: answer, tick its lines, and log no call."""
    last = min(answers + steps, 9)
    if not answers:
        return _("1-{n} tick a line of the card; no call is logged here").format(n=last)
    if last > answers:
        words = _("1-{a} answer, {b}-{n} tick a line; no call is logged here")
        return words.format(a=answers, b=answers + 1, n=last)
    return _("1-{a} answer; no call is logged here").format(a=answers)
