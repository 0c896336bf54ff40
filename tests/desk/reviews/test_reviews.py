"""The review and the weekly check on the desk: what is written in one transaction, and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.form_drafts import save_form
from dispatcher_tui.desk.reviews.reviews import (
    Decision,
    confirm_ended,
    decide_on,
    finish,
    put_line,
    read_review,
)
from dispatcher_tui.desk.reviews.routines import fire_desk
from dispatcher_tui.desk.reviews.weekly_check import (
    HeadMark,
    owed_mark,
    read_check,
    sign_check,
    sign_owed_mark,
)
from dispatcher_tui.desk.together import Signing, sign_owed
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, DeskSigned, RoutineDone
from dispatcher_tui.domain.reviews.weekly import WhyLook
from dispatcher_tui.domain.words.terms import (
    FeedbackBy,
    FollowUpOutcome,
    ReviewOutcome,
    Satisfaction,
)
from tests.desk.heads import add_head
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local

HEAD = Signing("陈志强", "864257")
OFF = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk since the 9th of November; the 23rd is a Monday."""
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    add_head(desk, HEAD.name, "head", HEAD.pin)
    return desk


def opened(desk: Desk, at: str, said: str = "厨房漏水") -> str:
    return put(desk, at).open_case(Intake(place="3-2-1502", said=said)).case.id


def final(desk: Desk, at: str) -> str:
    """A case that is final within its own hour."""
    case_id = opened(desk, at)
    commands = (
        OFF,
        cmd.ReceivePaper(number="FW-1"),
        cmd.SignPaper(signer="李建国", role="dispatcher"),
        cmd.FilePaper(binder="11", page="1"),
        cmd.CloseFinal(),
    )
    for command in commands:
        desk.perform(case_id, command)
    return case_id


def kinds(desk: Desk, after: int) -> list[str]:
    """The kinds of the entries written since."""
    entries = (desk.store.entry(seq) for seq in range(after + 1, desk.store.last_seq() + 1))
    return [kind_of(type(entry.event)) for entry in entries if entry is not None]


def refused(desk: Desk, *args: object) -> str:
    """The code of the refusal to put a line."""
    with pytest.raises(Refusal) as caught:
        put_line(desk, *args)  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.rule("P0-09")
def test_the_last_line_and_the_duty_done_are_one_transaction(desk: Desk) -> None:
    old, new = opened(desk, "2026-11-10 09:00"), opened(desk, "2026-11-18 09:00")
    final(desk, "2026-11-19 09:00")
    put(desk, "2026-11-23 09:00")
    review = read_review(desk)
    assert [each.case.id for each in review.walk.missing] == [old, new]
    assert (len(review.walk.unconfirmed), review.duty and review.duty.done_at) == (1, None)
    assert put_line(desk, old, ReviewOutcome.PROGRESS, "等配件").duty == review.duty
    assert confirm_ended(desk).duty == review.duty
    before = desk.store.last_seq()
    done = put_line(desk, new, ReviewOutcome.ARRANGED, "周三换")
    assert kinds(desk, before) == ["reviewed", "routine_done"]
    assert done.duty is not None
    assert state(done.duty, desk.clock.now()).value == "done"
    assert done.walk.complete


@pytest.mark.rule("P0-09")
@pytest.mark.parametrize(
    ("at", "how"), [("2026-11-24 00:00", "done"), ("2026-11-24 00:00:01", "done_late")]
)
def test_one_second_after_monday_it_is_late(desk: Desk, at: str, how: str) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, at)
    done = put_line(desk, case_id, ReviewOutcome.PROGRESS, "等配件")
    assert done.duty is not None
    assert state(done.duty, desk.clock.now()).value == how


def test_it_goes_on_where_it_was_left_whoever_asks(desk: Desk, tmp_path: Path) -> None:
    cases = [opened(desk, f"2026-11-1{day} 09:00") for day in (6, 7, 8)]
    put(desk, "2026-11-23 09:00")
    put_line(desk, cases[0], ReviewOutcome.PROGRESS, "等配件")
    save_form(desk, read_review(desk).form, cases[1], {"standing": "arranged", "line": "周三"})
    desk.store.close()
    again = open_desk(tmp_path, local("2026-11-23 11:00"))
    review = read_review(again)
    assert [each.case.id for each in review.walk.missing] == cases[1:]
    assert review.drafts == {cases[1]: {"standing": "arranged", "line": "周三"}}
    put_line(again, cases[1], ReviewOutcome.ARRANGED, "周三换")
    assert read_review(again).drafts == {}


