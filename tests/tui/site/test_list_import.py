"""F8, i: a file is chosen by its digit, what it would do is shown, F10 and 1 take it over."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.tui.screens.site.list_import import ListImportScreen
from tests.tui.story import assert_whole, message, on_top
from tests.tui.support import NARROW, desk, paste, picture, press

LIST = "房产,业主,电话\n9-9-0901,甲,13800000001\n"


def homes(it: Desk) -> list[str]:
    return [home.place for home in it.store.unit_prefix("", 10_000)]


async def test_what_takes_much_is_asked_and_what_is_refused_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        folder = night.session.desk.site.folder
        (folder / "名单.csv").write_text(LIST, "utf-8")
        locked = tmp_path / "locked.xlsx"
        locked.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
        before = await night.run_on_desk(homes)
        await press(pilot, "f8", "i")
        assert_whole(pilot, "1  名单.csv", screen=ListImportScreen)
        await press(pilot, "f10")
        assert message(pilot) == "请按数字选文件，或填写路径。"
        await press(pilot, "1")
        assert_whole(pilot, "1* 名单.csv", "9-9-0901", "读了 1 行")
        await press(pilot, "tab")
        await paste(pilot, f"'{locked}'")
        await press(pilot, "enter")
        assert "口令" in picture(pilot) or "密码" in picture(pilot)
        assert "读了 1 行" not in picture(
            pilot
        )  # nothing can be taken over beside a file that cannot
        await press(pilot, "f10")
        assert message(pilot) == "请按数字选文件，或填写路径。"
        await press(pilot, "tab", "enter", "f10", "0")
        assert message(pilot) == "未作任何更改。"
        assert await night.run_on_desk(homes) == before
        await press(pilot, "f10", "1")
        assert on_top(pilot) == "RecordsScreen"
        assert await night.run_on_desk(homes) == ["9-9-0901"]


async def test_what_is_left_out_again_leaves_no_word_and_a_name_one_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        folder = night.session.desk.site.folder
        (folder / "名\n\t单.csv").write_text(LIST, "utf-8")
        await press(pilot, "f8", "i")
        assert_whole(pilot, "1  名 单.csv", screen=ListImportScreen)
        await press(pilot, "1")
        assert "F10" in message(pilot)
        await press(pilot, "1")
        assert message(pilot) == ""
        assert_whole(pilot, "1  名 单.csv", screen=ListImportScreen)
