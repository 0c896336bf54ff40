"""Whole lives of cases, as the desk's commands tell them: from the call to the filed paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, FollowUpOutcome, Satisfaction
from tests.faults.estate import SteppingClock

Step = Callable[[Desk, str], Done]
"""One thing done to the case of that id; tried again, it is the same thing."""

PARTNERS = {"call_tried": ("read_back",), "followed_up": ("promise_made", "feedback_received")}
"""What one command of a life writes together: the second kind right after the first."""

_SAID = ("厨房漏水到楼下两户", "电梯异响", "门禁失灵 2nd time", "楼道灯不亮", "车位被占")
_CATEGORIES = ("leak", "lift_fault", "access", "corridor_light", "parking_taken")


def opening(random: Random) -> Intake:
    """A form as it is taken down."""
    return Intake(
        place=f"{random.randint(1, 9)}-{random.randint(1, 3)}-{random.randint(1, 18):02d}02",
        phone=f"139{random.randint(0, 99999999):08d}",
        caller="王女士",
        said=random.choice(_SAID),
        category=random.choice(_CATEGORIES),
    )


def told(desk: Desk, case: str) -> Done:
    """The responsible person is reached and repeats the message."""
    call = cmd.TryCall(
        person="zhangwei",
        name="张伟",
        role="maintenance_lead",
        outcome=CallOutcome.REACHED,
        read_back=True,
    )
    return desk.perform(case, call)


def slip_issued(desk: Desk, case: str) -> Done:
    """A service slip is handed out, unless the case has one."""
    slip = desk.record(case).case.slip.number
    return desk.perform(case, cmd.AddNote(text=slip)) if slip else desk.issue_slip(case)


def arranged(desk: Desk, case: str) -> Done:
    """The first follow-up: a time is promised."""
    promise = desk.clock.now() + timedelta(minutes=40)
    return desk.perform(case, cmd.FollowUp(outcome=FollowUpOutcome.ARRANGED, promise=promise))


def noted(desk: Desk, case: str) -> Done:
    """A few words on the case."""
    return desk.perform(case, cmd.AddNote(text="已到场, 正在关阀"))


def completed(desk: Desk, case: str) -> Done:
    """The second follow-up: it is done."""
    return desk.perform(case, cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED, note="换了角阀"))


def written_off(desk: Desk, case: str) -> Done:
    """销项."""
    command = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)
    return desk.perform(case, command)


def received(desk: Desk, case: str) -> Done:
    """The closing paper is in hand."""
    return desk.perform(case, cmd.ReceivePaper(number="FW-000102"))


def signed(desk: Desk, case: str) -> Done:
    """The closing paper is signed."""
    command = cmd.SignPaper(signer="李建国", role="dispatcher")
    return desk.perform(case, command, cosigner="李建国")


def filed(desk: Desk, case: str) -> Done:
    """The closing paper is in its binder."""
    return desk.perform(case, cmd.FilePaper(binder="B-07", page="3", charge_fen=1500))


def final(desk: Desk, case: str) -> Done:
    """完结."""
    return desk.perform(case, cmd.CloseFinal())


def reopened(desk: Desk, case: str) -> Done:
    """The trouble is back."""
    return desk.perform(case, cmd.Reopen(reason="又漏了"))


HANDLING: tuple[Step, ...] = (told, slip_issued, arranged, noted, completed)
"""Everything before the write-off."""

CLOSING: tuple[Step, ...] = (written_off, received, signed, filed, final)
"""The write-off, and the paper up to its binder."""


def life(desk: Desk, random: Random) -> Iterator[Done]:
    """One case from its call to its end; each step is yielded when it is acknowledged."""
    done = desk.open_case(opening(random))
    yield done
    case = done.case.id
    for step in HANDLING:
        yield step(desk, case)
    if random.random() < 0.3 and isinstance(desk.clock, SteppingClock):
        desk.clock.at += timedelta(hours=3)
        yield from desk.fire()
    for step in CLOSING:
        yield step(desk, case)
    if random.random() < 0.2:
        for step in (reopened, *HANDLING):
            yield step(desk, case)
