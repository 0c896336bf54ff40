"""The order of calls in an emergency: which place of it everybody on the roster has (E-02, E-03).

A card names outside numbers, scenes and the ladder; each is a slot. Within a scene whoever is on
the estate now comes first, then who is on duty, then who states no hours, then who is at home.
Nobody at home is rung before one of ours who is not; but leaders are, and those of a scene that
takes a certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import (
    FIRST,
    GROUP,
    OUTSIDE,
    Roster,
    Target,
    Task,
    is_to,
)
from dispatcher_tui.domain.emergency.card import counted, once
from dispatcher_tui.domain.emergency.layer import HEAD, Layer, Scene
from dispatcher_tui.domain.emergency.outside import NAMES
from dispatcher_tui.domain.procedure import Ladder, Procedure, Rung
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.phone import plausible_phone

INSIDE = ("guard", "gate", "engineering", HEAD)
"""Who is rung for a kind whose card gives no order."""

GROUP_TRIES = 3
"""How often somebody is rung where no ladder says otherwise."""


class Slot(msgspec.Struct, frozen=True):
    """One place in the order of calls: a number outside, a scene, or the ladder of those who
    decide. ``once``: one call to one of the scene who is on the estate. An outside number that the
    site does not know is empty."""

    name: str
    phone: str = ""
    scene: Scene | None = None
    once: bool = False

    @property
    def task(self) -> bool:
        """Whether those of a scene stand here with what they have to do."""
        return self.scene is not None and not self.once and not self.scene.reserve


def scenes_under(layer: Layer, procedure: Procedure) -> tuple[Scene, ...]:
    """The layer's scenes with the procedure's own offices in place of the layer's."""
    return tuple(
        replace(scene, roles=tuple(filter(None, (layer.office(procedure, r) for r in scene.roles))))
        for scene in layer.scenes
    )


def slots_of(
    ring: Sequence[str], first: str, scenes: Iterable[Scene], numbers: Mapping[str, str]
) -> tuple[Slot, ...]:
    """The slots of a card's order; the ladder comes last where the order does not name it.

    Args:
        ring: the names as the card has them; an outside number that the site does not know keeps
            its place, so that it is seen to be missing.
        first: where there is no ring, what is rung before our own: a name, a number, or nothing.
        scenes: those who go there, by what they are called.
        numbers: the site's outside numbers by their names.
    """
    by_id = {scene.id: scene for scene in scenes}
    found: dict[tuple[str, bool], Slot] = {}
    order = ring or (*filter(None, (first,)), *INSIDE)
    for written in (*order, HEAD, *(counted(name)[0] for name in order if once(name))):
        (name, want), early = counted(written), once(written)
        phone = numbers.get(name, name if plausible_phone(name) else "")
        if name in by_id:
            scene = replace(by_id[name], want=want or by_id[name].want)
            found.setdefault((name, early), Slot(name, scene=scene, once=early))
        elif name == HEAD or phone or name in NAMES:
            found.setdefault((name, False), Slot(name, phone="" if name == HEAD else phone))
    return tuple(found.values())


def _of(person: Person, rung: int, roster: Roster, tries: int, seconds: int = 25) -> Target:
    return Target(
        person=person.id,
        name=person.name,
        role=person.role,
        phones=person.phones,
        rung=rung,
        title=person.title,
        tries=tries,
        seconds=seconds,
        near=roster.near(person),
        post=person.post,
        elsewhere=roster.elsewhere.get(person.id, ""),
    )


def _of_rung(roster: Roster, place: int, rung: Rung) -> Iterator[Target]:
    """Leaders are rung at any hour (E-02); before one who is away or has no number the deputy."""
    for person in roster.in_role(rung.role):
        if person.phones and not roster.away(person):
            yield _of(person, place, roster, rung.tries, rung.seconds)
            continue
        deputy = roster.deputy(person)
        if deputy is not None:
            standing = _of(deputy, place, roster, rung.tries, rung.seconds)
            yield replace(standing, stands_for=person.name)
        yield _of(person, place, roster, rung.tries, rung.seconds)


def _of_role(roster: Roster, role: str, tries: int) -> Iterator[Target]:
    """Where nobody of a role is on duty their deputies come first; else who is off is spare."""
    holders = roster.in_role(role)
    on = [person for person in holders if roster.on_duty(person)]
    for person in holders:
        deputy = None if on else roster.deputy(person)
        if deputy is not None:
            yield replace(_of(deputy, GROUP, roster, tries), stands_for=person.name)
        yield replace(_of(person, GROUP, roster, tries), spare=bool(on) and person not in on)


