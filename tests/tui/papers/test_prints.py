"""p: the papers of a case, of the board's case, of a watch; where they are is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.printing import FOLDER
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen
from tests.reports.readback import pages_of
from tests.tui.story import DONE, REACHED, assert_whole, leak, message
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, press


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        yield night


def printed(night: Night) -> list[str]:
    """The files that lie in the site's folder."""
    folder = night.desk.site.folder / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
async def test_one_key_prints_the_case_and_says_where(
    night: Night, size: Size, lang: Language
) -> None:
    case_id = await leak(night, REACHED)
    await night.run_on_desk(lambda it: it.issue_slip(case_id))
    async with night.running(size, lang) as pilot:
        await press(pilot, "enter", "p")
        assert printed(night) == [
            f"{name}-261121-01.{form}" for name in ("dispatch", "slip") for form in ("pdf", "txt")
        ]
        assert "dispatch-261121-01.pdf" in message(pilot)
        assert_whole(pilot, screen=CaseScreen)
    title = {"zh": "调度记录", "en": "DispatchRecord"}[lang]
    folder = night.desk.site.folder / FOLDER
    assert title in pages_of((folder / "dispatch-261121-01.pdf").read_bytes())[0]


async def test_a_slip_that_is_back_is_not_printed_again(night: Night) -> None:
    case_id = await leak(night, REACHED)
    await night.run_on_desk(lambda it: it.issue_slip(case_id))
    for command in (DONE, cmd.ReceivePaper(number="FW-1")):
        await night.perform(case_id, command)
    async with night.running() as pilot:
        await press(pilot, "p")
        assert printed(night) == ["dispatch-261121-01.pdf", "dispatch-261121-01.txt"]


async def test_without_a_case_there_is_nothing_to_print(night: Night) -> None:
    async with night.running() as pilot:
        await press(pilot, "p")
        assert message(pilot) == "Choose a case on the board first."
    assert printed(night) == []


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
async def test_the_watch_that_is_shown_is_printed(night: Night, size: Size, lang: Language) -> None:
    await leak(night, REACHED)
    async with night.running(size, lang) as pilot:
        await press(pilot, "f7", "p")
        (pdf, _text) = printed(night)
        assert pdf.startswith("worklog-202611")
        assert pdf in message(pilot)
        assert_whole(pilot, screen=WorkLogScreen)


async def test_a_disk_that_does_not_take_it_is_told(night: Night) -> None:
    await leak(night)
    (night.desk.site.folder / FOLDER).write_text("in the way", encoding="utf-8")
    async with night.running() as pilot:
        await press(pilot, "enter", "p")
        assert message(pilot).startswith("The sheet was not saved: ")
