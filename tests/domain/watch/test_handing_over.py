"""The hand-over sheet: everything that is owed stands on it, once, in the order it matters."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sheet import Sheet
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.watch.handing_over import (
    CONTENT_SHOWN,
    CaseToHandOver,
    Records,
    compile_sheet,
)
from dispatcher_tui.domain.watch.post import VACANT, HeldWatch, Notice, Post
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Label, SignedBy, Stage
from dispatcher_tui.reports.plain_values import plain
from tests.domain.on_watch import HEAD, WatchStory, named
from tests.domain.support import LIU, P0, SECOND, SHANGHAI, Story, calendar, local, written_off

NOW = local("2026-11-18 18:50")
NEXT_END = local("2026-11-19 07:00")
POST = Post(spans=(HeldWatch("王芳", local("2026-11-18 07:00"), local("2026-11-18 19:00")),))


def held(number: str, story: Story) -> CaseToHandOver:
    """A story's case under another number."""
    case = replace(story.case, number=number, id=number)
    return CaseToHandOver(
        case, tuple(story.owed().values()), story.rules.procedure.level(case.level)
    )


def sheet_of(*cases: CaseToHandOver, post: Post = POST, now: datetime = NOW) -> Sheet:
    return compile_sheet(Records(cases, post, HEAD, 77), calendar(), now)


def opened(at: str = "2026-11-18 18:00", **fields: object) -> Story:
    return Story(P0, at).open(**fields)


def test_the_head_of_the_sheet_says_whose_watch_and_which_record() -> None:
    sheet = sheet_of()
    assert (sheet.at, sheet.outgoing, sheet.since) == (NOW, "王芳", local("2026-11-18 07:00"))
    assert (sheet.until, sheet.head, sheet.rows) == (NEXT_END, HEAD, 77)
    assert [*sheet.cases, *sheet.duties, *sheet.papers, *sheet.calls] == []


def test_in_the_middle_of_a_watch_its_rest_is_the_coming_one() -> None:
    assert sheet_of(now=local("2026-11-18 12:00")).until == local("2026-11-18 19:00")


def test_an_emergency_stands_there_by_the_name_of_its_kind() -> None:
    fire = Label("起火", "Fire")
    alarm = replace(held("1", opened(facts=("fire",), verbatim="", caller="", phone="")), kind=fire)
    case = sheet_of(alarm).cases[0]
    assert (case.kind, case.content) == (fire, "")


def test_cases_stand_by_their_nearest_duty_overdue_ones_first() -> None:
    late, young = opened("2026-11-18 16:00"), opened("2026-11-18 18:45")
    sheet = sheet_of(held("young", young), held("told", opened().call()), held("late", late))
    assert [case.number for case in sheet.cases] == ["late", "young", "told"]
    assert [(case.rule, case.due) for case in sheet.cases] == [
        ("P0-02", local("2026-11-18 16:10")),
        ("P0-02", local("2026-11-18 18:55")),
        ("P0-05", local("2026-11-18 20:00")),
    ]


def test_a_case_says_what_and_who_and_how_grave() -> None:
    story = opened(verbatim="水 \n 漏" + "x" * 200, facts=("group",)).call(who=LIU)
    case = sheet_of(held("261118-09", story)).cases[0]
    assert (case.number, case.place, case.assignee) == ("261118-09", "3-2-1502", "刘芳")
    assert case.notified_at == story.now
    assert case.content == ("水 漏" + "x" * 200)[:CONTENT_SHOWN]
    assert (case.level.en, case.grave, case.emergency) == ("Grave", True, False)
    assert sheet_of(held("1", opened(facts=("fire",)))).cases[0].emergency


def test_of_a_young_case_both_follow_ups_stand_by_name() -> None:
    sheet = sheet_of(held("261118-01", opened().call()))
    assert [(d.rule, d.label.zh, d.due) for d in sheet.duties] == [
        ("P0-05", "第一次跟进", local("2026-11-18 20:00")),
        ("P0-06", "第二次跟进", NEXT_END),
    ]


