"""What must hold between the parts of a procedure: every name answered, every time readable.

A part that did not fit its form was left out by then; its name still counts as known, so that one
slip of the pen is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

import msgspec

from dispatcher_tui.domain.procedure import (
    EACH,
    Deadline,
    Item,
    LateConsequence,
    Level,
    PaperInstead,
    Procedure,
    When,
)
from dispatcher_tui.domain.record.signals import SIGNALS
from dispatcher_tui.domain.time.due import (
    DueSpec,
    DueSpecError,
    Months,
    NotBefore,
    WorkingDays,
    parse_due,
)
from dispatcher_tui.domain.time.periods import EVERY
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.site.act_checks import judge_acts, judge_fields
from dispatcher_tui.site.companions import judge_corrective
from dispatcher_tui.site.form_checks import closing_papers, judge_forms
from dispatcher_tui.site.ladder_checks import judge_ladders
from dispatcher_tui.site.list_plans import judge_lists
from dispatcher_tui.site.problems import Findings

KINDS = ("feedback", "satisfaction", "check", "question", "text", "money", "signature", "step")
"""What a line of the closing checklist can be."""

PLACES = ("intake", "notify", "say", "follow_up", "close")
"""Where a prompt can be shown."""

DEEDS = ("notify", "follow_up", "close", "emergency", "corrective", "forms", "homes")
"""What a clock can send the operator to, besides ``step:ID``, and ``call_back:ID``
for a step that is a call to the one person it is about, and ``posting:FORM`` for a notice."""

DESK_DEEDS = ("review", "check", "month", "comment", "charges", "fees", "note")
"""What a routine can send the operator to: a review, the head's weekly mark, the month's summary,
the head's comment on it, the charges, the lists of fees; or a note that it was done."""

_MOST_MONTHS = 1200
_MOST_WORKING_DAYS = 2500
_NEGATIVE = re.compile(r"(?:not before )?-\s*\d")
_CHANNELS = tuple(str(channel) for channel in Channel)


class Names(msgspec.Struct, frozen=True):
    """Everything in a procedure that something else in it may refer to."""

    rules: frozenset[str]
    levels: frozenset[str]
    steps: frozenset[str]
    signals: frozenset[str]
    clocks: frozenset[str]
    roles: frozenset[str]
    notices: frozenset[str] = frozenset()


Dropped = Mapping[str, Iterable[str]]


def judge(procedure: Procedure, findings: Findings, dropped: Dropped) -> None:
    """Note everything that does not hold; ``dropped`` are the names of parts left out."""
    names = _names(procedure, dropped)
    _judge_head(procedure, names, findings)
    if "level" not in dropped:
        _judge_levels(procedure.levels, names, findings)
    _judge_clocks(procedure, names, findings)
    _judge_routines(procedure, names, findings)
    judge_lists(procedure, findings)
    judge_corrective(procedure, names.rules, names.steps, findings)
    _judge_steps(procedure, names, findings)
    judge_acts(procedure, names.steps, findings)
    _judge_write_off(procedure, names, findings)
    _judge_prompts_and_money(procedure, names, findings)
    _judge_routes(procedure, names, findings)
    judge_forms(procedure, names.rules, names.steps, findings)
    judge_ladders(procedure, names.rules, names.roles, findings)
    for key, when in _whens(procedure):
        for level in when.levels:
            findings.need(f"{key}.levels", "unknown_level", level, names.levels)
        for channel in when.channels:
            findings.need(f"{key}.channels", "not_one_of", channel, _CHANNELS)


def _names(procedure: Procedure, dropped: Dropped) -> Names:
    def known(key: str, ids: Iterable[str]) -> frozenset[str]:
        return frozenset((*ids, *dropped.get(key, ())))

    steps = known("step", (step.id for step in procedure.steps))
    return Names(
        rules=known("rule", (rule.id for rule in procedure.rules)),
        levels=known("level", (level.id for level in procedure.levels)),
        steps=steps,
        signals=steps.union(SIGNALS),
        clocks=known("clock", (clock.key for clock in procedure.clocks)),
        roles=frozenset(procedure.roles),
        notices=known("form", (form.id for form in procedure.forms if form.up)),
    )


