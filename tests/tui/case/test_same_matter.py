"""Two leaks one floor apart, and three in one building: proposed at intake, linked by one digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.domain.words.terms import Fact
from tests.tui.calls import cases, form, message
from tests.tui.story import on_top
from tests.tui.support import Language, Night, desk, picture, press, type_text


async def three_leaks(night: Night) -> None:
    """Two leaks of this building today, neither next door to 3-2-1502, and a blocked drain."""
    await night.open_case(place="3-2-1101", category="leak", said="滴水", caller="王先生")
    await night.open_case(place="3-1-0203", category="leak", said="滴水", phone="13800001111")
    await night.open_case(place="3-1-0204", category="drain", said="堵了")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_leak_above_and_one_beside_are_linked_by_a_digit(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        above = (await night.open_case(place="3-2-1602", said="地漏返水")).case
        beside = (await night.open_case(place="3-2-1501", said="墙里渗水")).case
        async with night.running(lang=lang) as pilot:
            await press(pilot, "f2", "2", *"3-2-1502", "enter")
            shown = picture(pilot)
            for digit, case in ((1, above), (2, beside)):
                assert f" {digit} {case.number}" in shown
                assert case.place in shown
            await type_text(pilot, "漏")
            await press(pilot, "escape", "2")
            assert form(pilot).case == beside.id
            await press(pilot, "2")
            assert form(pilot).case == ""
            await press(pilot, "1", "f10")
            assert on_top(pilot) == "BoardScreen"
            assert above.number in message(pilot)
            assert [case.rings for case in await cases(night)] == [1, 0]


async def test_the_third_of_a_class_in_a_building_is_proposed_and_nothing_is_done_by_itself(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await three_leaks(night)
        async with night.running() as pilot:
            await press(pilot, "f2", "2", *"3-2-1502", "enter", "enter")
            await type_text(pilot, "漏水")
            assert "one matter" not in picture(pilot)
            await press(pilot, "enter", "1")
            shown = picture(pilot)
            assert "one matter?" in " ".join(shown.split())
            assert "王先生" in shown
            assert "13800001111" in shown
            assert form(pilot).facts == ()
            await press(pilot, "4")
            assert form(pilot).facts == (Fact.GROUP,)
            await press(pilot, "f10")
            assert on_top(pilot) == "NotifyScreen"
            told = await cases(night)
            assert [case.rings for case in told] == [0, 0, 0, 0]
            assert [case.facts for case in told] == [(), (), (), (Fact.GROUP,)]


async def test_while_an_emergency_goes_on_nothing_is_proposed_as_one_matter(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await three_leaks(night)
        await night.run_on_desk(lambda desk: open_emergency(desk, "lift", place="5-2"))
        async with night.running() as pilot:
            await press(pilot, "f2", "2", *"3-2-1502", "enter", "enter")
            await type_text(pilot, "漏水")
            await press(pilot, "enter", "1")
            assert "one matter" not in " ".join(picture(pilot).split())
