"""An emergency is read from the record once a key, however many are told that it went on."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from dispatcher_tui.desk.emergency import read_emergency
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.tui.screens import emergency_course
from tests.tui.support import desk, picture, press


async def test_one_key_one_reading(tmp_path: Path) -> None:
    with patch.object(emergency_course, "read_emergency", side_effect=read_emergency) as reading:
        async with desk(tmp_path) as night, night.running() as pilot:
            await press(pilot, "f9")
            for keys in (("1",), ("8", *"3-2-1502", "enter"), ("1",), ("9", "x", "enter")):
                reading.reset_mock()
                await press(pilot, *keys)
                assert reading.call_count == 1, keys
            case_id = getattr(pilot.app.screen, "case_id", "")
            await night.perform(case_id, cmd.AddNote(text="from beside"))
            reading.reset_mock()
            await pilot.app.take_news()  # type: ignore[attr-defined]
            assert reading.call_count == 1
            await press(pilot, "8", "escape")
            assert "from beside" in picture(pilot)
