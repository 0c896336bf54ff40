"""Printed sheets on the disk: whole or not at all, and none in the place of another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dispatcher_tui.desk.printing import NotPrinted, put_new, put_whole

FORMS = {"pdf": b"%PDF", "txt": b"text"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_print_never_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "printouts"
    made = [put_new(folder, "handover-20261122-0702", FORMS) for _ in range(3)]
    assert [paths[0].stem[-4:] for paths in made] == ["0702", "02-2", "02-3"]
    assert {path.suffix for path in made[2]} == {".pdf", ".txt"}
    assert len(names(folder)) == 6
    assert made[1][1].read_bytes() == b"text"


def test_both_forms_have_one_name(tmp_path: Path) -> None:
    (tmp_path / "sheet.txt").write_bytes(b"somebody's own")
    paths = put_new(tmp_path, "sheet", FORMS)
    assert names(tmp_path) == ["sheet-2.pdf", "sheet-2.txt", "sheet.txt"]
    assert [path.name for path in paths] == ["sheet-2.pdf", "sheet-2.txt"]
    assert (tmp_path / "sheet.txt").read_bytes() == b"somebody's own"


@pytest.mark.parametrize("which", range(4))
def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    calls = {"count": 0}

    def failing(name: str) -> None:
        real = getattr(os, name) if name == "fsync" else getattr(Path, name)

        def refuse(*args: object) -> object:
            calls["count"] += 1
            if calls["count"] == which + 1:
                raise OSError(28, "No space left on device")
            return real(*args)

        monkeypatch.setattr(os if name == "fsync" else Path, name, refuse)

    failing("fsync")
    failing("replace")
    with pytest.raises(NotPrinted, match="No space left"):
        put_new(tmp_path, "sheet", FORMS)
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "printouts").write_bytes(b"a file")
    with pytest.raises(NotPrinted):
        put_new(tmp_path / "printouts", "sheet", FORMS)


def test_a_named_file_is_replaced_by_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sheet.pdf"
    put_whole(path, b"first")
    put_whole(path, b"second")
    assert path.read_bytes() == b"second"

    def refuse(_fd: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotPrinted, match="Input/output"):
        put_whole(path, b"third")
    assert names(tmp_path) == ["sheet.pdf"]
    assert path.read_bytes() == b"second"
