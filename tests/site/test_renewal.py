"""Sites that exist get today's cards and procedures; what a site edited stays until settled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatcher_tui.site import renewal
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.renewal import Renewal, coming, edited, load_renewed, renew, sha256_of
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import Source
from dispatcher_tui.site.toml_text import read_text
from tests.site.samples import new_site
from tests.site.shipped_versions import missing

OLD = 'id = "gas_smell"\n# as it was shipped once\n'
GAS, FIRE = "emergency/gas_smell.toml", "emergency/fire.toml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site's folder."""
    return new_site(tmp_path)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the text ``OLD`` had been shipped once as the gas card."""
    known = {**renewal.versions(), GAS: (sha256_of(OLD),)}
    monkeypatch.setattr(renewal, "versions", lambda: known)


def put(site: Path, name: str, text: str) -> None:
    (site / name).write_text(text, encoding="utf-8")


def sources(site: Path) -> dict[str, Source]:
    return renewal.copies(site)


def test_no_shipped_version_is_missing_from_the_list() -> None:
    """Else a copy of it would be taken for the site's own: run tests.site.shipped_versions."""
    assert missing() == {}


def test_the_list_names_shipped_files_and_hashes_alone() -> None:
    known = json.loads((data_dir() / renewal.VERSIONS).read_text("utf-8"))
    assert set(renewal.shipped_files()) <= set(known)
    for hashes in known.values():
        assert len(hashes) == len(set(hashes)) > 0
        assert all(len(sha) == 64 and set(sha) <= set("0123456789abcdef") for sha in hashes)


def test_a_new_site_has_nothing_to_renew_and_nothing_edited(site: Path) -> None:
    data, done = load_renewed(site)
    assert done == Renewal()
    assert edited(data.sources) == ()


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_copy_as_it_was_shipped_gives_way_to_todays(site: Path, ending: str) -> None:
    (site / GAS).write_bytes(OLD.replace("\n", ending).encode())
    data, done = load_renewed(site)
    assert done == Renewal(renewed=(GAS,))
    assert (site / GAS).read_bytes() == (data_dir() / GAS).read_bytes()
    assert {card.id for card in data.cards} >= {"gas_smell"}
    assert edited(data.sources) == ()
    assert not list(site.rglob("*.new"))


@pytest.mark.usefixtures("once")
def test_an_edited_copy_stays_and_is_told_against_ours(site: Path) -> None:
    ours = read_text(data_dir() / GAS) + "# 本站另加\n"
    put(site, GAS, ours)
    data, done = load_renewed(site)
    assert done == Renewal()
    assert read_text(site / GAS) == ours
    (found,) = edited(data.sources)
    assert (found.name, found.ours.text) == (GAS, ours)
    assert found.shipped.text == read_text(data_dir() / GAS)


def test_a_kind_that_the_site_does_not_know_is_added(site: Path) -> None:
    (site / FIRE).unlink()
    _data, done = load_renewed(site)
    assert done == Renewal(added=(FIRE,))
    assert read_text(site / FIRE) == read_text(data_dir() / FIRE)


def test_a_card_of_the_sites_own_is_neither_renewed_nor_edited(site: Path) -> None:
    own = read_text(data_dir() / GAS).replace('id = "gas_smell"', 'id = "our_kind"')
    put(site, "emergency/our_kind.toml", own.replace('digit = "3"', 'digit = "z"'))
    data, done = load_renewed(site)
    assert done == Renewal()
    assert edited(data.sources) == ()


@pytest.mark.usefixtures("once")
def test_a_broken_copy_that_was_shipped_once_is_renewed_before_it_is_read(site: Path) -> None:
    put(site, GAS, OLD)
    put(site, "procedures/estate-dispatch.toml", "id = ")
    with pytest.raises(SiteError):
        load_renewed(site)
    assert read_text(site / GAS) == read_text(data_dir() / GAS)


@pytest.mark.usefixtures("once")
def test_what_cannot_be_written_stays_and_is_said(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, GAS, OLD)

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "replace", refuse)
    assert renew(site, coming(site, sources(site))) == Renewal(stuck=(GAS,))
    assert read_text(site / GAS) == OLD
    assert not list(site.rglob("*.new"))


def test_settled_is_this_very_text_against_this_very_one_of_ours(site: Path) -> None:
    put(site, GAS, read_text(data_dir() / GAS) + "# 一\n")
    (first,) = edited(sources(site))
    assert renewal.unsettled([first], [first.subject]) == ()
    put(site, GAS, read_text(data_dir() / GAS) + "# 二\n")
    (second,) = edited(sources(site))
    assert renewal.unsettled([second], [first.subject]) == (second,)


def test_taking_ours_keeps_the_sites_text_beside_it(site: Path) -> None:
    mine = read_text(data_dir() / GAS) + "# 本站另加\n"
    put(site, GAS, mine)
    (found,) = edited(sources(site))
    assert renewal.take_shipped(site, found)
    assert edited(sources(site)) == ()
    (kept,) = (site / "emergency").glob("*.old")
    assert read_text(kept) == mine
    assert {card.id for card in load(site).cards} >= {"gas_smell"}


def test_who_reviewed_a_card_is_entered_and_makes_no_edited_copy_of_it(site: Path) -> None:
    text = read_text(data_dir() / GAS)
    entered = text.replace('by = ""', 'by = "王教员"').replace('on = ""', 'on = "2026-12-01"')
    assert entered != text
    put(site, GAS, entered)
    data, done = load_renewed(site)
    assert done == Renewal()
    assert read_text(site / GAS) == entered, "who it was stays in the site's copy"
    assert edited(data.sources) == ()
    put(site, GAS, entered.replace("上风处", "下风处"))
    (found,) = edited(load_renewed(site)[0].sources)
    assert found.name == GAS
    put(site, "categories.toml", read_text(site / "categories.toml") + 'on = ""\n')
    assert {each.name for each in edited(sources(site))} == {GAS, "categories.toml"}
