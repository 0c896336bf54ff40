"""The sheet on the screen at both widths, and the check questions in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.record.sheet import (
    Sheet,
    SheetAct,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetNotice,
    SheetPaper,
    SheetSignature,
)
from dispatcher_tui.domain.watch.check_questions import (
    NOBODY,
    CheckQuestion,
    QuestionKind,
    answered,
    questions,
)
from dispatcher_tui.domain.words.terms import CallOutcome, Label
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.watch.act_lines import act_by
from dispatcher_tui.present.watch.sheet_lines import (
    answer_text,
    option_texts,
    question_text,
    question_title,
    sections,
    sheet_lines,
)
from tests.domain.on_watch import HEAD
from tests.domain.support import P0, SHANGHAI, local, rules

AT, UNTIL = local("2026-11-18 19:00"), local("2026-11-19 07:00")
LATE = AT - timedelta(minutes=5)
FIRST, NOTIFY = Label("第一次跟进", "First follow-up"), Label("通知", "Notify")
ORDINARY, EMERGENCY = Label("一般", "Ordinary"), Label("紧急", "Emergency")
NAMES = Glossary(procedure=rules(P0).procedure)
FULL = Sheet(
    at=AT,
    outgoing="王芳",
    since=local("2026-11-18 07:00"),
    until=UNTIL,
    head=HEAD,
    rows=1469,
    cases=(
        SheetCase(
            number="261118-01",
            level=ORDINARY,
            stage="open",
            place="3-2-1502",
            content="厨房漏水" * 20,
            rule="P0-02",
            label=NOTIFY,
            due=LATE,
        ),
        SheetCase(
            number="261118-02",
            level=EMERGENCY,
            stage="notified",
            place="地下车库B区",
            content="冒烟",
            assignee="高磊",
            rule="P0-05",
            label=FIRST,
            due=UNTIL,
            emergency=True,
            grave=True,
        ),
    ),
    duties=(
        SheetDuty("261118-01", "P0-02", NOTIFY, LATE),
        SheetDuty("", "P0-10", Label("月总结", "Monthly summary"), AT),
        SheetDuty("261118-02", "P0-05", FIRST, UNTIL),
    ),
    papers=(SheetPaper("261117-09", "5-1-0301", "FW-000123", local("2026-11-17 20:00")),),
    calls=(
        SheetCall("261118-02", "高磊", "notified", CallOutcome.REACHED, LATE, read_back=True),
        SheetCall("261118-02", "陈志强", "reported", CallOutcome.NO_ANSWER, AT),
    ),
    notices=(SheetNotice("3栋停水[b]，" * 12, UNTIL),),
    signatures=(SheetSignature("261118-02", "E-09", "head", "陈志强", UNTIL),),
    acts=(
        SheetAct(LATE, "pin_reset", "cli:root", "孙明远", "陈志强"),
        SheetAct(AT, "clock_back", "desk", seconds=7200),
    ),
)
EMPTY = Sheet(at=AT, outgoing="", since=None, until=UNTIL, head=HEAD, rows=0)


@pytest.mark.parametrize("cells", [80, 120])
def test_an_emergency_without_words_is_called_by_its_kind(cells: int) -> None:
    alarm = replace(FULL.cases[1], content="", kind=Label("起火", "Fire"))
    sheet = replace(FULL, cases=(alarm,))
    first = next(x for x in sheet_lines(sheet, SHANGHAI, cells, NAMES) if "地下车库" in x)
    assert "Fire" in first
    assert ("First follow-up" in first) is (cells > 80), "where it would be cut, it is left out"
    said = replace(alarm, content="冒烟")
    wide = sheet_lines(replace(sheet, cases=(said,)), SHANGHAI, 120, NAMES)
    assert any("Fire  冒烟" in line for line in wide)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("cells", [80, 120])
@pytest.mark.parametrize("sheet", [FULL, EMPTY])
def test_no_line_is_wider_than_the_screen(language: Language, cells: int, sheet: Sheet) -> None:
    use(language)
    lines = sheet_lines(sheet, SHANGHAI, cells, NAMES, ("261118-03",) * 12)
    assert max(map(width, lines)) <= cells
    assert any(HEAD in line for line in lines)


@pytest.mark.parametrize("cells", [80, 120])
def test_every_part_says_how_much_there_is_of_it(cells: int) -> None:
    parts = sections(FULL, SHANGHAI, cells, NAMES)
    assert [part.title for part in parts] == [
        "Emergencies: 1",
        "Overdue duties: 1",
        "Due in the coming watch, until 11-19 07:00: 2",
        "Other open cases, by their next duty: 1",
        "Papers owed: 1",
        "Notices that hold: 1",
        "Signatures owed: 1",
        "Who was told in this watch: 2",
        "Privileged acts since the last signed sheet: 2",
    ]
    assert all(part.lines for part in parts)
    assert {part.title[-3:] for part in sections(EMPTY, SHANGHAI, cells)} == {": 0"}


def test_what_a_line_says() -> None:
    alarm, late, coming, other, paper, notice, signature, calls, acts = sections(
        FULL, SHANGHAI, 80, NAMES
    )
    assert late.lines[0].split() == ["!", "18:55", "261118-01", "3-2-1502", "Notify"]
    assert "the desk" in coming.lines[0]
    assert not coming.lines[0].startswith("!")  # due at this very moment is not late
    assert other.lines[0].startswith("! 18:55")
    assert "nobody told" in other.lines[0]
    assert "厨房" not in other.lines[0]
    assert "厨房漏水" in sections(FULL, SHANGHAI, 120, NAMES)[3].lines[0]
    assert "First follow-up" in alarm.lines[0]
    assert paper.lines[0].endswith("written off 11-17 20:00")
    assert "[b]" in notice.lines[0]
    assert len(notice.lines) > 1
    assert "Head of the estate" in signature.lines[0]
    assert calls.lines[0].endswith("Reached, read back")
    assert calls.lines[1].endswith("No answer")
    assert acts.lines[0].split() == [
        *("18:55", "New", "PIN", "for", "陈志强", "command", "line,", "co-signed", "by", "孙明远")
    ]
    assert "The clock was set back by 2 h" in acts.lines[1]


@pytest.mark.parametrize("cells", [80, 120])
def test_a_due_time_that_rests_on_an_unknown_year_says_so(cells: int) -> None:
    use("en")
    unsure = replace(
        FULL,
        cases=tuple(replace(case, confirmed=False) for case in FULL.cases),
        duties=tuple(replace(duty, confirmed=False) for duty in FULL.duties),
    )

    def marked(sheet: Sheet) -> list[int]:
        parts = sections(sheet, SHANGHAI, cells, NAMES)
        return [sum("(unconfirmed)" in line for line in part.lines) for part in parts]

    assert sum(marked(FULL)) == 0
    counts = marked(unsure)
    assert counts[:4] == [len(part.lines) for part in sections(unsure, SHANGHAI, cells, NAMES)][:4]
    assert sum(counts[4:]) == 0, "papers, notices and calls are of no calendar"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_of_question_has_its_words(language: Language, kind: QuestionKind) -> None:
    use(language)
    question = CheckQuestion(kind, ("1",), "1", "261118-01", "reported")
    assert question_text(question, NAMES) not in ("", kind.value)
    assert question_title(kind.value) != kind.value


def test_options_are_shown_as_they_are_meant() -> None:
    until = CheckQuestion(
        QuestionKind.NOTICE, (UNTIL.isoformat(), AT.isoformat()), UNTIL.isoformat(), text="停水"
    )
    assert option_texts(until, AT, SHANGHAI) == ["11-19 07:00", "19:00"]
    assert question_text(until) == "Until when does this notice hold: 停水"
    assert answer_text(answered(until), AT, SHANGHAI) == "11-19 07:00"
    who = CheckQuestion(QuestionKind.RESPONSIBLE, (NOBODY, "高磊"), NOBODY, "261118-01")
    assert option_texts(who, AT, SHANGHAI) == ["nobody told", "高磊"]
    told = CheckQuestion(QuestionKind.TOLD, ("高磊",), "高磊", "261118-02", "reported")
    assert "Report" in question_text(told, NAMES)


@pytest.mark.parametrize("head", [f"{n:064x}" for n in range(30)])
def test_no_two_options_look_the_same(head: str) -> None:
    notices = (FULL.notices[0], SheetNotice("停电", UNTIL + timedelta(seconds=20)))
    for question in questions(replace(FULL, head=head, notices=notices)):
        shown = option_texts(question, AT, SHANGHAI)
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(
    ("by", "said"), [("desk", "the desk"), ("cli:root", "command line"), ("李建国", "李建国")]
)
def test_whoever_is_no_person_is_named_in_words(by: str, said: str) -> None:
    """The desk's own id and a machine's account are none of a paper's words."""
    use("en")
    act = SheetAct(AT, "pin_reset", by, "", "王芳", "", 0)
    assert act_by(act) == said
    assert act_by(replace(act, cosigner="陈志强")) == f"{said}, co-signed by 陈志强"
