"""The demo's last month while it is lived through: its clock, its scenes, the watches between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.demo.reviews import do_work, works
from dispatcher_tui.demo.script import DemoStory, Script, StoryNote, StoryStep, act
from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.case.corrective import open_corrective
from dispatcher_tui.desk.case.intake import Intake, cleaned
from dispatcher_tui.desk.case.moving import move_case
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.slips import record_asked, squads
from dispatcher_tui.desk.reviews.routines import (
    fire_desk,
    next_desk_firing,
    owed_by_desk,
    owed_until,
)
from dispatcher_tui.desk.site.noting import add_note
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.desk.watch.hand_over import draw_in
from dispatcher_tui.desk.watch.handouts import hand_out, take_back
from dispatcher_tui.desk.watch.rounds import record_round
from dispatcher_tui.domain.case.decide_handouts import BackAsked, HandOutAsked
from dispatcher_tui.domain.case.decide_rounds import RoundAsked
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, PendingEntry
from dispatcher_tui.domain.record.watch_events import (
    AbsenceNoted,
    HandedOver,
    NoticePosted,
    SignedIn,
)
from dispatcher_tui.domain.time.calendar import Watch, watch_at
from dispatcher_tui.domain.time.clocks import ClockReading
from dispatcher_tui.domain.watch.check_questions import answered
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.store.tx import Tx

_LENGTH = re.compile(r"(\d+)([dhm])")
_UNITS = {"d": 86_400, "h": 3_600, "m": 60}
_ON_WATCH, _HEAD = "dispatcher", "head"
_CALL = "call"
"""The verb that tells somebody; a complaint's paper is given out with it."""
_PAPER_COMES = "receive_paper"
"""The verb of a paper that comes in: that of an emergency is given out no sooner."""
_CORRECTIVE = "corrective"
"""The verb that opens a case of its own: what caused the complaint is corrected."""
_MOVE = "move"
"""The verb that hands a case over to another procedure in force."""
ZONE = "Asia/Shanghai"
ASKS_BEFORE = timedelta(minutes=25)
"""How long before a watch ends it asks for the papers that are owed."""
ONE_FORGETS = 13
"""On one day in so many nobody asks: a record without a gap would be believed by nobody."""


class StoryClock:
    """A clock that stands still until it is put forward."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment it was put to (UTC)."""
        return self._at

    def boot(self) -> float:
        """Seconds since some start; it is never set back."""
        return self._at.timestamp()

    def beat(self) -> ClockReading:
        """What it shows: time passes here without a heartbeat."""
        return ClockReading(self._at, self.boot())

    def put(self, at: datetime) -> None:
        """Put it forward; it never goes back."""
        self._at = max(at, self._at)


class StoryScene(msgspec.Struct, frozen=True):
    """One thing to be done, when, and on which case (its place in the script).

    ``line`` is what is written into the Work Log instead, where it is on no case; ``work`` what
    the desk itself owed and did; ``round`` a round of the watch, ``handout`` what
    went out of the handout book or came back.
    """

    at: datetime
    story: int
    step: StoryStep | None
    line: StoryNote | None = None
    work: str = ""
    round: RoundAsked | None = None
    handout: HandOutAsked | BackAsked | None = None


def length(text: str) -> timedelta:
    """A length of time such as ``29d14h27m``."""
    parts = _LENGTH.findall(text)
    return timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in parts))


def story_scenes(
    script: Script, now: datetime, more: Iterable[StoryScene] = ()
) -> list[StoryScene]:
    """The whole month in order, with ``more`` of it; what would lie after ``now`` has not
    happened."""
    found = [*more]
    for index, story in enumerate(script.stories):
        opened = now - length(story.ago)
        found.append(StoryScene(opened, index, None))
        found += [StoryScene(opened + length(step.after), index, step) for step in story.steps]
    found += [StoryScene(now - length(line.ago), -1, None, line) for line in script.lines]
    begin, zone = min(scene.at for scene in found), ZoneInfo(ZONE)
    found += [StoryScene(at, -1, None, work=do) for at, do in works(begin, now, zone)]
    return sorted((s for s in found if s.at <= now), key=lambda s: (s.at, s.story))


