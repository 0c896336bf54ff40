"""What must hold between a procedure and the companion its causes are corrected under."""

from __future__ import annotations

from collections.abc import Collection

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.site.problems import Findings

DEED = "corrective"
"""What a clock sends the operator to where a companion's case is to be opened."""


def judge_corrective(
    procedure: Procedure, rules: Collection[str], steps: Collection[str], findings: Findings
) -> None:
    """Note what cannot hold in the procedure's own file; ``rules`` and ``steps`` are its names."""
    asked = procedure.corrective
    if asked is None:
        for clock in procedure.clocks:
            if clock.do == DEED:
                findings.add(f"clock[{clock.key}].do", "corrective_missing")
        return
    findings.need("corrective.rule", "unknown_rule", asked.rule, frozenset(rules))
    if asked.refuse:
        findings.need("corrective.refuse", "unknown_step", asked.refuse, frozenset(steps))
    if procedure.companion:
        # Causes of causes: one could lead to the other without end.
        findings.add("corrective.procedure", "companion_loop", name=asked.procedure)


def judge_companion(companion: Procedure, file: str) -> Findings:
    """What is wrong with naming this procedure as a companion; ``file`` is where it is named."""
    findings = Findings(file)
    if not companion.companion:
        findings.add("corrective.procedure", "companion_wrong", name=companion.id)
    return findings
