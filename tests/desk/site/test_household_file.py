"""One household's file: everything of it and of nobody else, and nothing that was forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.forgetting import forget
from dispatcher_tui.desk.site.household_file import household_file
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.site.lists.units import parse_units
from tests.desk.on_watch import DAY, open_desk
from tests.reports.readback import pages_of, rows_of

UNITS = (
    "place,resident,phone,note\n"
    "3-2-1502,钱多多,13912340001,二楼有狗\n"
    "3-2-1503,孙小美,13912340002,\n"
)
PLACE = "3-2-1502"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path, DAY, "王芳")
    adopt_units(desk, parse_units(UNITS), UNITS)
    return desk


def opened(desk: Desk, place: str, said: str) -> str:
    return desk.open_case(Intake(place=place, said=said)).case.id


def forms(desk: Desk, place: str = PLACE) -> dict[str, str]:
    """The file in each form, as what can be read in it."""
    to, report = printer(store=desk.store), household_file(desk, place)
    cells = rows_of(to.report(report, "xlsx"))
    return {
        "pdf": "".join(pages_of(to.report(report, "pdf"))),
        "xlsx": "".join(str(cell) for row in cells for cell in row if cell is not None),
        "md": to.report(report, "md").decode(),
        "txt": to.report(report, "txt").decode(),
        "json": to.report(report, "json").decode(),
    }


@pytest.mark.rule("P4-18", "recorded")
def test_its_cases_papers_and_entries_are_in_it_and_its_neighbours_are_not(desk: Desk) -> None:
    mine, theirs = opened(desk, PLACE, "卫生间漏水"), opened(desk, "3-2-1503", "楼上太吵")
    desk.issue_slip(mine)
    desk.perform(mine, cmd.AddNote(text="已看过现场"))
    found = household_file(desk, "3.2.1502")
    assert ([each.case.id for each in found.cases], found.place) == ([mine], PLACE)
    assert [paper.number for paper in found.papers] == [desk.record(mine).case.slip.number]
    assert desk.record(theirs).case.number not in {each.case.number for each in found.cases}
    for form, text in forms(desk).items():
        for word in ("卫生间漏水", "已看过现场", "钱多多", found.papers[0].number):
            assert word in text.replace("\n", ""), (form, word)
        assert "楼上太吵" not in text, form
        assert "孙小美" not in text, form
    told = json.loads(forms(desk)["json"])
    assert [case["id"] for case in told["cases"]] == [mine]
    assert [paper["where"] for paper in told["papers"]] == ["issued"]


@pytest.mark.rule("P4-18")
def test_what_was_forgotten_is_not_in_it_and_its_cases_stay(desk: Desk) -> None:
    opened(desk, PLACE, "卫生间漏水")
    forget(desk, PLACE)
    for form, text in forms(desk).items():
        assert [word for word in ("钱多多", "13912340001", "有狗") if word in text] == [], form
        assert "卫生间漏水" in text.replace("\n", ""), form
    assert household_file(desk, PLACE).household is None


def test_an_unknown_place_and_no_place_are_refused(desk: Desk) -> None:
    for place, code in (("99-9-9999", "household_unknown"), (" \x1b", "place_unnamed")):
        with pytest.raises(Refusal, match=code):
            household_file(desk, place)
    assert household_file(desk, "3-2-1503").cases == ()


def test_a_file_is_never_named_by_more_than_the_place_can_give(desk: Desk) -> None:
    opened(desk, "../地下 车库/B区", "灯不亮")
    stem = household_file(desk, "../地下 车库/B区").stem
    assert "/" not in stem
    assert "." not in stem
    assert stem.startswith("household-")