def _whens(procedure: Procedure) -> Iterable[tuple[str, When]]:
    parts: tuple[tuple[str, Iterable[tuple[str, When]]], ...] = (
        ("clock", ((clock.key, clock.when) for clock in procedure.clocks)),
        ("step", ((step.id, step.when) for step in procedure.steps)),
        ("write_off", ((item.id, item.when) for item in procedure.write_off)),
        ("ladder", ((ladder.id, ladder.when) for ladder in procedure.ladders)),
        ("route", ((f"#{n}", route.when) for n, route in enumerate(procedure.routes, 1))),
        ("prompt", ((f"#{n}", prompt.when) for n, prompt in enumerate(procedure.prompts, 1))),
        ("money", ((f"#{n}", money.when) for n, money in enumerate(procedure.money, 1))),
    )
    if procedure.validity is not None:
        yield "validity.when", procedure.validity.when
    for number, paper in enumerate(procedure.closing_paper.instead, 1):
        yield f"closing_paper.instead[#{number}].when", paper.when
    for table, named in parts:
        for name, when in named:
            yield f"{table}[{name}].when", when


def _judge_due(findings: Findings, key: str, text: str) -> bool:
    """Note a time that cannot be read; True where it opens only later (``not before``)."""
    try:
        spec = parse_due(text)
    except DueSpecError:
        code = "negative_time" if _NEGATIVE.match(text.strip()) else "bad_due"
        findings.add(key, code, text=text)
        return False
    if _too_long(spec):
        findings.add(key, "due_too_long", text=text)
    return isinstance(spec, NotBefore)


def _too_long(spec: DueSpec) -> bool:
    """Whether a time is counted in steps and far beyond what any rule can mean."""
    most = {Months: _MOST_MONTHS, WorkingDays: _MOST_WORKING_DAYS}.get(type(spec))
    return most is not None and getattr(spec, "count", 0) > most


def _judge_head(procedure: Procedure, names: Names, findings: Findings) -> None:
    stem = PurePath(findings.file).stem
    if procedure.id != stem:
        findings.add("id", "id_is_not_file", name=procedure.id, wanted=stem)
    if procedure.retention_years < 1:
        findings.add("retention_years", "too_small", least=1)
    for key, rule in (
        ("promise.rule", procedure.promise.rule),
        ("keep.rule", procedure.keep.rule),
    ):
        findings.need(key, "unknown_rule", rule, names.rules)
    if procedure.validity is not None:
        findings.need("validity.rule", "unknown_rule", procedure.validity.rule, names.rules)
        for need in procedure.validity.needs:
            findings.need("validity.needs", "unknown_step", need, names.steps)
    if procedure.signature is not None:
        findings.need("signature.rule", "unknown_rule", procedure.signature.rule, names.rules)
        _judge_due(findings, "signature.due", procedure.signature.due)
    _judge_papers(procedure, names, findings)
    _judge_due(findings, "keep.due", procedure.keep.due)
    findings.add_twice("rule", (rule.id for rule in procedure.rules))


def _judge_papers(procedure: Procedure, names: Names, findings: Findings) -> None:
    for key, paper in closing_papers(procedure):
        findings.need(f"{key}.rule", "unknown_rule", paper.rule, names.rules)
        if paper.signer:
            findings.need(f"{key}.signer", "unknown_role", paper.signer, names.roles)
        if paper.sent:
            findings.need(f"{key}.sent", "unknown_step", paper.sent, names.steps)
        if isinstance(paper, PaperInstead) and paper.when == When():
            findings.add(f"{key}.when", "instead_of_all")


