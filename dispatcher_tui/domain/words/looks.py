"""Which look the desk wears: by name, or by what the terminal can show."""

from __future__ import annotations

from enum import StrEnum

AUTO, NIGHT, DAY, HIGH, ANSI, MONO = "auto", "night", "day", "high", "ansi", "mono"

LOOKS = (NIGHT, DAY, HIGH, MONO, ANSI)
"""Every look by its name, in the order in which one follows the other."""

WISHES = (AUTO, *LOOKS)
"""What may be asked for."""

FEW_COLOURS = (None, "standard")
"""The colour systems of a terminal with sixteen colours or none, as Rich names them."""


class LookChoice(StrEnum):
    """What a look was chosen by, the first that says anything: this start, the menu of this desk,
    the site's settings, and where nobody chose, the terminal."""

    START = "start"
    DESK = "desk"
    SITE = "site"
    TERMINAL = "terminal"


def wish_of(text: str) -> str:
    """The wish a text means, whatever its case; empty where it is none."""
    asked = text.strip().lower()
    return asked if asked in WISHES else ""


def choice_of(start: str, desk: str, site: str) -> tuple[str, LookChoice]:
    """The wish that holds, and whose it is; ``auto`` leaves it to the terminal, whoever says it."""
    ways = ((start, LookChoice.START), (desk, LookChoice.DESK), (site, LookChoice.SITE))
    wish, by = next((way for way in ways if way[0]), (AUTO, LookChoice.TERMINAL))
    return wish, LookChoice.TERMINAL if wish == AUTO else by


def reason_for(*, no_colour: bool, colour_system: str | None) -> str:
    """Why the terminal's look is what it is, where nobody chose: a word for it."""
    if no_colour:
        return "no_colour"
    return "few" if colour_system in FEW_COLOURS else "many"


def look_for(wish: str, *, no_colour: bool, colour_system: str | None) -> str:
    """The look to wear: the one that was asked for, else by what the terminal can show.

    ``no_colour`` is whether NO_COLOR is set. It does not go by the hour: a screen that changes
    under somebody tired is an event.
    """
    if wish in LOOKS:
        return wish
    if no_colour:
        return MONO
    return ANSI if colour_system in FEW_COLOURS else NIGHT


def look_after(look: str) -> str:
    """The look that follows; after the last one the first."""
    return LOOKS[(LOOKS.index(look) + 1) % len(LOOKS)] if look in LOOKS else LOOKS[0]
