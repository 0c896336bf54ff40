"""What the desk says: characters of sure width, one style of punctuation, one word a thing."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.site.manual import TOPICS, manual_text
from dispatcher_tui.site.shipped import data_dir
from tests.present.compile_catalogue import PO, read
from tests.present.punctuation import set_right
from tests.present.test_catalogue import forms, literals, sources

DRAWN = ("present", "tui", "cli", "reports/watch", "reports/papers")
FOLDED = {
    "present/cells.py": "what it folds",
    "present/breaking.py": "where a line of a page breaks",
}
"""Modules that speak of characters of ambiguous width without drawing any."""

PICTURES = Path(__file__).parents[1] / "tui" / "goldens"


def ambiguous(text: str) -> str:
    """The characters of a text that half the terminals give two cells."""
    return "".join(each for each in text if unicodedata.east_asian_width(each) == "A")


@cache
def catalogue() -> dict[str, str]:
    """Every msgid with its Chinese; of what is counted the last form."""
    return {forms(msgid)[-1]: forms(text)[-1] for msgid, text in read(PO).items()}


@cache
def terms() -> list[dict[str, Any]]:
    """The glossary as it is shipped."""
    with (data_dir() / "glossary.toml").open("rb") as stream:
        return list(tomllib.load(stream)["term"])


def shown(found: object) -> list[str]:
    """The Chinese that a shipped file gives the screen: every ``zh`` in it, however deep."""
    if isinstance(found, list):
        return [text for each in found for text in shown(each)]
    if not isinstance(found, dict):
        return []
    own = [found["zh"]] if isinstance(found.get("zh"), str) else []
    return own + [text for each in found.values() for text in shown(each)]


@cache
def shipped_files() -> tuple[Path, ...]:
    """Every shipped procedure, card and list that is written in words, the demo's story too."""
    files = [*data_dir().glob("*.toml"), *data_dir().glob("*/*.toml")]
    return tuple(sorted(path for path in files if path.name != "glossary.toml"))


@cache
def shipped_texts() -> tuple[str, ...]:
    """The Chinese of every shipped procedure, card and list."""
    assert len(shipped_files()) > 20
    found = (tomllib.loads(path.read_text("utf-8")) for path in shipped_files())
    return tuple(text for each in found for text in shown(each))


def comments_of(text: str) -> str:
    """What a shipped file says about itself: the Chinese before the slash of its comments."""
    return "\n".join(
        line.partition("#")[2].partition(" / ")[0] for line in text.splitlines() if "#" in line
    )


def guide() -> str:
    """The Chinese of README and manual."""
    _english, readme = (data_dir().parent / "README.md").read_text("utf-8").split("# 中文说明\n")
    return "\n".join((readme, *(manual_text(topic, "zh") for topic in TOPICS)))


@pytest.mark.parametrize(("text", "found"), [("「急」，x", ""), ("a…b·c", "…·"), ("──", "──")])
def test_a_character_of_ambiguous_width_is_found(text: str, found: str) -> None:
    assert ambiguous(text) == found


def test_no_entry_of_the_catalogue_has_a_character_of_ambiguous_width() -> None:
    said = {text for entry in read(PO).items() for each in entry for text in forms(each)}
    assert len(said) > 3000
    assert not [text for text in said if ambiguous(text)]


def test_no_literal_that_may_be_drawn_has_one() -> None:
    found = {
        name: literal.value
        for name, tree in sources(*DRAWN)
        for literal in literals(tree)
        if ambiguous(str(literal.value)) and name not in FOLDED and "\n\n" not in str(literal.value)
    }
    assert not found


def test_no_picture_of_a_screen_has_one() -> None:
    pictures = sorted(PICTURES.glob("*.txt"))
    assert len(pictures) >= 18
    assert not [path.name for path in pictures if ambiguous(path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("已存, 可查: {n} 件.", "已存，可查：{n} 件。"),
        ("按 F3，F4", "按 F3, F4"),
        ("22:47 至 {end}(不含)", "22:47 至 {end}（不含）"),
        ("site.toml (F8, m): 改好了吗?", "site.toml (F8, m)：改好了吗？"),
        ("* 已写  ! 待定", "* 已写  ! 待定"),
        ("正在读取 ..", "正在读取 .."),
        ("F8, m", "F8, m"),
    ],
)
def test_punctuation_is_set_right(before: str, after: str) -> None:
    assert set_right(before) == after
    assert set_right(after) == after


def test_the_catalogue_has_one_style_of_punctuation() -> None:
    """Otherwise ``python -m tests.present.punctuation`` sets it right."""
    wrong = {text: set_right(text) for text in catalogue().values() if set_right(text) != text}
    assert not wrong


def test_what_a_term_is_called_in_english_it_is_called_in_chinese() -> None:
    assert len(terms()) > 25
    for term in terms():
        if term.get("loose"):
            continue  # the English word has other meanings too
        word = re.compile(rf"(?<![\w-])(?:{term['en']})(?![\w-])", re.IGNORECASE)
        said = {msgid: text for msgid, text in catalogue().items() if word.search(msgid)}
        assert said, f"nobody says {term['en']}"
        assert not {m: text for m, text in said.items() if term["zh"] not in text}, term


def test_shipped_texts_have_the_same_style_of_punctuation() -> None:
    folders = ("procedures", "demo")
    files = [path for path in shipped_files() if path.parent.name in folders]
    assert len(files) > 12
    found = {t for path in files for t in shown(tomllib.loads(path.read_text("utf-8")))}
    assert {text: set_right(text) for text in found if set_right(text) != text} == {}


def test_comments_and_guide_use_no_other_word() -> None:
    said = [comments_of(path.read_text("utf-8")) for path in shipped_files()]
    assert comments_of("a = 1  # 口令几位 / digits of a PIN") == " 口令几位"
    others = {word for term in terms() for word in term.get("instead", ())}
    assert {word for word in others if any(word in text for text in (*said, guide()))} == set()


def test_every_term_is_said_and_none_by_another_word() -> None:
    said = "\n".join([*catalogue().values(), *shipped_texts()])
    assert [term["zh"] for term in terms() if term["zh"] not in said] == []
    others = {word for term in terms() for word in term.get("instead", ())}
    assert {word for word in others if word in said} == set()


def test_a_term_stands_once_and_says_where_it_is_used() -> None:
    assert len({term["zh"] for term in terms()}) == len(terms())
    for term in terms():
        assert set(term) <= {"zh", "en", "where", "instead", "loose"}
        assert set(term["where"]) <= {"screens", "paper", "log", "cli"}
        assert term["en"], term
        assert term["where"], term
