"""The README cannot drift: what the program knows better stands there as the program says it."""

from __future__ import annotations

import re

import pytest

from dispatcher_tui.present.words import use
from tests.house.readme import PARTS, README, put


@pytest.mark.parametrize("part", ["pins", "keys", "commands"])
def test_the_readme_says_what_is_so(part: str) -> None:
    """Run ``python -m tests.house.readme`` where this fails."""
    use("en")
    text = README.read_text(encoding="utf-8")
    assert put(text, part, PARTS[part]()) == text


def test_the_picture_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    picture = re.search(r"<!-- board -->\n(.*?)<!-- /board -->", text, re.DOTALL)
    assert picture is not None
    assert "P0-0" in picture[1]
