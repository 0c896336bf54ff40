"""Who is on the way to an emergency that still goes on, and so is not sent anywhere else first."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.duties.called_out import sent_back
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.case_line import Lane


def _sent(case: Case, procedure: Procedure) -> Iterator[str]:
    """The ids of those who were told to go there, or set off; who decides is told and stays, and
    whoever was told since that they need not come is free."""
    people = dict.fromkeys(_asked(case, procedure))
    return (person for person in people if not sent_back(case, procedure, person))


def _asked(case: Case, procedure: Procedure) -> Iterator[str]:
    yield from (called.person for called in case.called if called.person)
    deciding = {rung.role for ladder in ladders(procedure, case) for rung in ladder.rungs}
    for call in case.calls:
        told = call.outcome.reached or call.read_back_at is not None
        if call.person and call.role not in deciding and told:
            yield call.person


def engaged(desk: Desk, asking: Case) -> dict[str, str]:
    """By their ids, the number of the emergency that people are on the way to.

    The people of the case that is ``asking`` are its own; a leader's order in an emergency is
    for those who are there.
    """
    found: dict[str, str] = {}
    for line in desk.store.board(Lane.EMERGENCY):
        if line.id == asking.id or line.number == asking.tied_to:
            continue
        case = desk.record(line.id).case
        procedure = desk.rules_of(case).procedure
        if holds_post(case, procedure):
            for person in _sent(case, procedure):
                found.setdefault(person, case.number)
    return found
