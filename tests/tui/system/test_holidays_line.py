"""A year whose holidays nobody entered is said on the board, before and after it begins."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dispatcher_tui.tui.heartbeat.chores import Chores
from tests.tui.support import desk, picture, press


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-30T15:59:30+00:00", False),
        ("2026-11-30T16:00+00:00", True),
        ("2026-12-31T16:00+00:00", True),
    ],
    ids=["November here", "December here", "New Year's day here"],
)
async def test_the_next_year_is_missed_from_december_on(
    tmp_path: Path, at: str, said: bool
) -> None:
    async with desk(tmp_path, at=datetime.fromisoformat(at)) as night:
        chores = Chores(night.session, None)
        async with night.running(lang="zh", begin=chores.begin) as pilot:
            await press(pilot)
            assert ("没有 2027 年的放假安排" in picture(pilot)) is said
