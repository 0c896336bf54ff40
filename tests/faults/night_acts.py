"""What is done at a desk in a night: by the operator, by a script beside it, by whoever comes.

Each act takes its own random numbers, so that a night can be told again without some of them.
What the desk refuses has changed nothing, which the judge sees.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

import argon2

from dispatcher_tui.desk.case.called_again import call_again
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.case.moving import move_case, others_than
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.together import SignatureGiven, Signing, cosigner, write_off
from dispatcher_tui.desk.watch import hand_over as handing
from dispatcher_tui.desk.watch.watchkeeping import lock, relieve, sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sign_off import owed
from dispatcher_tui.domain.watch.check_questions import answered
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
)
from dispatcher_tui.store.store import Store
from tests.desk.heads import add_head
from tests.domain.support import field_sample
from tests.faults.night_desk import NightDesk

Act = Callable[[NightDesk, Random], None]

OPERATORS = (("李建国", "dispatcher"), ("王芳", "dispatcher"), ("陈志强", "head"))
MANAGER = ("周敏", "property_manager")
PIN = "471108"
PEOPLE = (
    ("zhangwei", "张伟", "maintenance_lead"),
    ("liufang", "刘芳", "supervisor"),
    ("", "路人", ""),
)
SAID = ("厨房漏水到楼下两户", "电梯异响", "门禁失灵", "楼道灯不亮", "有烟味", "")
LATE = (0, 0, 0, 0, 0, 1, 10, 90)
"""Minutes by which an entry comes after what it tells."""

AHEAD = (1, 5, 40, 120, 600, 60 * 24 * 20)
"""Minutes to a promised time."""

cheap_hashes = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
"""In place of ``argon2.PasswordHasher``: the same work, in less time and memory."""


def take_on(desk: Desk) -> None:
    """Let everybody sign in who does anything at night."""
    for name, role in (*OPERATORS, MANAGER):
        add_head(desk, name, role, PIN)


def _case(night: NightDesk, random: Random) -> str:
    """One of the cases that there is still something to do about, most often."""
    if not night.cases:
        open_case(night, random)
    return random.choice(night.cases[-6:] if random.random() < 0.9 else night.cases)


def _handled_case(night: NightDesk, random: Random) -> str:
    """One that is written off or ended, where there is one among the newest."""
    stages = {case: night.desk.record(case).case.stage for case in night.cases[-8:]}
    handled = [case for case, stage in stages.items() if stage.handled]
    return random.choice(handled) if handled else _case(night, random)


def _of(night: NightDesk, case: str) -> Procedure:
    """The procedure that a case goes by."""
    return night.desk.rules_of(night.desk.record(case).case).procedure


def _at(night: NightDesk, random: Random) -> datetime | None:
    """When it happened, where that is not now."""
    late = random.choice(LATE)
    return night.clock.now() - timedelta(minutes=late) if late else None


def _do(night: NightDesk, key: str, command: cmd.Command, at: datetime | None = None) -> Done:
    done = night.desk.perform(key, command, occurred=at)
    night.learn(done)
    return done


def _form(night: NightDesk, random: Random) -> Intake:
    categories = [category.id for category in night.site.categories]
    return Intake(
        kind=random.choice((IntakeKind.COMPLAINT, IntakeKind.REPAIR, IntakeKind.OTHER)),
        place=f"{random.randint(1, 9)}-{random.randint(1, 3)}-{random.randint(1, 18):02d}02",
        phone=f"139{random.randint(0, 99999999):08d}",
        caller="王女士",
        said=random.choice(SAID),
        category=random.choice(categories) if random.random() < 0.8 else "",
        channel=random.choice(list(Channel)),
        facts=tuple(sorted(random.sample(list(Fact), random.choice((0, 0, 0, 1, 2))))),
    )


def open_case(night: NightDesk, random: Random) -> None:
    """立项 from a form, often later than the call."""
    opened = _at(night, random)
    received = (opened or night.clock.now()) - timedelta(minutes=random.choice(LATE))
    form = _form(night, random)
    night.learn(night.desk.open_case(form, received_at=received, occurred=opened))


def open_by_script(night: NightDesk, random: Random) -> None:
    """Another program on the file takes a case down; the desk has to find it."""
    store = Store.open(night.estate.db, ballast=0)
    try:
        beside = Desk(store, night.clock, night.site, "cli:panel")
        beside.in_force.put(night.desk.in_force.refs, night.desk.in_force.companions)
        beside.calendar_ref = night.desk.calendar_ref
        night.learn(beside.open_case(_form(night, random), received_at=None))
    finally:
        store.close()


def open_emergency(night: NightDesk, random: Random) -> None:
    """F9, with or without its kind; now and then by mistake."""
    kinds = ["", *(card.id for card in night.site.cards)]
    done = night.desk.open_emergency(random.choice(kinds))
    night.learn(done)
    if random.random() < 0.2:
        _do(night, done.case.id, cmd.CallOff(reason="按错"))


def ring_again(night: NightDesk, random: Random) -> None:
    """催单, or the same matter from somebody else, graver than it was."""
    night.learn(call_again(night.desk, _case(night, random), _form(night, random)))


def call(night: NightDesk, random: Random) -> None:
    """A try to reach the responsible person, whatever comes of it."""
    person, name, role = random.choice(PEOPLE)
    command = cmd.TryCall(
        person=person,
        name=name,
        role=role,
        outcome=random.choice([*CallOutcome, CallOutcome.REACHED, CallOutcome.REACHED]),
        read_back=random.random() < 0.3,
    )
    case = _case(night, random)
    _do(night, case, command, _at(night, random))
    if random.random() < 0.5:
        _do(night, case, cmd.ConfirmReadBack())


def name_somebody(night: NightDesk, random: Random) -> None:
    """改派."""
    person, name, role = random.choice(PEOPLE)
    _do(night, _case(night, random), cmd.NameAssignee(person=person, name=name, role=role))


def issue_slip(night: NightDesk, random: Random) -> None:
    """A service slip is handed out."""
    night.learn(night.desk.issue_slip(_case(night, random)))


def follow_up(night: NightDesk, random: Random) -> None:
    """With every outcome; where it needs a time, one is promised."""
    promise = night.clock.now() + timedelta(minutes=random.choice(AHEAD))
    command = cmd.FollowUp(outcome=random.choice(list(FollowUpOutcome)), promise=promise)
    _do(night, _case(night, random), command, _at(night, random))


def promise_caller(night: NightDesk, random: Random) -> None:
    """A time is promised to the caller."""
    due = night.clock.now() + timedelta(minutes=random.choice(AHEAD))
    _do(night, _case(night, random), cmd.PromiseCaller(due=due))


def _recorded(night: NightDesk, procedure: Procedure, step: str, note: str) -> cmd.RecordStep:
    """An act of the procedure with something in each of its fields."""
    act, now = procedure.step(step), night.desk.clock.now()
    fields = act.fields if act is not None else ()
    values = {each.id: field_sample(each, now) for each in fields}
    return cmd.RecordStep(step=step, person="陈志强", note=note, values=values)


def step(night: NightDesk, random: Random) -> None:
    """An act of the procedure: reports, chasing papers, verifying, visits."""
    case = _case(night, random)
    of = _of(night, case)
    command = _recorded(night, of, random.choice(of.steps).id, "说过了")
    _do(night, case, command, _at(night, random))


def step_owed(night: NightDesk, random: Random) -> None:
    """An act of the procedure that is owed."""
    case = _case(night, random)
    asked = [d.do.removeprefix("step:") for d in night.desk.record(case).duties if d.pending]
    of = _of(night, case)
    steps = {each.id for each in of.steps}
    for name in sorted(steps.intersection(asked)):
        _do(night, case, _recorded(night, of, name, "说过了"))


def chase_paper(night: NightDesk, random: Random) -> None:
    """催收副本."""
    command = cmd.RecordStep(step="paper_chased", person="张伟", note="催过")
    _do(night, _case(night, random), command)


def regrade(night: NightDesk, random: Random) -> None:
    """Another level, by hand."""
    case = _case(night, random)
    levels = [level.id for level in _of(night, case).levels]
    _do(night, case, cmd.Regrade(level=random.choice(levels), reason="看错了"))


def move(night: NightDesk, random: Random) -> None:
    """Handed over to another procedure in force, where there is one."""
    case = _case(night, random)
    others = others_than(night.desk, _of(night, case).id)
    if others:
        night.learn(move_case(night.desk, case, random.choice(others).id, "归那边办"))


def name_emergency(night: NightDesk, random: Random) -> None:
    """A case turns out to be an emergency."""
    _do(night, _case(night, random), cmd.NameEmergency(kind="fire"))


def judge(night: NightDesk, random: Random) -> None:
    """Whether the complaint stands, where the procedure asks."""
    valid = random.random() < 0.7
    command = cmd.JudgeValid() if valid else cmd.JudgeInvalid(reason="无理")
    _do(night, _case(night, random), command)


def agree_by_phone(night: NightDesk, random: Random) -> None:
    """The head agrees by phone: the signature is owed."""
    _do(night, _case(night, random), cmd.AgreeByPhone(subject="head_signature", name="陈志强"))


def sign_owed(night: NightDesk, random: Random) -> None:
    """The signature that is owed is given."""
    case = _case(night, random)
    for each in owed(night.desk.record(case).case.sign_offs):
        _do(night, case, cmd.SignOwed(key=each.key, name="陈志强", role=each.role))


def close(night: NightDesk, random: Random) -> None:
    """销项, with all that the checklist asks for; the head signs where he has to."""
    case = _case(night, random)
    _try(partial(_do, night, case, cmd.JudgeValid()))
    _try(partial(_do, night, case, cmd.StandDown(note="陈志强：好了", why="没人接")))
    of = _of(night, case)
    for name in ("verified", "agreed", "home_visited", "resident_informed"):
        if of.step(name) is not None:
            _try(partial(_do, night, case, _recorded(night, of, name, "好了")))
    command = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)
    head = [Signing("陈志强", PIN, "head", "负责人")]
    emergency = night.desk.record(case).case.level == "emergency"
    night.learn(write_off(night.desk, case, command, head if emergency else []))


def paper(night: NightDesk, random: Random) -> None:
    """The closing paper, as far as it goes; the case is final where all is there."""
    case, desk = _handled_case(night, random), night.desk
    signer = _of(night, case).closing_paper.signer or "dispatcher"
    name = next(name for name, role in (*OPERATORS, MANAGER) if role == signer)
    commands: list[cmd.Command] = [
        cmd.ReceivePaper(number="FW-000102"),
        cmd.SignPaper(signer=name, role=signer),
        cmd.FilePaper(binder="B-07", page="3"),
        cmd.RecordStep(step="manager_opinion", person="周敏", note="同意"),
        cmd.RecordStep(step="return_visit", person="周敏", note="满意"),
        cmd.RecordStep(step="station_visit", person="林秀英", note="满意"),
        cmd.CloseFinal(),
    ]
    for command in commands[: random.choice((1, 2, 3, 7, 7, 7))]:
        signed = (
            cosigner(desk, SignatureGiven(name, signer))
            if isinstance(command, cmd.SignPaper)
            else ""
        )
        _try(lambda c=command, s=signed: night.learn(desk.perform(case, c, cosigner=s)))  # type: ignore[misc]


def reopen(night: NightDesk, random: Random) -> None:
    """The trouble is back."""
    _do(night, _handled_case(night, random), cmd.Reopen(reason="又来"), _at(night, random))


def note(night: NightDesk, random: Random) -> None:
    """A few words."""
    _do(night, _case(night, random), cmd.AddNote(text="已到场, 正在关阀"))


def take_back(night: NightDesk, random: Random) -> None:
    """Ctrl+Z, on whatever was done last."""
    night.learn(night.desk.take_back(night.touched or _case(night, random)))


def sign_in_somebody(night: NightDesk, random: Random) -> None:
    """Somebody takes a vacant watch, or comes back to it."""
    sign_in(night.desk, random.choice(OPERATORS)[0], PIN)


def relieve_somebody(night: NightDesk, random: Random) -> None:
    """Somebody takes over in the middle of a watch, or tries with a wrong PIN."""
    pin = PIN if random.random() < 0.9 else "0000"
    relieve(night.desk, random.choice(OPERATORS)[0], pin, "替班")


def lock_desk(night: NightDesk, random: Random) -> None:
    """The desk is locked, and sometimes unlocked."""
    lock(night.desk)
    if random.random() < 0.7:
        sign_in(night.desk, night.desk.post.holder, PIN)


def hand_over(night: NightDesk, random: Random) -> None:
    """交接班, early, in time or late; something may happen while the sheet is being signed."""
    desk = night.desk
    drawn = handing.draw_sheet(desk)
    if random.random() < 0.3:
        _try(partial(open_case, night, random))
    leaving, taking = desk.post.holder, random.choice(OPERATORS)[0]
    signings = handing.HandOverSignature(taking, PIN), handing.HandOverSignature(leaving, PIN)
    answers = [answered(question) for question in drawn.questions]
    handing.hand_over(desk, drawn, *signings, answers, heard=random.random() < 0.5)


def _try(act: Callable[[], object]) -> None:
    """Do what may be refused, and go on."""
    try:
        act()
    except Refusal:
        return


OFTEN: tuple[Act, ...] = (
    *(open_case, open_case, call, call, follow_up, follow_up, close, paper, reopen),
)
SELDOM: tuple[Act, ...] = (
    *(open_by_script, open_emergency, ring_again, name_somebody, issue_slip, promise_caller),
    *(step, step_owed, chase_paper, regrade, name_emergency, judge, agree_by_phone, sign_owed),
    *(move, move, move, note, take_back, sign_in_somebody, relieve_somebody, lock_desk, hand_over),
)
ACTS = {act.__name__: act for act in (*OFTEN, *SELDOM)}
"""Every act by its name."""


def perform(night: NightDesk, name: str, random: Random) -> None:
    """One act; what is refused is a fair answer."""
    _try(partial(ACTS[name], night, random))
    night.acted()


def any_act(random: Random) -> str:
    """The name of an act, as often as it is done."""
    return random.choice(OFTEN if random.random() < 0.55 else SELDOM).__name__
