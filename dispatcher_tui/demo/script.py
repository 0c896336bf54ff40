"""The demo's script: what each of its verbs means in commands."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import msgspec

from dispatcher_tui.demo.reviews import Office
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.money import parse_fen
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import (
    Absence,
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    NoteKind,
    Responder,
    Satisfaction,
)


class StoryStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing done to a case, ``after`` its opening; which fields count depends on ``do``."""

    after: str
    do: str
    who: str = ""
    outcome: str = ""
    read_back: bool = False
    promise: str = ""
    note: str = ""
    how: FeedbackBy = FeedbackBy.PHONE
    by: str = ""
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    cause: str = ""
    signed_by_head: bool = False
    binder: str = ""
    page: str = ""
    charge: str = "0"
    reason: str = ""
    step: str = ""
    to: str = ""


class DemoStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case of the demo, opened ``ago`` before the present."""

    ago: str
    place: str = ""
    caller: str = ""
    phone: str = ""
    category: str = ""
    channel: Channel = Channel.PHONE
    said: str = ""
    facts: tuple[Fact, ...] = ()
    steps: tuple[StoryStep, ...] = ()

    def has_paper(self) -> bool:
        """Whether the work comes to its end in the script, on a paper."""
        return any(step.do == "write_off" for step in self.steps)


class StoryNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the Work Log, written ``ago`` before the present.

    With ``late`` it had happened that much earlier; with ``until`` it is a notice that holds for
    so long. With ``note`` it is put on the household at ``place`` instead; with ``who`` that person
    is away for so long as ``until`` says.
    """

    ago: str
    text: str = ""
    late: str = ""
    until: str = ""
    place: str = ""
    note: NoteKind | None = None
    who: str = ""
    absence: Absence = Absence.LEAVE


class PutInForce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Since how long ago the demo's office has had these procedures in force, the default first;
    before that it had the default alone."""

    ago: str
    ids: tuple[str, ...]


class Script(msgspec.Struct, frozen=True):
    """Every case of the demo, what the office says, and what was written down beside them."""

    stories: tuple[DemoStory, ...] = msgspec.field(name="case")
    office: Office
    procedures: PutInForce
    lines: tuple[StoryNote, ...] = msgspec.field(name="line", default=())

    @classmethod
    def read(cls, text: str) -> Script:
        """The script a TOML text holds; raises where it is not one."""
        return msgspec.convert(tomllib.loads(text), cls)


class _Act(msgspec.Struct, frozen=True):
    """A step with everything it may need."""

    step: StoryStep
    case: Case
    procedure: Procedure
    people: Mapping[str, Person]
    caller: tuple[str, str]
    actor: str
    signers: Mapping[str, str]
    until: datetime | None

    def person(self, key: str) -> Person:
        """Somebody of the roster by id."""
        return self.people[key]

    def told(self, role: str) -> str:
        """The id of the procedure's first step in which that role is told, or nothing."""
        return next((step.id for step in self.procedure.steps if step.to == role), "")


def _purpose(act: _Act, person: Person, outcome: CallOutcome) -> str:
    """What a call is for: the notice, or in an emergency what the call tree rings a role for."""
    for ladder in ladders(act.procedure, act.case):
        if person.role in {rung.role for rung in ladder.rungs}:
            return tree.rung_purpose(act.procedure, ladder, act.case)
        if person.role in ladder.group:
            return tree.group_purpose(act.procedure, ladder, act.case, outcome)
    return tree.NOTICE


def _call(act: _Act) -> Iterator[cmd.Command]:
    person, outcome = act.person(act.step.who), CallOutcome(act.step.outcome)
    yield cmd.TryCall(
        person=person.id,
        name=person.name,
        role=person.role,
        phone=next(iter(person.phones), ""),
        outcome=outcome,
        read_back=act.step.read_back,
        purpose=_purpose(act, person, outcome),
    )


def _follow_up(act: _Act) -> Iterator[cmd.Command]:
    outcome = FollowUpOutcome(act.step.outcome)
    yield cmd.FollowUp(outcome=outcome, note=act.step.note, promise=act.until)


def _name(act: _Act) -> Iterator[cmd.Command]:
    person = act.person(act.step.who)
    yield cmd.NameAssignee(person=person.id, name=person.name, role=person.role)


