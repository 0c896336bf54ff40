"""An estate to ring through: a ladder of three, guards, a gate, engineering, and their calls."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.layer import Scene
from dispatcher_tui.domain.emergency.next_call import Tree, next_call
from dispatcher_tui.domain.procedure import Ladder, Rung
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome, Label

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
"""22:47 at the estate: the night shift is there."""

NIGHT: dict[str, Any] = {"on_from": time(19), "on_until": time(7)}
DAY: dict[str, Any] = {"on_from": time(7), "on_until": time(19)}

LADDER = Ladder(
    id="emergency",
    label=Label("紧急通知", "Emergency calls"),
    rule="E-02",
    rungs=(Rung("head"), Rung("vp"), Rung("gm")),
    group=("security_captain", "lift_captain"),
    group_rule="E-03",
)
GUARD = Scene("guard", Label("保安", "Guards"), 2, ("security",), ("security_lead",))
GATE = Scene("gate", Label("门岗", "Gate"), posts=("门岗",))
ENGINEERING = Scene("engineering", Label("工程", "Engineering"), skills=("electrician",))
SCENES = (GUARD, GATE, ENGINEERING)
NUMBERS = {"fire": "119", "police": "110", "ambulance": "120"}
RING = ("fire", "guard", "gate", "engineering", "head", "ambulance", "gas")

MISSED, BUSY, REACHED = CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.REACHED


def person(id_: str, role: str = "implementer", **fields: Any) -> Person:
    """Somebody on the roster, at any hour unless said otherwise."""
    given = {"name": id_.upper(), "phones": (f"139{id_}",), **fields}
    return Person(id=id_, role=role, **given)


LEADERS = (person("h", "head"), person("v", "vp"), person("g", "gm"))
CAPTAINS = (person("s", "security_captain"), person("l", "lift_captain"))
CREW = (
    *LEADERS,
    person("day", "security_lead", group="security", post="监控室", **DAY),
    person("lead", "security_lead", group="security", post="监控室", **NIGHT),
    person("walk", group="security", post="3栋", **NIGHT),
    person("gate", group="security", post="东门岗", **NIGHT),
    person("anyhow", "electrician", skills=("electrician",)),
    person("night", "electrician", skills=("electrician",), **NIGHT),
    *CAPTAINS,
)


def roster(*people: Person, **fields: Any) -> tree.Roster:
    """These people at ``AT``; the ladder and the two captains if none are given."""
    return tree.Roster(people or (*LEADERS, *CAPTAINS), AT, ZONE, **fields)


def outside() -> list[tree.Target]:
    """The site's numbers outside, as they may be rung."""
    return [tree.Target("", name, "", (n,), tree.OUTSIDE) for name, n in NUMBERS.items()]


def found(
    people: tree.Roster, ring: tuple[str, ...] = RING, ladder: Ladder | None = LADDER
) -> tuple[tree.Target, ...]:
    """Everybody who is rung by a card's order."""
    return order.targets(ladder, (), people, order.slots_of(ring, "", SCENES, NUMBERS), outside())


PLAIN = found(roster(), ("head",))
"""The ladder, then the two captains of the group, then the numbers outside."""

FULL = found(roster(*CREW))
"""119, two guards, the gate, engineering, the ladder, 120, the gas company whose number is not
known, then the captains."""


def call(who: str, outcome: CallOutcome, *, back: bool = False, phone: str = "") -> Call:
    """A try to reach somebody; an outside number has no person."""
    purpose = "reported" if who in ROLE_OF else "notified"
    role = ROLE_OF.get(who, "")
    return Call(who, who.upper(), role, phone, outcome, purpose, AT, AT if back else None)


ROLE_OF = {"h": "head", "v": "vp", "g": "gm"}


def fire(outcome: CallOutcome) -> Call:
    """A try to reach the fire brigade."""
    return call("", outcome, phone="119")


def standing(*calls: Call, found: tuple[tree.Target, ...] = PLAIN, now: datetime = AT) -> Tree:
    """The tree after these calls."""
    return Tree(targets=found, calls=calls, called=(), now=now, purpose="reported")


def nxt(*calls: Call, found: tuple[tree.Target, ...] = PLAIN) -> str:
    """Who comes next: the person's id, the outside number, or nothing."""
    following = next_call(standing(*calls, found=found))
    return "" if following is None else following.target.person or following.phone


def names(targets: tuple[tree.Target, ...]) -> list[str]:
    """Who they are: ids, and the numbers outside; in brackets one that is not known."""
    return [t.person or next(iter(t.phones), f"[{t.name}]") for t in targets]
