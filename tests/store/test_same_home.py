"""One home under several spellings: zeros in front of its figures may be more or fewer."""

from __future__ import annotations

from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.store.store import Store
from tests.store.build import opened


def test_cases_of_one_home_are_found_with_more_or_fewer_zeros(store: Store) -> None:
    for place in ("1-1-101", "1-1-0101", "1-1-1010", "1-2-0101", "01-1-101"):
        with store.write() as tx:
            opened(tx, place, place=place)

    def at(place: str) -> set[str]:
        return {line.id for line in store.at_place(place)}

    def found(query: str) -> set[str]:
        return {line.id for line in store.search(query)}

    home = {"1-1-101", "1-1-0101", "01-1-101"}
    assert at("1-1-101") == at("1-1-0101") == at("01栋1单元101") == home
    assert at("1-1-1010") == {"1-1-1010"}
    assert found("1-1-0101") == {*home, "1-1-1010"}, "what is typed may be a beginning"
    assert found("1-1-101") == found("1-1-0101")
    with store.write() as tx:
        tx.put_units([Household("1-1-0101")])
    assert at("1-1-101") == at("1-1-0101") == home, "one of them is registered"
    with store.write() as tx:
        tx.put_units([Household("1-1-0101"), Household("1-1-101")])
    assert at("1-1-101") == {"1-1-101", "01-1-101"}, "the register tells two apart"
    assert at("1-1-0101") == {"1-1-0101", "01-1-101"}
