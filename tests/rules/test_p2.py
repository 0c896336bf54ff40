"""The shops, rule by rule: levels, who handles which, what is passed up, what may be given."""

from __future__ import annotations

import msgspec
import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import roles_to_tell
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import SECOND, Story, local, proves_boundary, written_off

P2 = "shop-chain"
OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00


def opened(*facts: Fact, channel: Channel = Channel.VISIT) -> Story:
    """A case in a shop; by phone the level is judged besides."""
    return Story(P2, OPENED).open(facts=facts, channel=channel)


def minor() -> Story:
    return opened()


def serious() -> Story:
    return opened(Fact.AGAIN)


def regraded(story: Story, level: str) -> Story:
    story.do(cmd.Regrade(level=level, reason="看错了"))
    return story


@pytest.mark.rule("P2-01", "what")
@pytest.mark.parametrize(
    ("facts", "channel", "level"),
    [
        ((Fact.MEDIA,), Channel.PHONE, "major"),
        ((Fact.INJURY,), Channel.PHONE, "major"),
        ((), Channel.MEDIA, "major"),
        ((Fact.AGAIN,), Channel.MEDIA, "major"),
        ((Fact.AGAIN,), Channel.PHONE, "serious"),
        ((Fact.GROUP,), Channel.PHONE, "serious"),
        ((), Channel.SUPERIOR, "serious"),
        ((Fact.NOW, Fact.CLAIM), Channel.PHONE, "minor"),
        ((), Channel.BOX, "minor"),
    ],
)
def test_three_levels(facts: tuple[Fact, ...], channel: Channel, level: str) -> None:
    case = opened(*facts, channel=channel).case
    assert (case.level, case.level_rule) == (level, "P2-01")


@pytest.mark.rule("P2-01")
def test_an_accident_that_is_over_is_major() -> None:
    assert Story(P2, OPENED).open(tags=("accident",)).case.level == "major"


@pytest.mark.rule("P2-01", "what")
def test_what_is_beyond_one_rises_level_by_level_and_the_next_one_is_told() -> None:
    story = minor().call().after(minutes=20).follow_up(FollowUpOutcome.CANNOT)
    assert story.states() == {"P2-03": "done", "P2-01": "running"}
    assert story.refused(cmd.RecordStep(step="passed_up")).code == "note_missing"
    proves_boundary(story, "P2-01", "2026-11-18 09:30")
    story.step("passed_up", "要求退一赔三")
    assert (story.case.level, story.case.level_rule) == ("serious", "P2-01")
    assert story.states() == {
        "P2-03": "done",
        "P2-04": "running",
        "P2-04/measure": "running",
        "P2-01": "done_late",
    }
    proves_boundary(story, "P2-04", "2026-11-18 09:40:01")
    story.call(who=("liu", "刘芳")).follow_up(FollowUpOutcome.CANNOT)
    story.step("passed_up", "已找记者")
    assert story.case.level == "major"
    assert story.states()["P2-05"] == "running"
    assert story.states()["P2-04/measure"] == "cancelled"
    story.after(seconds=1).step("passed_up", "办公室也处理不了")
    assert story.case.level == "major", "there is nothing above it"


@pytest.mark.rule("P2-01")
def test_what_was_passed_up_by_mistake_is_taken_back_with_its_level() -> None:
    story = minor().after(seconds=5).step("passed_up", "看错")
    story.after(seconds=5).take_back()
    assert story.case.level == "minor"
    story.call().step("passed_up").step("measure_set").step("measure_verified").write_off()
    assert story.refused(cmd.RecordStep(step="passed_up", note="又来")).code == (
        "already_written_off"
    )


@pytest.mark.rule("P2-02", "recorded")
@pytest.mark.parametrize("channel", sorted(Channel))
def test_every_way_in_is_recorded(channel: Channel) -> None:
    story = opened(channel=channel)
    assert story.case.channel is channel
    assert ("P2-07" in story.owed()) == (channel is Channel.PHONE)


@pytest.mark.rule("P2-03", "who")
def test_a_minor_one_goes_to_the_manager_on_duty() -> None:
    story = minor()
    assert story.states(all_of=True) == {"P2-03": "running", "P2-08/paper": "waiting"}
    assert roles_to_tell(story.rules.procedure, story.case)[0] == "duty_manager"
    proves_boundary(story, "P2-03", "2026-11-18 09:10")
    story.call().after(hours=1).do(cmd.NameAssignee(person="liu", name="刘芳"))
    proves_boundary(story, "P2-03·2", "2026-11-18 10:20:01")


