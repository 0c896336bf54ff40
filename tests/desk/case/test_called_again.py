"""A call about a case that reports an emergency is never merely a caller more on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.case.called_again import call_again
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import holding, open_emergency
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.site.load import load
from dispatcher_tui.site.scaffold import procedures_to_begin_with, scaffold
from dispatcher_tui.store.store import Store
from tests.domain.support import local
from tests.tui.support import SetClock

PLACE = "3-2-1502"


@pytest.fixture(params=sorted(procedures_to_begin_with()))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk under each procedure at night."""
    scaffold(tmp_path / "site", name="翠湖花园", procedure=request.param, zone="Asia/Shanghai")
    site, path = load(tmp_path / "site"), tmp_path / "desk.sqlite3"
    Store.create(path, site="翠湖花园", desk="desk-1", ballast=0).close()
    store = Store.open(path, ballast=0)
    made = Desk(store, SetClock(local("2026-11-18 03:00")), site, "李建国")
    adopt_site(made, site)
    yield made
    store.close()


def burning(**more: object) -> Intake:
    """Somebody says that it burns there; by class, by fact, or as a caller who rings again."""
    return Intake(place=PLACE, said="厨房着火了", **more)  # type: ignore[arg-type]


SAID = (
    {"category": "smoke_fire"},
    {"facts": (Fact.NOW, Fact.FIRE)},
    {"facts": (Fact.FIRE,), "kind": IntakeKind.AGAIN},
)


@pytest.mark.parametrize("more", SAID)
def test_a_leak_that_burns_by_now_opens_the_emergency(desk: Desk, more: dict[str, object]) -> None:
    leak = desk.open_case(Intake(place=PLACE, said="厕所漏水", category="leak")).case
    done = call_again(desk, leak.id, burning(**more))
    assert done.case.id != leak.id
    assert done.case.place == PLACE
    assert [each.case_id for each in holding(desk)] == [done.case.id]
    assert desk.record(leak.id).case.rings == 1, "it is counted where the caller meant it as well"
    assert desk.record(leak.id).case.level == leak.level


@pytest.mark.parametrize("more", SAID)
def test_what_flares_up_after_it_was_stood_down_is_an_emergency_anew(
    desk: Desk, more: dict[str, object]
) -> None:
    first = open_emergency(desk, "fire", "", PLACE)
    desk.perform(first, cmd.StandDown(note="灭了", unreached=("都没叫到",), why="当时已灭"))
    assert holding(desk) == ()
    done = call_again(desk, first, burning(**more))
    assert [each.case_id for each in holding(desk)] == [done.case.id]
    assert done.case.id != first


@pytest.mark.parametrize("more", SAID)
def test_one_more_caller_about_a_fire_that_goes_on_is_counted(
    desk: Desk, more: dict[str, object]
) -> None:
    first = open_emergency(desk, "fire", "", PLACE)
    done = call_again(desk, first, burning(**more))
    assert done.case.id == first
    assert done.case.rings == 1
    assert len(holding(desk)) == 1


def test_last_weeks_fall_is_only_counted(desk: Desk) -> None:
    fall = desk.open_case(Intake(place=PLACE, said="路滑", category="leak")).case
    done = call_again(desk, fall.id, Intake(place=PLACE, said="上周摔的", facts=(Fact.INJURY,)))
    assert done.case.id == fall.id
    assert holding(desk) == ()
