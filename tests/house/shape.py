"""How the house hangs together: who imports whom, in which circles, what bears which name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.house.source import PACKAGE, imported, modules, parsed, room_of

SUBJECTS = frozenset(
    {
        "address",
        "alarm",
        "app",
        "board",
        "call_tree",
        "case",
        "charges",
        "closing",
        "comparison",
        "corrective",
        "drill",
        "emergency",
        "find",
        "hand_over",
        "handouts",
        "out_alone",
        "household_file",
        "intake",
        "layer",
        "library",
        "lists",
        "month",
        "names",
        "outage",
        "pads",
        "panel_test",
        "papers",
        "periods",
        "presence",
        "printer",
        "reachability",
        "record",
        "retention",
        "review",
        "reviews",
        "rounds",
        "spare_sheets",
        "posting",
        "postings",
        "routine",
        "running_book",
        "site",
        "slips",
        "story",
        "terms",
        "watch",
        "weekly_check",
        "work_log",
    }
)
"""The house's subjects: a module or a folder of such a name may stand in several rooms, once in
each, because it is about the same thing there. Any other name stands once in the whole house."""

Graph = Mapping[str, set[str]]


def dotted(path: Path) -> str:
    """A module's full name."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def known_as(path: Path) -> str:
    """How a module is called in a list of exceptions: room and name, whatever lies between.

    It stays what it is when the module moves into a folder of its room.
    """
    return f"{room_of(path) or '.'}/{path.stem}"


@cache
def imports() -> dict[str, set[str]]:
    """Every module of the package and those it imports: at its top, in a function, for types."""
    names = {dotted(path): path for path in modules(PACKAGE)}
    return {
        name: {other for other in imported(path) if other in names and other != name}
        for name, path in names.items()
    }


def circles(graph: Graph) -> list[set[str]]:
    """Every set of modules each of which leads to every other, the largest first (Tarjan).

    Written without recursion: a long chain of imports is no reason to fail.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(sorted(graph[root])))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            node, ahead = work[-1]
            step = next(ahead, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    at = stack.index(node)
                    found.append(set(stack[at:]))
                    del stack[at:]
            elif step not in order:
                order[step] = low[step] = len(order)
                stack.append(step)
                work.append((step, iter(sorted(graph.get(step, ())))))
            elif step in stack:
                low[node] = min(low[node], order[step])
    return sorted((each for each in found if len(each) > 1), key=lambda c: (-len(c), sorted(c)))


def in_circles() -> set[str]:
    """The modules of the package that stand in a circle, as a list of exceptions calls them."""
    paths = {dotted(path): path for path in modules(PACKAGE)}
    return {known_as(paths[name]) for circle in circles(imports()) for name in circle}


def class_homes(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Every class by its name, with the modules it is defined in; those within others are not."""
    found = defaultdict(list)
    for path in paths:
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(dotted(path))
    return found


def class_homonyms() -> set[str]:
    """Names that stand for more than one class of the package."""
    return {name for name, homes in class_homes(modules(PACKAGE)).items() if len(homes) > 1}


def module_homonyms(paths: Iterable[Path]) -> set[str]:
    """Module names used more often than they may: a subject once a room, any other one once."""
    rooms = defaultdict(list)
    for path in paths:
        if path.stem not in ("__init__", "__main__"):
            rooms[path.stem].append(room_of(path))
    return {
        name
        for name, where in rooms.items()
        if len(where) != len(set(where)) or (len(where) > 1 and name not in SUBJECTS)
    }


def idle_subjects() -> set[str]:
    """Subjects that no module and no folder of the package is named after."""
    used = {path.stem for path in modules(PACKAGE)}
    used |= {path.parent.name for path in modules(PACKAGE)}
    return set(SUBJECTS - used)
