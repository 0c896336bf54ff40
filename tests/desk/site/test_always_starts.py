"""Whatever is wrong with a file of the site, the desk opens and a case is recorded."""

from __future__ import annotations

import os
import random
import shutil
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk, open_session
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.paths import Paths
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.strict import struct_of
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.store import Store
from tests.site.every_field import Fault, Table, as_toml, faults, fields
from tests.site.samples import new_site

IN_FORCE = "procedures/estate-dispatch.toml"
FILES = (
    "site.toml",
    "categories.toml",
    "emergency.toml",
    "emergency/fire.toml",
    "holidays/2026.toml",
    "procedures/estate-plant.toml",
    "procedures/corrective-action.toml",
    IN_FORCE,
)

AT_ONCE = int(os.environ.get("SPOILT_FIELDS", "12"))
"""How many fields of each file are spoilt in one run; a large number spoils all of them."""

ALARM = Intake(channel=Channel.PANEL, place="9-1-0503", facts=(Fact.FIRE,), said="烟感")


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A site whose texts were adopted once."""
    folder = new_site(tmp_path_factory.mktemp("whole") / "site")
    paths = Paths(folder, folder / "desk.sqlite3")
    Store.create(paths.db, site="翠湖花园", desk="desk-1", ballast=0).close()
    with open_desk(paths):
        pass
    return paths


@pytest.fixture
def paths(laid_out: Paths, tmp_path: Path) -> Paths:
    """A copy of it to spoil."""
    shutil.copytree(laid_out.site, tmp_path / "site")
    return Paths(tmp_path / "site", tmp_path / "site" / "desk.sqlite3")


@cache
def table_of(name: str) -> Table:
    """The shipped file, with every field that its record has."""
    table: Table = tomllib.loads(read_text(data_dir() / name))
    list(fields(struct_of(name) or Procedure, table))
    return table


def some(name: str, seed: int) -> Iterator[Fault]:
    """Some of a file's fields, each wrong once in one of the ways there are."""
    chosen, table = random.Random(f"{seed}{name}"), table_of(name)
    every = list(fields(struct_of(name) or Procedure, table))
    for field in chosen.sample(every, min(AT_ONCE, len(every))):
        fault = chosen.choice(list(faults(table, field)))
        yield Fault(f"{name} {field.name}: {fault.what}", fault.table)


def in_force(desk: Desk) -> tuple[tuple[str, ...], dict[str, str], str]:
    return desk.in_force.refs, desk.in_force.companions, desk.calendar_ref


def adoptions(desk: Desk) -> int:
    return sum(1 for _ in desk.store.book("adopted"))


@pytest.mark.parametrize("name", FILES)
def test_a_field_wrong_once(paths: Paths, name: str) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    with open_desk(paths) as desk:
        before, adopted = in_force(desk), adoptions(desk)
    refused = 0
    for fault in some(name, seed):
        (paths.site / name).write_text(as_toml(fault.table), "utf-8")
        with open_desk(paths) as desk:
            wrong = name in {each.file for each in desk.site.faults}
            refused += wrong
            done = desk.open_case(ALARM)
            assert desk.rules_of(done.case).procedure.level(done.case.level).emergency, fault.what
            if wrong:
                assert in_force(desk) == before, fault.what
                assert adoptions(desk) == adopted, "nothing else than what was in force counts"
            else:
                before, adopted = in_force(desk), adoptions(desk)
    assert refused, "not one of them was a fault"


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda text: text + b"\nnonsense = [",
    "another encoding": lambda text: text.decode().encode("utf-16"),
    "empty": lambda text: b"",
    "nothing but zeros": lambda text: bytes(len(text)),
    "nested": lambda text: b"x = " + b"[" * 9000,
}


@pytest.mark.parametrize("how", SPOILT)
def test_all_files_at_once(paths: Paths, how: str) -> None:
    with open_desk(paths) as desk:
        before, adopted, name = in_force(desk), adoptions(desk), desk.site.site.name
    broken = sorted(paths.site.rglob("*.toml"))
    assert len(broken) > 30
    for path in broken:
        path.write_bytes(SPOILT[how](path.read_bytes()))
    for opened in (open_desk, open_session):
        with opened(paths) as found:
            desk = found if isinstance(found, Desk) else found.desk
            assert (in_force(desk), adoptions(desk)) == (before, adopted)
            assert desk.site.site.name == name
            assert len(desk.site.cards) > 9
            assert desk.site.categories
            files = {each.file for each in desk.site.faults}
            gone = {str(path.relative_to(paths.site).as_posix()) for path in broken}
            assert files == gone, files ^ gone
            assert desk.open_case(ALARM).case.level == "emergency"


