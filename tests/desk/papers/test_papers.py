"""The papers of a case and of a watch: everything on them, into the site's own folder."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.case_reports import (
    case_report,
    slip_report,
    watch_report,
)
from dispatcher_tui.desk.papers.custody_book import read_book
from dispatcher_tui.desk.papers.slips import find_number
from dispatcher_tui.desk.printing import FOLDER, NotPrinted, print_report
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.watch.watch import turn_now
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.papers.report import FORMS, CaseReport
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.papers.slip_lines import standing_line
from tests.reports.readback import in_order, pages_of, rows_of, squeezed
from tests.tui.story import DONE, LEAK, REACHED, leak
from tests.tui.support import Night, desk


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        yield night
    use("en")


async def the_leak(night: Night, *, slip: bool = True) -> CaseReport:
    """A leak told, asked about late, written off; its slip is out."""
    case_id = await leak(night, REACHED)
    if slip:
        await night.run_on_desk(lambda it: it.issue_slip(case_id))
    night.clock.forward(hours=3)
    await night.run_on_desk(lambda it: it.fire())
    await night.perform(case_id, cmd.AddNote(text="=1+1 等配件"))
    await night.perform(case_id, DONE)
    return await night.run_on_desk(lambda it: case_report(it, case_id))


def told_of(paper: CaseReport) -> list[str]:
    """What stands on the dispatch record of the leak, in this order."""
    return [
        "调度记录",
        *("立项编号", paper.case.number, "阶段", "待单"),
        *("级别", "重大", "漏水"),
        *("位置", "3-2-1502", "来源", "电话"),
        *("来电人", "王先生", "13900001111"),
        *("来电原话", str(LEAK["said"])),
        *("应办事项", "P0-05", "第一次跟进", "2026-11-22 00:47"),
        *("值班经过", "2026-11-21 22:47", "张伟 已复述", "=1+1 等配件"),
        *("完结凭证", paper.case.slip.number, "收回时间"),
        *("记录人", "李建国", "签字", "实施责任人", "张伟", "负责人"),
    ]


async def test_the_dispatch_record_says_all_there_is(night: Night) -> None:
    use("zh")
    paper = await the_leak(night)
    made = night.desk.printer
    assert made is not None
    text = squeezed(made.report(paper, "txt").decode())
    assert in_order(text, told_of(paper)) == []
    whole = "".join(pages_of(made.report(paper, "pdf")))
    assert [each for each in told_of(paper) if squeezed(each) not in whole] == []
    rows = rows_of(made.report(paper, "xlsx"))
    assert ("立项编号", paper.case.number, "阶段", "待单") in rows
    states = {row[3] for row in rows if len(row) >= 4 and row[0] == "P0-05"}
    assert states == {"已错过"}, "it had fallen due when the case was written off"


async def test_every_form_is_made_of_every_paper(night: Night) -> None:
    paper = await the_leak(night)
    watch = await night.run_on_desk(lambda it: watch_report(it, turn_now(it)))
    made = night.desk.printer
    assert made is not None
    for form in FORMS:
        assert len(made.report(paper, form)) > 100
        assert len(made.report(slip_report(paper), form)) > 100
        assert len(made.report(watch, form)) > 100


async def test_a_level_that_changed_is_told_with_the_one_before(night: Night) -> None:
    case_id = await leak(night, REACHED, cmd.Regrade(level="ordinary", reason="已止水"))
    await night.run_on_desk(lambda it: it.issue_slip(case_id))
    paper = await night.run_on_desk(lambda it: case_report(it, case_id))
    made = printer().report(paper, "md").decode()
    assert "## Levels" in made
    assert "| Since | Level | Rule |" in made
    assert made.index("| Grave | P0-04 |") < made.index("| Ordinary | ")


async def test_the_slip_and_its_copy_stand_on_one_sheet(night: Night) -> None:
    use("zh")
    paper = await the_leak(night)
    (page,) = pages_of(printer().report(slip_report(paper), "pdf"))
    half = ["服务单", paper.case.slip.number, "正本", "立项编号", paper.case.number, "3-2-1502"]
    half += ["来电人", "王先生", "13900001111", "责任人", "张伟"]
    half += ["分类", "漏水", "派单时间", "2026-11-21 22:47", "漏水到楼下两户"]
    half += ["处理情况", "用料", "工时", "收费", "满意度", "维修人签字", "业主签字"]
    copy = ["副本" if word == "正本" else word for word in half]
    assert in_order(page, [*half, *copy, "P0-08"]) == []


async def test_long_words_take_the_copy_to_a_page_of_its_own(night: Night) -> None:
    done = await night.open_case(**{**LEAK, "said": "漏水" * 900})
    await night.run_on_desk(lambda it: it.issue_slip(done.case.id))
    paper = await night.run_on_desk(lambda it: case_report(it, done.case.id))
    pages = pages_of(printer().report(slip_report(paper), "pdf"))
    assert ["[original]" in page for page in pages].count(True) == 1
    first = next(n for n, page in enumerate(pages) if "[COPY]" in page)
    assert first > 0
    assert pages[first].index("[COPY]") < 80, "it begins at the top"


async def test_without_a_number_no_slip_is_printed(night: Night) -> None:
    paper = await the_leak(night, slip=False)
    with pytest.raises(Refusal, match="no_slip"):
        slip_report(paper)
    assert not (night.desk.site.folder / FOLDER).exists()


async def test_the_work_log_of_a_watch_is_signed_by_who_held_it(night: Night) -> None:
    use("zh")
    paper = await the_leak(night)
    watch = await night.run_on_desk(lambda it: watch_report(it, turn_now(it)))
    assert len(watch.lines) >= len(paper.entries)
    text = squeezed(printer().report(watch, "txt").decode())
    told = [
        "工作日志",
        "班次",
        "夜班",
        "值班经过",
        paper.case.number,
        "=1+1 等配件",
        "值班人",
        "签字",
    ]
    assert in_order(text, told) == []


async def test_papers_go_into_the_sites_folder_and_never_over_one_another(night: Night) -> None:
    paper = await the_leak(night)
    watch = await night.run_on_desk(lambda it: watch_report(it, turn_now(it)))
    number, it = paper.case.number, night.desk
    names = [
        path.name
        for paths in (
            print_report(it, paper),
            print_report(it, paper),
            print_report(it, slip_report(paper)),
            print_report(it, watch),
        )
        for path in paths
    ]
    began = f"{watch.start.astimezone(watch.zone):%Y%m%d-%H%M}"
    stems = [f"dispatch-{number}", f"dispatch-{number}-2", f"slip-{number}", f"worklog-{began}"]
    assert names == [f"{stem}.{form}" for stem in stems for form in ("pdf", "txt")]


async def test_a_drills_papers_are_marked_and_named_as_such(night: Night) -> None:
    paper = await the_leak(night)
    it = night.desk
    it.printer, it.scratch = printer("DRILL"), True
    for paths in (print_report(it, paper), print_report(it, slip_report(paper))):
        pdf, text = paths
        assert pdf.name.startswith("DRILL-")
        assert all(page.count("DRILL") > 50 for page in pages_of(pdf.read_bytes()))
        lines = text.read_text(encoding="utf-8").splitlines()
        assert all(line.startswith("DRILL") for line in lines)


async def test_a_disk_that_is_full_leaves_nothing_behind(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = await the_leak(night)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotPrinted):
            print_report(night.desk, paper)
    assert list((night.desk.site.folder / FOLDER).iterdir()) == []


async def test_a_corrected_slip_says_which_version_it_is_and_the_list_that_one_is_out(
    night: Night,
) -> None:
    use("zh")
    case_id = await leak(night, REACHED)
    await night.run_on_desk(lambda it: it.issue_slip(case_id))
    for value in ("3-2-1602", "3-2-1702"):
        paper = await night.run_on_desk(lambda it: case_report(it, case_id))
        assert ("更正" in made_of(paper)) is (value == "3-2-1702")
        await night.perform(case_id, cmd.Correct(field="place", value=value, reason="听错"))
    paper = await night.run_on_desk(lambda it: case_report(it, case_id))
    assert made_of(paper).count("更正 第3版") >= 4, "the head, and both halves with their warning"
    number = paper.case.slip.number
    for position in await night.run_on_desk(
        lambda it: (
            find_number(it, number),
            *(next(read_book(it.store, whole=w).all()) for w in (True, False)),
        )
    ):
        assert position.odd == (Oddity.OUTDATED,)
        assert "已更正" in standing_line(position, night.clock.now(), UTC)
    assert await night.run_on_desk(lambda it: Record(it.store, it.clock).verify(None).sound)
    for command in (DONE, cmd.ReceivePaper(number=number)):
        await night.perform(case_id, command)
    back = await night.run_on_desk(lambda it: find_number(it, number))
    assert (back.odd, back.paper and back.paper.version) == ((), 3)


def made_of(paper: CaseReport) -> str:
    return printer().report(slip_report(paper), "txt").decode()
