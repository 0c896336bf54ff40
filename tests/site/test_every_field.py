"""Every field of the files of emergencies wrong once: file, key and reason, in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.cards import judge_cards, parse_card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.check import check, warn
from dispatcher_tui.site.class_checks import judge_conditions, judge_offers, judge_routing
from dispatcher_tui.site.emergency_checks import (
    judge_alone,
    judge_card_rules,
    judge_layer_conditions,
    judge_tags,
)
from dispatcher_tui.site.holiday_files import parse_holidays
from dispatcher_tui.site.layer import judge_classes, judge_under, parse_layer
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.strict import judge_strictly, struct_of
from dispatcher_tui.site.texts import source_of
from dispatcher_tui.site.toml_text import read_text
from tests.site.every_field import Fault, Field, Table, as_toml, faults, fields, proved
from tests.site.samples import new_site, spoil

DATA = data_dir()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site as it is laid out."""
    return load(new_site(tmp_path_factory.mktemp("whole") / "site"))


@cache
def roster() -> list[Person]:
    """The people of the demo."""
    return parse_roster(read_text(DATA / "demo" / "roster.csv"))


@cache
def table_of(name: str) -> Table:
    """The shipped file, with every field that its record has."""
    shipped = "demo/site.toml" if name == "site.toml" else name
    table: Table = tomllib.loads(read_text(DATA / shipped))
    struct = struct_of(name)
    assert struct is not None
    if name == "emergency.toml":
        table["clock"][0]["late"] = {"tell": "head", "step": "reported"}
    list(fields(struct, table))
    return table


FILES = (
    "site.toml",
    "categories.toml",
    "emergency.toml",
    "emergency/fire.toml",
    "holidays/2026.toml",
)
EVERY = [(name, field) for name in FILES for field in fields(struct_of(name), table_of(name))]  # type: ignore[arg-type]


def _parsed(sound: SiteData, name: str, text: str) -> list[SiteProblem]:
    """What is found beyond the form, where the file can be read at all."""
    if name == "emergency.toml":
        layer = parse_layer(text, name)
        under = judge_under(sound.written, layer)
        told = {(each.file, each.key) for each in under}
        alone = [each for each in judge_alone(layer) if (each.file, each.key) not in told]
        return [*under, *alone, *judge_layer_conditions(sound.categories, layer)]
    if name == "categories.toml":
        found = parse_categories(text, name)
        return [
            *judge_classes(found, sound.procedure.levels[0]),
            *judge_offers(found, sound.procedures),
            *judge_routing(found, (sound.procedure,), roster()),
            *judge_conditions(found, sound.procedure),
            *judge_layer_conditions(found, sound.layer),
            *judge_tags(found, (sound.procedure, *sound.procedures.values())),
        ]
    if name.startswith("emergency/"):
        cards = {f"emergency/{card.id}.toml": card for card in sound.cards}
        cards[name] = parse_card(text, name)
        scenes = [scene.id for scene in sound.layer.scenes]
        judged = judge_cards(cards.items(), sound.site.outside_names, scenes)
        between = [problem for findings in judged for problem in findings.problems]
        return [*between, *judge_card_rules(cards, sound.layer)]
    if name.startswith("holidays/"):
        parse_holidays(text, name)
        return []
    site = parse_site(text, name)
    if site.procedure != sound.site.procedure:
        SiteData(sound.folder, {name: source_of(name, text)})
    return []


def judged(sound: SiteData, name: str, table: Table) -> list[SiteProblem]:
    """What ``site check`` says of a file; anything but a ``SiteError`` is a traceback."""
    text = as_toml(table)
    try:
        found = _parsed(sound, name, text)
    except SiteError as error:
        found = list(error.problems)
    return [*found, *judge_strictly([source_of(name, text)], found)]


OPEN: dict[str, frozenset[str]] = {
    "site.toml": frozenset(
        {
            *(
                "site.name",
                "desk.id",
                "files.group",
                "slips.prefix",
                "sound.command",
                "sound.siren",
                "services.stoppable",
            ),
            *("address.city", "address.district", "address.street", "address.crossing"),
            *("address.fire_gate", "address.ambulance_gate", "address.key_box", "accounts.lift"),
        }
    ),
    "categories.toml": frozenset(
        {
            *("category.id", "category.class", "category.initials", "category.tags"),
            *("category.words", "category.cues"),
        }
    ),
    "emergency.toml": frozenset(
        {
            *("ladder.id", "clock.id", "scene.id", "write_off.refuses", "step.field.id"),
            *(
                "form.number",
                "form.version",
                "form.prefix",
                "form.field.typed",
                "closing_paper.prefix",
            ),
            *("rule.source", "rule.quote", "clock.quote", "clock.source"),
            *("scene.groups", "scene.skills", "scene.posts"),
        }
    ),
    "emergency/fire.toml": frozenset({"categories"}),  # a shorter list of classes: a note
    "holidays/2026.toml": frozenset({"source"}),
}
"""Fields that take any name or words; every other one refuses a name that nothing answers to."""

