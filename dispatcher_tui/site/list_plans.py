"""What a procedure may say of the lists that its routines own."""

from __future__ import annotations

from dispatcher_tui.domain.desk_routines import FEES, LIST_DONE
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.fee_events import LineResult
from dispatcher_tui.site.problems import Findings

_LAST_DAY = 28
"""Every month has it."""


def judge_lists(procedure: Procedure, findings: Findings) -> None:
    """Note a list with a rule, a result or a step that there is not, and a routine without its
    list."""
    rules, steps = {each.id for each in procedure.rules}, {each.id for each in procedure.steps}
    lists = {each.id for each in procedure.lists}
    findings.add_twice("list", (each.id for each in procedure.lists))
    for plan in procedure.lists:
        key = f"list[{plan.id}]"
        findings.need(f"{key}.rule", "unknown_rule", plan.rule, rules)
        for result in plan.results:
            findings.need(f"{key}.results", "not_one_of", result, tuple(LineResult))
        for step in (*plan.acts, *filter(None, (plan.bill,))):
            findings.need(f"{key}.acts", "unknown_step", step, steps)
        if not 1 <= plan.bill_day <= _LAST_DAY:
            findings.add(f"{key}.bill_day", "bad_due", text=plan.bill_day)
    for routine in procedure.routines:
        key = f"routine[{routine.id}]"
        if routine.list or routine.do == FEES:
            findings.need(f"{key}.list", "not_one_of", routine.list, lists)
            findings.need(f"{key}.list_done", "not_one_of", routine.list_done, LIST_DONE)
            findings.need(f"{key}.do", "not_one_of", routine.do, (FEES,))
            findings.need(f"{key}.every", "not_one_of", routine.every, ("month",))