@pytest.mark.parametrize("name", ["emergency.toml", "pinyin.txt", "units.csv", "roster.csv"])
@pytest.mark.parametrize("leads_to", ["itself", "nothing"])
def test_a_link_that_leads_nowhere_is_a_broken_file(paths: Paths, name: str, leads_to: str) -> None:
    """A file that a site need not have is missing where nothing bears its name, and only there."""
    path = paths.site / name
    path.unlink(missing_ok=True)
    with open_desk(paths) as desk:
        assert name not in {each.file for each in desk.site.faults}
    path.symlink_to(path if leads_to == "itself" else paths.site / "nothing")
    with open_desk(paths) as desk:
        assert name in {each.file for each in desk.site.faults}
        assert desk.open_case(ALARM).case.level == "emergency"


def test_the_whole_folder_is_gone(paths: Paths, tmp_path: Path) -> None:
    with open_desk(paths) as desk:
        before, adopted = in_force(desk), adoptions(desk)
    elsewhere = Paths(tmp_path / "nowhere", paths.db)
    with open_desk(elsewhere) as desk:
        assert (in_force(desk), adoptions(desk)) == (before, adopted)
        assert desk.open_case(ALARM).case.level == "emergency"
        assert {"site.toml", "categories.toml"} <= {each.file for each in desk.site.faults}


def test_an_own_class_and_card_go_on_counting(paths: Paths) -> None:
    classes, card = paths.site / "categories.toml", paths.site / "emergency" / "fire.toml"
    own = '\n[[category]]\nid = "crane"\nname = { zh = "塔吊", en = "Crane" }\nclass = "facility"\n'
    classes.write_text(classes.read_text("utf-8") + own, "utf-8")
    card.write_text(card.read_text("utf-8").replace('zh = "起火"', 'zh = "着火"', 1), "utf-8")
    with open_desk(paths) as desk:
        assert "crane" in {each.id for each in desk.site.categories}
        title = desk.site.cards[0].title
    for path in (classes, card):
        path.write_text("x = [", "utf-8")
    with open_desk(paths) as desk:
        assert "crane" in {each.id for each in desk.site.categories}
        assert title in {each.title for each in desk.site.cards}
        done = desk.open_case(Intake(category="crane", said="塔吊夜里施工"))
        assert done.case.category == "crane"


def test_two_cards_that_do_not_go_together_stay_as_they_were(paths: Paths) -> None:
    with open_desk(paths) as desk:
        keys = {card.id: card.digit for card in desk.site.cards}
    other = next(name for name, key in keys.items() if key == "4")
    fire = paths.site / "emergency" / "fire.toml"
    fire.write_text(fire.read_text("utf-8").replace('digit = "1"', 'digit = "4"', 1), "utf-8")
    with open_desk(paths) as desk:
        assert {card.id: card.digit for card in desk.site.cards} == keys
        assert any("digit" in each.key for each in desk.site.faults)
    assert other != "fire"


def test_a_procedure_that_is_not_there_leaves_the_one_in_force(paths: Paths) -> None:
    with open_desk(paths) as desk:
        before = in_force(desk)
    settings = paths.site / "site.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('"estate-dispatch"', '"estate-dispach"'), "utf-8")
    with open_desk(paths) as desk:
        assert in_force(desk) == before
        assert [(each.file, each.key) for each in desk.site.faults] == [
            ("site.toml", "site.procedure")
        ]
    settings.write_text(text, "utf-8")
    (paths.site / IN_FORCE).unlink()
    with open_desk(paths) as desk:
        assert in_force(desk) == before
        assert [each.code for each in desk.site.faults] == ["procedure_missing"]


def test_a_record_that_is_older_than_adopted_settings(paths: Paths) -> None:
    """What it says of its settings otherwise serves, the rest as shipped."""
    store = Store.open(paths.db, ballast=0)
    store.db.run("DELETE FROM adopted WHERE what IN ('site', 'categories')")
    store.close()
    with open_desk(paths, read_only=True) as desk:
        before = in_force(desk)
    (paths.site / "site.toml").write_text("x = [", "utf-8")
    with open_desk(paths) as desk:
        site = desk.site.site
        assert in_force(desk) == before
        assert (site.name, site.desk, site.procedure) == ("翠湖花园", "desk-1", "estate-dispatch")
        assert (site.zone, site.outside["fire"]) == ("Asia/Shanghai", "119")
        assert desk.open_case(ALARM).case.level == "emergency"


def test_an_edit_in_a_good_file_counts_beside_a_broken_one(paths: Paths) -> None:
    with open_desk(paths) as desk:
        before = in_force(desk)
    (paths.site / "holidays" / "2031.toml").write_text("year = 2031\noff = [\n", "utf-8")
    settings = paths.site / "site.toml"
    text = settings.read_text("utf-8").replace('start = "08:30"', 'start = "08:00"')
    settings.write_text(text, "utf-8")
    with open_desk(paths) as desk:
        assert desk.calendar_ref != before[2]
        assert 2031 not in desk.rules.calendar.holidays
        assert {2025, 2026} <= set(desk.rules.calendar.holidays)
        assert f"{desk.rules.calendar.office_start:%H:%M}" == "08:00"
