"""What `site check` says of the classes: where they are sent, who handles them, what they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dispatcher_tui.domain.duties.handled_by import ANY, Why, handled_by, rivals
from dispatcher_tui.domain.duties.triage import fits_level
from dispatcher_tui.domain.emergency.call_order import fits_scene, scenes_under
from dispatcher_tui.domain.emergency.layer import Layer
from dispatcher_tui.domain.procedure import Level, Procedure
from dispatcher_tui.domain.words.people import Category, Person
from dispatcher_tui.site.lists.list_heads import GROUPS
from dispatcher_tui.site.problems import SURE, Findings, SiteProblem, near
from dispatcher_tui.site.procedures import note_no_procedure
from dispatcher_tui.site.texts import CATEGORIES, PROCEDURES


def judge_routing(
    categories: Iterable[Category], in_force: Iterable[Procedure], people: Iterable[Person]
) -> list[SiteProblem]:
    """Groups or roles that categories are routed to and that do not exist; each is told once."""
    findings = Findings(CATEGORIES)
    groups = {person.group for person in people if person.group}
    known = groups.union(*(procedure.roles for procedure in in_force))
    sent: dict[str, list[str]] = {}
    for category in categories:
        for route in category.routes:
            sent.setdefault(route, []).append(category.id)
    for route, ids in sent.items():
        if route not in known:
            named = ", ".join(ids[:3]) + (f" .. +{len(ids) - 3}" if len(ids) > 3 else "")
            meant = near(route, groups if route in GROUPS else known, SURE)
            findings.add(
                f"category[{named}].routes",
                "unknown_group",
                name=route,
                name_zh=GROUPS[route].split()[0] if route in GROUPS else route,
                name_en=route,
                near=meant,
            )
    return findings.problems


def groups_needed(layer: Layer, procedure: Procedure, people: Collection[Person]) -> frozenset[str]:
    """Groups by which alone somebody goes to a scene of an emergency where nobody does now."""
    return frozenset(
        scene.groups[0]
        for scene in scenes_under(layer, procedure)
        if len(scene.groups) == 1 and not any(fits_scene(scene, person) for person in people)
    )


def goes_without(problem: SiteProblem, needed: Collection[str]) -> bool:
    """Whether a group that categories go to is simply not there: it is no slip of the pen for
    another one, and no scene of an emergency lacks it. Others are told."""
    return not problem.detail["near"] and problem.detail["name"] not in needed


def judge_offers(categories: Iterable[Category], procedures: Collection[str]) -> list[SiteProblem]:
    """Procedures that a category is offered under and that the site has not."""
    findings = Findings(CATEGORIES)
    for category in categories:
        for name in category.procedures:
            if name not in procedures:
                key = f"category[{category.id}].procedures"
                note_no_procedure(findings, name, procedures, key)
    return findings.problems


def judge_handling(
    categories: Sequence[Category], in_force: Sequence[Procedure]
) -> list[SiteProblem]:
    """What a procedure in force says that it handles and that is no class, and every class that
    two of them claim alike."""
    known = {ANY, *(c.id for c in categories), *(c.case_class for c in categories)}
    found: list[SiteProblem] = []
    for procedure in in_force:
        findings = Findings(f"{PROCEDURES}/{procedure.id}.toml")
        for name in procedure.handles:
            findings.need(f"handles[{name}]", "unknown_class", name, known)
        found += findings.problems
    claimed: dict[tuple[str, str, bool], list[str]] = {}
    for category in categories:
        for other in (claiming := rivals(in_force, category))[1:]:
            both = (claiming[0].id, other.id, bool(category.procedures))
            claimed.setdefault(both, []).append(category.id)
    for (first, second, listed), ids in claimed.items():
        named = ", ".join(ids[:3]) + (f" .. +{len(ids) - 3}" if len(ids) > 3 else "")
        file, key = f"{PROCEDURES}/{second}.toml", "handles"
        if listed:  # It is the class that names both.
            file, key = CATEGORIES, f"category[{named}].procedures"
        told = {"name": named, "first": first, "second": second}
        found.append(SiteProblem(file, key, "class_claimed_twice", told))
    return found


def unhandled(
    categories: Iterable[Category], in_force: Sequence[Procedure], level: Level
) -> list[SiteProblem]:
    """The classes that no procedure in force handles, together: a case of one is opened under the
    default, and that is said each time. What is an emergency is handled by the layer."""
    ids = [
        category.id
        for category in categories
        if handled_by(in_force, category).why is Why.NOBODY
        and not fits_level(level, (), category.tags)
    ]
    if not ids:
        return []
    named = ", ".join(ids[:3]) + (f" .. +{len(ids) - 3}" if len(ids) > 3 else "")
    findings = Findings(CATEGORIES)
    findings.add(f"category[{named}]", "class_unhandled", n=len(ids), name=in_force[0].id)
    return findings.problems


def judge_conditions(categories: Iterable[Category], procedure: Procedure) -> list[SiteProblem]:
    """Classes a procedure asks for and that no category has, so that a rule would never apply."""
    findings = Findings(f"{PROCEDURES}/{procedure.id}.toml")
    classes = {category.case_class for category in categories}
    clocks = ((f"clock[{clock.key}].when.classes", clock.when) for clock in procedure.clocks)
    routes = (
        (f"route[#{number}].when.classes", route.when)
        for number, route in enumerate(procedure.routes, 1)
    )
    for key, when in (*clocks, *routes):
        for name in when.classes:
            findings.need(key, "unknown_class", name, classes)
    return findings.problems
