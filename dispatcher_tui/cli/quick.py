"""The one command that alarm panels call: ``case open``, read without the command line's library.

Only a line on which everything is in order is read here. Any other goes to ``cli``, which knows
the same options and says what is wrong; a test holds the two against each other.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from dispatcher_tui.domain.words.terms import Channel, Fact

COMMAND = ("case", "open")
SHARED = ("--site", "--db", "--lang")
VALUES = (
    "--place",
    "--phone",
    "--caller",
    "--category",
    "--channel",
    "--said",
    "--fact",
    "--at",
    "--panel",
)
FLAG = "--json"


class Opening(NamedTuple):
    """What ``case open`` was asked for, word for word."""

    place: str = ""
    phone: str = ""
    caller: str = ""
    category: str = ""
    channel: Channel = Channel.PHONE
    said: str = ""
    facts: tuple[Fact, ...] = ()
    at: str = ""
    as_json: bool = False
    panel: str = ""


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


def _opening(found: dict[str, list[str]]) -> Opening | None:
    """What is to be opened; None where a value is none of those there are."""
    last = {name: values[-1] for name, values in found.items() if name not in ("fact", "json")}
    channel = last.pop("channel", Channel.PHONE.value)
    typed: dict[str, Any] = {**last}
    try:
        return Opening(
            **typed,
            channel=Channel(channel),
            facts=tuple(dict.fromkeys(Fact(name) for name in found.get("fact", ()))),
            as_json="json" in found,
        )
    except ValueError:
        return None


def read_opening(arguments: list[str]) -> tuple[dict[str, str], Opening] | None:
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
    opening = _opening(after)
    return None if opening is None else ({**before, **shared}, opening)
