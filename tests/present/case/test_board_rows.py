"""A line of the board: how urgent it is, by area and letter, at the second it changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dispatcher_tui.present.case.board_rows import (
    LEAD,
    BoardRow,
    Face,
    Urgency,
    badge,
    columns,
    lead,
    rest,
    urgency,
)
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.line_texts import veiled_place
from dispatcher_tui.present.spans import cells_of, plain

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
SECOND, SOON = timedelta(seconds=1), timedelta(minutes=30)


def row(**changed: Any) -> BoardRow:
    """A case that is due in an hour."""
    fields: dict[str, Any] = {
        "case_id": "a",
        "number": "261121-01",
        "due": NOW + timedelta(hours=1),
        "level": "ordinary",
        "level_text": "ord.",
        "place": "3-2-1502",
        "content": "words",
        "assignee": "张伟",
        "step": "1st follow-up",
        "shout": False,
        "grave": False,
        "emergency": False,
    }
    return BoardRow(**{**fields, **changed})


def face(made: BoardRow, **changed: Any) -> Face:
    """How it looks now."""
    return Face(made, remaining(made.due, NOW), urgency(made, NOW), **changed)


@pytest.mark.parametrize(
    ("left", "shout", "found"),
    [
        (-SECOND, False, Urgency.OVERDUE),
        (-SECOND, True, Urgency.OVERDUE),
        (timedelta(0), False, Urgency.SOON),
        (timedelta(0), True, Urgency.UNTOLD),
        (SOON - SECOND, False, Urgency.SOON),
        (SOON, False, Urgency.RUNNING),
        (SOON, True, Urgency.UNTOLD),
    ],
)
def test_urgency_at_its_boundaries(left: timedelta, shout: bool, found: Urgency) -> None:
    assert urgency(row(due=NOW + left, shout=shout), NOW) is found


def test_paper_waits_and_a_draft_has_no_clock() -> None:
    assert urgency(row(paper=True), NOW) is Urgency.PAPER
    assert urgency(row(paper=True, due=NOW + SECOND), NOW) is Urgency.SOON
    assert urgency(row(draft=True, due=None), NOW) is Urgency.DRAFT
    assert urgency(row(due=None), NOW) is Urgency.RUNNING


@pytest.mark.parametrize(
    ("lang", "letters"), [("zh", "逾未近单稿"), ("en", ["!!", "**", "<", "#", "~"])]
)
def test_every_badge_has_its_letters(lang: Language, letters: list[str]) -> None:
    kinds = (Urgency.OVERDUE, Urgency.UNTOLD, Urgency.SOON, Urgency.PAPER, Urgency.DRAFT)
    use(lang)
    try:
        assert [badge(kind) for kind in kinds] == [*letters]
        assert badge(Urgency.RUNNING) == ""
    finally:
        use("en")


@pytest.mark.parametrize("cursor", [False, True])
@pytest.mark.parametrize("left", [-1, 0, 29 * 60, 31 * 60, 500 * 3600])
@pytest.mark.parametrize("shout", [False, True])
def test_the_lead_takes_its_cells(left: int, shout: bool, cursor: bool) -> None:
    made = row(due=NOW + timedelta(seconds=left), shout=shout)
    assert cells_of(lead(face(made, cursor=cursor))) == LEAD


def filled(face: Face) -> list[tuple[str, str]]:
    """The runs of the lead with their roles."""
    return [(span.text, span.role) for span in lead(face)]


def test_what_has_a_ground_keeps_it_under_the_cursor() -> None:
    over, untold = row(due=NOW - SECOND), row(shout=True)
    assert filled(face(over)) == [(" ", ""), (" -00:00:01 !! ", "over"), (" ", "")]
    chosen = filled(face(over, cursor=True))
    assert chosen == [(">", "sel"), (" -00:00:01 !! ", "over"), (" ", "sel")]
    assert filled(face(untold))[1:3] == [("  01:00:00", "warnt"), (" ** ", "warn")]
    assert filled(face(untold, cursor=True))[1:3] == [("  01:00:00", "sel"), (" ** ", "warn")]
    away = filled(face(row(), cursor=True, focus=False))
    assert (away[0], away[-1]) == (("*", "tint"), (" ", "tint"))


def test_hours_that_are_not_there_are_muted() -> None:
    soon = filled(face(row(due=NOW + timedelta(seconds=803))))
    assert soon[1:4] == [("  00:", "fg2"), ("13:23", "warnt"), (" <  ", "warnt")]
    assert filled(face(row()))[1] == ("  01:00:00", "")


def said(face: Face) -> dict[str, str]:
    """The role of each column by its words, in a line of 80 cells."""
    line = rest(face, columns(80, 5), 80)
    assert cells_of(line) == 80 - LEAD
    return {span.text.strip(): span.role for span in line if span.text.strip()}


def test_the_rest_of_a_line_by_how_it_stands() -> None:
    plain_row = said(face(row()))
    assert plain_row == {
        "ord.": "",
        "3-2-1502": "",
        "words": "",
        "1st follow-up": "",
        "张伟": "",
        "261121-01": "fg2",
    }
    over = said(face(row(due=NOW - SECOND, shout=True, assignee="nobody")))
    assert (over["3-2-1502"], over["words"], over["nobody"]) == ("fg0", "fg0", "warn")
    assert set(said(face(row(paper=True))).values()) == {"fg2"}
    chosen = said(face(row(), cursor=True))
    assert set(chosen.values()) == {"sel"}


def test_levels_are_filled_while_they_matter() -> None:
    assert said(face(row(grave=True, level_text="GRAVE")))["GRAVE"] == "grave"
    held = row(emergency=True, grave=True, level_text="EMERG", holds=True)
    assert said(face(held))["EMERG"] == "over"
    after = row(emergency=True, grave=True, level_text="EMERG", paper=True)
    assert said(face(after))["EMERG"] == "overt"


def test_what_was_not_looked_at_has_its_place_underlined() -> None:
    assert said(face(row(), unseen=True))["3-2-1502"] == "unseen"
    assert said(face(row(), unseen=True, cursor=True))["3-2-1502"] == "sel"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_columns_at_80_and_what_grows_beyond(lang: Language) -> None:
    use(lang)
    try:
        level, step = (4, 10) if lang == "zh" else (5, 13)
        at_80 = columns(80, level)
        content = 20 if lang == "zh" else 16
        assert at_80.widths() == (level, 9, content, step, 6, 10)
        for width in range(0, 301, 7):
            shape = columns(width, level)
            line = rest(face(row()), shape, width)
            assert cells_of(line) == max(0, width - LEAD), width
        assert columns(160, level).content >= 40
        veiled = columns(80, level, veiled=True)
        assert (veiled.who, veiled.content, veiled.step) == (0, 0, step)
    finally:
        use("en")


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("3-2-1502", "3-2-****"),
        ("11-1-0203", "11-1-****"),
        ("18-1502", "18-****"),
        ("5-1", "5-1"),
        ("5", "5"),
        ("A2-1-0301", "A2-1-****"),
        ("1502", "****"),
        ("5-1 电梯", "5-1-****"),
        ("王先生家", "****"),
        ("", ""),
    ],
)
def test_a_veiled_place_says_building_and_unit_alone(place: str, shown: str) -> None:
    assert veiled_place(place) == shown
    assert plain(rest(face(row(place=shown)), columns(80, 5), 80)).count("1502") == 0
