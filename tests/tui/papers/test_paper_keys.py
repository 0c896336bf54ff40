"""What a list shows goes out of the desk as a workbook too, by the same key on every screen."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.printing import FOLDER
from tests.reports.readback import book_of
from tests.tui.story import leak
from tests.tui.support import desk, picture, press, settle


async def test_the_month_and_the_work_log_are_saved_as_workbooks_and_no_paper_is_written_down(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        night.desk.printer = printer()
        folder = night.desk.site.folder / FOLDER
        async with night.running((120, 36), "zh") as pilot:
            await press(pilot, "f8", "3", "w")
            await settle(pilot)
            assert "已存成表格" in picture(pilot)
            await press(pilot, "f7", "w")
            await settle(pilot)
            made = sorted(path.name for path in folder.iterdir())
            assert [name.partition("-")[0] for name in made] == ["month", "worklog"]
            assert {path.suffix for path in folder.iterdir()} == {".xlsx"}
            for name in made:
                assert book_of((folder / name).read_bytes()).sheetnames
            assert (await night.run_on_desk(lambda it: it.store.last_of("paper_printed"))) is None