def _judge_routines(procedure: Procedure, names: Names, findings: Findings) -> None:
    findings.add_twice("routine", (routine.id for routine in procedure.routines))
    for routine in procedure.routines:
        key = f"routine[{routine.id}]"
        findings.need(f"{key}.rule", "unknown_rule", routine.rule, names.rules)
        findings.need(f"{key}.every", "not_one_of", routine.every, EVERY)
        findings.need(f"{key}.about", "not_one_of", routine.about, ("this", "last"))
        findings.need(f"{key}.do", "not_one_of", routine.do, DESK_DEEDS)
        for field, role in (("role", routine.role), ("decides", routine.decides)):
            if role:
                findings.need(f"{key}.{field}", "unknown_role", role, names.roles)
        if routine.step:
            findings.need(f"{key}.step", "unknown_step", routine.step, names.steps)
        judge_fields(f"{key}.field", routine.fields, findings)
        if routine.fields:  # other work has its own screen, which asks for none of them
            findings.need(f"{key}.do", "not_one_of", routine.do, ("note",))
        if routine.apart and _judge_due(findings, f"{key}.apart", routine.apart):
            findings.add(f"{key}.apart", "bad_due", text=routine.apart)
        if _judge_due(findings, f"{key}.due", routine.due):
            findings.add(f"{key}.due", "bad_due", text=routine.due)


def _judge_levels(levels: tuple[Level, ...], names: Names, findings: Findings) -> None:
    if not levels:
        findings.add("level", "empty_list")
        return
    findings.add_twice("level", (level.id for level in levels))
    for level in levels:
        findings.need(f"level[{level.id}].rule", "unknown_rule", level.rule, names.rules)
    for level in levels[:-1]:
        if not level.criteria:
            findings.add(f"level[{level.id}]", "level_without_criteria")
    if levels[-1].criteria:
        findings.add(f"level[{levels[-1].id}]", "last_level_has_criteria")


def _judge_clocks(procedure: Procedure, names: Names, findings: Findings) -> None:
    if not procedure.clocks:
        findings.add("clock", "empty_list")
    findings.add_twice("clock", (clock.key for clock in procedure.clocks))
    for clock in procedure.clocks:
        _judge_clock(clock, names, findings)
        if clock.late is not None:
            _judge_late(clock, clock.late, procedure, names, findings)
    _judge_order(procedure.clocks, findings)


def _judge_clock(clock: Deadline, names: Names, findings: Findings) -> None:
    key = f"clock[{clock.key}]"
    findings.need(f"{key}.rule", "unknown_rule", clock.rule, names.rules)
    for field, signals in (
        ("starts", clock.starts),
        ("until", clock.until),
        ("cancels", clock.cancels),
        ("misses", clock.misses),
        ("repeat", (clock.repeat,) if clock.repeat else ()),
        ("anew", (clock.anew,) if clock.anew else ()),
    ):
        for signal in signals:
            findings.need(f"{key}.{field}", "unknown_signal", signal, names.signals)
        if not signals and field in ("starts", "until"):
            findings.add(f"{key}.{field}", "empty_list")
    if clock.each:
        findings.need(f"{key}.each", "not_one_of", clock.each, EACH)
    if clock.count < 1:
        findings.add(f"{key}.count", "too_small", least=1)
    if clock.after:
        findings.need(f"{key}.after", "unknown_clock", clock.after, names.clocks)
    later = _judge_due(findings, f"{key}.due", clock.due)
    if later and not clock.grace:
        findings.add(f"{key}.grace", "grace_missing")
    if clock.grace and _judge_due(findings, f"{key}.grace", clock.grace):
        findings.add(f"{key}.grace", "bad_due", text=clock.grace)
    deed, _, step = clock.do.partition(":")
    if deed in ("step", "call_back") and step:
        findings.need(f"{key}.do", "unknown_step", step, names.steps)
    elif deed == "posting" and step:
        findings.need(f"{key}.do", "unknown_form", step, names.notices)
    else:
        findings.need(f"{key}.do", "not_one_of", clock.do, DEEDS)


