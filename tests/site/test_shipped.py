"""What the program brings along is sound, complete, and says where it comes from."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties import triage
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.watch.presence import PresenceCheck
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.site.check import check
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.lists.list_reading import read_roster, read_units
from dispatcher_tui.site.load import load
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.support import shipped_procedure
from tests.site import samples
from tests.site.samples import new_site

IDS = tuple(sorted(path.stem for path in (data_dir() / "procedures").glob("*.toml")))
OWN = tuple(name for name in IDS if name != "corrective-action")
"""Those a site can have as its own: a companion is no desk's."""

LONGEST_QUOTE = 60
SETTINGS = (Path("site.toml"), Path("demo", "site.toml"))
"""The template of a new site, and the demo's settings."""


def shipped(name: str) -> Procedure:
    path = data_dir() / "procedures" / f"{name}.toml"
    return parse_procedure(read_text(path), path.name)


def numbered(prefix: str, first: int, last: int) -> list[str]:
    return [f"{prefix}-{number:02d}" for number in range(first, last + 1)]


def test_the_rules_are_all_there() -> None:
    dispatch = [rule.id for rule in shipped("estate-dispatch").rules]
    assert dispatch == numbered("P0", 0, 14)
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    assert [rule.id for rule in layer.rules] == numbered("E", 1, 9)
    for name, rules in {
        "owner-relations": numbered("P1", 1, 18),
        "service-centre": numbered("P3", 1, 11),
        "fee-collection": numbered("P3", 12, 22),
        "resident-station": numbered("P4", 1, 20),
        "project-centre": numbered("P5", 1, 6),
        "campus-logistics": numbered("P6", 2, 6),
    }.items():
        assert [rule.id for rule in shipped(name).rules] == rules


@pytest.mark.parametrize("name", IDS)
def test_every_rule_and_clock_quotes_briefly_and_names_its_source(name: str) -> None:
    procedure = shipped(name)
    said = [(rule.source, rule.quote) for rule in procedure.rules]
    said += [(clock.source, clock.quote) for clock in procedure.clocks]
    for source, quote in said:
        assert source
        assert 0 < len(quote) <= LONGEST_QUOTE


@pytest.mark.parametrize(
    ("facts", "tags", "level"),
    [
        ((), (), "ordinary"),
        ((Fact.NOW, Fact.AGAIN, Fact.CLAIM), (), "ordinary"),
        ((Fact.GROUP,), (), "grave"),
        ((Fact.MEDIA,), (), "grave"),
        ((), ("building_utility",), "grave"),
        ((Fact.FIRE,), (), "emergency"),
        ((Fact.INJURY, Fact.MEDIA), (), "grave"),
        ((Fact.NOW, Fact.INJURY), (), "emergency"),
        ((Fact.ORDER,), (), "emergency"),
        ((), ("accident",), "ordinary"),
        ((Fact.NOW,), ("accident",), "emergency"),
        ((), ("danger",), "emergency"),
    ],
)
def test_levels_of_the_dispatch(facts: tuple[Fact, ...], tags: tuple[str, ...], level: str) -> None:
    assert triage.grade(shipped_procedure("estate-dispatch"), facts, tags).id == level


@pytest.mark.parametrize(
    ("facts", "level"),
    [((), "minor"), ((Fact.NOW,), "minor"), ((Fact.AGAIN,), "minor"), ((Fact.INJURY,), "major")],
)
def test_levels_of_the_station(facts: tuple[Fact, ...], level: str) -> None:
    assert triage.grade(shipped("resident-station"), facts, ()).id == level


@pytest.mark.parametrize("name", OWN)
def test_the_emergency_key_finds_the_gravest_level_and_somebody_to_ring(name: str) -> None:
    procedure = shipped_procedure(name)
    gravest = triage.emergency_level(procedure)
    assert gravest == procedure.levels[0]
    assert gravest.emergency
    assert [ladder.id for ladder in procedure.ladders if gravest.id in ladder.when.levels]


def test_the_ladder_skips_upward_with_two_tries_of_25_seconds() -> None:
    (ladder,) = shipped_procedure("estate-dispatch").ladders
    assert [(rung.role, rung.tries, rung.seconds) for rung in ladder.rungs] == [
        ("head", 2, 25),
        ("vp", 2, 25),
        ("gm", 2, 25),
    ]
    assert ladder.group[0] == "security_lead"