def _report(act: _Act) -> Iterator[cmd.Command]:
    person = act.person(act.step.who)
    yield cmd.RecordStep(step=act.told(person.role), person=person.name, note=act.step.note)


def _decide(act: _Act) -> Iterator[cmd.Command]:
    """What a role decides is the step of its own that asks for words."""
    person = act.person(act.step.who)
    steps = (s.id for s in act.procedure.steps if s.to == person.role and s.note)
    yield cmd.RecordStep(step=next(steps), person=person.name, note=act.step.note)


def _ring_again(act: _Act) -> Iterator[cmd.Command]:
    name, phone = act.caller
    yield cmd.RingAgain(caller=name, phone=phone, said=act.step.note)


def _promise_caller(act: _Act) -> Iterator[cmd.Command]:
    assert act.until is not None
    yield cmd.PromiseCaller(due=act.until, note=act.step.note)


def _write_off(act: _Act) -> Iterator[cmd.Command]:
    step = act.step
    signed = {"head": act.signers["head"]} if step.signed_by_head else {}
    yield cmd.WriteOff(
        by=step.how,
        source=act.person(step.by).name,
        satisfaction=step.satisfaction,
        items={"cause": step.cause} if step.cause else {},
        signed=signed,
    )


def _receive_paper(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.ReceivePaper(number=act.case.slip.number)


def _sign_paper(act: _Act) -> Iterator[cmd.Command]:
    role = act.procedure.closing_paper.signer or "dispatcher"
    yield cmd.SignPaper(signer=act.actor, role=role)


def _file_paper(act: _Act) -> Iterator[cmd.Command]:
    step = act.step
    yield cmd.FilePaper(binder=step.binder, page=step.page, charge_fen=parse_fen(step.charge))


def _close_final(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.CloseFinal()


def _reopen(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.Reopen(reason=act.step.reason)


def _invalid(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.JudgeInvalid(reason=act.step.reason)


def _stand_down(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.StandDown(note=act.step.note)


def _came(act: _Act) -> Iterator[cmd.Command]:
    """Somebody who was sent is there, or reports back: as far as the outcome says."""
    person = act.person(act.step.who)
    stage = Responder(act.step.outcome)
    yield cmd.ReportResponder(person=person.id, name=person.name, stage=stage, note=act.step.note)


def _record(act: _Act) -> Iterator[cmd.Command]:
    person = act.person(act.step.who).name if act.step.who else ""
    yield cmd.RecordStep(step=act.step.step, person=person, note=act.step.note)


def _form(act: _Act) -> Iterator[cmd.Command]:
    """The first field of a form that is typed."""
    form = act.procedure.form(act.step.to)
    assert form is not None
    typed = next(field.typed for field in form.fields if field.typed)
    yield cmd.FillForm(form=form.id, values={typed: act.step.note})


def _typical(act: _Act) -> Iterator[cmd.Command]:
    yield cmd.MarkTypical(lessons=act.step.note)


_VERBS: dict[str, Callable[[_Act], Iterator[cmd.Command]]] = {
    "call": _call,
    "follow_up": _follow_up,
    "name": _name,
    "report": _report,
    "decide": _decide,
    "ring_again": _ring_again,
    "promise_caller": _promise_caller,
    "write_off": _write_off,
    "receive_paper": _receive_paper,
    "sign_paper": _sign_paper,
    "file_paper": _file_paper,
    "close_final": _close_final,
    "reopen": _reopen,
    "invalid": _invalid,
    "came": _came,
    "stand_down": _stand_down,
    "record": _record,
    "typical": _typical,
    "form": _form,
}


def act(
    step: StoryStep,
    case: Case,
    procedure: Procedure,
    people: Mapping[str, Person],
    *,
    caller: tuple[str, str],
    actor: str,
    signers: Mapping[str, str],
    until: datetime | None,
) -> Iterator[tuple[cmd.Command, str]]:
    """The commands a step comes to, each with who signs beside the actor (mostly nobody).

    ``signers`` gives a name for each role that can sign, ``until`` the time the step promises.
    """
    found = _Act(step, case, procedure, people, caller, actor, signers, until)
    for command in _VERBS[step.do](found):
        cosigner = ""
        if isinstance(command, cmd.SignPaper):
            cosigner = actor
        elif isinstance(command, cmd.WriteOff):
            cosigner = next(iter(command.signed.values()), "")
        yield command, cosigner
