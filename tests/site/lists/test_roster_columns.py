"""Every column of the roster wrong once: row, column and reason, in both languages."""

from __future__ import annotations

import pytest

from dispatcher_tui.site.lists.roster import COLUMNS, parse_roster
from dispatcher_tui.site.problems import SiteError, SiteProblem
from tests.site.every_field import STRANGER, proved

ROW = dict.fromkeys(COLUMNS, "") | {
    "id": "a",
    "name": "甲",
    "role": "head",
    "phone1": "13900000101",
}

FREE_COLUMNS = {"id", "name", "role", "group", "title", "post", "skills"}
"""What takes any words."""


def cells(**changed: str) -> str:
    row = {**ROW, **changed}
    header = ",".join(COLUMNS)
    return f"{header}\n{','.join(row.values())}\n"


def of_roster(text: str) -> list[SiteProblem]:
    try:
        parse_roster(text)
    except SiteError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_of_the_roster_that_is_wrong_is_named(column: str) -> None:
    assert of_roster(cells()) == []
    bad = {"unknown": {column: STRANGER}, "letters": {column: "13x"}, "minus": {column: "-1"}}
    if column.startswith("on_"):
        other = "on_until" if column == "on_from" else "on_from"
        bad |= {"late": {column: "24:01", other: "08:00"}, "half": {column: "08:00"}}
    if column.startswith("valid_"):
        bad |= {"no day": {column: "2026-02-30"}, "year": {column: "0000-01-01"}}
    if column == "deputy":
        bad |= {"loop": {column: "a"}}
    for what, changed in bad.items():
        found = of_roster(cells(**changed))
        if column in FREE_COLUMNS:
            assert found == [], what
            continue
        assert found, what
        for problem in found:
            proved(problem, "roster.csv")
            assert problem.key.startswith("row 2 ")
    if column in ("id", "name", "role"):
        (empty,) = of_roster(cells(**{column: ""}))
        assert (empty.key, empty.code) == (f"row 2 {column}", "empty_text")
    header, row = cells().splitlines()
    strange = of_roster(f"{header.replace(column, column + 'x', 1)}\n{row}\n")[0]
    assert strange.code == "unknown_column"
    assert strange.detail["near"] == column or column == "id"


def test_an_id_of_the_roster_stands_once() -> None:
    header, row = cells().splitlines()
    (found,) = of_roster(f"{header}\n{row}\n{row}\n")
    assert (found.key, found.code) == ("row 3 id", "taken")
