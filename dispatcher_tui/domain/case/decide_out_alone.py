"""Somebody goes out alone, is asked whether he is safe, and comes back: what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.out_alone_events import CameBackSafe, SafetyAsked, SentAlone
from dispatcher_tui.domain.watch.out_alone import OutAlone
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import clean_text


class SendAsked(msgspec.Struct, frozen=True):
    """Who goes out alone, as somebody gives it; ``person`` is the roster's id where he is on it."""

    name: str
    person: str = ""
    place: str = ""
    about: str = ""
    minutes: int = 0


def _words(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()


def _found(out: Sequence[OutAlone], number: int) -> OutAlone:
    found = next((each for each in out if each.number == number), None)
    if found is None:
        raise Refusal("alone_not_out", number=str(number))
    return found


def sent_alone(
    out: Sequence[OutAlone], ever: int, asked: SendAsked, minutes: int, most: int
) -> SentAlone:
    """The entry that somebody went; ``ever``: how many went before him, ``minutes``: how often he
    is asked where nothing else is said, ``most`` so many at the most.

    Raises:
        Refusal: no name, he is out already, or minutes that cannot stand.
    """
    name, every = _words(asked.name), asked.minutes or minutes
    if not name:
        raise Refusal("alone_name_missing")
    refuse_figure(name)
    if any(each.name == name for each in out):
        raise Refusal("alone_out_already", name=name)
    if not 1 <= every <= most:
        raise Refusal("alone_minutes_unfit", most=str(most))
    return SentAlone(
        number=ever + 1,
        name=name,
        person=asked.person,
        place=normalise_place(_words(asked.place)),
        about=_words(asked.about),
        minutes=every,
    )


def safety_asked(
    out: Sequence[OutAlone], number: int, now: datetime, *, safe: bool, second: str = ""
) -> SafetyAsked:
    """The entry that he was rung: he is safe, does not answer, or ``second`` was sent after him.

    Raises:
        Refusal: nobody is out under that number, he is to go after himself, or does not answer
            again: that would give the second one more time.
    """
    found, name = _found(out, number), _words(second)
    if name:
        refuse_figure(name)
        if name == found.name:
            raise Refusal("alone_second_same", name=name)
    elif found.silent and not safe:
        raise Refusal("alone_silent_already", name=found.name)
    due = found.due if now >= found.due else None
    return SafetyAsked(number=number, name=found.name, safe=safe, second=name, due=due)


def came_back_safe(out: Sequence[OutAlone], number: int, note: str = "") -> CameBackSafe:
    """The entry that he is back.

    Raises:
        Refusal: nobody is out under that number.
    """
    return CameBackSafe(number=number, name=_found(out, number).name, note=_words(note))
