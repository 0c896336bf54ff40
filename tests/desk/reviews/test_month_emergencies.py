"""Emergencies and leaders' orders carry their class in every count of a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.orders import ORDER_CLASS, issue_order
from dispatcher_tui.desk.reviews.months import month_report, read_month
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.reviews.month_json import figures_object
from dispatcher_tui.reports.registry import document_of
from dispatcher_tui.reports.xlsx.to_xlsx import xlsx
from tests.desk.alarms import sound, stood_down
from tests.desk.on_watch import clock_of, open_desk
from tests.domain.support import local
from tests.reports.readback import rows_of

MONTH = "2026-10"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of the first of October."""
    found = open_desk(tmp_path, local("2026-10-01 08:00:13"), "李建国")
    yield found
    found.store.close()


@pytest.mark.rule("P0-10")
def test_whatever_f9_opened_and_every_order_is_counted_by_its_class(desk: Desk) -> None:
    classes = {category.id: category for category in desk.site.categories}
    wanted = Counter[str]()
    wide = Counter[str]()
    for card in desk.site.cards:
        case = desk.open_emergency(card.id, "3-2").case
        (first, *_others) = card.categories
        assert (case.category, case.case_class) == (first, classes[first].case_class), card.id
        wanted[first] += 1
        wide[classes[first].case_class] += 1
    order = issue_order(desk, case.id, "陈志强", "封闭一单元", "3-2").case
    assert order.category == ORDER_CLASS
    wanted[ORDER_CLASS] += 1
    wide[classes[ORDER_CLASS].case_class] += 1
    figures = read_month(desk, MONTH).figures
    assert {each.key: each.n for each in figures.categories} == wanted
    assert {each.key: each.n for each in figures.classes} == wide
    assert "" not in wanted
    assert "" not in wide
    given = figures_object(figures, desk.rules.calendar.tz)
    for counts, key in ((wanted, "by_category"), (wide, "by_class")):
        assert {tuple(each.values()) for each in given[key]} == set(counts.items())


@pytest.mark.rule("P0-10")
def test_a_panels_repeat_a_flare_up_and_an_order_have_their_class_and_source_and_count_once(
    desk: Desk,
) -> None:
    clock = clock_of(desk)
    first = sound(desk, clock.at).done
    assert first is not None
    again = sound(desk, clock.at + timedelta(seconds=600))
    assert again.repeated
    stood_down(desk, first.case.id)
    clock.at += timedelta(seconds=1)
    desk.perform(first.case.id, cmd.ResumeEmergency(reason="复燃"))
    stood_down(desk, first.case.id)
    anew = sound(desk, clock.at + timedelta(seconds=1)).done
    assert anew is not None
    assert anew.case.id != first.case.id
    issue_order(desk, anew.case.id, "陈志强", "封闭一单元", "")
    classes = {category.id: category.case_class for category in desk.site.categories}
    figures = read_month(desk, MONTH).figures
    assert {each.key: each.n for each in figures.categories} == {"fire_alarm": 2, ORDER_CLASS: 1}
    wide = Counter({classes["fire_alarm"]: 2}) + Counter({classes[ORDER_CLASS]: 1})
    assert {each.key: each.n for each in figures.classes} == wide
    given = figures_object(figures, desk.rules.calendar.tz)
    sources = {tuple(each.values()) for each in given["by_channel"]}
    assert sources == {("panel", 2), ("superior", 1)}


@pytest.mark.rule("P0-10")
def test_what_a_drill_opens_on_its_copy_has_its_class_too(desk: Desk) -> None:
    desk.scratch = True
    for card in desk.site.cards:
        case = desk.open_emergency(card.id, "3-2").case
        assert (case.category, bool(case.case_class)) == (card.categories[0], True), card.id


@pytest.mark.rule("P0-10")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_id_of_a_kind_or_a_class_stands_in_the_workbook(
    desk: Desk, lang: Literal["zh", "en"]
) -> None:
    for card in desk.site.cards:
        case = desk.open_emergency(card.id, "3-2").case
    issue_order(desk, case.id, "陈志强", "封闭一单元", "3-2")
    use(lang)
    shown = {
        str(cell)
        for row in rows_of(xlsx(document_of(month_report(desk, MONTH)), lambda _text: None))
        for cell in row
    }
    ids = {card.id for card in desk.site.cards} | {each.id for each in desk.site.categories}
    raw = {each for each in ids if "_" in each}
    assert raw
    assert not {cell for cell in shown for each in raw if each in cell}
