"""How soon after F9 somebody who goes there is told: every kind at every hour of a week.

One telephone: an answer takes 8 s, the words 15 s, a ring that nobody answers 25 s. The order of
calls is asked anew after each. ``python -m tests.desk.first_told`` prints the
worst of each kind by the shipped cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatcher_tui.domain.emergency.call_order import INSIDE, scenes_under, slots_of, targets
from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, Roster, Target
from dispatcher_tui.domain.emergency.layer import under_layer
from dispatcher_tui.domain.emergency.next_call import Tree, next_call
from dispatcher_tui.domain.procedure import Ladder
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.lists.list_reading import read_roster
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import CARDS
from dispatcher_tui.site.toml_text import read_text

ANSWER, WORDS, RING_OUT = 8, 15, 25

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 16, tzinfo=ZONE)

NUMBERS = {
    name: f"9{n:04d}"
    for n, name in enumerate(
        ("police", "fire", "ambulance", "lift_rescue", "lift_contractor", "gas", "power", "water",
         "traffic", "counselling")
    )
}  # fmt: skip

_OURS = ("guard", "gate", "engineering", "head")
RINGS: dict[str, tuple[str, ...]] = {
    "cardiac_arrest": ("ambulance", "guard", "gate", "head"),
    "injury": ("ambulance", *_OURS),
    "fire": ("fire", *_OURS, "ambulance", "gas", "power"),
    "fire_alarm": ("guard", "engineering", "fire", "head"),
    "battery_fire": ("fire", *_OURS, "ambulance", "gas", "power"),
    "gas": ("fire", "gas", *_OURS),
    "carbon_monoxide": ("ambulance", "fire", *_OURS),
    "electric_shock": ("ambulance", "guard", "gate", "engineering", "power", "fire", "head"),
    "drowning": ("fire", "ambulance", *_OURS),
    "lift_entrapment": ("lift", "lift_contractor", "lift_rescue", "guard", "head"),
    "traffic": ("ambulance", "police", *_OURS),
    "fight": ("police", *_OURS),
    "intruder": ("police", *_OURS),
    "flood": ("engineering", "guard", "fire", "power", "water", "head"),
    "storm": ("fire", *_OURS),
    "confined_space": ("fire", "ambulance", *_OURS),
    "self_harm": ("police", "fire", *_OURS),
    "suspicious_object": ("police", *_OURS),
    "crowd": ("police", *_OURS),
    "power_failure": ("engineering", "power", "guard", "head"),
    "falling_object": ("ambulance", "police", *_OURS),
    "missing_person": ("police", *_OURS),
}
"""An order of calls for every kind in which somebody goes there, whatever the cards say."""

NOBODY_GOES = ("government_order", "other")
"""Kinds that are not measured: nobody is sent before it is known what it is."""

SPARSE = parse_roster(
    "id,name,role,group,title,phone1\n"
    + "".join(
        f"p{n},人{n},{role},{group},,139000001{n:02d}\n"
        for n, (role, group) in enumerate(
            (
                ("head", "management"),
                ("vp", "management"),
                ("gm", "management"),
                ("supervisor", "service"),
                ("dispatcher", "service"),
                ("security_manager", "security"),
                ("engineering_manager", "engineering"),
                ("security_captain", "security"),
                ("lift_captain", "lifts"),
                ("maintenance_lead", "maintenance"),
                ("security_lead", "security"),
                ("implementer", "plant"),
                ("implementer", "cleaning"),
            )
        )
    )
)
"""Thirteen people, one for a role, without hours, posts or skills."""


def rung_at_once(ring: Sequence[str]) -> tuple[str, ...]:
    """An order of calls without whom it has rung only if it comes to that."""
    return tuple(name for name in ring if not name.startswith("("))


def shipped_rings() -> dict[str, tuple[str, ...]]:
    """The order of calls of every shipped card that is measured, and of each answer that has
    another."""
    found = {}
    for path in sorted((data_dir() / CARDS).glob("*.toml")):
        card = parse_card(read_text(path), path.name)
        if card.id not in NOBODY_GOES:
            found[card.id] = rung_at_once(
                card.ring or (*filter(None, (card.first_number,)), *INSIDE)
            )
            answers = card.branch.answers if card.branch else ()
            for n, answer in enumerate(answers, 1):
                ring = rung_at_once(answer.ring)
                if ring and ring not in found.values():
                    found[f"{card.id}/{n}"] = ring
    return found


Silent = Callable[[Sequence[Target]], Target | None]
"""Of those who would be rung one after the other the one who never answers, or nobody."""


def demo() -> list[Person]:
    """The demo estate's people."""
    return read_roster(data_dir() / "demo" / "roster.csv")


