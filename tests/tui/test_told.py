"""What is told goes with the next key once it could be read; a refusal and a question stay."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from dispatcher_tui.tui.hand import Handed
from dispatcher_tui.tui.widgets import lines
from dispatcher_tui.tui.widgets.lines import Manner, MessageLine
from tests.tui.calls import message
from tests.tui.support import PLACE, desk, press


def test_the_boundary_is_the_time_it_takes_to_read() -> None:
    line = MessageLine()
    with patch.object(lines, "READ_WITHIN", 1.0), patch.object(lines, "moment", lambda: 100.0):
        assert not line.read_by(200.0), "nothing is said"
        line._text, line._said_at = "told", 100.0
        assert not line.read_by(100.999)
        assert line.read_by(101.0)


@pytest.mark.parametrize("manner", list(Manner))
async def test_only_what_is_told_goes(tmp_path: Path, manner: Manner) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="wet", category="leak")
        async with night.running() as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, Handed)
            screen.say("one thing", manner)
            await press(pilot, "down")
            assert message(pilot) == "one thing", "it could not be read yet"
            with patch.object(lines, "READ_WITHIN", 0.0):
                await press(pilot, "down")
                assert (message(pilot) == "") is (manner is Manner.TOLD)
                await press(pilot, "escape")
                assert "Esc leads nowhere" in message(pilot), "what this key says stands"
                await press(pilot, "escape")
                assert "Esc leads nowhere" in message(pilot), "and once more for the next one"