def test_a_duty_due_at_the_very_end_is_on_it_and_one_a_second_later_is_not() -> None:
    promised = opened().call()
    promised.follow_up(FollowUpOutcome.IN_PROGRESS, promise=NEXT_END - promised.now)
    assert ("P0-00", NEXT_END) in named(sheet_of(held("1", promised)))
    later = opened().call()
    later.follow_up(FollowUpOutcome.IN_PROGRESS, promise=NEXT_END - later.now + SECOND)
    assert "P0-00" not in [rule for rule, _due in named(sheet_of(held("1", later)))]


def test_papers_owed_stand_by_their_age_and_ended_cases_not_at_all() -> None:
    old, new = opened("2026-11-18 08:00").call().write_off(), opened().call().write_off()
    final = opened("2026-11-18 09:00").call().write_off()
    final.paper()
    final.do(cmd.CloseFinal())
    sheet = sheet_of(held("new", new), held("final", final), held("old", old))
    assert final.case.stage is Stage.FINAL
    assert [(p.number, p.written_off_at) for p in sheet.papers] == [
        ("old", old.now),
        ("new", new.now),
    ]
    assert [case.number for case in sheet.cases] == ["new", "old"]


def test_the_last_try_to_each_person_for_each_purpose_stands_on_it() -> None:
    story = opened("2026-11-18 18:00", facts=("group",))
    story.call(CallOutcome.NO_ANSWER).after(minutes=1).call(CallOutcome.BUSY)
    story.after(minutes=1).call(who=LIU, read_back=True)
    story.after(minutes=1).call(purpose="reported")
    calls = sheet_of(held("261118-01", story)).calls
    assert [(c.name, c.purpose, c.outcome, c.read_back) for c in calls] == [
        ("张伟", "notified", CallOutcome.BUSY, False),
        ("刘芳", "notified", CallOutcome.REACHED, True),
        ("张伟", "reported", CallOutcome.REACHED, False),
    ]


def test_only_calls_of_the_outgoing_watch_stand_on_it_those_of_ended_cases_too() -> None:
    before = opened("2026-11-18 06:50").call()
    ended = opened().call().write_off()
    ended.paper()
    ended.do(cmd.CloseFinal())
    sheet = sheet_of(held("before", before), held("ended", ended))
    assert [call.number for call in sheet.calls] == ["ended"]
    assert sheet_of(held("ended", ended), post=VACANT).calls == ()


def test_notices_that_hold_and_signatures_owed_by_cases_and_by_the_desk() -> None:
    over = Notice(1, "停水", "王芳", NOW - timedelta(days=1), NOW)
    holds = Notice(2, "3栋停电", "王芳", NOW, NOW + SECOND)
    month = SignOff(
        "k", "month:2026-10", "P0-12", "head", "陈志强", SignedBy.PHONE, NOW, due=NEXT_END
    )
    given = replace(month, key="g", signed_at=NOW)
    post = replace(POST, notices=(over, holds), sign_offs=(given, month))
    story = opened(facts=("fire",)).call()
    story.do(cmd.AgreeByPhone(subject="head_signature", name="陈志强"))
    sheet = sheet_of(held("261118-01", story), post=post)
    assert [(n.text, n.until) for n in sheet.notices] == [("3栋停电", NOW + SECOND)]
    assert [(s.number, s.rule, s.role, s.name, s.due) for s in sheet.signatures] == [
        ("261118-01", "E-09", "head", "陈志强", local("2026-11-19 17:30")),
        ("month:2026-10", "P0-12", "head", "陈志强", NEXT_END),
    ]


# every pending duty due up to the coming end is on the sheet exactly once

_MOMENTS = st.none() | st.integers(-200_000, 200_000).map(lambda s: NEXT_END + timedelta(seconds=s))
_RULES = st.sampled_from(["P0-02", "P0-05", "P0-06", "P0-08", "P0-00"])


