"""A bad file for every kind of problem there is with the emergency layer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.layer import under_layer
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.emergency_checks import (
    judge_alone,
    judge_tags,
    lost_classes,
    scene_gaps,
    strange_roles,
)
from dispatcher_tui.site.layer import LAYER, ignored, judge_classes, judge_under, parse_layer
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.strict import judge_strictly
from dispatcher_tui.site.texts import source_of
from dispatcher_tui.site.toml_text import read_text
from tests.site import samples
from tests.site.samples import spoil

Found = list[SiteProblem]


def layer(old: str, new: str) -> Found:
    with pytest.raises(SiteError) as caught:
        parse_layer(spoil(read_text(data_dir() / LAYER), old, new), LAYER)
    return list(caught.value.problems)


def under(old: str, new: str) -> Found:
    """What does not hold between a sound procedure and the shipped layer, one of them spoilt."""
    whole = parse_layer(read_text(data_dir() / LAYER), LAYER)
    return judge_under(parse_procedure(spoil(samples.PROCEDURE, old, new), "p.toml"), whole)


def under_spoilt(line: str, old: str, new: str) -> Found:
    """What does not hold between the layer, one line of it spoilt, and a sound procedure."""
    text = spoil(read_text(data_dir() / LAYER), line, spoil(line, old, new))
    return judge_under(parse_procedure(samples.PROCEDURE, "p.toml"), parse_layer(text, LAYER))


def old_file(added: str) -> Found:
    """A procedure of before the layer, with emergencies of its own."""
    own = parse_procedure(spoil(samples.PROCEDURE, "[[prompt]]", added + "[[prompt]]"), "p.toml")
    return ignored(own, parse_layer(read_text(data_dir() / LAYER), LAYER))


def dangerous(old: str, new: str) -> Found:
    """A class of danger under a layer whose level does not know its tag."""
    classes = parse_categories(spoil(read_text(data_dir() / "categories.toml"), old, new))
    level = parse_layer(read_text(data_dir() / LAYER), LAYER).level
    return judge_classes(classes, replace(level, tags=("fire",)))


def alone(old: str, new: str) -> Found:
    """What does not hold within the layer, spoilt, that another procedure would not show."""
    return judge_alone(parse_layer(spoil(read_text(data_dir() / LAYER), old, new), LAYER))


def tagged(old: str, new: str) -> Found:
    """A class with a tag that is nearly one of the layer's."""
    classes = parse_categories(spoil(read_text(data_dir() / "categories.toml"), old, new))
    whole = parse_layer(read_text(data_dir() / LAYER), LAYER)
    return judge_tags(classes, [under_layer(parse_procedure(samples.PROCEDURE, "p.toml"), whole)])


def strict(old: str, new: str) -> Found:
    text = spoil(read_text(data_dir() / LAYER), old, new)
    return judge_strictly([source_of(LAYER, text)])


def nobody_there() -> Found:
    whole = parse_layer(read_text(data_dir() / LAYER), LAYER)
    people = [Person("a", "甲", "head", phones=("110",), group="security")]
    return scene_gaps(whole, parse_procedure(samples.PROCEDURE, "p.toml"), people)


def misspelt_role() -> Found:
    whole = parse_layer(read_text(data_dir() / LAYER), LAYER)
    people = [Person("a", "甲", "gmm"), Person("b", "乙", "lift_captan")]
    found = strange_roles(people, [], whole, "roster.csv")
    return [problem for problem in found if problem.key == "b"]


def shorter_list() -> Found:
    card = parse_card(spoil(samples.CARD, "[[ask]]", 'categories = ["x"]\n[[ask]]'), "fire.toml")
    return lost_classes({"fire.toml": card}, [])


_E_RULE = '[[rule]]\nid = "E-02"\ntitle = { zh = "旧", en = "Old" }\nsource = "000"\n'
_ROLES = "[roles]\n"
_GATE = '"门岗", "大门", "gate"'

BAD: list[tuple[str, str, Callable[[], Found]]] = [
    ("danger_below", "level.tags", lambda: layer('tags = ["fire", "danger"]', 'tags = ["fire"]')),
    ("danger_below", "level.facts", lambda: layer('facts = ["fire", "order"]', 'facts = ["fire"]')),
    ("danger_below", "level.together", lambda: layer('facts = ["injury"], ', "")),
    ("danger_below", "level.together", lambda: layer(', tags = ["accident"] }', " }")),
    ("danger_below", "category[lift_entrapment].tags", lambda: dangerous("燃气异味", "燃气味")),
    (
        "ladder_loop",
        "ladder.rungs[head]",
        lambda: layer('{ role = "vp", tries', '{ role = "head", tries'),
    ),
    ("level_no_emergency", "level.emergency", lambda: layer("emergency = true", "")),
    ("scene_is_head", "scene[head].id", lambda: layer('id = "gate"', 'id = "head"')),
    ("scene_of_nobody", "scene[gate]", lambda: layer(_GATE, "")),
    ("too_small", "scene[guard].want", lambda: layer("want = 2", "want = -1")),
    ("unknown_role", "scene[lift].roles", lambda: layer('["lift_captain"]', '["lift_captan"]')),
    ("duplicate", "scene[guard]", lambda: layer('id = "gate"', 'id = "guard"')),
    ("missing_key", "scene[#2].id", lambda: layer('id = "gate"\n', "")),
    ("unknown_key", "ladder.rung", lambda: layer("rungs = [", "rung = [")),
    ("wrong_type", "scene[guard].want", lambda: layer("want = 2", 'want = "two"')),
    ("not_one_of", "level.facts[#1]", lambda: layer('facts = ["fire", ', 'facts = ["fir", ')),
    (
        "unknown_role",
        "emergency.roles.haed",
        lambda: under(_ROLES, '[emergency]\nroles = { haed = "head" }\n' + _ROLES),
    ),
    (
        "unknown_role",
        "emergency.roles.head",
        lambda: under(_ROLES, '[emergency]\nroles = { head = "haed" }\n' + _ROLES),
    ),
    (
        "unknown_role",
        "emergency.group",
        lambda: under(_ROLES, '[emergency]\ngroup = ["guard"]\n' + _ROLES),
    ),
    (
        "unknown_role",
        "emergency.leaders",
        lambda: under(_ROLES, '[emergency]\ngroup = ["sec"]\nleaders = ["vp"]\n' + _ROLES),
    ),
    (
        "unknown_rule",
        "closing_paper.rule",
        lambda: under_spoilt(
            'name = { zh = "紧急事件处理记录", en = "emergency record" }\nrule = "E-04"',
            "E-04",
            "E-99",
        ),
    ),
    ("signature_lacking", "write_off", lambda: alone('kind = "signature"', 'kind = "check"')),
    ("unknown_role", "step[reported].to", lambda: alone('to = "head"', 'to = "haed"')),
    ("unknown_tag", "category[falling_object].tags", lambda: tagged('["danger"]', '["danegr"]')),
    ("nameless", "roles", lambda: strict("[roles]", '[roles]\n"" = { zh = "无", en = "None" }')),
    ("scene_empty", "scene[gate]", nobody_there),
    ("strange_role", "b", misspelt_role),
    ("unknown_category", "categories[x]", shorter_list),
    ("layer_counts", "rule[E-02]", lambda: old_file(_E_RULE)),
]
