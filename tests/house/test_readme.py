"""The README cannot drift: what the program knows better stands there as the program says it."""

from __future__ import annotations

import re

import pytest

from dispatcher_tui.present.i18n import use
from tests.house.readme import PARTS, README, put


@pytest.mark.parametrize("part", ["pins", "keys", "commands", "procedures"])
def test_the_readme_says_what_is_so(part: str) -> None:
    """Run ``python -m tests.house.readme`` where this fails."""
    use("en")
    text = README.read_text(encoding="utf-8")
    assert put(text, part, PARTS[part]()) == text


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