@st.composite
def a_case(draw: st.DrawFn, number: int) -> CaseToHandOver:
    base = held(f"261118-{number:02}", opened())
    rows = draw(st.lists(st.tuples(_RULES, _MOMENTS, st.sampled_from("pdc")), max_size=6))
    owed = tuple(
        Duty(
            key=f"{rule}@{nth}",
            rule=rule,
            label=Label(rule, rule),
            do="follow_up",
            due=due,
            done_at=NOW if how == "d" else None,
            cancelled_at=NOW if how == "c" else None,
        )
        for nth, (rule, due, how) in enumerate(rows)
    )
    return replace(base, duties=owed)


_CASES = st.integers(0, 5).flatmap(lambda n: st.tuples(*(a_case(number) for number in range(n))))


def owed_by_hand(cases: tuple[CaseToHandOver, ...], until: datetime) -> Counter[tuple[object, ...]]:
    return Counter(
        (each.case.number, duty.rule, duty.due)
        for each in cases
        for duty in each.duties
        if duty.done_at is None and duty.cancelled_at is None and duty.due and duty.due <= until
    )


@given(_CASES)
def test_every_duty_up_to_the_coming_end_stands_on_it_exactly_once(
    cases: tuple[CaseToHandOver, ...],
) -> None:
    sheet = sheet_of(*cases)
    assert Counter((d.number, d.rule, d.due) for d in sheet.duties) == owed_by_hand(cases, NEXT_END)
    assert [d.due for d in sheet.duties] == sorted(d.due for d in sheet.duties)
    assert Counter(c.number for c in sheet.cases) == Counter(each.case.number for each in cases)


_ACTS = st.lists(
    st.tuples(
        st.integers(0, 30_000),
        st.sampled_from(["call", "missed", "follow", "cannot", "off", "over", "relieve"]),
    ),
    max_size=12,
)


def _act(story: WatchStory, what: str) -> None:
    """Do it, where the record takes it."""
    outcome = {"call": CallOutcome.REACHED, "missed": CallOutcome.NO_ANSWER}
    follow = {"follow": FollowUpOutcome.IN_PROGRESS, "cannot": FollowUpOutcome.CANNOT}
    with suppress(Refusal):
        if what in outcome:
            story.call(outcome[what])
        elif what in follow:
            story.follow_up(follow[what])
        elif what == "off":
            story.do(written_off())


@given(_ACTS)
def test_in_any_life_of_a_case_nothing_is_lost_over_the_hand_overs(
    acts: list[tuple[int, str]],
) -> None:
    story = WatchStory("2026-11-18 17:00").sign_in()
    story.open()
    for seconds, what in acts:
        story.after(seconds=seconds).fire()
        _act(story, what)
        if what in ("over", "relieve"):
            sheet = story.sheet()
            expected = owed_by_hand(story.records().held, sheet.until)
            assert Counter((d.number, d.rule, d.due) for d in sheet.duties) == expected
            before = story.owed()
            if what == "over":
                assert story.hand_over() == sheet
            else:
                story.relieve()
            assert story.owed() == before


def test_what_was_reckoned_without_a_holiday_table_stands_on_it_as_unconfirmed() -> None:
    story = held("261118-01", opened("2026-11-18 18:00"))
    doubtful = tuple(replace(duty, confirmed=False) for duty in story.duties)
    sure, unsure = sheet_of(story), sheet_of(replace(story, duties=doubtful))
    for sheet, known in ((sure, True), (unsure, False)):
        told_of = {each.confirmed for each in sheet.duties} | {c.confirmed for c in sheet.cases}
        assert told_of == {known}
        told = plain(sheet, SHANGHAI)
        assert {each["confirmed"] for each in (*told["duties"], *told["cases"])} == {known}
    older = msgspec.json.decode(msgspec.json.encode(sure), type=Sheet)
    assert older == sure, "a sheet signed before says nothing of it and is confirmed"
    assert b"confirmed" not in msgspec.json.encode(sure)
    assert b'"confirmed":false' in msgspec.json.encode(unsure)
