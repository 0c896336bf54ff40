"""Reads ``emergency.toml``, the layer under every procedure, and lays procedures upon it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from dispatcher_tui.domain.duties.triage import fits_level
from dispatcher_tui.domain.emergency.layer import HEAD, Layer, set_aside, under_layer
from dispatcher_tui.domain.procedure import Level, Procedure
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.site.problems import Findings, SiteProblem
from dispatcher_tui.site.procedure_checks import judge
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

LAYER = "emergency.toml"

DIVIDER = f"\n# ==== {LAYER} ====\n"
"""Stands between the two texts by which a procedure is adopted: its own, and the layer's."""

DANGERS = ("fire", "danger")
"""Tags of a class that is an emergency whatever else is known (E-01)."""

_INSTEAD = re.compile(r"^closing_paper\.instead\[#\d+\]")

_ALWAYS = (Fact.FIRE, Fact.ORDER)


@once_a_text
def parse_layer(text: str, file: str) -> Layer:
    """The emergency layer a file describes.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    layer = Reader(findings).record(parse_toml(text, file), Layer)
    if layer is not None:
        _judge_layer(layer, findings)
    findings.raise_any()
    assert layer is not None  # no record without a finding
    return layer


def _judge_layer(layer: Layer, findings: Findings) -> None:
    findings.add_twice("scene", (scene.id for scene in layer.scenes))
    for scene in layer.scenes:
        key = f"scene[{scene.id}]"
        if scene.want < 1:
            findings.add(f"{key}.want", "too_small", least=1)
        if scene.id == HEAD:
            findings.add(f"{key}.id", "scene_is_head", name=scene.id)
        for role in scene.roles:
            findings.need(f"{key}.roles", "unknown_role", role, tuple(layer.roles))
        if not (scene.groups or scene.roles or scene.skills or scene.posts):
            findings.add(key, "scene_of_nobody")
    rungs = [rung.role for rung in layer.ladder.rungs]
    for role in dict.fromkeys(role for role in rungs if rungs.count(role) > 1):
        findings.add(f"ladder.rungs[{role}]", "ladder_loop", name=role)
    if not layer.level.emergency:
        findings.add("level.emergency", "level_no_emergency")
    for tag in DANGERS:
        if not fits_level(layer.level, (), (tag,)):
            findings.add("level.tags", "danger_below", name=tag)
    for fact in _ALWAYS:
        if not fits_level(layer.level, (fact,), ()):
            findings.add("level.facts", "danger_below", name=fact.value)
    for facts, tags in (((Fact.NOW, Fact.INJURY), ()), ((Fact.NOW,), ("accident",))):
        if not fits_level(layer.level, facts, tags):
            findings.add("level.together", "danger_below", name=(*facts, *tags)[-1])


def judge_under(procedure: Procedure, layer: Layer) -> list[SiteProblem]:
    """What of the layer does not hold under a procedure that is sound by itself."""
    ours = Findings(f"procedures/{procedure.id}.toml")
    known = {*procedure.roles, *layer.roles}
    for role, own in procedure.emergency.roles.items():
        ours.need(f"emergency.roles.{role}", "unknown_role", role, tuple(layer.roles))
        if own:
            ours.need(f"emergency.roles.{role}", "unknown_role", own, known)
    for role in procedure.emergency.group:
        ours.need("emergency.group", "unknown_role", role, known)
    for role in procedure.emergency.leaders:
        ours.need("emergency.leaders", "unknown_role", role, procedure.emergency.group)
    if ours.problems:  # What follows from them is not told besides.
        return ours.problems
    findings = Findings(LAYER)
    judge(under_layer(procedure, layer), findings, {})
    return [
        by_own_key(problem) for problem in findings.problems if problem.code != "id_is_not_file"
    ]


def by_own_key(problem: SiteProblem) -> SiteProblem:
    """A problem with the layer's closing paper by its key there: laid under a procedure it is one
    of those that stand instead of the procedure's."""
    return replace(problem, key=_INSTEAD.sub("closing_paper", problem.key))


def ignored(procedure: Procedure, layer: Layer) -> list[SiteProblem]:
    """What a procedure's file says of emergencies itself, and that does not count: no fault."""
    findings = Findings(f"procedures/{procedure.id}.toml")
    for key in set_aside(procedure, layer):
        findings.add(key, "layer_counts", file=LAYER)
    return findings.problems


def judge_classes(categories: Iterable[Category], level: Level) -> list[SiteProblem]:
    """Classes of danger that could be graded below an emergency (E-01)."""
    findings = Findings("categories.toml")
    for category in categories:
        if set(DANGERS).intersection(category.tags) and not fits_level(level, (), category.tags):
            findings.add(f"category[{category.id}].tags", "danger_below", name=category.id)
    return findings.problems


def judge_lost_dangers(
    categories: Iterable[Category], shipped: Iterable[Category], level: Level
) -> list[SiteProblem]:
    """Classes of ours that are an emergency at once, or while it happens, and that a site's list
    has without the tags by which they are (E-01)."""
    findings, ours = Findings("categories.toml"), {each.id: each.tags for each in shipped}

    def lost(category: Category) -> bool:
        before = ours.get(category.id, ())
        return any(
            fits_level(level, facts, before) and not fits_level(level, facts, category.tags)
            for facts in ((), (Fact.NOW,))
        )

    for category in categories:
        if lost(category):
            findings.add(f"category[{category.id}].tags", "danger_below", name=category.id)
    return findings.problems


def joined(procedure: str, layer: str) -> str:
    """The text a procedure is adopted by: its own, then the layer's, both to the letter."""
    return f"{procedure}{DIVIDER}{layer}"


def parse_adopted(text: str, file: str) -> Procedure:
    """What judges cases by an adopted text; one of before the layer stands for itself.

    Raises:
        SiteError: with every problem of the text.
    """
    own, divider, layer = text.partition(DIVIDER)
    procedure = parse_procedure(own, file)
    return under_layer(procedure, parse_layer(layer, LAYER)) if divider else procedure