def test_what_is_opened_and_closed_meanwhile_is_walked_as_it_stands(desk: Desk) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, "2026-11-23 09:00")
    assert len(read_review(desk).walk.missing) == 1
    late = desk.open_case(Intake(said="补登"), occurred=local("2026-11-22 23:59:59")).case.id
    this_week = desk.open_case(Intake(said="今天")).case.id
    assert [each.case.id for each in read_review(desk).walk.missing] == [case_id, late]
    assert refused(desk, this_week, ReviewOutcome.PROGRESS, "x") == "not_in_review"
    desk.perform(case_id, OFF)
    for command in (
        cmd.ReceivePaper(number="FW-1"),
        cmd.SignPaper(signer="李建国", role="dispatcher"),
        cmd.FilePaper(binder="11", page="1"),
        cmd.CloseFinal(),
    ):
        desk.perform(case_id, command)
    assert refused(desk, case_id, ReviewOutcome.PROGRESS, "x") == "case_ended"
    with pytest.raises(Refusal) as caught:
        finish(desk)
    assert (caught.value.code, caught.value.detail) == ("review_incomplete", {"left": "1"})
    put_line(desk, late, ReviewOutcome.PROGRESS, "刚到")
    done = finish(desk)
    assert done.duty is not None
    assert done.duty.done_at == desk.clock.now()


def test_a_second_review_corrects_and_the_first_time_counts(desk: Desk) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, "2026-11-23 09:00")
    put_line(desk, case_id, ReviewOutcome.PROGRESS, "等配件")
    put(desk, "2026-11-25 09:00")
    before = desk.store.last_seq()
    again = put_line(desk, case_id, ReviewOutcome.ARRANGED, "周三换")
    assert kinds(desk, before) == ["reviewed"]
    assert again.duty is not None
    assert again.duty.done_at == local("2026-11-23 09:00")


def test_what_was_meant_for_a_week_that_is_over_is_not_written_for_the_next(desk: Desk) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, "2026-11-29 23:59:59")
    shown, looked = read_review(desk).walk.period.name, read_check(desk).week.period.name
    put(desk, "2026-11-30 00:00")
    before = desk.store.last_seq()
    for job in (
        lambda: put_line(desk, case_id, ReviewOutcome.PROGRESS, "等配件", week=shown),
        lambda: confirm_ended(desk, week=shown),
        lambda: finish(desk, week=shown),
        lambda: sign_check(desk, HeadMark(name=HEAD.name), week=looked),
    ):
        with pytest.raises(Refusal, match="period_over"):
            job()
    assert desk.store.last_seq() == before


@pytest.mark.rule("P0-09")
def test_nothing_to_walk_is_finished_by_hand_and_a_missed_week_is_named(desk: Desk) -> None:
    put(desk, "2026-11-23 09:00")
    fire_desk(desk)
    review = read_review(desk)
    assert (review.walk.cases, review.missed) == ((), "2026-W46")
    fired = [line.entry.event for line in desk.store.log(None, None)]
    assert [e.duty for e in fired if isinstance(e, DeskDutyFellDue) and e.rule == "P0-09"] == [
        "review:2026-W46"
    ]
    before = desk.store.last_seq()
    finish(desk)
    assert kinds(desk, before) == ["routine_done"]
    put(desk, "2026-11-30 09:00")
    assert read_review(desk).missed == ""


@pytest.mark.rule("P0-09")
def test_agreed_by_phone_the_signature_stands_on_the_case_until_it_is_given(desk: Desk) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, "2026-11-23 09:00")
    review = put_line(desk, case_id, ReviewOutcome.CANNOT, "配件停产")
    assert review.walk.cases[0].undecided
    with pytest.raises(Refusal) as caught:
        decide_on(desk, case_id, Decision(text="请厂家", name="路人"))
    assert caught.value.code == "not_in_role"
    done = decide_on(desk, case_id, Decision(text="请厂家", name=HEAD.name, remark="电话里说"))
    (walked,) = read_review(desk).walk.cases
    assert (walked.undecided, len(walked.unsigned)) == (False, 1)
    assert [d.do for d in done.duties if d.pending and d.clock == "signature"] == ["decide"]
    sign_owed(desk, case_id, walked.unsigned[0].key, Signing(HEAD.name, HEAD.pin, "head"))
    assert read_review(desk).walk.cases[0].unsigned == ()


