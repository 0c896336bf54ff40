"""The manual cannot drift: its keys, commands and topics are those of the program."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command

from dispatcher_tui.cli.app import app
from dispatcher_tui.present.cells import sure_width, width
from dispatcher_tui.present.manual_lines import manual_lines, title_of
from dispatcher_tui.site.manual import TOPICS, manual_text
from dispatcher_tui.tui.actions import ACTIONS

LANGUAGES = ("zh", "en")
EVERY = [(topic, lang) for topic in TOPICS for lang in LANGUAGES]
KEYS = {action.key.upper() for action in ACTIONS} | {"F11"}  # F11 is the menu's second way.
WITH_CTRL = {action.key.title() for action in ACTIONS if "+" in action.key}


def _is_command(words: list[str]) -> bool:
    at: Any = get_command(app)
    for word in words:
        inner = getattr(at, "commands", None)
        if inner is None:
            return True
        if word not in inner:
            return False
        at = inner[word]
    return True


@pytest.mark.parametrize(("topic", "lang"), EVERY)
def test_every_command_and_key_it_names_is_there(topic: str, lang: str) -> None:
    text = manual_text(topic, lang)
    said = re.findall(r"dispatcher-tui ([^`\n]*)", text)
    for line in said:
        words = re.sub(r"--(site|lang) \S+ ?", "", line).split()
        assert _is_command([w for w in words[:2] if re.fullmatch(r"[a-z]+", w)]), line
    assert set(re.findall(r"\bF[0-9]{1,2}\b", text)) <= KEYS
    assert set(re.findall(r"Ctrl\+[A-Z]", text)) <= WITH_CTRL


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_say_the_same_in_the_same_order(topic: str) -> None:
    zh, en = (manual_text(topic, lang) for lang in LANGUAGES)
    for mark in (r"^## ", r"^[0-9]+\. ", r"^- ", r"^    "):
        counted = [len(re.findall(mark, text, re.MULTILINE)) for text in (zh, en)]
        assert counted[0] == counted[1], mark
    keys = [sorted(set(re.findall(r"\bF[0-9]{1,2}\b", text))) for text in (zh, en)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("topic", "lang"), EVERY)
@pytest.mark.parametrize("cells", [58, 78, 118])
def test_no_row_is_wider_than_its_page_or_of_doubtful_width(
    topic: str, lang: str, cells: int
) -> None:
    rows = manual_lines(manual_text(topic, lang), cells)
    assert all(width(row) <= cells for row in rows)
    assert all(row == sure_width(row) for row in rows)


def test_paragraphs_are_joined_as_their_language_wants_it() -> None:
    text = "# 题\n\n第一行，\n第二行\nF9 再按\n\n- one\n  two\n\n    kept  as\n"
    assert title_of(text) == "题"
    assert manual_lines(text, 40) == [
        "  第一行，第二行 F9 再按",
        "",
        "  - one two",
        "",
        "  kept  as",
    ]


def test_there_is_no_other_topic() -> None:
    with pytest.raises(KeyError):
        manual_text("../site", "zh")
