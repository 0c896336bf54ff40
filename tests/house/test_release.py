"""What a release says of itself: version, day, Pythons, and where a newer SQLite is had."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest
from packaging.requirements import Requirement

from tests.house.source import PACKAGE, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
RELEASE = re.compile(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})")


def test_the_version_is_the_last_release_of_the_changelog() -> None:
    first, *rest = HEADING.findall((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert first == "[Unreleased]"
    releases = [RELEASE.fullmatch(heading) for heading in rest]
    found = [(match[1], date.fromisoformat(match[2])) for match in releases if match is not None]
    assert len(found) == len(rest)
    assert found[0][0] == PROJECT["version"]
    days = [day for _version, day in found]
    assert days == sorted(days, reverse=True)


def test_every_python_from_the_least_on_is_named() -> None:
    least = re.fullmatch(r">=3\.(\d+)", PROJECT["requires-python"])
    assert least is not None
    stem = "Programming Language :: Python :: 3."
    named = [int(c.removeprefix(stem)) for c in PROJECT["classifiers"] if c.startswith(stem)]
    assert named == list(range(int(least[1]), 15))


def test_it_says_that_it_is_typed() -> None:
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (PACKAGE / "py.typed").read_bytes() == b""


@pytest.mark.parametrize(
    ("system", "machine", "python", "wheel"),
    [
        ("linux", "x86_64", "3.11", True),
        ("linux", "x86_64", "3.14", True),
        ("linux", "x86_64", "3.15", False),
        ("linux", "aarch64", "3.11", False),
        ("linux", "armv7l", "3.13", False),
        ("linux", "loongarch64", "3.12", False),
        ("win32", "AMD64", "3.12", True),
        ("win32", "ARM64", "3.12", False),
        ("darwin", "arm64", "3.13", True),
        ("darwin", "x86_64", "3.13", False),
    ],
)
def test_a_newer_sqlite_is_asked_for_only_where_it_comes_as_a_wheel(
    system: str, machine: str, python: str, wheel: bool
) -> None:
    (asked,) = (r for r in map(Requirement, PROJECT["dependencies"]) if r.name == "pysqlite3")
    assert asked.marker is not None
    here = {"sys_platform": system, "platform_machine": machine, "python_version": python}
    assert asked.marker.evaluate(here) is wheel
