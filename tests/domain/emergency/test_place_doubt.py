"""What is asked before a typed text is the place of an emergency (E-02)."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.place_doubt import PlaceDoubt, no_such_room, place_doubt
from dispatcher_tui.domain.site.register import Register
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.place import PlaceKnown

KNOWN, SENTENCE = "3-2-1502", "他说火很大有烟出来"


@pytest.mark.parametrize(
    ("recorded", "typed", "known", "locked", "doubt"),
    [
        ("", "", PlaceKnown.NOT_LISTED, False, None),
        (KNOWN, "3.2.1502", PlaceKnown.NOT_LISTED, False, None),
        ("", KNOWN, PlaceKnown.HOME, False, None),
        (KNOWN, "3-2-1503", PlaceKnown.HOME, False, None),
        (KNOWN, "4-1", PlaceKnown.PART, False, None),
        ("", "北门", PlaceKnown.NOT_LISTED, False, None),
        ("", SENTENCE, PlaceKnown.NOT_LISTED, False, None),
        (KNOWN, SENTENCE, PlaceKnown.NOT_LISTED, False, PlaceDoubt.REPLACES),
        (KNOWN, "北门", PlaceKnown.NO_LIST, False, PlaceDoubt.REPLACES),
        (KNOWN, "3-2-15021", PlaceKnown.NOT_LISTED, False, PlaceDoubt.REPLACES),
        ("", "3-2-15021", PlaceKnown.NOT_LISTED, False, None),
        ("", "3-2-15021", PlaceKnown.NO_LIST, False, None),
        (KNOWN, "3-2-15021", PlaceKnown.NO_LIST, False, None),
        ("", "12", PlaceKnown.NOT_LISTED, False, PlaceDoubt.KEYS),
        (KNOWN, "12", PlaceKnown.PART, False, PlaceDoubt.KEYS),
        ("", "3921", PlaceKnown.NOT_LISTED, False, PlaceDoubt.KEYS),
        ("", "3921", PlaceKnown.NOT_LISTED, True, PlaceDoubt.PIN),
        (KNOWN, "3921", PlaceKnown.NO_LIST, True, PlaceDoubt.PIN),
        ("", "392", PlaceKnown.NOT_LISTED, True, PlaceDoubt.KEYS),
        ("", "1502", PlaceKnown.HOME, True, PlaceDoubt.KEYS),
    ],
)
def test_what_is_asked_of_a_text(
    recorded: str, typed: str, known: PlaceKnown, doubt: PlaceDoubt | None, *, locked: bool
) -> None:
    assert place_doubt(recorded, typed, known, locked=locked) is doubt


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("3-2-1502", PlaceKnown.HOME),
        ("3-2", PlaceKnown.PART),
        ("3", PlaceKnown.PART),
        ("3-2-15", PlaceKnown.NOT_LISTED),
        ("3-2-15021", PlaceKnown.NOT_LISTED),
        ("", PlaceKnown.NOT_LISTED),
    ],
)
def test_the_register_knows_a_place_part_by_part(place: str, known: PlaceKnown) -> None:
    register = Register([Household("3-2-1502", (), ())], lambda _name: ())
    assert register.knows(place) is known
    assert Register([], lambda _name: ()).knows(place) is PlaceKnown.NO_LIST


@pytest.mark.parametrize(
    ("typed", "known", "missing"),
    [
        ("3-2-15021", PlaceKnown.NOT_LISTED, True),
        ("3栋2单元15021", PlaceKnown.NOT_LISTED, True),
        ("3-2-1502", PlaceKnown.HOME, False),
        ("3-2", PlaceKnown.PART, False),
        ("3-2-15021", PlaceKnown.NO_LIST, False),
        ("北门", PlaceKnown.NOT_LISTED, False),
    ],
)
def test_a_room_that_is_not_there_is_told(typed: str, known: PlaceKnown, *, missing: bool) -> None:
    assert no_such_room(typed, known) is missing
