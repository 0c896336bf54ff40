"""The parser's help in Chinese: nothing of the parser's own English is left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

import dispatcher_tui.cli
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.usage_text import help_text

ENGLISH = """Usage: dispatcher-tui case [OPTIONS] COMMAND [ARGS]...

Arguments:
  FILE  {FILE}  [required]
  N     [PLACE]  [required]

Options:
  --site DIR            x
  --said <str>          x
  --speed <float>       x  [default: 1]
  --theme NAME          x
  --from TIME           x
  --fact <list[a|b]>    x
  --install-completion  Install completion for the current shell.
  --show-completion     Show completion for the current shell, to copy it or
                        customize the installation.
  -h, --help            Show this message and exit.

Commands:
  open  x
"""
OURS = re.compile(r"dispatcher-tui case|--?[a-z-]+|open|a\|b|\bx\b|shell")


@pytest.fixture
def chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


@pytest.mark.usefixtures("chinese")
def test_nothing_of_the_parsers_english_is_left() -> None:
    text = help_text(ENGLISH)
    assert not re.search("[A-Za-z]", OURS.sub("", text)), text
    assert text.startswith("用法：dispatcher-tui case [选项] 命令 [参数]...\n")


@pytest.mark.usefixtures("chinese")
def test_columns_stay_where_they_were() -> None:
    found = [line for line in help_text(ENGLISH).splitlines() if line.endswith(" x")][:5]
    assert [cell_len(line) for line in found] == [25, 25, 25, 25, 19]


def test_english_stays_to_the_letter() -> None:
    assert help_text(ENGLISH) == ENGLISH


@pytest.mark.usefixtures("chinese")
def test_whatever_a_command_is_followed_by_is_said_in_chinese() -> None:
    source = "".join(x.read_text("utf-8") for x in Path(*dispatcher_tui.cli.__path__).glob("*.py"))
    values = set(re.findall(r'metavar="\[?([A-Z][A-Z=-]*)\]?"', source)) - {"YYYY-MM"}
    assert len(values) > 20
    for value in sorted(values):
        text = help_text(f"Usage: x [OPTIONS] {{{value}}}\n\nArguments:\n  {value}  y\n")
        assert value not in text, value
