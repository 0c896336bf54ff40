"""A number that a hand changed is shouted where the telephone is: beside the adopted one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency
from tests.tui.support import NARROW, WIDE, Language, Size, desk, picture, press, settle

FALSE = "13900000000"
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
