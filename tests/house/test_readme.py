"""README and manual cannot drift: what the program knows better stands there as it says it."""

from __future__ import annotations

import re

import pytest

from tests.house.readme import PARTS, README, Part

LONGEST = 200
"""Lines of the README, both languages together: what a stranger needs."""


def halves() -> tuple[str, str]:
    """The README's English, and its Chinese."""
    english, chinese = README.read_text(encoding="utf-8").split("\n# 中文说明\n")
    return english, chinese


@pytest.mark.parametrize(
    "part", PARTS, ids=lambda part: f"{part.path.stem}-{part.mark}-{part.lang}"
)
def test_it_says_what_is_so(part: Part) -> None:
    """Run ``python -m tests.house.readme`` where this fails."""
    text = part.path.read_text(encoding="utf-8")
    assert part.said_in(text) == text


def test_the_two_commands_that_prove_a_change_stand_first() -> None:
    """``.ci/run`` takes the first lines of these forms out of the README and runs them."""
    text = README.read_text(encoding="utf-8")
    assert (
        re.findall(r"^pip install .*test.*$", text, re.MULTILINE)[0] == 'pip install -e ".[test]"'
    )
    assert re.findall(r"^python -m pytest.*$", text, re.MULTILINE)[0] == "python -m pytest -n 4"


def test_nothing_is_installed_outside_a_venv() -> None:
    """Debian and Ubuntu refuse that: a line that installs makes a venv and enters it first."""
    text = README.read_text(encoding="utf-8")
    lines = re.findall(r"^[^`\n]*pip install \.[^`\n]*$", text, re.MULTILINE)
    assert len(lines) == 2, "one in each language"
    assert all(re.match(r"python3 -m venv (\S+) && \. \1/bin/activate && ", x) for x in lines)


def test_it_is_short_and_each_language_is_whole() -> None:
    """The same parts, steps, keys and commands to type, but for the language that they name."""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LONGEST
    english, chinese = halves()
    for mark in (r"^## ", r"^[0-9]+\. ", r"^- "):
        counted = [len(re.findall(mark, half, re.MULTILINE)) for half in (english, chinese)]
        assert counted[0] == counted[1] > 0, mark
    typed = [re.findall(r"^```\n(.*?)^```$", half, re.DOTALL | re.MULTILINE) for half in halves()]
    bare = [re.sub(r" --lang zh| (--operator|site import) .*", "", "".join(x)) for x in typed]
    assert bare[0] == bare[1]
    assert set(re.findall(r"\bF[0-9]+\b", english)) == set(re.findall(r"F[0-9]+", chinese))
    assert set(re.findall(r"`([A-Za-z_./]+)`", english)) - {"data/manual/en"} <= set(
        re.findall(r"`([A-Za-z_./]+)`", chinese)
    )
