"""Cleaning and folding of typed text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.words.text import clean_text, fold, fold_key, is_hanzi

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
STEERING = [
    *map(chr, (*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0))),
    *"\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff",
    *"\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb\U000e0000\U000e0041\U000e007f",
    *"\ud800\udbff\udc1b\udfff\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
]


@pytest.mark.parametrize("multiline", [True, False])
@pytest.mark.parametrize("ch", STEERING, ids=lambda ch: f"U+{ord(ch):04X}")
def test_what_steers_or_hides_is_taken_out_and_counted(ch: str, multiline: bool) -> None:
    cleaned = clean_text(f"漏{ch}水{ch}", multiline=multiline)
    assert cleaned.text == "漏水"
    assert cleaned.removed == 2
    assert cleaned.cut == 0


@pytest.mark.parametrize(
    "kept",
    [
        "ＡＢＣ１２３，。：！",
        "㎡ ½ ﬁ é e\u0301",
        "😀🇨🇳❤\ufe0f",
        "\u3000全角\u00a0空格",
        "[b]=1+1'\"\\",
        "𠮷野家",
    ],
)
def test_everything_else_stays_to_the_letter(kept: str) -> None:
    cleaned = clean_text(kept)
    assert (cleaned.text, cleaned.removed, cleaned.cut) == (kept, 0, 0)


def test_of_an_escape_sequence_only_the_control_goes() -> None:
    assert clean_text("\x1b]52;c;AAAA\x07a\x1b[2Jb\x9b1m").text == "]52;c;AAAAa[2Jb1m"


def test_line_breaks_become_line_feeds() -> None:
    cleaned = clean_text("a\r\nb\rc\nd\u2028e\u2029f\tg")
    assert cleaned.text == "a\nb\nc\nd\ne\nf\tg"
    assert cleaned.removed == 0


def test_on_a_single_line_breaks_and_tabs_are_one_space() -> None:
    assert clean_text("a\r\n\tb\u2028c\td", multiline=False).text == "a b c d"


def test_the_limit_cuts_and_says_how_much() -> None:
    cleaned = clean_text("漏\x00" * 10, limit=4)
    assert (cleaned.text, cleaned.removed, cleaned.cut) == ("漏" * 4, 10, 6)


@given(ANY, st.booleans())
def test_cleaned_text_is_printable_encodable_and_stays_as_it_is(raw: str, multiline: bool) -> None:
    cleaned = clean_text(raw, multiline=multiline)
    cleaned.text.encode("utf-8")
    controls = [ch for ch in cleaned.text if unicodedata.category(ch) in {"Cc", "Cs", "Zl", "Zp"}]
    assert set(controls) <= ({"\n", "\t"} if multiline else set())
    assert not set(cleaned.text) & set(STEERING)
    again = clean_text(cleaned.text, multiline=multiline)
    assert (again.text, again.removed, again.cut) == (cleaned.text, 0, 0)


@pytest.mark.parametrize("raw", ["漏\x1b" * 500_000, "漏水，" * 333_333, "\x1b\r" * 500_000])
def test_a_million_characters_are_cleaned(raw: str) -> None:
    cleaned = clean_text(raw)
    assert "\x1b" not in cleaned.text
    assert len(cleaned.text) <= len(raw)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＷＸＢＺ", "wxbz"),
        ("２６１１２１－０３", "261121-03"),
        ("Straße", "strasse"),
        ("漏水", "漏水"),
    ],
)
def test_fold_finds_one_form(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(ANY)
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [*zip("１／：？。、＝．ｎＮ", "1/:?./=.nN", strict=True), ("漏", "漏"), ("f4", "f4")],
)
def test_keys_have_ascii_twins(typed: str, key: str) -> None:
    assert fold_key(typed) == key


@given(st.characters(exclude_categories=()))
def test_a_key_stays_one_character(ch: str) -> None:
    assert len(fold_key(ch)) == 1


@pytest.mark.parametrize(
    ("ch", "expected"),
    [
        ("漏", True),
        ("〇", True),
        ("𠮷", True),
        ("、", False),
        ("a", False),
        ("", False),
        ("漏水", False),
    ],
)
def test_is_hanzi(ch: str, expected: bool) -> None:
    assert is_hanzi(ch) is expected
