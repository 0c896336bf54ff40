"""Who says that an emergency is over: the words of a stand-down begin with their name (E-05)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dispatcher_tui.domain.words.people import Person

_AFTER_A_NAME = re.compile(r"[：:，,。；;！!？?、]")


def who_says(note: str, people: Sequence[Person]) -> tuple[str, str]:
    """Who a note begins with: the roster's id and the name; no id for whom it does not know for
    sure, whose name is what stands before the first mark.

    Of two on the roster with the same name neither is known for sure.
    """
    words = note.strip()
    known = [person for person in people if person.name and words.startswith(person.name)]
    longest = max((len(person.name) for person in known), default=0)
    found = [person for person in known if len(person.name) == longest]
    if len(found) == 1:
        return found[0].id, found[0].name
    return "", found[0].name if found else _AFTER_A_NAME.split(words, maxsplit=1)[0].strip()
