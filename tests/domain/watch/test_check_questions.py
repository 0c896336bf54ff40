"""Three questions of three kinds about any sheet, each with one right answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.record.sheet import (
    CheckAnswer,
    Sheet,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetNotice,
    SheetPaper,
)
from dispatcher_tui.domain.watch.check_questions import (
    MOST_OPTIONS,
    NOBODY,
    CheckQuestion,
    QuestionKind,
    answered,
    overdue,
    questions,
    right,
)
from dispatcher_tui.domain.words.terms import CallOutcome, Label
from tests.domain.support import local

AT, UNTIL = local("2026-11-18 19:00"), local("2026-11-19 07:00")
WORD = Label("一般", "Ordinary")
FIGURES = {QuestionKind.OVERDUE, QuestionKind.PAPERS, QuestionKind.OPEN_CASES}
HEADS = [f"{n:064x}" for n in range(40)]

_TIMES = st.integers(-3, 3).map(lambda hours: AT + timedelta(hours=hours))
_PLACES = st.sampled_from(["", "3-2-1502", "5-1-0301", "地下车库B区"])
_NAMES = st.sampled_from(["", "张伟", "刘芳", "曹阳"])
_NUMBERS = st.integers(1, 9).map(lambda n: f"261118-{n:02}")


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    flag = st.booleans()
    case = st.builds(
        SheetCase,
        number=_NUMBERS,
        level=st.just(WORD),
        stage=st.just("open"),
        place=_PLACES,
        assignee=_NAMES,
        due=st.none() | _TIMES,
        emergency=flag,
        grave=flag,
    )
    cases = draw(st.lists(case, max_size=5, unique_by=lambda each: each.number))
    cases.sort(key=lambda each: (each.due is None, each.due or AT))
    call = st.builds(
        SheetCall,
        number=_NUMBERS,
        name=_NAMES.filter(bool),
        purpose=st.just("notified"),
        outcome=st.sampled_from(CallOutcome),
        at=_TIMES,
        read_back=flag,
    )
    calls = sorted(draw(st.lists(call, max_size=4)), key=lambda each: each.at)
    duty = st.builds(
        SheetDuty, number=_NUMBERS, rule=st.just("P0-05"), label=st.just(WORD), due=_TIMES
    )
    notice = st.builds(SheetNotice, text=st.just("停水"), until=_TIMES)
    paper = st.builds(SheetPaper, number=_NUMBERS, place=_PLACES)
    return Sheet(
        at=AT,
        outgoing=draw(_NAMES),
        since=None,
        until=UNTIL,
        head=draw(st.sampled_from(HEADS)),
        rows=7,
        cases=tuple(cases),
        papers=tuple(draw(st.lists(paper, max_size=3))),
        duties=tuple(draw(st.lists(duty, max_size=4))),
        calls=tuple(calls),
        notices=tuple(draw(st.lists(notice, max_size=2))),
    )


def empty(head: str = HEADS[0]) -> Sheet:
    return Sheet(at=AT, outgoing="王芳", since=None, until=UNTIL, head=head, rows=7)


def case(
    number: str,
    place: str = "",
    who: str = "",
    hours: float = 1,
    *,
    emergency: bool = False,
    grave: bool = False,
) -> SheetCase:
    return SheetCase(
        number=number,
        level=WORD,
        stage="open",
        place=place,
        assignee=who,
        due=AT + timedelta(hours=hours),
        emergency=emergency,
        grave=grave,
    )


def asked(sheet: Sheet, kind: QuestionKind) -> list[CheckQuestion]:
    """Every question of that kind which the sheet asks under one head hash or another."""
    found = [q for head in HEADS for q in questions(replace(sheet, head=head))]
    return [q for q in found if q.kind is kind]


@given(sheets())
def test_three_kinds_each_with_one_right_answer(sheet: Sheet) -> None:
    three = questions(sheet)
    assert len({each.kind for each in three}) == 3
    for each in three:
        assert 2 <= len(each.options) <= MOST_OPTIONS
        assert len(set(each.options)) == len(each.options)
        assert [right(each, digit) for digit in range(6)].count(True) == 1
        assert each.options.count(each.answer) == 1
    assert questions(sheet) == three


@given(sheets())
def test_no_wrong_option_is_true_as_well(sheet: Sheet) -> None:
    for each in questions(sheet):
        wrong = set(each.options) - {each.answer}
        if each.kind is QuestionKind.NEXT_CASE:
            nearest = min(c.due for c in sheet.cases if c.due)
            assert {c.number for c in sheet.cases if c.due == nearest}.isdisjoint(wrong)
        if each.kind is QuestionKind.GRAVEST:
            worst = {c.place for c in sheet.cases if (c.emergency or not each.emergency)}
            assert each.answer in worst
            also = {c.place for c in sheet.cases if c.emergency or (c.grave and not each.emergency)}
            assert also.isdisjoint(wrong)
        if each.kind is QuestionKind.TOLD:
            told = [c for c in sheet.calls if c.outcome.reached or c.read_back]
            latest = max(c.at for c in told)
            assert {c.name for c in told if c.at == latest}.isdisjoint(wrong)


@given(sheets())
def test_the_figures_are_those_of_the_sheet(sheet: Sheet) -> None:
    figures = {
        QuestionKind.OVERDUE: sum(duty.due < sheet.at for duty in sheet.duties),
        QuestionKind.PAPERS: len(sheet.papers),
        QuestionKind.OPEN_CASES: len(sheet.cases),
    }
    for each in questions(sheet):
        if each.kind in figures:
            assert each.answer == str(figures[each.kind])
            assert all(int(option) >= 0 for option in each.options)


@pytest.mark.parametrize("head", HEADS[:5])
def test_an_empty_sheet_is_asked_about_its_figures(head: str) -> None:
    three = questions(empty(head))
    assert {each.kind for each in three} == FIGURES
    assert {each.answer for each in three} == {"0"}


def test_the_head_hash_mixes_questions_and_options() -> None:
    full = replace(
        empty(), cases=tuple(case(f"261118-0{n}", f"{n}-1-0101", f"工{n}", n) for n in range(1, 5))
    )
    kinds = {tuple(q.kind for q in questions(replace(full, head=head))) for head in HEADS}
    assert len(kinds) > 3
    places = {q.options.index(q.answer) for q in asked(full, QuestionKind.NEXT_CASE)}
    assert places == {0, 1, 2, 3}


def test_an_emergency_is_always_asked_about_and_first() -> None:
    sheet = replace(
        empty(),
        cases=(
            case("261118-01", "3-2-1502", "张伟", 1),
            case("261118-02", "5-1-0301", "刘芳", 2, emergency=True),
            case("261118-03", "6-1-0101", "曹阳", 3, grave=True),
        ),
    )
    for head in HEADS:
        first = questions(replace(sheet, head=head))[0]
        assert (first.kind, first.answer) == (QuestionKind.GRAVEST, "5-1-0301")
        assert first.emergency
        assert set(first.options) == {"3-2-1502", "5-1-0301", "6-1-0101"}


def test_without_an_emergency_the_gravest_case_is_asked_about() -> None:
    cases = (case("261118-01", "3-2-1502"), case("261118-02", "5-1-0301", grave=True))
    found = asked(replace(empty(), cases=cases), QuestionKind.GRAVEST)
    assert {(q.answer, q.emergency) for q in found} == {("5-1-0301", False)}


def test_nobody_may_be_the_one_responsible() -> None:
    cases = (case("261118-01", "3-2-1502"), case("261118-02", "5-1-0301", "刘芳", 2))
    found = asked(replace(empty(), cases=cases), QuestionKind.RESPONSIBLE)
    assert {q.answer for q in found} == {NOBODY}
    assert {frozenset(q.options) for q in found} == {frozenset({NOBODY, "刘芳", "王芳"})}
    named = asked(
        replace(empty(), cases=(case("261118-01", who="张伟"),)), QuestionKind.RESPONSIBLE
    )
    assert {(q.answer, q.number) for q in named} == {("张伟", "261118-01")}
    assert NOBODY in named[0].options


def test_who_was_told_last_and_not_who_was_rung_in_vain() -> None:
    def call(name: str, minutes: int, outcome: CallOutcome) -> SheetCall:
        at = AT - timedelta(minutes=minutes)
        return SheetCall("261118-01", name, "reported", outcome, at)

    calls = (
        call("张伟", 30, CallOutcome.REACHED),
        call("刘芳", 20, CallOutcome.IN_PERSON),
        call("曹阳", 10, CallOutcome.NO_ANSWER),
    )
    found = asked(replace(empty(), calls=calls), QuestionKind.TOLD)
    assert {(q.answer, q.number, q.text) for q in found} == {("刘芳", "261118-01", "reported")}


def test_until_when_the_newest_notice_holds() -> None:
    notices = (
        SheetNotice("停水", UNTIL),
        SheetNotice("停电", AT + timedelta(minutes=90, seconds=7)),
    )
    found = asked(replace(empty(), notices=notices), QuestionKind.NOTICE)
    assert {(q.answer, q.text) for q in found} == {("2026-11-18T12:30:00+00:00", "停电")}
    assert all("2026-11-18T23:00:00+00:00" in q.options for q in found)


def test_late_means_after_the_due_time() -> None:
    due = [AT - timedelta(seconds=1), AT, AT + timedelta(seconds=1)]
    duties = tuple(SheetDuty("261118-01", "P0-05", WORD, each) for each in due)
    assert [duty.due for duty in overdue(replace(empty(), duties=duties))] == due[:1]


def test_the_answer_is_recorded_with_its_kind_and_its_tries() -> None:
    question = CheckQuestion(QuestionKind.PAPERS, ("3", "2"), "2")
    assert answered(question, 2) == CheckAnswer("papers", "2", 2)
    assert [right(question, digit) for digit in (0, 1, 2, 3, -1)] == [
        False,
        False,
        True,
        False,
        False,
    ]
