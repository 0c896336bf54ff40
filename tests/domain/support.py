"""A case told command by command: the shipped procedures, the real calendar, an injected clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dispatcher_tui.domain.case.decide import decide
from dispatcher_tui.domain.case.evolve import evolve, fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.case.take_back import last_action
from dispatcher_tui.domain.duties.closing_paper import closed_with, paper_for
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties, state
from dispatcher_tui.domain.emergency.layer import under_layer
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry, Grade, PendingEntry
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.context import CommandContext, RoleHeld
from dispatcher_tui.domain.step_field import DAY, MONEY, SERVICE, TIME, StepField
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    DutyState,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from dispatcher_tui.site.holiday_files import parse_holidays
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import calendar_of, parse_site

DATA = Path(__file__).resolve().parents[2] / "data"
SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
P0, P4 = "estate-dispatch", "resident-station"
P1, P3, FEE = "owner-relations", "service-centre", "fee-collection"
P5, P6 = "project-centre", "campus-logistics"
CAPA = "corrective-action"
ZHANG, LIU = ("zhang", "张伟"), ("liu", "刘芳")


def local(text: str) -> datetime:
    """A moment of the site, ``2026-11-18 09:00`` with or without seconds, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def case_line(name: str = "a", **changed: Any) -> CaseLine:
    """An open case in a list, of which somebody was told and that has no duty."""
    values: dict[str, Any] = dict.fromkeys(CaseLine.__struct_fields__, "")
    values |= dict.fromkeys(("grave", "emergency", "shout", "stuck"), False)
    values |= dict.fromkeys(("written_off_at", "final_at", "done_at", "next_due", "fire_at"))
    opened = {"opened_at": local("2026-11-18 09:00")}
    values |= {"row": 1, "id": name, "open": True, "stage": Stage.NOTIFIED, **opened}
    return CaseLine(**{**values, **changed})


def bare_case(at: datetime, level: str = "emergency", rule: str = "E-01", **more: Any) -> Case:
    """A case of a level that was opened at a moment, and of which nothing else is known."""
    values: dict[str, Any] = {"id": "c", "number": "261121-01", "procedure": "p", "calendar": "k"}
    values |= {"stage": Stage.OPEN, "grades": (Grade(level, rule, at),)}
    return Case(**{**values, "opened_at": at, "received_at": at, **more})


@cache
def calendar() -> Calendar:
    """The calendar of the demo's site: shifts 07–19 and 19–07, the shipped holiday tables."""
    site = parse_site((DATA / "demo" / "site.toml").read_text("utf-8"), "site.toml")
    tables = {
        int(path.stem): parse_holidays(path.read_text("utf-8"), path.name)
        for path in sorted((DATA / "holidays").glob("*.toml"))
    }
    return calendar_of(site, tables)


@cache
def rules(procedure: str) -> Rules:
    """The shipped procedure of that id with the real calendar."""
    return Rules(shipped_procedure(procedure), calendar())


@cache
def shipped_procedure(procedure: str) -> Procedure:
    """A shipped procedure as a desk works by it: with the emergency layer under it."""
    path = DATA / "procedures" / f"{procedure}.toml"
    layer = parse_layer((DATA / LAYER).read_text("utf-8"), LAYER)
    return under_layer(parse_procedure(path.read_text("utf-8"), path.name), layer)


def field_sample(field: StepField, now: datetime) -> str:
    """Something that can be written into a field of an act."""
    ahead = now + timedelta(days=3 if field.after else 2)
    samples = {MONEY: "80000", TIME: ahead.isoformat(), DAY: "2026-11-01"}
    return samples.get(field.kind, "张伟")


