"""A written procedure as typed data: one engine, any number of procedures.

The records mirror ``data/procedures/ID.toml`` key by key; what a key means to the engine is
said here once. References between them (a clock's signals, a ladder's roles) are checked by
``site``, never trusted.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.desk_routines import Corrective, ListPlan, Routine
from dispatcher_tui.domain.law import Law
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.step_field import StepField
from dispatcher_tui.domain.words.terms import Channel, Fact, Label

SENT, UNDER_WAY, HOMES = "sent", "under_way", "homes"
"""Whom a clock runs for one by one: each who was told to come, whoever is under way, or every home
that has to be warned."""

EACH = (SENT, UNDER_WAY, HOMES)


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition on a case: any of each list, all of the lists; an empty list asks nothing."""

    levels: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    channels: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of the written procedure; ``source`` is its document, or ``setting``."""

    id: str
    title: Label
    source: str
    quote: str = ""


class Together(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that counts only beside one of these facts, beside a class with one of these tags, or
    where the case came in by one of these ways.

    Somebody hurt is an emergency while it is happening; last week's fall is none (E-01). A claim
    in a letter is another thing than a spoken one.
    """

    fact: Fact
    facts: tuple[Fact, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level and what makes a case one; the first that fits counts, the last always fits."""

    id: str
    label: Label
    rule: str
    facts: tuple[Fact, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    together: tuple[Together, ...] = ()
    emergency: bool = False
    urgent: bool = False

    @property
    def criteria(self) -> bool:
        """Whether it asks anything of a case."""
        return bool(self.facts or self.tags or self.channels or self.together)


class LateConsequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What follows when a clock runs out: a role is told (a ``step``), or the level rises."""

    tell: str = ""
    step: str = ""
    within: str = "10min"
    becomes: str = ""


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One promise of the procedure.

    ``starts``: signals; the clock runs from the latest of their first occurrences.
    ``until``: any of these signals ends it, ``count`` times over.
    ``repeat``: a signal that starts it anew once it has ended.
    ``anew``: a signal that starts it anew whatever ended it, also where it was called off.
    ``after``: a clock; where this one would be due before that, the next shift's end counts.
    ``cancels``: signals that make it pointless. ``misses``: signals by which it ends undone, and
    counts as missed. ``conditional``: not listed before it starts.
    ``each``: it runs for each person by himself (one of ``EACH``), from any of ``starts`` on, and
    what he was told and reported himself ends it.
    ``grace``: how long a "not before" duty may stay open. ``do``: the desk's action for it.
    ``quiet``: nobody waits for it at the other end: while it is pending, a case that nobody was
    told of asks for a sound no more often than any other duty does.
    """

    rule: str
    label: Label
    starts: tuple[str, ...]
    due: str
    until: tuple[str, ...]
    do: str = "follow_up"
    id: str = ""
    quote: str = ""
    source: str = ""
    count: int = 1
    repeat: str = ""
    anew: str = ""
    after: str = ""
    grace: str = ""
    cancels: tuple[str, ...] = ("written_off", "invalid")
    misses: tuple[str, ...] = ()
    each: str = ""
    conditional: bool = False
    quiet: bool = False
    when: When = When()
    late: LateConsequence | None = None

    @property
    def key(self) -> str:
        """Its name within the procedure: the id, or the rule where there is only one."""
        return self.id or self.rule


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act the procedure asks for and the operator records; its id is a signal.

    ``becomes``: the levels that recording it raises the case to, of those above its own the
    lowest; the words that are required then say why.
    ``to``: a role that is told or asked. ``call``: whether that is done by ringing them; where it
    is not, the entry says who it was. ``note``: words are required. ``signed``: the PIN of the
    one who records it is asked; ``signer``: that of somebody in this role, on paper here and not
    by phone. ``seal``: an office's seal may stand for that signature. ``needs``: steps that must
    have been recorded before it. ``fields``: what is asked for besides, one by one. ``repeats``:
    the main points of the call were repeated to the caller; one key records it, its one field
    holds them.
    """

    id: str
    label: Label
    rule: str
    to: str = ""
    call: bool = True
    becomes: tuple[str, ...] = ()
    note: bool = False
    signed: bool = False
    signer: str = ""
    seal: bool = False
    needs: tuple[str, ...] = ()
    repeats: bool = False
    when: When = When()
    fields: tuple[StepField, ...] = msgspec.field(name="field", default=())

    @property
    def by_call(self) -> bool:
        """Whether a call can be all of it."""
        return self.call and not self.signer and not self.fields


class Validity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the procedure asks if a complaint is valid, and how an invalid one is ended.

    ``needs``: steps that must have been recorded before it can be found invalid; ``when``: the
    cases that are complaints at all.
    """

    rule: str
    question: Label
    explain: Label
    needs: tuple[str, ...] = ()
    when: When = When()


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the closing checklist.

    ``kind``: ``feedback`` (word, phone or paper), ``satisfaction``, ``check`` (done, yes),
    ``question`` (no or yes; a yes records the ``step``), ``text``, ``money``, ``signature`` (by
    ``role``, with a PIN), or a step's id under ``step`` that must have been recorded.
    ``by_phone``: the role may agree by phone and sign later; until then nothing is written off.
    ``seal``: an office's seal may stand for the signature.
    ``four_eyes``: whoever acts cannot sign for it themselves.
    ``refuses``: what may be entered there and leaves the case open (``dissatisfied``); ``step`` is
    then the act that goes with it.
    """

    id: str
    kind: str
    label: Label
    rule: str
    required: bool = True
    role: str = ""
    step: str = ""
    when: When = When()
    by_phone: bool = False
    seal: bool = False
    four_eyes: bool = False
    refuses: tuple[str, ...] = ()


class FinalPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper that alone makes a case final, and who signs it (any operator if no role).

    ``sent``: the step it amounts to that the paper is out and somebody responsible was told.
    ``form``: which form it is, empty in old texts. ``outside``: others make it (a receipt).
    ``seal``: an office's seal may stand for its signature. ``prefix``: what its numbers begin with;
    where it is empty they are of the desk's own range of slips.
    """

    name: Label
    rule: str
    signer: str = ""
    sent: str = ""
    issue: Label | None = None
    form: str = ""
    outside: bool = False
    seal: bool = False
    prefix: str = ""


class PaperInstead(FinalPaper, frozen=True, forbid_unknown_fields=True):
    """The paper of the cases that ``when`` fits: a receipt closes no fire."""

    when: When = When()


class ClosingPaper(FinalPaper, frozen=True, forbid_unknown_fields=True):
    """The procedure's closing paper, and those that stand ``instead`` of it for some of its cases:
    the first that fits counts.

    ``emergencies``: it closes an emergency as well, so that the emergency layer's own paper does
    not stand instead of it.
    """

    emergencies: bool = False
    instead: tuple[PaperInstead, ...] = ()


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Compensation that may be given without ``approver``; above it they sign.

    Of several that fit, the highest one that the amount is above counts.
    """

    rule: str
    limit_yuan: int
    approver: str
    when: When = When()


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to tell first: roles in order, for the cases it fits."""

    roles: tuple[str, ...]
    when: When = When()


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a ladder: who, how often tried, how many seconds a try."""

    role: str
    tries: int = 2
    seconds: int = 25


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is rung in which order when it is grave, and the group called along with it.

    ``group_tries``: how often somebody of the group is rung. Each of them is rung once more who
    was told and is not on the way after ``act_within``, who set off and is not there after
    ``scene_within``, or is there and has not reported back after ``report_within``.
    """

    id: str
    label: Label
    rule: str
    rungs: tuple[Rung, ...]
    group: tuple[str, ...] = ()
    group_rule: str = ""
    group_tries: int = 3
    act_within: str = "3min"
    scene_within: str = "10min"
    report_within: str = "15min"
    when: When = When()


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A courtesy or a line to say, shown at ``at``: intake, notify, follow_up or close.

    ``say``: what the one who is told is asked to do, in place of going there at once.
    """

    at: str
    text: Label
    rule: str
    when: When = When()


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule with a label of its own: promises, and the duty that keeps a case alive."""

    rule: str
    label: Label
    due: str = ""


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who holds the offices of an emergency under a procedure (E-02, E-03).

    ``roles``: by the emergency layer's role the procedure's own; an empty one is an office that
    nobody has there. ``group``: further roles that are called to the scene; ``leaders`` are those
    of them who lead: where they alone are on the roster, nobody goes there.
    """

    roles: dict[str, str] = {}
    group: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


class Procedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole procedure as adopted by the site; ``emergency`` maps its roles onto the layer's.

    ``companion``: no desk's own; its cases come out of another procedure's and are no complaints.
    ``handles``: which cases it is for where several procedures are in force: ids of classes, or
    their 大类, and ``*`` for whatever no other one claims; empty is the same as ``*`` alone.
    """

    id: str
    title: Label
    short: Label
    retention_years: int
    closing_paper: ClosingPaper
    promise: Named
    keep: Named
    rules: tuple[Rule, ...] = msgspec.field(name="rule")
    levels: tuple[Level, ...] = msgspec.field(name="level")
    clocks: tuple[Deadline, ...] = msgspec.field(name="clock")
    roles: dict[str, Label] = {}
    steps: tuple[Step, ...] = msgspec.field(name="step", default=())
    write_off: tuple[Item, ...] = ()
    companion: bool = False
    handles: tuple[str, ...] = ()
    emergency: Offices = Offices()
    corrective: Corrective | None = None
    validity: Validity | None = None
    signature: Named | None = None
    money: tuple[Money, ...] = ()
    routes: tuple[Route, ...] = msgspec.field(name="route", default=())
    ladders: tuple[Ladder, ...] = msgspec.field(name="ladder", default=())
    prompts: tuple[Prompt, ...] = msgspec.field(name="prompt", default=())
    forms: tuple[Form, ...] = msgspec.field(name="form", default=())
    routines: tuple[Routine, ...] = msgspec.field(name="routine", default=())
    lists: tuple[ListPlan, ...] = msgspec.field(name="list", default=())
    laws: tuple[Law, ...] = msgspec.field(name="law", default=())

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, if the procedure has it."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def level(self, level_id: str) -> Level:
        """The level of that id; raises KeyError where there is none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def step(self, step_id: str) -> Step | None:
        """The step of that id, if the procedure has it."""
        return next((step for step in self.steps if step.id == step_id), None)

    def form(self, form_id: str) -> Form | None:
        """The form of that id, if the procedure has it."""
        return next((form for form in self.forms if form.id == form_id), None)

    def routine(self, do: str) -> Routine | None:
        """The first routine that leads to that work, if the procedure has one."""
        return next((routine for routine in self.routines if routine.do == do), None)
