"""What must hold of a procedure's ladders: rungs that lead on, to somebody with a name."""

from __future__ import annotations

from collections.abc import Collection

from dispatcher_tui.domain.procedure import Ladder, Procedure
from dispatcher_tui.domain.time.due import DueSpecError, Elapsed, parse_due
from dispatcher_tui.site.problems import Findings

MOST_TRIES = 9
MOST_SECONDS = 300
"""Longest that one try may ring: beyond it the next one up waits for nothing."""


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
        _judge_group(ladder, key, roles, findings)
        _judge_lengths(ladder, key, findings)


def _judge_range(key: str, number: int, most: int, findings: Findings) -> None:
    if number < 1:
        findings.add(key, "too_small", least=1)
    elif number > most:
        findings.add(key, "too_large", most=most)


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
        _judge_range(f"{place}.tries", rung.tries, MOST_TRIES, findings)
        _judge_range(f"{place}.seconds", rung.seconds, MOST_SECONDS, findings)


def _judge_group(ladder: Ladder, key: str, roles: Collection[str], findings: Findings) -> None:
    rungs = {rung.role for rung in ladder.rungs}
    findings.add_twice(f"{key}.group", ladder.group)
    for role in dict.fromkeys(ladder.group):
        findings.need(f"{key}.group", "unknown_role", role, tuple(roles))
        if role in rungs:
            findings.add(f"{key}.group", "group_on_ladder", name=role)
    _judge_range(f"{key}.group_tries", ladder.group_tries, MOST_TRIES, findings)


def _judge_lengths(ladder: Ladder, key: str, findings: Findings) -> None:
    """They are counted from a call or a stamp, whatever the calendar says: only a plain length
    will do."""
    for name in ("act_within", "scene_within", "report_within"):
        place, text = f"{key}.{name}", getattr(ladder, name)
        try:
            spec = parse_due(text)
        except DueSpecError:
            findings.add(place, "not_a_length", text=text)
            continue
        if not isinstance(spec, Elapsed):
            findings.add(place, "not_a_length", text=text)
        elif spec.seconds < 1:
            findings.add(place, "too_small", least=1)