@pytest.mark.rule("P0-09")
def test_a_wrong_pin_or_another_role_decides_nothing(desk: Desk) -> None:
    case_id = opened(desk, "2026-11-18 09:00")
    put(desk, "2026-11-23 09:00")
    put_line(desk, case_id, ReviewOutcome.CANNOT, "配件停产")
    for signing, code in (
        (Signing(HEAD.name, "0000"), "pin_wrong"),
        (Signing("王芳", "135792"), ""),
    ):
        with pytest.raises(Refusal) as caught:
            decide_on(desk, case_id, Decision(text="请厂家", signing=signing))
        assert caught.value.code == (code or "wrong_role")
    entry = decide_on(desk, case_id, Decision(confirmed=True, signing=HEAD)).entries[-1]
    assert entry.cosigner == HEAD.name


@pytest.mark.rule("P0-11", "who")
def test_the_mark_and_the_duty_done_are_one_transaction(desk: Desk) -> None:
    put(desk, "2026-11-25 16:00")
    before = desk.store.last_seq()
    sign_check(desk, HeadMark(signing=HEAD, remark="都看过了"))
    signed, done = (desk.store.entry(before + n) for n in (1, 2))
    assert signed is not None
    assert done is not None
    assert isinstance(signed.event, DeskSigned)
    assert isinstance(done.event, RoutineDone)
    assert (signed.event.subject, signed.event.remark) == ("check:2026-W48", "都看过了")
    assert (done.event.routine, done.event.period) == ("check", "2026-W48")
    check = read_check(desk)
    assert check.duty is not None
    assert check.duty.done_at == desk.clock.now()
    with pytest.raises(Refusal, match="already_agreed"):
        sign_check(desk, HeadMark(signing=HEAD))


@pytest.mark.rule("P0-11")
def test_checked_by_phone_the_mark_is_owed_also_in_the_next_week(desk: Desk) -> None:
    put(desk, "2026-11-29 23:00")
    with pytest.raises(Refusal, match="name_missing"):
        sign_check(desk, HeadMark())
    sign_check(desk, HeadMark(name=HEAD.name))
    assert read_check(desk).signed is not None
    put(desk, "2026-12-01 09:00")
    owed = owed_mark(desk)
    assert owed is not None
    assert (owed.subject, owed.due) == ("check:2026-W48", local("2026-11-30 17:30"))
    with pytest.raises(Refusal, match="wrong_role"):
        sign_owed_mark(desk, owed.key, Signing("王芳", "135792"))
    sign_owed_mark(desk, owed.key, HEAD)
    assert owed_mark(desk) is None
    with pytest.raises(Refusal, match="nothing_owed"):
        sign_owed_mark(desk, owed.key, HEAD)


@pytest.mark.rule("P0-11")
def test_the_week_in_figures_and_what_deserves_a_look(desk: Desk) -> None:
    stuck = opened(desk, "2026-11-18 09:00")
    desk.perform(stuck, cmd.FollowUp(outcome=FollowUpOutcome.CANNOT))
    owed = opened(desk, "2026-11-16 00:00")
    desk.perform(owed, OFF)
    quiet = final(desk, "2026-11-22 23:59:59")
    opened(desk, "2026-11-23 00:00")  # the next week's
    bad = opened(desk, "2026-11-24 09:00")
    desk.perform(bad, cmd.Correct(field="place", value="3-2-1501", reason="听错"))
    desk.perform(
        bad,
        cmd.WriteOff(by=FeedbackBy.PHONE, source="x", satisfaction=Satisfaction.DISSATISFIED),
        occurred=local("2026-11-24 08:59:59"),
    )
    put(desk, "2026-11-25 10:00")
    desk.perform(bad, cmd.AddNote(text="补"), occurred=local("2026-11-25 09:58:59"))
    desk.perform(bad, cmd.AddNote(text="及时"), occurred=local("2026-11-25 09:59:00"))
    for _ in range(3):
        desk.fire()
    check = read_check(desk)
    week, before = check.week.figures, check.before
    assert (week.opened, before.opened) == (2, 3)
    assert (week.written_off, before.written_off, before.final) == (1, 2, 1)
    assert (week.corrections, week.late, week.dissatisfied) == (1, 1, 1)
    assert (week.open, week.papers) == (4, 2)
    looks = {(look.why, look.case_id) for look in check.week.looks}
    assert {(WhyLook.STUCK, stuck), (WhyLook.DISSATISFIED, bad), (WhyLook.CORRECTED, bad)} <= looks
    assert {(WhyLook.PAPER, owed), (WhyLook.LATE, bad)} <= looks
    assert all(look.case_id != quiet for look in check.week.looks)
    assert check.week.looks[0].why is WhyLook.STUCK