def fits_scene(scene: Scene, person: Person) -> bool:
    """Whether somebody goes to a scene in that capacity when they are on the estate."""
    skilled = not set(scene.skills).isdisjoint(person.skills)
    inside = person.group in scene.groups or person.role in scene.roles
    return inside or skilled or _at_post(scene, person)


def _belongs(scene: Scene, person: Person, near: Nearness) -> bool:
    """Whether somebody is rung for a scene now: whoever is at home stands at no post."""
    at_home = near >= Nearness.AT_HOME
    return fits_scene(scene, replace(person, post="") if at_home else person)


def _at_post(scene: Scene, person: Person) -> bool:
    return any(word.casefold() in person.post.casefold() for word in scene.posts if word)


def members(slots: Sequence[Slot], roster: Roster, besides: Iterable[str]) -> dict[str, int]:
    """By their ids, in which slot those who go to the scene stand; ``besides`` stand elsewhere.

    Whoever stands at a post of one scene belongs there before anywhere else.
    """
    taken, found = set(besides), dict[str, int]()
    scenes = [(n, slot.scene) for n, slot in enumerate(slots) if slot.scene and slot.task]
    for person in roster.there:
        if person.id in taken:
            continue
        near = roster.near(person)
        fits = [(place, scene) for place, scene in scenes if _belongs(scene, person, near)]
        there = near < Nearness.AT_HOME
        posted = [place for place, scene in fits if there and _at_post(scene, person)]
        if fits:
            found[person.id] = (posted or [place for place, _scene in fits])[0]
    return found


def _of_scene(
    place: int, scene: Scene, mine: Iterable[Person], roster: Roster, must: set[str], tries: int
) -> list[Target]:
    """A scene's people, the nearest first, then by the scene's roles and the roster's order;
    whoever is on the way to another emergency comes last."""

    def rank(found: Target) -> tuple[bool, Nearness, int]:
        roles = scene.roles
        role = roles.index(found.role) if found.role in roles else len(roles)
        return bool(found.elsewhere), found.near, role

    targets = (
        replace(each, slot=place, want=scene.want, scene=scene.label, scene_id=scene.id)
        for each in (
            replace(_of(person, GROUP, roster, tries), certified=scene.certified) for person in mine
        )
    )
    return sorted((replace(each, spare=_spare(each, must)) for each in targets), key=rank)


def _first_there(
    place: int, slots: Sequence[Slot], found: Sequence[Target]
) -> Iterator[tuple[str, Target]]:
    """Who of the scene called once stands before all others: the nearest on the estate."""
    then = next((n for n, slot in enumerate(slots) if slot.task and slot.name == slots[place].name))
    mine = (each for each in found if each.slot == then and each.on_estate and each.phones)
    first = next(mine, None)
    if first is not None:
        yield first.person, replace(first, slot=place, then=then)


def _tasks(person: Person, own: int, slots: Sequence[Slot]) -> tuple[Task, ...]:
    """The tasks of other slots that somebody who is on the estate and free can take."""
    reserve = any(s.scene and s.scene.reserve and fits_scene(s.scene, person) for s in slots)
    mine = slots[own].scene if own >= 0 else None
    return tuple(
        Task(n, slot.scene.id, slot.scene.label, slot.scene.want, mine.leaving if mine else None)
        for n, slot in enumerate(slots)
        if slot.scene and slot.task and n != own and (reserve or fits_scene(slot.scene, person))
    )


def _able(found: Iterable[Target], roster: Roster, slots: Sequence[Slot]) -> Iterator[Target]:
    """Those who go there, with the tasks that each can take besides that of their own place."""
    people = {person.id: person for person in roster.there}
    for target in found:
        person = people.get(target.person)
        if person is None or target.rung != GROUP or not target.on_estate:
            yield target
        else:
            own = target.slot if target.then < 0 else target.then
            yield replace(target, could=_tasks(person, own, slots))


