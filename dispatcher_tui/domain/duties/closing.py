"""The closing checklist: what a write-off and what finality still lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from dispatcher_tui.domain.duties.duties import SIGNATURE, Duty
from dispatcher_tui.domain.duties.fitting import fits, fits_now
from dispatcher_tui.domain.procedure import Deadline, Item, Money, Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.sign_off import SignOff, owed

NO, YES = "no", "yes"
"""How a question of the checklist is answered."""


class MissingItem(msgspec.Struct, frozen=True):
    """One thing that is not there yet: the checklist item's id and the rule that asks."""

    item: str
    rule: str


def _applies(item: Item, case: Case) -> bool:
    """A signature stays owed when the level that asked for it was lowered again (E-09)."""
    if item.kind != "signature" or not item.when.levels:
        return fits_now(item.when, case)
    held = any(grade.level in item.when.levels for grade in case.grades)
    return held and fits(item.when, case)


def write_off_items(procedure: Procedure, case: Case) -> tuple[Item, ...]:
    """The checklist lines of the write-off that apply to this case."""
    return tuple(item for item in procedure.write_off if _applies(item, case))


def unjudged(procedure: Procedure, case: Case) -> bool:
    """Whether the procedure still asks if the case is valid."""
    validity = procedure.validity
    return validity is not None and case.valid is None and fits_now(validity.when, case)


def missing_steps(case: Case, needs: Iterable[str], rule: str) -> tuple[MissingItem, ...]:
    """The steps that were neither written down nor done by a call in this round, and have to be
    before something that ``rule`` says."""
    done = {signal.name for signal in case.signals if signal.round == case.round}
    return tuple(MissingItem(step, rule) for step in needs if step not in done)


def is_signed(case: Case, subject: str) -> bool:
    """Whether somebody has signed for it, by PIN or in ink, since it was opened, or reopened."""
    return any(
        each.subject == subject and each.round == case.round and each.signed_at is not None
        for each in case.sign_offs
    )


def agreement(case: Case, subject: str) -> SignOff | None:
    """The agreement by phone whose signature is still owed, if there is one."""
    mine = (each for each in owed(case.sign_offs) if each.round == case.round)
    return next((each for each in mine if each.subject == subject), None)


def missing_for_write_off(
    procedure: Procedure, case: Case, given: Mapping[str, str], signed: Mapping[str, str]
) -> tuple[MissingItem, ...]:
    """What the write-off lacks. ``given``: item id → text; ``signed``: role → name."""
    found = []
    for item in write_off_items(procedure, case):
        if item.kind == "signature":
            there = bool(signed.get(item.role, "").strip()) or is_signed(case, item.id)
        elif item.kind == "step":
            there = item.step in case.steps
        else:
            there = given.get(item.id, "").strip() not in ("", *item.refuses)
        if item.required and not there:
            found.append(MissingItem(item.id, item.rule))
    return tuple(found)


def outliving(
    procedure: Procedure, duties: Iterable[Duty], *ends_with: str
) -> Iterator[MissingItem]:
    """Duties that have begun and that none of these signals (``final``) would do or end."""
    clocks = {c.key: c for c in procedure.clocks}
    ends: dict[str, tuple[str, ...]] = {SIGNATURE: ()}
    ends |= {c.key: (*c.until, *c.cancels, *c.misses) for c in procedure.clocks}
    for duty in duties:
        if duty.pending and duty.start and not set(ends_with) & {*ends.get(duty.clock, ends_with)}:
            yield MissingItem(_ending(clocks.get(duty.clock), duty), duty.rule)


def _ending(clock: Deadline | None, duty: Duty) -> str:
    """What has to be there: of a duty that comes again and again the step that ends it for good."""
    asked = duty.do.removeprefix("step:")
    if clock is not None and asked.startswith("posting:"):
        return clock.until[0]
    if clock is None or clock.repeat != asked:
        return asked
    return next((step for step in clock.until if step != clock.repeat), asked)


def missing_for_final(
    procedure: Procedure, case: Case, duties: Iterable[Duty] = ()
) -> tuple[MissingItem, ...]:
    """What finality lacks: the paper in hand, signed, filed, all asked by the paper's rule; and,
    once the case is written off, what of its ``duties`` outlives that (a return visit)."""
    slip, rule = case.slip, procedure.closing_paper.rule
    checks = (
        ("written_off", case.written_off_at is not None),
        ("paper_received", slip.received_at is not None and bool(slip.number)),
        ("paper_signed", slip.signed_at is not None),
        ("paper_filed", slip.filed_at is not None),
    )
    found = [MissingItem(item, rule) for item, there in checks if not there]
    if case.written_off_at is not None:
        found += outliving(procedure, duties, "final")
    return tuple(found)


def money_limits(procedure: Procedure, case: Case) -> tuple[Money, ...]:
    """The limits on compensation that apply to the case, the lowest first."""
    fitting = (money for money in procedure.money if fits_now(money.when, case))
    return tuple(sorted(fitting, key=lambda money: money.limit_yuan))


def broken_limit(procedure: Procedure, case: Case, fen: int) -> Money | None:
    """The highest limit that a compensation is above: its approver signs for it."""
    above = [m for m in money_limits(procedure, case) if fen > m.limit_yuan * 100]
    return above[-1] if above else None
