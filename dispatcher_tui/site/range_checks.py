"""A number is of one range alone, over the papers and forms of every procedure a site has and its
slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dispatcher_tui.domain.printed_form import ranges_meet
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.site.problems import Findings, SiteProblem
from dispatcher_tui.site.texts import PROCEDURES


def judge_ranges(procedures: Iterable[Procedure], slips: str) -> list[SiteProblem]:
    """Every closing paper and form of a site whose numbers are those of the desk's slips, which
    begin with ``slips``, or of a paper or form of another procedure."""
    before, problems = [("", slips, "slips")], list[SiteProblem]()
    for procedure in procedures:
        findings = Findings(f"{PROCEDURES}/{procedure.id}.toml")
        paper = procedure.closing_paper
        named = [(f"form[{form.id}].prefix", form.prefix, form.id) for form in procedure.forms]
        closing = {paper.prefix: "closing_paper.prefix"}
        for number, other in enumerate(paper.instead, 1):  # those of one range are counted on in it
            closing.setdefault(other.prefix, f"closing_paper.instead[#{number}].prefix")
        own = [(key, prefix, procedure.id) for prefix, key in closing.items()]
        own += named
        for key, prefix, _name in own:
            met = next((o for o in before if prefix and ranges_meet(prefix, o[1])), None)
            if met is not None:
                findings.add(key, "ranges_overlap", prefix=prefix, name=met[2])
        before += [each for each in own if each[1]]
        problems += findings.problems
    return problems


def shared_ranges(in_force: Sequence[Procedure]) -> list[SiteProblem]:
    """Procedures in force beside another one that, like it, have no range of closing papers of
    their own: both draw from the desk's slips."""
    sharing = [each for each in in_force if not each.closing_paper.prefix]
    found = list[SiteProblem]()
    for each in sharing[1:]:
        findings = Findings(f"{PROCEDURES}/{each.id}.toml")
        findings.add("closing_paper.prefix", "range_shared", name=sharing[0].id)
        found += findings.problems
    return found
