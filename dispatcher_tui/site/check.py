"""``site check``: everything wrong with a site, its files and what they ask of the roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TypeVar

from dispatcher_tui.domain.emergency.call_order import INSIDE, fits_scene, scenes_under
from dispatcher_tui.domain.emergency.card import counted
from dispatcher_tui.domain.emergency.layer import Layer
from dispatcher_tui.domain.emergency.outside import Lacking
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.site.comparison import compare
from dispatcher_tui.domain.watch.on_duty import AHEAD, tonight, unreachable
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.address import address_gaps
from dispatcher_tui.site.cards import Card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.class_checks import (
    goes_without,
    groups_needed,
    judge_conditions,
    judge_handling,
    judge_offers,
    judge_routing,
    unhandled,
)
from dispatcher_tui.site.emergency_checks import (
    judge_alone,
    judge_card_rules,
    judge_layer_conditions,
    judge_tags,
    lost_classes,
    scene_gaps,
    strange_roles,
    unused_numbers,
)
from dispatcher_tui.site.holiday_files import judge_years
from dispatcher_tui.site.layer import ignored, judge_classes, judge_lost_dangers
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.pinyin import load_pinyin
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.range_checks import judge_ranges, shared_ranges
from dispatcher_tui.site.renewal import copies, due_for, edited, unsettled
from dispatcher_tui.site.reviews import judge_reviews
from dispatcher_tui.site.rounds import judge_panel
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.strict import judge_strictly
from dispatcher_tui.site.texts import CARDS, CATEGORIES, PROCEDURES, SITE
from dispatcher_tui.site.toml_text import read_text

T = TypeVar("T")

ROSTER = "roster.csv"

SOON = timedelta(days=7)
"""How long before a leader leaves the roster that is said: time to put somebody else there."""


def check(folder: Path, people: Sequence[Person], today: date | None = None) -> list[SiteProblem]:
    """Everything wrong with a site; an empty list is a sound one.

    Every file is read, copies of an older version as they will be once the desk has renewed them.
    The procedure in force must find somebody for every rung of its ladders, everybody on one must
    have a number, every kind of emergency must reach somebody who goes there, and the groups that
    categories are routed to must have people. With ``today``, people whose time on the roster is
    over, or not yet come, do not count.
    """
    problems: list[SiteProblem] = []
    try:
        load_pinyin(folder)
    except SiteError as error:
        problems += error.problems
    try:
        data = SiteData(folder, due_for(folder).texts)
    except SiteError as error:
        return [*problems, *error.problems]
    later = data.problems()
    problems += later
    problems += judge_strictly(data.sources.values(), problems)
    told = {(each.file, each.key) for each in problems}
    problems += [each for each in judge_alone(data.layer) if (each.file, each.key) not in told]
    there = [person for person in people if _there(person, today)]
    problems += once(
        each for one in data.served for each in judge_ladder_people(one.procedure, there)
    )
    if not any(problem.file.startswith(f"{CARDS}/") for problem in later):
        # F9 opens under the default, a call that is an emergency under its class's procedure.
        problems += once(
            each
            for one in data.served
            for each in judge_scenes(data.cards, one.procedure, data.layer, there)
        )
        problems += judge_card_rules(_by_file(data.cards), data.layer)
    if not any(problem.file == CATEGORIES for problem in later):
        routed = judge_routing(data.offered, data.in_force, there)
        needed = groups_needed(data.layer, data.procedure, there)
        problems += [each for each in routed if not goes_without(each, needed)]
        problems += judge_handling(data.categories, data.in_force)
        for one in data.served:
            problems += judge_conditions(data.offered, one.written)
        problems += judge_layer_conditions(data.categories, data.layer)
        problems += judge_classes(data.categories, data.procedure.levels[0])
        if not any(problem.file.startswith(PROCEDURES) for problem in later):
            problems += judge_offers(data.categories, data.procedures)
            every = (data.procedure, *data.procedures.values())
            problems += judge_tags(data.categories, every)
            problems += judge_ranges(data.procedures.values(), data.site.slip_prefix)
        keys = {each.key for each in problems}  # a tag that is misspelt is said as that
        problems += [each for each in _lost_dangers(data) if each.key not in keys]
        for companion in once(() if later else data.companions.values()):
            problems += judge_conditions(data.categories, companion)
    return problems


def once(found: Iterable[T]) -> list[T]:
    """Each of them once: what two procedures ask of a roster alike is told once."""
    kept: list[T] = []
    for each in found:
        if each not in kept:
            kept.append(each)
    return kept


def _lost_dangers(data: SiteData) -> list[SiteProblem]:
    ours = parse_categories(read_text(data_dir() / CATEGORIES))
    return judge_lost_dangers(data.categories, ours, data.procedure.levels[0])


def _by_file(cards: Iterable[Card]) -> dict[str, Card]:
    return {f"{CARDS}/{card.id}.toml": card for card in cards}


def warn(folder: Path, people: Sequence[Person], today: date) -> list[SiteProblem]:
    """What is no fault yet; nothing is said of a site whose files cannot be read."""
    try:
        data = SiteData(folder, due_for(folder).texts)
        there = [person for person in people if _there(person, today)]
        needed = groups_needed(data.layer, data.procedure, there)
        return [
            *once(each for one in data.in_force for each in soon_gone(one, people, today)),
            *once(each for one in data.in_force for each in group_gaps(one, there)),
            *(
                each
                for each in judge_routing(data.offered, data.in_force, there)
                if goes_without(each, needed)
            ),
            *shared_ranges(data.in_force),
            *unhandled(data.offered, data.in_force, data.layer.level),
            *scene_gaps(data.layer, data.procedure, there),
            *strange_roles(people, data.procedures.values(), data.layer, ROSTER),
            *unused_numbers(data.site.outside_names, data.cards, SITE),
            *lost_classes(_by_file(data.cards), data.categories),
            *(each for one in data.served for each in ignored(one.written, data.layer)),
            *address_gaps(data.site.address, SITE),
            *judge_numbers(data.lacking),
            *judge_reviews(data.cards, today),
            *judge_years(data.calendar, today),
            *judge_panel(data.rounds, data.calendar),
        ]
    except SiteError:
        return []


def judge_copies(folder: Path, settled: Iterable[str]) -> list[SiteProblem]:
    """What the next opening of the desk brings up to date, and each file that the site edited and
    nobody has settled, with how much differs; ``settled`` are the subjects that were signed for."""
    due, found = due_for(folder), list[SiteProblem]()
    told = (
        *((each.name, "copy_older") for each in due.renewed),
        *((each.name, "card_lacking") for each in due.added),
        *((name, "copy_held") for name in due.held),
    )
    found += [SiteProblem(name, "", code) for name, code in told]
    for each in unsettled(edited(copies(folder)), settled):
        differs = compare(each.ours.text, each.shipped.text)
        lines = {"ours": str(differs.ours), "shipped": str(differs.shipped)}
        found.append(SiteProblem(each.name, "", "copy_edited", lines))
    return found


def judge_numbers(lacking: Iterable[Lacking]) -> list[SiteProblem]:
    """Each outside number that is not known, with the kinds of emergency that have it rung."""
    findings = Findings(SITE)
    for each in lacking:
        zh = "、".join(kind.zh or kind.en for kind in each.kinds)
        en = ", ".join(kind.en or kind.zh for kind in each.kinds)
        findings.add(f"outside.{each.name}", "number_lacking", zh=zh, en=en)
    return findings.problems


def _there(person: Person, today: date | None) -> bool:
    if today is None:
        return True
    return (person.valid_from or today) <= today <= (person.valid_until or today)


def judge_ladder_people(procedure: Procedure, people: Iterable[Person]) -> list[SiteProblem]:
    """Rungs of a ladder that nobody holds, and people of one or its group who cannot be rung."""
    findings = Findings(ROSTER)
    by_role: dict[str, list[Person]] = {}
    for person in people:
        by_role.setdefault(person.role, []).append(person)
    told: set[str] = set()
    for ladder in procedure.ladders:
        rungs = {rung.role for rung in ladder.rungs}
        for role in (*(rung.role for rung in ladder.rungs), *ladder.group):
            if role in told:
                continue
            told.add(role)
            if role in rungs and role not in by_role:
                named = {
                    **_called(procedure, "name", role),
                    **_called(procedure, "ladder", ladder.id),
                }
                findings.add("", "ladder_role_empty", **named)
            for person in by_role.get(role, ()):
                if not person.phones:
                    named = {"name": person.name, **_called(procedure, "role", role)}
                    findings.add(person.id, "ladder_no_number", **named)
    return findings.problems


def _called(procedure: Procedure, what: str, name: str) -> dict[str, str]:
    """The id of a role or a ladder, and what it is called: a roster has the labels."""
    ladders = {ladder.id: ladder.label for ladder in procedure.ladders}
    label = procedure.roles.get(name) or ladders.get(name) or Label("", "")
    return {what: name, f"{what}_zh": label.zh or name, f"{what}_en": label.en or name}


def group_gaps(procedure: Procedure, people: Iterable[Person]) -> list[SiteProblem]:
    """Roles of a ladder's group that nobody holds: others go there, so it is no fault."""
    findings = Findings(ROSTER)
    held = {person.role for person in people}
    empty = {role: ladder.id for ladder in procedure.ladders for role in ladder.group}
    for role, ladder in empty.items():
        if role not in held:
            named = {**_called(procedure, "name", role), **_called(procedure, "ladder", ladder)}
            findings.add("", "group_role_empty", **named)
    return findings.problems


