"""``rounds.toml``: off as shipped, its slips named, what GB 25201 asks of a linked panel."""

from __future__ import annotations

from datetime import time
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.time.calendar import Calendar, Shift
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.rounds import RoundsFile, judge_panel, parse_rounds, plans_of
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.texts import ROUNDS, shipped_text
from tests.domain.support import calendar

SHIPPED = shipped_text(ROUNDS)
ON = SHIPPED.replace("in_force = false", "in_force = true")
LINKED = ON.replace("panel_linked = false", "panel_linked = true")


def eight_hours() -> Calendar:
    ends = (0, 8, 16, 0)
    shifts = (Shift(Label("", ""), time(a), time(b)) for a, b in pairwise(ends))
    return replace(calendar(), shifts=tuple(shifts))


def codes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(SiteError) as caught:
        parse_rounds(text)
    assert all(describe(each) for each in caught.value.problems)
    return [(each.key, each.code) for each in caught.value.problems]


def test_what_is_shipped_is_sound_and_off() -> None:
    assert plans_of(parse_rounds(SHIPPED)) == ()
    plans = plans_of(parse_rounds(ON))
    assert [plan.id for plan in plans] == ["fire_panel", "patrol", "plant", "key_box"]
    panel = plans[0]
    assert (panel.every, panel.due, panel.persons, panel.panel) == ("2h", "30min", 2, True)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('every = "2h"', 'every = "5h"', ("round[fire_panel].every", "round_every")),
        ('every = "2h"', 'every = "often"', ("round[fire_panel].every", "round_every")),
        ('every = "2h"', 'every = "24h"', None),
        ('every = "2h"', 'every = "month"', None),
        ('due = "30min"', 'due = "soon"', ("round[fire_panel].due", "bad_due")),
        ('due = "30min"', 'due = "2 days"', ("round[fire_panel].due", "round_due")),
        ('due = "30min"', 'due = "shift end"', None),
        ("persons = 2", "persons = 3", ("round[fire_panel].persons", "too_large")),
        ("persons = 2", "persons = 0", ("round[fire_panel].persons", "too_small")),
        ('id = "patrol"', 'id = "plant"', ("round[plant]", "duplicate")),
        ('id = "patrol"', 'id = "a:b"', ("round.id", "round_id")),
        (
            ', { zh = "缺", en = "missing" }',
            "",
            ("round[key_box].part[keys].choices", "round_choices"),
        ),
    ],
)
def test_a_slip_is_named_by_its_place(old: str, new: str, found: tuple[str, str] | None) -> None:
    assert old in ON
    text = ON.replace(old, new, 1)
    if found is None:
        assert parse_rounds(text)
    else:
        assert codes(text) == [found]


def test_a_desk_with_a_linked_panel_is_told_what_it_lacks() -> None:
    def told(text: str, site: Calendar) -> list[str]:
        return [each.code for each in judge_panel(parse_rounds(text), site)]

    assert told(ON, calendar()) == []
    assert told(LINKED, eight_hours()) == []
    assert told(LINKED, calendar()) == ["panel_shift_long"] * 2
    assert told(LINKED.replace("in_force = true", "in_force = false"), eight_hours()) == [
        "panel_no_record"
    ]
    alone = LINKED.replace("persons = 2", "persons = 1").replace('every = "2h"', 'every = "3h"')
    assert told(alone, eight_hours()) == ["panel_record_seldom", "panel_alone"]
    for each in judge_panel(parse_rounds(alone), calendar()):
        assert "GB 25201" in describe(each)


def test_a_site_without_the_file_and_one_with_a_broken_file_have_no_rounds(tmp_path: Path) -> None:
    scaffold(tmp_path, name="站", procedure="estate-dispatch", zone="Asia/Shanghai")
    assert not SiteData(tmp_path).rounds.in_force
    (tmp_path / ROUNDS).write_text("in_force = maybe", encoding="utf-8")
    broken = SiteData(tmp_path)
    assert broken.rounds == parse_rounds(SHIPPED)
    assert [each.file for each in broken.problems()] == [ROUNDS] == [f.file for f in broken.faults]
    (tmp_path / ROUNDS).unlink()
    assert SiteData(tmp_path).rounds == RoundsFile(in_force=False)
    assert SiteData(tmp_path).problems() == []
