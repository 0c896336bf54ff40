"""Which outside numbers an emergency would miss."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.outside import NAMES, NATIONAL, Lacking, lacking_numbers
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.domain.words.terms import Label

FIRE, GAS = Label("起火", "Fire"), Label("漏气", "Gas leak")
SCENE = ("guard", "gate", "engineering", "lift", "head")

EVERY = dict.fromkeys(NAMES, "12345")


def test_every_kind_that_misses_a_number_is_named_once_under_it() -> None:
    kinds = [(FIRE, ("fire", "gas", "gas", "power")), (GAS, ("gas", "head"))]
    known = {"fire": "119", "gas": "", "power": "95598"}
    assert lacking_numbers(kinds, known, SCENE) == (Lacking("gas", (FIRE, GAS)),)


@pytest.mark.parametrize("name", NAMES)
def test_one_number_is_missing_and_no_other(name: str) -> None:
    without = {key: number for key, number in EVERY.items() if key != name}
    assert lacking_numbers([(FIRE, NAMES)], EVERY, SCENE) == ()
    assert lacking_numbers([(FIRE, NAMES)], without, SCENE) == (Lacking(name, (FIRE,)),)
    assert lacking_numbers([(FIRE, NAMES)], EVERY | {name: ""}, SCENE) == (Lacking(name, (FIRE,)),)


def test_the_estates_own_groups_a_number_itself_and_nothing_need_no_entry() -> None:
    assert lacking_numbers([(FIRE, (*SCENE, "119", ""))], {}, SCENE) == ()


def test_a_name_of_the_sites_own_is_missed_like_any_other() -> None:
    assert lacking_numbers([(GAS, ("harbour",))], EVERY, SCENE) == (Lacking("harbour", (GAS,)),)
    assert lacking_numbers([(GAS, ("harbour",))], {"harbour": "12395"}, SCENE) == ()


def test_what_every_town_has_alike_can_be_dialled() -> None:
    assert all(plausible_phone(number) for number in NATIONAL.values())
    assert not set(NAMES) & set(SCENE)
