"""An action card with one fault for every field it has, and cards that do not fit one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import CardReview
from dispatcher_tui.site.cards import in_order, judge_cards, parse_card
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.reviews import judge_reviews
from tests.site.samples import CARD, spoil

Found = list[SiteProblem]
TODAY = date(2026, 11, 29)

WHOLE = (
    CARD.replace(
        '[[ask]]\ntext = { zh = "在哪里", en = "Where" }',
        """ring = ["fire", "guard"]
categories = ["smoke"]
facts = ["fire"]
tell_first = true
source = { zh = "法", en = "Law" }
[review]
written = "2026-11-29"
by = "周明"
on = "2026-12-01"
[branch]
text = { zh = "有烟吗", en = "Smoke" }
[[branch.answer]]
label = { zh = "有", en = "Yes" }
tell = [{ zh = "关门", en = "Shut the door" }]
[[branch.answer]]
label = { zh = "是电池", en = "A battery" }
kind = "battery"
[[ask]]
text = { zh = "在哪里", en = "Where" }
[[tell]]
text = { zh = "出来", en = "Come out" }
[[say]]
text = { zh = "快去", en = "Go" }
[[say]]
to = ["guard"]
text = { zh = "别进", en = "Stay out" }
[[never]]
text = { zh = "穿烟", en = "Go through smoke" }
[end]
text = { zh = "灭了", en = "It is out" }
[[record]]
text = { zh = "时间", en = "Times" }""",
    )
    .strip()
    .replace('first_number = "fire"\n', "")
    + "\n"
)
"""A card that has every field there is."""


def card(old: str, new: str) -> Found:
    """What is wrong with the whole card, spoiled in one place."""
    with pytest.raises(SiteError) as caught:
        parse_card(spoil(WHOLE, old, new), "emergency/fire.toml")
    return list(caught.value.problems)


def between(line: str, *, digit: str = "2") -> Found:
    """What is wrong between the whole card, the kind it leads to, and one with one more line."""
    third = CARD.replace('first_number = "fire"\n', f"{line}\n")
    third = third.replace('id = "fire"', 'id = "blaze"').replace(
        'digit = "1"', f'digit = "{digit}"'
    )
    battery = CARD.replace('id = "fire"', 'id = "battery"').replace(
        'digit = "1"', 'within = "fire"'
    )
    cards = [
        ("fire.toml", parse_card(WHOLE, "fire.toml")),
        ("battery.toml", parse_card(battery, "battery.toml")),
        ("blaze.toml", parse_card(third, "blaze.toml")),
    ]
    found = judge_cards(cards, ["fire"], ["guard"])
    return [problem for findings in found for problem in findings.problems]


def led(kind: str) -> Found:
    """The same where the whole card's branch leads to another kind."""
    whole = parse_card(spoil(WHOLE, 'kind = "battery"', f'kind = "{kind}"'), "fire.toml")
    return [p for f in judge_cards([("fire.toml", whole)], ["fire"], ["guard"]) for p in f.problems]


def ringed() -> Found:
    """Two kinds that lie within one another."""
    cards = [
        (
            f"{name}.toml",
            parse_card(
                spoil(
                    spoil(CARD, 'digit = "1"', f'within = "{other}"'),
                    'id = "fire"',
                    f'id = "{name}"',
                ),
                f"{name}.toml",
            ),
        )
        for name, other in (("a", "b"), ("b", "a"))
    ]
    found = [p for f in judge_cards(cards, ["fire"], ["guard"]) for p in f.problems]
    assert [(p.file, p.detail["way"]) for p in found] == [
        ("a.toml", "a > b > a"),
        ("b.toml", "b > a > b"),
    ]
    assert len(in_order(card for _file, card in cards)) == 2, "neither is lost at F9"
    return found


def reviews(review: CardReview) -> Found:
    """What is said of a card with this review."""
    return judge_reviews([replace(parse_card(WHOLE, "fire.toml"), review=review)], TODAY)


_LABEL = "{ zh = 1, en = 2 }"
_ANSWERS = "[[branch.answer]]\n" + 'label = { zh = "有", en = "Yes" }\n'

