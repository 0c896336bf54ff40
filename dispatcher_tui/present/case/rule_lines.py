"""The rules of a procedure as lines: id, title, and the clause in the procedure's own words."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Procedure, Rule
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.i18n import _, localized


def rules_behind(procedure: Procedure, case: Case, duties: Iterable[Duty]) -> list[Rule]:
    """The rules that a case's level and its duties rest on, in the procedure's order."""
    named = {case.level_rule, *(duty.rule for duty in duties)}
    return [rule for rule in procedure.rules if rule.id in named]


def rule_lines(rules: Iterable[Rule]) -> list[str]:
    """One line a rule, with its clause where it has one."""
    lines = []
    for rule in rules:
        clause = _('"{quote}"').format(quote=rule.quote) if rule.quote else ""
        lines.append(f"{rule.id} {localized(rule.title)}  {clause}".rstrip())
    return lines
