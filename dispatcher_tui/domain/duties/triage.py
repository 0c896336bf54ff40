"""From facts to a level, and from a case to whom to tell."""

from __future__ import annotations

from collections.abc import Collection

from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.procedure import Ladder, Level, Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Channel, Fact


def grade(
    procedure: Procedure,
    facts: Collection[Fact],
    tags: Collection[str],
    channel: Channel | None = None,
) -> Level:
    """The first level whose facts, tags or way in the case has; the last one needs none."""
    for level in procedure.levels[:-1]:
        if fits_level(level, facts, tags, channel):
            return level
    return procedure.levels[-1]


def fits_level(
    level: Level,
    facts: Collection[Fact],
    tags: Collection[str],
    channel: Channel | None = None,
) -> bool:
    """Whether what is known of a case makes it one of that level."""
    alone = not set(level.facts).isdisjoint(facts) or not set(level.tags).isdisjoint(tags)
    return alone or channel in level.channels or bool(_beside(level, facts, tags, channel))


def class_weighs(level: Level, facts: Collection[Fact], tags: Collection[str]) -> bool:
    """Whether the tags of a case's class have a part in its being of that level."""
    beside = (tag for each in level.together if each.fact in facts for tag in each.tags)
    return not {*level.tags, *beside}.isdisjoint(tags)


def _beside(
    level: Level,
    facts: Collection[Fact],
    tags: Collection[str],
    channel: Channel | None = None,
) -> tuple[Fact, ...]:
    """The facts that make it one together: somebody hurt, and it is happening now (E-01)."""
    found: dict[Fact, None] = {}
    for each in level.together:
        others = [fact for fact in each.facts if fact in facts]
        beside = others or channel in each.channels or not set(each.tags).isdisjoint(tags)
        if each.fact in facts and beside:
            found.update(dict.fromkeys((*others, each.fact)))
    return tuple(found)


def reasons(
    level: Level,
    facts: Collection[Fact],
    tags: Collection[str] = (),
    channel: Channel | None = None,
) -> tuple[Fact, ...]:
    """The facts that made it this level."""
    alone = (fact for fact in level.facts if fact in facts)
    return tuple(dict.fromkeys((*alone, *_beside(level, facts, tags, channel))))


def emergency_level(procedure: Procedure) -> Level:
    """The level F9 opens a case at: the one marked so, or the highest."""
    return next((level for level in procedure.levels if level.emergency), procedure.levels[0])


def roles_to_tell(procedure: Procedure, case: Case) -> tuple[str, ...]:
    """Roles in the order to try, from the procedure's routes that fit the case."""
    found: dict[str, None] = {}
    for route in procedure.routes:
        if fits_now(route.when, case):
            found.update(dict.fromkeys(route.roles))
    return tuple(found)


def ladders(procedure: Procedure, case: Case) -> tuple[Ladder, ...]:
    """The ladders that apply to the case as it is graded now."""
    return tuple(ladder for ladder in procedure.ladders if fits_now(ladder.when, case))
