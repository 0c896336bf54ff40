"""Every form of every procedure on paper: its own fields, its signers, and no other form's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.case_reports import form_report, slip_report
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import FormReport
from dispatcher_tui.domain.printed_form import CASE_SOURCES, PAPER_SOURCES, Form
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.record_events import FormFilled, FormIssued
from dispatcher_tui.domain.words.terms import FeedbackBy, SignedBy
from dispatcher_tui.present.i18n import localized, use
from dispatcher_tui.present.papers.form_words import SOURCES, field_label
from dispatcher_tui.reports.case.form_values import FormValues
from dispatcher_tui.site.shipped import data_dir
from tests.domain.support import shipped_procedure
from tests.reports.cases import SLIP, item_note, report_of, step_note
from tests.reports.readback import about, fonts_of, pages_of, rows_of, squeezed

PROCEDURES = sorted(path.stem for path in (data_dir() / "procedures").glob("*.toml"))


LAYERS = ("fee-collection", "emergency_record")
"""The emergency layer's form, the same under each procedure that has it: under one."""


def all_forms() -> list[tuple[str, str]]:
    """Each form with fields of its own, by its procedure; notices and letters have paragraphs."""
    return [
        (p, f.id)
        for p in PROCEDURES
        for f in shipped_procedure(p).forms
        if f.fields and not f.text and f.scope == "case" and (f.id != LAYERS[1] or p == LAYERS[0])
    ]


FORMS = all_forms()

FIELDS: dict[str, tuple[str, ...]] = {
    "estate-dispatch/service_slip": ("用料", "工时", "收费（元）", "维修人签字", "业主签字"),
    "owner-relations/information_record": ("来源", "接收人", "接收人签字确认"),
    "owner-relations/complaint_record": (
        *("有效 / 无效", "责任部门、责任人", "处理期限", "处理结果", "部门负责人签字", "回访"),
    ),
    "owner-relations/coordination_order": ("分析", "措施", "责任人", "时限", "签发", "接收"),
    "shop-chain/capa": ("原因", "措施", "责任人", "验证"),
    "shop-chain/feedback_record": ("级别", "补偿金额（元）", "考核意见", "满意度"),
    "shop-chain/major_report": ("总经理批示",),
    "service-centre/letter_sheet": ("复印件存处", "批示"),
    "service-centre/complaint_record": ("重点复述",),
    "service-centre/written_answer": ("答复、原因说明",),
    "service-centre/meeting_minutes": ("出席人员", "出席的公司领导", "改进和预防措施"),
    "service-centre/visit_record": ("满意度", "业户签名", "回访人签名"),
    "fee-collection/emergency_record": ("到场人、到场时间", "人员伤亡、送医", "善后", "负责人签字"),
    "fee-collection/visit_note": ("上门人", "业户说明"),
    "fee-collection/stop_approval": ("主任签字",),
    "fee-collection/pledge": ("承诺人签字", "承诺缴清日"),
    "fee-collection/lawyer_handover": ("材料清单", "律师签收"),
    "fee-collection/collection_notice": (
        *("首期管理费", "空调费", "预收管理费", "水电押金", "本体维修基金"),
        *("收费室核算", "业户"),
    ),
    "fee-collection/arrears_notice": (
        "欠费月份",
        "欠费金额（元）",
        "限定缴费日",
        "收费室",
        "业户签收",
    ),
    "fee-collection/overtime_slip": ("加时时间", "计费", "申请人签字", "经办人"),
    "fee-collection/owner_letter": ("业主", "停止的服务"),
    "fee-collection/collection_letter": ("限定缴费日", "欠费月份"),
    "resident-station/handling_form": (
        *("投诉内容", "处理方法", "部门负责人签字", "验证、回访结果", "验证人签名（上门人）"),
        *("验证人签名（住户）", "物业经理意见"),
    ),
    "resident-station/complaint_record": ("接单员", "处理结果"),
    "resident-station/liaison_sheet": ("协调事项", "站长", "接收部门"),
    "resident-station/meeting_minutes": ("出席人员", "处理决定", "物业经理"),
    "resident-station/case_library": ("经验教训",),
    "project-centre/work_order": ("起因", "经过、结果"),
    "project-centre/abnormal_closing": ("附表一", "无效理由", "中心经理审批"),
    "project-centre/invalid_application": ("附表三", "申请理由"),
    "campus-logistics/visit_record": ("回访人", "对方意见"),
    "campus-logistics/handling_record": (
        *("成因（六类）", "投诉者、心态", "处理方案", "主管领导批示", "总结"),
    ),
    "estate-plant/complaint_record": ("现场确认", "处理结果", "机电人员签字", "效果检查"),
    "bar-guests/complaint_note": ("投诉原因", "客人要求", "上报", "结果"),
    "hotel-guests/complaint_record": ("被投诉部门、姓名、事项", "处理结果", "总经理批示"),
    "corrective-action/capa": ("原因", "措施", "责任人", "验证", "备案"),
}
"""The fields that the sources name for each form, beyond number, dates, place, person, content."""

