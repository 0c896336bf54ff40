"""Charges: whatever is filed, corrected or taken out, each is handed over exactly once."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.papers.charges import handed_over, open_charges, total
from dispatcher_tui.domain.papers.slips import SlipRecord, Where, papers_of
from dispatcher_tui.domain.record.case import Slip
from dispatcher_tui.domain.record.record_events import ChargesHandedOver
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.papers.test_slips import AT, FILED, case_with


class _Ledger:
    """Cases whose charges change, and what was handed over of them."""

    def __init__(self) -> None:
        self.slips: dict[str, Slip] = {}
        self.handed: list[ChargesHandedOver] = []

    def papers(self) -> list[SlipRecord]:
        told = handed_over(self.handed)
        found: list[SlipRecord] = []
        for number, slip in self.slips.items():
            case = msgspec.structs.replace(
                case_with(slip, stage=Stage.WRITTEN_OFF), id=number, number=number
            )
            found += papers_of(case, told.get(number, {}))
        return found

    def hand_over(self) -> ChargesHandedOver:
        charges = open_charges(self.papers())
        event = ChargesHandedOver(period="2026-11", charges=charges, total_fen=total(charges))
        self.handed.append(event)
        return event


_ACTS = st.lists(
    st.one_of(
        st.just(None),
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(("1", "2")),
            st.one_of(st.none(), st.integers(0, 5000)),
        ),
    ),
    max_size=25,
)


@pytest.mark.rule("P0-08")
@given(_ACTS)
def test_handed_over_and_open_are_what_was_filed(
    acts: list[tuple[str, str, int | None] | None],
) -> None:
    """Filed, corrected, another paper filed instead, taken out again, handed over, in any order."""
    ledger = _Ledger()
    for act in acts:
        if act is None:
            ledger.hand_over()
            assert open_charges(ledger.papers()) == ()
        else:
            case, number, fen = act
            slip = Slip(number=number, received_at=AT)
            filed = msgspec.structs.replace(slip, filed_at=AT, charge_fen=fen or 0)
            ledger.slips[case] = slip if fen is None else filed
        told = sum(event.total_fen for event in ledger.handed)
        waiting = total(open_charges(ledger.papers()))
        charged = sum(s.charge_fen for s in ledger.slips.values() if s.filed_at)
        assert told + waiting == charged


def test_each_charge_once_and_a_correction_as_a_difference() -> None:
    ledger = _Ledger()
    ledger.slips["a"] = FILED
    first = ledger.hand_over()
    assert [(c.slip, c.fen, c.before_fen) for c in first.charges] == [("7", 1250, 0)]
    assert ledger.hand_over().charges == ()
    ledger.slips["a"] = msgspec.structs.replace(FILED, charge_fen=1000)
    again = ledger.hand_over()
    assert [(c.fen, c.before_fen) for c in again.charges] == [(-250, 1250)]
    assert again.total_fen == -250


def test_what_is_no_longer_filed_is_owed_back() -> None:
    ledger = _Ledger()
    ledger.slips["a"] = FILED
    ledger.hand_over()
    ledger.slips["a"] = Slip()
    (gone,) = (p for p in ledger.papers() if p.where is Where.GONE)
    assert (gone.number, gone.handed_fen) == ("7", 1250)
    (charge,) = ledger.hand_over().charges
    assert (charge.slip, charge.fen, charge.before_fen) == ("7", -1250, 1250)
    assert [p.where for p in ledger.papers()] == [Where.OWED]


def test_a_free_paper_is_not_charged() -> None:
    ledger = _Ledger()
    ledger.slips["a"] = msgspec.structs.replace(FILED, charge_fen=0)
    assert ledger.hand_over().charges == ()
