"""Emergencies as a layer under every written procedure (E-01 … E-09).

A procedure says how complaints are handled; what an emergency is, whom it calls, what it owes and
who signs for it is the same under all of them. ``under_layer`` lays a procedure upon the layer:
what comes out judges cases like any other procedure, so that nothing else knows of layers.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import (
    Deadline,
    Item,
    Ladder,
    Level,
    Named,
    PaperInstead,
    Procedure,
    Rule,
    Rung,
    Step,
    When,
)
from dispatcher_tui.domain.words.terms import Label

HEAD = "head"
"""In a card's order of calls: the ladder of those who decide (E-02)."""


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Those who go to the scene in one capacity, as a card's order of calls names them (E-03).

    Whoever is in one of the ``groups`` of the roster, holds one of the ``roles``, has one of the
    ``skills`` or stands at one of the ``posts`` (a part of the post's name) is one of them.
    ``want`` is how many of them are told before the next in the order is rung. ``leaving``: what
    one of them is told of this place who is sent for another task. ``reserve``: they have no task
    of their own here; one of them on the estate takes that of others who cannot be reached.
    ``certified``: nobody but they may do it, so that they are rung at home too in their place of
    the order, and where they do not answer the next in the order is, ours or not.
    """

    id: str
    label: Label
    want: int = 1
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    leaving: Label | None = None
    reserve: bool = False
    certified: bool = False


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``emergency.toml``: the level and its criteria, whom it calls, what it owes, who signs.

    ``roles`` are the offices the layer speaks of; a procedure maps its own onto them.
    ``closing_paper`` closes an emergency wherever the procedure's own would make no sense for one,
    with the ``forms`` and the clock that asks for it.
    """

    level: Level
    ladder: Ladder
    signature: Named
    rules: tuple[Rule, ...] = msgspec.field(name="rule")
    clocks: tuple[Deadline, ...] = msgspec.field(name="clock")
    scenes: tuple[Scene, ...] = msgspec.field(name="scene")
    roles: dict[str, Label] = {}
    steps: tuple[Step, ...] = msgspec.field(name="step", default=())
    write_off: tuple[Item, ...] = ()
    closing_paper: PaperInstead | None = None
    forms: tuple[Form, ...] = msgspec.field(name="form", default=())

    def office(self, procedure: Procedure, role: str) -> str:
        """Who holds a role of the layer under a procedure; empty where nobody does."""
        return procedure.emergency.roles.get(role, role)


def _is_ours(layer: Layer, rule: str) -> bool:
    return any(each.id == rule for each in layer.rules)


def _of_emergency(when: When, levels: frozenset[str]) -> bool:
    """Whether something holds for the level of emergencies alone."""
    return bool(when.levels) and levels.issuperset(when.levels)


def set_aside(procedure: Procedure, layer: Layer) -> Iterator[str]:
    """What a procedure's file says of emergencies itself, by its keys: the layer counts instead.

    So the clocks of a file that was written before there was a layer never run twice.
    """
    levels = _levels(procedure)
    yield from (f"rule[{rule.id}]" for rule in procedure.rules if _is_ours(layer, rule.id))
    yield from (f"level[{level}]" for level in sorted(levels))
    yield from (f"clock[{c.key}]" for c in procedure.clocks if _is_ours(layer, c.rule))
    yield from (f"step[{s.id}]" for s in procedure.steps if _is_ours(layer, s.rule))
    yield from (f"write_off[{i.id}]" for i in procedure.write_off if _is_ours(layer, i.rule))
    for ladder in procedure.ladders:
        if _is_ours(layer, ladder.rule) or _of_emergency(ladder.when, levels):
            yield f"ladder[{ladder.id}]"


def _levels(procedure: Procedure) -> frozenset[str]:
    """The procedure's own levels that were its emergency."""
    return frozenset(level.id for level in procedure.levels if level.emergency)


def _own(procedure: Procedure, layer: Layer) -> Procedure:
    """The procedure without what it says of emergencies itself."""
    levels = _levels(procedure)
    signature = procedure.signature
    return replace(
        procedure,
        rules=tuple(r for r in procedure.rules if not _is_ours(layer, r.id)),
        levels=tuple(level for level in procedure.levels if not level.emergency),
        clocks=tuple(c for c in procedure.clocks if not _is_ours(layer, c.rule)),
        steps=tuple(s for s in procedure.steps if not _is_ours(layer, s.rule)),
        write_off=tuple(i for i in procedure.write_off if not _is_ours(layer, i.rule)),
        signature=None if signature and _is_ours(layer, signature.rule) else signature,
        ladders=tuple(
            ladder
            for ladder in procedure.ladders
            if not _is_ours(layer, ladder.rule) and not _of_emergency(ladder.when, levels)
        ),
    )


def _ladder(procedure: Procedure, layer: Layer) -> Ladder:
    """The layer's ladder with the procedure's own offices; nobody stands on it twice."""
    rungs: dict[str, Rung] = {}
    for rung in layer.ladder.rungs:
        role = layer.office(procedure, rung.role)
        if role:
            rungs.setdefault(role, replace(rung, role=role))
    named = (layer.office(procedure, role) for role in layer.ladder.group)
    group = dict.fromkeys((*filter(None, named), *procedure.emergency.group))
    return replace(
        layer.ladder,
        rungs=tuple(rungs.values()),
        group=tuple(role for role in group if role not in rungs),
    )


def _chases(clock: Deadline) -> bool:
    """Whether it asks for the closing paper again and again until the case is final."""
    return bool(clock.repeat) and {clock.repeat, "final"}.issubset(clock.until)


def _paper(procedure: Procedure, layer: Layer) -> PaperInstead | None:
    """The layer's closing paper, where an emergency has it instead of the procedure's own."""
    return None if procedure.closing_paper.emergencies else layer.closing_paper


def _with_paper(procedure: Procedure, layer: Layer) -> Procedure:
    """The procedure with the layer's closing paper instead of its own for emergencies, where its
    own makes no sense for one: the chase of its own is then for its own levels alone."""
    paper = _paper(procedure, layer)
    if paper is None:
        return procedure
    levels = tuple(level.id for level in procedure.levels)

    def own(clock: Deadline) -> Deadline:
        narrowed = _chases(clock) and not clock.when.levels
        return replace(clock, when=replace(clock.when, levels=levels)) if narrowed else clock

    def signed(form: Form) -> Form:
        places = tuple(
            replace(each, role=layer.office(procedure, each.role) if each.role else "")
            for each in form.signers
        )
        return replace(form, signers=places)

    signer = layer.office(procedure, paper.signer) if paper.signer else ""
    instead = (*procedure.closing_paper.instead, replace(paper, signer=signer))
    forms = (signed(each) for each in layer.forms if procedure.form(each.id) is None)
    return replace(
        procedure,
        closing_paper=replace(procedure.closing_paper, instead=instead),
        clocks=tuple(map(own, procedure.clocks)),
        forms=(*procedure.forms, *forms),
    )


def under_layer(procedure: Procedure, layer: Layer) -> Procedure:
    """The procedure with the emergency layer under it; a companion's cases are no emergencies.

    The layer's level comes first, so that no procedure grades an emergency lower. A step that the
    procedure has under the same id is its own.
    """
    if procedure.companion:
        return procedure
    own = _with_paper(_own(procedure, layer), layer)
    ladder = _ladder(procedure, layer)

    def office(role: str) -> str:
        return layer.office(procedure, role) if role else ""

    steps = tuple(
        replace(step, to=office(step.to), signer=office(step.signer))
        for step in layer.steps
        if own.step(step.id) is None
    )
    paper = _paper(procedure, layer)
    clocks = (clock for clock in layer.clocks if paper is not None or not _chases(clock))
    items = tuple(replace(item, role=office(item.role)) for item in layer.write_off)
    named = {*(rung.role for rung in ladder.rungs), *ladder.group, *(item.role for item in items)}
    named |= {step.to for step in steps} | {step.signer for step in steps}
    named |= {place.role for form in own.forms for place in form.signers}
    roles = {role: label for role, label in layer.roles.items() if role in named}
    return replace(
        own,
        rules=(*own.rules, *layer.rules),
        levels=(layer.level, *own.levels),
        clocks=(*own.clocks, *clocks),
        steps=(*own.steps, *steps),
        write_off=(*own.write_off, *items),
        signature=own.signature or layer.signature,
        ladders=(ladder, *own.ladders),
        roles={**roles, **own.roles},
    )
