"""A rule's code stands only where somebody asks: F1, ``=``, a case's duties, the closing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.present.refusals import explain
from tests.look.screens import all_screens, demo_running, opened
from tests.present.compile_catalogue import PO, read
from tests.present.test_catalogue import forms
from tests.tui.support import Language, Size, picture, press, settle

CODE = re.compile(r"(?<![\w-])(?:P\d|E)-\d\d(?![\w-])")

ASKED = {"HelpScreen"}
"""Screens that are opened to read the rules."""

AT_THE_RIGHT = {"CaseScreen", "CloseScreen"}
"""Screens that name the rule of a duty or of an item, each at the end of its column."""

EXPLAINING = {
    "Rule: {rule} {title}",
    "Never before {label} {rule} is due: then the next shift's end counts.",
    "Level {level} [{rule}]",
    "Asked for by {rules}",
}
"""Sentences of ``=`` and F1."""


@pytest.mark.parametrize(
    ("text", "named"), [("承诺到期 P0-04", True), ("[E-02]", True), ("FW-01 11-22 DP0-01", False)]
)
def test_a_code_is_known_from_a_number(text: str, named: bool) -> None:
    assert bool(CODE.search(text)) is named


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (160, 60)])
async def test_no_screen_names_a_rule_unasked(tmp_path: Path, lang: Language, size: Size) -> None:
    found: dict[str, list[str]] = {}
    async with demo_running(tmp_path / "demo", size, lang) as demo:
        for name, screen in all_screens().items():
            await opened(demo, screen)
            rows = picture(demo.pilot).splitlines()
            found[name] = [row for row in rows if CODE.search(row)]
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)
    for name in AT_THE_RIGHT:
        rows = found.pop(name)
        assert rows, f"{name} names no rule where it should"
        behind = (CODE.split(row.rstrip())[-1] for row in rows)
        assert [text for text in behind if text and not text.startswith("  ")] == []
    assert {name: rows for name, rows in found.items() if rows and name not in ASKED} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_rules_are_one_key_away(tmp_path: Path, lang: Language) -> None:
    async with demo_running(tmp_path / "demo", (160, 60), lang) as demo:
        for name in ("RecordsScreen", "StepsScreen", "RegradeScreen", "DecideScreen"):
            await opened(demo, all_screens()[name])
            await press(demo.pilot, "f1")
            assert CODE.search(picture(demo.pilot)), name
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)


def test_no_message_has_room_for_a_code() -> None:
    said = {m: t for msgid, text in read(PO).items() for m in forms(msgid) for t in forms(text)}
    assert set(said) > EXPLAINING
    named = {m for m, text in said.items() if CODE.search(m + text) or "{rule" in m}
    assert named == EXPLAINING


def test_a_refusal_is_a_sentence_alone() -> None:
    held = explain(Refusal("post_held", "E-05", number="261121-17"))
    assert "261121-17" in held
    assert not CODE.search(held)
    lacks = explain(Refusal("not_yet", "P0-08", (MissingItem("paper_filed", "P0-08"),)))
    assert not CODE.search(lacks)
