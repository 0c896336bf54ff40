"""Corrective and preventive action 纠正与预防措施: which cases are such, what asks for one."""

from __future__ import annotations

from typing import Protocol

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
        clocks=(*procedure.clocks, *companion.clocks),
        steps=(*procedure.steps, *companion.steps),
        write_off=(*procedure.write_off, *companion.write_off),
    )


class Rise(Protocol):
    """A number of complaints that rose month after month (P2-10).

    ``name`` is the same whenever the same rise is found again: ``ordinary:2026-11``.
    """

    @property
    def name(self) -> str:
        """What it is known by."""
        ...

    @property
    def months(self) -> tuple[str, ...]:
        """The months it rose over, the oldest first."""
        ...

    @property
    def counts(self) -> tuple[int, ...]:
        """How many there were in each."""
        ...
