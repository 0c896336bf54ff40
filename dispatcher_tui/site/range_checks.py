"""A number is of one range alone, over the forms of every procedure a site has and its slips."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.printed_form import ranges_meet
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.site.problems import Findings, SiteProblem
from dispatcher_tui.site.texts import PROCEDURES


def judge_ranges(procedures: Iterable[Procedure], slips: str) -> list[SiteProblem]:
    """Every form of a site whose numbers are those of the desk's slips, which begin with
    ``slips``, or of a form of another procedure."""
    before, problems = [("", slips, "slips")], list[SiteProblem]()
    for procedure in procedures:
        findings = Findings(f"{PROCEDURES}/{procedure.id}.toml")
        own = [(procedure.id, form.prefix, form.id) for form in procedure.forms if form.prefix]
        for _own, prefix, name in own:
            met = next((o for o in before if ranges_meet(prefix, o[1])), None)
            if met is not None:
                key = f"form[{name}].prefix"
                findings.add(key, "ranges_overlap", prefix=prefix, name=met[2])
        before += own
        problems += findings.problems
    return problems
