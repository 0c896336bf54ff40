"""What must hold of a procedure's acts: their fields, the clocks on them, the law before them."""

from __future__ import annotations

from datetime import date

from dispatcher_tui.domain.law import Law
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.step_field import DAY, FIELD_KINDS, SERVICE, TIME, StepField
from dispatcher_tui.domain.time.due import AfterField, BeforeField, DueSpecError, parse_due
from dispatcher_tui.site.problems import Findings

OF_ROUTINES = tuple(kind for kind in FIELD_KINDS if kind != SERVICE)
"""What a field of the desk's own duties can be: they stop nothing for anybody."""

_OWN = ("at", "by", "who", "note")
"""What a form can ask of any act: no field of one goes by that name."""


def judge_acts(procedure: Procedure, steps: frozenset[str], findings: Findings) -> None:
    """Note fields that could not be filled, clocks on none of them, and law without its source."""
    for step in procedure.steps:
        judge_fields(f"step[{step.id}].field", step.fields, findings, FIELD_KINDS)
    _judge_field_times(procedure, findings)
    forms = [form.id for form in procedure.forms]
    for number, law in enumerate(procedure.laws, 1):
        _judge_law(f"law[#{number}]", law, steps, forms, findings)


def judge_fields(
    key: str,
    fields: tuple[StepField, ...],
    findings: Findings,
    kinds: tuple[str, ...] = OF_ROUTINES,
) -> None:
    """Note fields under that key that stand there twice, of no such kind, or under a taken name."""
    findings.add_twice(key, (field.id for field in fields))
    for field in fields:
        findings.need(f"{key}[{field.id}].kind", "not_one_of", field.kind, kinds)
        if field.after:
            times = [each.id for each in fields if each.kind == TIME and each is not field]
            findings.need(f"{key}[{field.id}].after", "unknown_field", field.after, times)
        if field.id in _OWN:
            findings.add(f"{key}[{field.id}].id", "field_is_part", name=field.id)


def _judge_field_times(procedure: Procedure, findings: Findings) -> None:
    kinds = {f.id: f.kind for step in procedure.steps for f in step.fields}
    times = [name for name, kind in kinds.items() if kind == TIME]
    days = [name for name, kind in kinds.items() if kind == DAY]
    for clock in procedure.clocks:
        try:
            spec = parse_due(clock.due)
        except DueSpecError:
            continue  # that it cannot be read is told where times are
        if isinstance(spec, BeforeField):
            findings.need(f"clock[{clock.key}].due", "unknown_field", spec.field, times)
        elif isinstance(spec, AfterField):
            findings.need(f"clock[{clock.key}].due", "unknown_field", spec.field, days)


def _judge_law(
    key: str, law: Law, steps: frozenset[str], forms: list[str], findings: Findings
) -> None:
    try:
        date.fromisoformat(law.date)
    except ValueError:
        findings.add(f"{key}.date", "bad_date", text=law.date)
    for step in law.steps:
        findings.need(f"{key}.steps", "unknown_step", step, steps)
    for form in law.forms:
        findings.need(f"{key}.forms", "unknown_form", form, forms)
    if not law.steps and not law.forms:
        findings.add(f"{key}.steps", "empty_list")
