"""Amounts of money as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.words.money import MoneyError, format_fen, parse_fen

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("¥12.50", 1250),
        ("￥ 12.50", 1250),
        ("１２元", 1200),
        ("12。5 元", 1250),
        ("0", 0),
        ("007", 700),
        ("0.01", 1),
        ("1,234.50", 123_450),
        ("10000000", 1_000_000_000),
        (" 12块 ", 1200),
    ],
)
def test_amounts(typed: str, fen: int) -> None:
    assert parse_fen(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("abc", "nonsense"),
        ("12.", "nonsense"),
        (".5", "nonsense"),
        ("1e3", "nonsense"),
        ("12,34", "nonsense"),
        ("٣", "nonsense"),
        ("nan", "nonsense"),
        ("-1", "negative"),
        ("¥-1", "negative"),
        ("1.234", "decimals"),
        ("10000000.01", "large"),
        ("9" * 5000, "large"),
    ],
)
def test_what_cannot_stand_is_refused(typed: str, code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        parse_fen(typed)
    assert refused.value.code == code


@given(ANY)
def test_any_text_is_an_amount_or_refused(raw: str) -> None:
    try:
        fen = parse_fen(raw)
    except MoneyError:
        return
    assert 0 <= fen <= 1_000_000_000


@given(st.integers(0, 1_000_000_000))
def test_what_is_written_reads_back(fen: int) -> None:
    assert parse_fen(format_fen(fen)) == fen


def test_a_correction_may_be_negative() -> None:
    assert format_fen(-1250) == "-12.50"
    assert format_fen(-5) == "-0.05"
