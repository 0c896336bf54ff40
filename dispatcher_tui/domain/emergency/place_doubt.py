"""What speaks against a text being the place of an emergency, before it is written down as one."""

from __future__ import annotations

from enum import StrEnum

from dispatcher_tui.domain.words.covered import may_be_pin
from dispatcher_tui.domain.words.place import PlaceKnown, is_unit, needs_asking, normalise_place


class PlaceDoubt(StrEnum):
    """Why it is not simply written down: it may be a PIN, which nobody is to read; keys that were
    meant for a call; or words that would take the place of one that is known.
    """

    PIN = "pin"
    KEYS = "keys"
    REPLACES = "replaces"


def place_doubt(recorded: str, typed: str, known: PlaceKnown, *, locked: bool) -> PlaceDoubt | None:
    """What speaks against a typed place; None where nothing does, or it is the recorded one.

    Args:
        recorded: the place as the record has it; empty while it is not known.
        typed: as it was typed.
        known: what the register has of it.
        locked: nobody has signed in.
    """
    place = normalise_place(typed)
    if not place or place == recorded:
        return None
    if locked and may_be_pin(typed) and known is not PlaceKnown.HOME:
        return PlaceDoubt.PIN
    if needs_asking(place):
        return PlaceDoubt.KEYS
    unheard = known is PlaceKnown.NOT_LISTED or (known is PlaceKnown.NO_LIST and not is_unit(place))
    return PlaceDoubt.REPLACES if recorded and unheard else None


def no_such_room(typed: str, known: PlaceKnown) -> bool:
    """Whether a place is one of a building that the register does not have: written down at once
    where no other is known, and said."""
    return known is PlaceKnown.NOT_LISTED and is_unit(typed)
