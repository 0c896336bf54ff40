"""What must hold of the forms of a procedure: every field has a source, every paper a signer."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.papers.letter_text import TYPED, loose_brace, paths_in
from dispatcher_tui.domain.printed_form import (
    CASE_SOURCES,
    PAGES,
    PAPER_SOURCES,
    SCOPES,
    STAGES,
    STEP_SOURCES,
    Form,
    FormField,
    FormSigner,
    ranges_meet,
)
from dispatcher_tui.domain.procedure import FinalPaper, Procedure
from dispatcher_tui.site.problems import Findings

_TEXTS = ("text",)
"""The kinds of lines of the checklist that hold words of their own."""


def closing_papers(procedure: Procedure) -> Iterator[tuple[str, FinalPaper]]:
    """The papers that close its cases, each by its key in the procedure's file."""
    own = procedure.closing_paper
    yield "closing_paper", own
    for number, paper in enumerate(own.instead, 1):
        yield f"closing_paper.instead[#{number}]", paper


class _Sources:
    """The paths that a form of a procedure can ask for."""

    def __init__(self, procedure: Procedure, steps: frozenset[str]) -> None:
        asked = procedure.write_off
        self.items = {item.id for item in asked if item.kind in _TEXTS}
        self.signs = {item.id for item in asked if item.kind == "signature"}
        self.signs |= {step.id for step in procedure.steps if step.signer or step.signed}
        self.signs.add("paper")
        paths = {f"case.{name}" for name in CASE_SOURCES}
        paths |= {f"paper.{name}" for name in PAPER_SOURCES}
        paths |= {f"item.{name}" for name in self.items}
        for step in steps:
            paths |= {f"step.{step}", *(f"step.{step}.{part}" for part in STEP_SOURCES)}
        for act in procedure.steps:
            paths |= {f"step.{act.id}.{field.id}" for field in act.fields}
        self.paths = frozenset(paths)
        self.steps = steps


def judge_forms(
    procedure: Procedure, rules: frozenset[str], steps: frozenset[str], findings: Findings
) -> None:
    """Note every form that could not be printed as it is written, or that nobody would sign."""
    findings.add_twice("form", (form.id for form in procedure.forms))
    sources = _Sources(procedure, steps)
    for form in procedure.forms:
        _judge_form(form, procedure, rules, sources, findings)
    _judge_ranges(procedure.forms, findings)
    known = [form.id for form in procedure.forms if form.printed]
    for key, paper in closing_papers(procedure):
        if paper.prefix and not paper.prefix.strip():
            findings.add(f"{key}.prefix", "empty_text")
        if paper.form:
            findings.need(f"{key}.form", "unknown_form", paper.form, known)
        if paper.form and paper.outside:
            findings.add(f"{key}.outside", "outside_with_form")


def _judge_form(
    form: Form,
    procedure: Procedure,
    rules: frozenset[str],
    sources: _Sources,
    findings: Findings,
) -> None:
    key = f"form[{form.id}]"
    for name, value, known in (
        ("scope", form.scope, SCOPES),
        ("stage", form.stage, STAGES),
        ("page", form.page, PAGES),
    ):
        findings.need(f"{key}.{name}", "not_one_of", value, known)
    if form.rule:
        findings.need(f"{key}.rule", "unknown_rule", form.rule, rules)
    levels = [level.id for level in procedure.levels]
    for level in form.levels:
        findings.need(f"{key}.levels", "unknown_level", level, levels)
    if form.prefix and not form.prefix.strip():
        findings.add(f"{key}.prefix", "empty_text")
    if form.retention_years < 0:
        findings.add(f"{key}.retention_years", "too_small", least=0)
    findings.add_twice(f"{key}.field", (field.typed for field in form.asked))
    for number, field in enumerate(form.fields, 1):
        _judge_field(f"{key}.field[#{number}]", field, sources, findings)
    if form.printed and form.scope == "case" and not form.signers and not form.letter:
        findings.add(f"{key}.signer", "form_without_signer")
    _judge_notice(key, form, sources, findings)
    for number, signer in enumerate(form.signers, 1):
        _judge_signer(f"{key}.signer[#{number}]", signer, procedure, sources, findings)


def _judge_notice(key: str, form: Form, sources: _Sources, findings: Findings) -> None:
    """Its paragraphs ask for what the record has, and its acts are those of the procedure."""
    typed = {f"{TYPED}{field.typed}" for field in form.asked}
    for number, paragraph in enumerate(form.text, 1):
        for language, text in (("zh", paragraph.zh), ("en", paragraph.en)):
            at = f"{key}.text[#{number}].{language}"
            for path in paths_in(text):
                findings.need(at, "unknown_source", path, sources.paths | typed)
            if loose_brace(text):
                findings.add(at, "loose_brace")
    for name, step in (("up", form.up), ("down", form.down), ("needs", form.needs)):
        if step:
            findings.need(f"{key}.{name}", "unknown_step", step, sources.steps)
    if (form.down or form.anywhere) and not form.up:
        findings.add(f"{key}.up", "empty_text")
    if form.up and not form.text:
        findings.add(f"{key}.text", "empty_list")


def _judge_field(key: str, field: FormField, sources: _Sources, findings: Findings) -> None:
    if field.typed and not field.typed.strip():
        findings.add(f"{key}.typed", "empty_text")
    if field.ink < 0:
        findings.add(f"{key}.ink", "too_small", least=0)
    if field.source:
        findings.need(f"{key}.source", "unknown_source", field.source, sources.paths)
    for other in field.also:
        findings.need(f"{key}.also", "unknown_source", other, sources.paths)
    if not (field.source or field.typed or field.ink or field.boxes):
        findings.add(key, "field_without_source")
    named = field.source and field.source.partition(".")[0] in ("case", "paper")
    if field.label is None and not named:
        findings.add(f"{key}.label", "field_without_label")


def _judge_signer(
    key: str, signer: FormSigner, procedure: Procedure, sources: _Sources, findings: Findings
) -> None:
    if signer.role:
        findings.need(f"{key}.role", "unknown_role", signer.role, procedure.roles)
    if signer.sign:
        findings.need(f"{key}.sign", "unknown_source", signer.sign, sources.signs)
    if not signer.ways and not signer.seal:
        findings.add(f"{key}.ways", "empty_list")


def _judge_ranges(forms: tuple[Form, ...], findings: Findings) -> None:
    """A number is of one range alone, or nobody could say which paper it is."""
    before = list[Form]()
    for form in forms:
        for other in before:
            if form.prefix and ranges_meet(form.prefix, other.prefix):
                key = f"form[{form.id}].prefix"
                findings.add(key, "ranges_overlap", prefix=form.prefix, name=other.id)
                break
        before += [form] if form.prefix else []