REPAIR = ("用料", "工时", "维修人签字")
"""What belongs on the repair slip alone."""


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def made(procedure: str, form: str, **more: Any) -> FormReport:
    """The form of a case of its procedure."""
    return form_report(report_of(procedure, **more), form)


def page_text(report: FormReport) -> str:
    return "".join(pages_of(printer().report(report, "pdf")))


def test_every_form_is_held_against_the_sources() -> None:
    assert {f"{procedure}/{form}" for procedure, form in FORMS} == set(FIELDS)


@pytest.mark.parametrize(("procedure", "form"), FORMS)
@pytest.mark.parametrize("handled", [True, False])
def test_a_form_has_the_fields_that_its_source_names_and_no_repair_slips(
    procedure: str, form: str, handled: bool
) -> None:
    report = made(procedure, form, handled=handled, filed=handled)
    text = page_text(report)
    assert [each for each in FIELDS[f"{procedure}/{form}"] if squeezed(each) not in text] == []
    for field in report.form.fields:
        assert squeezed(field_label(field)) in text
    for signer in report.form.signers:
        assert squeezed(localized(signer.label)) in text
    if procedure != "estate-dispatch":
        assert [each for each in REPAIR if each in text] == []
    assert "翠湖花园" in text
    assert "261118-03" in text


@pytest.mark.parametrize(("procedure", "form"), FORMS)
def test_what_the_record_has_stands_in_its_field(procedure: str, form: str) -> None:
    report = made(procedure, form, filed=True)
    values, text = (
        FormValues(report.of, report.number, report.values, report.closing),
        page_text(report),
    )
    for field in report.form.fields:
        if field.source:
            assert squeezed(values.of(field.source)) in text, field.source
        kind, _dot, name = field.source.partition(".")
        step, _dot, part = name.partition(".")
        if kind == "step" and part in ("", "note"):
            assert step_note(step) in text
        if kind == "item":
            assert item_note(name) in text


