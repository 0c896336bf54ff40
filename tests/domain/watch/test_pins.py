"""What a new PIN may be: at its exact bounds, and the ones that are guessed first."""

from __future__ import annotations

import random
import tomllib
from datetime import date

import pytest

from dispatcher_tui.domain.watch.pins import is_pin, is_short, is_trivial
from dispatcher_tui.domain.watch.rescue_code import LENGTH, LETTERS, is_code, plain, shown
from dispatcher_tui.site.shipped import data_dir

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("pin", "good"),
    [
        ("123", False),
        ("1234", True),
        ("1" * 12, True),
        ("1" * 13, False),
        ("１２３４", True),
        ("", False),
        ("12 34", False),
        ("12a4", False),
        ("-1234", False),
        ("٣٤٥٦", False),
    ],
)
def test_the_form_of_a_pin(pin: str, good: bool) -> None:
    assert is_pin(pin) is good


def test_a_pin_is_short_by_one_digit_and_no_more() -> None:
    assert [is_short("1" * n, 6) for n in (5, 6, 7)] == [True, False, False]
    assert not is_short("４７１１０８", 6), "of full width too"


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "7777",
        "121212",
        "123123",
        "110110",
        "119119",
        "00000000",
        "123456",
        "654321",
        "4321",
        "890123",
        "210987",
        "0123456789",
        "112233",
        "99887766",
        "19850612",
        "850612",
        "198506",
        "0612",
        "0229",
        "1985",
        "1950",
        "2027",
        "261121",
        "500101",
        "000229",
        "１２３４５６",
        "271231",
    ],
)
def test_what_is_guessed_first_is_refused(pin: str) -> None:
    assert is_trivial(pin, TODAY)


@pytest.mark.parametrize(
    "pin",
    [
        "471108",
        "246813",
        "864257",
        "903517",
        "123457",
        "125199",
        "112234",
        "491231",
        "281301",
        "850632",
        "990230",
        "198513",
        "0230",
        "1301",
        "1949",
        "2028",
        "281231",
        "19491231",
        "20280101",
        "1234567895",
        "135792",
    ],
)
def test_what_only_looks_like_it_is_taken(pin: str) -> None:
    assert not is_trivial(pin, TODAY)


def test_the_year_after_this_one_is_the_last_that_counts() -> None:
    assert [is_trivial("20280101", date(year, 12, 31)) for year in (2026, 2027)] == [False, True]


def test_the_demos_pins_are_as_its_site_asks() -> None:
    demo = data_dir() / "demo"
    least = tomllib.loads((demo / "site.toml").read_text("utf-8"))["pin"]["least"]
    accounts = tomllib.loads((demo / "operators.toml").read_text("utf-8"))["operator"]
    pins = [account["pin"] for account in accounts]
    assert len(set(pins)) == len(pins) > 3
    assert not any(is_short(pin, least) or is_trivial(pin, TODAY) for pin in pins)


def test_most_pins_are_left() -> None:
    """The rule takes few away: who picks one at random is hardly ever refused."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    refused = sum(is_trivial(f"{chance.randrange(10**6):06d}", TODAY) for _ in range(4000))
    assert 0 < refused < 4000 * 0.06


def test_a_code_is_read_as_a_hand_writes_it() -> None:
    code = "7K3M9QXD0V1ZB4TR"
    assert shown(code) == "7K3M-9QXD-0V1Z-B4TR"
    for typed in (
        "7k3m 9qxd ov1z b4tr",
        "７Ｋ３Ｍ-9QXD-OVIZ-B4TR",
        "7K3M9QXDOVLZB4TR",
        shown(code),
    ):
        assert is_code(typed)
        assert plain(typed) == code
    for other in ("", "471108", "1" * 12, code[:-1], code + "A", "U" * LENGTH, "7K3M-9QXD"):
        assert not is_code(other)
    assert len(set(LETTERS)) == len(LETTERS) == 32
