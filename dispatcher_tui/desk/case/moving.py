"""A case is handed over to another of the procedures in force."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.text import clean_text


def others_than(desk: Desk, procedure: str) -> tuple[Procedure, ...]:
    """The procedures in force beside the one with that id, in their order."""
    return tuple(each for each in desk.in_force.procedures if each.id != procedure)


def move_case(desk: Desk, key: str, procedure: str, reason: str) -> Done:
    """Hand a case over to the procedure in force with that id.

    Raises:
        Refusal: it is not in force, no reason is given, or the case cannot be handed over.
    """
    ref, words = desk.in_force.ref_of(procedure), clean_text(reason, multiline=False).text.strip()
    if not words:
        raise Refusal("reason_missing")
    new = desk.rulebook.procedure(ref)
    return desk.perform(key, cmd.MoveCase(to=ref, procedure=new, reason=words))
