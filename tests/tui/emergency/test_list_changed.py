"""A number that a hand changed is shouted where the telephone is: beside the adopted one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency
from tests.tui.story import leak, on_top
from tests.tui.support import (
    NARROW,
    WIDE,
    Language,
    Size,
    big_on_screen,
    desk,
    picture,
    press,
    settle,
)

FALSE = "13900000000"
PLACE = "3-2-1502"
SHOUT = {"zh": "名单被人改动", "en": "LIST CHANGED BY HAND"}


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_adopted_number_stands_there_and_the_change_is_shouted(
    tmp_path: Path, lang: Language, size: Size
) -> None:
    async with desk(tmp_path) as night:

        def first(it: object) -> tuple[str, str]:
            found = read_emergency(night.desk, open_emergency(night.desk, "other"))
            target = next(each for each in found.targets if each.person)
            return target.person, target.phones[0]

        person, phone = await night.run_on_desk(first)
        change = (
            "UPDATE people SET data = json_set(data, '$.phones', json_array(?)) WHERE id = ?",
            (FALSE, person),
        )
        await night.run_on_desk(lambda it: night.desk.store.db.run(*change))
        async with night.running(size, lang) as pilot:
            await press(pilot, "f9")
            await settle(pilot)
            await press(pilot, "enter")
            await settle(pilot)
            shown = picture(pilot)
            assert SHOUT[lang] in shown
            assert shown.index(phone) < (shown.index(FALSE) if FALSE in shown else len(shown))


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_however_many_were_changed_what_to_do_is_not_cut_off(
    tmp_path: Path, lang: Language, size: Size
) -> None:
    change = ("UPDATE people SET data = json_set(data, '$.phones', json_array(?))", (FALSE,))
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: it.store.db.run(*change))
        async with night.running(size, lang) as pilot:
            await press(pilot, "f9", "1")
            await settle(pilot)
            shown = picture(pilot)
            assert SHOUT[lang] in shown
            assert "verify" in shown, shown


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_finding_telling_and_the_list_of_numbers_shout_the_same(
    tmp_path: Path, lang: Language, size: Size
) -> None:
    """Whoever a row has wrongly is shouted wherever their number stands, and no one else."""
    name, phone = "黄志明", "13900000113"
    wrong = "UPDATE people SET data = json_set(data, '$.phones', json_array(?))"
    change = (f"{wrong} WHERE json_extract(data, '$.name') = ?", (FALSE, name))
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f3", *"hzm")
            assert SHOUT[lang] not in picture(pilot)
            await press(pilot, "escape", "escape")
            await night.run_on_desk(lambda it: it.store.db.run(*change))
            await press(pilot, "f3", *"hzm")
            await settle(pilot)
            shown = picture(pilot)
            lines = shown.splitlines()
            (at,) = [n for n, line in enumerate(lines) if SHOUT[lang] in line]
            line = " ".join(lines[at : at + 2])  # it goes on below where it has no room
            assert name in line
            assert line.index(phone) < line.index(FALSE)
            assert big_on_screen(pilot, phone)
            await press(pilot, "escape", "escape", "f4")
            await settle(pilot)
            assert on_top(pilot) == "NotifyScreen"
            assert name in "".join(x for x in picture(pilot).splitlines() if SHOUT[lang] in x)
            assert big_on_screen(pilot, phone)
            await press(pilot, "escape", "escape", "f8", "8")
            await settle(pilot)
            assert on_top(pilot) == "ReachabilityScreen"
            assert SHOUT[lang] in picture(pilot)
        told = await night.run_on_desk(lambda it: list(it.store.all_of("row_differed")))
        assert len(told) == 1


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_households_number_is_shouted_beside_the_form(
    tmp_path: Path, lang: Language, size: Size
) -> None:
    change = (
        "UPDATE units SET data = json_set(data, '$.phones', json_array(?)) WHERE place = ?",
        (FALSE, PLACE),
    )
    async with desk(tmp_path) as night:
        home = await night.run_on_desk(lambda it: it.store.unit(PLACE))
        assert home is not None
        await night.run_on_desk(lambda it: it.store.db.run(*change))
        async with night.running(size, lang) as pilot:
            await press(pilot, "f2", "2", *"3 2 1501", "enter")
            await settle(pilot)
            assert SHOUT[lang] not in picture(pilot)
            await press(pilot, "escape", "escape", "f2", "2", *"3 2 1502")
            await settle(pilot)
            shown = picture(pilot)
            assert SHOUT[lang] in shown
            assert shown.index(home.phones[0]) < shown.rindex(FALSE)
        told = await night.run_on_desk(lambda it: list(it.store.all_of("row_differed")))
        assert len(told) == 1
