"""What is said of a line that cannot be so: one fen too much, nothing at all, settled already."""

from __future__ import annotations

from dispatcher_tui.domain.fees.decide_fees import fault_of
from dispatcher_tui.domain.fees.fee_list import LineStand
from dispatcher_tui.domain.record.fee_events import FeeLine, LineOutcome, LineResult
from tests.domain.support import FEE, shipped_procedure

PLACE, OWED = "3-2-1502", 128050
UNPAID = shipped_procedure(FEE).lists[1]


def said_of(fen: int, *, paid: int = 0, place: str = PLACE) -> str:
    """The code of what is wrong with a payment; empty where it is taken."""
    stand = LineStand(FeeLine(PLACE, 3, OWED), paid=paid)
    found = fault_of({PLACE: stand}, UNPAID, LineOutcome(place, LineResult.PAID, fen))
    return found[0] if found else ""


def test_a_payment_is_more_than_nothing_and_no_more_than_is_left() -> None:
    assert [said_of(fen) for fen in (-1, 0, 1, OWED, OWED + 1)] == [
        *("fee_nothing_paid", "fee_nothing_paid", "", "", "fee_paid_over")
    ]
    assert [said_of(fen, paid=OWED - 1) for fen in (1, 2)] == ["", "fee_paid_over"]
    assert said_of(1, paid=OWED) == "fee_settled"
    assert said_of(1, place="3-2-1503") == "fee_not_on_list"