BAD_CARDS: list[tuple[str, str, Callable[[], Found]]] = [
    ("id_is_not_file", "id", lambda: card('id = "fire"', 'id = "flood"')),
    ("missing_key", "id", lambda: card('id = "fire"\n', "")),
    ("bad_digit", "digit", lambda: card('digit = "1"', 'digit = "F1"')),
    ("bad_digit", "digit", lambda: card('digit = "1"', 'digit = "10"')),
    ("bad_digit", "digit", lambda: card('digit = "1"', 'digit = "001"')),
    ("bad_digit", "digit", lambda: card('digit = "1"', 'digit = "-1"')),
    ("bad_digit", "digit", lambda: card('digit = "1"\n', "")),
    ("wrong_type", "digit", lambda: card('digit = "1"', "digit = 1")),
    ("wrong_type", "title.zh", lambda: card('zh = "起火"', "zh = 1")),
    ("missing_key", "title.en", lambda: card(', en = "Fire"', "")),
    ("empty_text", "title.en", lambda: card('en = "Fire"', 'en = " "')),
    ("missing_key", "rule", lambda: card('rule = "E-01"\n', "")),
    ("wrong_type", "rule", lambda: card('rule = "E-01"', "rule = 1")),
    ("wrong_type", "within", lambda: card('digit = "1"', "within = 1")),
    ("wrong_type", "ring", lambda: card('["fire", "guard"]', "1")),
    ("wrong_type", "ring[#2]", lambda: card('["fire", "guard"]', '["fire", 119]')),
    ("duplicate", "ring[fire]", lambda: card('"fire", "guard"', '"fire", "fire"')),
    ("wrong_type", "first_number", lambda: card('digit = "1"', 'digit = "1"\nfirst_number = 119')),
    ("wrong_type", "categories", lambda: card('categories = ["smoke"]', "categories = 1")),
    ("duplicate", "categories[smoke]", lambda: card('["smoke"]', '["smoke", "smoke"]')),
    ("not_one_of", "facts[#1]", lambda: card('facts = ["fire"]', 'facts = ["fir"]')),
    ("wrong_type", "tell_first", lambda: card("tell_first = true", 'tell_first = "yes"')),
    ("wrong_type", "source", lambda: card('source = { zh = "法", en = "Law" }', "source = 1")),
    ("missing_key", "source.en", lambda: card(', en = "Law"', "")),
    ("bad_date", "review.written", lambda: card('"2026-11-29"', '"29.11.2026"')),
    ("wrong_type", "review.written", lambda: card('"2026-11-29"', "2026-11-29")),
    ("bad_date", "review.on", lambda: card('"2026-12-01"', '"2026-02-30"')),
    ("bad_date", "review.on", lambda: card('"2026-12-01"', '"20261201"')),
    ("missing_key", "review.on", lambda: card('on = "2026-12-01"', 'on = ""')),
    ("missing_key", "review.by", lambda: card('by = "周明"', 'by = " "')),
    ("unknown_key", "review.when", lambda: card('by = "周明"', 'by = "周明"\nwhen = "x"')),
    ("missing_key", "branch.text", lambda: card('text = { zh = "有烟吗", en = "Smoke" }\n', "")),
    ("wrong_type", "branch.text", lambda: card('{ zh = "有烟吗", en = "Smoke" }', "1")),
    (
        "missing_key",
        "branch.answer[#1].label",
        lambda: card('label = { zh = "有", en = "Yes" }', ""),
    ),
    (
        "wrong_type",
        "branch.answer[#1].tell",
        lambda: card('[{ zh = "关门", en = "Shut the door" }]', "1"),
    ),
    ("wrong_type", "branch.answer[#2].kind", lambda: card('kind = "battery"', "kind = 1")),
    ("too_large", "branch.answer", lambda: card(_ANSWERS, _ANSWERS * 9)),
    ("wrong_type", "ask[#1].text", lambda: card('{ zh = "在哪里", en = "Where" }', "1")),
    ("wrong_type", "tell[#1].text.zh", lambda: card('zh = "出来"', "zh = 1")),
    ("empty_text", "never[#1].text.zh", lambda: card('zh = "穿烟"', 'zh = ""')),
    (
        "wrong_type",
        "end",
        lambda: card('[end]\ntext = { zh = "灭了", en = "It is out" }', "[[end]]"),
    ),
    (
        "missing_key",
        "end.text",
        lambda: card('[end]\ntext = { zh = "灭了", en = "It is out" }', "[end]"),
    ),
    (
        "wrong_type",
        "branch.tell_first",
        lambda: card('有烟吗", en = "Smoke" }', '有烟吗", en = "Smoke" }\ntell_first = 1'),
    ),
    ("missing_key", "say[#1].text", lambda: card('text = { zh = "快去", en = "Go" }\n', "")),
    ("empty_text", "say[#1].text.zh", lambda: card('zh = "快去"', 'zh = " "')),
    ("wrong_type", "say[#2].to", lambda: card('to = ["guard"]', "to = 1")),
    ("wrong_type", "say[#2].to[#2]", lambda: card('to = ["guard"]', 'to = ["guard", 1]')),
    ("unknown_key", "say[#2].whom", lambda: card('to = ["guard"]', 'whom = ["guard"]')),
    ("duplicate", "say.to[guard]", lambda: card('to = ["guard"]', 'to = ["guard", "guard"]')),
    ("duplicate", "say.to[]", lambda: card('to = ["guard"]\n', "")),
    ("missing_key", "record[#1].text.zh", lambda: card('zh = "时间", ', "")),
    ("wrong_type", "step[#1].text", lambda: card('{ zh = "拨 119", en = "Ring 119" }', '"x"')),
    ("unknown_key", "steps", lambda: card("[[step]]", "[[steps]]")),
    ("empty_list", "step", lambda: card("[[step]]", "[[tell]]")),
    # between the cards
    ("key_taken", "digit", lambda: between("", digit="1")),
    ("unknown_number", "first_number", lambda: between('first_number = "fir"')),
    ("kind_taken", "categories", lambda: between('categories = ["smoke"]')),
    ("kind_taken", "facts", lambda: between('facts = ["fire"]')),
    ("unknown_call", "ring[guards]", lambda: between('ring = ["fire", "guards"]')),
    ("unknown_call", "ring[guard:0]", lambda: between('ring = ["fire", "guard:0"]')),
    (
        "unknown_call",
        "say[#1].to[guards]",
        lambda: between('say = [{ to = ["guards"], text = { zh = "去", en = "Go" } }]'),
    ),
    ("unknown_kind", "within", lambda: between('within = "fires"')),
    ("unknown_kind", "branch.answer[#2].kind", lambda: led("fires")),
    ("within_deep", "within", lambda: between('within = "battery"')),
    ("within_loop", "within", lambda: between('within = "blaze"')),
    ("within_loop", "within", ringed),
    # said, and no fault
    ("cards_unreviewed", "review", lambda: reviews(CardReview("2026-11-29"))),
    ("cards_outdated", "review", lambda: reviews(CardReview("", "周明", "2024-11-28"))),
    ("cards_ahead", "review", lambda: reviews(CardReview("", "周明", "2026-11-30"))),
]