def _paid(story: Story, fen: int, **signed: str) -> cmd.WriteOff:
    done = written_off(**signed)
    return msgspec.structs.replace(done, compensation_fen=fen)


READY = {
    "minor": (),
    "serious": ("measure_set", "measure_verified"),
    "major": ("plan_approved",),
}


@pytest.mark.rule("P2-03", "what")
@pytest.mark.rule("P2-04", "what")
@pytest.mark.rule("P2-05", "what")
@pytest.mark.parametrize(
    ("level", "yuan", "role", "rule"),
    [
        ("minor", 100, "inspector", "P2-03"),
        ("minor", 200, "office", "P2-04"),
        ("minor", 300, "gm", "P2-05"),
        ("serious", 200, "office", "P2-04"),
        ("serious", 300, "gm", "P2-05"),
        ("major", 300, "gm", "P2-05"),
    ],
)
def test_a_fen_above_what_one_may_give_the_next_one_signs(
    level: str, yuan: int, role: str, rule: str
) -> None:
    story = minor().call()
    if level != "minor":
        regraded(story, level).after(seconds=3).call()
    for step in READY[level]:
        story.step(step)
    refusal = story.refused(_paid(story, yuan * 100 + 1))
    assert (refusal.code, refusal.rule, refusal.detail) == (
        "over_limit",
        rule,
        {"yuan": str(yuan), "role": role},
    )
    story.do(_paid(story, yuan * 100 + 1, **{role: "周总"}))
    (signed,) = story.case.sign_offs
    assert (signed.subject, signed.role, signed.rule) == ("compensation", role, rule)


@pytest.mark.rule("P2-03")
@pytest.mark.parametrize(("level", "yuan"), [("minor", 100), ("serious", 200), ("major", 300)])
def test_up_to_the_limit_of_its_level_nobody_signs(level: str, yuan: int) -> None:
    story = minor().call()
    if level != "minor":
        regraded(story, level).after(seconds=3).call()
    for step in READY[level]:
        story.step(step)
    story.do(_paid(story, yuan * 100))
    assert (story.case.stage, story.case.sign_offs) == (Stage.WRITTEN_OFF, ())


@pytest.mark.rule("P2-04", "who", "recorded")
def test_a_serious_one_goes_to_the_supervisor_who_sets_a_measure() -> None:
    story = serious()
    assert story.states(all_of=True) == {
        "P2-04": "running",
        "P2-04/measure": "waiting",
        "P2-08/paper": "waiting",
    }
    assert roles_to_tell(story.rules.procedure, story.case)[0] == "inspector"
    proves_boundary(story, "P2-04", "2026-11-18 09:10")
    story.call()
    proves_boundary(story, "P2-04/measure", "2026-11-19 17:30")
    assert story.refused(cmd.RecordStep(step="measure_set")).code == "note_missing"


@pytest.mark.rule("P2-04")
def test_the_measure_is_verified_before_the_write_off_and_not_before_it_is_set() -> None:
    story = serious().call()
    refusal = story.refused(cmd.RecordStep(step="measure_verified", note="好"))
    assert (refusal.code, refusal.missing) == (
        "steps_missing",
        (MissingItem("measure_set", "P2-04"),),
    )
    story.step("measure_set").follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P2-08", "2026-11-19 09:00")
    story.step("opinion_serious")
    proves_boundary(story, "P2-04/verify", "2026-11-19 17:30")
    assert story.refused(written_off()).missing == (MissingItem("measure_verified", "P2-04"),)
    story.step("measure_verified").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P2-07", "when")
def test_by_phone_the_level_is_judged_first_and_then_it_is_handed_to_that_level() -> None:
    story = opened(channel=Channel.PHONE)
    assert story.states() == {"P2-07": "running", "P2-03": "running"}
    assert story.due("P2-07") < story.due("P2-03")
    proves_boundary(story, "P2-07", "2026-11-18 09:05")
    story.step("level_judged")
    assert story.states()["P2-07"] == "done_late"
    regraded(story, "serious")
    assert story.states()["P2-03"] == "cancelled"
    proves_boundary(story, "P2-04", "2026-11-18 09:15:01")


