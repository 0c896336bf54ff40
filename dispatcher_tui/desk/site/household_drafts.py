"""Unfinished forms that speak of a household: of its place, its residents or their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import msgspec

from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.place import places_in
from dispatcher_tui.store.record_types import Draft

_NUMBER = re.compile(r"\d[\d\s()+-]*")
_FEWEST = 2
"""A resident of fewer characters would be found in nearly every text."""


class DraftDeleted(msgspec.Struct, frozen=True):
    """An unfinished form that was deleted; ``case`` is the number of the one it was about."""

    id: str
    case: str = ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _typed(draft: Draft) -> Iterator[str]:
    """What a form holds, and what it is about; the bytes as they are where nothing reads them."""
    yield draft.id.partition(":")[2]
    try:
        yield from _texts(msgspec.json.decode(draft.body))
    except (msgspec.DecodeError, RecursionError):
        yield draft.body.decode("utf-8", "replace")


def speaks_of(text: str, places: Collection[str], homes: Iterable[Household]) -> bool:
    """Whether a text has one of these places, however spelt, or who lives there, or a number."""
    if not places_in(text).isdisjoint(places):
        return True
    numbers = {phone_digits(match[0]) for match in _NUMBER.finditer(text)}
    for home in homes:
        if any(len(name) >= _FEWEST and name in text for name in home.residents):
            return True
        if numbers & {phone_digits(phone) for phone in home.phones if phone_digits(phone)}:
            return True
    return False


def drafts_about(
    drafts: Iterable[Draft], places: Collection[str], homes: Collection[Household]
) -> list[Draft]:
    """The unfinished forms that speak of a household."""
    return [d for d in drafts if any(speaks_of(text, places, homes) for text in _typed(d))]