SPACES: dict[str, frozenset[str]] = {
    "site.toml": frozenset(
        {
            *("slips.prefix", "sound.command", "sound.siren"),
            *("address.city", "address.district", "address.street", "address.crossing"),
            *("address.fire_gate", "address.ambulance_gate", "address.key_box"),
            *("accounts.power", "accounts.gas", "accounts.water", "accounts.lift"),
        }
    ),
    "categories.toml": frozenset({"category.initials"}),
    "emergency.toml": frozenset(
        {"rule.quote", "clock.quote", "clock.source", "form.number", "form.version"}
    ),
    "emergency/fire.toml": frozenset({"review.by"}),
    "holidays/2026.toml": frozenset({"source"}),
}
"""Fields in which spaces alone are as good as nothing."""

ZERO = {"presence.every", "privacy.hide_minutes", "form.field.ink", "form.retention_years"}
"""Numbers of which none means never, or as the procedure has it."""

ELSEWHERE = {"unknown name", "empty list"}
"""What may be told where it is missed: whoever names an id that is another one now."""

NEEDED = {("emergency.toml", "write_off"), ("emergency/fire.toml", "step")}
"""Lists that the record's type does not ask for and that cannot be empty all the same."""


def optional(name: str, field: Field, fault: Fault) -> bool:
    """Whether nothing stands where nothing need stand."""
    if fault.what == "empty":
        return field.kind is str and not field.required
    if fault.what == "empty list":
        return not field.required and (name, field.name) not in NEEDED
    return False


def allowed(name: str, field: Field, fault: Fault) -> bool:
    """Whether it is no fault at all, and nothing may be said of it."""
    if fault.what == "blank":
        return field.name in SPACES[name]
    if fault.what == "unknown name":
        return field.name in OPEN[name] or field.last in ("zh", "en")
    return fault.what == "zero" and field.name in ZERO


@pytest.mark.parametrize("name", FILES)
def test_the_whole_file_is_good(sound: SiteData, name: str) -> None:
    assert judged(sound, name, table_of(name)) == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "field"), EVERY, ids=[f"{name}:{field.name}" for name, field in EVERY]
)
def test_a_field_that_is_wrong_is_named(sound: SiteData, name: str, field: Field) -> None:
    for fault in faults(table_of(name), field):
        found = judged(sound, name, fault.table)
        if allowed(name, field, fault):
            assert found == [], fault.what
            continue
        assert found or optional(name, field, fault), f"{fault.what}: not a word"
        for problem in found:
            proved(problem, name)
        if not found or fault.what in ELSEWHERE:
            continue
        heads = {re.split(r"[.\[]", problem.key)[0] for problem in found}
        assert heads & {str(field.way[0]), f"{field.way[0]}x"}, (fault.what, heads)
        keys = [problem.key for problem in found]
        table = field.name.rpartition(".")[0].split(".")[-1]
        assert any(field.last in key or table in key for key in keys), (fault.what, keys)


