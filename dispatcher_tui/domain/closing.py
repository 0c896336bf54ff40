"""The closing checklist: what a write-off and what finality still lack."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dispatcher_tui.domain.case import Case
from dispatcher_tui.domain.duties import fits_now
from dispatcher_tui.domain.procedure import Item, Money, Procedure


class Missing(msgspec.Struct, frozen=True):
    """One thing that is not there yet: the checklist item's id and the rule that asks."""

    item: str
    rule: str


def write_off_items(procedure: Procedure, case: Case) -> tuple[Item, ...]:
    """The checklist lines of the write-off that apply to this case."""
    return tuple(item for item in procedure.write_off if fits_now(item.when, case))


def missing_for_write_off(
    procedure: Procedure, case: Case, given: Mapping[str, str], signed: Mapping[str, str]
) -> tuple[Missing, ...]:
    """What the write-off lacks. ``given``: item id → text; ``signed``: role → name."""
    found = []
    for item in write_off_items(procedure, case):
        if item.kind == "signature":
            there = bool(signed.get(item.role))
        elif item.kind == "step":
            there = item.step in case.steps
        else:
            there = bool(given.get(item.id, "").strip())
        if item.required and not there:
            found.append(Missing(item.id, item.rule))
    return tuple(found)


def missing_for_final(procedure: Procedure, case: Case) -> tuple[Missing, ...]:
    """What finality lacks: the paper in hand, signed, filed; all asked by the paper's rule."""
    slip, rule = case.slip, procedure.closing_paper.rule
    checks = (
        ("written_off", case.written_off_at is not None),
        ("paper_received", slip.received_at is not None and bool(slip.number)),
        ("paper_signed", slip.signed_at is not None),
        ("paper_filed", slip.filed_at is not None),
    )
    return tuple(Missing(item, rule) for item, there in checks if not there)


def money_limit(procedure: Procedure, case: Case) -> Money | None:
    """The limit on compensation that applies; None where the procedure sets none."""
    return next((money for money in procedure.money if fits_now(money.when, case)), None)
