"""Another report costs four files: what it shows, where it is gathered, its document, its key."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable

from dispatcher_tui.domain.papers.report import CaseReport, Report
from tests.house.source import PACKAGE, modules, name_of, parsed, room_of

MOST = 4
"""The files of a report that one front end asks for."""

MODULES = modules(PACKAGE)


def reports() -> list[type[Report]]:
    """Every report there is, but for the one that others are made from."""
    for path in MODULES:
        if room_of(path) == "domain" and any(base == "Report" for base in bases(parsed(path))):
            __import__(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    return [kind for kind in Report.__subclasses__() if kind is not CaseReport]


def bases(tree: ast.Module) -> set[str]:
    """What the classes of a module derive from."""
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return {ast.unparse(base) for each in classes for base in each.bases}


def names(tree: ast.Module) -> set[str]:
    """What a module imports by name, and the classes it declares."""
    found = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def gathered_by(kind: str) -> set[str]:
    """The functions of the desk that give back such a report."""
    return {
        node.name
        for path in MODULES
        if room_of(path) == "desk"
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == kind
    }


def files(kind: str) -> dict[str, list[str]]:
    """The modules that know a report or what gathers it, by their rooms; its words are no one's
    own and not counted."""
    wanted, found = {kind, *gathered_by(kind)}, defaultdict(list)
    for path in MODULES:
        if names(parsed(path)) & wanted and room_of(path) != "present":
            found[room_of(path)].append(name_of(path))
    return dict(found)


def test_a_report_has_one_file_in_each_room(
    record_property: Callable[[str, object], None],
) -> None:
    found = {kind.__name__: files(kind.__name__) for kind in reports()}
    assert len(found) > 9
    assert {name: rooms for name, rooms in found.items() if max(map(len, rooms.values())) > 1} == {}
    known = {"domain", "desk", "reports", "tui", "cli"}
    assert {name: set(rooms) - known for name, rooms in found.items() if set(rooms) - known} == {}
    most = max(len(set(rooms) - {"cli"}) for rooms in found.values())
    record_property("report", f"files that another report costs: {most}")
    assert most <= MOST