@pytest.mark.parametrize(("procedure", "form"), FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_is_one_page_in_embedded_fonts_and_names_itself(
    procedure: str, form: str, lang: Any
) -> None:
    use(lang)
    report = made(procedure, form)
    data = printer().report(report, "pdf")
    read = PdfReader(BytesIO(data))
    assert len(read.pages) == (1 if report.form.torn else max(1, len(report.form.copies)))
    assert about(data)["/Title"].startswith(localized(report.form.label))
    assert all(found is not None for found in fonts_of(data).values())
    wide = {"A4": 595, "A5": 420}[report.form.page]
    assert round(read.pages[0].mediabox.width) == wide


@pytest.mark.parametrize(("procedure", "form"), FORMS)
def test_workbook_and_text_have_the_same_fields(procedure: str, form: str) -> None:
    report = made(procedure, form)
    cells = {
        squeezed(str(cell)) for row in rows_of(printer().report(report, "xlsx")) for cell in row
    }
    text = squeezed(printer().report(report, "txt").decode())
    for field in report.form.fields:
        assert squeezed(field_label(field)) in cells
        assert squeezed(field_label(field)) in text


def test_every_path_that_a_form_can_ask_for_is_answered() -> None:
    values = FormValues(report_of("estate-dispatch", filed=True), SLIP, {}, closing=True)
    paths = {f"case.{n}" for n in CASE_SOURCES} | {f"paper.{n}" for n in PAPER_SOURCES}
    assert paths == SOURCES - {""}
    asked = {path: values.of(path) for path in paths}
    empty = {"case.facts", "case.rings", "case.method", "case.lessons", "case.tied_to"}
    assert {path for path, said in asked.items() if not said} == empty


def test_the_closing_paper_goes_by_the_slips_number_and_others_by_a_range_of_their_own() -> None:
    assert slip_report(report_of("resident-station")).number == SLIP
    assert made("resident-station", "liaison_sheet").number == ""  # not out yet
    out = FormIssued(case="c", form="liaison_sheet", number="LX-000007")
    liaison = made("resident-station", "liaison_sheet", more=(out,))
    assert (liaison.number, liaison.mark.form) == ("LX-000007", "liaison_sheet")
    assert made("resident-station", "complaint_record", more=(out,)).number == ""
    out = FormIssued(case="c", form="coordination_order", number="GR008-000031")
    order = made("owner-relations", "coordination_order", more=(out,))
    issue, _space, wording = order.mark.version.partition(" ")
    assert (issue, wording[0], len(wording)) == ("A/0", "#", 9)
    assert liaison.mark.version != made("shop-chain", "capa").mark.version
    assert "QR/GR-008A/0GR008-000031" in page_text(order)


def test_a_receipt_is_not_made_by_the_desk() -> None:
    with pytest.raises(Refusal, match="paper_from_outside"):
        slip_report(report_of("fee-collection"))


def test_a_form_that_the_procedure_does_not_have_is_refused() -> None:
    for form in ("nowhere", "work_log"):
        with pytest.raises(Refusal, match="no_such_form"):
            form_report(report_of("estate-dispatch"), form)


def test_what_was_typed_last_stands_there_and_what_was_taken_back_does_not() -> None:
    first = FormFilled(case="c", form="liaison_sheet", values={"to": "工程部", "matter": "换阀"})
    other = FormFilled(case="c", form="complaint_record", values={"to": "别的表"})
    last = FormFilled(case="c", form="liaison_sheet", values={"to": "保安部"})
    sheet = partial(made, "resident-station", "liaison_sheet", handled=False)
    report = sheet(more=(first, other, last))
    assert report.values == {"to": "保安部"}
    assert "保安部" in page_text(report)
    seq = len(report_of("resident-station", handled=False).entries) + 3
    void = ev.TakenBack(case="c", of=(seq,))
    values = sheet(more=(first, other, last, void)).values
    assert values == {"to": "工程部", "matter": "换阀"}


def test_a_visit_by_telephone_has_no_signature_and_says_so() -> None:
    by_phone = page_text(made("service-centre", "visit_record", by=FeedbackBy.PHONE))
    assert by_phone.count("电话回访，无签名") == 1, "the resident's; the visitor signs"
    assert "电话回访" not in page_text(made("service-centre", "visit_record"))


def test_a_signature_in_ink_says_paper_and_page_and_one_by_telephone_that_it_is_owed() -> None:
    text = page_text(made("campus-logistics", "handling_record"))
    assert "陈志强" in text
    assert squeezed("处理记录 第 2 页") in text
    owed = ev.Signed(
        case="c",
        subject="leader_signature",
        rule="R",
        role="head",
        name="孙校长",
        how=SignedBy.PHONE,
    )
    text = page_text(made("campus-logistics", "handling_record", handled=False, more=(owed,)))
    assert "孙校长" in text
    assert "待补签字" in text


def test_a_place_for_the_seal_and_a_letters_sender() -> None:
    assert "(盖章)" in page_text(made("shop-chain", "major_report")).replace("（盖章）", "(盖章)")
    letter = page_text(made("service-centre", "written_answer"))
    assert letter.count("翠湖花园") == 3, "in the head, below the title, as who sends it"


def test_a_name_that_the_font_lacks_and_forty_thousand_characters() -> None:
    said = "".join(chr(0x4E00 + n % 4_000) for n in range(40_000))
    pages = pages_of(printer().report(made("resident-station", "handling_form", said=said), "pdf"))
    assert sum(len(page) for page in pages) > 40_000
    filled = FormFilled(case="c", form="liaison_sheet", values={"to": "业主张𠅤 👍"})
    text = page_text(made("resident-station", "liaison_sheet", handled=False, more=(filled,)))
    assert "业主张□□" in text
    assert "U+20164" in text


def test_a_text_adopted_before_forms_had_fields_prints_what_every_paper_has(
    tmp_path: Path,
) -> None:
    from msgspec.structs import replace

    report = report_of("resident-station")
    procedure = report.rules.procedure
    named = tuple(Form(form.id, form.label) for form in procedure.forms)
    paper = replace(procedure.closing_paper, form="")
    older = replace(report.rules, procedure=replace(procedure, forms=named, closing_paper=paper))
    text = page_text(slip_report(replace(report, rules=older)))
    assert [w for w in ("住户投诉处置表", SLIP, "王秀兰", "物业经理") if w not in text] == []
    assert [w for w in (*REPAIR, "处理方法") if w in text] == []


@pytest.mark.parametrize(
    ("procedure", "form", "printed"),
    [
        ("fee-collection", "stop_approval", True),
        ("fee-collection", "pledge", True),
        ("fee-collection", "visit_note", False),
    ],
)
def test_the_law_is_printed_with_the_paper_it_is_about(
    procedure: str, form: str, printed: bool
) -> None:
    assert ("944" in page_text(made(procedure, form))) is printed


@pytest.mark.rule("P3-11", "recorded")
def test_the_minutes_have_who_was_there_field_by_field() -> None:
    values = {"attended": "张伟、梁红", "causes": "漏检", "prevention": "每周巡检"}
    held = ev.StepRecorded(case="c", step="meeting_held", person="陈志强", values=values)
    text = page_text(made("service-centre", "meeting_minutes", more=(held,)))
    assert [each for each in ("陈志强", *values.values()) if squeezed(each) not in text] == []


def test_no_account_of_the_machine_stands_as_a_person_on_paper() -> None:
    from msgspec.structs import replace

    report = report_of("resident-station")
    for actor, taken in (("cli:root", ""), ("desk", ""), ("李建国", "李建国")):
        entries = tuple(replace(each, actor=actor) for each in report.entries)
        values = FormValues(replace(report, entries=entries), "", {}, closing=False)
        assert values.of("case.taken_by") == taken
        assert values.of("step.verified.by") == taken
