"""A site laid out by an older version is renewed by opening its desk; cases stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui import bootstrap
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.site.settling import (
    said_at_sign_in,
    standings,
    still_open,
)
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.paths import Paths
from dispatcher_tui.site import renewal
from dispatcher_tui.site.toml_text import read_text
from tests.desk.copies import (
    GAS,
    LAYER,
    MINE,
    OLD_EMERGENCY,
    OLDER,
    PROCEDURE,
    by_pin,
    mine,
    once,
    opened,
    put,
    refused,
    shipped,
    signed,
)

# ---- renewed by opening the desk


@pytest.mark.parametrize("name", OLDER)
def test_opening_the_desk_renews_a_copy_that_was_shipped_once(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    once(monkeypatch, (name, mine(name)))
    put(paths, name, mine(name))
    with opened(paths) as desk:
        assert desk.renewal.renewed == (name,)
        assert standings(desk) == ()
        notes = [line.entry.event for line in desk.store.log(None, None)]
        told = [event.text for event in notes if isinstance(event, LogNoted)]
        assert len(told) == 1
        assert Path(name).name in told[0]
    assert read_text(paths.site / name) == shipped(name)
    with opened(paths) as desk:
        assert not desk.renewal.changed
        log = desk.store.log(None, None)
        noted = [line for line in log if isinstance(line.entry.event, LogNoted)]
        assert len(noted) == 1, "it is said once"


def test_a_reader_and_a_drill_renew_nothing(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    once(monkeypatch, (GAS, mine(GAS)))
    put(paths, GAS, mine(GAS))
    with bootstrap.open_desk(paths, read_only=True) as desk:
        assert not desk.renewal.changed
    with bootstrap.open_session(paths, renews=False) as session:
        assert not session.desk.renewal.changed
    assert read_text(paths.site / GAS) == mine(GAS)


def test_a_folder_that_cannot_be_written_is_said_and_the_desk_opens(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    once(monkeypatch, (GAS, mine(GAS)))
    put(paths, GAS, mine(GAS))
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "put_file", lambda _path, _text: False)
        with opened(paths) as desk:
            assert (desk.renewal.renewed, desk.renewal.stuck) == ((), (GAS,))
            assert {card.id for card in desk.site.cards} >= {"gas_smell"}
            assert standings(desk) == (), "an older version is nothing to settle"
    with opened(paths) as desk:
        assert desk.renewal.renewed == (GAS,)


@pytest.mark.parametrize("name", OLDER)
def test_a_copy_that_is_neither_read_nor_written_counts_as_shipped(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A desk always starts, and F9 has its cards."""
    old = "once = 1\n"
    once(monkeypatch, (name, old))
    put(paths, name, old)
    monkeypatch.setattr(renewal, "put_file", lambda _path, _text: False)
    with opened(paths) as desk:
        assert desk.renewal.stuck == (name,)
        assert desk.site.problems() == []
        fire = desk.open_emergency("fire", "3-2").case
        assert desk.rules_of(fire).procedure.level(fire.level).emergency
    assert read_text(paths.site / name) == old


