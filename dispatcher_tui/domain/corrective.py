"""Corrective and preventive action 纠正与预防措施: which cases are such, what asks for one."""

from __future__ import annotations

from typing import Protocol

from dispatcher_tui.domain.procedure import Procedure

RISE = "rise"
"""The tag of one that a rise of the figures gave rise to: its procedure may ask more for it."""


def is_complaint(procedure: Procedure) -> bool:
    """Whether a case under this procedure counts as a complaint in figures and reviews."""
    return not procedure.companion


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
