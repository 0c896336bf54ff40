"""Text in terminal cells."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dispatcher_tui.present.cells import (
    Align,
    beside_name,
    fit,
    folded,
    folded_in_place,
    sure_width,
    width,
    wrap,
)

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
MIXED = st.text(alphabet="漏水，。（）abc .\u3000\u0301é❤\ufe0f😀🇨🇳1#", max_size=40)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("漏水", 4), ("e\u0301", 1), ("漏\x1b\u200b水", 4), ("a\nb\tc", 5)],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("张伟", 6, "张伟  "),
        ("漏水到楼下", 10, "漏水到楼下"),
        ("漏水到楼下", 9, "漏水到.. "),
        ("漏水到楼下", 8, "漏水到.."),
        ("漏水到楼下", 2, "漏"),
        ("漏水到楼下", 3, ".. "),
        ("漏水到楼下", 1, " "),
        ("abc", 1, "a"),
        ("abcdef", 4, "ab.."),
        ("漏\x1b[2J水", 8, "漏[2J水 "),
        ("两\n行", 5, "两 行"),
        ("abc", 0, ""),
        ("abc", -3, ""),
    ],
)
def test_fit(text: str, cells: int, expected: str) -> None:
    assert fit(text, cells) == expected


def test_fit_to_the_right_and_with_another_mark() -> None:
    assert fit("张伟", 6, "right") == "  张伟"
    assert fit("漏水到楼下", 8, "right") == "漏水到.."
    assert fit("abcdef", 4, ellipsis="") == "abcd"
    assert fit("abcdef", 4, ellipsis="..") == "ab.."


@given(
    st.one_of(ANY, MIXED),
    st.integers(0, 30),
    st.sampled_from(["left", "right"]),
    st.sampled_from(["..", "", ">", "略"]),
)
def test_fit_is_exact_and_safe(text: str, cells: int, align: Align, ellipsis: str) -> None:
    fitted = fit(text, cells, align, ellipsis)
    assert cell_len(fitted) == width(fitted) == cells
    assert not {ch for ch in fitted if unicodedata.category(ch) in {"Cc", "Cs", "Zl", "Zp"}}


def test_a_fitting_text_is_only_padded() -> None:
    assert fit("3-2-1502", 8) == "3-2-1502"


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, [""]),
        ("漏水到楼下两户", 6, ["漏水到", "楼下两", "户"]),
        ("漏水到楼下两户", 7, ["漏水到", "楼下两", "户"]),
        ("water through the ceiling", 12, ["water", "through the", "ceiling"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("call张伟now", 6, ["call张", "伟now"]),
        ("三楼漏水。", 8, ["三楼漏", "水。"]),
        ("找到高磊、欧阳建国、张伟", 13, ["找到高磊、", "欧阳建国、", "张伟"]),
        ("等回复；蒋思淑 13900005377", 12, ["等回复；", "蒋思淑", "13900005377"]),
        ("Ambulance, 黄志明, 张伟", 13, ["Ambulance,", "黄志明, 张伟"]),
        ("蒋思淑。", 6, ["蒋思", "淑。"]),
        ("a\tb", 10, ["a b"]),
        ("abc   def", 3, ["abc", "def"]),
        ("  in", 10, ["  in"]),
        ("漏水", 1, ["漏", "水"]),
        ("\ufe00漏。", 2, ["漏", "。"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@given(st.one_of(ANY, MIXED), st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert lines
    assert all(cell_len(line) <= cells for line in lines)
    kept = wrap(text, 10_000)
    assert "".join("".join(lines).split()) == "".join("".join(kept).split())


def test_the_answer_is_the_callers_own() -> None:
    wrap("漏水", 10).append("x")
    assert wrap("漏水", 10) == ["漏水"]


@pytest.mark.parametrize("text", ["漏" * 40_000, "é" * 40_000, "a漏 " * 13_000, "漏" * 1_000_000])
def test_long_texts_are_no_burden(text: str) -> None:
    assert cell_len(fit(text, 20)) == 20
    assert all(cell_len(line) <= 20 for line in wrap(text, 20))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("漏水，abc", "漏水，abc"),
        ("“改” → …", '"改" -> ..'),
        ("①②", "12"),
        ("α", r"\u03b1"),
        ("e\u0301", r"\u00e9"),
    ],
)
def test_sure_width(text: str, sure: str) -> None:
    assert sure_width(text) == sure


@given(ANY)
def test_what_is_of_sure_width_has_no_ambiguous_character(text: str) -> None:
    sure = sure_width(text)
    assert all(unicodedata.east_asian_width(character) != "A" for character in sure)
    assert sure_width(sure) == sure


def ambiguous(text: str) -> str:
    return "".join(each for each in text if unicodedata.east_asian_width(each) == "A")


@pytest.mark.parametrize(
    ("text", "read", "in_place"),
    [
        ("漏水，「急」abc", "漏水，「急」abc", "漏水，「急」abc"),
        ("“改”‘了’", "\"改\"'了'", "\"改\"'了'"),
        ("等…3—2–1·4", "等..3-2-1.4", "等.3-2-1.4"),
        ("①→×÷", "1>x/", "1>x/"),
        ("½⑴", "1\u20442(1)", "??"),
        ("é e\u0301 α", "e e ?", "e e ?"),
        ("❤\ufe0f😀", "❤😀", "❤😀"),
    ],
)
def test_what_was_typed_is_folded_on_its_way_to_the_screen(
    text: str, read: str, in_place: str
) -> None:
    assert (folded(text), folded_in_place(text)) == (read, in_place)
    assert fit(text, 40) == read + " " * (40 - cell_len(read))
    assert wrap(text, 40) == [read]
    assert width(text) == cell_len(read)


def test_a_page_keeps_what_was_typed() -> None:
    assert fit("“改”…", 8, fold=False) == "“改”…   "
    assert wrap("“改”…", 8, fold=False) == ["“改”…"]
    assert width("“改”…", fold=False) == 5


@given(ANY)
def test_nothing_of_ambiguous_width_is_left_and_nothing_moves(text: str) -> None:
    assert not ambiguous(folded(text) + folded_in_place(text) + "".join(wrap(text, 9)))
    one_by_one = [each for each in text if unicodedata.category(each)[0] not in "CM"]
    assert all(cell_len(folded_in_place(each)) == cell_len(each) for each in one_by_one)
    assert folded(folded(text)) == folded(text)


def test_every_character_there_is_folds_to_a_sure_one() -> None:
    every = "".join(map(chr, range(0x20, 0x3100))) + "".join(map(chr, range(0xE000, 0x1F300, 7)))
    assert ambiguous(every)
    assert not ambiguous(folded(every) + folded_in_place(every))


@pytest.mark.parametrize("name", ["欧阳" * 100, "👨‍👩‍👧王é" * 40, "王芳"])
def test_beside_a_name_the_number_stands_whole(name: str) -> None:
    shown = beside_name(name, "13900000011", 40)
    assert cell_len(shown) <= 40
    assert shown.endswith("  13900000011")
    assert (name == "王芳") == shown.startswith("王芳  ")
    assert beside_name("王芳", " ", 40) == "王芳"
