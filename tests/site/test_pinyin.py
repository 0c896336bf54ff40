"""What may be typed to find a Chinese name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.site.pinyin import PinyinTable, initials, load_pinyin
from tests.site.samples import new_site


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("漏水", "ls"),
        ("张伟", "zw"),
        ("维修班长", "wxbz"),
        ("KTV包间", "ktvbj"),
        ("2号门", "2hm"),
        ("Ａ座 电梯", "azdt"),
        ("阿依古丽·买买提", "ayglmmt"),
        ("曾", "z"),
        ("曾", "c"),
        ("单", "s"),
    ],
)
def test_initials(text: str, typed: str) -> None:
    assert typed in initials(text)


@pytest.mark.parametrize("text", ["", "abc", "3-2-1502", " ", "？！"])
def test_a_text_without_chinese_gives_nothing(text: str) -> None:
    assert initials(text) == frozenset()


@given(st.text("单曾重行长乐查解仇abc 1"))
def test_combinations_are_capped_and_made_of_letters_and_figures(text: str) -> None:
    found = initials(text)
    assert len(found) <= 16
    assert all(typed.isascii() and typed.isalnum() and typed == typed.lower() for typed in found)


def test_unknown_characters_are_passed_over() -> None:
    table = PinyinTable("# letters\nlm\t漏\ns\t水\n")
    assert table.initials("漏㐀水") == {"ls", "ms"}


def test_a_sites_own_table_is_used(tmp_path: Path) -> None:
    assert "ls" in load_pinyin(tmp_path).initials("漏水")
    site = new_site(tmp_path)
    (site / "pinyin.txt").write_text("q\t漏水\n", encoding="utf-8")
    assert load_pinyin(site).initials("漏水") == {"qq"}