def front(folder: Path, name: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """What ``site check`` finds in a site with one file changed, the roster aside."""
    path = folder / name
    path.write_text(spoil(path.read_text("utf-8"), old, new), "utf-8")
    found = check(folder, roster(), date(2026, 11, 30))
    return [(p.file, p.key, p.code) for p in found]


LIFT = 'tags = ["danger"]'


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "code"),
    [
        ("site.toml", "[outside]", '[outside]\n"" = "110"', "outside", "nameless"),
        ("site.toml", "keep = 30", "keep = 999999", "backup.keep", "too_large"),
        ("site.toml", 'phone = ""', 'phone = ["110", "110"]', "address.phone[110]", "duplicate"),
        (
            "categories.toml",
            LIFT,
            'tags = ["danegr"]',
            "category[falling_object].tags",
            "unknown_tag",
        ),
        (
            "emergency.toml",
            'kind = "signature"',
            'kind = "check"',
            "write_off",
            "signature_lacking",
        ),
        ("emergency.toml", "want = 2", "want = 999999", "scene[guard].want", "too_large"),
        (
            "emergency.toml",
            'when = { levels = ["emergency"] }\n\n[roles]',
            'when = { classes = ["x"] }\n\n[roles]',
            "ladder.when.classes",
            "unknown_class",
        ),
        ("emergency.toml", 'to = "head"', 'to = "haed"', "step[reported].to", "unknown_role"),
        ("emergency/fire.toml", 'rule = "E-01b"', 'rule = "X-01b"', "rule", "unknown_rule"),
    ],
)
def test_site_check_itself_says_so(
    tmp_path: Path, name: str, old: str, new: str, key: str, code: str
) -> None:
    folder = new_site(tmp_path / "site")
    assert check(folder, roster(), date(2026, 11, 30)) == []
    *before, found = front(folder, name, old, new)
    assert found == (name, key, code)
    signs = ("form[emergency_record].signer[#2].sign", "unknown_source")  # what was printed there
    assert before == ([(name, *signs)] if code == "signature_lacking" else [])


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "code"),
    [
        (
            "site.toml",
            "[outside]",
            '[outside]\nlift_rescu = "1"',
            "outside.lift_rescu",
            "bad_phone",
        ),
        (
            "site.toml",
            "[outside]",
            '[outside]\nlift_rescu = "96333"',
            "outside.lift_rescu",
            "unknown_number",
        ),
        (
            "emergency/fire.toml",
            '["smoke_fire"]',
            '["smoke_fir"]',
            "categories[smoke_fir]",
            "unknown_category",
        ),
        (
            "emergency.toml",
            'groups = ["security"]',
            'groups = ["secruity"]',
            "scene[guard].groups",
            "unknown_group",
        ),
        ("emergency.toml", '"门岗", "大门", "gate"', '"塔楼"', "scene[gate]", "scene_empty"),
    ],
)
def test_what_may_be_meant_is_a_note(
    tmp_path: Path, name: str, old: str, new: str, key: str, code: str
) -> None:
    folder = new_site(tmp_path / "site")
    today = date(2026, 11, 30)
    before = warn(folder, roster(), today)
    faulty = front(folder, name, old, new)
    if code == "bad_phone":
        assert (name, key, code) in faulty
        return
    assert faulty == []
    added = [each for each in warn(folder, roster(), today) if each not in before]
    assert [(p.file, p.key, p.code) for p in added] == [(name, key, code)]
    proved(added[0], name)


def unknown_groups(found: Iterable[SiteProblem]) -> list[tuple[str, str]]:
    """The groups that categories go to and nobody is in, each with the hint."""
    routed = (p for p in found if (p.file, p.code) == ("categories.toml", "unknown_group"))
    return [(p.detail["name"], p.detail["near"]) for p in routed]


def test_a_group_that_no_emergency_needs_and_nobody_is_in_is_a_note(tmp_path: Path) -> None:
    folder, today = new_site(tmp_path / "site"), date(2026, 11, 30)
    people = [p for p in roster() if "cleaning" not in (p.group, p.role)]
    assert len(people) < len(roster())
    there = {p.group for p in people}
    assert {"security", "plant"} <= there
    assert unknown_groups(check(folder, people, today)) == []
    assert unknown_groups(warn(folder, people, today)) == [("cleaning", "")]


def test_a_group_that_goes_to_the_scene_or_is_misspelt_is_a_fault(tmp_path: Path) -> None:
    folder, today = new_site(tmp_path / "site"), date(2026, 11, 30)
    people = [p for p in roster() if p.group != "security"]
    assert "security" in [name for name, _near in unknown_groups(check(folder, people, today))]
    file = folder / "categories.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('["cleaning"]', '["cleanning"]', 1), "utf-8", newline="\n")
    assert unknown_groups(check(folder, roster(), today)) == [("cleanning", "cleaning")]
    assert unknown_groups(warn(folder, roster(), today)) == []


def test_a_role_of_the_roster_that_is_misspelt_is_a_note(tmp_path: Path) -> None:
    folder, today = new_site(tmp_path / "site"), date(2026, 11, 30)
    people = roster()
    assert not [p for p in warn(folder, people, today) if p.code == "strange_role"]
    wrong = [*people, replace(people[0], id="x", role="securty_lead")]
    (found,) = [p for p in warn(folder, wrong, today) if p.code == "strange_role"]
    assert (found.file, found.key, found.detail["near"]) == ("roster.csv", "x", "security_lead")
    own = [*people, replace(people[0], id="x", role="gardener")]
    assert not [p for p in warn(folder, own, today) if p.code == "strange_role"]
    proved(found, "roster.csv")
