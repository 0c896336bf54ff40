"""What ends an emergency: each who was sent, who is under way, what was never done (E-03, E-05).

Every clock is tried a second before, at and a second after its time, and nothing else fires.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.called_out import sent, under_way
from dispatcher_tui.domain.duties.closing import outliving
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.emergency.post_held import holds_post, unheard, untold
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd, timeliness
from dispatcher_tui.domain.words.terms import CallOutcome, Responder, Stage
from tests.domain.support import CAPA, DATA, P0, P4, SECOND, Story, local, proves_boundary, rules
from tests.rules.sending import (
    CREW,
    OPENED,
    emergency,
    names,
    of,
    over,
    pending,
    report,
    ring_outside,
    tell,
    tell_head,
)

EVERY = sorted(p.stem for p in (DATA / "procedures").glob("*.toml") if p.stem != CAPA)


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("count", [1, 2, 5])
def test_each_who_was_told_to_come_owes_his_own_report(count: int) -> None:
    story = tell(tell_head(emergency()), *CREW[:count])
    for nth, who in enumerate(CREW[:count]):
        assert pending(story, "E-03/report") == [name for _, name in CREW[nth:count]]
        report(story, who, Responder.REPORTED_BACK).after(seconds=5)
    assert pending(story, "E-03/report") == []
    assert under_way(story.case, story.rules.procedure) == ()


@pytest.mark.rule("E-03", "when")
def test_the_first_report_leaves_the_others_to_their_own_time() -> None:
    story = tell_head(emergency())
    tell(story, CREW[0]).at("2026-11-18 09:01")
    tell(story, CREW[1])
    for who in CREW[:2]:
        report(story, who, Responder.ON_SCENE)
    report(story, CREW[0], Responder.REPORTED_BACK)
    assert story.states()["E-03/report"] == "done"
    proves_boundary(story, "E-03/report·2", "2026-11-18 09:16")
    assert of(story, "E-03/report")["张伟"].label.zh == "现场报回: 张伟"


@pytest.mark.rule("E-03", "when")
def test_who_was_told_sets_off_within_three_minutes() -> None:
    story = tell(tell_head(emergency()), *CREW[:2])
    report(story, CREW[0], Responder.ON_THE_WAY)
    assert story.states()["E-03/way"] == "done"
    proves_boundary(story, "E-03/way·2", "2026-11-18 09:03:20")


@pytest.mark.rule("E-03", "when")
def test_who_set_off_arrives_within_ten_minutes() -> None:
    story = tell(tell_head(emergency()), *CREW[:2]).at("2026-11-18 09:02")
    for who in CREW[:2]:
        report(story, who, Responder.ON_THE_WAY)
    report(story, CREW[1], Responder.ON_SCENE)
    assert story.states()["E-03/arrive·2"] == "done"
    proves_boundary(story, "E-03/arrive", "2026-11-18 09:12")


@pytest.mark.rule("E-03")
def test_whoever_came_unasked_owes_a_report_too_and_an_outside_service_none() -> None:
    story = ring_outside(tell_head(emergency()))
    story.do(
        cmd.TryCall(
            person="", name="陈师傅", outcome=CallOutcome.REACHED, purpose="", incoming=True
        )
    )
    assert of(story, "E-03/report") == {}
    report(story, ("", "陈师傅"), Responder.ON_SCENE)
    story.do(cmd.ReportResponder(person="", name="fire", stage=Responder.ON_SCENE, phones=("119",)))
    assert list(of(story, "E-03/report")) == ["陈师傅"]
    assert names(sent(story.case, story.rules.procedure)) == ["陈师傅"]
    assert names(under_way(story.case, story.rules.procedure)) == ["陈师傅"], "119 is there"


@pytest.mark.rule("E-03")
def test_who_is_sent_back_by_name_owes_nothing_more_and_told_again_owes_anew() -> None:
    story = tell(tell_head(emergency()), *CREW[:2])
    story.call(who=CREW[0], purpose="sent_back")
    assert pending(story, "E-03/report") == ["张伟"]
    assert of(story, "E-03/report")["杨军"].cancelled_at == story.now
    story.after(minutes=1).call(who=CREW[0], purpose="called_out")
    assert pending(story, "E-03/report") == ["杨军", "张伟"]


@pytest.mark.rule("E-03")
def test_flared_up_again_everybody_is_told_stamped_and_owed_anew() -> None:
    story = tell(tell_head(emergency()), CREW[0])
    for stage in Responder:
        report(story, CREW[0], stage).after(seconds=1)
    over(story).after(minutes=5).do(cmd.ResumeEmergency(reason="复燃"))
    assert untold(story.case), "nobody knows that it burns again"
    story.after(seconds=1).call(who=CREW[0], purpose="called_out").after(seconds=1)
    assert not untold(story.case)
    assert pending(story, "E-03/report") == ["杨军"]
    report(story, CREW[0], Responder.ON_THE_WAY)
    (came,) = story.case.called
    assert (came.on_the_way_at, came.reported_back_at) == (story.now, None)
    refused = story.refused(
        cmd.ReportResponder(person="yang", name="杨军", stage=Responder.ON_THE_WAY)
    )
    assert refused.code == "already_stamped"
    report(story.after(seconds=1), CREW[0], Responder.REPORTED_BACK)
    assert pending(story, "E-03/report") == []
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("false_alarm", [False, True])
def test_standing_down_names_each_who_has_to_be_told_119_included(false_alarm: bool) -> None:
    story = ring_outside(tell_head(emergency()).after(seconds=5)).after(seconds=5)
    tell(story, *CREW[:3])
    report(story, CREW[1], Responder.REPORTED_BACK)
    assert names(under_way(story.case, story.rules.procedure)) == ["火警 119", "杨军", "高磊"]
    over(story.at("2026-11-18 09:30"), false_alarm=false_alarm)
    assert not holds_post(story.case, story.rules.procedure), "it holds up nothing"
    assert pending(story, "E-03/over") == ["火警 119", "杨军", "高磊"]
    assert pending(story, "E-03/report") == []
    ring_outside(story.after(minutes=1), purpose="sent_back")
    story.call(CallOutcome.NO_ANSWER, who=CREW[0], purpose="sent_back")
    assert pending(story, "E-03/over") == ["杨军", "高磊"], "an unanswered call tells nobody"
    story.after(minutes=1).call(who=CREW[0], purpose="sent_back")
    assert of(story, "E-03/over")["杨军"].done_at == story.now
    for name in ("P0-05", "P0-06"):
        assert story.states().get(name) != "overdue"
    last = next(n for n, d in story.owed().items() if d.name == "高磊" and d.clock == "E-03/over")
    proves_boundary(story, last, "2026-11-18 09:40")
    report(story, CREW[2], Responder.REPORTED_BACK)
    assert pending(story, "E-03/over") == [], "he rang by himself"


@pytest.mark.rule("E-05")
def test_an_outside_service_that_is_there_answers_for_itself() -> None:
    story = tell(ring_outside(tell_head(emergency())).after(seconds=5), CREW[0])
    report(story, CREW[0], Responder.REPORTED_BACK)
    story.do(cmd.ReportResponder(person="", name="fire", stage=Responder.ON_SCENE, phones=("119",)))
    over(story.after(minutes=1))
    assert of(story, "E-03/over") == {}


@pytest.mark.rule("E-05")
def test_flared_up_again_nobody_is_told_that_it_is_over() -> None:
    story = over(tell(tell_head(emergency()), CREW[0]).after(minutes=1))
    assert pending(story, "E-03/over") == ["杨军"]
    story.after(minutes=1).do(cmd.ResumeEmergency(reason="复燃"))
    assert of(story, "E-03/over")["杨军"].cancelled_at == story.now
    over(story.after(minutes=1), why="还在路上")
    assert pending(story, "E-03/over") == ["杨军"], "he still comes"


@pytest.mark.rule("E-05")
def test_whom_nobody_told_until_the_case_is_final_was_missed() -> None:
    story = over(tell(tell_head(emergency()), CREW[0]).after(minutes=1))
    story.after(minutes=1).write_off(head="赵主任").paper()
    assert pending(story, "E-03/over") == ["杨军"]
    for step in ("handling_followed", "aftermath_over"):
        story.step(step, "好了")
    story.do(cmd.CloseFinal())
    assert story.states()["E-03/over"] == "missed"


@pytest.mark.rule("E-03", "when")
@pytest.mark.parametrize("how", ["named", "corrected"])
def test_another_place_is_told_to_each_who_is_under_way(how: str) -> None:
    story = ring_outside(tell_head(emergency())).after(seconds=5)
    tell(story, *CREW[:2])
    report(story, CREW[0], Responder.REPORTED_BACK)
    story.at("2026-11-18 09:01")
    report(story, CREW[1], Responder.ON_SCENE)
    command: cmd.Command = (
        cmd.NameEmergency(kind="fire", place="7-2")
        if how == "named"
        else cmd.Correct(field="place", value="7-2", reason="听错了")
    )
    story.do(command)
    assert pending(story, "E-03/place") == ["火警 119", "张伟"]
    ring_outside(story.after(seconds=30))
    assert pending(story, "E-03/place") == ["张伟"]
    proves_boundary(story, "E-03/place·2", "2026-11-18 09:04")
    story.call(who=CREW[1], purpose="place_told")
    assert pending(story, "E-03/place") == []
    story.after(seconds=5).do(cmd.NameEmergency(kind="fire", place="9-1"))
    assert pending(story, "E-03/place") == ["火警 119", "张伟"], "and told once more"
    over(story.after(seconds=5))
    assert pending(story, "E-03/place") == []
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-03")
@pytest.mark.parametrize(("before", "after"), [("", ""), ("5-1", "5-1"), ("5-1", "５-１")])
def test_a_place_that_is_said_again_is_no_other(before: str, after: str) -> None:
    level = emergency_level(rules(P0).procedure).id
    story = Story(P0, OPENED).open(level=level, verbatim="", caller="", phone="", place=before)
    tell(story, CREW[0]).do(cmd.NameEmergency(kind="fire", place=after))
    assert of(story, "E-03/place") == {}
    nobody = emergency()
    nobody.do(cmd.NameEmergency(kind="fire", place="7-2"))
    assert not any(s.name == "moved" for s in nobody.case.signals), "nobody is under way"


@pytest.mark.rule("E-03")
def test_who_set_out_before_the_place_was_known_is_told_it() -> None:
    level = emergency_level(rules(P0).procedure).id
    story = Story(P0, OPENED).open(level=level, verbatim="", caller="", phone="", place="")
    tell(story, CREW[0]).do(cmd.NameEmergency(kind="fire", place="7-2"))
    assert pending(story, "E-03/place") == [CREW[0][1]]


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("procedure", [P0, P4])
@pytest.mark.parametrize("false_alarm", [False, True])
def test_nobody_told_is_not_stood_down_as_if_it_had_been_handled(
    procedure: str, false_alarm: bool
) -> None:
    story = emergency(procedure)
    assert unheard(story.case)
    refusal = story.refused(cmd.StandDown(note="x", false_alarm=false_alarm, why=" "))
    assert (refusal.code, refusal.rule) == ("stand_down_why_missing", "E-05")
    command = cmd.StandDown(
        note="自己灭了", false_alarm=false_alarm, unreached=("赵主任", "杨军"), why="电话线断了"
    )
    (event,) = story.after(minutes=1).do(command)
    assert event == em.StoodDown(
        case=story.case.id,
        note="自己灭了",
        false_alarm=false_alarm,
        unreached=("赵主任", "杨军"),
        why="电话线断了",
    )
    assert [story.states()[name] for name in ("E-02", "E-03")] == ["missed", "missed"]
    assert story.states()["E-05"] == "done"


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("procedure", EVERY)
def test_the_post_is_held_under_every_procedure_and_each_is_told_when_it_is_over(
    procedure: str,
) -> None:
    story = emergency(procedure)
    assert holds_post(story.case, story.rules.procedure)
    assert untold(story.case)
    tell(ring_outside(story).after(seconds=5), CREW[0])
    assert not untold(story.case)
    assert holds_post(story.case, story.rules.procedure)
    over(story, why="负责人不接")
    assert not holds_post(story.case, story.rules.procedure)
    assert pending(story, "E-03/over") == ["火警 119", "杨军"]
    assert story.states()["E-02"] == "missed"


@pytest.mark.rule("E-02")
@pytest.mark.rule("E-03")
def test_only_what_was_never_done_asks_for_the_word_why() -> None:
    nobody_sent = tell_head(emergency())
    assert nobody_sent.refused(cmd.StandDown(note="x")).code == "stand_down_why_missing"
    no_head = tell(emergency(), CREW[0])
    assert no_head.refused(cmd.StandDown(note="x")).code == "stand_down_why_missing"
    listed = tell(tell_head(emergency()), CREW[0])
    named = cmd.StandDown(note="x", unreached=("高磊",))
    assert listed.refused(named).code == "stand_down_why_missing"
    both = over(tell(tell_head(emergency()), CREW[0]))
    assert both.states()["E-02"] == "done"
    assert both.states()["E-03"] == "cancelled", "one was sent, and none was left out"


@pytest.mark.rule("E-03")
def test_in_an_older_record_written_off_with_nobody_sent_is_missed_and_no_cancelling() -> None:
    story = tell_head(emergency()).after(minutes=1)
    story.held(ev.WrittenOff(case=story.case.id, held=True))
    assert story.case.stage is Stage.WRITTEN_OFF
    assert story.states()["E-03"] == "missed"
    assert story.states()["E-02"] == "done"


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("procedure", [P0, P4])
def test_what_goes_on_is_not_written_off_before_somebody_says_that_it_is_over(
    procedure: str,
) -> None:
    story = emergency(procedure).after(minutes=1)
    refusal = story.refused(cmd.WriteOff(signed={"head": "赵主任"}))
    assert (refusal.code, refusal.rule) == ("not_over_yet", "E-05")
    assert story.refused(cmd.StandDown(note="好了")).code == "stand_down_why_missing"
    story.stood_down()
    assert story.states()["E-03"] == "missed", "written down as missed, with the word why"
    assert story.refused(cmd.WriteOff()).code != "not_over_yet"
    story.after(minutes=1).do(cmd.ResumeEmergency(reason="复燃"))
    assert story.refused(cmd.WriteOff()).code == "not_over_yet"
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-05")
def test_nor_is_it_found_invalid_before() -> None:
    story = emergency(P4).after(minutes=1)
    assert story.refused(cmd.JudgeInvalid(reason="没事")).code == "not_over_yet"


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("procedure", EVERY)
def test_nor_is_it_graded_away_before(procedure: str) -> None:
    story = emergency(procedure)
    lower = cmd.Regrade(level=story.rules.procedure.levels[-1].id, reason="误报")
    refusal = story.refused(lower)
    assert (refusal.code, refusal.rule) == ("not_over_yet", "E-05"), "nobody is under way"
    story.after(minutes=1).stood_down().after(seconds=1).do(lower)
    assert story.case.level == lower.level
    assert not holds_post(story.case, story.rules.procedure)
    assert story.states()["E-03"] == "missed", "it stays what standing it down made of it"
    assert fold(story.entries) == story.case


@pytest.mark.rule("P0-14")
@pytest.mark.parametrize("minutes", [1, 11])
def test_what_was_missed_was_not_done_in_time_however_early_it_was_given_up(minutes: int) -> None:
    story = over(emergency().after(minutes=minutes), why="没人接")
    owed = [
        DutyAtEnd("1", duty) for duty in story.owed().values() if duty.clock in ("E-02", "E-03")
    ]
    found = timeliness(owed, local("2026-11-18 00:00"), local("2026-11-19 00:00"))
    assert (found.due, found.in_time) == (2, 0)
    assert all(late.done_at is None and late.by >= 0 for late in found.late)


@pytest.mark.rule("P0-14")
def test_persons_are_counted_under_their_duty_and_named_only_where_they_were_late() -> None:
    story = tell(tell_head(emergency()), *CREW[:2])
    report(story, CREW[0], Responder.REPORTED_BACK)
    story.after(minutes=20)
    owed = [DutyAtEnd("1", duty) for duty in story.owed().values() if duty.clock == "E-03/report"]
    found = timeliness(owed, local("2026-11-18 00:00"), local("2026-11-19 00:00"))
    assert [(rule.label.zh, rule.due, rule.in_time) for rule in found.rules] == [("现场报回", 2, 1)]
    assert [late.label.zh for late in found.late] == ["现场报回: 张伟"]


@pytest.mark.rule("E-05")
def test_people_under_way_are_not_forgotten_by_grading_it_down() -> None:
    story = tell(emergency(), CREW[0])
    lower = cmd.Regrade(level="ordinary", reason="误报")
    assert story.refused(lower).code == "not_over_yet"
    over(story, why="负责人不接", false_alarm=True)
    assert story.refused(lower).code == "stand_down_first", "he is told first"
    story.after(seconds=1).call(who=CREW[0], purpose="sent_back")
    story.do(lower)
    assert story.case.level == "ordinary"


@pytest.mark.rule("E-07")
def test_what_finality_lacks_is_the_end_of_the_aftermath_and_named_so() -> None:
    story = tell(tell_head(emergency()), CREW[0])
    report(story, CREW[0], Responder.REPORTED_BACK)
    over(story.after(minutes=1))
    live = [m.item for m in outliving(story.rules.procedure, story.owed().values(), "written_off")]
    assert live == ["handling_followed", "aftermath_over"], "named before the write-off, too"
    story.step("handling_followed", "电梯停用")
    story.after(minutes=1).write_off(head="赵主任").paper()
    refusal = story.refused(cmd.CloseFinal())
    assert [(each.item, each.rule) for each in refusal.missing] == [("aftermath_over", "E-07")]


@pytest.mark.rule("E-08")
@pytest.mark.parametrize("person", ["head", ""])
def test_the_entry_says_whether_the_leader_is_of_the_roster(person: str) -> None:
    story = tell_head(emergency())
    order = cmd.IssueOrder(order="c2", number="2", by="赵主任", text="封楼", person=person)
    (event,) = story.do(order)
    assert isinstance(event, em.OrderIssued)
    assert event.person == person


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_the_time_to_tell_them_is_kept_to_the_second(seconds: int) -> None:
    story = over(tell(tell_head(emergency()), CREW[0]).at("2026-11-18 09:30"))
    story.at(local("2026-11-18 09:40") + seconds * SECOND)
    story.call(who=CREW[0], purpose="sent_back")
    assert story.states()["E-03/over"] == ("done_late" if seconds > 0 else "done")
    assert of(story, "E-03/over")["杨军"].start == local("2026-11-18 09:30")
    assert story.due("E-03/over") - local("2026-11-18 09:30") == timedelta(minutes=10)
