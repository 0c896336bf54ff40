"""The shipped action cards: every kind of emergency an estate knows, in lines read at a glance."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.cells import width
from dispatcher_tui.site.cards import Card, parse_card
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.text import read_text

FOLDER = data_dir() / "emergency"
CELLS = 38
"""What a line of the card has on the narrowest screen, beside the call tree."""

KINDS = {
    *("fire", "fire_alarm", "gas_smell", "injury", "lift_entrapment", "traffic_accident"),
    *("fight", "intruder", "flood", "power_failure", "falling_object", "missing_person"),
    *("government_order", "other"),
}
FIRST = {
    "fire": "fire",
    "gas_smell": "fire",
    "injury": "ambulance",
    "lift_entrapment": "lift_rescue",
    "fight": "police",
    "intruder": "police",
}
"""Whom to ring before anybody else; for every other kind one's own people come first."""

NUMBERS = {
    "fire": ["119"],
    "fire_alarm": ["119"],
    "gas_smell": ["119", "120"],
    "injury": ["120", "110"],
    "lift_entrapment": ["96333", "120", "119"],
    "traffic_accident": ["120", "119", "110"],
    "fight": ["110", "120"],
    "intruder": ["110", "120"],
    "flood": ["119", "95598"],
    "power_failure": ["95598", "119", "120"],
    "falling_object": ["120", "110"],
    "missing_person": ["110"],
    "other": ["120", "119", "110"],
}


def card(name: str) -> Card:
    path: Path = FOLDER / f"{name}.toml"
    return parse_card(read_text(path), path.name)


def test_every_kind_is_there() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == KINDS


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_line_is_read_at_a_glance(name: str) -> None:
    found = card(name)
    lines = [line.text.zh for line in (*found.asks, *found.tells, *found.steps)]
    assert [line for line in lines if width(line) > CELLS] == []
    assert 4 <= len(found.steps) <= 10


@pytest.mark.parametrize("name", sorted(KINDS))
def test_who_is_rung_first_and_which_numbers_are_named(name: str) -> None:
    found = card(name)
    assert found.first_number == FIRST.get(name, "")
    for language in ("zh", "en"):
        said = " ".join(getattr(line.text, language) for line in found.steps)
        assert [number for number in NUMBERS.get(name, []) if number not in said] == []


def test_nobody_rings_a_bell_or_uses_a_switch_where_gas_is_smelt() -> None:
    told = " ".join(line.text.zh for line in card("gas_smell").tells)
    assert all(word in told for word in ("不开灯", "门铃", "不打火", "楼外"))