def test_only_an_emergency_needs_the_heads_signature() -> None:
    signed = [i for i in shipped_procedure("estate-dispatch").write_off if i.kind == "signature"]
    assert [(item.role, item.rule, item.when.levels) for item in signed] == [
        ("head", "E-09", ("emergency",))
    ]


def staffed(procedure: Procedure) -> list[Person]:
    """The demo's roster, and one more for each role of the procedure that nobody holds there."""
    people = read_roster(data_dir() / "demo" / "roster.csv")
    vacant = sorted(set(procedure.roles) - {person.role for person in people})
    spare = [replace(people[0], id=f"spare-{role}", role=role, deputy="") for role in vacant]
    return [*people, *spare]


@pytest.mark.parametrize("name", OWN)
def test_a_new_site_with_a_filled_roster_is_sound(name: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site", name)
    assert check(site, staffed(shipped(name))) == []
    assert len(read_units(data_dir() / "demo" / "units.csv")) > 1000


def test_every_card_has_lines_and_a_key_of_its_own(tmp_path: Path) -> None:
    cards = load(new_site(tmp_path / "site")).cards
    keys = [card.digit for card in cards if not card.within]
    assert len(set(keys)) == len(keys)
    assert all(card.asks and card.tells and card.steps for card in cards)
    first = {card.id: card.order[0] for card in cards}
    assert (first["fire"], first["lift_entrapment"]) == ("fire", "lift")


def test_the_demo_site_is_sound() -> None:
    site = parse_site(read_text(data_dir() / "demo" / "site.toml"))
    assert site.name
    assert site.procedure in IDS


def test_a_new_site_asks_nobody_and_hides_names_and_the_demo_asks_at_night() -> None:
    texts = (read_text(data_dir() / path) for path in SETTINGS)
    new, demo = (parse_site(text.replace('name = ""', 'name = "x"', 1)) for text in texts)
    assert (new.sound, new.siren, new.presence, new.hide_minutes) == ("", "", PresenceCheck(), 10)
    assert demo.presence == PresenceCheck(every=60, start=time(23), until=time(6), answer=5)
    assert demo.hide_minutes == 10


def test_a_site_of_before_has_the_same_settings_as_a_new_one() -> None:
    old = parse_site(samples.SITE)
    assert (old.sound, old.siren, old.presence, old.hide_minutes) == ("", "", PresenceCheck(), 10)


def test_settings_of_sound_presence_and_privacy_are_read() -> None:
    text = samples.spoil(samples.SITE, 'command = ""', "command = 'a'\nsiren = 'b -c'")
    text += '[presence]\nevery = 30\nfrom = "22:00"\nuntil = "24:00"\nanswer = 3\n'
    site = parse_site(text + "[privacy]\nhide_minutes = 0\n")
    assert (site.sound, site.siren, site.hide_minutes) == ("a", "b -c", 0)
    assert site.presence == PresenceCheck(every=30, start=time(22), until=time(0), answer=3)


GUESTS = {
    "shop-chain": ("P2", 13),
    "estate-plant": ("P7", 7),
    "bar-guests": ("P8", 8),
    "hotel-guests": ("P9", 6),
}


@pytest.mark.parametrize("name", GUESTS)
def test_the_rules_of_shops_plant_and_guests_are_all_there(name: str) -> None:
    prefix, last = GUESTS[name]
    assert [rule.id for rule in shipped(name).rules] == numbered(prefix, 1, last)


@pytest.mark.parametrize("name", GUESTS)
def test_f9_rings_a_ladder_whose_roles_a_clock_from_the_opening_asks_for(name: str) -> None:
    procedure = shipped(name)
    level = triage.emergency_level(procedure)
    assert level.urgent
    ladder = next(each for each in procedure.ladders if level.id in each.when.levels)
    opened = [c for c in procedure.clocks if c.starts == ("opened",) and level.id in c.when.levels]
    steps = [step for clock in opened for step in map(procedure.step, clock.until) if step]
    assert {step.to for step in steps if step.call} & {rung.role for rung in ladder.rungs}
