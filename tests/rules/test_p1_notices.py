"""Notices on paper: each has the case's facts in its own words, one page for each door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.case_reports import form_report
from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.papers.letter_text import filled_in
from dispatcher_tui.domain.papers.report import CaseReport, FormReport
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import posting_commands as posting
from dispatcher_tui.present.i18n import use
from tests.domain.support import P1, Story, local
from tests.reports.readback import pages_of

OPENED = "2026-11-18 09:00"
BEGINS, ENDS = local("2026-11-20 14:00").isoformat(), local("2026-11-20 17:00").isoformat()


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def of(story: Story, form: str) -> FormReport:
    """The form as the case stands."""
    case, entries = story.case, tuple(story.entries)
    owed = duties(case, story.rules)
    report = CaseReport("翠湖花园", story.now, case, owed, story.rules, entries)
    return form_report(report, form)


def words(report: FormReport) -> str:
    """As text, without what a line's width made of it."""
    return "".join(printer().report(report, "txt").decode().split())


NOTICES = [
    pytest.param(
        *("cut_notice", ("planned_cut",), "cut_planned"),
        {"cut_begins": BEGINS, "cut_ends": ENDS, "cut_what": "3栋自来水", "cut_why": "换阀门"},
        (
            "3栋自来水将于2026-11-20（周五）14:00起暂停供应",
            "预计2026-11-20（周五）17:00恢复",
            "换阀门",
        ),
        marks=pytest.mark.rule("P1-10", "recorded"),
    ),
    pytest.param(
        *("cut_apology", ("building_utility",), "cut_explained"),
        {"was_cut": "3栋停水两小时", "was_why": "市政爆管", "was_done": "已修复"},
        ("3栋停水两小时", "市政爆管", "已修复", "歉意"),
        marks=pytest.mark.rule("P1-11", "recorded"),
    ),
    pytest.param(
        *("public_apology", (), "apology_planned"),
        {"wrong": "电梯一月停了四次", "plan": "更换曳引机", "ready_by": ENDS},
        ("电梯一月停了四次", "更换曳引机", "2026-11-20（周五）17:00", "道歉"),
        marks=pytest.mark.rule("P1-12", "recorded"),
    ),
    pytest.param(
        *("accounts_notice", ("accounts",), "accounts_drawn"),
        {"accounts_of": "三季度", "income": "120000", "spent": "118000.5", "balance": "1999.50"},
        ("三季度", "120000.00元", "118000.50元", "1999.50"),
        marks=pytest.mark.rule("P1-09", "recorded"),
    ),
    pytest.param(
        *("meeting_notice", ("owners_meeting",), "meeting_called"),
        {"meeting_at": ENDS, "meeting_where": "物业会议室", "agenda": "电梯更换"},
        ("2026-11-20（周五）17:00", "物业会议室", "电梯更换"),
        marks=pytest.mark.rule("P1-09", "recorded"),
    ),
]


@pytest.mark.parametrize(("form", "tags", "step", "facts", "said"), NOTICES)
def test_a_notice_is_printed_with_the_facts_of_its_case(
    form: str, tags: tuple[str, ...], step: str, facts: dict[str, str], said: tuple[str, ...]
) -> None:
    story = Story(P1, OPENED).open(case_class="notice", tags=tags).call()
    blank = words(of(story, form))
    assert "________" in blank
    story.step(step, **facts)
    printed = words(of(story, form))
    assert [each for each in said if each not in printed] == []
    for always in ("翠湖花园", "盖章", story.case.number):
        assert always in printed


@pytest.mark.rule("P1-13", "recorded")
def test_an_individual_notice_has_the_home_and_what_is_asked_of_it() -> None:
    story = Story(P1, OPENED).open(case_class="notice", tags=("single_notice",), place="3-2-1502")
    story.do(
        cmd.FillForm(
            form="single_notice",
            values={"matter": "违章搭建", "asked": "拆除雨棚{case.phone}", "until": "11月30日"},
        )
    )
    printed = words(of(story, "single_notice"))
    for each in ("3-2-1502住户", "违章搭建", "请于11月30日前", "住户签收"):
        assert each in printed
    assert "{case.phone}" in printed, "what somebody typed is no template"
    assert "拆除雨棚" in printed


@pytest.mark.rule("P1-10", "recorded")
def test_there_is_a_page_for_each_door_that_it_still_has_to_hang_at_or_hangs() -> None:
    story = Story(P1, OPENED).open(case_class="notice", tags=("planned_cut",)).call()
    story.step("cut_planned", cut_begins=BEGINS, cut_ends=ENDS)
    story.do(posting.SetPostings(form="cut_notice", doors=("3-1", "3-2", "5-1")))
    pages = pages_of(printer().report(of(story, "cut_notice"), "pdf"))
    assert [("3栋1单元" in p, "3栋2单元" in p, "5栋1单元" in p) for p in pages] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_what_fills_a_paragraph_is_never_read_as_one() -> None:
    said = {"a.b": "{typed.x}", "typed.x": ""}
    assert filled_in("{a.b} {typed.x} {", said.__getitem__, "_") == "{typed.x} _ {"
