"""Corrective and preventive action 纠正与预防措施: which cases are such, what asks for one."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.procedure import Procedure

RISE = "rise"
"""The tag of one that a rise of the figures gave rise to: its procedure may ask more for it."""


def is_complaint(procedure: Procedure) -> bool:
    """Whether a case under this procedure counts as a complaint in figures and reviews."""
    return not procedure.companion


def naming(procedure: Procedure, companion: Procedure | None) -> Procedure:
    """Both procedures' ids with their names, for lists that hold cases of either; no rules to
    judge a case by. Where both have an id, it is the first one's."""
    if companion is None:
        return procedure
    return replace(
        procedure,
        roles={**companion.roles, **procedure.roles},
        levels=(*procedure.levels, *companion.levels),
        clocks=(*procedure.clocks, *companion.clocks),
        steps=(*procedure.steps, *companion.steps),
        write_off=(*procedure.write_off, *companion.write_off),
    )
