"""Random histories of a case: whatever is done, and undone, the record holds together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dispatcher_tui.domain.case.evolve import fold, taken_back
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties, state
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import kinds
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    DutyState,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    ReviewOutcome,
    Satisfaction,
    SignedBy,
    Stage,
)
from tests.domain.support import DATA, P0, P4, SHANGHAI, Story, rules, shipped_procedure

START = "2026-11-18 16:30"
SHIPPED = sorted(path.stem for path in (DATA / "procedures").glob("*.toml"))
STEPS = {name: [step.id for step in rules(name).procedure.steps] for name in SHIPPED}
LEVELS = {name: [level.id for level in rules(name).procedure.levels] for name in SHIPPED}
DESKS_OWN = [name for name in SHIPPED if not shipped_procedure(name).companion]
PEOPLE = st.sampled_from([("zhang", "张伟"), ("liu", "刘芳"), ("", "路人")])
PASSING = st.sampled_from(
    [timedelta(0), timedelta(microseconds=1)]
    + [timedelta(seconds=s) for s in (1, 59, 300, 600, 1800, 7199, 7200, 7201)]
    + [timedelta(hours=h) for h in (5, 12, 24, 48, 800)]
)
LATE = st.sampled_from([timedelta(0)] * 6 + [timedelta(minutes=m) for m in (1, 10, 90)])
PICK = st.integers(0, 30)
SIGNERS = st.sampled_from(["赵主任", "赵主任", "李建国", " 王芳", ""])
INKS = st.sampled_from([None, Ink("表 07", "2"), Ink("表 07", " "), Ink("", "2")])


class History(RuleBasedStateMachine):
    """One case in random hands. A refused command is a fair answer and must change nothing."""

    story: Story

    @initialize(
        procedure=st.sampled_from([P0, P0, P0, P4, P4, *SHIPPED]),
        facts=st.sets(st.sampled_from(list(Fact)), max_size=2),
        channel=st.sampled_from(list(Channel)),
        case_class=st.sampled_from(["", "maintenance", "neighbour", "other_department"]),
        waited=LATE,
    )
    def open(
        self,
        procedure: str,
        facts: set[Fact],
        channel: Channel,
        case_class: str,
        waited: timedelta,
    ) -> None:
        self.story = Story(procedure, START)
        self.name = procedure
        self.story.open(
            procedure=procedure,
            facts=tuple(sorted(facts)),
            channel=channel,
            case_class=case_class,
            received_at=self.story.now - waited,
        )

    def ask(self, command: cmd.Command, late: timedelta = timedelta(0), cosigner: str = "") -> None:
        story = self.story
        before = (story.case, len(story.entries))
        occurred = (story.now - late).astimezone(SHANGHAI).replace(tzinfo=None).isoformat()
        try:
            story.do(command, occurred=occurred if late else "", cosigner=cosigner)
        except Refusal:
            assert (story.case, len(story.entries)) == before
        self.go_by_whoever_has_it()

    def go_by_whoever_has_it(self) -> None:
        """The rules of the procedure that has the case by now, whose hash is its id here."""
        case, story = self.story.case, self.story
        if case.procedure != self.name or len(case.moves) != len(story.rules.former):
            former = {move.before: shipped_procedure(move.before) for move in case.moves}
            self.name = case.procedure
            story.rules = Rules(shipped_procedure(self.name), story.rules.calendar, former)

    def step_id(self, pick: int) -> str:
        return STEPS[self.name][pick % len(STEPS[self.name])]

    @rule(by=PASSING)
    def pass_time(self, by: timedelta) -> None:
        self.story.at(self.story.now + by)

    @rule()
    def beat(self) -> None:
        """The heartbeat, until it has nothing more to say."""
        for _ in range(8):
            if not self.story.fire():
                break
        owed = duties(self.story.case, self.story.rules)
        assert falling_due(owed, self.story.case.fired, self.story.now) == []

    @rule(who=PEOPLE, outcome=st.sampled_from(list(CallOutcome)), read_back=st.booleans(), by=LATE)
    def call(
        self, who: tuple[str, str], outcome: CallOutcome, read_back: bool, by: timedelta
    ) -> None:
        person, name = who
        command = cmd.TryCall(person=person, name=name, outcome=outcome, read_back=read_back)
        self.ask(command, by)

    @rule(pick=PICK, outcome=st.sampled_from(list(CallOutcome)))
    def call_for_a_step(self, pick: int, outcome: CallOutcome) -> None:
        purpose = self.step_id(pick)
        self.ask(cmd.TryCall(person="head", name="赵主任", outcome=outcome, purpose=purpose))
        self.ask(cmd.ConfirmReadBack(purpose=purpose))

    @rule(by=LATE)
    def read_back(self, by: timedelta) -> None:
        self.ask(cmd.ConfirmReadBack(), by)

    @rule(who=PEOPLE)
    def name_somebody(self, who: tuple[str, str]) -> None:
        self.ask(cmd.NameAssignee(person=who[0], name=who[1]))

    @rule(outcome=st.sampled_from(list(FollowUpOutcome)), ahead=PASSING, by=LATE)
    def follow_up(self, outcome: FollowUpOutcome, ahead: timedelta, by: timedelta) -> None:
        self.ask(cmd.FollowUp(outcome=outcome, promise=self.story.now + ahead), by)

    @rule(ahead=PASSING)
    def promise_the_caller(self, ahead: timedelta) -> None:
        self.ask(cmd.PromiseCaller(due=self.story.now + ahead))

    @rule(pick=PICK, by=LATE)
    def record_a_step(self, pick: int, by: timedelta) -> None:
        self.ask(self.story.recording(self.step_id(pick)), by)

    @rule(pick=PICK, by=LATE)
    def regrade(self, pick: int, by: timedelta) -> None:
        levels = LEVELS[self.name]
        self.ask(cmd.Regrade(level=levels[pick % len(levels)], reason="看错了"), by)

    @rule(to=st.sampled_from([P0, P4, *DESKS_OWN]), reason=st.sampled_from(["归那边管", " "]))
    def hand_it_over(self, to: str, reason: str) -> None:
        """To another procedure, and often to and fro."""
        before, moves = self.story.case, len(self.story.case.moves)
        self.ask(cmd.MoveCase(to=to, procedure=shipped_procedure(to), reason=reason))
        case = self.story.case
        if len(case.moves) > moves:
            kept = ("opened_at", "received_at", "promises", "slip", "stage", "notified_at")
            assert [getattr(case, name) for name in kept] == [getattr(before, n) for n in kept]
            assert case.procedure == to != before.procedure
            assert not [duty for duty in self.owed if duty.before and duty.pending]

    @rule(
        standing=st.sampled_from(list(ReviewOutcome)), text=st.sampled_from(["", "等配件", "在修"])
    )
    def review(self, standing: ReviewOutcome, text: str) -> None:
        self.ask(cmd.Review(week="2026-W47", standing=standing, text=text))

    @rule(how=st.sampled_from(list(SignedBy)), confirmed=st.booleans(), ink=INKS)
    def decide_on_it(self, how: SignedBy, confirmed: bool, ink: Ink | None) -> None:
        head: dict[str, Any] = {"name": "赵主任", "role": "head", "rule": "P0-09", "ink": ink}
        command = cmd.SetMethod(
            week="2026-W47", text="请厂家", confirmed=confirmed, how=how, **head
        )
        self.ask(command, cosigner="赵主任")

    @rule(who=SIGNERS)
    def agree_by_phone(self, who: str) -> None:
        before = self.story.case.stage
        self.ask(cmd.AgreeByPhone(subject="head_signature", name=who))
        assert self.story.case.stage is before

    @rule(who=SIGNERS, ink=INKS)
    def sign_what_is_owed(self, who: str, ink: Ink | None) -> None:
        for sign_off in self.story.case.sign_offs:
            self.ask(cmd.SignOwed(key=sign_off.key, name=who, role="head", ink=ink))

    @rule()
    def name_an_emergency(self) -> None:
        self.ask(cmd.NameEmergency(kind="fire"))

    @rule()
    def find_it_valid(self) -> None:
        self.ask(cmd.JudgeValid())

    @rule()
    def find_it_invalid(self) -> None:
        self.ask(cmd.JudgeInvalid(reason="无理"))

    @rule(who=SIGNERS, ink=INKS)
    def write_off_in_ink(self, who: str, ink: Ink | None) -> None:
        command = cmd.WriteOff(
            by=FeedbackBy.WORD,
            source="张伟",
            satisfaction=Satisfaction.FAIR,
            items={"thanked": "done", "cause": "老化", "result": "换新"},
            signed={"head": who},
            ink={"head": ink} if ink is not None else {},
        )
        self.ask(command)

    @rule(signed=st.booleans(), by=LATE)
    def write_off(self, signed: bool, by: timedelta) -> None:
        command = cmd.WriteOff(
            by=FeedbackBy.WORD,
            source="张伟",
            satisfaction=Satisfaction.FAIR,
            items={"thanked": "done", "cause": "老化", "result": "换新"},
            signed={"head": "赵主任"} if signed else {},
        )
        self.ask(command, by, "赵主任" if signed else "")

    @rule()
    def do_all_that_a_write_off_asks(self) -> None:
        self.ask(cmd.JudgeValid())
        self.record_every_step()
        self.write_off(True, timedelta(0))

    def record_every_step(self) -> None:
        for step in STEPS[self.name]:
            self.ask(self.story.recording(step))

    @rule(by=LATE)
    def receive_paper(self, by: timedelta) -> None:
        self.ask(cmd.ReceivePaper(number="FW-1"), by)

    @rule(role=st.sampled_from(["", "property_manager", "gm"]))
    def sign_paper(self, role: str) -> None:
        self.ask(cmd.SignPaper(signer="李建国", role=role), cosigner="李建国")

    @rule()
    def file_paper(self) -> None:
        self.ask(cmd.FilePaper(binder="1", page="2"))

    @rule()
    def bring_it_to_its_end(self) -> None:
        """Everything finality asks for, in order, a day after the write-off."""
        self.do_all_that_a_write_off_asks()
        self.pass_time(timedelta(hours=24))
        self.ask(cmd.ReceivePaper(number="FW-1"))
        self.sign_paper(self.story.rules.procedure.closing_paper.signer)
        self.file_paper()
        self.record_every_step()
        self.close_final()

    @rule()
    def close_final(self) -> None:
        self.ask(cmd.CloseFinal())

    @rule(by=LATE)
    def reopen(self, by: timedelta) -> None:
        self.ask(cmd.Reopen(reason="又来"), by)

    @rule()
    def take_back(self) -> None:
        before = (self.story.case, len(self.story.entries))
        try:
            self.story.take_back()
        except Refusal:
            assert (self.story.case, len(self.story.entries)) == before
        self.go_by_whoever_has_it()

    @rule(actor=st.sampled_from(["李建国", "王芳"]))
    def change_hands(self, actor: str) -> None:
        self.story.actor = actor

    @rule(field=st.sampled_from(["place", "caller", "phone", "category", "verbatim"]))
    def correct(self, field: str) -> None:
        self.ask(cmd.Correct(field=field, value="另一个", reason="听错"))
        self.ask(cmd.AddNote(text="改过"))
        self.ask(cmd.RingAgain(caller="王先生"))

    # what holds at every moment

    @property
    def owed(self) -> tuple[Duty, ...]:
        return duties(self.story.case, self.story.rules)

    @invariant()
    def the_entries_are_the_case(self) -> None:
        assert fold(self.story.entries) == self.story.case

    @invariant()
    def a_live_case_has_a_countdown_and_an_ended_one_owes_nothing(self) -> None:
        counting = [duty for duty in self.owed if duty.pending and duty.due is not None]
        pending = [duty for duty in self.owed if duty.pending]
        assert not pending if self.story.case.stage.ended else counting

    @invariant()
    def nothing_is_final_without_its_paper(self) -> None:
        story = self.story
        if story.case.stage is not Stage.FINAL:
            return
        assert story.case.slip.complete
        void, kinds = taken_back(story.entries), Counter[type[ev.Event]]()
        for entry in story.entries:
            if isinstance(entry.event, ev.Reopened) and entry.seq not in void:
                kinds.clear()
            elif entry.seq not in void:
                kinds[type(entry.event)] += 1
        asked = (ev.WrittenOff, ev.PaperReceived, ev.PaperSigned, ev.PaperFiled, ev.ClosedFinal)
        assert [kinds[kind] for kind in asked] == [1, 1, 1, 1, 1]

    @invariant()
    def no_emergency_is_written_off_unsigned(self) -> None:
        story, void = self.story, taken_back(self.story.entries)
        emergency = signed = False
        for entry in story.entries:
            event = entry.event
            if entry.seq in void:
                continue
            if isinstance(event, ev.CaseOpened | ev.LevelChanged):
                emergency = emergency or event.level == "emergency"
            if isinstance(event, ev.Signed):
                counts = event.how is SignedBy.PIN or bool(event.paper and event.page)
                signed = signed or (event.role == "head" and counts)
                own = event.how is SignedBy.INK and event.name == entry.actor
                assert event.name.strip()
                assert not own, "nobody is witness to themselves"
            if isinstance(event, ev.Reopened):
                signed = False
            if isinstance(event, ev.WrittenOff) and emergency:
                assert signed

    @invariant()
    def every_duty_fires_once_and_has_a_key_of_its_own(self) -> None:
        fired = Counter(
            entry.event.duty
            for entry in self.story.entries
            if isinstance(entry.event, ev.DutyFellDue)
        )
        assert all(times == 1 for times in fired.values())
        assert set(fired) == self.story.case.fired
        keys = [duty.key for duty in self.owed]
        assert len(keys) == len(set(keys))

    @invariant()
    def every_duty_has_a_state_of_the_vocabulary(self) -> None:
        for duty in self.owed:
            how = state(duty, self.story.now)
            assert how in DutyState
            pending = how in (DutyState.WAITING, DutyState.RUNNING, DutyState.OVERDUE)
            assert pending == duty.pending
            ends = [at for at in (duty.done_at, duty.cancelled_at) if at is not None]
            assert len(ends) <= 1
            if duty.start is not None and duty.clock != "promise":
                assert all(at >= duty.start for at in ends)
                assert duty.due is not None
                assert duty.due >= duty.start
            case = self.story.case
            mistaken = case.stage is Stage.INVALID and case.valid is None  # it owed nothing
            if how is DutyState.CANCELLED and duty.due is not None and not mistaken:
                assert duty.cancelled_at is not None
                assert duty.cancelled_at <= duty.due, "what had fallen due was missed"
                assert duty.key not in self.story.case.fired

    @invariant()
    def the_first_follow_up_counts_from_the_later_of_opened_and_notified(self) -> None:
        case = self.story.case
        if self.name != P0 or case.moves or case.stage.handled or case.notified_at is None:
            return  # what was followed up under another one is not followed up again
        opened = [signal.at for signal in case.signals if signal.name == "opened"][-1]
        last = [duty for duty in self.owed if duty.clock == "P0-05"][-1]
        if last.key.endswith("/tell"):
            last = next(duty for duty in self.owed if duty.key == last.key.removesuffix("/tell"))
        assert last.due == max(opened, case.notified_at) + timedelta(hours=2)

    @invariant()
    def everything_goes_to_json_and_back(self) -> None:
        case, owed = self.story.case, self.owed
        assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case
        assert msgspec.json.decode(msgspec.json.encode(owed), type=tuple[Duty, ...]) == owed
        last: Any = self.story.entries[-1].event
        assert kinds.decode(kinds.kind_of(type(last)), kinds.encode(last)) == last


TestHistory = History.TestCase
