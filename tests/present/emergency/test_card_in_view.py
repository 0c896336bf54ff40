"""What has to be told stands in view on every card, before anybody was rung and after (E-02)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency.card_lines import card_lines
from dispatcher_tui.present.i18n import localized, use
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

SIZES = {(80, 24): 16, (60, 15): 9}
"""Rows of the card's page at a size."""
MARGIN = 5
"""Cells before the words of a line: cursor, tick, digit."""


@pytest.fixture(params=["zh", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    use(request.param)
    yield
    use("en")


def _cards() -> list[Card]:
    files = sorted((data_dir() / "emergency").glob("*.toml"))
    return [parse_card(read_text(each), each.name) for each in files]


@pytest.mark.parametrize("card", _cards(), ids=lambda card: str(card.id))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rung", [False, True])
def test_what_is_told_first_is_in_view(card: Card, size: tuple[int, int], *, rung: bool) -> None:
    answers = card.branch.answers if card.branch else ()
    for given in (None, *range(len(answers))):
        told = list(answers[given].tells) if given is not None else []
        told += [line.text for line in card.tells]
        lines = [line.text for line in card_lines(card, "", given, (), steps_first=rung)]
        if not told or not card.tell_first:
            continue
        decides = card.branch is not None and given is None and not card.branch.tell_first
        # The question that decides what is told comes before it, with its graver answers.
        end = 1 + 2 if decides else lines.index(f"- {localized(told[0])}") + 1
        rows = sum(len(wrap(text, size[0] - MARGIN)) for text in lines[:end])
        assert rows <= SIZES[size], (card.id, given, lines[:end])
