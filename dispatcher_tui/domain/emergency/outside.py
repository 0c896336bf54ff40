"""The numbers outside the estate by their names, and which of them an emergency would miss."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.domain.words.terms import Label

NATIONAL = {
    "police": "110",
    "fire": "119",
    "ambulance": "120",
    "traffic": "122",
    "power": "95598",
    "counselling": "12356",
}
"""The same in every town: a site that does not name one of them has it all the same."""

LOCAL = ("lift_rescue", "lift_contractor", "gas", "water", "company", "committee")
"""Different in every town or on every estate: nobody can know them but the site."""

NAMES = (*NATIONAL, *LOCAL)


class Lacking(msgspec.Struct, frozen=True):
    """An outside number that is not known, and the kinds of emergency that have it rung."""

    name: str
    kinds: tuple[Label, ...]


def lacking_numbers(
    kinds: Iterable[tuple[Label, Sequence[str]]],
    outside: Mapping[str, str],
    inside: Collection[str],
) -> tuple[Lacking, ...]:
    """The outside numbers that kinds of emergency have rung and that the site does not know.

    Args:
        kinds: each kind's title, with whom it has rung: names of outside numbers, the estate's
            own people by what they are called, or numbers themselves.
        outside: the site's numbers by their names; an empty one is not known.
        inside: what the estate's own people are called in an order of calls.
    """
    found: dict[str, list[Label]] = {}
    for title, ring in kinds:
        for name in dict.fromkeys(ring):
            if name and name not in inside and not plausible_phone(outside.get(name) or name):
                found.setdefault(name, []).append(title)
    return tuple(Lacking(name, tuple(titles)) for name, titles in found.items())
