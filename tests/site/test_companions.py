"""A procedure's companion: found, proved, never a site's own, and nothing leads round in a ring."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.check import check
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.scaffold import procedures_to_begin_with, scaffold
from dispatcher_tui.site.shipped import data_dir
from tests.site import samples
from tests.site.samples import new_site, spoil

OWN, COMPANION = "procedures/estate-dispatch.toml", "procedures/corrective-action.toml"
NAMED = 'procedure = "corrective-action"'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site")


def edit(site: Path, name: str, old: str, new: str) -> None:
    path = site / name
    path.write_text(spoil(path.read_text("utf-8"), old, new), "utf-8")


def found(site: Path) -> list[tuple[str, str, str]]:
    """What loading says, which is what ``site check`` says too."""
    with pytest.raises(SiteError) as caught:
        load(site)
    assert all(describe(problem) for problem in caught.value.problems)
    told = [(p.file, p.key, p.code) for p in caught.value.problems]
    checked = [(p.file, p.key, p.code) for p in check(site, [])]
    assert set(told) <= set(checked)
    return told


def test_a_new_site_has_its_companion_and_it_is_sound(site: Path) -> None:
    data = load(site)
    assert (site / COMPANION).is_file()
    assert data.companions["estate-dispatch"].companion
    assert not data.procedure.companion
    assert data.companion_sources == {"estate-dispatch": data.sources[COMPANION]}


def test_it_is_not_offered_as_a_sites_own(tmp_path: Path) -> None:
    shipped = {path.stem for path in (data_dir() / "procedures").glob("*.toml")}
    assert shipped - set(procedures_to_begin_with()) == {"corrective-action"}
    with pytest.raises(SiteError) as caught:
        scaffold(tmp_path / "x", name="x", procedure="corrective-action", zone="Asia/Shanghai")
    assert [p.code for p in caught.value.problems] == ["procedure_missing"]
    assert not (tmp_path / "x").exists()


def test_nor_can_it_be_put_in_force_by_hand(site: Path) -> None:
    edit(site, "site.toml", 'procedure = "estate-dispatch"', NAMED)
    assert found(site) == [("site.toml", "site.procedure", "companion_in_force")]


def test_one_that_is_nowhere_is_missed_and_the_near_name_offered(site: Path) -> None:
    edit(site, OWN, NAMED, 'procedure = "corrective-acton"')
    assert found(site) == [(OWN, "corrective.procedure", "companion_missing")]
    problem = check(site, [])[0]
    assert problem.detail == {"name": "corrective-acton", "near": "corrective-action"}


@pytest.mark.parametrize("name", ["../site", "a/b"])
def test_a_name_is_no_path(site: Path, name: str) -> None:
    edit(site, OWN, NAMED, f'procedure = "{name}"')
    assert found(site) == [(OWN, "corrective.procedure", "companion_missing")]


def test_a_folder_laid_out_before_takes_the_shipped_one(site: Path) -> None:
    (site / COMPANION).unlink()
    data = load(site)
    assert data.companion_sources["estate-dispatch"].text == (data_dir() / COMPANION).read_text(
        "utf-8"
    )


@pytest.mark.parametrize("other", ["estate-dispatch", "resident-station"])
def test_a_procedure_that_is_none_cannot_be_named_itself_neither(site: Path, other: str) -> None:
    edit(site, OWN, NAMED, f'procedure = "{other}"')
    assert found(site) == [(OWN, "corrective.procedure", "companion_wrong")]


def test_a_companion_names_no_further_one(site: Path) -> None:
    edit(
        site,
        COMPANION,
        "[keep]",
        f'[corrective]\n{NAMED}\nrule = "P0-13"\n[keep]',
    )
    assert found(site) == [(COMPANION, "corrective.procedure", "companion_loop")]


def test_what_is_wrong_in_it_is_told_once(site: Path) -> None:
    edit(site, COMPANION, 'due = "3 working days"', 'due = "soon"')
    assert found(site) == [(COMPANION, "clock[cause].due", "bad_due")]


def test_a_site_without_causes_to_correct_needs_none(tmp_path: Path) -> None:
    data = load(new_site(tmp_path / "site", "resident-station"))
    assert (data.companion_sources, data.companions) == ({}, {})


def own(old: str, new: str) -> list[tuple[str, str]]:
    with pytest.raises(SiteError) as caught:
        parse_procedure(spoil(samples.PROCEDURE, old, new), "p.toml")
    assert all(describe(problem) for problem in caught.value.problems)
    return [(p.key, p.code) for p in caught.value.problems]


def test_its_own_file_names_rule_step_and_what_a_clock_leads_to() -> None:
    table = '[corrective]\nprocedure = "c"\nrule = "{rule}"\nrefuse = "{step}"\n[roles]'
    assert own("[roles]", table.format(rule="R-9", step="told")) == [
        ("corrective.rule", "unknown_rule")
    ]
    assert own("[roles]", table.format(rule="R-1", step="tolled")) == [
        ("corrective.refuse", "unknown_step")
    ]
    assert own('do = "step:told"', 'do = "corrective"') == [
        ("clock[first].do", "corrective_missing")
    ]


def test_a_question_records_a_step() -> None:
    asked = 'kind = "step"\nlabel = { zh = "已告知", en = "Told" }\nrule = "R-1"\nstep = "told"'
    lacking = 'kind = "question"\nlabel = { zh = "问", en = "Q" }\nrule = "R-1"'
    assert own(asked, lacking) == [("write_off[told].step", "unknown_step")]
