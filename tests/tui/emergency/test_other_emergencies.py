"""However many emergencies run, the one on the screen can be worked: number, place and results."""

from __future__ import annotations

import re
from operator import methodcaller
from pathlib import Path

import pytest

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.other_emergencies import OtherEmergencies
from tests.tui.rings import desk
from tests.tui.story import assert_whole
from tests.tui.support import Language, Night, Size, picture, press

NINE = (
    *("gas_smell", "fire", "fire", "fire", "fire"),
    *("gas_smell", "gas_smell", "fire", "gas_smell"),
)
"""The kinds of those that run already, in the order they came in."""

PLACE = "5-1"
RESULTS = {
    "zh": ("8 位置", "1 接通", "2 无人接", "3 占线", "4 关机", "5 转告", "6 当面", "7 已复述"),
    "en": ("8 place", "1 Reached", "2 No answer", "3 Busy", "6 In person", "7 read back"),
}


async def nine(night: Night) -> None:
    """Nine emergencies, a minute apart, and nobody was rung for any of them."""
    for floor, kind in enumerate(NINE, 1):
        await night.run_on_desk(methodcaller("open_emergency", kind, f"3-{floor}"))
        night.clock.forward(minutes=1)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("size", "shown"), [((80, 24), 3), ((60, 15), 1)])
async def test_with_nine_others_the_number_the_place_and_the_results_are_in_view(
    tmp_path: Path, size: Size, shown: int, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await nine(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f9", "5", "1", "8", *PLACE, "enter")
            assert len(await night.run_on_desk(holding)) == 10
            for result in ("", "2", "1"):
                await press(pilot, *result)
                tree = pilot.app.screen.query_one(CallTree)
                assert tree.phone
                assert_whole(pilot, tree.phone, screen=EmergencyScreen)
                keys = " ".join(picture(pilot).split())
                assert all(re.search(key.replace(" ", " *", 1), keys) for key in RESULTS[lang])
                head = "\n".join(picture(pilot).splitlines()[:2])  # the strip, then the heading
                assert "261121-10" in head
                assert PLACE in head
            others = pilot.app.screen.query_one(OtherEmergencies).text.splitlines()
            assert others[0].startswith(" F4 "), "who is under way is told the new place"
            waiting = [f"261121-{n:02}" for n in range(1, shown + 1)]
            assert [line.split()[1] for line in others[1:]] == waiting, "those that wait longest"
            more = f"另有 {9 - shown} 件" if lang == "zh" else f"and {9 - shown} more"
            assert more in others[-1]
