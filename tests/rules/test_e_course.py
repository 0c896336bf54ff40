"""The course of an emergency: reached, called out, held, stood down, followed, ordered (E-02…E-08).

Every clock is tried a second before, at and a second after its time, and nothing else fires.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Responder, Stage
from tests.domain.support import P0, P4, ZHANG, Story, local, proves_boundary, rules

OPENED = "2026-11-18 09:00"
HEAD = ("head", "赵主任")
YANG = ("yang", "杨军")


def emergency(procedure: str = P0) -> Story:
    """What F9 and one digit do."""
    story = Story(procedure, OPENED).open(
        level=emergency_level(rules(procedure).procedure).id, verbatim="", caller="", phone=""
    )
    story.do(cmd.NameEmergency(kind="lift_entrapment", place="5-1"))
    return story


def worked() -> Story:
    """Everybody was told within two minutes; the responsible one is on the scene."""
    story = emergency().after(minutes=1)
    story.call(who=HEAD, purpose="reported", read_back=True)
    story.call(who=YANG).after(minutes=1).call(who=ZHANG, purpose="called_out")
    story.do(cmd.ReportResponder(person=YANG[0], name=YANG[1], stage=Responder.ON_SCENE))
    return story


def held(story: Story) -> bool:
    """Whether the post may not be left."""
    return holds_post(story.case, story.rules.procedure)


def stand_down(story: Story, *, false_alarm: bool = False) -> Story:
    """The head says it is over."""
    story.do(cmd.StandDown(note="赵主任：人已救出", false_alarm=false_alarm))
    return story


@pytest.mark.rule("E-02", "when")
def test_the_head_is_to_be_reached_within_three_minutes() -> None:
    story = emergency().after(seconds=30).call(who=YANG)
    assert story.states()["E-02"] == "running"
    proves_boundary(story, "E-02", "2026-11-18 09:03")


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("outcome", list(CallOutcome))
def test_only_who_is_spoken_to_ends_it(outcome: CallOutcome) -> None:
    story = emergency().after(seconds=25)
    story.call(outcome, who=HEAD, purpose="reported")
    assert (story.states()["E-02"] == "done") == outcome.reached
    assert story.states()["P0-02"] == "running"


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("late", "how"), [(0, "done"), (1, "done_late")])
def test_the_general_manager_reached_in_the_last_second_counts(late: int, how: str) -> None:
    story = emergency()
    story.call(CallOutcome.NO_ANSWER, who=HEAD, purpose="reported")
    story.at(local("2026-11-18 09:03") + timedelta(seconds=late))
    story.call(who=("gm", "郭总"), purpose="reported", read_back=True)
    assert story.states()["E-02"] == how


@pytest.mark.rule("E-02")
def test_a_lesser_case_has_no_such_clock() -> None:
    story = Story(P0, OPENED).open()
    assert not [name for name in story.owed() if name.startswith("E-")]


@pytest.mark.rule("E-03", "when")
def test_the_whole_tree_is_called_out_within_ten_minutes() -> None:
    story = emergency().after(minutes=1).call(who=HEAD, purpose="reported", read_back=True)
    story.call(who=YANG)
    assert story.states()["E-03"] == "running"
    proves_boundary(story, "E-03", "2026-11-18 09:10")


@pytest.mark.rule("E-03", "who", "when")
def test_who_is_told_reports_back_within_fifteen_minutes() -> None:
    story = worked()
    assert story.states()["E-03"] == "done"
    proves_boundary(story, "E-03/report", "2026-11-18 09:16")


@pytest.mark.rule("E-03")
def test_the_report_from_the_scene_ends_it_and_arriving_does_not() -> None:
    story = worked().after(minutes=3)
    assert story.states()["E-03/report"] == "running"
    story.do(cmd.ReportResponder(person="yang", name="杨军", stage=Responder.REPORTED_BACK))
    assert story.states()["E-03/report"] == "done"


@pytest.mark.rule("E-03")
def test_each_step_of_each_person_is_stamped_once_and_in_order() -> None:
    story = emergency().call(who=YANG).after(minutes=2)
    way = cmd.ReportResponder(person="yang", name="杨军", stage=Responder.ON_THE_WAY)
    story.do(way)
    assert story.refused(way).code == "already_stamped"
    story.after(minutes=3)
    story.do(cmd.ReportResponder(person="yang", name="杨军", stage=Responder.ON_SCENE))
    assert story.refused(way).code == "already_stamped"
    (came,) = story.case.called
    assert came.on_the_way_at == local("2026-11-18 09:02")
    assert came.on_scene_at == local("2026-11-18 09:05")
    assert came.reported_back_at is None
    story.after(minutes=1)
    back = cmd.ReportResponder(person="yang", name="杨军", stage=Responder.REPORTED_BACK)
    story.do(back)
    story.after(minutes=9).do(back)  # they report again, and it is written down again
    (came,) = story.case.called
    assert came.reported_back_at == local("2026-11-18 09:06")


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("stage", list(Responder))
@pytest.mark.parametrize(
    "outcome", [None, CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.RELAYED]
)
def test_of_whom_nobody_spoke_to_it_is_not_known_how_far_they_are(
    stage: Responder, outcome: CallOutcome | None
) -> None:
    story = emergency()
    if outcome is not None:
        story.call(who=YANG, outcome=outcome)
    before = story.case
    refusal = story.refused(cmd.ReportResponder(person=YANG[0], name=YANG[1], stage=stage))
    assert (refusal.code, refusal.rule) == ("never_reached", "E-03")
    assert story.case == before
    assert story.states()["E-03"] == "running"


@pytest.mark.rule("E-03")
def test_who_rang_in_by_themselves_is_a_contact_of_its_own_and_then_reports() -> None:
    story = emergency().after(minutes=1)
    came = cmd.TryCall(
        person=YANG[0], name=YANG[1], outcome=CallOutcome.REACHED, purpose="notified", incoming=True
    )
    story.do(came)
    assert story.entries[-1].event == ev.CallTried(
        case=story.case.id,
        person=YANG[0],
        name=YANG[1],
        outcome=CallOutcome.REACHED,
        purpose="notified",
        incoming=True,
    )
    assert story.case.calls[-1].incoming
    assert story.case.notified_at == local("2026-11-18 09:01"), "they know of it now (P0-02)"
    story.do(cmd.ReportResponder(person=YANG[0], name=YANG[1], stage=Responder.ON_THE_WAY))
    assert story.states()["E-03"] == "done"


@pytest.mark.rule("E-03")
def test_a_relayed_word_that_was_read_back_is_enough() -> None:
    story = emergency().call(who=YANG, outcome=CallOutcome.RELAYED, read_back=True)
    story.do(cmd.ReportResponder(person=YANG[0], name=YANG[1], stage=Responder.ON_THE_WAY))
    assert story.case.called[0].on_the_way_at is not None


@pytest.mark.rule("E-03")
def test_a_number_outside_is_known_by_its_digits() -> None:
    story = emergency()
    lift = cmd.ReportResponder(
        person="", name="lift_rescue", stage=Responder.ON_SCENE, phones=("96333",)
    )
    assert story.refused(lift).code == "never_reached"
    story.do(
        cmd.TryCall(
            person="", name="电梯救援", phone="96333", outcome=CallOutcome.REACHED, purpose=""
        )
    )
    story.do(lift)
    assert story.case.called[0].on_scene_at == story.now


@pytest.mark.rule("E-04", "when", "recorded")
def test_the_case_is_open_and_stamped_from_the_first_key() -> None:
    story = emergency()
    assert story.case.stage is Stage.OPEN
    assert story.case.opened_at == local(OPENED)
    assert [type(e.event) for e in story.entries] == [ev.CaseOpened, em.EmergencyNamed]
    assert all(e.occurred_at == e.recorded_at == local(OPENED) for e in story.entries)


@pytest.mark.rule("E-05", "when")
def test_the_post_is_held_from_the_opening_until_it_is_stood_down() -> None:
    story = emergency()
    assert held(story)
    worked_on = worked()
    assert held(worked_on)
    assert not held(stand_down(worked_on.after(minutes=20)))


@pytest.mark.rule("E-05", "who", "when")
def test_still_held_at_the_shifts_end_it_falls_due_for_the_successor() -> None:
    story = worked().after(minutes=3)
    story.do(cmd.ReportResponder(person="yang", name="杨军", stage=Responder.REPORTED_BACK))
    story.at("2026-11-18 11:02").fire()
    story.at("2026-11-18 11:12").fire()
    story.follow_up(story_in_hand(), timedelta(days=2)).after(minutes=1)
    story.follow_up(story_in_hand(), timedelta(days=2))
    proves_boundary(story, "E-05", "2026-11-18 19:00")


def story_in_hand() -> FollowUpOutcome:
    """Somebody is at work on it."""

    return FollowUpOutcome.IN_PROGRESS


@pytest.mark.rule("E-05")
def test_nobody_stands_down_without_saying_who_said_so() -> None:
    story = worked()
    refusal = story.refused(cmd.StandDown(note="  "))
    assert (refusal.code, refusal.rule) == ("stand_down_note_missing", "E-05")
    assert held(story)


@pytest.mark.rule("E-05")
def test_stood_down_twice_is_refused_and_flaring_up_it_is_held_again() -> None:
    story = stand_down(worked())
    assert story.refused(cmd.StandDown(note="x")).code == "already_stood_down"
    story.after(minutes=5).do(cmd.ResumeEmergency(reason="复燃"))
    assert held(story)
    assert story.refused(cmd.ResumeEmergency(reason="x")).code == "not_stood_down"
    assert story.refused(cmd.StandDown(note="x")).code == "stand_down_why_missing", "told anew"
    story.call(who=HEAD, purpose="reported", read_back=True)
    assert not held(stand_down(story.after(minutes=5)))


@pytest.mark.rule("E-05")
def test_what_is_called_off_graded_down_or_written_off_holds_nobody() -> None:
    mistake = emergency()
    mistake.do(cmd.CallOff(reason="误按"))
    lower = emergency()
    lower.stood_down().do(cmd.Regrade(level="ordinary", reason="误报"))
    done = worked().stood_down().write_off(head="赵主任")
    assert [held(story) for story in (mistake, lower, done)] == [False, False, False]
    lower.after(minutes=1).do(cmd.Regrade(level="emergency", reason="又起火"))
    assert held(lower)


@pytest.mark.rule("E-05")
def test_an_ordinary_case_cannot_be_stood_down() -> None:
    story = Story(P0, OPENED).open()
    assert story.refused(cmd.StandDown(note="x")).code == "no_emergency"


@pytest.mark.rule("E-05")
def test_a_mistaken_f9_is_called_off_under_any_procedure() -> None:
    mistake = emergency(P4)
    mistake.do(cmd.CallOff(reason="误按"))
    assert not held(mistake)
    real = Story(P4, OPENED).open(level="major", verbatim="电梯坏了")
    assert real.refused(cmd.CallOff(reason="误按")).code == "not_called_off"


@pytest.mark.rule("E-02")
def test_a_step_of_the_card_is_ticked_once_and_by_its_kind() -> None:
    story = emergency()
    tick = cmd.DoCardStep(kind="lift_entrapment", step=2, text="对讲通话别断")
    story.do(tick)
    assert story.refused(tick).code == "step_ticked"
    story.do(cmd.DoCardStep(kind="fire", step=2, text="拨119"))
    assert [(done.kind, done.step) for done in story.case.card_steps] == [
        ("lift_entrapment", 2), ("fire", 2),
    ]  # fmt: skip
    lesser = Story(P0, OPENED).open()
    assert lesser.refused(tick).code == "no_emergency"


@pytest.mark.rule("E-02")
def test_the_first_question_is_answered_changed_and_leads_to_another_kind() -> None:
    story = emergency()
    card = "lift_entrapment"
    smoke = cmd.AnswerBranch(kind=card, answer=0, question="有烟吗？", text="有")
    story.do(smoke)
    assert story.refused(smoke).code == "branch_answered"
    story.do(structs.replace(smoke, answer=1, text="没有"))
    story.do(smoke)
    assert [given.answer for given in story.case.branch_answers] == [0, 1, 0]
    assert story.case.emergency_kind == card
    leading = structs.replace(smoke, leads_to="battery_fire")
    story.do(leading)
    assert story.case.emergency_kind == "battery_fire"
    assert story.case.place == "5-1"
    story.do(leading)
    assert story.case.level == "emergency"


def test_a_procedure_without_an_emergency_level_holds_the_post_by_f9_alone() -> None:
    assert held(emergency(P4))
    assert not held(Story(P4, OPENED).open(level="major"))
