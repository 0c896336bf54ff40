"""The residents' station, rule by rule (grading, receipt, word back, the department's form)."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from tests.domain.support import P4, SECOND, Story, local, proves_boundary, written_off

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
MINOR = dict.fromkeys(("P4-08/told", "P4-02", "P4-06", "P4-06/manager", "P4-07"), "running")
MAJOR = {"P4-08/told": "running", "P4-07": "running", "P4-13": "running"}


UNMET = (Fact.AGAIN, Fact.UNMET)
"""Complained of before, and still not put right."""


def minor() -> Story:
    return Story(P4, OPENED).open()


def major() -> Story:
    return Story(P4, OPENED).open(facts=UNMET)


def reported(story: Story) -> Story:
    return story.step("reported_station").step("told_manager")


def told() -> Story:
    """A minor case told and reported, so that only what a test looks at is left."""
    return reported(minor().call())


@pytest.mark.rule("P4-01", "what")
@pytest.mark.parametrize(
    "fact", [Fact.NOW, Fact.GROUP, Fact.MEDIA, Fact.CLAIM, Fact.AGAIN, Fact.UNMET]
)
def test_the_rest_is_minor(fact: Fact) -> None:
    story = Story(P4, OPENED).open(facts=(fact,), case_class="maintenance")
    assert (story.case.level, story.case.level_rule) == ("minor", "P4-01")
    assert (story.case.case_class, story.states()) == ("maintenance", MINOR)
    assert story.states(all_of=True) == {**MINOR, "P4-10": "waiting"}


@pytest.mark.rule("P4-02", "what")
@pytest.mark.parametrize("facts", [UNMET, (Fact.INJURY,), (Fact.LOSS,)])
def test_owed_and_not_given_a_great_loss_or_somebody_hurt_is_major(facts: tuple[Fact, ...]) -> None:
    story = Story(P4, OPENED).open(facts=facts)
    assert (story.case.level, story.case.level_rule) == ("major", "P4-02")
    loss = {"P4-02/loss": "running"} if Fact.LOSS in facts else {}
    assert story.states(all_of=True) == {**MAJOR, **loss, "P4-10": "waiting", "P4-14": "waiting"}


@pytest.mark.rule("P4-02", "when")
@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-11-18 09:00", "2026-12-19 00:00"),  # 24:00 of 18 December
        ("2026-11-30 23:59:59", "2026-12-31 00:00"),
        ("2026-12-31 10:00", "2027-02-01 00:00"),
        ("2026-01-31 10:00", "2026-03-01 00:00"),  # clamped to the end of February
    ],
)
def test_a_month_unsolved_becomes_major(opened: str, due: str) -> None:
    story = reported(Story(P4, opened).open().call()).step("resident_informed")
    at = local(due)
    assert story.due("P4-02") == at
    assert story.at(at - SECOND).fire() == []
    assert story.case.level == "minor"
    assert story.at(at).fire() == ["P4-02", "level major"]
    assert (story.case.level, story.case.level_rule) == ("major", "P4-02")
    assert story.states()["P4-02"] == "missed"
    assert story.states()["P4-13"] == "running"
    assert story.after(seconds=1).fire() == []


@pytest.mark.rule("P4-02")
def test_solved_within_the_month_it_stays_minor() -> None:
    story = told().step("resident_informed").at("2026-12-18 23:59:59").step("verified")
    story.do(cmd.JudgeValid())
    story.write_off()
    assert story.states()["P4-02"] == "done"
    assert "P4-02" not in story.at("2026-12-19 00:00:01").fire()
    assert story.case.level == "minor"


@pytest.mark.rule("P4-02")
def test_what_rose_by_itself_is_not_taken_back_by_an_operator() -> None:
    story = told().step("resident_informed").at("2026-12-18 23:59:30")
    story.do(cmd.AddNote(text="住户再问"))
    story.at("2026-12-19 00:00:10").fire()
    story.after(seconds=5).take_back()
    assert story.case.level == "major"
    assert isinstance(story.entries[-1].event, ev.TakenBack)
    assert story.entries[-1].event.of == (story.entries[-4].seq,)


@pytest.mark.rule("P4-03", "recorded")
def test_received_and_registered_with_what_was_said() -> None:
    story = Story(P4, OPENED).open(channel=Channel.LETTER, received_at=local("2026-11-18 08:30"))
    case = story.case
    assert (case.received_at, case.opened_at) == (local("2026-11-18 08:30"), local(OPENED))
    assert (case.channel, case.verbatim, case.stage) == (Channel.LETTER, "厨房漏水", Stage.OPEN)
    assert story.rules.procedure.closing_paper.name.zh == "住户投诉处置表"


@pytest.mark.rule("P4-04")
def test_another_departments_matter_gets_a_liaison_sheet() -> None:
    story = reported(Story(P4, OPENED).open(case_class="other_department").call())
    proves_boundary(story, "P4-04", "2026-11-18 09:30")
    before = story.states()
    story.step("liaison_issued")
    assert story.states() == {**before, "P4-04": "done_late"}


@pytest.mark.rule("P4-04")
@pytest.mark.parametrize("case_class", ["", "maintenance", "neighbour"])
def test_ones_own_matter_gets_none(case_class: str) -> None:
    assert "P4-04" not in Story(P4, OPENED).open(case_class=case_class).owed()


@pytest.mark.rule("P4-05", "recorded")
@pytest.mark.parametrize("case_class", ["neighbour", "municipal"])
def test_the_other_party_is_talked_to_within_a_day(case_class: str) -> None:
    story = reported(Story(P4, OPENED).open(case_class=case_class).call())
    story.step("resident_informed")
    proves_boundary(story, "P4-05", "2026-11-19 09:00")
    assert story.refused(cmd.RecordStep(step="party_talked")).code == "note_missing"
    before = story.states()
    story.step("party_talked", "楼上同意")
    assert story.states() == {**before, "P4-05": "done_late"}


@pytest.mark.rule("P4-05")
def test_there_is_no_other_party_in_ones_own_matter() -> None:
    assert "P4-05" not in Story(P4, OPENED).open(case_class="other_department").owed()


@pytest.mark.rule("P4-06")
@pytest.mark.parametrize(
    ("clock", "step", "other"),
    [
        ("P4-06", "reported_station", "told_manager"),
        ("P4-06/manager", "told_manager", "reported_station"),
    ],
)
def test_what_is_not_solved_at_once_is_reported_to_each_of_both(
    clock: str, step: str, other: str
) -> None:
    story = minor().call().step(other)
    assert story.states()[clock] == "running", "one of them told is not the other one told"
    proves_boundary(story, clock, "2026-11-18 09:30")
    before = story.states()
    story.step(step)
    assert story.states() == {**before, clock: "done_late"}


@pytest.mark.rule("P4-06")
def test_what_is_solved_at_once_needs_no_report() -> None:
    story = minor().call().at("2026-11-18 09:29:59").follow_up(FollowUpOutcome.COMPLETED)
    assert story.states() == {
        "P4-08/told": "done",
        "P4-02": "running",
        "P4-06": "cancelled",
        "P4-06/manager": "cancelled",
        "P4-07": "running",
        "P4-09": "running",
        "P4-16": "running",
    }
    assert story.at("2026-11-18 09:30").fire() == []


@pytest.mark.rule("P4-07", "when")
def test_the_resident_hears_within_a_day_of_the_receipt() -> None:
    story = Story(P4, "2026-11-18 11:00").open(received_at=local(OPENED)).call()
    reported(story)
    proves_boundary(story, "P4-07", "2026-11-19 09:00")
    assert story.refused(cmd.RecordStep(step="resident_informed", note="")).rule == "P4-07"
    before = story.states()
    story.step("resident_informed")
    assert story.states() == {**before, "P4-07": "done_late"}


@pytest.mark.rule("P4-07")
@pytest.mark.parametrize("case_class", ["neighbour", "other_department"])
def test_nothing_but_the_word_back_counts_from_the_receipt(case_class: str) -> None:
    story = Story(P4, OPENED).open(
        received_at=local("2026-11-17 20:00"),
        case_class=case_class,
        channel=Channel.SUPERIOR,
    )
    half_past, next_day = local("2026-11-18 09:30"), local("2026-11-19 09:00")
    own = {"P4-05": next_day} if case_class == "neighbour" else {"P4-04": half_past}
    assert {name: duty.due for name, duty in story.owed().items() if duty.due} == {
        "P4-08/told": half_past,
        "P4-02": local("2026-12-19 00:00"),
        "P4-06": half_past,
        "P4-06/manager": half_past,
        "P4-07": local("2026-11-18 20:00"),
        "P4-19": half_past,
        **own,
    }


@pytest.mark.rule("P4-07")
def test_a_promised_time_is_a_duty() -> None:
    story = told()
    story.do(cmd.PromiseCaller(due=local("2026-11-18 16:00")))
    proves_boundary(story, "promise", "2026-11-18 16:00", rule="P4-07")


@pytest.mark.rule("P4-07")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_last_second_of_the_day_is_in_time(second: int, expected: str) -> None:
    story = minor().at(local("2026-11-19 09:00") + second * SECOND).step("resident_informed")
    assert story.states()["P4-07"] == expected


@pytest.mark.rule("P4-07")
def test_ringing_the_department_is_not_word_to_the_resident() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P4-07"] == "running"
    call = cmd.TryCall(
        person="", name="王先生", outcome=CallOutcome.REACHED, purpose="resident_informed"
    )
    assert story.refused(call).code == "note_missing"


@pytest.mark.rule("P4-07")
@pytest.mark.parametrize("major", [False, True])
def test_no_write_off_ends_the_word_to_the_resident_undone(major: bool) -> None:
    story = Story(P4, OPENED).open(facts=UNMET if major else ()).call().step("verified")
    story.do(cmd.JudgeValid())
    if major:
        story.step("home_visited").step("agreed").write_off()
        assert story.states()["P4-07"] == "done"
        return
    assert story.refused(written_off()).missing == (MissingItem("resident_informed", "P4-07"),)
    story.step("resident_informed").write_off()
    assert story.states()["P4-07"] == "done"


@pytest.mark.rule("P4-09", "when")
def test_the_result_is_verified_before_the_write_off() -> None:
    story = told().step("resident_informed").after(hours=1)
    assert "P4-09" not in story.owed()
    story.follow_up(FollowUpOutcome.COMPLETED)
    refusal = story.refused(written_off())
    assert (refusal.code, refusal.missing) == ("validity_unjudged", ())
    story.do(cmd.JudgeValid())
    assert story.refused(written_off()).missing == (MissingItem("verified", "P4-09"),)
    story.step("return_visit")
    proves_boundary(story, "P4-09", "2026-11-19 10:00")
    assert story.refused(cmd.RecordStep(step="verified")).rule == "P4-09"
    story.step("verified").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P4-09")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"satisfaction": Satisfaction.FAIR}, "feedback"),
        ({"by": FeedbackBy.PHONE, "source": "张伟"}, "satisfaction"),
    ],
)
def test_the_residents_opinion_and_the_confirmation_are_asked(
    given: dict[str, object], missing: str
) -> None:
    story = told().step("verified").step("resident_informed")
    story.do(cmd.JudgeValid())
    refusal = story.refused(cmd.WriteOff(**given))  # type: ignore[arg-type]
    assert refusal.missing == (MissingItem(missing, "P4-09"),)


@pytest.mark.rule("P4-12", "what")
def test_an_unreasonable_complaint_ends_with_an_explanation_and_not_without() -> None:
    story = told()
    for reason in ("", "  "):
        refusal = story.refused(cmd.JudgeInvalid(reason=reason))
        assert (refusal.code, refusal.rule) == ("explanation_missing", "P4-12")
    story.do(cmd.JudgeInvalid(reason="不属物业范围, 已说明"))
    assert (story.case.stage, story.case.valid) == (Stage.INVALID, False)
    assert not [duty for duty in story.owed().values() if duty.pending]
    assert story.at("2027-01-01 00:00").fire() == []


@pytest.mark.rule("P4-12")
def test_validity_is_asked_when_handling_and_not_while_the_caller_waits() -> None:
    story = minor()
    assert (story.case.valid, story.case.stage) == (None, Stage.OPEN)
    story.call().step("verified").step("resident_informed")
    assert story.refused(written_off()).rule == "P4-12"
    story.do(cmd.JudgeValid())
    story.write_off()
    assert (story.case.valid, story.case.stage) == (True, Stage.WRITTEN_OFF)
    assert story.refused(cmd.JudgeInvalid(reason="无理")).code == "already_written_off"


@pytest.mark.rule("P4-19")
@pytest.mark.parametrize(
    ("fields", "clocks"),
    [
        ({"channel": Channel.SUPERIOR}, {"P4-19"}),
        ({"facts": (Fact.ORDER,)}, {"P4-19/order"}),
        ({"channel": Channel.SUPERIOR, "facts": (Fact.ORDER,)}, {"P4-19", "P4-19/order"}),
    ],
)
def test_from_above_somebody_is_named_to_handle_it(
    fields: dict[str, object], clocks: set[str]
) -> None:
    story = reported(Story(P4, OPENED).open(**fields).call())
    assert {name for name in story.owed() if name.startswith("P4-19")} == clocks
    assert {story.due(name) for name in clocks} == {local("2026-11-18 09:30")}
    assert {story.owed()[name].rule for name in clocks} == {"P4-19"}
    fired = [name for name in story.at("2026-11-18 09:29:59").fire() if name.startswith("P")]
    assert fired == []
    assert set(story.at("2026-11-18 09:30").fire()) == clocks
    assert story.refused(cmd.RecordStep(step="named_handler")).rule == "P4-19"
    before = story.states()
    story.step("named_handler", "站长亲自办")
    assert story.states() == {**before, **dict.fromkeys(clocks, "done")}


@pytest.mark.rule("P4-19")
@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.SUPERIOR}))
def test_the_other_ways_in_name_nobody(channel: Channel) -> None:
    assert Story(P4, OPENED).open(channel=channel).states() == MINOR
