"""Who rings: a small file, two minutes, never the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.case.ringing import MOST, RINGS_FOR, Ring, RingingFile

NOW = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("later", "rings"),
    [(-SECOND, False), (0 * SECOND, True), (RINGS_FOR - SECOND, True), (RINGS_FOR, False)],
)
def test_a_ring_can_be_taken_for_two_minutes(later: timedelta, rings: bool) -> None:
    assert Ring("139", NOW).rings_at(NOW + later) is rings


def test_the_file_keeps_the_newest_and_says_when_it_changed(tmp_path: Path) -> None:
    file = RingingFile(tmp_path / "desk.sqlite3")
    assert not file.changed()
    for n in range(MOST + 2):
        file.add(str(n), NOW + n * SECOND)
    assert file.changed()
    assert not file.changed()
    assert [ring.number for ring in file.read()] == [str(n) for n in range(2, MOST + 2)]
    file.add("later", NOW + RINGS_FOR + 5 * SECOND)
    assert [ring.number for ring in file.read()] == [*map(str, range(6, MOST + 2)), "later"]


@pytest.mark.parametrize("text", ["", "[", '{"number": 1}', "\x00" * 100, "x" * 100_000])
def test_a_file_that_says_nothing_is_nobody(tmp_path: Path, text: str) -> None:
    file = RingingFile(tmp_path / "desk.sqlite3")
    file.path.write_text(text, "utf-8")
    assert file.read() == ()
    file.add("139", NOW)
    assert [ring.number for ring in file.read()] == ["139"]
