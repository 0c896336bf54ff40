"""Which look is worn: the one that was asked for, else by what the terminal can show."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.looks import LOOKS, WISHES, look_after, look_for, wish_of


@pytest.mark.parametrize(
    ("no_colour", "system", "worn"),
    [
        (False, "truecolor", "night"),
        (False, "256", "night"),
        (False, "standard", "ansi"),
        (False, None, "ansi"),
        (True, "truecolor", "mono"),
        (True, None, "mono"),
    ],
)
def test_by_itself_it_goes_by_the_terminal(
    *, no_colour: bool, system: str | None, worn: str
) -> None:
    assert look_for("auto", no_colour=no_colour, colour_system=system) == worn
    assert look_for("", no_colour=no_colour, colour_system=system) == worn


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_asked_for_is_worn_whatever_the_terminal(look: str) -> None:
    for system in (None, "standard", "256", "truecolor"):
        assert look_for(look, no_colour=True, colour_system=system) == look


def test_a_wish_is_read_as_it_is_typed() -> None:
    assert [wish_of(f" {wish.upper()} ") for wish in WISHES] == list(WISHES)
    assert [wish_of(text) for text in ("", "nihgt", "night day", "textual-dark")] == [""] * 4


def test_one_after_the_other_every_look_comes_up() -> None:
    seen, look = [], LOOKS[0]
    for _ in LOOKS:
        seen.append(look)
        look = look_after(look)
    assert (tuple(seen), look) == (LOOKS, LOOKS[0])
    assert look_after("auto") == LOOKS[0]
