"""Explain this clock: start events + rule + quoted clause = due time, whatever the duty is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.case.decide import decide
from dispatcher_tui.domain.case.evolve import evolve
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.time.calendar import Calendar, Shift
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FollowUpOutcome, Label
from dispatcher_tui.present.case.duty_lines import duty_line, duty_lines, in_order
from dispatcher_tui.present.case.explain import explain_duty, spec_words
from dispatcher_tui.present.i18n import use
from tests.domain.support import shipped_procedure

START = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
CALENDAR = Calendar(
    zone="Asia/Shanghai",
    office_start=time(8, 30),
    office_end=time(17, 30),
    shifts=(
        Shift(Label("白班", "Day"), time(7), time(19)),
        Shift(Label("夜班", "Night"), time(19), time(7)),
    ),
    holidays={},
)


def rules(procedure: str = "estate-dispatch") -> Rules:
    """A shipped procedure on a calendar without any holiday table."""
    return Rules(shipped_procedure(procedure), CALENDAR)


@dataclass
class Story:
    """A case told command by command, without a file."""

    rules: Rules
    now: datetime = START
    case: Case | None = None
    seq: int = field(default=0)

    def tell(
        self, command: cmd.Command, *, minutes: float = 0, shift_end: datetime | None = None
    ) -> Story:
        """Let time pass, then carry a command out, in a watch that ends then."""
        self.now += timedelta(minutes=minutes)
        context = CommandContext(self.now, "李建国", shift_end=shift_end)
        for pending in decide(self.case, command, self.rules, context):
            self.seq += 1
            at = pending.occurred_at
            entry = Entry(self.seq, at, self.now, "李建国", "", pending.event)
            self.case = evolve(self.case, entry)
        return self

    def duty(self, key: str) -> Duty:
        """The last duty whose key begins so."""
        assert self.case is not None
        return [d for d in duties(self.case, self.rules) if d.key.startswith(key)][-1]

    def explained(self, key: str) -> list[str]:
        """The explanation of that duty, now."""
        assert self.case is not None
        return explain_duty(self.duty(key), self.case, self.rules, self.now)


def opened(*facts: Fact, procedure: str = "estate-dispatch") -> Story:
    """A case just opened."""
    command = cmd.OpenCase(
        id="c", number="261121-01", procedure="p", calendar="k", received_at=START, facts=facts
    )
    return Story(rules(procedure)).tell(command)


REACH = cmd.TryCall(person="zw", name="张伟", outcome=CallOutcome.REACHED, read_back=True)
WAIT = cmd.FollowUp(outcome=FollowUpOutcome.UNREACHABLE)


def test_the_later_of_two_events_the_clause_and_the_due_time() -> None:
    lines = opened().tell(REACH, minutes=12).explained("P0-05@")
    assert lines[0] == "First follow-up P0-05"
    assert lines[1] == (
        "Starts: case opened 22:47 and person responsible told 22:59 (the later one counts)"
    )
    assert "P0-05 First follow-up after two hours" in lines[2]
    assert "二小时后,要进行第一次跟进" in lines[3]
    assert lines[4] == "Time: 2 h on the clock"
    assert lines[5].startswith("From the written rule: Dispatch of residents' complaints")
    assert lines[6] == "= due 11-22 00:59 02:00:00 (running)"
    assert lines[7] == "Ends with: followed up"


def test_our_own_setting_says_so() -> None:
    assert "Our setting: the written rule gives no time." in opened().explained("P0-02@")


def test_a_clock_that_does_not_run_says_what_it_waits_for() -> None:
    lines = opened().explained("P0-05@")
    assert lines[1] == "Not running yet; waits for: person responsible told"
    assert lines[-2] == "= no due time yet (waiting)"


def test_a_clock_that_comes_after_another_says_so() -> None:
    lines = opened().tell(REACH).explained("P0-06@")
    assert "Time: end of the shift on watch" in lines
    assert any("Never before First follow-up P0-05 is due" in line for line in lines)
    assert lines[-1] == "Ends with: followed up, 2 times"


def test_a_second_run_names_what_started_it_again() -> None:
    story = opened().tell(REACH)
    story.tell(cmd.NameAssignee(person="lq", name="李强"), minutes=3)
    assert story.explained("P0-02@")[1] == "Starts: somebody else named 22:50"


def test_a_level_given_later_starts_its_clocks_then() -> None:
    story = opened().tell(cmd.Regrade(level="grave", reason="三户以上"), minutes=30)
    lines = story.explained("P0-04@")
    assert lines[1] == "Starts: case opened 22:47"
    assert lines[2] == "Counted from 23:17, when the level became Grave"


def test_a_duty_that_ran_out_explains_who_is_to_be_told() -> None:
    story = opened().tell(REACH).tell(cmd.FireDuties(), minutes=121)
    lines = story.explained("P0-05@2")
    assert lines[0] == "Tell the head P0-05"
    assert lines[1] == "Starts: First follow-up ran out 00:47"
    assert "To be told: Head of the estate office" in lines
    assert "= due 00:57 00:09:00 (running)" in lines


def test_a_promise_and_the_duty_that_keeps_a_case_alive() -> None:
    story = opened().tell(REACH)
    promise = story.now + timedelta(minutes=40)
    story.tell(cmd.PromiseCaller(due=promise, note="上门"), minutes=1)
    lines = story.explained("promise")
    assert lines[1] == "Promised to the caller at 22:48: 上门"
    assert "= due 23:27 00:39:00 (running)" in lines
    assert story.case is not None
    keep = Duty(
        key="keep@x",
        rule="P0-00",
        label=Label("跟进", "Follow up"),
        do="",
        start=START,
        due=START + timedelta(hours=8),
        clock="keep",
    )
    kept = explain_duty(keep, story.case, story.rules, story.now)
    assert "No live case is left without a duty." in kept
    assert "Time: end of the shift on watch" in kept


def test_a_year_without_a_holiday_table_is_said() -> None:
    duty = replace(opened().duty("P0-02@"), confirmed=False)
    story = opened()
    assert story.case is not None
    lines = explain_duty(duty, story.case, story.rules, story.now)
    assert any(line.startswith("Unconfirmed") for line in lines)
    assert "(unconfirmed)" in duty_line(duty, START, CALENDAR.tz)


@pytest.mark.parametrize(
    "procedure",
    [
        "estate-dispatch",
        "resident-station",
        "shop-chain",
        "estate-plant",
        "bar-guests",
        "hotel-guests",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_duty_of_every_procedure_can_be_explained(procedure: str, language: str) -> None:
    use("zh" if language == "zh" else "en")
    try:
        story = opened(Fact.GROUP, Fact.INJURY, procedure=procedure).tell(REACH)
        for step in story.rules.procedure.steps[:3]:
            story.tell(cmd.RecordStep(step=step.id, person="张伟", note="好"), minutes=1)
        story.tell(WAIT, minutes=5).tell(WAIT, minutes=5).tell(cmd.FireDuties(), minutes=9000)
        assert story.case is not None
        for duty in duties(story.case, story.rules):
            lines = explain_duty(duty, story.case, story.rules, story.now)
            assert len(lines) >= 4
            assert duty.rule in lines[0]
            assert not any("{" in line for line in lines)
    finally:
        use("en")


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (due.Elapsed(7200), "2 h on the clock"),
        (due.Elapsed(72 * 3600), "72 h on the clock"),
        (due.Elapsed(600), "10 min on the clock"),
        (due.Elapsed(25), "25 s on the clock"),
        (due.Days(3), "3 calendar days, to 24:00"),
        (due.Days(1), "1 calendar day, to 24:00"),
        (due.WorkingDays(1), "1 working day, to the close of office hours"),
        (due.WorkingDays(3), "3 working days, to the close of office hours"),
        (due.Months(1), "1 month, to 24:00 of that day"),
        (due.ShiftEnd(), "end of the shift on watch"),
        (due.Weekday(0), "the next Mon, to 24:00"),
        (due.DayOfMonth(25), "day 25 of the month, to 24:00"),
        (due.NotBefore(86400), "not before 24 h have passed"),
    ],
)
def test_no_unit_is_turned_into_another(spec: due.DueSpec, words: str) -> None:
    assert spec_words(spec) == words


def test_what_is_owed_comes_first_and_says_how_it_stands() -> None:
    story = opened(Fact.GROUP).tell(REACH, minutes=2)
    assert story.case is not None
    owed = duties(story.case, story.rules)
    lines = duty_lines(owed, story.now + timedelta(minutes=10), CALENDAR.tz, 60)
    assert lines[0].startswith(" -00:07:00!OVERDUE")
    assert "Report to head" in lines[0]
    assert "Notify  at 22:49" in lines[-1]
    assert [duty.pending for duty in in_order(owed)] == [True] * 4 + [False]
    assert {len(line) for line in lines} == {60}


def test_a_signature_that_is_owed_explains_who_agreed() -> None:
    story = opened(Fact.FIRE).tell(REACH)
    story.tell(cmd.AgreeByPhone(subject="head_signature", name="陈志强"), minutes=5)
    lines = story.explained("signature@")
    assert lines[0] == "Signature owed E-09"
    assert lines[1] == "Agreed by phone at 22:52: 陈志强, Head of the estate office"
    assert "= due 11-23 17:30 42:38:00 (running)" in lines


def test_the_acting_dispatchers_watch_is_named_where_the_plan_has_another() -> None:
    lines = opened().tell(REACH).explained("P0-06@")
    assert not [line for line in lines if "watch held then" in line]
    early = opened().tell(REACH, shift_end=START + timedelta(hours=3)).explained("P0-06@")
    assert "The watch held then was to end at 11-22 01:47; it is not the shift plan's." in early


def _sent() -> Story:
    """A fire: two of ours were told to come."""
    story = opened(Fact.FIRE).tell(cmd.NameEmergency(kind="fire", place="5-1"))
    for person, purpose in (("杨军", "notified"), ("高磊", "called_out")):
        call = cmd.TryCall(person=person, name=person, outcome=CallOutcome.REACHED, purpose=purpose)
        story.tell(call, minutes=1)
    return story


def test_a_clock_of_one_person_says_whose_it_is_and_what_began_it() -> None:
    story = _sent()
    assert story.case is not None
    found = [d for d in duties(story.case, story.rules) if d.clock == "E-03/report"]
    use("en")
    shown = [explain_duty(duty, story.case, story.rules, story.now) for duty in found]
    assert [lines[0] for lines in shown] == [
        "Report from scene: 杨军 E-03",
        "Report from scene: 高磊 E-03",
    ]
    assert shown[0][1].startswith("Starts: person responsible told 22:48")
    assert shown[1][1].startswith("Starts: Called to the scene 22:49")
    assert shown[1][2] == "Counted for 高磊 alone; nobody else ends it."


def test_what_was_given_up_is_missed_and_says_what_made_it_so() -> None:
    story = _sent().tell(cmd.StandDown(note="x", why="nobody answered"), minutes=1)
    assert story.case is not None
    use("en")
    duty = next(d for d in duties(story.case, story.rules) if d.clock == "E-02")
    lines = explain_duty(duty, story.case, story.rules, story.now)
    assert any(line.endswith("(missed)") for line in lines)
    assert lines[-1].startswith("Missed, if not done by then: given up when it was stood down")
    assert "missed" in duty_line(duty, story.now, CALENDAR.tz)
