"""Units of a register that differ in zeros in front alone, or that seem to have lost theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dispatcher_tui.site.lists.list_sheet import first_of
from dispatcher_tui.site.problems import SiteProblem


def zeros_apart(file: str, places: Mapping[str, int]) -> list[SiteProblem]:
    """Notes of the units that differ in nothing but zeros in front, with their rows (0: not
    known), and of those that seem to have lost theirs. Each is a home of its own, and whoever
    looks for one finds the other first."""
    alike: dict[str, list[str]] = {}
    if any(place[0] == "0" or "-0" in place for place in places):
        for place in places:
            if "-" in place:
                bare = "-".join([part.lstrip("0") for part in place.split("-")])
                alike.setdefault(bare, []).append(place)
    found = [
        " / ".join(f"{each} ({places[each]})" if places[each] else each for each in several)
        for several in alike.values()
        if len(several) > 1
    ]
    return [
        *_named(file, "place_zeros", found),
        *_named(file, "zero_lost", _zeros_lost(places)),
    ]


def _named(file: str, code: str, found: Sequence[str]) -> list[SiteProblem]:
    """A note that names the first of what was found; none where nothing was."""
    detail = {"n": str(len(found)), "names": first_of(found)}
    return [SiteProblem(file, "", code, detail)] if found else []


def _zeros_lost(places: Mapping[str, int]) -> list[str]:
    """Rooms that have fewer figures than those beside them, which begin with a zero: a program
    took theirs for a number."""
    widths: dict[str, int] = {}
    for place in places:
        if "-0" in place:
            beside, _, room = place.rpartition("-")
            if room.startswith("0") and room.isdecimal():
                widths[beside] = max(widths.get(beside, 0), len(room))
    lost = []
    for place, number in places.items() if widths else ():
        beside, _, room = place.rpartition("-")
        full = room.zfill(widths.get(beside, 0))
        if room.isdecimal() and len(room) < len(full) and f"{beside}-{full}" not in places:
            lost.append(f"{place} ({number})" if number else place)
    return lost
