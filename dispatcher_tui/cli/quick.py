"""The one command that alarm panels call: ``case open``, read without the command line's library.

Only a line on which everything is in order is read here. Any other goes to ``cli``, which knows
the same options and says what is wrong; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dispatcher_tui.domain.record.opening import FIELDS, Typed
from dispatcher_tui.domain.words.terms import Channel

if TYPE_CHECKING:
    from dispatcher_tui.desk.case.intake import Intake

COMMAND = ("case", "open")
SHARED = ("--site", "--db", "--lang")
AT, PROCEDURE = "--at", "--procedure"
VALUES = (*(f"--{field.as_option}" for field in FIELDS), AT, PROCEDURE)
FLAG = "--json"


class OpeningAsked(NamedTuple):
    """What ``case open`` was asked for, word for word; ``at`` is when it came in, as typed."""

    form: Intake
    at: str = ""
    as_json: bool = False


def _read(arguments: list[str], known: tuple[str, ...]) -> dict[str, list[str]] | None:
    """Options with their values, by their names without dashes; None where anything is amiss."""
    found: dict[str, list[str]] = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in known or (name == FLAG and equals):
            return None
        if not equals and name != FLAG:
            if not rest:
                return None
            value = rest.pop(0)
        found.setdefault(name.removeprefix("--"), []).append(value)
    return found


def shared_only(arguments: list[str]) -> dict[str, str] | None:
    """The shared options where there is nothing else on the line, else None."""
    found = _read(arguments, SHARED)
    return None if found is None else {name: values[-1] for name, values in found.items()}


def form_of(told: Mapping[str, object]) -> Intake:
    """The intake's form with what was told, by the form's names; of many values each once.

    Where a panel is named and no channel, it came in by the panel.

    Raises:
        ValueError: a value is none of those there are.
    """
    from dispatcher_tui.desk.case.intake import Intake

    given = ((k, v) for k, v in told.items() if v is not None)
    once = {k: tuple(dict.fromkeys(v)) if isinstance(v, list) else v for k, v in given}
    if str(once.get("panel", "")).strip():
        once.setdefault("channel", Channel.PANEL)
    return msgspec.convert(once, Intake)


def _asked(found: dict[str, list[str]]) -> OpeningAsked | None:
    """What is to be opened; None where a value is none of those there are."""
    told: dict[str, object] = {"procedure": found.get("procedure", [""])[-1]}
    for field in FIELDS:
        values = found.get(field.as_option)
        if values:
            told[field.on_form] = values if field.typed is Typed.CHOICES else values[-1]
    try:
        return OpeningAsked(form_of(told), found.get("at", [""])[-1], "json" in found)
    except ValueError:
        return None


def read_opening(arguments: list[str]) -> tuple[dict[str, str], OpeningAsked] | None:
    """The shared options and what is to be opened; None where this is for ``cli`` to read."""
    for at in range(len(arguments) - 1):
        if tuple(arguments[at : at + 2]) == COMMAND:
            break
    else:
        return None
    before = shared_only(arguments[:at])
    after = _read(arguments[at + 2 :], (*SHARED, *VALUES, FLAG))
    if before is None or after is None:
        return None
    names = [name.removeprefix("--") for name in SHARED]
    shared = {name: after.pop(name)[-1] for name in names if name in after}
    asked = _asked(after)
    return None if asked is None else ({**before, **shared}, asked)