@pytest.mark.rule("P2-07")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_last_second_of_judging_is_in_time(second: int, expected: str) -> None:
    story = opened(channel=Channel.PHONE).at(local("2026-11-18 09:05") + second * SECOND)
    assert story.step("level_judged").states()["P2-07"] == expected


@pytest.mark.rule("P2-08", "when")
def test_satisfaction_is_asked_within_a_day_of_the_handling() -> None:
    story = minor().call().at("2026-11-18 12:00")
    assert "P2-08" not in story.owed()
    story.follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P2-08", "2026-11-19 12:00")
    bare = cmd.WriteOff(by=written_off().by, source="张伟")
    assert story.refused(bare).missing == (MissingItem("satisfaction", "P2-08"),)
    story.write_off()
    assert story.states() == {
        "P2-03": "done",
        "P2-08": "done_late",
        "P2-13/minor": "running",
        "P2-08/paper": "running",
    }


@pytest.mark.rule("P2-08", "when", "recorded")
def test_the_feedback_record_makes_it_final_and_is_chased_at_every_shifts_end() -> None:
    story = minor().call().write_off()
    proves_boundary(story, "P2-08/paper", "2026-11-18 19:00")
    story.step("paper_chased")
    proves_boundary(story, "P2-08/paper·2", "2026-11-19 07:00")
    assert story.refused(cmd.CloseFinal()).rule == "P2-08"
    story.step("opinion_minor").paper("dispatcher").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P2-08")
def test_a_promise_and_a_case_without_a_clock_are_duties() -> None:
    story = minor().call()
    proves_boundary(story, "keep", "2026-11-18 19:00", rule="P2-08")
    story.do(cmd.PromiseCaller(due=local("2026-11-18 20:00")))
    proves_boundary(story, "promise", "2026-11-18 20:00", rule="P2-08")


@pytest.mark.rule("P2-13", "who")
@pytest.mark.rule("P2-13", "recorded")
@pytest.mark.parametrize(
    ("level", "role"), [("minor", "duty_manager"), ("serious", "inspector"), ("major", "office")]
)
def test_at_every_level_the_one_who_handles_it_gives_an_opinion(level: str, role: str) -> None:
    story = minor().call()
    if level != "minor":
        regraded(story, level).after(seconds=3).call()
    step, name = f"opinion_{level}", f"P2-13/{level}"
    act = story.rules.procedure.step(step)
    assert act is not None
    assert act.to == role
    assert name not in story.owed() or story.owed()[name].due is None
    for each in ("told_office", "told_supervision", "cause_analysed", "assessed"):
        if level == "major":
            story.step(each)
    for each in READY[level]:
        story.step(each)
    story.write_off().paper("dispatcher")
    assert [each.item for each in story.refused(cmd.CloseFinal()).missing][-1] == step
    bare = cmd.RecordStep(step=step, person="刘芳", values={"whom": "张伟"})
    refusal = story.refused(bare)
    assert (refusal.code, refusal.missing) == (
        "fields_missing",
        (MissingItem(f"{step}.opinion", "P2-13"),),
    )
    story.step(step, whom="张伟", opinion="扣当月绩效")
    assert story.owed()[name].done_at is not None
    kept = {each.field: each.value for each in story.case.filled if each.step == step}
    assert kept == {"whom": "张伟", "opinion": "扣当月绩效"}
    assert not [n for n in story.owed() if n.startswith("P2-13") and n != name]


@pytest.mark.rule("P2-13")
def test_the_opinion_is_owed_by_the_end_of_the_next_working_day() -> None:
    story = minor().call().at("2026-11-18 12:00").write_off().step("paper_chased")
    story.at("2026-11-19 07:00").fire()
    proves_boundary(story, "P2-13/minor", "2026-11-19 17:30")


@pytest.mark.rule("P2-12", "who")
def test_a_minor_ones_staff_may_be_assessed_and_nothing_waits_for_it() -> None:
    story = minor().call()
    assert story.refused(cmd.RecordStep(step="staff_assessed")).rule == "P2-12"
    act = story.rules.procedure.step("staff_assessed")
    assert act is not None
    assert act.to == "shop_manager"
    before = story.states()
    story.step("staff_assessed", opinion="谈话提醒")
    assert story.states() == before
    other = minor().call(CallOutcome.IN_PERSON).write_off()
    assert other.case.stage is Stage.WRITTEN_OFF