def test_open_cases_keep_the_text_they_were_opened_under(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = shipped(PROCEDURE).replace('due = "10min"', 'due = "20min"', 1)
    assert old != shipped(PROCEDURE)
    once(monkeypatch, (PROCEDURE, old), (LAYER, mine(LAYER)))
    put(paths, PROCEDURE, old)
    put(paths, LAYER, mine(LAYER))
    with monkeypatch.context() as patch:  # the version before knew no newer one
        patch.setattr(renewal, "versions", dict)
        with opened(paths) as desk:
            case = desk.open_case(Intake(place="3-2-1502", said="漏水", facts=(Fact.NOW,))).case
            fire = desk.open_emergency("fire", "3-2").case
            before = [(desk.record(c.id).duties, desk.rules_of(c).procedure) for c in (case, fire)]
            pinned = desk.procedure_ref
    with opened(paths) as desk:
        assert set(desk.renewal.renewed) == {PROCEDURE, LAYER}
        assert desk.procedure_ref != pinned
        after = [
            (desk.record(c.id).duties, desk.rules_of(desk.record(c.id).case).procedure)
            for c in (case, fire)
        ]
        assert after == before
        assert desk.record(case.id).case.procedure == pinned
        new = desk.open_case(Intake(said="漏水")).case
        assert new.procedure == desk.procedure_ref
        assert Record(desk.store, desk.clock).verify(None).sound


# ---- what would leave the site worse is held

SWAP = {GAS: ('digit = "3"', 'digit = "4"'), "emergency/injury.toml": ('"4"', '"3"')}


def test_cards_whose_keys_were_exchanged_are_renewed_together(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {name: shipped(name).replace(*keys, 1) for name, keys in SWAP.items()}
    once(monkeypatch, *old.items())
    for name, text in old.items():
        put(paths, name, text)
    with opened(paths) as desk:
        assert set(desk.renewal.renewed) == set(SWAP)
        assert desk.site.problems() == []


def test_a_card_whose_key_an_edited_one_has_waits_and_f9_keeps_its_cards(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two kinds under one key would leave the site without any card."""
    injury, fire = "emergency/injury.toml", "emergency/fire.toml"
    old = {name: shipped(name).replace(*keys, 1) for name, keys in SWAP.items()}
    once(monkeypatch, (injury, old[injury]), (fire, mine(fire)))
    put(paths, injury, old[injury])
    put(paths, fire, mine(fire))
    put(paths, GAS, old[GAS] + MINE)  # edited: its key stays 4, which is the new injury's
    with opened(paths) as desk:
        assert desk.renewal.renewed == (fire,), "the others do not wait for it"
        assert desk.renewal.stuck == (injury,)
        assert len(desk.site.cards) >= 14
        found = next(each for each in still_open(desk) if each.name == GAS)
        assert refused(desk, found, by_pin(desk, take=True)) == "file_unfit"
        assert read_text(paths.site / GAS) == old[GAS] + MINE
        assert not list(paths.site.rglob("*.old"))
        assert signed(desk) == []


def test_a_new_kind_waits_where_its_key_is_that_of_a_card_of_the_sites_own(paths: Paths) -> None:
    own = shipped(GAS).replace('id = "gas_smell"', 'id = "our_kind"')
    put(paths, "emergency/our_kind.toml", own)
    (paths.site / GAS).unlink()
    with opened(paths) as desk:
        assert desk.renewal.stuck == (GAS,)
        assert "our_kind" in {card.id for card in desk.site.cards}


def test_a_layer_that_an_edited_procedure_does_not_fit_waits(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site's procedure maps an office that only the old layer speaks of."""
    office = '[roles]\nwarden = { zh = "楼长", en = "Warden" }\n'
    old = shipped(LAYER).replace("[roles]\n", office, 1)
    own = shipped(PROCEDURE) + '\n[emergency]\nroles = { warden = "head" }\n'
    once(monkeypatch, (LAYER, old), (GAS, mine(GAS)))
    for name, text in ((LAYER, old), (PROCEDURE, own), (GAS, mine(GAS))):
        put(paths, name, text)
    with opened(paths) as desk:
        assert desk.renewal.stuck == (LAYER,)
        assert desk.renewal.renewed == (GAS,), "cards do not wait for it"
        assert desk.site.problems() == []


# ---- old emergencies in a procedure's file


def test_clocks_of_emergencies_in_an_old_procedure_never_run_twice(paths: Paths) -> None:
    with opened(paths) as desk:
        fresh = desk.open_emergency("fire", "3-2")
        wanted = sorted((duty.rule, duty.clock) for duty in fresh.duties)
    text = shipped(PROCEDURE)
    put(paths, PROCEDURE, text.replace("[[level]]", OLD_EMERGENCY.lstrip() + "[[level]]", 1))
    with opened(paths) as desk:
        done = desk.open_emergency("fire", "3-2")
        assert sorted((duty.rule, duty.clock) for duty in done.duties) == wanted
        assert [duty.rule for duty in done.duties].count("E-02") == 1
        said = said_at_sign_in(desk.site, desk.post)
        assert (said.open, said.procedure, said.set_aside) == (1, PROCEDURE, 3)
