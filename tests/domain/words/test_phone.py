"""Telephone numbers as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone, radio_channel

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86-138-0013-8000", "8613800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("(0755) 8888-0000转8001", "0755888800008001"),
        ("119", "119"),
        ("", ""),
        ("没有", ""),
    ],
)
def test_digits(typed: str, digits: str) -> None:
    assert phone_digits(typed) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "110",
        "138 0013 8000",
        "＋８６ 13800138000",
        "（0755）88880000",
        "88880000-8001",
        "88880000 转8001",
        "88880000转 8001",
        "88880000分机8001",
        "12345678901234567890",
    ],
)
def test_plausible(typed: str) -> None:
    assert plausible_phone(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12",
        "123456789012345678901",
        "138OO138000",
        "张伟138",
        "转8001",
        "8888转",
        "1380013\x1b8000",
    ],
)
def test_not_plausible(typed: str) -> None:
    assert not plausible_phone(typed)


@given(ANY)
def test_any_text_is_taken(raw: str) -> None:
    digits = phone_digits(raw)
    assert digits == "" or (digits.isascii() and digits.isdigit())
    if plausible_phone(raw):
        assert 3 <= len(digits) <= 20


@pytest.mark.parametrize(
    "written",
    [
        *("对讲3频道", "对讲机 3 号", "对讲：3频道", "对讲 12", "手台3", "电台第3频道", "３频道"),
        *("3频道", "第3频道", "3号频道", "频道3", "信道 3", "CH 3", "CH3", "ch-03", "channel 3"),
        *("3 channel", "radio 3", "对讲 409.7500"),
    ],
)
def test_a_channel_of_the_radios(written: str) -> None:
    assert radio_channel(written)


@pytest.mark.parametrize(
    "written",
    ["", "对讲", "对讲机", "频道", "3", "CH", "138频道00000001", "3号", "对讲1380000", "对讲3x"],
)
def test_no_channel_of_the_radios(written: str) -> None:
    assert not radio_channel(written)
