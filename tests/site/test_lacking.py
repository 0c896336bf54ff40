"""An outside number that is missing is said for every kind of emergency that has it rung."""

from __future__ import annotations

import re
from functools import cache

import pytest

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.outside import NAMES
from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import describe, lacking_line
from dispatcher_tui.present.terms import outside_name
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.check import judge_numbers
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import SITE, source_of
from dispatcher_tui.site.toml_text import read_text
from tests.site.samples import new_site


@cache
def cards() -> tuple[Card, ...]:
    """The shipped cards."""
    paths = sorted((data_dir() / "emergency").glob("*.toml"))
    return tuple(parse_card(read_text(path), path.name) for path in paths)


RUNG = [(card.id, name) for card in cards() for name in card.called if name in NAMES]
TITLES = {card.id: card.title for card in cards()}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    return load(new_site(tmp_path_factory.mktemp("numbers") / "site"), lazy=True)


def without(sound: SiteData, *names: str) -> SiteData:
    """The demo's site with some of its outside numbers not entered."""
    text = read_text(data_dir() / "demo" / SITE)
    for name in names:
        text, done = re.subn(rf'(?m)^({name} = )"[^"]*"( +# .*电话|.*)$', r'\1""', text, count=1)
        assert done == 1, name
    return SiteData(sound.folder, {SITE: source_of(SITE, text)})


def test_nothing_is_said_where_every_number_is_known(sound: SiteData) -> None:
    assert without(sound).lacking == ()
    assert lacking_line(()) == ""


@pytest.mark.parametrize(("kind", "name"), RUNG, ids=[f"{kind}-{name}" for kind, name in RUNG])
def test_the_kind_and_the_number_are_named_at_sign_in_and_by_site_check(
    sound: SiteData, kind: str, name: str
) -> None:
    (found,) = without(sound, name).lacking
    assert found.name == name
    assert TITLES[kind] in found.kinds
    assert len(found.kinds) == sum(each == name for _kind, each in RUNG), "and no other kind"
    (problem,) = judge_numbers([found])
    assert (problem.file, problem.key, problem.code) == (SITE, f"outside.{name}", "number_lacking")
    for language in ("zh", "en"):
        words.use(language)
        title = getattr(TITLES[kind], language)
        assert title in describe(problem)
        said = lacking_line([found])
        assert outside_name(name) in said
        assert SITE in said
        more = len(found.kinds) - 2
        assert title in said or (more > 0 and str(more) in said)


def test_every_kind_that_rings_outside_is_proved() -> None:
    inside = {card.id for card in cards() if not any(n in NAMES for n in card.called)}
    assert {kind for kind, _name in RUNG} | inside == set(TITLES)
    assert len(RUNG) > len(TITLES)
