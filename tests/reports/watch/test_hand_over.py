"""交接班记录: everything that was signed stands on it, in both languages."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import HandOverReport
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.sheet import SheetCase, SheetDuty, SheetNotice
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.record_hash import grouped
from dispatcher_tui.reports.pdf.to_pdf import pdf
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.printer import Reports
from dispatcher_tui.reports.registry import object_of
from dispatcher_tui.reports.watch.hand_over import hand_over_document
from tests.domain.support import shipped_procedure
from tests.faults.hostility import hostile, judge_print
from tests.reports import samples
from tests.reports.readback import FONTS, book_of, in_order, pages_of, squeezed

LARGEST = 200_000


def procedure() -> Procedure:
    return shipped_procedure("estate-dispatch")


def report(event: HandedOver = samples.EVENT) -> HandOverReport:
    return HandOverReport(samples.entry(event), samples.SITE, samples.ZONE, procedure())


def written(event: HandedOver = samples.EVENT) -> str:
    """The sheet as text, squeezed: how its lines are broken does not matter."""
    return squeezed(text(hand_over_document(report(event)), 200))


CHINESE = [
    *("翠湖花园", "交接班记录", "李建国", "2026-11-21（周六）18:58", "王芳 调度员"),
    *("1. 紧急情况（1）", "261121-02", "高磊"),
    *("2. 逾期事项（1）", "通知责任人", "20分钟"),
    *("3. 下一班内到期事项", "第一次跟进", "第二次跟进"),
    *("4. 其他在办事项", "门禁刷不开", "未通知", "第一次跟进", "催要服务单副本"),
    *("5. 待收单据（1）", "FW-000431", "6. 有效公告（1）", "停水检修"),
    *("7. 待补签字（1）", "陈志强", "8. 本班通知情况（3）", "接通、已复述", "无人接"),
    *(
        "9. 上次签字交接以来的特权操作（0）",
        "10. 接班人核对问答（3）",
        "逾期事项有几项？",
        "待收单据有几份？",
        "2",
    ),
    *("11. 交接情况", "试铃", "已听到", "261122-01", "备用钥匙在调度台抽屉里。"),
    *("12. 截止时的日志", "1234", "9f86 d081 884c 7d65"),
    *("交班人", "李建国", "已用本人口令签字 2026-11-22（周日）07:02", "签字", "日期"),
    *("接班人", "王芳", "已用本人口令签字"),
]
ENGLISH = [
    *("Hand-over record", "2026-11-21 (Sat) 18:58", "王芳 Dispatcher"),
    *("1. Emergencies (1)", "2. Overdue duties (1)", "Notify", "20 min"),
    *("First follow-up", "Second follow-up", "4. Other open cases", "nobody told"),
    *("5. Papers owed (1)", "6. Notices that hold", "7. Signatures owed", "8. Who was told"),
    *(
        "Reached, read back",
        "No answer",
        "9. Privileged acts",
        "10. Check questions",
        "11. On handing over",
        "heard",
    ),
    *("12. The journal", "Entries", "1234", "Handing over"),
    "Signed with their own PIN 2026-11-22",
]


@pytest.mark.rule("P0-06")
@pytest.mark.parametrize(("language", "told"), [("zh", CHINESE), ("en", ENGLISH)])
def test_everything_that_was_signed_stands_on_the_paper(language: str, told: list[str]) -> None:
    use("zh" if language == "zh" else "en")
    assert in_order(written(), told) == []
    made = Reports(FONTS).report(report(), "pdf")
    assert len(made) < LARGEST
    flat = "".join(pages_of(made))
    assert [part for part in told if squeezed(part) not in flat] == []


def test_that_there_is_nothing_is_said_too() -> None:
    empty = replace(
        samples.SHEET, cases=(), papers=(), duties=(), calls=(), notices=(), signatures=()
    )
    event = replace(samples.EVENT, sheet=empty, answers=(), carried=(), heard=None, remarks="")
    flat = written(event)
    assert flat.count("none") >= 11
    assert "(0)" in flat


def test_cases_stand_in_the_order_of_their_next_duty() -> None:
    def case(number: str, due: datetime | None) -> SheetCase:
        return SheetCase(number, samples.ORDINARY, "open", due=due)

    cases = (case("a-none", None), case("b-late", samples.AT + samples.HOUR))
    sheet = replace(samples.SHEET, cases=(*cases, case("c-soon", samples.AT)), calls=(), papers=())
    assert (
        in_order(written(replace(samples.EVENT, sheet=sheet)), ["c-soon", "b-late", "a-none"]) == []
    )


def test_late_means_after_the_due_time_and_the_desk_has_duties_too() -> None:
    now = SheetDuty("", "P0-11", samples.FIRST, samples.AT)
    late = replace(now, due=samples.AT - timedelta(seconds=1))
    sheet = replace(samples.SHEET, duties=(now, late))
    flat = written(replace(samples.EVENT, sheet=sheet))
    assert "2.Overdueduties(1)" in flat
    assert "comingwatch,until11-2218:58(1)" in flat
    assert "thedesk" in flat


def test_the_head_can_be_typed_back_from_its_groups() -> None:
    lines = grouped(samples.HEAD).splitlines()
    assert [len(line.split()) for line in lines] == [8, 8]
    assert "".join("".join(lines).split()) == samples.HEAD


def test_two_hundred_cases_over_several_pages() -> None:
    cases = samples.many_cases(200)
    event = replace(samples.EVENT, sheet=replace(samples.SHEET, cases=cases))
    document = hand_over_document(report(event))
    made = pdf(document, FONTS)
    pages = pages_of(made)
    assert len(pages) > 5
    assert len(made) < LARGEST
    whole = "".join(pages)
    assert in_order(whole, [case.number for case in cases]) == []
    assert pages[-1].endswith(f"{len(pages)}/{len(pages)}")


def test_the_object_for_programs() -> None:
    found = object_of(HandOverReport(samples.entry(), samples.SITE, samples.ZONE))
    assert isinstance(found, dict)
    assert found["kind"] == "handed_over"
    assert found["occurred_at"] == "2026-11-22T07:02:11+08:00"
    assert (found["outgoing"], found["incoming"], found["heard"]) == ("李建国", "王芳", True)
    assert found["answers"][1] == {"kind": "papers", "answer": "1", "tries": 2}
    sheet = found["sheet"]
    assert (sheet["head"], sheet["rows"]) == (samples.HEAD, 1234)
    assert sheet["cases"][2]["assignee"] is None
    assert sheet["cases"][0]["due"] == "2026-11-22T08:58:00+08:00"
    assert sheet["cases"][0]["level"] == "Emergency"
    assert sheet["calls"][0]["outcome"] == "reached"


@pytest.mark.parametrize("form", ["txt", "md", "json"])
@pytest.mark.parametrize("seed", range(10))
def test_hostile_words_on_the_sheet_steer_nothing(form: str, seed: int) -> None:
    random = Random(seed)

    def said() -> str:
        return hostile(random)

    case = SheetCase(said(), samples.ORDINARY, "open", said(), said(), said(), samples.AT)
    notice = SheetNotice(said(), samples.AT)
    sheet = replace(samples.SHEET, cases=(case,), notices=(notice,), outgoing=said())
    event = replace(samples.EVENT, sheet=sheet, incoming=said(), remarks=said(), carried=(said(),))
    made = Reports(FONTS).report(HandOverReport(samples.entry(event), said(), samples.ZONE), form)
    assert list(judge_print(made, form)) == []
    if form == "json":
        assert json.loads(made)["kind"] == "handed_over"


def test_due_times_of_the_sheet_are_moments_to_a_workbook() -> None:
    document = hand_over_document(report())
    sheets = book_of(Reports(FONTS).document(document, "xlsx")).worksheets
    due = samples.CASES[1].due
    assert due is not None
    wanted = due.astimezone(samples.ZONE).replace(tzinfo=None)
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == wanted]
    assert found
    assert {cell.number_format for cell in found} == {"yyyy-mm-dd hh:mm"}
    numbers = [cell for cell in cells if cell.value == samples.CASES[1].number]
    assert {(cell.data_type, cell.quotePrefix) for cell in numbers} == {("s", True)}


def test_a_due_time_that_rests_on_an_unknown_year_says_so_on_paper() -> None:
    use("zh")
    sheet = samples.EVENT.sheet
    assert "未核实" not in written()
    duties = tuple(replace(duty, confirmed=False) for duty in sheet.duties)
    cases = tuple(replace(case, confirmed=False) for case in sheet.cases)
    unsure = replace(samples.EVENT, sheet=replace(sheet, duties=duties, cases=cases))
    assert written(unsure).count("未核实") == len(duties) + len(cases)
