"""The map cannot drift: every path that ARCHITECTURE.md and CONTRIBUTING.md name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, name_of

MAPS = (PACKAGE / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md")
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\.?[\w-][\w./-]*(?:/|\.(?:py|md|toml|json|po|yaml))")
MODULE = re.compile(r"python -m (tests[\w.]*)")


def paths(text: str) -> list[str]:
    """What stands between backticks and looks like a file or a folder."""
    return [quoted for quoted in QUOTED.findall(text) if PATH.fullmatch(quoted)]


def is_there(path: str) -> bool:
    """Whether the package or the project has it."""
    return any((base / path).exists() for base in (PACKAGE, ROOT))


def runs(module: str) -> bool:
    """Whether ``python -m`` finds it."""
    stem = ROOT / Path(*module.split("."))
    return stem.with_suffix(".py").is_file() or (stem / "__main__.py").is_file()


@pytest.mark.parametrize("page", MAPS, ids=name_of)
def test_every_path_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = paths(text)
    assert len(named) > 5
    assert [path for path in named if not is_there(path)] == []
    assert [module for module in MODULE.findall(text) if not runs(module)] == []


def test_every_room_is_on_the_map() -> None:
    named = set(paths(MAPS[0].read_text("utf-8")))
    rooms = {f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    assert rooms - named == set()


def test_a_path_is_told_from_other_words() -> None:
    text = "`domain/`, `desk/desk.py` and `.pre-commit-config.yaml`, not `act_NAME` or `due - now`"
    assert paths(text) == ["domain/", "desk/desk.py", ".pre-commit-config.yaml"]
    assert is_there("desk/desk.py")
    assert is_there("data/procedures/")
    assert not is_there("desk/nothing.py")
    assert runs("tests.house.readme")
    assert not runs("tests.house.nothing")
