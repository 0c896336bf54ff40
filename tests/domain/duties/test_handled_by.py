"""Which of several procedures a case is opened under: the class says so, nobody else by silence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.handled_by import ANY, Why, handled_by, rivals
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Label
from tests.domain.support import FEE, P0, P1, P4, shipped_procedure

LEAK = Category("leak", Label("漏水", "Water leak"), "maintenance", "ls")
FEES = Category("fee_question", Label("收费疑问", "Fee question"), "fee", "sfyw")


def procedure(name: str, *handles: str) -> Procedure:
    return replace(shipped_procedure(P0), id=name, handles=handles)


def chosen(*in_force: Procedure, of: Category | None = LEAK, asked: str = "") -> tuple[str, Why]:
    found = handled_by(in_force, of, asked)
    return found.procedure.id, found.why


def test_a_class_goes_to_the_one_that_claims_it_wherever_that_stands() -> None:
    rest, fees = procedure("a"), procedure("b", "fee")
    for order in ((rest, fees), (fees, rest)):
        assert chosen(*order, of=FEES) == ("b", Why.CLASS)
        assert chosen(*order, of=LEAK) == ("a", Why.REST)


def test_without_a_class_it_is_the_default() -> None:
    assert chosen(procedure("a", "fee"), procedure("b"), of=None) == ("a", Why.NO_CLASS)


def test_what_nobody_handles_is_said() -> None:
    fees, plant = procedure("a", "fee"), procedure("b", "lift_fault")
    assert chosen(fees) == ("a", Why.NOBODY)
    assert chosen(fees, plant) == ("a", Why.NOBODY)
    assert rivals((fees, plant), LEAK) == ()


def test_the_rest_goes_to_the_first_that_takes_it_and_is_no_rivalry() -> None:
    both = (procedure("a", "fee"), procedure("b", "notice", ANY), procedure("c"))
    assert chosen(*both) == ("b", Why.REST)
    assert rivals(both, LEAK) == ()


@pytest.mark.parametrize("name", ["leak", "maintenance"])
def test_an_equal_claim_is_a_rivalry_and_a_more_exact_one_is_none(name: str) -> None:
    both = (procedure("a", name), procedure("b", name))
    assert [each.id for each in rivals(both, LEAK)] == ["a", "b"]
    exact = (procedure("a", "maintenance"), procedure("b", "leak"))
    assert rivals(exact, LEAK) == ()
    assert chosen(*exact) == ("b", Why.CLASS)


def test_a_class_may_name_its_procedures_itself() -> None:
    first, second = procedure("a", "maintenance"), procedure("b", "fee")
    assert chosen(first, second, of=replace(LEAK, procedures=("b",))) == ("b", Why.CLASS)
    both = replace(LEAK, procedures=("a", "b"))
    assert [each.id for each in rivals((first, second), both)] == ["a", "b"]
    assert rivals((first,), both) == ()
    assert chosen(first, of=replace(LEAK, procedures=("z",))) == ("a", Why.NOBODY)


def test_the_operator_overrules_the_class_with_one_in_force_alone() -> None:
    rest, fees = procedure("a"), procedure("b", "fee")
    assert chosen(rest, fees, asked="b") == ("b", Why.ASKED)
    assert chosen(rest, fees, of=None, asked="b") == ("b", Why.ASKED)
    assert chosen(rest, fees, asked="c") == ("a", Why.REST)


def test_the_shipped_ones_as_an_office_has_them_in_force() -> None:
    in_force = tuple(map(shipped_procedure, (P0, "estate-plant", FEE, P1)))
    planned = Category("planned_cut", Label("计划停水", "Planned cut"), "notice", "jhts")
    arrears = Category("arrears", Label("欠费催缴", "Arrears"), "fee", "qfcj")
    lift = Category("lift_fault", Label("电梯故障", "Lift"), "maintenance", "dtgz")
    found = [chosen(*in_force, of=each)[0] for each in (LEAK, FEES, arrears, planned, lift)]
    assert found == [P0, P0, FEE, P1, "estate-plant"]
    for strange in (LEAK, FEES):  # Who doubts a bill is in no arrears by that.
        assert chosen(shipped_procedure(FEE), of=strange) == (FEE, Why.NOBODY)
    for alone in (P0, P1, P4):
        assert chosen(shipped_procedure(alone), of=LEAK) == (alone, Why.REST)
