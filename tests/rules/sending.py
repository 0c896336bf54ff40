"""An emergency worked by its tree: who is told, who reports, that it is over."""

from __future__ import annotations

from dispatcher_tui.domain.duties.called_out import Contact
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from tests.domain.support import P0, Story, rules

OPENED = "2026-11-18 09:00"
HEAD = ("head", "赵主任")
CREW = [("yang", "杨军"), ("zhang", "张伟"), ("gao", "高磊"), ("liu", "刘芳"), ("cao", "曹阳")]
FIRE = ("119", "119")


def emergency(procedure: str = P0) -> Story:
    """What F9 and one digit do."""
    level = emergency_level(rules(procedure).procedure).id
    story = Story(procedure, OPENED).open(level=level, verbatim="", caller="", phone="")
    story.do(cmd.NameEmergency(kind="fire", place="5-1"))
    return story


def tell_head(story: Story) -> Story:
    return story.call(who=HEAD, purpose="reported", read_back=True)


def tell(story: Story, *crew: tuple[str, str]) -> Story:
    """One after the other by the tree: the first becomes responsible, the others are called."""
    for who in crew:
        story.call(who=who, purpose="called_out" if story.case.notified_at else "notified")
        story.after(seconds=20)
    return story


def ring_outside(story: Story, phone: str = "119", purpose: str = "") -> Story:
    command = cmd.TryCall(
        person="", name=f"火警 {phone}", phone=phone, outcome=CallOutcome.REACHED, purpose=purpose
    )
    story.do(command)
    return story


def report(story: Story, who: tuple[str, str], stage: Responder) -> Story:
    story.do(cmd.ReportResponder(person=who[0], name=who[1], stage=stage))
    return story


def over(story: Story, *, false_alarm: bool = False, why: str = "") -> Story:
    story.do(cmd.StandDown(note="赵主任：好了", false_alarm=false_alarm, why=why))
    return story


def of(story: Story, clock: str) -> dict[str, Duty]:
    """The duties of a clock by the person they are about; of several runs the last."""
    return {duty.name: duty for duty in story.owed().values() if duty.clock == clock}


def pending(story: Story, clock: str) -> list[str]:
    return [name for name, duty in of(story, clock).items() if duty.pending]


def names(found: tuple[Contact, ...]) -> list[str]:
    return [contact.name for contact in found]
