"""A note on a household stands until its moment and not at it, or until somebody ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dispatcher_tui.domain.site.household_notes import (
    OVER_KEPT,
    HouseholdNote,
    NotedHere,
    NotedHome,
    NoteError,
    added,
    ended,
    holds_place,
    notes_text,
    over,
    parse_notes,
    standing,
    without_places,
)
from dispatcher_tui.domain.site.notes_report import HouseholdNotesReport
from dispatcher_tui.domain.words.terms import NoteKind
from tests.domain.support import local

NOW, UNTIL = local("2026-11-18 07:00"), local("2026-11-20 23:30")
SECOND = timedelta(seconds=1)
DOG = HouseholdNote("a", "3-2-1502", NoteKind.DOG, NOW, "王芳", "黑背, 会扑人", UNTIL)
OXYGEN = HouseholdNote("b", "1-1-0101", NoteKind.LIFE_SUPPORT, NOW, "王芳")


@pytest.mark.parametrize(
    ("at", "stands"), [(UNTIL - SECOND, True), (UNTIL, False), (UNTIL + SECOND, False)]
)
def test_it_is_over_exactly_at_its_moment(at: datetime, stands: bool) -> None:
    assert DOG.stands(at) is stands
    both = (DOG, OXYGEN)
    assert standing(both, at) == ((OXYGEN, DOG) if stands else (OXYGEN,))
    assert over(both, at) == (() if stands else (DOG,))
    home = NotedHome(DOG)
    here = NotedHere((DOG,), (home, NotedHome(OXYGEN)), {"x": frozenset({NoteKind.DOG})})
    assert here.homes_for("x", at) == ((home,) if stands else ())
    assert here.homes_for("y", at) == ()


def test_without_a_moment_it_stands_until_it_is_ended() -> None:
    assert OXYGEN.stands(NOW + timedelta(days=36_500))
    late = NOW + timedelta(hours=3)
    dog, oxygen = ended((DOG, OXYGEN), "b", late, "李建国", " 搬走了 ")
    assert dog == DOG
    assert (oxygen.ended_at, oxygen.ended_by, oxygen.reason) == (late, "李建国", "搬走了")
    assert not oxygen.stands(late)
    assert oxygen.over_at() == late


def test_a_page_that_stays_open_loses_what_expires_and_nothing_else() -> None:
    dog, oxygen = NotedHome(DOG), NotedHome(OXYGEN)
    report = HouseholdNotesReport("", NOW.tzinfo or UNTIL.tzinfo, NOW, (dog, oxygen))  # type: ignore[arg-type]
    assert report.at_moment(UNTIL - SECOND).standing == (dog, oxygen)
    later = report.at_moment(UNTIL)
    assert (later.standing, later.over) == ((oxygen,), (dog,))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"place": " "}, "household_note_place"),
        ({"kind": NoteKind.OTHER, "text": " "}, "household_note_words"),
        ({"until": NOW}, "household_note_past"),
        ({"until": NOW - SECOND}, "household_note_past"),
    ],
)
def test_what_can_be_no_note_is_none(change: dict[str, object], code: str) -> None:
    from msgspec.structs import replace

    with pytest.raises(NoteError) as caught:
        added((OXYGEN,), replace(DOG, **change))
    assert caught.value.code == code
    assert added((), replace(DOG, until=NOW + SECOND))


def test_one_that_is_over_is_not_ended_again_and_none_without_a_reason() -> None:
    for note_id, at, reason, code in (
        ("a", UNTIL, "走了", "household_note_over"),
        ("z", NOW, "走了", "household_note_over"),
        ("a", UNTIL - SECOND, "  ", "household_note_reason"),
    ):
        with pytest.raises(NoteError) as caught:
            ended((DOG, OXYGEN), note_id, at, "李建国", reason)
        assert caught.value.code == code
    assert ended((DOG,), "a", UNTIL - SECOND, "李建国", "走了")


def test_what_was_over_long_ago_leaves_the_list_with_the_next_change() -> None:
    new = HouseholdNote("c", "2-1-0904", NoteKind.DISPUTE, UNTIL + OVER_KEPT, "王芳")
    assert added((DOG, OXYGEN), new) == (DOG, OXYGEN, new)
    from msgspec.structs import replace

    later = replace(new, added_at=UNTIL + OVER_KEPT + SECOND)
    assert added((DOG, OXYGEN), later) == (OXYGEN, later)


def test_the_text_of_the_list_gives_it_back_and_forgets_a_place() -> None:
    text = notes_text((DOG, OXYGEN))
    assert parse_notes(text) == (DOG, OXYGEN)
    assert parse_notes(notes_text(())) == ()
    assert holds_place(text, {"3-2-1502"})
    assert not holds_place(text, {"3-2-150"})
    assert holds_place("no list, 3-2-1502", {"3-2-1502"})
    assert without_places(text, {"3-2-1502", "9-9-9"}) == (OXYGEN,)
