"""Whom a typed name may mean: those nobody has reached yet; and who, told, may come now (E-03)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.text import fold

MOST = 5
"""So many are offered at most."""


def likely(
    typed: str, people: Sequence[Person], initials: Mapping[str, Sequence[str]], case: Case
) -> tuple[Person, ...]:
    """The unreached whom a name may mean, the nearest first."""
    told = {call.person for call in case.calls if call.told_at is not None}
    return resembling(typed, [person for person in people if person.id not in told], initials)


def resembling(
    typed: str, people: Sequence[Person], initials: Mapping[str, Sequence[str]]
) -> tuple[Person, ...]:
    """Whom a name may mean, the nearest first: by name, initials or number.

    A name has at least one character in common, initials begin with what was typed or it with
    them, a number ends as it was typed. ``initials`` are those of the ``people``, by their ids.
    """
    name = fold(typed).strip()

    def nearness(person: Person) -> int:
        shared = len(set(name) & set(fold(person.name)) - {" "})
        same = any(x and (x.startswith(name) or name.startswith(x)) for x in initials[person.id])
        number = len(name) > 2 and any(phone.endswith(name) for phone in person.phones)
        return shared + 10 * (same or number)

    if not name:
        return ()
    found = [person for person in people if nearness(person)]
    return tuple(sorted(found, key=nearness, reverse=True)[:MOST])


def may_come(case: Case, deciding: Collection[str]) -> tuple[str, ...]:
    """The ids of those who were told, whoever is heard of next first.

    In the order in which they were told; those of the ``deciding`` roles after those who go to the
    scene, last of all whoever has reported back.
    """
    back = {each.person for each in case.called if each.reported_back_at is not None}
    told = {call.person: call.role in deciding for call in case.calls if call.told_at is not None}
    return tuple(sorted(filter(None, told), key=lambda who: (who in back, told[who])))
