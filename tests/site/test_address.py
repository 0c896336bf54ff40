"""Address, accounts and outside numbers of ``site.toml``."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dispatcher_tui.domain.emergency.outside import NAMES, NATIONAL, Lacking
from dispatcher_tui.domain.words.address import Accounts, Address
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.site.site_problems import describe, lacking_line
from dispatcher_tui.site.check import warn
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteProblem
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.site.shipped import data_dir
from tests.site.samples import SITE, new_site, spoil

TODAY = date(2026, 11, 21)


def set_number(site: Path, name: str, number: str) -> None:
    """Give an outside number of a site's file another value."""
    file = site / "site.toml"
    told = rf'(?m)^{name} = "[^"]*"'
    text, n = re.subn(told, f'{name} = "{number}"', file.read_text("utf-8"), count=1)
    assert n == 1
    file.write_text(text, encoding="utf-8")


def test_a_file_without_the_tables_loads_as_before() -> None:
    site = parse_site(SITE)
    assert (site.address, site.accounts) == (Address(), Accounts())
    assert site.outside == {"fire": "119"} | NATIONAL
    assert next(iter(site.outside)) == "fire", "the file's own come first"


def test_everything_that_can_be_said_is_read() -> None:
    text = """[address]
city = " 示例市 "
district = "翠湖区"
street = "翠柏路\\n288号"
crossing = "路口"
fire_gate = "北门"
ambulance_gate = "东门"
key_box = "岗亭"
phone = ["0000-88000110", " ", "13900000100"]
[accounts]
power = "0000123456"
gas = "A-12/3"
water = ""
lift = "黄牌"
[sound]"""
    site = parse_site(spoil(SITE, "[sound]", text))
    phones = ("0000-88000110", "13900000100")
    assert site.address == Address(
        "示例市", "翠湖区", "翠柏路 288号", "路口", "北门", "东门", "岗亭", phones
    )
    assert site.accounts == Accounts("0000123456", "A-12/3", "", "黄牌")


def test_one_number_needs_no_list_and_an_empty_one_is_none() -> None:
    one = parse_site(spoil(SITE, "[sound]", '[address]\nphone = "8001"\n[sound]'))
    none = parse_site(spoil(SITE, "[sound]", '[address]\nphone = ""\n[sound]'))
    assert (one.address.phones, none.address.phones) == (("8001",), ())


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_number_is_not_known_and_stands_in_no_list(name: str) -> None:
    text = spoil(SITE, 'fire = "119"', f'{name} = ""')
    site = parse_site(text)
    assert name not in site.outside
    assert site.outside_names == (name,)
    assert set(site.outside) == set(NATIONAL) - {name}


def test_a_text_may_have_a_hundred_characters() -> None:
    site = parse_site(spoil(SITE, "[sound]", f'[address]\nstreet = "{"路" * 100}"\n[sound]'))
    assert site.address.street == "路" * 100


@pytest.mark.parametrize("file", ["site.toml", "demo/site.toml"])
def test_the_shipped_files_name_every_number(file: str) -> None:
    text = (data_dir() / file).read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["outside"]) == set(NAMES)
    fields = {*Address.__struct_fields__} - {"phones"} | {"phone"}
    assert set(tomllib.loads(text)["address"]) == fields
    assert set(tomllib.loads(text)["accounts"]) == set(Accounts.__struct_fields__)


def test_the_demo_knows_everything() -> None:
    site = parse_site((data_dir() / "demo" / "site.toml").read_text(encoding="utf-8"))
    assert set(site.outside) == set(NAMES)
    assert all(getattr(site.address, field) for field in Address.__struct_fields__)
    assert all(getattr(site.accounts, field) for field in Accounts.__struct_fields__)


UNKNOWN = {"gas", "water", "lift_contractor"}
"""The numbers that kinds of emergency have rung and that no template can know."""


def notes(site: Path) -> list[SiteProblem]:
    """What is no fault of its settings; a roster without people has notes of its own."""
    return [note for note in warn(site, [], TODAY) if note.key == "address"]


def test_what_of_the_address_is_not_filled_in_is_one_note(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    (note,) = notes(site)
    assert (note.key, note.code) == ("address", "not_filled")
    for name in ("city", "street", "crossing", "fire_gate", "ambulance_gate"):
        set_number(site, name, "x")
    (note,) = notes(site)
    assert note.detail == {"names": "phone"}
    set_number(site, "phone", "8001")
    assert notes(site) == []


def test_a_number_a_card_has_rung_first_and_nobody_entered_is_a_note(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    set_number(site, "lift_rescue", "")
    data = load(site)
    lacking = {each.name: each for each in data.lacking}
    assert set(lacking) == {*UNKNOWN, "lift_rescue"}
    note = next(n for n in warn(site, [], TODAY) if n.key == "outside.lift_rescue")
    try:
        use("zh")
        assert "电梯困人" in describe(note)
        line = lacking_line([lacking["lift_rescue"]])
        assert line == "外部电话未填（site.toml）：电梯救援（电梯困人）"
        use("en")
        assert "Trapped in a lift" in describe(note)
    finally:
        use("en")


def test_a_card_may_name_a_number_of_the_sites_own_that_is_still_empty(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    set_number(site, "lift_rescue", '"\nharbour = "')
    card = site / "emergency" / "fire.toml"
    card.write_text(
        spoil(card.read_text("utf-8"), 'ring = ["fire", ', 'ring = ["harbour", '), "utf-8"
    )
    assert {each.name for each in load(site).lacking} == {*UNKNOWN, "harbour", "lift_rescue"}


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "K0"), (2, "K0, K1"), (3, "K0, K1 and 1 more"), (9, "K0, K1 and 7 more")],
)
def test_the_line_leaves_room_for_every_number(count: int, told: str) -> None:
    kinds = tuple(Label(f"类{n}", f"K{n}") for n in range(count))
    line = lacking_line((Lacking("gas", kinds), Lacking("water", kinds[:1])))
    assert line.endswith(f"Gas company ({told}), Water company (K0)")


def test_a_new_site_lacks_what_only_the_site_can_know(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert {each.name for each in load(site).lacking} == UNKNOWN
    for name in UNKNOWN:
        set_number(site, name, "0000-88000001")
    assert load(site).lacking == ()
    assert lacking_line(()) == ""
