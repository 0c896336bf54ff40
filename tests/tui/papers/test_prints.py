"""p: the papers of a case, of the board's case, of a watch; where they are is said."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk import spooler
from dispatcher_tui.desk.printing import FOLDER
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.record_events import PaperPrinted, PrintFailed
from dispatcher_tui.tui.paper_routes import ToPrints
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.screens.reviews.records import RecordsScreen
from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen
from tests.reports.readback import pages_of
from tests.tui.on_watch import set_site, written
from tests.tui.story import DONE, REACHED, assert_whole, leak, message
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, picture, press, settle


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        yield night


TAKES = "import sys, shutil; shutil.copy(sys.argv[2], sys.argv[1])"
REFUSES = "import sys; sys.exit('out of paper')"
HANGS = "import time; time.sleep(60)"


def put_up(night: Night, program: str, *more: str) -> None:
    """Give the site a printer: a program of Python that is handed the file."""
    set_site(night, print_command=(sys.executable, "-c", program, *more, "{file}"))


async def sent(pilot: Pilot[Any]) -> None:
    """Wait until the printer's command has come to an end."""
    for _ in range(200):
        if not any(w.group == "printing" and not w.is_finished for w in pilot.app.workers):
            break
        await pilot.pause(0.05)
    await settle(pilot)


async def prints(night: Night) -> list[PaperPrinted]:
    """What the record has of prints."""
    return [each for each in await written(night) if isinstance(each, PaperPrinted)]


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


async def test_what_was_printed_is_in_the_record_with_the_hash_of_its_file(night: Night) -> None:
    case_id = await leak(night, REACHED)
    await night.run_on_desk(lambda it: it.issue_slip(case_id))
    async with night.running() as pilot:
        await press(pilot, "enter", "p")
        assert message(pilot).startswith("Saved as a file: dispatch-261121-01.pdf")
    folder = night.desk.site.folder / FOLDER
    found = await prints(night)
    assert [(p.file, p.about, p.to, p.of) for p in found] == [
        ("dispatch-261121-01.pdf", "261121-01", "", 0),
        ("slip-261121-01.pdf", "261121-01", "", 0),
    ]
    assert [p.sha256 for p in found] == [
        sha256((folder / p.file).read_bytes()).hexdigest() for p in found
    ]


@pytest.mark.parametrize(("lang", "words"), [("zh", "已送打印机"), ("en", "Sent to the printer")])
async def test_a_printer_that_takes_it_is_named(
    night: Night, tmp_path: Path, lang: Language, words: str
) -> None:
    put_up(night, TAKES, str(tmp_path / "tray"))
    await leak(night, REACHED)
    async with night.running(NARROW, lang) as pilot:
        await press(pilot, "enter", "p")
        await sent(pilot)
        assert message(pilot).startswith(words)
        assert "dispatch-261121-01.pdf" in message(pilot)
    kept = night.desk.site.folder / FOLDER / "dispatch-261121-01.pdf"
    assert (tmp_path / "tray").read_bytes() == kept.read_bytes()
    assert [bool(each.to) for each in await prints(night)] == [True]


@pytest.mark.parametrize(
    ("program", "why"), [(REFUSES, "ended with 1 out of paper"), (HANGS, "it does not end")]
)
async def test_a_printer_that_fails_or_hangs_is_a_line_on_the_board_and_no_stopped_desk(
    night: Night, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    monkeypatch.setattr(spooler.send, "__defaults__", (1.0,))
    put_up(night, program)
    await leak(night, REACHED)
    async with night.running() as pilot:
        await press(pilot, "enter", "p")
        await press(pilot, "escape")
        await sent(pilot)
        assert message(pilot).startswith("Not printed: ")
        assert why in message(pilot)
        assert "dispatch-261121-01.pdf" in message(pilot)
    (failed,) = [each for each in await written(night) if isinstance(each, PrintFailed)]
    assert failed.of > 0


async def test_the_keys_go_on_while_the_printer_hangs(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooler.send, "__defaults__", (3.0,))
    put_up(night, HANGS)
    await leak(night, REACHED)
    async with night.running() as pilot:
        await press(pilot, "enter")
        began = time.monotonic()
        await pilot.press("p")
        while not message(pilot).startswith("Saved as a file"):
            await pilot.pause(0.05)
        await pilot.press("escape")
        await pilot.press("f8")
        assert isinstance(pilot.app.screen, RecordsScreen)
        assert time.monotonic() - began < 2.5
        await sent(pilot)
        await press(pilot, "escape")
        assert message(pilot).startswith("Not printed: ")


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
async def test_the_list_of_prints_prints_the_same_sheet_again(
    night: Night, tmp_path: Path, size: Size, lang: Language
) -> None:
    put_up(night, TAKES, str(tmp_path / "tray"))
    await leak(night, REACHED)
    async with night.running(size, lang) as pilot:
        await press(pilot, "enter", "p")
        await sent(pilot)
        (tmp_path / "tray").unlink()
        await press(pilot, "escape", "f8", "p")
        assert pilot.app.screen.route == ToPrints()  # type: ignore[attr-defined]
        assert_whole(pilot)
        await press(pilot, "enter")
        await sent(pilot)
        first, second = await prints(night)
        assert (second.file, second.sha256) == (first.file, first.sha256)
        assert second.of > 0 == first.of
        assert (tmp_path / "tray").exists()
    assert printed(night) == ["dispatch-261121-01.pdf", "dispatch-261121-01.txt"]


@pytest.mark.parametrize("gone", [True, False])
async def test_a_file_that_is_not_the_one_printed_is_not_printed_again(
    night: Night, tmp_path: Path, gone: bool
) -> None:
    await leak(night, REACHED)
    async with night.running() as pilot:
        await press(pilot, "enter", "p")
        put_up(night, TAKES, str(tmp_path / "tray"))
        file = night.desk.site.folder / FOLDER / "dispatch-261121-01.pdf"
        if gone:
            file.unlink()
        else:
            file.write_bytes(file.read_bytes() + b"x")
        await press(pilot, "escape", "f8", "p", "enter")
        await sent(pilot)
        words = "is not in the folder any more" if gone else "is not what was printed then"
        assert words in message(pilot)
        assert len(await prints(night)) == 1
    assert not (tmp_path / "tray").exists()


async def test_a_desk_that_only_reads_prints_into_files_and_writes_nothing_down(
    night: Night, tmp_path: Path
) -> None:
    put_up(night, TAKES, str(tmp_path / "tray"))
    await leak(night, REACHED)
    night.session.read_only = "another"
    async with night.running() as pilot:
        await press(pilot, "enter", "p")
        await sent(pilot)
        assert message(pilot).startswith("Saved as a file")
    assert await prints(night) == []
    assert not (tmp_path / "tray").exists()


@pytest.mark.rule("P5-05")
async def test_the_register_of_this_month_is_printed_from_the_records(tmp_path: Path) -> None:
    async with desk(tmp_path, procedure="project-centre") as night:
        night.desk.printer = printer()
        await leak(night)
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f8")
            assert_whole(pilot, "b 登记表", screen=RecordsScreen)
            await press(pilot, "b")
            assert "1 前台受理工作登记表" in picture(pilot)
            assert await prints(night) == [], "nothing is printed before one is chosen"
            await press(pilot, "1")
            assert "front-desk-book-2026-11.pdf" in message(pilot).replace("\n", "")
        (printed,) = await prints(night)
        assert (printed.title, printed.form) == ("前台受理工作登记表", "front_desk_book")
        assert printed.version.startswith("#")
