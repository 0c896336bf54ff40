"""What must hold of a procedure's ladders: rungs that lead on, to somebody with a name."""

from __future__ import annotations

from collections.abc import Collection

from dispatcher_tui.domain.procedure import Ladder, Procedure
from dispatcher_tui.site.problems import Findings


def judge_ladders(
    procedure: Procedure, rules: Collection[str], roles: Collection[str], findings: Findings
) -> None:
    """Note every ladder that is empty, comes back to a role, or names one without a label."""
    findings.add_twice("ladder", (ladder.id for ladder in procedure.ladders))
    for ladder in procedure.ladders:
        key = f"ladder[{ladder.id}]"
        findings.need(f"{key}.rule", "unknown_rule", ladder.rule, tuple(rules))
        if ladder.group_rule:
            findings.need(f"{key}.group_rule", "unknown_rule", ladder.group_rule, tuple(rules))
        _judge_rungs(ladder, key, roles, findings)
        for role in ladder.group:
            findings.need(f"{key}.group", "unknown_role", role, tuple(roles))


def _judge_rungs(ladder: Ladder, key: str, roles: Collection[str], findings: Findings) -> None:
    if not ladder.rungs:
        findings.add(f"{key}.rungs", "empty_list")
    seen: set[str] = set()
    for rung in ladder.rungs:
        place = f"{key}.rungs[{rung.role}]"
        findings.need(place, "unknown_role", rung.role, tuple(roles))
        if rung.role in seen:
            findings.add(place, "ladder_loop", name=rung.role)
        seen.add(rung.role)
        for field, number in (("tries", rung.tries), ("seconds", rung.seconds)):
            if number < 1:
                findings.add(f"{place}.{field}", "too_small", least=1)