class Story:
    """One case and its clock. Duties go by their clock's key; later runs get ``·2``, ``·3`` …"""

    def __init__(self, procedure: str, start: str, actor: str = "李建国") -> None:
        self.rules = rules(procedure)
        self.actor = actor
        self.now = local(start)
        self.known: tuple[RoleHeld, ...] = ()
        self.stoppable: tuple[str, ...] = ()
        self.entries: list[Entry] = []
        self._case: Case | None = None
        self._seq = 0

    @property
    def case(self) -> Case:
        assert self._case is not None
        return self._case

    @property
    def judging(self) -> Rules:
        """The rules as they judge this case: with the paper that closes it."""
        if self._case is None:
            return self.rules
        procedure = self.rules.procedure
        closed = closed_with(procedure, paper_for(procedure, self._case))
        return replace(self.rules, procedure=closed)

    def at(self, moment: str | datetime) -> Self:
        """Set the clock, forwards only."""
        to = local(moment) if isinstance(moment, str) else moment
        assert to >= self.now
        self.now = to
        return self

    def after(self, **by: float) -> Self:
        return self.at(self.now + timedelta(**by))

    def moment(self, occurred: datetime | None) -> CommandContext:
        """Now, with nobody signed in: a shift's end is the shift plan's."""
        stops = self.stoppable
        return CommandContext(self.now, self.actor, occurred, roles=self.known, stoppable=stops)

    def do(
        self, command: cmd.Command, *, occurred: str = "", cosigner: str = ""
    ) -> tuple[ev.Event, ...]:
        """Carry a command out and write its entries; gives what they say."""
        moment = self.moment(local(occurred) if occurred else None)
        happenings = decide(self._case, command, self.judging, moment)
        self._write(happenings, cosigner)
        if isinstance(command, cmd.TakeBack):
            self._case = fold(self.entries)
        return tuple(happening.event for happening in happenings)

    def _write(self, happenings: tuple[PendingEntry, ...], cosigner: str) -> None:
        for happening in happenings:
            self._seq += 1
            entry = Entry(
                self._seq,
                happening.occurred_at,
                self.now,
                self.actor,
                cosigner,
                happening.event,
            )
            self.entries.append(entry)
            if not isinstance(entry.event, ev.TakenBack):
                self._case = evolve(self._case, entry)

    def refused(self, command: cmd.Command, *, occurred: str = "") -> Refusal:
        """The refusal a command meets; nothing is written by it."""
        before = (self._case, len(self.entries))
        try:
            self.do(command, occurred=occurred)
        except Refusal as refusal:
            assert (self._case, len(self.entries)) == before
            return refusal
        raise AssertionError(f"{command} was carried out")

    def fire(self) -> list[str]:
        """The heartbeat: the clocks that fell due now, and the level a case rose to."""
        events = self.do(cmd.FireDuties())
        names = {duty.key: name for name, duty in self.owed().items()}
        return [
            names[event.duty] if isinstance(event, ev.DutyFellDue) else f"level {self.case.level}"
            for event in events
        ]

    def owed(self) -> dict[str, Duty]:
        """Every duty of the case by its name."""
        found: dict[str, Duty] = {}
        for duty in duties(self.case, self.judging):
            stem = f"{duty.clock} late" if duty.key.endswith("/tell") else duty.clock
            name, nth = stem, 1
            while name in found:
                nth += 1
                name = f"{stem}·{nth}"
            found[name] = duty
        return found

    def states(self, *, all_of: bool = False) -> dict[str, str]:
        """How every duty stands now; those that still wait for their start are left out."""
        found = {name: state(duty, self.now) for name, duty in self.owed().items()}
        return {
            name: how.value
            for name, how in found.items()
            if all_of or how is not DutyState.WAITING or self.owed()[name].due is not None
        }

    def due(self, name: str) -> datetime:
        """When a duty is due."""
        due = self.owed()[name].due
        assert due is not None, f"{name} has not started"
        return due

    # what a dispatcher does, in the fewest words

    def open(self, **fields: object) -> Self:
        given: dict[str, object] = {
            "id": "case-1",
            "number": "261118-01",
            "procedure": "p",
            "calendar": "c",
            "received_at": self.now,
            "place": "3-2-1502",
            "caller": "王先生",
            "phone": "13800000000",
            "verbatim": "厨房漏水",
        }
        self.do(cmd.OpenCase(**{**given, **fields}))  # type: ignore[arg-type]
        return self

    def call(
        self,
        outcome: CallOutcome = CallOutcome.REACHED,
        who: tuple[str, str] = ZHANG,
        *,
        read_back: bool = False,
        purpose: str = "notified",
    ) -> Self:
        person, name = who
        self.do(
            cmd.TryCall(
                person=person, name=name, outcome=outcome, read_back=read_back, purpose=purpose
            )
        )
        return self

    def follow_up(self, outcome: FollowUpOutcome, promise: timedelta | None = None) -> Self:
        in_hand = outcome in (FollowUpOutcome.ARRANGED, FollowUpOutcome.IN_PROGRESS)
        until = self.now + (promise or timedelta(hours=1)) if in_hand or promise else None
        self.do(cmd.FollowUp(outcome=outcome, promise=until))
        return self

    def recording(self, step: str, note: str = "说过了", **values: str) -> cmd.RecordStep:
        """The act with all that it asks for: its signer's role, and a value in every field."""
        act = self.rules.procedure.step(step)
        assert act is not None
        given = {each.id: field_sample(each, self.now) for each in act.fields if each.required}
        given |= {each.id: s for each in act.fields if each.kind == SERVICE for s in self.stoppable}
        return cmd.RecordStep(
            step=step, person="张伟", note=note, values=given | values, role=act.signer
        )

    def step(self, step: str, note: str = "说过了", **values: str) -> Self:
        command = self.recording(step, note, **values)
        self.do(command, cosigner="周总" if command.role else "")
        return self

    def stood_down(self) -> Self:
        """Somebody says that the emergency is over, and why whoever was left out was."""
        self.do(cmd.StandDown(note="赵主任: 好了", why="没人接"))
        return self

    def held(self, event: ev.Event) -> Self:
        """An entry as it stands in an older record, whatever is decided today."""
        self._write((PendingEntry(event, self.now),), "")
        return self

    def write_off(self, **signed: str) -> Self:
        self.do(written_off(**signed))
        return self

    def paper(self, role: str = "") -> Self:
        """Receive, sign and file the closing paper."""
        self.do(cmd.ReceivePaper(number="FW-000123"))
        self.do(cmd.SignPaper(signer=self.actor, role=role), cosigner=self.actor)
        self.do(cmd.FilePaper(binder="2026-11", page="7", charge_fen=8000))
        return self

    def take_back(self) -> Self:
        of = last_action(self.entries, self.rules.procedure, self.actor, self.now)
        self.do(cmd.TakeBack(of=of))
        return self


def written_off(**signed: str) -> cmd.WriteOff:
    """A write-off with everything that is asked of an ordinary case."""
    return cmd.WriteOff(
        by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED, signed=signed
    )


def proves_boundary(
    story: Story,
    name: str,
    due: str,
    *,
    rule: str = "",
    also: dict[str, str] | None = None,
) -> None:
    """The duty is due at ``due``, to the second, and nothing else happens around it.

    A second before, it runs; at the time it falls due, alone, and is not late; a second after,
    it is overdue and has not fired again. ``rule`` is the rule it stands for (as its name says);
    ``also``: what else its firing brings about.
    """
    at = local(due)
    assert story.owed()[name].rule == (rule or re.split(r"[/· ]", name)[0])
    assert story.due(name) == at
    story.at(at - SECOND).fire()
    before = story.states()
    assert before[name] == "running"
    assert story.at(at).fire() == [name]
    assert story.states() == {**before, **(also or {})}
    assert story.at(at + SECOND).fire() == []
    assert story.states() == {**before, **(also or {}), name: "overdue"}
