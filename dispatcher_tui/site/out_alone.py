"""How often whoever is out there alone is asked whether he is safe: a setting of the site."""

from __future__ import annotations

import msgspec

from dispatcher_tui.site.problems import Findings

MOST_MINUTES = 120
"""Longer than that nobody is left alone unasked."""


class OutAloneTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[out_alone]`` of the file, in minutes: ``every`` so many, ``fire`` where it burns."""

    every: int = 15
    fire: int = 5


def judge_out_alone(table: OutAloneTable, findings: Findings) -> None:
    """Note minutes that cannot stand; at a fire nobody is asked later than elsewhere."""
    findings.note_small("out_alone.every", table.every)
    findings.note_large("out_alone.every", table.every, MOST_MINUTES)
    findings.note_small("out_alone.fire", table.fire)
    findings.note_large("out_alone.fire", table.fire, max(1, min(table.every, MOST_MINUTES)))
