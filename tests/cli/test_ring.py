"""``ring NUMBER``: beside the record, with a number or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.ringing import RingingFile
from tests.cli.support import Run


def test_a_number_is_kept_beside_the_record_and_nowhere_else(run: Run, site: Path) -> None:
    database = site / "desk.sqlite3"
    before = database.read_bytes()
    assert run("--lang", "en", "ring", " 139 0000 3534 ", "--site", site).code == 0
    (ring,) = RingingFile(database).read()
    assert ring.number == "139 0000 3534"
    assert database.read_bytes() == before


@pytest.mark.parametrize("number", ["", "12", "call me", "139-abc", "1" * 21, "139;rm"])
def test_what_cannot_be_dialled_is_a_question_of_usage(run: Run, site: Path, number: str) -> None:
    done = run("--lang", "en", "ring", number, "--site", site)
    assert done.code == 2
    assert "is no telephone number" in done.err
    assert RingingFile(site / "desk.sqlite3").read() == ()


def test_where_there_is_no_desk_nothing_is_made(run: Run, tmp_path: Path) -> None:
    done = run("--lang", "en", "ring", "13900003534", "--site", tmp_path / "none")
    assert done.code == 1
    assert not (tmp_path / "none").exists()
