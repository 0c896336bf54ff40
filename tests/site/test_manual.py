"""The manual cannot drift: its keys, commands and topics are those of the program."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import dispatcher_tui
from dispatcher_tui.cli.app import app
from dispatcher_tui.present.cells import sure_width, width
from dispatcher_tui.present.manual_lines import manual_lines, title_of
from dispatcher_tui.site.manual import TOPICS, manual_text
from dispatcher_tui.tui.actions import ACTIONS
from dispatcher_tui.tui.screens.reviews.by_letter import BY_LETTER
from dispatcher_tui.tui.screens.reviews.records import WORKS

LANGUAGES = ("zh", "en")
EVERY = [(topic, lang) for topic in TOPICS for lang in LANGUAGES]
KEYS = {action.key.upper() for action in ACTIONS} | {"F11"}  # F11 is the menu's second way.
WITH_CTRL = {key.title() for a in ACTIONS for key in (a.key, a.also) if "+" in key}
LETTERS = {action.also for action in ACTIONS} | {action.key for action in ACTIONS}
TUI = Path(dispatcher_tui.__file__).parent / "tui"
"""Where every screen declares its own letters, as ``ScreenKey("k", ..)``."""


def _command(words: list[str]) -> Any:
    """The command that some words begin with; None where it is none."""
    at: Any = get_command(app)
    for word in words:
        inner = getattr(at, "commands", None)
        if inner is None:
            break
        if word not in inner:
            return None
        at = inner[word]
    return None if getattr(at, "commands", None) and words else at


def _typed(text: str) -> list[str]:
    """What is to be typed in a shell: after the program's name, or a command alone in its marks."""
    text = text.replace("\\\n", " ")
    known = get_command(app).commands  # type: ignore[attr-defined]
    groups = {name for name, each in known.items() if getattr(each, "commands", None)}
    marked = [one for one in re.findall(r"`([^`]+)`", text) if one not in groups]
    alone = [one for one in marked if one.split()[0] in known]
    return [*re.findall(r"dispatcher-tui([^`\n]*)", text), *alone]


@cache
def _own_letters() -> set[str]:
    """The letters of every screen; F8's that lead to another one stand in a table of their own."""
    source = "".join(path.read_text("utf-8") for path in sorted(TUI.rglob("*.py")))
    return set(re.findall(r"ScreenKey\(\s*\"(.)\"", source)) | {*BY_LETTER}


@pytest.mark.parametrize(("topic", "lang"), EVERY)
def test_every_command_option_and_key_it_names_is_there(topic: str, lang: str) -> None:
    text = manual_text(topic, lang)
    whole = {option for each in get_command(app).params for option in each.opts}
    for line in _typed(text):
        words = re.sub(r"--(site|lang) \S+ ?", "", line).split()
        named = list(takewhile(re.compile(r"[a-z][a-z-]*$").match, words))[:2]
        found = _command(named)
        assert found is not None, line
        options = {option for each in found.params for option in each.opts} | whole
        assert set(re.findall(r"(?<!\S)--[a-z-]+", line)) <= options, line
    assert set(re.findall(r"\bF[0-9]{1,2}\b", text)) <= KEYS
    assert set(re.findall(r"Ctrl\+[A-Z]", text)) <= WITH_CTRL
    assert set(re.findall(r"`([a-zA-Z=])`", text)) <= LETTERS | _own_letters()
    assert {int(n) for n in re.findall(r"F8(?:, then |, | 再按 |、)([0-9])", text)} <= set(WORKS)


def test_a_command_option_or_letter_that_is_none_is_found() -> None:
    assert _typed("run `site check` or `site.toml`, dispatcher-tui  month") == [
        "  month",
        "site check",
    ]
    assert _command(["site", "chek"]) is None
    assert _command(["site", "check"]).name == "check"
    assert _command(["site"]) is None
    assert "k" in _own_letters()
    assert "q" not in _own_letters()


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
