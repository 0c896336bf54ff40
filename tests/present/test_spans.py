"""Rows of runs: where a label ends that a row begins with."""

from __future__ import annotations

import random

import pytest

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.spans import begun_muted

CHARACTERS = "ab 0:\t\u0301\u200b漏水\x1bé"
"""What is one cell wide, two, none, and what is no text."""


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("07:51 261201-01 opened", "07:51 "),
        ("07:51", "07:51 "),
        ("", "      "),
        ("漏水漏水", "漏水漏"),
        ("a漏水漏水", "a漏水 "),
    ],
)
def test_a_label_is_as_wide_as_is_asked_for(text: str, lead: str) -> None:
    assert begun_muted(text, 6)[0].text == lead


def test_the_short_way_for_plain_labels_gives_what_the_long_one_gives() -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    for _ in range(2_000):
        text = "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(0, 10)))
        cells = chance.randint(1, 6)
        lead, rest = begun_muted(text, cells)
        assert lead.text == fit(text, cells, ellipsis=""), (text, cells)
        assert rest.text == text[len(lead.text) :]
