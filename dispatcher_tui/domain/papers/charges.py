"""What filed papers charge, summed up for the cashier, each exactly once (P0-08, P3-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver

_EARLIEST = datetime.min.replace(tzinfo=UTC)


def handed_over(events: Iterable[ChargesHandedOver]) -> dict[str, dict[str, int]]:
    """By case number and paper, what the cashier was told so far, in fen."""
    found: dict[str, dict[str, int]] = {}
    for event in events:
        for charge in event.charges:
            add(found.setdefault(charge.case, {}), charge)
    return found


def add(handed: dict[str, int], charge: Charge) -> None:
    """One more charge of a case was handed over."""
    handed[charge.slip] = handed.get(charge.slip, 0) + charge.fen


def open_charges(papers: Iterable[SlipRecord]) -> tuple[Charge, ...]:
    """What is to be handed over: of every paper the difference to what was handed over before.

    A charge that was corrected, or whose paper is no longer filed, shows as such a difference.
    """
    found: dict[tuple[str, str], Charge] = {}
    for paper in papers:
        key = (paper.case, paper.number)
        before = found.get(key)
        charge = Charge(
            slip=paper.number,
            case=paper.case,
            fen=paper.charge_fen - paper.handed_fen + (before.fen if before else 0),
            filed_at=paper.filed_at or (before.filed_at if before else None),
            before_fen=paper.handed_fen + (before.before_fen if before else 0),
            place=paper.place,
            binder=paper.binder or (before.binder if before else ""),
            page=paper.page or (before.page if before else ""),
        )
        found[key] = charge
    owed = [charge for charge in found.values() if charge.fen]
    return tuple(sorted(owed, key=lambda c: (c.filed_at or _EARLIEST, c.case, c.slip)))


def total(charges: Iterable[Charge]) -> int:
    """Their sum in fen."""
    return sum(charge.fen for charge in charges)
