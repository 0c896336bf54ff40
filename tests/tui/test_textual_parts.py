"""What leans on Textual's private parts: a paste with escape characters keeps its order."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import pytest
from textual import events

from dispatcher_tui.tui.textual_parts import (
    PASTE_BEGINS,
    PASTE_ENDS,
    PasteFilter,
    filter_pastes,
)


def parsed(pieces: list[str]) -> list[str]:
    """What the terminal's parser makes of what comes in these pieces: keys and pastes."""
    assert filter_pastes()
    parser: Any = import_module("textual._xterm_parser").XTermParser()
    found = []
    for piece in pieces:
        for event in parser.feed(piece):
            if isinstance(event, events.Paste):
                found.append(f"paste {event.text}")
            elif isinstance(event, events.Key):
                found.append(event.key)
    return found


def cut(text: str, seed: int) -> list[str]:
    """A text in pieces of any length, none of them empty."""
    chosen, pieces = random.Random(seed), []
    while text:
        size = chosen.randint(1, 9)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


def test_escape_characters_are_left_out_and_the_order_stays() -> None:
    pasted = "漏水\x1b[31m红\x1b\x1b[A很急\x1b"
    sent = f"a{PASTE_BEGINS}{pasted}{PASTE_ENDS}b"
    told = ["a", "paste 漏水[31m红[A很急", "b"]
    assert parsed([sent]) == told
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    for more in range(60):
        pieces = cut(sent, seed + more)
        assert parsed(pieces) == told, pieces


@pytest.mark.parametrize(
    "sent", ["abc", "\x1b[A\x1b[15~x", "\x1b[200x", f"{PASTE_BEGINS}一\n二\t三{PASTE_ENDS}"]
)
def test_all_else_passes_as_it_came(sent: str) -> None:
    assert PasteFilter().filtered(sent) == sent
    one_by_one = PasteFilter()
    assert "".join(one_by_one.filtered(each) for each in sent) == sent


def test_two_pastes_and_the_key_between_them() -> None:
    one = f"{PASTE_BEGINS}甲\x1b{PASTE_ENDS}"
    assert parsed([f"{one}x{one}"]) == ["paste 甲", "x", "paste 甲"]


def test_a_large_paste_is_one_paste() -> None:
    text = "\x1b[31m水" * 32_000
    (found,) = parsed(
        [
            f"{PASTE_BEGINS}{text}{PASTE_ENDS}"[at : at + 4096]
            for at in range(0, len(text) + 12, 4096)
        ]
    )
    assert found == "paste " + "[31m水" * 32_000
