"""The open cases of procedures that a site has in force no longer."""

from __future__ import annotations

from collections.abc import Collection

from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.site.problems import Findings, SiteProblem
from dispatcher_tui.site.texts import SITE

_NAMED = 5
"""How many cases are named before it is said how many more there are."""


def cases_left(record: Record, in_force: Collection[str]) -> list[SiteProblem]:
    """What is to be said of every procedure that left the list and has open cases, ``in_force``
    being the ids of those that the site names, the default first: which cases they are."""
    numbers: dict[str, list[str]] = {}
    for line in record.store.board(Lane.ALL):
        procedure = record.procedure(line.procedure)
        if is_complaint(procedure) and procedure.id not in in_force:
            numbers.setdefault(procedure.id, []).append(line.number)
    findings = Findings(SITE)
    for name, cases in numbers.items():
        more = f" .. +{len(cases) - _NAMED}" if len(cases) > _NAMED else ""
        named = ", ".join(cases[:_NAMED]) + more
        n = str(len(cases))
        findings.add("site.procedures", "cases_left", name=name, n=n, cases=named)
    return findings.problems