def _judge_late(
    clock: Deadline, late: LateConsequence, procedure: Procedure, names: Names, findings: Findings
) -> None:
    key = f"clock[{clock.key}].late"
    if not late.tell and not late.becomes:
        findings.add(key, "late_without_effect")
    if late.tell:
        findings.need(f"{key}.tell", "unknown_role", late.tell, names.roles)
        findings.need(f"{key}.step", "unknown_step", late.step, names.steps)
    if _judge_due(findings, f"{key}.within", late.within):
        findings.add(f"{key}.within", "bad_due", text=late.within)
    if not late.becomes:
        return
    findings.need(f"{key}.becomes", "unknown_level", late.becomes, names.levels)
    order = [level.id for level in procedure.levels]
    # Where the clock runs at every level, a case of the highest would sink.
    at = [order.index(level) for level in clock.when.levels or order if level in order]
    if late.becomes in order and at and order.index(late.becomes) >= min(at):
        findings.add(f"{key}.becomes", "level_not_higher", name=late.becomes)


def _judge_order(clocks: tuple[Deadline, ...], findings: Findings) -> None:
    """Note clocks that come after one another in a ring; each ring is told once."""
    after = {clock.key: clock.after for clock in clocks if clock.after}
    told: set[str] = set()
    for first in after:
        way = [first]
        while after.get(way[-1]) and after[way[-1]] not in way:
            way.append(after[way[-1]])
        if after.get(way[-1]) == first and first not in told:
            findings.add(f"clock[{first}].after", "clock_loop", way=" > ".join([*way, first]))
            told.update(way)


def _judge_steps(procedure: Procedure, names: Names, findings: Findings) -> None:
    findings.add_twice("step", (step.id for step in procedure.steps))
    for step in procedure.steps:
        key = f"step[{step.id}]"
        findings.need(f"{key}.rule", "unknown_rule", step.rule, names.rules)
        for level in step.becomes:
            findings.need(f"{key}.becomes", "unknown_level", level, names.levels)
        if step.becomes and not step.note:
            findings.add(f"{key}.note", "raise_without_words")
        more = step.to or step.note or step.signed or step.signer or step.needs
        if step.repeats and (more or [field.kind for field in step.fields] != ["text"]):
            findings.add(f"{key}.repeats", "repeats_one_text")
        if step.id in SIGNALS:
            findings.add(f"{key}.id", "step_is_signal", name=step.id)
        if step.to:
            findings.need(f"{key}.to", "unknown_role", step.to, names.roles)
        if step.signer:
            findings.need(f"{key}.signer", "unknown_role", step.signer, names.roles)
        for need in step.needs:
            findings.need(f"{key}.needs", "unknown_step", need, names.steps)


def _judge_item(item: Item, names: Names, findings: Findings) -> None:
    key = f"write_off[{item.id}]"
    findings.need(f"{key}.rule", "unknown_rule", item.rule, names.rules)
    findings.need(f"{key}.kind", "not_one_of", item.kind, KINDS)
    if item.kind in ("step", "question") or item.step:
        findings.need(f"{key}.step", "unknown_step", item.step, names.steps)
    if item.kind == "signature" or item.role:
        findings.need(f"{key}.role", "unknown_role", item.role, names.roles)


def _judge_write_off(procedure: Procedure, names: Names, findings: Findings) -> None:
    findings.add_twice("write_off", (item.id for item in procedure.write_off))
    for item in procedure.write_off:
        _judge_item(item, names, findings)


def _judge_prompts_and_money(procedure: Procedure, names: Names, findings: Findings) -> None:
    for number, prompt in enumerate(procedure.prompts, 1):
        findings.need(f"prompt[#{number}].at", "not_one_of", prompt.at, PLACES)
        findings.need(f"prompt[#{number}].rule", "unknown_rule", prompt.rule, names.rules)
    for number, money in enumerate(procedure.money, 1):
        key = f"money[#{number}]"
        findings.need(f"{key}.rule", "unknown_rule", money.rule, names.rules)
        findings.need(f"{key}.approver", "unknown_role", money.approver, names.roles)
        if money.limit_yuan < 0:
            findings.add(f"{key}.limit_yuan", "too_small", least=0)


def _judge_routes(procedure: Procedure, names: Names, findings: Findings) -> None:
    for number, route in enumerate(procedure.routes, 1):
        key = f"route[#{number}].roles"
        if not route.roles:
            findings.add(key, "empty_list")
        for role in route.roles:
            findings.need(key, "unknown_role", role, names.roles)
