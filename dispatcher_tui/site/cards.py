"""Reads ``emergency/*.toml``: the action card of each kind of emergency."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath

from dispatcher_tui.domain.emergency.card import SCRIPT_FACTS, Branch, Card, CardReview, needed
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

__all__ = ["Card", "in_order", "judge_cards", "parse_card"]

_KEY = re.compile("[0-9a-z]|0[0-9]")
"""One digit; or 0 and one more for the second page. Letters are those of older cards."""

MOST_ANSWERS = 9
"""Every answer of a branch has a digit."""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _judge_branch(branch: Branch, findings: Findings) -> None:
    told = {problem.key.partition("[")[0] for problem in findings.problems}
    if not branch.answers and "branch.answer" not in told:
        findings.add("branch.answer", "empty_list")
    for n, answer in enumerate(branch.answers, 1):
        for name in answer.known:
            findings.need(f"branch.answer[#{n}].known.{name}", "unknown_key", name, SCRIPT_FACTS)
    if len(branch.answers) > MOST_ANSWERS:
        findings.add("branch.answer", "too_large", most=MOST_ANSWERS)


def _judge_review(review: CardReview, findings: Findings) -> None:
    for field, text in (("written", review.written), ("on", review.on)):
        if text and not _is_date(text):
            findings.add(f"review.{field}", "bad_date", text=text)
    if bool(review.by.strip()) != bool(review.on):
        missing = "on" if review.by.strip() else "by"
        findings.add(f"review.{missing}", "missing_key", name=missing)


@once_a_text
def parse_card(text: str, file: str) -> Card:
    """One card; its id is the file's name without ``.toml``.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    card = Reader(findings).record(parse_toml(text, file), Card)
    if card is not None:
        stem = PurePath(file).stem
        if card.id != stem:
            findings.add("id", "id_is_not_file", name=card.id, wanted=stem)
        if (card.digit or not card.within) and not _KEY.fullmatch(card.digit):
            findings.add("digit", "bad_digit", text=card.digit)
        if not card.steps and "step" not in {p.key.partition("[")[0] for p in findings.problems}:
            findings.add("step", "empty_list")
        told = tuple(name for say in card.says for name in say.to or ("",))
        for key, ids in (("ring", card.ring), ("categories", card.categories), ("say.to", told)):
            findings.add_twice(key, ids)
        if card.branch is not None:
            _judge_branch(card.branch, findings)
        _judge_review(card.review, findings)
    findings.raise_any()
    assert card is not None  # no record without a finding
    return card


def _kinds_of(card: Card) -> Iterator[tuple[str, str]]:
    """Every other kind a card speaks of, with the key where it stands."""
    if card.within:
        yield "within", card.within
    for number, answer in enumerate(card.branch.answers if card.branch else (), 1):
        if answer.kind:
            yield f"branch.answer[#{number}].kind", answer.kind


class _Taken:
    """Which file has taken what only one card may have."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, ...], str] = {}

    def take(self, findings: Findings, key: str, name: str, code: str, *ways: str) -> None:
        """``ways``: through which alone it was taken; another card may have it otherwise."""
        other = self._by.setdefault((key, name, *ways), findings.file)
        if other != findings.file:
            findings.add(key, code, text=name, file=other)


def judge_cards(
    cards: Iterable[tuple[str, Card]], outside: Iterable[str], scenes: Iterable[str] = ()
) -> list[Findings]:
    """What is wrong between the cards, and between them and the site.

    One key, class or fact for two kinds; a first number or somebody in the order of calls whom
    nobody knows; a kind that leads to one that is not there, or lies within one that lies within
    another itself.

    Args:
        cards: with their file names.
        outside: the names of the site's outside numbers.
        scenes: those who go to the scene, by the layer's ids.
    """
    all_cards, numbers = list(cards), tuple(outside)
    by_id = {card.id: card for _file, card in all_cards}
    callable_ = (*numbers, *scenes, HEAD)
    taken, found = _Taken(), []
    for file, card in all_cards:
        findings = Findings(file)
        if card.digit:
            taken.take(findings, "digit", card.digit, "key_taken")
        for category in card.categories:
            taken.take(findings, "categories", category, "kind_taken", *card.channels)
        for fact in card.facts:
            taken.take(findings, "facts", fact.value, "kind_taken", *card.channels)
        _judge_calls(card, numbers, callable_, findings)
        for key, kind in _kinds_of(card):
            findings.need(key, "unknown_kind", kind, by_id)
        _judge_within(card, by_id, findings)
        found.append(findings)
    return found


def _ring(card: Card, by_id: Mapping[str, Card]) -> list[str]:
    """The kinds that lead from a card by what they lie within back to itself, if they do."""
    way = [card.id]
    while (last := by_id[way[-1]].within) in by_id and last not in way:
        way.append(last)
    return [*way, last] if last == card.id else []


def _judge_within(card: Card, by_id: Mapping[str, Card], findings: Findings) -> None:
    """Note a ring with each card of it, and a card that lies too deep; no card for another's."""
    outer = by_id.get(card.within)
    if ring := _ring(card, by_id):
        findings.add("within", "within_loop", way=" > ".join(ring))
    elif outer is not None and outer.within in by_id and not _ring(outer, by_id):
        findings.add("within", "within_deep", name=card.within)


def _judge_calls(
    card: Card, numbers: Collection[str], known: Iterable[str], findings: Findings
) -> None:
    first = card.first_number
    if first and first not in numbers and not plausible_phone(first):
        findings.add_unknown("first_number", "unknown_number", first, numbers)
    names = tuple(known)
    answers = card.branch.answers if card.branch else ()
    rings = [("ring", card.ring)]
    rings += [(f"branch.answer[#{n}].ring", each.ring) for n, each in enumerate(answers, 1)]
    rings += [(f"say[#{n}].to", say.to) for n, say in enumerate(card.says, 1)]
    for key, ring in rings:
        for name in ring:
            findings.need(f"{key}[{name}]", "unknown_call", needed(name), names)


def in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards as they are offered: by their keys, 1 to 9, then the second page 01 to 09 and 00,
    then what has a letter; each followed by the kinds that lie within it.

    Kinds that lie within one another in a ring, or too deep, come last: none is ever lost.
    """
    known = sorted(cards, key=lambda card: (_page(card.digit), card.id))
    children: dict[str, list[Card]] = {}
    for card in known:
        children.setdefault(card.within, []).append(card)
    ids = {card.id for card in known}
    top = [card for card in known if card.within not in ids]
    listed = [each for card in top for each in (card, *children.get(card.id, ()))]
    return (*listed, *(card for card in known if card not in listed))


def _page(digit: str) -> tuple[int, str]:
    if len(digit) == 2:
        return 1, "0:" if digit == "00" else digit  # the colon sorts after every digit
    return (0 if digit.isdigit() and digit != "0" else 2), digit
