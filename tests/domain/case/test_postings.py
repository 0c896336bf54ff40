"""Notices: for which doors, hung, taken down; the homes that are warned one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dispatcher_tui.domain.case.decide_postings import postings_of
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import posting_commands as posting
from dispatcher_tui.domain.record import posting_events as pe
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome
from tests.domain.support import P1, SECOND, Story, local, proves_boundary

OPENED = "2026-11-18 09:00"
BEGINS, ENDS = local("2026-11-20 14:00"), local("2026-11-20 17:00")
NOTICE = "cut_notice"


def cut(begins: datetime = BEGINS, ends: datetime = ENDS) -> Story:
    """A planned cut that somebody was told of, with its times."""
    story = Story(P1, OPENED).open(case_class="notice", tags=("planned_cut",)).call()
    times = {"cut_begins": begins.isoformat(), "cut_ends": ends.isoformat()}
    return story.step("cut_planned", **times, cut_what="3栋停水")


def at_doors(story: Story, *doors: str, homes: tuple[str, ...] = ()) -> Story:
    story.do(posting.SetPostings(form=NOTICE, doors=doors or ("3-1", "3-2"), homes=homes))
    return story


def hang(*doors: str) -> posting.HangPostings:
    return posting.HangPostings(form=NOTICE, doors=doors)


def down(*doors: str) -> posting.TakeDownPostings:
    return posting.TakeDownPostings(form=NOTICE, doors=doors)


@pytest.mark.rule("P1-10", "recorded")
def test_a_notice_is_up_once_it_hangs_at_every_door_and_down_once_the_last_came_down() -> None:
    story = at_doors(cut())
    story.at("2026-11-19 10:00").do(hang("3-1"))
    assert "cut_notice" not in story.case.steps
    assert story.states()["P1-10"] == "running"
    story.at("2026-11-19 13:59:59").do(hang())
    assert (story.case.steps[-1], story.states()["P1-10"]) == ("cut_notice", "done")
    hung = postings_of(story.case, NOTICE)
    assert [(p.door, p.hung_at) for p in hung] == [
        ("3-1", local("2026-11-19 10:00")),
        ("3-2", local("2026-11-19 13:59:59")),
    ]
    story.at("2026-11-20 17:00").do(down("3-2"))
    assert story.states()["P1-10/down"] == "running"
    story.do(down())
    assert (story.case.steps[-1], story.states()["P1-10/down"]) == ("cut_notice_down", "done")
    assert all(p.down_at == ENDS for p in postings_of(story.case, NOTICE))
    assert fold(story.entries) == story.case


@pytest.mark.rule("P1-10", "when")
def test_the_notice_comes_down_when_the_cut_is_over() -> None:
    story = at_doors(cut())
    story.at("2026-11-19 10:00").do(hang())
    proves_boundary(story, "P1-10/down", "2026-11-20 17:00")


@pytest.mark.rule("P1-10", "when")
def test_each_home_with_a_machine_is_warned_a_day_ahead_and_by_itself() -> None:
    story = at_doors(cut(), homes=("3-1-0101", "3-2-0202"))
    story.at("2026-11-18 10:00").do(hang())
    ring = posting.RingHome(home="3-1-0101", outcome=CallOutcome.REACHED)
    for nobody in (CallOutcome.NO_ANSWER, CallOutcome.RELAYED):
        story.do(posting.RingHome(home="3-1-0101", outcome=nobody))
    first, second = (d for d in story.owed().values() if d.clock == "P1-10/homes")
    assert (first.name, second.name) == ("3-1-0101", "3-2-0202")
    assert first.pending
    assert first.due == second.due == BEGINS - timedelta(hours=24)
    due = BEGINS - timedelta(hours=24)
    assert story.at(due - SECOND).fire() == []
    story.do(ring)
    owed = {d.name: d for d in story.owed().values() if d.clock == "P1-10/homes"}
    assert (owed["3-1-0101"].done_at, owed["3-2-0202"].pending) == (due - SECOND, True)
    assert len(story.at(due).fire()) == 1
    assert story.at(due + SECOND).fire() == []
    assert [h.tries for h in story.case.homes] == [3, 0]


def test_doors_may_be_added_and_one_that_hangs_cannot_be_left_out() -> None:
    story = at_doors(cut())
    story.do(hang("3-1"))
    refused = story.refused(posting.SetPostings(form=NOTICE, doors=("3-2", "4-1")))
    assert (refused.code, refused.detail["door"]) == ("notice_hangs_there", "3-1")
    at_doors(story, "3-1", "4-1")
    assert [(p.door, p.hangs) for p in postings_of(story.case, NOTICE)] == [
        ("3-1", True),
        ("4-1", False),
    ]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (down(), "notice_not_hung"),
        (down("3-1"), "notice_not_hung"),
        (hang("9-9"), "notice_not_for"),
        (posting.SetPostings(form="sign_of_nothing", doors=("3-1",)), "no_such_notice"),
        (posting.SetPostings(form=NOTICE, doors=()), "notice_no_door"),
        (posting.SetPostings(form="public_apology", doors=("3",)), "notice_facts_missing"),
        (posting.RingHome(home="3-9-9999", outcome=CallOutcome.REACHED), "home_not_named"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(command: cmd.Command, code: str) -> None:
    story = at_doors(cut())
    before = len(story.entries)
    assert story.refused(command).code == code
    assert len(story.entries) == before


def test_it_hangs_once_and_cannot_come_down_before_it_hung() -> None:
    story = at_doors(cut())
    story.at("2026-11-19 10:00").do(hang("3-1"))
    assert story.refused(hang("3-1")).code == "notice_hangs_already"
    story.at("2026-11-19 12:00")
    assert story.refused(down(), occurred="2026-11-19 09:59:59").code == "notice_down_before"
    story.do(down("3-1"))
    assert isinstance(story.entries[-1].event, pe.PostingTakenDown)


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (local(OPENED), ENDS, "fields_past"),
        (local(OPENED) - SECOND, ENDS, "fields_past"),
        (BEGINS, BEGINS, "fields_before"),
        (BEGINS, BEGINS - SECOND, "fields_before"),
    ],
)
def test_a_cut_lies_ahead_and_ends_after_it_begins(
    begins: datetime, ends: datetime, code: str
) -> None:
    story = Story(P1, OPENED).open(case_class="notice", tags=("planned_cut",)).call()
    values = {"cut_begins": begins.isoformat(), "cut_ends": ends.isoformat(), "cut_what": "水"}
    assert story.refused(cmd.RecordStep(step="cut_planned", values=values)).code == code
    assert story.step(
        "cut_planned",
        **{**values, "cut_begins": (BEGINS - SECOND).isoformat(), "cut_ends": BEGINS.isoformat()},
    ).case.filled


@pytest.mark.rule("P1-14", "what")
def test_a_sign_hangs_anywhere_and_comes_in_once_it_works_again() -> None:
    story = Story(P1, OPENED).open().call()
    story.do(posting.SetPostings(form="sign", doors=("3栋2号电梯",)))
    story.do(posting.HangPostings(form="sign"))
    assert "P1-14/down" not in story.owed()
    story.at("2026-11-18 15:00").follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P1-14/down", "2026-11-18 19:00")
    story.do(posting.TakeDownPostings(form="sign"))
    assert story.states()["P1-14/down"] == "done_late"


@pytest.mark.rule("P1-09", "when", "recorded")
def test_accounts_are_drawn_then_hung_within_a_working_day_and_come_down_after_fifteen() -> None:
    story = Story(P1, OPENED).open(case_class="notice", tags=("accounts",)).call()
    proves_boundary(story, "P1-09/accounts", "2026-11-19 17:30")
    post = posting.SetPostings(form="accounts_notice", doors=("1", "2"))
    assert story.refused(post).code == "notice_facts_missing"
    story.step("accounts_drawn", income="120000", spent="118000.50").do(post)
    story.do(posting.HangPostings(form="accounts_notice"))
    proves_boundary(story, "P1-09/accounts_down", "2026-12-05 00:00")
