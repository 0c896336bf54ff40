"""No circle of imports, one meaning a class name, one place a module name; the lists shrink."""

from __future__ import annotations

from collections.abc import Callable

from tests.house.exceptions import judged
from tests.house.shape import (
    circles,
    class_homonyms,
    dotted,
    idle_subjects,
    imports,
    in_circles,
    known_as,
    module_homonyms,
)
from tests.house.source import PACKAGE, modules


def test_no_module_stands_in_a_circle(record_property: Callable[[str, object], None]) -> None:
    largest = next(iter(circles(imports())), set())
    record_property("report", f"largest circle of imports: {len(largest)} modules")
    assert judged("circles", in_circles()) == {}


def test_one_meaning_for_one_class_name(record_property: Callable[[str, object], None]) -> None:
    found = class_homonyms()
    record_property("report", f"class names with more than one meaning: {len(found)}")
    assert judged("class_names", found) == {}


def test_one_place_for_one_module_name(record_property: Callable[[str, object], None]) -> None:
    found = module_homonyms(modules(PACKAGE))
    record_property("report", f"module names used twice or more that are no subject: {len(found)}")
    assert judged("module_names", found) == {}


def test_every_subject_is_one() -> None:
    assert idle_subjects() == set()


def test_a_circle_is_seen_however_long() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]
    two = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"e"}, "e": {"c"}}
    assert circles(two) == [{"c", "d", "e"}, {"a", "b"}]
    long = {str(n): {str(n + 1)} for n in range(5000)} | {"5000": {"0"}}
    assert [len(each) for each in circles(long)] == [5001]


def test_imports_within_functions_and_for_types_are_seen() -> None:
    graph = imports()
    assert "dispatcher_tui.store.store" in graph["dispatcher_tui.desk.desk"]
    within = {
        name
        for name, others in graph.items()
        if any(other.startswith("dispatcher_tui.tui.screens.") for other in others)
    }
    assert {"dispatcher_tui.tui.app"} <= within


def test_a_subject_stands_once_in_a_room_and_any_other_name_once() -> None:
    room, other, deep = PACKAGE / "desk", PACKAGE / "domain", PACKAGE / "desk" / "papers"
    assert module_homonyms([room / "month.py", other / "month.py"]) == set()
    assert module_homonyms([room / "month.py", deep / "month.py"]) == {"month"}
    assert module_homonyms([room / "helper.py", other / "helper.py"]) == {"helper"}
    assert module_homonyms([room / "__init__.py", other / "__init__.py"]) == set()


def test_an_exception_outlives_a_move_within_its_room() -> None:
    flat, deep = PACKAGE / "tui" / "app.py", PACKAGE / "tui" / "screens" / "case" / "app.py"
    assert known_as(flat) == known_as(deep) == "tui/app"
    assert dotted(deep) == "dispatcher_tui.tui.screens.case.app"
    assert known_as(PACKAGE / "cli.py") == "./cli"