@cache
def _rules() -> tuple[Ladder, tuple[object, ...]]:
    path = data_dir() / "procedures" / "estate-dispatch.toml"
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    procedure = under_layer(parse_procedure(read_text(path), path.name), layer)
    (ladder,) = (each for each in procedure.ladders if each.id == layer.ladder.id)
    return ladder, scenes_under(layer, procedure)


def tree_of(ring: Sequence[str], people: Sequence[Person], at: datetime) -> tuple[Target, ...]:
    """Everybody whom a kind rings at a moment."""
    ladder, scenes = _rules()
    roster = Roster(tuple(people), at.astimezone(UTC), ZONE)
    return targets(ladder, (), roster, slots_of(ring, "", scenes, NUMBERS), ())  # type: ignore[arg-type]


class Told(NamedTuple):
    """Seconds from F9 until somebody who goes there was told, and until the first of ours was."""

    anybody: int
    ours: int


@cache
def first_told(found: tuple[Target, ...], silent: tuple[str, str] | None) -> Told:
    """Ring by the order of calls until one of ours was told; ``silent`` never answers."""
    calls: list[Call] = []
    seconds = 0
    anybody: int | None = None
    begun = MONDAY.astimezone(UTC)
    while True:
        now = begun + timedelta(seconds=seconds)
        following = next_call(Tree(found, tuple(calls), (), now))
        assert following is not None, "nobody of ours was ever told"
        target = following.target
        missed = target.key == silent
        seconds += RING_OUT if missed else ANSWER + WORDS
        at = begun + timedelta(seconds=seconds)
        outcome = CallOutcome.NO_ANSWER if missed else CallOutcome.REACHED
        read_back = None if missed or not target.person else at
        calls.append(
            Call(target.person, target.name, "", following.phone, outcome, "", at, read_back)
        )
        if not missed and target.rung in (FIRST, GROUP):
            anybody = seconds if anybody is None else anybody
            if target.rung == GROUP:
                return Told(anybody, seconds)


def all_who_are_rung(found: Sequence[Target]) -> Iterator[Target]:
    """Who is rung one after the other until nobody is left, where everybody answers and repeats
    it."""
    calls: list[Call] = []
    begun = MONDAY.astimezone(UTC)
    while True:
        at = begun + timedelta(seconds=len(calls))
        following = next_call(Tree(tuple(found), tuple(calls), (), at))
        if following is None:
            return
        target, back = following.target, at if following.target.person else None
        yield target
        outcome = CallOutcome.REACHED
        calls.append(Call(target.person, target.name, "", following.phone, outcome, "", at, back))


def order_of_calls(found: Sequence[Target], many: int) -> list[Target]:
    """The first so many of them."""
    rung = list(islice(all_who_are_rung(found), many))
    assert len(rung) == many, "nobody is left to ring"
    return rung


def called_first(found: Sequence[Target]) -> Target | None:
    """Who is rung first of all."""
    following = next_call(Tree(tuple(found), (), (), MONDAY.astimezone(UTC)))
    return following.target if following else None


def ours_first(found: Sequence[Target]) -> Target | None:
    """Of those who go there, the first of ours in the order of calls."""
    return next((target for target in found if target.rung == GROUP and target.phones), None)


def nobody(found: Sequence[Target]) -> Target | None:
    """Everybody answers."""
    return None


SILENT: Mapping[str, Silent] = {
    "all answer": nobody,
    "first called silent": called_first,
    "first of ours silent": ours_first,
}


def hours() -> Iterator[datetime]:
    """Every hour of one week."""
    return (MONDAY + timedelta(hours=n) for n in range(7 * 24))


def part_of(at: datetime) -> str:
    """Which part of the week an hour lies in."""
    if not 7 <= at.hour < 19:
        return "night"
    return "day" if at.weekday() < 5 else "weekend"


def worst(
    ring: Sequence[str], people: Sequence[Person], silent: Silent
) -> Iterator[tuple[str, Told]]:
    """The worst of each part of the week."""
    found: dict[str, list[Told]] = {}
    for at in hours():
        tree = tree_of(ring, people, at)
        who = silent(tree)
        found.setdefault(part_of(at), []).append(first_told(tree, who.key if who else None))
    for part, times in found.items():
        yield part, Told(max(t.anybody for t in times), max(t.ours for t in times))


def table(people: Sequence[Person], rings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A line a kind: seconds to the first who goes there / the first of ours, by part and case."""
    parts = ("night", "day", "weekend")
    for name, silent in SILENT.items():
        yield f"{name:24}" + "".join(f"{part:>10}" for part in parts)
        for kind, ring in rings.items():
            times = dict(worst(ring, people, silent))
            cells = (f"{times[part].anybody}/{times[part].ours}" for part in parts)
            yield f"  {kind:22}" + "".join(f"{cell:>10}" for cell in cells)


if __name__ == "__main__":
    for title, crew in (("demo", demo()), ("sparse", SPARSE)):
        print(f"== {title}", *table(crew, shipped_rings()), sep="\n")