def _reserve(slots: Sequence[Slot], roster: Roster, tries: int) -> Iterator[Target]:
    """Whoever else is on the estate, where the order of calls has them step in."""
    for scene in (slot.scene for slot in slots if slot.scene and slot.scene.reserve):
        people = [person for person in roster.there if fits_scene(scene, person)]
        skilled = {person.id for person in people if set(scene.skills) & set(person.skills)}
        found = (replace(_of(person, GROUP, roster, tries), spare=True) for person in people)
        there = (target for target in found if target.on_estate and target.phones)
        yield from sorted(there, key=lambda each: (each.near, each.person not in skilled))


def _spare(target: Target, must: set[str]) -> bool:
    """Whether others are told before: at home and needed for no role, or on the way elsewhere."""
    return bool(target.elsewhere) or (target.off_duty and target.person not in must)


def targets(
    ladder: Ladder | None,
    roles: Sequence[str],
    roster: Roster,
    slots: Sequence[Slot],
    outside: Sequence[Target],
) -> tuple[Target, ...]:
    """Everybody who may be rung, in the order of the screen; nobody stands there twice.

    Args:
        ladder: the procedure's, None where it has none for the case.
        roles: whom to tell where there is no ladder.
        roster: the people there are.
        slots: the order of calls.
        outside: numbers outside the estate.
    """
    tries = ladder.group_tries if ladder else GROUP_TRIES
    rungs = enumerate(ladder.rungs if ladder else ())
    deciding = [target for place, rung in rungs for target in _of_rung(roster, place, rung)]
    group = [t for r in (ladder.group if ladder else roles) for t in _of_role(roster, r, tries)]
    must = {target.person for target in group if not target.spare}
    places = members(slots, roster, (target.person for target in deciding))
    found: list[Target] = []
    for place, slot in enumerate(slots):
        if slot.scene is not None:
            mine = [person for person in roster.there if places.get(person.id) == place]
            found += _of_scene(place, slot.scene, mine, roster, must, tries)
        elif slot.name == HEAD:
            found += [replace(target, slot=place) for target in deciding]
        else:
            number = (slot.phone,) if slot.phone else ()
            # Nobody can be told by a number that is not known: it is shown, and waits for nobody.
            outer = Target("", slot.name, "", number, FIRST, slot=place, spare=not number)
            found.append(outer)
    for place in (n for n, slot in enumerate(slots) if slot.once):
        for person, first in _first_there(place, slots, found):
            found = [each for each in found if each.person != person]
            found.insert(sum(each.slot < place for each in found), first)
    found += deciding
    group = [replace(each, spare=each.spare or bool(each.elsewhere)) for each in group]
    found += sorted(group, key=lambda each: (bool(each.elsewhere), each.spare, each.near))
    found += _reserve(slots, roster, tries)
    found = [*(t for t in found if not _behind(t, found)), *(t for t in found if _behind(t, found))]
    rung = {target.phones for target in found if not target.person}
    found += [target for target in outside if target.phones not in rung]
    unique: dict[tuple[str, str], Target] = {}
    for target in found:
        unique.setdefault(target.key, target)
    return tuple(_able(unique.values(), roster, slots))


def _behind(target: Target, found: Sequence[Target]) -> bool:
    """Whether somebody stands at the end of the list: spare, and others of the scene at hand."""
    if not target.spare or target.slot < 0 or target.rung == FIRST:
        return target.spare and target.rung != FIRST
    return any(each.slot == target.slot and not each.spare for each in found)


def rung_before(
    calls: Sequence[Call], found: Sequence[Target], ladder: Ladder | None, purpose: str
) -> Iterator[Target]:
    """Those who were rung and are on no list any more: they stay in the tree (E-02).

    Args:
        calls: those on record.
        found: who is in the tree already.
        ladder: the procedure's; whoever was rung as one of its roles stands there.
        purpose: what a call to the ladder is for.
    """
    known = {target.key for target in found}
    rungs = [rung.role for rung in ladder.rungs] if ladder else []
    for call in calls:
        key = (call.person, "") if call.person else ("", call.name)
        if key in known or any(is_to(call, target) for target in found):
            continue
        known.add(key)
        numbers = (each.phone for each in calls if call.person and each.person == call.person)
        phones = tuple(dict.fromkeys(filter(None, (*numbers, call.phone))))
        rung = GROUP if call.person else OUTSIDE
        if call.role in rungs and call.purpose == purpose:
            rung = rungs.index(call.role)
        yield Target(call.person, call.name, call.role, phones, rung, spare=True, tries=1)
