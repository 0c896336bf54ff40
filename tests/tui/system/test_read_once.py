"""What a screen shows is read from the record once a key, however many are told of a change."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

from dispatcher_tui.desk.emergency.emergency import read_emergency
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.tui.screens.emergency import emergency_course
from dispatcher_tui.tui.screens.reviews import records
from dispatcher_tui.tui.screens.system import edited_files
from dispatcher_tui.tui.screens.watch import shift, work_log
from tests.tui.support import desk, picture, press


async def test_one_key_one_reading(tmp_path: Path) -> None:
    with patch.object(emergency_course, "read_emergency", side_effect=read_emergency) as reading:
        async with desk(tmp_path) as night, night.running() as pilot:
            for timer in pilot.app._timers:
                if timer.name == "heartbeat":
                    timer.pause()  # a beat within a key would read for itself
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


@pytest.mark.parametrize(
    ("keys", "module", "name"),
    [
        (("f8",), records, "papers_owed"),
        (("f7",), work_log, "log_of_watch"),
        (("f12",), shift, "next_watch"),
        (("f8", "m"), edited_files, "standings"),
    ],
)
async def test_a_screen_reads_once_when_it_opens_and_once_when_it_comes_back(
    keys: tuple[str, ...], module: ModuleType, name: str, tmp_path: Path
) -> None:
    with patch.object(module, name, side_effect=getattr(module, name)) as reading:
        async with desk(tmp_path) as night, night.running() as pilot:
            await press(pilot, *keys)
            assert reading.call_count == 1
            await press(pilot, "f1")
            await press(pilot, "escape")
            assert reading.call_count == 2