def judge_scenes(
    cards: Iterable[Card], procedure: Procedure, layer: Layer, people: Iterable[Person]
) -> list[SiteProblem]:
    """Kinds of emergency whose order of calls has nobody with a number who goes to the scene.

    Who goes there does so whatever the hour: somebody at home is rung, if late. Whoever decides
    stands on the ladder whatever else they can do, and a leader called along sends others.
    """
    scenes = {scene.id: scene for scene in scenes_under(layer, procedure)}
    level = layer.level.id
    called = [each for each in procedure.ladders if level in (each.when.levels or (level,))]
    deciding = {rung.role for ladder in called for rung in ladder.rungs}
    group = {role for ladder in called for role in ladder.group}
    group -= set(procedure.emergency.leaders)
    rung = [person for person in people if person.phones and person.role not in deciding]

    def reached(card: Card) -> bool:
        names = (counted(name)[0] for name in card.ring or INSIDE)
        mine = [scenes[name] for name in names if name in scenes]
        return any(
            person.role in group or any(fits_scene(scene, person) for scene in mine)
            for person in rung
        )

    lost = [card.title for card in cards if not reached(card)]
    findings = Findings(ROSTER)
    if lost:
        zh = "、".join(title.zh or title.en for title in lost)
        en = ", ".join(title.en or title.zh for title in lost)
        findings.add("", "kinds_reach_nobody", zh=zh, en=en)
    return findings.problems


def judge_tonight(
    people: Sequence[Person], now: datetime, zone: tzinfo, dead: frozenset[tuple[str, str]]
) -> list[SiteProblem]:
    """Whoever is on duty within a day by roster and rota and whom no number reaches: ``people`` are
    as they are planned, ``dead`` the ids and numbers that never answer."""
    findings = Findings(ROSTER)
    for person in unreachable(tonight(people, now, now + AHEAD, zone), dead):
        findings.add(person.id, "on_duty_no_number", name=person.name)
    return findings.problems


def soon_gone(procedure: Procedure, people: Iterable[Person], today: date) -> list[SiteProblem]:
    """Leaders on a ladder whose time on the roster is over within a week: no fault yet."""
    findings = Findings(ROSTER)
    rungs = {rung.role for ladder in procedure.ladders for rung in ladder.rungs}
    for person in people:
        last = person.valid_until
        if person.role in rungs and last is not None and today <= last <= today + SOON:
            findings.add(person.id, "leader_leaves", name=person.name, date=last.isoformat())
    return findings.problems
