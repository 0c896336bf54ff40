"""Several procedures in one site's settings: read, checked, and each class claimed once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.check import check, warn
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.site.samples import new_site, spoil

ONE = 'procedure = "estate-dispatch"'
TODAY = date(2026, 11, 30)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site")


def put(site: Path, *ids: str) -> Path:
    """These procedures are in force from now on."""
    names = ", ".join(f'"{each}"' for each in ids)
    edit(site, "site.toml", ONE, f"procedures = [{names}]")
    return site


def edit(site: Path, name: str, old: str, new: str) -> None:
    path = site / name
    path.write_text(spoil(path.read_text("utf-8"), old, new), "utf-8")


def refused(site: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(SiteError) as caught:
        load(site)
    assert all(describe(problem) for problem in caught.value.problems)
    return [(p.file, p.key, p.code) for p in caught.value.problems]


def checked(site: Path) -> list[tuple[str, str, str]]:
    people = parse_roster(read_text(data_dir() / "demo" / "roster.csv"))
    found = check(site, people, TODAY)
    assert all(describe(problem) for problem in found)
    return [(p.file, p.key, p.code) for p in found if p.file != "roster.csv"]


def test_each_is_read_in_its_order_under_one_layer(site: Path) -> None:
    data = load(put(site, "fee-collection", "estate-dispatch", "resident-station"))
    ids = [each.id for each in data.in_force]
    assert ids == ["fee-collection", "estate-dispatch", "resident-station"]
    assert data.procedure.id == data.site.procedure == "fee-collection"
    assert len({each.level("emergency").rule for each in data.in_force}) == 1
    assert len({each.source.sha256 for each in data.served}) == len(ids)
    assert {each.beneath.sha256 for each in data.served} == {data.served[0].beneath.sha256}
    assert set(data.companions) == {"estate-dispatch"}
    assert set(data.procedures) >= set(ids)


def test_one_in_a_list_is_as_one_without(site: Path) -> None:
    before = load(site)
    data = load(put(site, "estate-dispatch"))
    assert data.in_force == before.in_force
    assert data.procedure_source == before.procedure_source


def test_what_one_of_them_brings_is_offered(site: Path) -> None:
    assert "move_in" not in {each.id for each in load(site).offered}
    offered = {each.id for each in load(put(site, "estate-dispatch", "fee-collection")).offered}
    assert {"move_in", "leak"} <= offered
    assert "slow_order" not in offered


def test_a_name_that_is_none_is_told_by_the_key_it_stands_under(site: Path) -> None:
    put(site, "estate-dispatch", "fee-colection")
    assert refused(site) == [("site.toml", "site.procedures", "procedure_missing")]


def test_a_companion_is_none_of_them(site: Path) -> None:
    put(site, "estate-dispatch", "corrective-action")
    assert refused(site) == [("site.toml", "site.procedures", "companion_in_force")]


def test_a_broken_one_is_told_by_its_file(site: Path) -> None:
    put(site, "estate-dispatch", "fee-collection")
    edit(site, "procedures/fee-collection.toml", 'due = "5 working days"', 'due = "soon"')
    assert refused(site) == [("procedures/fee-collection.toml", "keep.due", "bad_due")]


def test_shipped_ones_get_along_and_the_check_is_quiet(site: Path) -> None:
    put(site, "estate-dispatch", "estate-plant", "fee-collection", "owner-relations")
    assert checked(site) == []


def test_two_that_claim_one_class_fail_the_check(site: Path) -> None:
    put(site, "estate-dispatch", "fee-collection", "resident-station")
    assert checked(site) == []
    edit(
        site,
        "procedures/resident-station.toml",
        "retention_years = 3",
        'retention_years = 3\nhandles = ["noise", "arrears", "*"]',
    )
    twice = ("procedures/resident-station.toml", "handles", "class_claimed_twice")
    assert checked(site) == [twice]
    (problem,) = (p for p in check(site, [], TODAY) if p.code == "class_claimed_twice")
    assert problem.detail["first"] == "fee-collection"
    assert problem.detail["name"] == "arrears"


def test_a_desk_for_fees_alone_is_told_what_it_has_nobody_for(tmp_path: Path) -> None:
    site = new_site(tmp_path / "fees", "fee-collection")
    told = [each for each in warn(site, [], TODAY) if each.code == "class_unhandled"]
    (key,) = [each.key for each in told]
    assert key.startswith("category[leak, wall_seepage, drain .. +")
    assert checked(site) == []
    both = put(new_site(tmp_path / "both"), "fee-collection", "estate-dispatch")
    assert not [each for each in warn(both, [], TODAY) if each.code == "class_unhandled"]
