"""A running desk keeps the last good data while somebody edits a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.site.reload import SiteWatch
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.scaffold import scaffold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scaffold(tmp_path, name="翠湖花园", procedure="estate-dispatch", zone="Asia/Shanghai")
    return tmp_path


def test_nothing_changed(folder: Path) -> None:
    watch = SiteWatch(load(folder))
    assert watch.look() is None
    assert watch.problems == ()


def test_an_edit_made_while_the_desk_starts_is_seen(folder: Path) -> None:
    begun: SiteData = load(folder)
    path = folder / "site.toml"
    path.write_text(path.read_text("utf-8").replace("翠湖花园", "新名"), "utf-8")
    assert SiteWatch(begun).look() is not None


def test_an_edit_is_seen_once(folder: Path) -> None:
    watch = SiteWatch(load(folder))
    path = folder / "site.toml"
    path.write_text(path.read_text("utf-8").replace("翠湖花园", "新名"), "utf-8")
    found = watch.look()
    assert found is not None
    assert found.site.name == "新名"
    assert watch.look() is None


@pytest.mark.parametrize(
    "name", ["site.toml", "categories.toml", "procedures/estate-dispatch.toml"]
)
def test_a_broken_file_is_told_until_it_is_mended(folder: Path, name: str) -> None:
    watch = SiteWatch(load(folder))
    path = folder / name
    good = path.read_bytes()
    path.write_bytes(good + b"\n[[broken\n")
    assert watch.look() is None
    assert {problem.file for problem in watch.problems} == {name}
    assert watch.look() is None
    assert watch.problems
    path.write_bytes(good)
    assert watch.look() is None, "it is as it was when the desk began"
    assert watch.problems == ()


def test_a_file_that_is_gone(folder: Path) -> None:
    watch = SiteWatch(load(folder))
    (folder / "site.toml").unlink()
    assert watch.look() is None
    assert watch.problems
    assert (folder / "procedures").is_dir()
