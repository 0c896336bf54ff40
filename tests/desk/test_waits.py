"""How long no PIN is taken after so many wrong ones in a row."""

from __future__ import annotations

from dispatcher_tui.desk.operators import wait_after


def test_waits_double_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures) for failures in range(13)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert wait_after(100_000) == 900
