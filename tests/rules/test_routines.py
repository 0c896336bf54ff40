"""What the written procedures ask of the desk itself, each to the last second of its day."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.reviews.routine import desk_duties
from dispatcher_tui.domain.watch.post import VACANT, Post
from dispatcher_tui.domain.words.terms import DutyState
from tests.domain.support import SECOND, calendar, local, rules

P1, P2, P4, FEES = "owner-relations", "shop-chain", "resident-station", "fee-collection"

ROUNDS = [
    pytest.param(P1, "accounts:2026-Q4", "2027-01-11", marks=pytest.mark.rule("P1-09", "when")),
    pytest.param(
        P1, "meeting_announced:2027-Q1", "2027-04-01", marks=pytest.mark.rule("P1-09", "when")
    ),
    pytest.param(P1, "review:2027-01", "2027-01-26", marks=pytest.mark.rule("P1-01", "when")),
    pytest.param(P1, "committee:2027-Q1", "2027-04-01", marks=pytest.mark.rule("P1-15", "when")),
    pytest.param(P1, "survey:2027", "2028-01-01", marks=pytest.mark.rule("P1-16", "when")),
    pytest.param(P1, "events:2027", "2027-02-01", marks=pytest.mark.rule("P1-18", "when")),
    pytest.param(P2, "quarter:2026-Q4", "2027-01-11", marks=pytest.mark.rule("P2-09", "when")),
    pytest.param(P2, "month:2027-01", "2027-02-06", marks=pytest.mark.rule("P2-10", "when")),
    pytest.param(P4, "month:2027-01", "2027-02-06", marks=pytest.mark.rule("P4-17", "when")),
    pytest.param(FEES, "charges:2027-02", "2027-02-26", marks=pytest.mark.rule("P3-13", "when")),
    pytest.param(FEES, "made_out:2027-02", "2027-03-01", marks=pytest.mark.rule("P3-14", "when")),
    pytest.param(FEES, "made_out:2027-03", "2027-03-31", marks=pytest.mark.rule("P3-14", "when")),
    pytest.param(FEES, "delivered:2027-02", "2027-02-02", marks=pytest.mark.rule("P3-15", "when")),
    pytest.param(FEES, "payday:2027-02", "2027-02-06", marks=pytest.mark.rule("P3-15", "when")),
    pytest.param(FEES, "collected:2027-02", "2027-02-11", marks=pytest.mark.rule("P3-16", "when")),
    pytest.param(FEES, "listed:2027-02", "2027-02-14", marks=pytest.mark.rule("P3-17", "when")),
    pytest.param(FEES, "dunned:2027-02", "2027-02-24", marks=pytest.mark.rule("P3-18", "when")),
]


@pytest.mark.parametrize(("procedure", "key", "midnight"), ROUNDS)
def test_due_to_the_last_second_of_its_day_and_nothing_else_with_it(
    procedure: str, key: str, midnight: str
) -> None:
    judged, due = rules(procedure).procedure, local(f"{midnight} 00:00")
    since = {routine.id: local("2026-12-31 12:00") for routine in judged.routines}
    found = desk_duties(judged, calendar(), VACANT, since, due)
    (duty,) = (each for each in found if each.key == key)
    routine = next(each for each in judged.routines if each.id == key.partition(":")[0])
    assert (duty.due, duty.rule, duty.do) == (due, routine.rule, routine.do)
    assert state(duty, due - SECOND) is DutyState.RUNNING
    assert state(duty, due) is DutyState.RUNNING
    assert state(duty, due + SECOND) is DutyState.OVERDUE
    before = {each.key for each in falling_due(found, frozenset(), due - SECOND)}
    assert key not in before
    fallen = falling_due(found, frozenset(before), due)
    assert {each.key for each in fallen if each.due == due} == {each.key for each in fallen}
    assert key in {each.key for each in fallen}


@pytest.mark.rule("P1-09", "when")
@pytest.mark.parametrize(
    ("routine", "last", "next_", "due"),
    [
        ("accounts", "accounts:2026-Q4", "accounts:2027-Q1", "2027-04-05 00:00"),
        ("meeting_announced", "meeting_announced:2027-Q1", "meeting_announced:2027-Q2", ""),
    ],
)
def test_never_more_than_three_months_after_the_last(
    routine: str, last: str, next_: str, due: str
) -> None:
    judged, done_at = rules(P1).procedure, local("2027-01-04 15:00")
    since = {each.id: local("2026-12-31 12:00") for each in judged.routines}
    at = local(due or "2027-04-05 00:00")
    done = Post(done={last: done_at})
    found = desk_duties(judged, calendar(), done, since, at)
    (duty,) = (each for each in found if each.key == next_)
    assert duty.due == at, "24:00 of the same day three months on, not the period's own day"
    assert state(duty, at) is DutyState.RUNNING
    assert state(duty, at + SECOND) is DutyState.OVERDUE
    others = desk_duties(judged, calendar(), VACANT, since, at)
    (alone,) = (each for each in others if each.key == next_)
    assert alone.due is not None
    assert alone.due > at, f"{routine} was never done: its own day counts"
