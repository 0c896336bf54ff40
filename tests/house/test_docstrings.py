"""A docstring says more than the name it stands under."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import PACKAGE, TESTS, modules, name_of, parsed

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

FRAMEWORK = {
    "compose": "widget widgets screen child children create yield",
    "render": "draw widget text content",
    "on": "handle event message when",
    "action": "do perform act run",
    "watch": "react changed change value when",
    "init": "initialise initialize create make new instance object",
}
"""What a name of the framework's says by itself, beyond its own letters."""

IDLE = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by do does for from get gets give gives has have in into is it"
        " its of on or our return returns set sets the their them there this that to up with",
    )
)

_OTHER = re.compile(r"``[^`]+``|[^\x00-\x7f]+")
"""Code and other scripts: what a name cannot say."""


def _stem(word: str) -> str:
    """A word without its commonest endings, so that *reads* is nothing beyond *read*."""
    return re.sub(r"(?:ies|es|s|ed|ing|e|y)$", "", word) or word


def _words(text: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[a-z]{2,}", text.lower()) if word not in IDLE}


def says_nothing(node: Named) -> bool:
    """Whether there is a docstring without a word beyond the name."""
    told = ast.get_docstring(node)
    if told is None:
        return False
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", node.name).replace("_", " ")
    known = _words(spaced)
    for part, words in FRAMEWORK.items():
        known |= _words(words) if part in spaced.lower().split() else set()
    return _words(_OTHER.sub(" other ", told)) <= known


def _found() -> Iterator[str]:
    for path in modules(PACKAGE, TESTS):
        for node in ast.walk(parsed(path)):
            if isinstance(node, Named) and says_nothing(node):
                yield f"{name_of(path)}:{node.lineno} {node.name}: {ast.get_docstring(node)}"


def test_no_docstring_only_repeats_a_name() -> None:
    assert list(_found()) == []


@pytest.mark.parametrize(
    ("source", "empty"),
    [
        ('def compose():\n    """Compose the screen."""', True),
        ('async def on_mount():\n    """On mount."""', True),
        ('def action_help():\n    """Perform the help action."""', True),
        ('class CaseScreen:\n    """The case\'s screen."""', True),
        ('def reads_case():\n    """Read the case."""', True),
        ('def compose():\n    """The question, and room for what is wrong."""', False),
        ('def on_mount():\n    """Read everything once."""', False),
        ('def total():\n    """The total, in fen."""', False),
        ('def shift():\n    """夜班."""', False),
        ("def plain(): pass", False),
    ],
)
def test_a_docstring_without_a_word_of_its_own_is_seen(source: str, empty: bool) -> None:
    node = ast.parse(source).body[0]
    assert isinstance(node, Named)
    assert says_nothing(node) is empty