class LivedMonth:
    """The month while it is lived through, up to ``now``."""

    def __init__(
        self, desk: Desk, tx: Tx, clock: StoryClock, script: Script, now: datetime
    ) -> None:
        self._desk = desk
        self._tx = tx
        self._clock = clock
        self._script = script
        self._now = now
        self._people: dict[str, Person] = {person.id: person for person in tx.people()}
        self._cases: dict[int, str] = {}
        self._watch: Watch | None = None
        self._own: datetime | None = None
        self._asks_at: datetime | None = None
        """When this watch asks for the papers that are owed; None once it has."""
        boss = next(account for account in demo_accounts() if account.role == _HEAD)
        self._head = Signing(boss.name, boss.pin)

    def go_to(self, at: datetime) -> None:
        """Let time pass: the watch changes and duties fall due, each at its own moment."""
        while True:
            due = min((d for d in (self._tx.next_firing(), self._own) if d), default=None)
            shift = self._watch.end if self._watch else at
            moment = min(at, due or at, shift, self._asks_at or at)
            self._clock.put(moment)
            if self._asks_at is not None and self._asks_at <= moment:
                self._ask_for_papers()
            if self._watch is None or self._watch.end <= moment:
                self._change_watch()
            if due is None or due > moment:
                if moment >= at:
                    return
                continue
            for case_id in self._tx.firing(moment):
                self._desk.perform_in(self._tx, case_id, cmd.FireDuties())
            if self._own is not None and self._own <= moment:
                fire_desk(self._desk)
                self._look_at_own()

    def put_in_force(self, site: SiteData) -> None:
        """The office works by the site's procedures from now on."""
        adopt_site(self._desk, site)
        self._look_at_own()

    def _look_at_own(self) -> None:
        """When the desk's own duties fall due next, or others come up."""
        own = next_desk_firing(owed_by_desk(self._desk), self._tx.post().fired)
        begins = owed_until(self._desk)
        self._own = min(own or begins, begins)

    def _change_watch(self) -> None:
        """The watch is handed over by its sheet; the first of the month signs in."""
        watch = self._watch = watch_at(self._desk.rules.calendar, self._clock.now())
        forgets = watch.start.toordinal() % ONE_FORGETS == 0
        self._asks_at = None if forgets else watch.end - ASKS_BEFORE
        holder, name = self._tx.post().holder, self._next_on_watch(watch)
        self._desk.actor = name
        if not holder:
            signed_in = SignedIn(name=name, role=_ON_WATCH, until=watch.end)
            self._desk.note_in(self._tx, signed_in)
        elif holder != name:
            self._hand_over(holder, name)
        self._look_at_own()

    def _ask_for_papers(self) -> None:
        """Ring who leads each squad for the copies that are owed, before the watch is over."""
        self._asks_at = None
        for squad in squads(self._desk):
            record_asked(self._desk, squad, (each.paper.case_id for each in squad.papers))

    def _hand_over(self, outgoing: str, incoming: str) -> None:
        drawn = draw_in(self._desk, self._tx)
        event = HandedOver(
            outgoing=outgoing,
            incoming=incoming,
            role=_ON_WATCH,
            until=drawn.sheet.until,
            sheet=drawn.sheet,
            answers=tuple(map(answered, drawn.questions)),
            heard=True,
        )
        self._desk.note_in(self._tx, event, actor=outgoing, cosigner=incoming)

    def _next_on_watch(self, watch: Watch) -> str:
        """Those of one shift take turns by the day; the watch on now is somebody's who can sign."""
        now, zone = self._clock.now(), self._desk.rules.calendar.tz
        there = [
            person.name
            for person in self._people.values()
            if person.role == _ON_WATCH and person.on_duty(now, zone)
        ]
        if not there or watch.end > self._now:
            return self._can_sign()
        return there[watch.start.toordinal() % len(there)]

    def _can_sign(self) -> str:
        """Who can sign in and is on duty now; the first who can sign in where nobody is."""
        now, zone = self._clock.now(), self._desk.rules.calendar.tz
        there = {person.name for person in self._people.values() if person.on_duty(now, zone)}
        names = [account.name for account in demo_accounts() if account.role == _ON_WATCH]
        return next((name for name in names if name in there), names[0])

    def play(self, scene: StoryScene) -> None:
        """One scene at its time."""
        self.go_to(scene.at)
        if scene.line is not None:
            self._write_down(scene.line)
            return
        if scene.round is not None:
            record_round(self._desk, scene.round)
            self._look_at_own()
            return
        if scene.handout is not None:
            if isinstance(scene.handout, BackAsked):
                take_back(self._desk, scene.handout)
            else:
                hand_out(self._desk, scene.handout)
            return
        if scene.work:
            do_work(self._desk, scene.work, self._script.office, self._head)
            self._look_at_own()
            return
        story = self._script.stories[scene.story]
        if scene.step is None:
            self._cases[scene.story] = self._open(story)
            return
        case_id = self._cases[scene.story]
        if scene.step.do == _CORRECTIVE:
            self._correct(case_id, scene.step)
            return
        if scene.step.do == _MOVE:
            move_case(self._desk, case_id, scene.step.to, scene.step.reason)
            return
        if scene.step.do == _PAPER_COMES:
            self._give_out(case_id)
        for command, cosigner in self._commands(case_id, story, scene.step):
            self._desk.perform_in(self._tx, case_id, command, cosigner=cosigner)
        if scene.step.do == _CALL and story.has_paper() and not self._case(case_id).emergency_kind:
            self._give_out(case_id)

    def _case(self, case_id: str) -> Case:
        """A case as it stands."""
        record = self._tx.case(case_id)
        assert record is not None  # it was opened in this very transaction
        return record.case

    def _give_out(self, case_id: str) -> None:
        """Who was told of a complaint goes there with its paper; in an emergency that waits."""
        case = self._case(case_id)
        if case.responsible and not case.slip.number:
            self._desk.issue_slip(case_id)

    def _correct(self, case_id: str, step: StoryStep) -> None:
        """What caused the complaint is corrected: a case of its own, handed to somebody."""
        made = open_corrective(self._desk, of_case=case_id, text=step.note).case
        person = self._people[step.who]
        told = cmd.TryCall(
            person=person.id,
            name=person.name,
            role=person.role,
            phone=person.phones[0],
            outcome=CallOutcome.REACHED,
            read_back=True,
        )
        self._desk.perform(made.id, told)
        self._desk.perform(
            made.id, cmd.RecordStep(step=step.step, person=step.by, note=step.reason)
        )

    def _write_down(self, line: StoryNote) -> None:
        """A line of the Work Log, late perhaps, a notice, a household's note, somebody away."""
        now = self._clock.now()
        if line.note is not None:
            add_note(self._desk, line.place, line.note, line.text)
            return
        if line.who:
            name, until = self._people[line.who].name, now + length(line.until)
            away = AbsenceNoted(
                person=line.who,
                name=name,
                absence=line.absence,
                since=now,
                until=until,
                days=True,
            )
            self._desk.note_in(self._tx, away)
            return
        if line.until:
            posted = NoticePosted(text=line.text, until=now + length(line.until))
            self._desk.note_in(self._tx, posted)
            return
        happened = PendingEntry(ev.LogNoted(text=line.text), now - length(line.late))
        self._tx.append([happened], actor=self._desk.actor, cosigner="", recorded_at=now)

    def _open(self, story: DemoStory) -> str:
        form, _removed = cleaned(
            Intake(
                place=story.place,
                phone=story.phone,
                caller=story.caller,
                said=story.said,
                category=story.category,
                facts=story.facts,
                channel=story.channel,
            )
        )
        now = self._clock.now()
        return self._desk.open_in(self._tx, form, received_at=now, occurred=now).case.id

    def _commands(
        self, case_id: str, story: DemoStory, step: StoryStep
    ) -> Iterator[tuple[cmd.Command, str]]:
        case = self._case(case_id)
        procedure = self._desk.rules_of(case).procedure
        now = self._clock.now()
        until = now + length(step.promise) if step.promise else None
        signers = {o.role: o.name for o in self._tx.operators()}
        yield from act(
            step,
            case,
            procedure,
            self._people,
            caller=(story.caller, story.phone),
            actor=self._desk.actor,
            signers=signers,
            until=until,
        )
