"""``doctor`` keeps which F-keys never arrived, and the next start hints at other ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.cli import terminal_width
from dispatcher_tui.cli.checks import examine
from dispatcher_tui.desk.swallowed_keys import swallowed_keys
from dispatcher_tui.paths import Paths
from dispatcher_tui.tui import run


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[list[str] | None]:
    """What the next tests of the keys find; there is no terminal to be asked."""
    found: list[list[str] | None] = []
    monkeypatch.setattr(run, "try_keys", lambda: found.pop(0))
    monkeypatch.setattr(terminal_width, "ambiguous_cells", lambda _term: None)
    return found


def kept(paths: Paths) -> frozenset[str]:
    with open_desk(paths, read_only=True) as desk:
        return swallowed_keys(desk)


def test_what_never_arrived_is_kept_until_it_is_tried_again(
    site: Path, pressed: list[list[str] | None]
) -> None:
    paths = Paths(site, site / "desk.sqlite3")
    for found, after in (
        (["F1", "F10"], {"f1", "f10"}),
        (None, {"f1", "f10"}),
        ([], set[str]()),
    ):
        pressed.append(found)
        told = {each.what: each.code for each in examine(paths, ask=True)}
        assert told["keys"] == {0: "keys_good", 2: "keys_swallowed"}.get(
            len(found) if found is not None else -1, "keys_skipped"
        )
        assert kept(paths) == after


def test_where_there_is_no_record_nothing_is_made(
    tmp_path: Path, pressed: list[list[str] | None]
) -> None:
    paths = Paths(tmp_path / "none", tmp_path / "none" / "desk.sqlite3")
    pressed.append(["F1"])
    told = {each.what: each.code for each in examine(paths, ask=True)}
    assert told["keys"] == "keys_swallowed"
    assert not paths.db.exists()
