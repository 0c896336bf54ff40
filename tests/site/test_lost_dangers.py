"""A class of ours that is an emergency keeps the tags by which it is one, in a site's list too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.check import check
from dispatcher_tui.site.scaffold import procedures_to_begin_with
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.site.samples import new_site

NAME = "categories.toml"
SHIPPED = read_text(data_dir() / NAME)
BELOW = "danger_below"


def said(folder: Path, text: str) -> list[tuple[str, str]]:
    """What ``site check`` says of tags in this list of classes."""
    (folder / NAME).write_text(text, encoding="utf-8")
    found = check(folder, [])
    return [(each.key, each.code) for each in found if each.key.endswith(".tags")]


def with_tags(of: str, tags: str) -> str:
    """The shipped list with other tags for one class."""
    head, _sep, rest = SHIPPED.partition(f'id = "{of}"\n')
    return f'{head}id = "{of}"\n{re.sub(r"tags = .*", f"tags = {tags}", rest, count=1)}'


@pytest.fixture(params=sorted(procedures_to_begin_with()))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new site under each procedure."""
    return new_site(tmp_path / "site", procedure=request.param)


def test_every_class_of_danger_that_loses_its_tags_is_named(folder: Path) -> None:
    assert said(folder, SHIPPED) == []
    for name, tags, lost in (
        ("lift_entrapment", "[]", True),
        ("lift_entrapment", '["accident"]', True),  # an emergency only while it happens
        ("lift_entrapment", '["danger"]', False),
        ("lift_entrapment", '["fire"]', False),
        ("person_hurt", "[]", True),
        ("smoke_fire", '["single_notice"]', True),
        ("power_cut_building", "[]", False),
    ):
        key = f"category[{name}].tags"
        assert said(folder, with_tags(name, tags)) == [(key, BELOW)] * lost, (name, tags)


def test_a_class_of_the_sites_own_may_be_none_and_a_shorter_list_is_none_of_it(
    folder: Path,
) -> None:
    tagged = {each.id: {*each.tags} for each in parse_categories(SHIPPED)}
    dangers = {name for name, tags in tagged.items() if tags & {"danger", "fire"}}
    head, *items = SHIPPED.split("\n[[category]]\n")
    rest = [item for item in items if item.split('"')[1] not in dangers]
    own = 'id = "our_own"\nname = { zh = "本站另加", en = "Our own" }\nclass = "maintenance"\n'
    assert said(folder, "\n[[category]]\n".join([head, *rest, own])) == []
