"""A number is of one range of a site: no form has another procedure's, or the slips'."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.printed_form import ranges_meet
from dispatcher_tui.domain.procedure import PaperInstead, When
from dispatcher_tui.site.range_checks import judge_ranges, shared_ranges
from dispatcher_tui.site.shipped import data_dir
from tests.domain.support import shipped_procedure

SLIPS = "FW-"
EVERY = [shipped_procedure(path.stem) for path in (data_dir() / "procedures").glob("*.toml")]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("A-", "A-", True),
        ("A-", "B-", False),
        ("A-", "A-1", True),  # A-1 and 000001 may be the number 1000001 after A-
        ("A-1", "A-", True),
        ("A-", "A-B-", False),
        ("A-", "A-１", False),  # a full-width digit counts nothing
        ("", "1", True),
        ("", "A-", False),
    ],
)
def test_two_ranges_meet_where_one_number_could_be_of_both(
    one: str, other: str, meet: bool
) -> None:
    assert ranges_meet(one, other) is meet


def test_no_range_of_the_shipped_procedures_meets_another() -> None:
    assert judge_ranges(EVERY, SLIPS) == []


def test_a_range_of_another_procedure_and_that_of_the_slips_are_named() -> None:
    forms = shipped_procedure("resident-station").forms
    taken = replace(forms[1], prefix="CN-"), replace(forms[2], prefix=SLIPS)
    spoilt = replace(shipped_procedure("resident-station"), forms=taken)
    fees = shipped_procedure("fee-collection")
    found = judge_ranges([fees, spoilt], SLIPS)
    assert [(each.code, each.file.rpartition("/")[2], each.key) for each in found] == [
        ("ranges_overlap", "resident-station.toml", f"form[{taken[0].id}].prefix"),
        ("ranges_overlap", "resident-station.toml", f"form[{taken[1].id}].prefix"),
    ]
    assert [dict(each.detail)["name"] for each in found] == ["pledge", "slips"]


def test_two_in_force_without_a_range_of_their_own_are_told() -> None:
    slips, plant = shipped_procedure("estate-dispatch"), shipped_procedure("estate-plant")
    assert shared_ranges([slips, plant]) == []
    assert shared_ranges([slips]) == []
    bare = replace(plant, closing_paper=replace(plant.closing_paper, prefix=""))
    found = [(each.file, each.key, each.detail["name"]) for each in shared_ranges([slips, bare])]
    assert found == [("procedures/estate-plant.toml", "closing_paper.prefix", slips.id)]


def test_a_closing_paper_s_range_is_nobody_else_s() -> None:
    plant = shipped_procedure("estate-plant")
    spoilt = replace(plant, closing_paper=replace(plant.closing_paper, prefix=SLIPS))
    assert [each.key for each in judge_ranges([spoilt], SLIPS)] == ["closing_paper.prefix"]


@pytest.mark.parametrize(("prefix", "met"), [("SK-", True), ("SK-1", True), ("T-", False)])
def test_the_range_of_a_paper_that_stands_instead_is_looked_at_as_well(
    prefix: str, met: bool
) -> None:
    plant, fees = shipped_procedure("estate-plant"), shipped_procedure("fee-collection")
    own = plant.closing_paper
    other = PaperInstead(own.name, own.rule, prefix=prefix, when=When(levels=("grave",)))
    spoilt = replace(plant, closing_paper=replace(own, instead=(other,)))
    found = judge_ranges([fees, spoilt], SLIPS)
    expected = [("closing_paper.instead[#1].prefix", fees.id)] if met else []
    assert [(each.key, dict(each.detail)["name"]) for each in found] == expected
    same = replace(plant, closing_paper=replace(own, instead=(replace(other, prefix=own.prefix),)))
    assert judge_ranges([fees, same], SLIPS) == [], "both are counted on in one range"
