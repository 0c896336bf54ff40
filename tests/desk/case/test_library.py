"""The case library: what was learnt is kept with the case, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.find import find
from dispatcher_tui.desk.case.library import (
    examples_by_class,
    mark_typical,
    read_library,
    typical_ids,
    unmark_typical,
)
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from tests.desk.life import final
from tests.desk.on_watch import day_watch


def numbers(desk: Desk, text: str = "") -> list[str]:
    return [each.line.number for each in read_library(desk, text)]


@pytest.mark.rule("P4-17")
def test_it_is_browsed_newest_first_and_searched_by_class_words_lessons_and_initials(
    tmp_path: Path,
) -> None:
    desk = day_watch(tmp_path)
    leak = final(desk, "2026-11-18 09:00", said="厨房漏水")
    lift = final(desk, "2026-11-18 10:00", said="电梯停在两层之间", category="lift_fault")
    final(desk, "2026-11-18 11:00", said="总阀也漏水")
    mark_typical(desk, leak.id, "先关楼层总阀再找人")
    mark_typical(desk, lift.id, "先安抚, 不要扒门")
    assert numbers(desk) == [lift.number, leak.number]
    for text in ("总阀", "厨房", "漏水", "ls", leak.number):
        assert numbers(desk, text) == [leak.number]
    assert numbers(desk, "没有的词") == []
    assert read_library(desk, "扒门")[0].lessons == "先安抚, 不要扒门"


@pytest.mark.rule("P4-17")
def test_find_finds_a_case_by_its_lessons(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    leak = final(desk, "2026-11-18 09:00")
    assert find(desk, "楼层总阀").cases == ()
    mark_typical(desk, leak.id, "先关楼层总阀再找人")
    assert [line.number for line in find(desk, "楼层总阀").cases] == [leak.number]
    unmark_typical(desk, leak.id, "写错了案")
    assert find(desk, "楼层总阀").cases == ()


@pytest.mark.rule("P4-17")
def test_what_teaches_nothing_is_not_taken_in_and_leaving_has_a_reason(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    leak = final(desk, "2026-11-18 09:00")
    with pytest.raises(Refusal, match="lessons_missing"):
        mark_typical(desk, leak.id, "  ")
    with pytest.raises(Refusal, match="not_typical"):
        unmark_typical(desk, leak.id, "x")
    mark_typical(desk, leak.id, "先关总阀")
    rows = desk.store.rows()
    mark_typical(desk, leak.id, "先关总阀 ")
    assert desk.store.rows() == rows
    with pytest.raises(Refusal, match="reason_missing"):
        unmark_typical(desk, leak.id, "")
    mark_typical(desk, leak.id, "先关总阀, 再贴告示")
    assert [each.lessons for each in read_library(desk)] == ["先关总阀, 再贴告示"]
    unmark_typical(desk, leak.id, "不典型")
    assert (typical_ids(desk), read_library(desk)) == (frozenset(), ())


@pytest.mark.rule("P4-17")
def test_the_newest_of_a_class_is_there_for_the_next_call(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    old, new = final(desk, "2026-11-18 09:00"), final(desk, "2026-11-18 10:00")
    for case, lessons in ((new, "新"), (old, "旧")):
        mark_typical(desk, case.id, lessons)
    found = examples_by_class(desk)
    assert {name: each.line.number for name, each in found.items()} == {"leak": new.number}
