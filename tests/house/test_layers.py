"""Which room may know which: the direction of the house, and nothing drags in another room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, imported, modules, name_of, room_of

MAY_KNOW = {
    "domain": set[str](),
    "site": {"domain", "private", "plain_file"},
    "store": {"domain", "private", "plain_file"},
    "desk": {"domain", "site", "store", "private", "plain_file"},
    "present": {"domain"},
    "reports": {"domain", "present"},
    "tui": {"domain", "desk", "present", "private"},
    "demo": {"domain", "site", "store", "desk", "paths"},
    "cli": {"domain", "site", "store", "desk", "present", "reports", "tui", "demo", "bootstrap"}
    | {"paths", "private"},
}
"""Besides itself. What stands at the package's top (bootstrap, the entry) may know all."""

DOMAIN = (
    "words",
    "time",
    "law",
    "step_field",
    "printed_form",
    "desk_routines",
    "procedure",
    "record",
    "duties",
    "papers",
    "emergency",
    "site",
    "watch",
    "reviews",
    "case",
    "fees",
)
"""The sub-rooms of the domain from the ground up: each may know itself and those before it."""

SUBJECTS = {"case", "emergency", "watch", "papers", "reviews", "site", "fees"}
"""What the sub-rooms of the upper rooms are called, the same in each of them."""

LEAVES_OF_SITE = {"problems", "clock_times", "toml_text"}
"""What of the site's own modules its reading of lists may know."""

ONLY_IN = {
    "textual": {"tui", "cli"},
    "rich": {"tui", "present", "cli"},
    "typer": {"cli"},
    "click": {"cli"},
    "sqlite_utils": {"store"},
    "sqlite3": {"store"},
    "pysqlite3": {"store"},
    "openpyxl": {"site"},
    "python_calamine": {"site"},
    "reportlab": {"reports"},
    "xlsxwriter": {"reports"},
}
"""Which rooms may import what others made."""

MODULES = modules(PACKAGE)


def known(path: Path) -> set[str]:
    """The rooms a module imports from; the top of the package goes by its module's name."""
    parts = (name.split(".") for name in imported(path))
    return {name[1] for name in parts if name[0] == "dispatcher_tui" and len(name) > 1}


def outside(path: Path) -> set[str]:
    """The packages of others a module imports."""
    return {name.split(".")[0] for name in imported(path)} - {"dispatcher_tui", "__future__"}


def test_every_room_is_known_here() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms <= set(MAY_KNOW)
    assert set(MAY_KNOW) == rooms


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_knows_only_the_rooms_it_may(room: str) -> None:
    wrong = {
        name_of(path): beyond
        for path in MODULES
        if room_of(path) == room and (beyond := known(path) - MAY_KNOW[room] - {room})
    }
    assert wrong == {}


def test_the_sub_rooms_of_the_domain_know_only_those_below_them() -> None:
    own_of = {
        path: path.relative_to(PACKAGE / "domain").parts[0].removesuffix(".py")
        for path in MODULES
        if room_of(path) == "domain"
    }
    assert set(own_of.values()) - {"__init__"} == set(DOMAIN)
    wrong = {}
    for path, own in own_of.items():
        names = (name.split(".") for name in imported(path))
        used = {name[2] for name in names if name[:2] == ["dispatcher_tui", "domain"] and name[2:]}
        if own != "__init__" and (above := used - set(DOMAIN[: DOMAIN.index(own) + 1])):
            wrong[name_of(path)] = above
    assert wrong == {}


def test_the_reading_of_lists_stands_on_a_few_leaves_of_its_room() -> None:
    """Settings, procedures and cards are none of its business; they may look a list up in it."""
    lists = [path for path in MODULES if path.parent == PACKAGE / "site" / "lists"]
    assert len(lists) > 10
    own = {"dispatcher_tui", "site"}
    wrong = {}
    for path in lists:
        parts = [name.split(".") for name in imported(path)]
        used = {name[2] for name in parts if set(name[:2]) == own and name[2:]}
        if beyond := used - {"lists"} - LEAVES_OF_SITE:
            wrong[name_of(path)] = beyond
    assert wrong == {}


@pytest.mark.parametrize("room", ["desk", "present", "reports", "tui/screens"])
def test_a_subject_is_called_the_same_in_every_room(room: str) -> None:
    folders = {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}
    assert folders <= SUBJECTS | {"system", "pdf", "xlsx"}


def test_the_domain_stands_on_the_standard_library_and_msgspec() -> None:
    allowed = sys.stdlib_module_names | {"msgspec"}
    wrong = {
        name_of(path): beyond
        for path in MODULES
        if room_of(path) == "domain" and (beyond := outside(path) - allowed)
    }
    assert wrong == {}


def test_the_domain_does_nothing_but_think() -> None:
    doing = {"os", "io", "pathlib", "socket", "subprocess", "threading", "asyncio", "time"}
    doing |= {"random", "secrets", "uuid", "logging", "tempfile", "shutil", "sqlite3"}
    wrong = {
        name_of(path): found
        for path in MODULES
        if room_of(path) == "domain" and (found := outside(path) & doing)
    }
    assert wrong == {}


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_what_others_made_stays_in_its_room(package: str) -> None:
    users = {name_of(path) for path in MODULES if package in outside(path)}
    allowed = {name_of(path) for path in MODULES if room_of(path) in ONLY_IN[package]}
    assert users <= allowed


def test_the_database_has_one_import_site() -> None:
    users = {name_of(path) for path in MODULES if outside(path) & {"sqlite3", "pysqlite3"}}
    assert users == {"dispatcher_tui/store/sqlite.py"}


def test_importing_a_room_imports_nothing() -> None:
    full = [name_of(path) for path in PACKAGE.rglob("__init__.py") if path.read_text("utf-8")]
    assert full == []


def test_the_walk_sees_what_it_should() -> None:
    store = PACKAGE / "store" / "tx.py"
    assert "domain" in known(store)
    assert room_of(store) == "store"
    assert room_of(PACKAGE / "bootstrap.py") == ""
