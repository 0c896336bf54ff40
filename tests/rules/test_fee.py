"""Fees in arrears, rule by rule: a household is a case, and months end where they end."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import emergency_level, ladders
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FeedbackBy, FollowUpOutcome, Stage
from tests.domain.support import FEE, SECOND, Story, local, proves_boundary

LISTED = "2026-11-13 09:00"  # a Friday
ALL = dict.fromkeys(("P3-17/told", "P3-17", "P3-18", "P3-21/months", "P3-21/bill"), "running")
STOPPABLE = "地下车库月卡"


def listed(start: str = LISTED, **fields: object) -> Story:
    story = Story(FEE, start)
    story.stoppable = (STOPPABLE,)
    return story.open(case_class="fee", verbatim="十一月管理费未缴", **fields)


@pytest.mark.rule("P3-12", "what")
@pytest.mark.rule("P3-12", "recorded")
def test_who_moves_in_is_led_to_the_cashier_with_every_item_explained() -> None:
    story = listed(tags=("move_in",))
    assert (story.case.level, story.case.level_rule) == ("move_in", "P3-12")
    assert set(story.states()) & {"P3-17", "P3-17/told", "P3-18"} == set(), "nothing is in arrears"
    paid = cmd.RecordStep(step="paid_along", note="首期管理费、水电押金、本体维修基金")
    assert story.refused(paid).missing == (MissingItem("notice_to_cashier", "P3-12"),)
    proves_boundary(story, "P3-12", "2026-11-16 17:30")
    story.step("notice_to_cashier")
    form = next(f for f in story.rules.procedure.forms if f.id == "collection_notice")
    items = ("首期管理费", "空调费", "预收管理费", "水电押金", "本体维修基金")
    assert [each.label.zh for each in form.fields if each.label is not None] == [*items]
    assert story.refused(cmd.RecordStep(step="paid_along")).rule == "P3-12"
    story.do(paid)
    assert story.states()["P3-12"] == "done_late"


def reminded() -> Story:
    return listed().call().step("reminded")


def noticed() -> Story:
    """The notice of arrears was delivered on the 23rd, a Monday."""
    return reminded().at("2026-11-23 10:00").step("notice_sent")


def lettered() -> Story:
    """A letter named the 26th as the day to pay by."""
    story = noticed().at("2026-11-24 10:00").step("letter_sent").step("letters_filed")
    arranged = FollowUpOutcome.ARRANGED
    story.do(cmd.FollowUp(outcome=arranged, promise=local("2026-11-26 18:00")))
    return story


def visited() -> Story:
    return lettered().at("2026-11-26 11:00").step("visited_lead").step("visited_deputy")


def stop(role: str = "head") -> cmd.RecordStep:
    values = {"service": STOPPABLE}
    return cmd.RecordStep(step="service_stopped", note="停车库", role=role, values=values)


def stopped() -> Story:
    story = visited().at("2026-12-01 10:00")
    story.follow_up(FollowUpOutcome.CANNOT)
    story.do(stop())
    return story


def paid() -> cmd.WriteOff:
    return cmd.WriteOff(by=FeedbackBy.WORD, source="收费室", items={"paid": "1200 元, 11 月"})


def rung(name: str, purpose: str) -> cmd.TryCall:
    """Somebody reached by phone for a step."""
    return cmd.TryCall(person="", name=name, outcome=CallOutcome.REACHED, purpose=purpose)


@pytest.mark.rule("P3-17", "when")
def test_a_listed_household_is_reminded_on_the_13th() -> None:
    story = listed()
    assert (story.case.level, story.case.level_rule) == ("arrears", "P3-17")
    assert story.states() == ALL
    proves_boundary(story.call(), "P3-17", "2026-11-14 00:00")  # 24:00 of the 13th
    assert story.refused(cmd.RecordStep(step="reminded")).rule == "P3-17"
    before = story.states()
    story.step("reminded", "电话, 月底缴")
    assert story.states() == {**before, "P3-17": "done_late"}


@pytest.mark.rule("P3-17")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-13 00:00", "2026-11-14 00:00"),
        ("2026-11-13 23:59:59", "2026-11-14 00:00"),
        ("2026-11-14 00:00", "2026-12-14 00:00"),
        ("2026-12-14 10:00", "2027-01-14 00:00"),
    ],
)
def test_the_13th_is_that_of_the_list(start: str, due: str) -> None:
    assert listed(start).due("P3-17") == local(due)


@pytest.mark.rule("P3-17", "when")
def test_the_keeper_has_it_within_a_working_day() -> None:
    story = listed().step("reminded")
    proves_boundary(story, "P3-17/told", "2026-11-16 17:30")  # over the weekend


@pytest.mark.rule("P3-18", "when")
def test_the_notice_goes_out_on_the_23rd() -> None:
    story = reminded()
    proves_boundary(story, "P3-18", "2026-11-24 00:00")
    assert story.refused(cmd.RecordStep(step="notice_sent")).rule == "P3-18"
    before = story.states()
    story.step("notice_sent", "王先生签收")
    assert story.states() == {
        **before,
        "P3-17·2": "running",
        "P3-18": "done_late",
        "P3-19": "running",
    }


@pytest.mark.rule("P3-18")
def test_whoever_has_paid_is_neither_reminded_nor_noticed() -> None:
    story = listed().call().follow_up(FollowUpOutcome.COMPLETED)
    assert story.states() == {
        "P3-17/told": "done",
        "P3-17": "cancelled",
        "P3-18": "cancelled",
        "P3-21/months": "done",
        "P3-21/bill": "cancelled",
        "keep": "running",
    }


@pytest.mark.rule("P3-17", "when")
@pytest.mark.rule("P3-18", "when")
def test_still_unpaid_it_goes_round_again_next_month() -> None:
    story = lettered()
    story.follow_up(FollowUpOutcome.CANNOT)
    story.step("visited_lead").step("visited_deputy").step("stop_refused")
    assert "P3-18·2" not in story.owed()
    proves_boundary(story, "P3-17·2", "2026-12-14 00:00")
    story.step("reminded")
    proves_boundary(story, "P3-18·2", "2026-12-24 00:00")
    story.step("notice_sent")
    assert (story.states()["P3-19·2"], story.due("P3-17·3")) == (
        "running",
        local("2027-01-14 00:00"),
    )


@pytest.mark.rule("P3-19", "when", "recorded")
def test_phone_visit_and_then_a_letter_within_three_working_days() -> None:
    story = noticed()
    proves_boundary(story, "P3-19", "2026-11-26 17:30")
    assert story.refused(cmd.RecordStep(step="letter_sent")).rule == "P3-19"
    before = story.states()
    story.step("letter_sent", "限 12 月 1 日前")
    assert story.states() == {
        **before,
        "P3-19": "done_late",
        "P3-19/date": "running",
        "P3-20/lead": "running",
        "P3-20/visits": "running",
        "P3-20/filed": "running",
    }


@pytest.mark.rule("P3-19", "when")
def test_the_date_the_letter_sets_becomes_a_duty() -> None:
    story = noticed().at("2026-11-24 10:00").step("letter_sent")
    proves_boundary(story, "P3-19/date", "2026-11-24 11:00")
    story = lettered()
    assert story.states()["P3-19/date"] == "done"
    proves_boundary(story, "promise", "2026-11-26 18:00", rule="P3-19")


@pytest.mark.rule("P3-20", "when")
def test_both_visits_within_two_and_three_working_days_the_supervisors_first() -> None:
    story = lettered()
    deputy = cmd.RecordStep(step="visited_deputy", person="周", note="不在家")
    assert story.refused(deputy).missing == (MissingItem("visited_lead", "P3-20"),)
    story.follow_up(FollowUpOutcome.CANNOT)
    proves_boundary(story, "P3-20/lead", "2026-11-26 17:30")
    story.step("visited_lead")
    proves_boundary(story, "P3-20/visits", "2026-11-27 17:30")
    story.step("visited_deputy")
    assert story.states()["P3-20/lead"] == story.states()["P3-20/visits"] == "done_late"


@pytest.mark.rule("P3-20", "when")
def test_service_is_stopped_by_the_5th_of_the_next_month() -> None:
    story = visited()
    story.follow_up(FollowUpOutcome.CANNOT)
    proves_boundary(story, "P3-20", "2026-12-06 00:00")
    story.do(stop())
    assert story.states()["P3-20"] == "done_late"


@pytest.mark.rule("P3-20")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_stopped_in_the_last_second_of_the_5th_is_in_time(second: int, expected: str) -> None:
    story = visited().at(local("2026-12-06 00:00") + second * SECOND)
    story.do(stop())
    assert story.states()["P3-20"] == expected


@pytest.mark.rule("P3-20", "who", "signed")
def test_nothing_is_stopped_without_both_visits_and_the_directors_signature() -> None:
    story = lettered()
    assert story.refused(stop()).missing == (
        MissingItem("visited_lead", "P3-20"),
        MissingItem("visited_deputy", "P3-20"),
    )
    story.step("visited_lead").step("visited_deputy")
    for role in ("", "dispatcher", "deputy_head"):
        refusal = story.refused(stop(role))
        assert (refusal.code, refusal.rule, refusal.detail["role"]) == (
            "wrong_role",
            "P3-20",
            "head",
        )
    ring = cmd.TryCall(
        person="", name="陈志强", outcome=CallOutcome.REACHED, purpose="service_stopped"
    )
    assert story.refused(ring).code == "not_by_call"
    assert "P3-20/guard" not in story.owed()
    story.do(stop())
    assert story.states()["P3-20/guard"] == "running"


@pytest.mark.rule("P3-20")
def test_the_director_may_decide_otherwise() -> None:
    story = visited().step("stop_refused", "分期缴, 不停")
    assert story.states()["P3-20"] == "done"
    assert "P3-20/guard" not in story.owed()


@pytest.mark.rule("P3-20", "when")
def test_once_stopped_security_and_the_owner_are_told() -> None:
    story = stopped()
    proves_boundary(story, "P3-20/guard", "2026-12-01 10:30")
    story.step("security_told")
    proves_boundary(story, "P3-20/owner", "2026-12-02 17:30")
    story.step("owner_letter")
    assert story.states()["P3-20/filed·2"] == "running", "the letter to the owner is filed too"


@pytest.mark.rule("P3-20", "when")
def test_the_letters_are_filed_and_nothing_is_final_before() -> None:
    story = noticed().at("2026-11-24 10:00").step("letter_sent")
    story.follow_up(FollowUpOutcome.ARRANGED).follow_up(FollowUpOutcome.COMPLETED)
    story.do(paid())
    for day in ("11-25", "11-26", "11-27", "11-30", "12-01"):
        story.at(f"2026-{day} 10:00").step("paper_chased")
    proves_boundary(story, "P3-20/filed", "2026-12-01 17:30")
    story.paper()
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("letters_filed", "P3-20"),)
    story.step("letters_filed", "函件册 7 页").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P3-20", "when")
def test_the_receipt_is_chased_every_working_day() -> None:
    story = reminded().follow_up(FollowUpOutcome.COMPLETED)
    assert story.refused(cmd.WriteOff(by=FeedbackBy.WORD, source="收费室")).missing == (
        MissingItem("paid", "P3-16"),
    )
    story.do(paid())
    proves_boundary(story, "P3-20/paper", "2026-11-16 17:30")
    story.step("paper_chased")
    assert story.due("P3-20/paper·2") == local("2026-11-17 17:30")
    story.paper().do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P3-21")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        (LISTED, "2027-02-14 00:00"),
        ("2026-11-30 10:00", "2027-03-01 00:00"),  # clamped to the end of February
        ("2027-11-30 10:00", "2028-03-01 00:00"),  # of a leap year: 24:00 of the 29th
    ],
)
def test_after_three_months_it_is_a_long_one(start: str, due: str) -> None:
    story = listed(start).call().step("reminded").step("notice_sent").step("letter_sent")
    story.step("letters_filed").step("visited_lead").step("visited_deputy").step("stop_refused")
    story.follow_up(FollowUpOutcome.CANNOT)
    at = local(due)
    story.at(at - SECOND).fire()
    assert (story.due("P3-21/months"), story.case.level) == (at, "arrears")
    assert story.at(at).fire() == ["P3-21/months", "level long"]
    assert (story.case.level, story.case.level_rule) == ("long", "P3-21")
    assert story.after(seconds=1).fire() == []
    assert "P3-21" not in story.owed(), "somebody is there"


@pytest.mark.rule("P3-21", "who", "when")
def test_nobody_there_and_three_months_a_lawyer_within_five_working_days() -> None:
    story = listed(tags=("single_notice", "arrears_long")).call().step("reminded")
    assert (story.case.level, story.case.level_rule) == ("long", "P3-21")
    assert "P3-21/months" not in story.owed()
    bare = cmd.RecordStep(step="lawyer_engaged", person="吴晓梅")
    engage = story.recording("lawyer_engaged", lawyer="钱律师", months="9-11月", amount="4520")
    assert story.refused(engage).missing == (MissingItem("nobody_there", "P3-21"),)
    story.step("bill_unpaid").step("nobody_there", "门锁, 无人办公")
    assert [each.item.partition(".")[2] for each in story.refused(bare).missing] == [
        *("lawyer", "months", "amount"),
    ]
    engaging = story.rules.procedure.step("lawyer_engaged")
    assert engaging is not None
    assert engaging.to == "supervisor"
    proves_boundary(story, "P3-21", "2026-11-20 17:30")
    story.do(engage)
    assert story.states()["P3-21"] == "done_late"
    assert {each.value for each in story.case.filled[-3:]} == {"钱律师", "9-11月", "4520.00"}


@pytest.mark.rule("P3-21", "when", "recorded")
@pytest.mark.parametrize(
    ("since", "due"),
    [("2026-09-05", "2026-12-06 00:00"), ("2026-08-31", "2026-12-01 00:00")],
)
def test_the_three_months_count_from_the_unpaid_bill(since: str, due: str) -> None:
    story = listed().call().step("reminded").step("notice_sent").step("letter_sent")
    story.step("letters_filed").step("visited_lead").step("visited_deputy").step("stop_refused")
    assert story.due("P3-21/bill") == local("2026-11-17 17:30")
    story.step("bill_unpaid", unpaid_since=since, owed_months="8-10月", owed="1280")
    assert story.states()["P3-21/bill"] == "done"
    story.follow_up(FollowUpOutcome.CANNOT)
    at = local(due)
    assert story.due("P3-21/since") == at
    story.at(at - SECOND).fire()
    assert story.case.level == "arrears"
    assert story.at(at).fire() == ["P3-21/since", "level long"]
    assert (story.case.level, story.case.level_rule) == ("long", "P3-21")
    assert story.after(seconds=1).fire() == []


@pytest.mark.rule("P3-21")
def test_nobody_there_before_the_three_months_waits_for_them() -> None:
    story = listed().call().step("nobody_there", "门锁")
    assert "P3-21" not in story.owed()
    story.at("2027-02-14 00:00").fire()
    assert story.case.level == "long"
    assert story.due("P3-21") == local("2027-02-19 17:30")
    assert not story.owed()["P3-21"].confirmed, "there is no table of holidays for 2027"


@pytest.mark.rule("P3-22", "what")
def test_a_service_is_back_only_against_a_signed_pledge() -> None:
    asked = cmd.RecordStep(step="reconnect_asked", note="周末要用")
    assert visited().refused(asked).missing == (MissingItem("service_stopped", "P3-22"),)
    story = stopped().step("security_told").step("owner_letter").step("letters_filed")
    story.do(asked)
    proves_boundary(story, "P3-22", "2026-12-02 17:30")
    back = story.recording("reconnected", "至 12 月 10 日")
    assert story.refused(back).missing == (MissingItem("pledge_signed", "P3-22"),)
    assert story.refused(cmd.RecordStep(step="pledge_signed")).rule == "P3-22"
    story.step("pledge_signed", "CN-003")
    story.do(back)
    assert story.states()["P3-22"] == "done_late"
    proves_boundary(story, "P3-22/date", "2026-12-02 18:30:01")


@pytest.mark.rule("P3-22", "what")
def test_without_a_pledge_it_stays_off() -> None:
    story = stopped().step("reconnect_asked").step("reconnect_refused")
    assert story.states()["P3-22"] == "done"
    assert "P3-22/date" not in story.owed()


@pytest.mark.rule("P3-22")
def test_a_quarrel_that_got_out_of_hand_is_no_arrears() -> None:
    story = listed(facts=(Fact.INJURY,))
    assert (story.case.level, story.states()) == ("urgent", {"P3-22/urgent": "running"})
    assert emergency_level(story.rules.procedure).id == "emergency"
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["urgent"]
    proves_boundary(story, "P3-22/urgent", "2026-11-13 09:10")
