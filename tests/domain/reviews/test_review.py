"""The review of a week: every open case gets exactly one demanded line, and none is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case, ReviewLine
from dispatcher_tui.domain.reviews.review import SuggestedOutcome, Walk, suggest, walk
from dispatcher_tui.domain.words.terms import FollowUpOutcome, ReviewOutcome, Stage
from tests.domain.reviewing import WEEK, line, method, opened, stuck, walked
from tests.domain.support import P0, SECOND, Story, calendar, local, rules, written_off

MONDAY, NEXT = local("2026-11-16 00:00"), local("2026-11-23 00:00")


# ---- which cases are walked


@cache
def _blank() -> Case:
    return Story(P0, "2026-11-18 09:00").open().case


def case_of(number: int, opened_at: datetime, stage: Stage) -> Case:
    """A case that was opened then and stands so."""
    return replace(_blank(), id=f"c{number}", number=str(number), opened_at=opened_at, stage=stage)


def _walk(*cases: Case) -> list[str]:
    found = walk([(case, (), rules(P0).procedure) for case in cases], WEEK, calendar())
    return [each.case.number for each in found.cases]


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_the_week_begins_and_ends_to_the_second(stage: Stage, second: int) -> None:
    by = second * SECOND
    first, beyond = case_of(1, MONDAY + by, stage), case_of(2, NEXT + by, stage)
    older = second < 0
    expected = [] if older and stage.ended else ["1"]
    assert _walk(first) == expected
    assert _walk(beyond) == (["2"] if second < 0 else [])


def test_a_case_that_comes_twice_is_walked_once_in_the_order_of_opening() -> None:
    old, new = (
        case_of(2, MONDAY - timedelta(days=30), Stage.WRITTEN_OFF),
        case_of(1, MONDAY, Stage.OPEN),
    )
    assert _walk(new, old, new) == ["2", "1"]


MOMENTS = st.integers(-40, 10).map(lambda days: MONDAY + timedelta(days=days, hours=3))
CASES = st.lists(st.tuples(MOMENTS, st.sampled_from(list(Stage))), max_size=12).map(
    lambda rows: [case_of(n, at, stage) for n, (at, stage) in enumerate(rows)]
)


class Monday:
    """A review in the hands of somebody who is interrupted: only what is written stays."""

    def __init__(self, cases: list[Case]) -> None:
        self.cases = {case.id: case for case in cases}
        self.written: list[str] = []

    def look(self) -> Walk:
        """The review as it is found again after any interrupt."""
        found = [(case, (), rules(P0).procedure) for case in self.cases.values()]
        return walk(found, WEEK, calendar())

    def put(self, case: Case, standing: ReviewOutcome) -> None:
        """A line, folded as the record folds it."""
        at = NEXT + timedelta(hours=9)
        put = ReviewLine(WEEK.name, standing, "在修", at, "李建国", case.round)
        self.cases[case.id] = replace(case, review=put)
        self.written.append(case.id)

    def next_line(self) -> None:
        first = next(iter(self.look().missing), None)
        if first is not None:
            self.put(first.case, ReviewOutcome.PROGRESS)

    def confirm(self) -> None:
        for each in self.look().unconfirmed:
            self.put(each.case, ReviewOutcome(each.case.stage.value))

    def end(self, number: int, stage: Stage) -> None:
        """A case is closed meanwhile."""
        case = self.cases.get(f"c{number}")
        if case is not None and not case.stage.ended:
            self.cases[case.id] = replace(case, stage=stage)

    def open(self, number: int, at: datetime) -> None:
        """A case is opened meanwhile: late, of last week, or of this one."""
        self.cases.setdefault(f"c{number}", case_of(number, at, Stage.OPEN))


NUMBER = st.integers(0, 15)
ENDS = st.builds(
    lambda number, stage: lambda monday: monday.end(number, stage),
    NUMBER,
    st.sampled_from([Stage.FINAL, Stage.INVALID]),
)
OPENS = st.builds(lambda number, at: lambda monday: monday.open(number, at), NUMBER, MOMENTS)
ACTS: st.SearchStrategy[list[Callable[[Monday], None]]] = st.lists(
    st.one_of(st.sampled_from([Monday.next_line, Monday.confirm]), ENDS, OPENS), max_size=40
)


@given(CASES, ACTS)
def test_whatever_comes_between_every_open_case_gets_its_one_line(
    cases: list[Case], acts: list[Callable[[Monday], None]]
) -> None:
    monday = Monday(cases)
    for act in acts:
        act(monday)
    left = len(monday.look().missing)
    for _ in range(left):
        monday.next_line()
    assert monday.look().missing == ()
    monday.confirm()
    assert monday.look().complete
    assert len(monday.written) == len(set(monday.written))  # nobody is asked twice
    due = {c.id for c in monday.cases.values() if c.opened_at < NEXT and not c.stage.ended}
    due |= {c.id for c in monday.cases.values() if MONDAY <= c.opened_at < NEXT}
    assert due <= set(monday.written)
    later = {c.id for c in monday.cases.values() if c.opened_at >= NEXT}
    assert later.isdisjoint(monday.written)


# ---- lines


def test_a_line_is_one_entry_and_the_same_again_is_none() -> None:
    story = opened().at("2026-11-23 09:00")
    (event,) = story.do(line(ReviewOutcome.PROGRESS, " 等配件 "))
    assert event == rec.Reviewed(
        case="case-1", week=WEEK.name, standing=ReviewOutcome.PROGRESS, text="等配件"
    )
    assert story.do(line(ReviewOutcome.PROGRESS, "等配件")) == ()
    (only,) = walked(story).cases
    assert only.line is not None
    assert (only.line.text, only.line.by) == ("等配件", story.actor)


def test_a_second_line_of_the_week_corrects_and_rewrites_nothing() -> None:
    story = opened().at("2026-11-23 09:00")
    story.do(line(ReviewOutcome.PROGRESS, "等配件"))
    story.after(hours=1).do(line(ReviewOutcome.ARRANGED, "周三换"))
    assert [e.event.text for e in story.entries if isinstance(e.event, rec.Reviewed)] == [
        "等配件",
        "周三换",
    ]
    assert walked(story).cases[0].line == story.case.review
    assert story.case.review is not None
    assert story.case.review.standing is ReviewOutcome.ARRANGED


def test_an_open_case_wants_words_and_is_not_confirmed_as_ended() -> None:
    story = opened()
    assert story.refused(line(ReviewOutcome.PROGRESS, "  ")).code == "line_missing"
    assert story.refused(line(ReviewOutcome.FINAL)).code == "not_ended"
    assert story.refused(line(ReviewOutcome.INVALID)).code == "not_ended"


def test_an_ended_case_is_confirmed_as_it_ended_and_is_not_set_in_motion() -> None:
    story = opened().write_off().after(minutes=1).paper()
    story.do(cmd.CloseFinal())
    before = story.case
    story.at("2026-11-23 09:00")
    assert story.refused(line(ReviewOutcome.PROGRESS, "x")).code == "case_ended"
    assert story.refused(line(ReviewOutcome.INVALID)).code == "case_ended"
    story.do(line(ReviewOutcome.FINAL))
    assert replace(story.case, review=None) == before
    assert walked(story).complete


def test_written_off_and_awaiting_its_paper_is_open() -> None:
    story = opened().write_off()
    assert [each.case.stage for each in walked(story).missing] == [Stage.WRITTEN_OFF]


def test_reopened_it_needs_another_line() -> None:
    story = opened().write_off().after(minutes=1).paper()
    story.do(cmd.CloseFinal())
    story.at("2026-11-23 09:00").do(line(ReviewOutcome.FINAL))
    assert walked(story).complete
    story.after(minutes=1).do(cmd.Reopen(reason="又漏"))
    assert len(walked(story).missing) == 1


def test_a_line_taken_back_is_missing_again() -> None:
    story = opened().at("2026-11-23 09:00")
    story.do(line(ReviewOutcome.PROGRESS, "等配件"))
    story.after(seconds=59).take_back()
    assert len(walked(story).missing) == 1


def test_the_line_of_the_week_before_is_none_for_this_one() -> None:
    story = opened("2026-11-10 09:00")
    story.do(line(ReviewOutcome.PROGRESS, "等配件", week="2026-W46"))
    assert len(walked(story).missing) == 1


# ---- what is suggested


def suggested(story: Story) -> SuggestedOutcome:
    (only,) = walked(story).cases
    return suggest(story.case, story.entries, only.undecided)


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [
        (FollowUpOutcome.ARRANGED, ReviewOutcome.ARRANGED),
        (FollowUpOutcome.IN_PROGRESS, ReviewOutcome.PROGRESS),
        (FollowUpOutcome.COMPLETED, ReviewOutcome.PROGRESS),
        (FollowUpOutcome.CANNOT, ReviewOutcome.CANNOT),
        (FollowUpOutcome.UNREACHABLE, None),
    ],
)
def test_the_last_follow_up_is_suggested(
    outcome: FollowUpOutcome, standing: ReviewOutcome | None
) -> None:
    story = opened().follow_up(FollowUpOutcome.IN_PROGRESS).after(minutes=5).follow_up(outcome)
    found = suggested(story)
    assert found.standing is standing
    assert found.last is not None
    assert isinstance(found.last.event, ev.FollowedUp)
    assert found.last.event.outcome is outcome
    in_hand = outcome in (FollowUpOutcome.ARRANGED, FollowUpOutcome.IN_PROGRESS)
    assert (found.promise is not None) == in_hand


def test_of_a_case_nobody_followed_nothing_is_suggested() -> None:
    assert suggested(opened()) == SuggestedOutcome(None)


def test_what_was_taken_back_and_what_was_before_a_reopening_is_not_suggested() -> None:
    story = opened().follow_up(FollowUpOutcome.ARRANGED).after(seconds=5).take_back()
    assert suggested(story) == SuggestedOutcome(None)
    again = opened().follow_up(FollowUpOutcome.ARRANGED).after(minutes=1)
    again.do(written_off())
    assert suggested(again).standing is ReviewOutcome.PROGRESS
    again.after(minutes=1).do(cmd.Reopen(reason="又漏"))
    assert suggested(again) == SuggestedOutcome(None)


def test_the_heads_word_is_suggested_once_it_is_there() -> None:
    story = stuck()
    assert suggested(story).standing is ReviewOutcome.CANNOT
    story.do(method())
    found = suggested(story)
    assert found.standing is ReviewOutcome.ARRANGED
    assert found.last is not None
    assert isinstance(found.last.event, rec.MethodSet)
    decided = opened().follow_up(FollowUpOutcome.CANNOT).step("head_decided", "请外协")
    assert suggested(decided).standing is ReviewOutcome.PROGRESS
