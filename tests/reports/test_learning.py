"""The report of a corrective action and the list of files past their time, ready to be signed."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.papers.report import CaseReport, CorrectiveReport, RetentionReport
from dispatcher_tui.domain.papers.retention import Expired, RetentionReason
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.present.i18n import use
from dispatcher_tui.reports.case.capa import capa_document
from dispatcher_tui.reports.document import Document
from dispatcher_tui.reports.papers.retention import retention_document
from dispatcher_tui.reports.pdf.to_pdf import pdf
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.printer import Reports
from tests.domain.support import CAPA, SHANGHAI, Story, case_line, local
from tests.reports.readback import FONTS, book_of, pages_of, squeezed

SITE = "翠湖花园"


def story() -> Story:
    """One whose measure did not help the first time, ready to be signed."""
    found = Story(CAPA, "2026-11-18 09:00")
    found.open(tied_to="261117-04", verbatim="接头没拧紧, 漏到楼下").after(minutes=5).call()
    found.step("company_told").after(days=1).step("cause_found", "没有扭矩要求")
    found.step("measure_set", "配扭矩扳手").after(days=1).step("carried_out", "已发三把")
    found.at("2026-12-10 10:00").step("not_effective", "又漏一户")
    found.step("cause_found", "垫片老化").step("measure_set", "全部换垫片")
    return found.step("carried_out", "换了四十户").at("2027-01-05 10:00").step("verified", "未再漏")


def report(found: Story) -> Document:
    owed = duties(found.case, found.rules)
    of = CaseReport(SITE, found.now, found.case, owed, found.rules, tuple(found.entries))
    return capa_document(CorrectiveReport(of))


def written(document: Document) -> str:
    return squeezed(text(document, 200))


@pytest.mark.rule("P0-13", "recorded")
def test_the_report_has_source_cause_measures_responsible_check_and_signatures() -> None:
    use("zh")
    said = written(report(story()))
    for part in (
        *(SITE, "纠正与预防措施", "261117-04", "接头没拧紧", "张伟"),
        *("没有扭矩要求", "配扭矩扳手", "已发三把", "验证无效", "又漏一户"),
        *("垫片老化", "全部换垫片", "换了四十户", "验证有效", "未再漏"),
        *("管理处负责人", "质量管理部备案", "2026-11-19 17:30"),
    ):
        assert squeezed(part) in said, part
    assert said.index(squeezed("没有扭矩要求")) < said.index(squeezed("垫片老化"))


@pytest.mark.rule("P0-13")
def test_what_is_still_owed_stands_there_with_a_dash_and_what_was_taken_back_does_not() -> None:
    found = Story(CAPA, "2026-11-18 09:00").open().after(minutes=5).call()
    found.after(minutes=5).step("cause_found", "WRONG").take_back()
    said = written(report(found))
    assert "WRONG" not in said
    assert squeezed("The cause -") in said
    assert "without effect" not in text(report(found), 200)


@pytest.mark.rule("P0-13")
def test_the_head_who_signed_on_the_desk_stands_on_it() -> None:
    found = story()
    found.do(cmd.WriteOff())
    found.do(cmd.ReceivePaper(number="261118-01"))
    found.do(cmd.SignPaper(signer="陈志强", role="head"))
    signed = report(found).signatures[1]
    assert signed.name == "陈志强"
    assert "2027-01-05 10:00" in signed.signed


def expired(number: str, keep: RetentionReason = RetentionReason.NONE) -> Expired:
    ended = local("2023-11-18 09:00")
    case = case_line(number=number, place="3-2-1502", stage=Stage.FINAL, done_at=ended)
    until = local("2026-11-19 00:00")
    return Expired(case, ended, until, "FW-000123", "2023-11", "7", keep)


def paper_of(due: int, decide: tuple[RetentionReason, ...] = ()) -> RetentionReport:
    return RetentionReport(
        site=SITE,
        zone=SHANGHAI,
        at=local("2026-11-20 09:00"),
        years=3,
        due=tuple(expired(f"231117-{n:02}") for n in range(1, due + 1)),
        decide=tuple(expired(f"231117-9{n}", keep) for n, keep in enumerate(decide)),
    )


def listed(due: int, decide: tuple[RetentionReason, ...] = ()) -> Document:
    return retention_document(paper_of(due, decide))


@pytest.mark.rule("P4-18")
def test_the_list_names_binder_and_page_and_keeps_apart_what_is_decided_upon() -> None:
    use("zh")
    document = listed(
        2, (RetentionReason.EMERGENCY, RetentionReason.CORRECTIVE, RetentionReason.TYPICAL)
    )
    said = written(document)
    for part in ("231117-01", "FW-000123", "2023-11", "2023-11-18", "2026-11-19", "3 年"):
        assert squeezed(part) in said
    to_decide = said.index(squeezed("保留：逐件决定"))
    for part in ("231117-90", "紧急", "纠正措施", "典型案例"):
        assert said.index(squeezed(part), to_decide) > to_decide
    assert said.index("231117-02") < to_decide
    assert len(document.signatures) == 3


@pytest.mark.rule("P4-18")
def test_an_empty_list_says_so_in_both_languages() -> None:
    assert "none" in written(listed(0))
    use("zh")
    assert "无" in written(listed(0))


def test_both_are_printed_whole() -> None:
    use("zh")
    pages = pages_of(pdf(report(story()), FONTS))
    assert squeezed("全部换垫片") in squeezed("".join(pages))
    pages = pages_of(pdf(listed(120), FONTS))
    assert len(pages) > 1
    assert "231117-120" in squeezed("".join(pages))


@pytest.mark.parametrize("form", ["pdf", "txt", "md"])
def test_the_printer_has_both_in_every_form(form: str) -> None:
    found, reports = story(), Reports(FONTS)
    owed = duties(found.case, found.rules)
    case = CaseReport(SITE, found.now, found.case, owed, found.rules, tuple(found.entries))
    assert reports.report(CorrectiveReport(case), form)
    assert reports.report(paper_of(1), form)


@pytest.mark.rule("P4-18")
def test_days_of_the_list_are_days_to_a_workbook_and_binders_are_texts() -> None:
    (sheet,) = book_of(Reports(FONTS).report(paper_of(1), "xlsx")).worksheets
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    for day in ("2023-11-18", "2026-11-19"):
        assert cells[f"{day} 00:00:00"].number_format == "yyyy-mm-dd"
    for said in ("231117-01", "FW-000123", "2023-11", "7"):
        assert (cells[said].data_type, cells[said].quotePrefix) == ("s", True)
