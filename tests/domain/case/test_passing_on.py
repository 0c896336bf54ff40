"""A correction of what was passed on is passed on: to whoever was told, in time, and only once."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.passing_on import CORRECTION_TOLD, says_other
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome
from tests.domain.support import LIU, P0, P3, P4, SECOND, ZHANG, Story, local, proves_boundary

TOLD = "2026-11-18 09:05"
DUTY = "correction"


def told(procedure: str = P0, who: tuple[str, str] = ZHANG) -> Story:
    """A case opened at 9:00 and passed on at 9:05."""
    return Story(procedure, "2026-11-18 09:00").open().at(TOLD).call(who=who)


def correct(story: Story, field: str = "place", value: str = "3-2-1602") -> ev.Corrected:
    (event,) = story.do(cmd.Correct(field=field, value=value, reason="听错"))
    assert isinstance(event, ev.Corrected)
    return event


def states(story: Story) -> dict[str, str]:
    return {k: v for k, v in story.states(all_of=True).items() if k.startswith(DUTY)}


def test_who_was_told_hears_it_by_name_to_the_second() -> None:
    story = told()
    before = story.states()
    event = correct(story.at("2026-11-18 09:20"))
    assert (event.tell, event.name) == ZHANG
    assert story.states() == {**before, DUTY: "running"}
    duty = story.owed()[DUTY]
    assert (duty.label.zh, duty.name, duty.rule) == ("告知更正: 张伟", "张伟", "P0-02")
    assert duty.do == f"call_back:{CORRECTION_TOLD}"
    proves_boundary(story, DUTY, "2026-11-18 09:30", rule="P0-02")


@pytest.mark.parametrize(
    ("procedure", "due", "rule"),
    [(P4, "2026-11-18 09:50", "P4-08"), (P3, "2026-11-18 09:30", "P3-05")],
)
def test_the_time_and_the_rule_are_those_of_the_notice(procedure: str, due: str, rule: str) -> None:
    story = told(procedure)
    correct(story.at("2026-11-18 09:20"))
    assert (story.due(DUTY), story.owed()[DUTY].rule) == (local(due), rule)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", "3-2-01502"),
        ("place", "3-2-1502"),
        ("phone", "138 0000 0000"),
        ("caller", "李先生"),
        ("category", "noise"),
        ("verbatim", "客厅漏水"),
    ],
)
def test_what_changes_nothing_of_where_and_whom_to_ring_opens_nothing(
    field: str, value: str
) -> None:
    story = told()
    before = story.states(all_of=True)
    event = correct(story, field, value)
    assert (event.tell, event.name) == ("", "")
    assert story.states(all_of=True) == before


@pytest.mark.parametrize("outcome", [None, CallOutcome.NO_ANSWER, CallOutcome.RELAYED])
def test_before_anybody_was_told_a_correction_opens_nothing(outcome: CallOutcome | None) -> None:
    story = Story(P0, "2026-11-18 09:00").open()
    if outcome is not None:
        story.call(outcome)
    before = story.states(all_of=True)
    assert correct(story).tell == ""
    assert story.states(all_of=True) == before


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (CallOutcome.REACHED, "done"),
        (CallOutcome.IN_PERSON, "done"),
        (CallOutcome.NO_ANSWER, "running"),
        (CallOutcome.BUSY, "running"),
        (CallOutcome.RELAYED, "running"),
    ],
)
def test_the_result_of_the_call_ends_it_and_nothing_else(outcome: CallOutcome, state: str) -> None:
    story = told()
    correct(story)
    before = story.states()
    story.after(minutes=1).call(outcome, purpose=CORRECTION_TOLD)
    assert story.states() == {**before, DUTY: state}
    assert story.case.assignee is not None
    assert story.case.assignee.notified_at == local(TOLD), "it is no second notice"


def test_a_relayed_word_counts_once_it_was_read_back() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).call(CallOutcome.RELAYED, purpose=CORRECTION_TOLD)
    story.after(minutes=1).do(cmd.ConfirmReadBack(purpose=CORRECTION_TOLD))
    assert story.owed()[DUTY].done_at == story.now


def test_told_at_the_last_second_it_is_in_time_and_a_second_later_late() -> None:
    for late, state in ((0, "done"), (1, "done_late")):
        story = told()
        correct(story)
        story.at(story.due(DUTY) + late * SECOND).call(purpose=CORRECTION_TOLD)
        assert states(story) == {DUTY: state}


def test_a_correction_of_the_correction_leaves_one_duty_with_the_newest() -> None:
    story = told()
    correct(story)
    correct(story.after(minutes=2), "phone", "13900000000")
    correct(story.after(minutes=2), "place", "3-2-1702")
    assert states(story) == {DUTY: "running"}
    assert story.due(DUTY) == local("2026-11-18 09:15"), "the place is wrong since the first one"
    (last,) = story.case.passing_on
    assert last.was == (("place", "3-2-1502"), ("phone", "13800000000"))
    assert story.at("2026-11-18 09:14:59").fire() == []
    assert story.after(seconds=1).fire() == [DUTY]


def test_what_was_put_back_no_longer_counts_for_the_deadline() -> None:
    story = told()
    correct(story)
    correct(story.after(minutes=2), "phone", "13900000000")
    event = correct(story.after(minutes=2), "place", "3-2-1502")
    assert event.owed_since == local("2026-11-18 09:07")
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    assert story.due(f"{DUTY}·2") == local("2026-11-18 09:17"), "the number is wrong since then"
    assert story.case.passing_on[-1].was == (("phone", "13800000000"),)
    assert story.at("2026-11-18 09:16:59").fire() == []
    assert story.after(seconds=1).fire() == [f"{DUTY}·2"]


def test_in_an_older_entry_each_correction_begins_it_anew() -> None:
    story = told()
    for value in ("3-2-1602", "3-2-1702"):
        story.held(
            ev.Corrected(
                case="case-1", field="place", value=value, reason="听错", tell="zhang", name="张伟"
            )
        )
        story.after(minutes=2)
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    assert story.due(f"{DUTY}·2") == local("2026-11-18 09:17")
    assert story.case.former == (), "a stored case of an older version is the same case"
    assert [each.since for each in story.case.passing_on] == [(), ()]
    correct(story, "place", "3-2-1802")
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    assert story.case.passing_on[-1].since == (("place", local("2026-11-18 09:07")),)


def test_what_is_as_they_were_told_after_all_is_owed_no_more() -> None:
    story = told()
    before = story.states()
    correct(story)
    correct(story.after(minutes=1), "place", "3-2-1502")
    assert story.states() == {**before, DUTY: "cancelled"}


def test_one_that_ran_out_before_it_was_corrected_again_stays_late_and_is_one() -> None:
    story = told()
    correct(story)
    assert story.at("2026-11-18 09:16").fire() == [DUTY]
    correct(story, "place", "3-2-1702")
    assert states(story) == {DUTY: "overdue"}
    assert DUTY not in story.after(minutes=20).fire()
    story.call(purpose=CORRECTION_TOLD)
    assert states(story) == {DUTY: "done_late"}


def test_who_was_told_twice_is_told_once_of_it() -> None:
    story = told().after(minutes=1).call()
    correct(story)
    assert list(states(story)) == [DUTY]


def test_being_told_of_the_case_anew_says_it_too() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).call()
    assert states(story) == {DUTY: "done"}


def test_whoever_is_told_instead_goes_with_the_right_words() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).call(CallOutcome.NO_ANSWER, who=LIU)
    assert states(story) == {DUTY: "running"}, "nobody else goes there yet"
    correct(story, "phone", "13900000000")
    assert story.case.passing_on[-1].name == "张伟"
    story.after(minutes=1).call(who=LIU)
    assert states(story) == {DUTY: "cancelled"}
    correct(story, "place", "3-2-1702")
    assert story.case.passing_on[-1].name == "刘芳"


def relayed(minute: str, who: tuple[str, str] = LIU, story: Story | None = None) -> Story:
    """A case whose notice was given to somebody who passes it on, a minute after 9:00 or later."""
    story = story or Story(P0, "2026-11-18 09:00").open()
    return story.at(f"2026-11-18 09:{minute}").call(CallOutcome.RELAYED, who=who)


@pytest.mark.parametrize(("given", "owed"), [("05:59", True), ("06:00", False), ("06:01", False)])
def test_a_relayed_word_says_what_the_case_said_as_it_was_given(given: str, owed: bool) -> None:
    story = Story(P0, "2026-11-18 09:00").open()
    if owed:
        relayed(given, story=story)
    correct(story.at("2026-11-18 09:06"))
    if not owed:
        relayed(given, story=story)
    (event,) = story.at("2026-11-18 09:08").do(cmd.ConfirmReadBack())
    assert isinstance(event, ev.ReadBack)
    assert event.was == ((("place", "3-2-1502"),) if owed else ())
    assert states(story) == ({DUTY: "running"} if owed else {})
    assert story.case.assignee is not None
    assert story.case.assignee.notified_at == story.now
    if owed:
        assert story.case.passing_on[-1].name == "刘芳"
        proves_boundary(story, DUTY, "2026-11-18 09:18", rule="P0-02")


def test_a_word_read_back_at_once_says_what_the_case_says() -> None:
    story = Story(P0, "2026-11-18 09:00").open()
    correct(story)
    story.call(CallOutcome.RELAYED, who=LIU, read_back=True)
    assert states(story) == {}


def test_corrected_and_put_back_before_the_read_back_nothing_is_owed() -> None:
    story = relayed("05")
    correct(story.after(minutes=1))
    correct(story.after(minutes=1), "place", "3-2-01502")
    story.after(minutes=1).do(cmd.ConfirmReadBack())
    assert states(story) == {}


def test_whoever_read_back_goes_instead_and_hears_what_was_corrected_since() -> None:
    story = told()
    correct(story.after(minutes=1), "phone", "13900000000")
    relayed("08", story=story)
    correct(story.at("2026-11-18 09:10"))
    assert states(story) == {DUTY: "running"}, "who was told before has to hear both"
    story.after(minutes=1).do(cmd.ConfirmReadBack())
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    last = story.case.passing_on[-1]
    assert (last.who, last.name, last.was) == (*LIU, (("place", "3-2-1502"),))
    story.after(minutes=1).call(who=LIU, purpose=CORRECTION_TOLD)
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "done"}


def test_a_relayed_correction_says_what_stood_there_as_it_was_given() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).call(CallOutcome.RELAYED, purpose=CORRECTION_TOLD)
    correct(story.after(minutes=1), "place", "3-2-1702")
    assert states(story) == {DUTY: "running"}
    story.after(minutes=1).do(cmd.ConfirmReadBack(purpose=CORRECTION_TOLD))
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    assert story.case.passing_on[-1].was == (("place", "3-2-1602"),)
    assert story.due(f"{DUTY}·2") == local("2026-11-18 09:17"), "wrong since the second one"
    story.call(purpose=CORRECTION_TOLD)
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "done"}


def test_a_relayed_correction_that_was_put_back_since_is_owed() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).call(CallOutcome.RELAYED, purpose=CORRECTION_TOLD)
    correct(story.after(minutes=1), "place", "3-2-1502")
    assert states(story) == {DUTY: "cancelled"}
    story.after(minutes=1).do(cmd.ConfirmReadBack(purpose=CORRECTION_TOLD))
    assert states(story) == {DUTY: "cancelled", f"{DUTY}·2": "running"}
    assert story.case.passing_on[-1].was == (("place", "3-2-1602"),)


def test_an_older_read_back_counts_as_before() -> None:
    story = relayed("05")
    correct(story.after(minutes=1))
    story.held(ev.ReadBack(case="case-1", person="liu", name="刘芳"))
    assert states(story) == {}


def test_once_written_off_a_read_back_opens_nothing() -> None:
    story = relayed("05")
    correct(story.after(minutes=1))
    story.follow_up(FollowUpOutcome.COMPLETED)
    story.write_off()
    story.do(cmd.ConfirmReadBack())
    assert states(story) == {}


def test_a_call_of_before_written_down_late_says_nothing_of_it() -> None:
    story = told()
    correct(story.at("2026-11-18 09:10"))
    story.at("2026-11-18 09:12")
    call = cmd.TryCall(
        person="zhang", name="张伟", outcome=CallOutcome.REACHED, purpose=CORRECTION_TOLD
    )
    story.do(call, occurred="2026-11-18 09:09:50")
    assert states(story) == {DUTY: "running"}
    story.after(minutes=1).do(call, occurred="2026-11-18 09:10")
    assert states(story) == {DUTY: "done"}


def test_nobody_is_told_of_nothing() -> None:
    story = told()
    call = cmd.TryCall(
        person="zhang", name="张伟", outcome=CallOutcome.REACHED, purpose=CORRECTION_TOLD
    )
    assert story.refused(call).code == "nothing_to_pass_on"
    correct(story)
    other = cmd.TryCall(
        person="liu", name="刘芳", outcome=CallOutcome.REACHED, purpose=CORRECTION_TOLD
    )
    assert story.refused(other).code == "nothing_to_pass_on"


def test_the_write_off_ends_it_and_afterwards_nothing_is_opened() -> None:
    story = told()
    correct(story)
    story.after(minutes=1).follow_up(FollowUpOutcome.COMPLETED)
    story.write_off()
    assert states(story) == {DUTY: "cancelled"}
    assert correct(story, "place", "3-2-1702").tell == ""


def test_of_a_round_that_is_over_nobody_is_told() -> None:
    story = told()
    story.after(minutes=1).follow_up(FollowUpOutcome.COMPLETED)
    story.write_off().after(minutes=1).do(cmd.Reopen(reason="又漏"))
    assert correct(story).tell == ""
    story.after(minutes=1).call()
    assert correct(story, "place", "3-2-1702").tell == "zhang"


def test_an_older_record_reads_as_before() -> None:
    story = told()
    before = story.states(all_of=True)
    story.held(ev.Corrected(case="case-1", field="place", value="3-2-1602", reason="听错"))
    assert (story.case.place, story.states(all_of=True)) == ("3-2-1602", before)


def test_where_an_emergency_moves_those_under_way_are_told_and_nobody_twice() -> None:
    story = Story(P0, "2026-11-18 09:00").open(facts=("fire",))
    story.at(TOLD).call()
    event = correct(story)
    assert (event.moved, event.tell) == (True, "")
    assert states(story) == {}


@pytest.mark.parametrize(
    ("field", "before", "after", "other"),
    [
        ("place", "1-1-101", "1-1-0101", False),
        ("place", "1-1-101", "1-1-1010", True),
        ("place", "北门", "北门 ", False),
        ("place", "", "北门", True),
        ("phone", "0755-26881234", "075526881234", False),
        ("phone", "26881234", "26881235", True),
        ("phone", "没有", "不肯说", True),
    ],
)
def test_what_says_something_else(field: str, before: str, after: str, other: bool) -> None:
    assert says_other(field, before, after) is other


def test_the_issued_paper_is_outdated_by_what_is_printed_on_it() -> None:
    story = told()
    correct(story, "caller", "李先生")
    assert story.case.slip.version == 1, "nothing is out yet"
    story.do(cmd.IssueSlip(number="FW-000123"))
    for field, value, version in (
        ("place", "3-2-1502", 1),
        ("place", "3-2-01502", 1),
        ("place", "3-2-1602", 2),
        ("caller", "李先生", 2),
        ("caller", "王先生", 3),
        ("verbatim", "客厅漏水", 4),
    ):
        correct(story, field, value)
        assert story.case.slip.version == version, (field, value)
    story.after(minutes=1).follow_up(FollowUpOutcome.COMPLETED).write_off()
    story.do(cmd.ReceivePaper(number="FW-000123"))
    assert correct(story, "place", "3-2-1502").version == 0
    assert story.case.slip.version == 4, "what came in is what it is"
