"""The desk's own work where two procedures ask for it: each of its own cases, each signed for."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.charges import hand_over_charges
from dispatcher_tui.desk.reviews.reviews import deciding, finish, put_line, read_review
from dispatcher_tui.desk.reviews.routines import is_of, open_routines, owed_by_desk
from dispatcher_tui.desk.reviews.weekly_check import HeadMark, read_check, sign_check
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.words.terms import ReviewOutcome
from tests.desk.heads import add_head
from tests.desk.on_watch import open_desk, put
from tests.desk.several import SECOND, add_second, set_in_force
from tests.domain.support import FEE, P0, local

HEAD = Signing("陈志强", "864257")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk since the 9th of November, with two since then; the 23rd is a Monday."""
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    add_head(desk, HEAD.name, "head", HEAD.pin)
    add_second(desk)
    return set_in_force(desk, P0, SECOND)


def opened(desk: Desk, at: str, category: str) -> str:
    return put(desk, at).open_case(Intake(place="3-2-1502", said="x", category=category)).case.id


def done(desk: Desk) -> dict[str, Duty]:
    return {duty.key: duty for duty in owed_by_desk(desk) if duty.done_at}


def test_each_review_walks_its_own_cases_and_ends_by_itself(desk: Desk) -> None:
    leak = opened(desk, "2026-11-18 10:00", "leak")
    noise = opened(desk, "2026-11-18 11:00", "noise")
    put(desk, "2026-11-23 09:00")
    walked = {
        each: [x.case.id for x in read_review(desk, each).walk.cases] for each in (P0, SECOND)
    }
    assert walked == {P0: [leak], SECOND: [noise]}
    with pytest.raises(Refusal, match="not_in_review"):
        put_line(desk, noise, ReviewOutcome.ARRANGED, "约了周三", procedure=P0)
    after = put_line(desk, leak, ReviewOutcome.ARRANGED, "约了周三", procedure=P0)
    assert after.procedure == P0
    finish(desk, procedure=P0)
    assert set(done(desk)) == {f"{P0}/review:2026-W47"}
    # Nobody named one: the one that is owed comes up by itself.
    assert read_review(desk).procedure == SECOND
    with pytest.raises(Refusal, match="review_incomplete"):
        finish(desk)
    put_line(desk, noise, ReviewOutcome.ARRANGED, "已劝过")
    finish(desk, procedure=SECOND)
    assert set(done(desk)) == {f"{P0}/review:2026-W47", f"{SECOND}/review:2026-W47"}


def test_each_week_is_checked_and_signed_by_itself(desk: Desk) -> None:
    opened(desk, "2026-11-18 10:00", "leak")
    opened(desk, "2026-11-19 10:00", "noise")
    assert [read_check(desk, each).week.figures.opened for each in (P0, SECOND)] == [1, 1]
    sign_check(desk, HeadMark(HEAD, remark="好"), procedure=P0)
    assert read_check(desk, P0).signed is not None
    assert read_check(desk, SECOND).signed is None
    assert read_check(desk).procedure == SECOND
    with pytest.raises(Refusal, match="already_agreed"):
        sign_check(desk, HeadMark(HEAD), procedure=P0)
    sign_check(desk, HeadMark(HEAD))
    assert {f"{P0}/check:2026-W47", f"{SECOND}/check:2026-W47"} <= set(done(desk))


def test_a_mark_given_while_there_was_one_counts_when_there_are_two(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    add_head(desk, HEAD.name, "head", HEAD.pin)
    put(desk, "2026-11-18 10:00")
    sign_check(desk, HeadMark(HEAD))
    put(desk, "2026-11-18 11:00")
    add_second(desk)
    set_in_force(desk, P0, SECOND)
    assert read_check(desk, P0).signed is not None
    assert read_check(desk, SECOND).signed is None
    set_in_force(desk, P0)
    assert read_check(desk).signed is not None


def test_a_case_of_none_of_them_is_the_default_s(desk: Desk) -> None:
    noise = opened(desk, "2026-11-18 11:00", "noise")
    case = desk.record(noise).case
    assert [is_of(desk, case, each) for each in (P0, SECOND)] == [False, True]
    set_in_force(desk, P0, FEE)
    assert [is_of(desk, case, each) for each in (P0, FEE)] == [True, False]
    put(desk, "2026-11-23 09:00")
    assert [each.case.id for each in read_review(desk).walk.cases] == [noise]


def test_the_head_decides_by_the_review_that_the_case_has(desk: Desk) -> None:
    assert deciding(desk.in_force.procedures, SECOND) == SECOND
    assert deciding(desk.in_force.procedures, "gone") == P0
    set_in_force(desk, FEE, P0)
    assert deciding(desk.in_force.procedures, FEE) == P0


def test_the_charges_are_handed_over_once_for_all_that_ask(desk: Desk) -> None:
    put(desk, "2026-12-20 09:00")
    assert [each.clock for each in open_routines(desk, "charges")] == [
        f"{P0}/charges",
        f"{SECOND}/charges",
    ]
    hand_over_charges(desk, "出纳孙莉")
    assert open_routines(desk, "charges") == []
    assert {f"{P0}/charges:2026-12", f"{SECOND}/charges:2026-12"} <= set(done(desk))
