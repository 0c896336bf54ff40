"""``handouts.toml``: off as shipped, and each of its slips named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.handouts import HandoutsFile, parse_handouts, registers_of
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.texts import HANDOUTS, shipped_text

SHIPPED = shipped_text(HANDOUTS)


def codes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(SiteError) as caught:
        parse_handouts(text)
    assert all(describe(each) for each in caught.value.problems)
    return [(each.key, each.code) for each in caught.value.problems]


def test_what_is_shipped_is_sound_and_off() -> None:
    file = parse_handouts(SHIPPED)
    assert (file.in_force, registers_of(file)) == (False, ())
    ids = [each.id for each in file.registers]
    assert ids == ["keys", "loans", "passes", "finds", "visitors", "contractors"]
    on = parse_handouts(SHIPPED.replace("in_force = false", "in_force = true"))
    assert registers_of(on) == file.registers


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ('due = "shift end"', 'due = "soon"', ("register[keys].due", "bad_due")),
        ('due = "shift end"', 'due = "day 25"', ("register[keys].due", "handout_due")),
        ('id = "K2"', 'id = "K1"', ("register[keys].thing[K1]", "duplicate")),
        ('id = "K2"', 'id = "K 2"', ("register[keys].thing.id", "handout_thing")),
        ('id = "why"', 'id = "who"', ("register[keys].field[who]", "handout_field")),
        ('id = "loans"', 'id = "keys"', ("register[keys]", "duplicate")),
        ('id = "loans"', 'id = "借用"', ("register[借用].id", "round_id")),
        (
            'what = { zh = "借什么"',
            'quoi = { zh = "借什么"',
            ("register[loans].quoi", "unknown_key"),
        ),
        ('may = "staff"', 'may = "nobody"', ("register[keys].may", "not_one_of")),
    ],
)
def test_a_slip_is_named_where_it_stands(was: str, now: str, found: tuple[str, str]) -> None:
    assert found in codes(SHIPPED.replace(was, now, 1))


def test_without_listed_things_it_says_how_it_asks_what_it_is() -> None:
    line = 'what = { zh = "借什么", en = "What is lent" }\n'
    assert codes(SHIPPED.replace(line, "")) == [("register[loans].what", "handout_what")]


def test_a_site_may_lack_the_file_and_a_broken_one_keeps_the_shipped(tmp_path: Path) -> None:
    scaffold(tmp_path, name="x", procedure="estate-dispatch", zone="Asia/Shanghai")
    file = tmp_path / HANDOUTS
    assert not SiteData(tmp_path).handouts.in_force
    file.write_text("in_force = true\n[[register]]\nid = 1\n", encoding="utf-8")
    broken = SiteData(tmp_path)
    assert broken.handouts == parse_handouts(SHIPPED)
    assert any(each.file == HANDOUTS for each in broken.problems())
    file.unlink()
    assert SiteData(tmp_path).handouts == HandoutsFile(in_force=False)
