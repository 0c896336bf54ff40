"""Reads ``emergency/*.toml``: the action card of each kind of emergency."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePath

import msgspec

from dispatcher_tui.domain.phone import plausible_phone
from dispatcher_tui.domain.terms import Channel, Fact, Label
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.text import parse_toml

_KEY = re.compile("[0-9a-z]")


class Line(msgspec.Struct, frozen=True):
    """One line of a card, in both languages."""

    text: Label


class Card(msgspec.Struct, frozen=True):
    """What to ask, tell and do in one kind of emergency.

    ``digit`` is the key that names the kind. ``ring`` is the order of calls: names of the site's
    outside numbers, and of those who go there (the layer's scenes, or ``head`` for the ladder).
    ``categories``: the classes that are this kind, and ``facts``: what makes a case this kind where
    its class says nothing; with ``channels`` only what came that way.
    ``first_number`` is rung before anybody else: a name of the site's outside numbers, a number
    itself, or nothing.
    """

    id: str
    digit: str
    title: Label
    rule: str
    ring: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    channels: tuple[Channel, ...] = ()
    first_number: str = ""
    asks: tuple[Line, ...] = msgspec.field(name="ask", default=())
    tells: tuple[Line, ...] = msgspec.field(name="tell", default=())
    steps: tuple[Line, ...] = msgspec.field(name="step", default=())


def kind_of(cards: Iterable[Card], category: str, facts: Collection[Fact], channel: Channel) -> str:
    """The kind of emergency a case is by its class, else by its facts; empty where neither says.

    A card for one way in (a fire panel's) comes before the others.
    """
    here = [card for card in cards if not card.channels or channel in card.channels]
    here.sort(key=lambda card: not card.channels)
    by_class = (card.id for card in here if category and category in card.categories)
    by_fact = (card.id for card in here if not set(card.facts).isdisjoint(facts))
    return next(by_class, "") or next(by_fact, "")


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
        if not _KEY.fullmatch(card.digit):
            findings.add("digit", "bad_digit", text=card.digit)
        if not card.steps and "step" not in {p.key.partition("[")[0] for p in findings.problems}:
            findings.add("step", "empty_list")
    findings.raise_any()
    assert card is not None  # no record without a finding
    return card


def judge_cards(cards: Iterable[tuple[str, Card]], outside: Iterable[str]) -> list[Findings]:
    """What is wrong between the cards: one key for two kinds, or a first number nobody knows.

    ``cards`` come with their file names; ``outside`` are the names of the site's outside numbers.
    """
    numbers = tuple(outside)
    keys: dict[str, str] = {}
    found = []
    for file, card in cards:
        findings = Findings(file)
        if card.digit in keys:
            findings.add("digit", "key_taken", text=card.digit, file=keys[card.digit])
        keys.setdefault(card.digit, file)
        first = card.first_number
        if first and first not in numbers and not plausible_phone(first):
            findings.add_unknown("first_number", "unknown_number", first, numbers)
        found.append(findings)
    return found
