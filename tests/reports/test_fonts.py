"""The fonts that come along: everything an estate's people write can be printed."""

from __future__ import annotations

import string
from collections.abc import Iterator

from dispatcher_tui.reports.pdf.faces import FILES, LACKING, Faces
from tests.reports.readback import FONTS

NAMES = "喆堃淼煊垚犇骉羴昇翀弢祎珺璟玥昊旻昱晟曦烨焱燚鑫龘㛃䶮䲜"
SIGNS = "·—…“”‘’•×÷±²³℃㎡￥€°→←■□▲△○●★☆※①②③ⅠⅡ§№éüñ✓✔–─│，。、；：？！（）《》【】"


def gb2312() -> Iterator[str]:
    """Every character of the table that all Chinese schoolbooks are printed with."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", "ignore")


def test_both_are_truetype_and_come_with_their_licence() -> None:
    for file in FILES:
        assert (FONTS / file).read_bytes()[:4] == b"\0\1\0\0"
        assert b"glyf" in (FONTS / file).read_bytes()[:400]
    licence = (FONTS / "LICENSE.txt").read_text(encoding="utf-8")
    assert all(file in licence for file in FILES)
    assert "Apache License" in licence
    assert "Bitstream" in licence


def test_no_common_character_is_lacking() -> None:
    faces = Faces(FONTS)
    text = "".join(gb2312()) + string.ascii_letters + string.digits + string.punctuation
    text += NAMES + SIGNS
    assert len(text) > 6_700
    assert faces.shown(text) == text
    assert faces.lacks(text) == []


def test_latin_and_chinese_are_drawn_by_different_fonts() -> None:
    faces = Faces(FONTS)
    runs = list(faces.runs(faces.shown("3栋 leak漏")))
    assert [stretch for _font, stretch in runs] == ["3", "栋", " leak", "漏"]
    assert len({font for font, _stretch in runs}) == 2


def test_what_no_font_has_is_known_by_its_stretches() -> None:
    faces = Faces(FONTS)
    assert faces.shown("张\U00020164来电") == f"张{LACKING}来电"
    assert faces.lacks("张\U00020164来电 👍👎") == ["\U00020164", "👍👎"]
    assert faces.shown("\ue000") == LACKING


def test_letters_that_run_to_the_left_are_not_drawn_the_wrong_way_round() -> None:
    faces = Faces(FONTS)
    assert faces.shown("王 محمد") == f"王 {LACKING * 4}"
    assert faces.lacks("דוד 王") == ["דוד"]
