"""What must hold between the files of emergencies: layer, cards, classes, roster, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dispatcher_tui.domain.emergency.call_order import fits_scene, scenes_under
from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.layer import Layer, under_layer
from dispatcher_tui.domain.emergency.outside import NAMES
from dispatcher_tui.domain.procedure import ClosingPaper, Level, Named, Procedure, When
from dispatcher_tui.domain.words.people import Category, Person
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.layer import LAYER, by_own_key
from dispatcher_tui.site.problems import SURE, Findings, SiteProblem, near
from dispatcher_tui.site.procedure_checks import judge

_SIGNED = "signature"
_NO_WORDS = Label("-", "-")


def judge_alone(layer: Layer) -> list[SiteProblem]:
    """What does not hold within the layer itself, whatever the procedure above it overrides.

    A step that the procedure has under the same id is the procedure's own there, so that what is
    wrong with the layer's would be seen only under another procedure.
    """
    findings, rule = Findings(LAYER), next((each.id for each in layer.rules), "")
    nothing = Named(rule, _NO_WORDS, "1h")
    bare = Procedure(
        id="",
        title=_NO_WORDS,
        short=_NO_WORDS,
        retention_years=1,
        closing_paper=ClosingPaper(_NO_WORDS, rule),
        promise=nothing,
        keep=nothing,
        rules=(),
        levels=(Level("", _NO_WORDS, rule),),
        clocks=(),
        roles=layer.roles,
    )
    judge(under_layer(bare, layer), findings, {})
    for key, items in (("rule", layer.rules), ("clock", layer.clocks), ("scene", layer.scenes)):
        if not items and not any(each.key == key for each in findings.problems):
            findings.add(key, "empty_list")
    findings.add_twice("step", (step.id for step in layer.steps))
    if not any(item.kind == _SIGNED for item in layer.write_off):
        findings.add("write_off", "signature_lacking")
    told = dict[tuple[str, str], SiteProblem]()
    for each in map(by_own_key, findings.problems):
        if each.code != "id_is_not_file":
            told.setdefault((each.key, each.code), each)
    return list(told.values())


def _whens(layer: Layer) -> Iterator[tuple[str, When]]:
    yield "ladder.when", layer.ladder.when
    if layer.closing_paper is not None:
        yield "closing_paper.when", layer.closing_paper.when
    yield from ((f"clock[{each.key}].when", each.when) for each in layer.clocks)
    yield from ((f"step[{each.id}].when", each.when) for each in layer.steps)
    yield from ((f"write_off[{each.id}].when", each.when) for each in layer.write_off)
    yield from ((f"form[{each.id}]", When(tags=each.tags)) for each in layer.forms)


def judge_layer_conditions(categories: Iterable[Category], layer: Layer) -> list[SiteProblem]:
    """Classes and tags that the layer asks for and that no category has."""
    findings, known = Findings(LAYER), tuple(categories)
    classes = {category.case_class for category in known}
    tags = {tag for category in known for tag in category.tags}
    for key, when in _whens(layer):
        for name in when.classes:
            findings.need(f"{key}.classes", "unknown_class", name, classes)
        for name in when.tags:
            findings.need(f"{key}.tags", "unknown_tag", name, tags)
    return findings.problems


def _tags(procedure: Procedure) -> Iterator[str]:
    for level in procedure.levels:
        yield from level.tags
        for together in level.together:
            yield from together.tags
    parts = (procedure.clocks, procedure.steps, procedure.write_off, procedure.ladders)
    for part in (*parts, procedure.routes, procedure.prompts, procedure.money):
        for each in part:
            yield from each.when.tags
    for form in procedure.forms:
        yield from form.tags
    if procedure.validity is not None:
        yield from procedure.validity.when.tags


def judge_tags(
    categories: Iterable[Category], procedures: Iterable[Procedure]
) -> list[SiteProblem]:
    """Tags that are nearly one that a procedure or the layer asks for: a danger that is misspelt
    would be no danger. Any other tag is the site's own."""
    findings = Findings("categories.toml")
    known = {tag for procedure in procedures for tag in _tags(procedure)}
    for category in categories:
        for tag in category.tags:
            if tag not in known and near(tag, known, SURE):
                findings.add_unknown(f"category[{category.id}].tags", "unknown_tag", tag, known)
    return findings.problems


def judge_card_rules(cards: Mapping[str, Card], layer: Layer) -> list[SiteProblem]:
    """Cards, by their files, under a rule that the layer does not have; a letter behind it is a
    part of the rule."""
    found: list[SiteProblem] = []
    rules = {rule.id for rule in layer.rules}
    for file, card in cards.items():
        findings = Findings(file)
        if card.rule not in rules and card.rule[:-1] not in rules:
            findings.add_unknown("rule", "unknown_rule", card.rule, rules)
        found += findings.problems
    return found


def lost_classes(cards: Mapping[str, Card], categories: Iterable[Category]) -> list[SiteProblem]:
    """Classes that a card is for and that the site does not have: no fault in a shorter list."""
    found: list[SiteProblem] = []
    known = {category.id for category in categories}
    for file, card in cards.items():
        findings = Findings(file)
        for name in card.categories:
            findings.need(f"categories[{name}]", "unknown_category", name, known)
        found += findings.problems
    return found


def unused_numbers(names: Iterable[str], cards: Iterable[Card], file: str) -> list[SiteProblem]:
    """Outside numbers under a name that is nearly one of ours and that no card has rung."""
    findings = Findings(file)
    rung = {name for card in cards for name in card.called}
    for name in names:
        if name not in NAMES and name not in rung and near(name, NAMES, SURE):
            findings.add_unknown(f"outside.{name}", "unknown_number", name, NAMES)
    return findings.problems


def scene_gaps(layer: Layer, procedure: Procedure, people: Iterable[Person]) -> list[SiteProblem]:
    """Capacities in which nobody with a number goes to the scene, and groups nearly one of the
    roster's: others go there, so it is no fault."""
    findings, rung = Findings(LAYER), [person for person in people if person.phones]
    groups = {person.group for person in rung if person.group}
    for scene in scenes_under(layer, procedure):
        if rung and not any(fits_scene(scene, person) for person in rung):
            findings.add(f"scene[{scene.id}]", "scene_empty")
        for name in scene.groups:
            if name not in groups and near(name, groups, SURE):
                findings.add_unknown(f"scene[{scene.id}].groups", "unknown_group", name, groups)
    return findings.problems


def strange_roles(
    people: Iterable[Person], procedures: Iterable[Procedure], layer: Layer, file: str
) -> list[SiteProblem]:
    """Roles of the roster that are nearly one of a procedure or the layer, and none of theirs."""
    findings = Findings(file)
    known = {*layer.roles, *(role for each in procedures for role in each.roles)}
    for person in people:
        if person.role not in known and near(person.role, known, SURE):
            findings.add_unknown(person.id, "strange_role", person.role, known)
    return findings.problems
