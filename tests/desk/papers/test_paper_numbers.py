"""A number that is odd is taken only where it was confirmed, and a wrong one is put right."""

from __future__ import annotations

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.charges import charges_due
from dispatcher_tui.desk.papers.paper_numbers import correct_number, doubts
from dispatcher_tui.desk.papers.slips import find_number, give_out, void_number
from dispatcher_tui.desk.together import PaperGiven, take_paper
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.papers.slips import Where
from tests.desk.papers.test_slips import filed, written_off


def numbers_confirmed(desk: Desk, case: str) -> tuple[str, tuple[str, ...]]:
    """The number that came in, and what was confirmed of it."""
    slip = desk.record(case).case.slip
    return slip.number, slip.despite


@pytest.mark.rule("P0-08")
def test_a_number_of_another_case_is_taken_only_when_it_is_confirmed(desk: Desk) -> None:
    first, second = written_off(desk), written_off(desk)
    mine, other = (desk.record(case).case.slip.number for case in (first, second))
    take_paper(desk, first, PaperGiven(number=mine, in_hand=True))
    assert numbers_confirmed(desk, first) == (mine, ())
    with pytest.raises(Refusal) as refused:
        take_paper(desk, second, PaperGiven(number=mine, in_hand=True))
    assert refused.value.code == "number_doubted"
    assert desk.record(second).case.slip.received_at is None
    asked = doubts(desk, second, mine)
    assert [(each.odd, each.case, each.issued) for each in asked] == [
        (Oddity.TWICE, first, ""),
        (Oddity.OTHER, "", other),
    ]
    take_paper(desk, second, PaperGiven(number=mine, in_hand=True, sure=mine))
    assert numbers_confirmed(desk, second) == (mine, ("used_twice", "other_came_in"))
    assert doubts(desk, second, "") == (), "what was confirmed is not asked again"


def test_a_void_number_is_asked_about_and_the_issued_digits_are_the_number(desk: Desk) -> None:
    case = written_off(desk)
    mine = desk.record(case).case.slip.number
    assert doubts(desk, case, mine.lstrip("FW-0")) == ()
    assert doubts(desk, case, mine.lower()) == ()
    void_number(desk, mine, "torn")
    assert [(each.odd, each.reason) for each in doubts(desk, case, mine)] == [
        (Oddity.VOID_CAME_IN, "torn")
    ]


def test_a_wrong_number_is_corrected_later_and_its_charge_goes_with_it(desk: Desk) -> None:
    case = filed(desk, 20)
    was = desk.record(case).case.slip.number
    with pytest.raises(Refusal) as refused:
        correct_number(desk, case, "FW-000500", "read wrongly")
    assert refused.value.code == "number_doubted"
    give_out(desk, "FW-000401", "450", to="张伟")
    before = len(desk.store.entries(desk.record(case).case.id))
    correct_number(desk, case, "FW-000402", "read wrongly", "FW-000402")
    record = desk.record(case)
    assert (record.case.slip.number, record.case.slip.despite) == ("FW-000402", ("other_came_in",))
    assert len(desk.store.entries(record.case.id)) == before + 1
    assert [paper.where for paper in desk.store.papers_numbered("FW-000402")] == [Where.FILED]
    assert find_number(desk, was).where is Where.OTHER
    assert len(charges_due(desk).charges) == 1
