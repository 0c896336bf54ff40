"""Who is there by roster, rota and the night's changes, to the second; without them as ever."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.site.rota import NO_ROTA, Rota, RotaLine, RotaTurn, rota_of
from dispatcher_tui.domain.watch.on_duty import (
    PlannedPerson,
    Tonight,
    people_at,
    stretch,
    tonight,
    unreachable,
)
from dispatcher_tui.domain.watch.post import VACANT, Post, fold_post
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.terms import Absence
from tests.domain.ringing import CREW, DAY, LADDER, NIGHT, NUMBERS, SCENES, ZONE, outside, person

TODAY = date(2026, 11, 21)
SECOND, DAYS = timedelta(seconds=1), timedelta(days=1)
EARLY = RotaTurn("早", time(7), time(15))
LATE = RotaTurn("中", time(15), time(23))
DARK = RotaTurn("夜", time(23), time(7))
OFF, LEAVE = RotaTurn("休", absence=Absence.OFF), RotaTurn("假", absence=Absence.LEAVE)
TRAINING, ILL = RotaTurn("训", absence=Absence.TRAINING), RotaTurn("病", absence=Absence.ILL)
ROUND = RotaTurn("全", time(8), time(8))


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of November 2026 at the estate, in UTC; hour 24 is the next day's first."""
    midnight = datetime(2026, 11, day, tzinfo=ZONE)
    return (midnight + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)


def rota(*turns: tuple[str, int, RotaTurn]) -> Rota:
    return rota_of(RotaLine(who, turn, date(2026, 11, day)) for who, day, turn in turns)


def post(*events: Event, when: datetime | None = None) -> Post:
    """The post after these entries, all written at one moment."""
    moment = when or at(21, 20)
    entries = [Entry(n, moment, moment, "李建国", "", event) for n, event in enumerate(events, 1)]
    return fold_post(entries)


def one(who: Person, plan: Rota, moment: datetime, held: Post = VACANT) -> Person:
    return people_at([who], plan, held.changes, moment, ZONE)[0]


def on(who: Person, plan: Rota, moment: datetime, held: Post = VACANT) -> bool:
    return one(who, plan, moment, held).on_duty(moment, ZONE)


def near(who: Person, plan: Rota, moment: datetime, held: Post = VACANT) -> Nearness:
    return one(who, plan, moment, held).nearness(moment, ZONE)


@pytest.mark.parametrize("hours", [{}, DAY, NIGHT, {**NIGHT, "post": "东门岗"}])
def test_without_a_rota_everybody_is_the_very_person_of_the_roster(hours: dict[str, Any]) -> None:
    who = person("a", **hours)
    assert one(who, NO_ROTA, at(21, 20)) is who
    other = rota(("b", 21, OFF))
    assert one(who, other, at(21, 20)) is who, "the rota has no word for them"
    assert one(who, rota(("a", 1, OFF)), at(21, 20)) is who, "nor for these days"


def test_the_rotas_hours_to_the_second() -> None:
    who, plan = person("a", **DAY), rota(("a", 21, LATE), ("a", 22, OFF))
    for moment, there in (
        (at(21, 7), False),
        (at(21, 14, 59, 59), False),
        (at(21, 15), True),
        (at(21, 22, 59, 59), True),
        (at(21, 23), False),
        (at(22, 12), False),
        (at(23, 7), True),
    ):
        assert on(who, plan, moment) is there, moment


def test_a_night_goes_over_midnight_whatever_the_day_after_has() -> None:
    who = person("a", **DAY)
    for after in (OFF, LEAVE, LATE):
        plan = rota(("a", 21, DARK), ("a", 22, after))
        for moment, there in (
            (at(21, 22, 59, 59), False),
            (at(21, 23), True),
            (at(21, 23, 59, 59), True),
            (at(21, 24), True),
            (at(22, 6, 59, 59), True),
            (at(22, 7), False),
        ):
            assert on(who, plan, moment) is there, (after.code, moment)


def test_the_rosters_night_ends_where_the_rotas_day_begins() -> None:
    who, plan = person("a", **NIGHT), rota(("a", 22, OFF))
    for moment, there in (
        (at(21, 19), True),
        (at(22, 6, 59, 59), True),
        (at(22, 7), False),
        (at(22, 19), False),
        (at(22, 24), False),
        (at(23, 6), False),
        (at(23, 18, 59, 59), False),
        (at(23, 19), True),
    ):
        assert on(who, plan, moment) is there, moment


def test_round_the_clock_is_a_day_and_a_night() -> None:
    who, plan = person("a", **DAY), rota(("a", 21, ROUND), ("a", 22, OFF))
    for moment, there in (
        (at(21, 7, 59, 59), False),
        (at(21, 8), True),
        (at(22, 7, 59, 59), True),
        (at(22, 8), False),
    ):
        assert on(who, plan, moment) is there, moment


def test_leave_is_from_midnight_to_midnight_for_whoever_has_no_hours() -> None:
    who, plan = person("h", "head"), rota(("h", 22, LEAVE))
    for moment, where in (
        (at(21, 23, 59, 59), Nearness.TO_REACH),
        (at(21, 24), Nearness.AWAY),
        (at(22, 23, 59, 59), Nearness.AWAY),
        (at(22, 24), Nearness.TO_REACH),
    ):
        assert near(who, plan, moment) is where, moment


def test_where_somebody_is() -> None:
    guard, plain = person("a", post="东门岗", **NIGHT), person("a")
    assert near(guard, rota(("a", 21, EARLY)), at(21, 8)) is Nearness.ON_ESTATE
    assert near(plain, rota(("a", 21, EARLY)), at(21, 8)) is Nearness.ON_DUTY
    assert near(guard, rota(("a", 21, EARLY)), at(21, 20)) is Nearness.AT_HOME
    for turn in (LEAVE, TRAINING, ILL):
        assert near(guard, rota(("a", 21, turn)), at(21, 20)) is Nearness.AWAY
    left = person("a", valid_until=TODAY - DAYS)
    assert near(left, rota(("a", 21, EARLY)), at(21, 8)) is Nearness.AT_HOME


def test_a_weekly_pattern_holds_where_no_day_says_otherwise() -> None:
    saturdays = rota_of([RotaLine("a", LATE, weekday=TODAY.weekday())])
    who = person("a", **DAY)
    assert (on(who, saturdays, at(21, 16)), on(who, saturdays, at(28, 16))) == (True, True)
    assert on(who, saturdays, at(21, 8)) is False
    assert on(who, saturdays, at(22, 8)) is True, "Sunday is as the roster has it"
    both = Rota(rota(("a", 21, OFF)).days, saturdays.week)
    assert (on(who, both, at(21, 16)), on(who, both, at(28, 16))) == (False, True)


def test_a_rota_that_says_what_the_roster_says_changes_nobodys_hours() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _round in range(40):
        start, end = time(chance.randrange(24)), time(chance.randrange(24))
        if start == end:
            continue
        who = person("a", on_from=start, on_until=end, post=chance.choice(["", "岗"]))
        days = (day for day in range(1, 30) if chance.random() < 0.5)
        told = [(who.id, day, RotaTurn("x", start, end)) for day in days]
        for _moment in range(20):
            moment = at(chance.randrange(2, 28), chance.randrange(24)) - chance.choice(
                [timedelta(0), SECOND]
            )
            assert near(who, rota(*told), moment) is who.nearness(moment, ZONE)


SPAN: dict[str, Any] = {"since": at(21, 19), "until": at(22, 7)}
SWAP = ev.DutySwapped(person="gate", name="甲", takes="walk", takes_name="乙", agreed="丙", **SPAN)


def test_a_swap_for_one_night() -> None:
    gate, walk = person("gate", post="东门岗", **NIGHT), person("walk", post="3栋", **DAY)
    held = post(SWAP)
    for moment, first, second in (
        (at(21, 18, 59, 59), False, True),
        (at(21, 19), False, True),
        (at(22, 6, 59, 59), False, True),
        (at(22, 7), False, True),
        (at(22, 19), True, False),
    ):
        there = people_at([gate, walk], NO_ROTA, held.changes, moment, ZONE)
        assert [each.on_duty(moment, ZONE) for each in there] == [first, second], moment
    night = people_at([gate, walk], NO_ROTA, held.changes, at(21, 22), ZONE)
    assert [each.post for each in night] == ["东门岗", "东门岗"], "they stand where the other would"
    assert [
        each.post for each in people_at([gate, walk], NO_ROTA, held.changes, at(22, 8), ZONE)
    ] == [
        "东门岗",
        "3栋",
    ]


def test_ill_then_come_in_and_a_place_that_is_taken() -> None:
    who = person("gate", **NIGHT)
    ill = ev.AbsenceNoted(person="gate", name="甲", absence=Absence.ILL, **SPAN)
    came = ev.PersonCameIn(person="gate", name="甲", since=at(21, 22), until=at(22, 7))
    assert near(who, NO_ROTA, at(21, 18, 59, 59), post(ill)) is Nearness.AT_HOME
    assert near(who, NO_ROTA, at(21, 19), post(ill)) is Nearness.AWAY
    assert near(who, NO_ROTA, at(22, 7), post(ill)) is Nearness.AT_HOME
    assert near(who, NO_ROTA, at(21, 21, 59, 59), post(ill, came)) is Nearness.AWAY
    assert near(who, NO_ROTA, at(21, 22), post(ill, came)) is Nearness.ON_DUTY
    assert near(who, NO_ROTA, at(21, 22), post(ill, SWAP)) is Nearness.AWAY, "ill, not at home"
    assert near(who, NO_ROTA, at(21, 22), post(SWAP)) is Nearness.AT_HOME
    assert (
        near(who, NO_ROTA, at(21, 22), post(ill, ev.DutyChangeWithdrawn(of=1))) is Nearness.ON_DUTY
    )
    other = post(ill, ev.DutyChangeWithdrawn(of=2))
    assert near(who, NO_ROTA, at(21, 22), other) is Nearness.AWAY, "another entry was meant"


def test_a_stand_in_is_there_for_the_night_and_then_nobody() -> None:
    gate, helper = person("gate", post="东门岗", **NIGHT), person("x", post="东门岗")
    held = post(ev.StandInNamed(stand_in="x", person="gate", name="甲", **SPAN))

    def there(moment: datetime) -> list[tuple[str, Nearness]]:
        people = people_at([gate], NO_ROTA, held.changes, moment, ZONE, [helper])
        return [(each.id, each.nearness(moment, ZONE)) for each in people]

    home, estate = Nearness.AT_HOME, Nearness.ON_ESTATE
    assert there(at(21, 18, 59, 59)) == [("gate", home), ("x", home)]
    assert there(at(21, 19)) == [("gate", home), ("x", estate)]
    assert there(at(22, 6, 59, 59)) == [("gate", home), ("x", estate)]
    assert there(at(22, 7)) == [("gate", home)]
    assert people_at([gate], NO_ROTA, (), at(21, 22), ZONE, [helper]) == (gate,)


def test_changes_that_are_over_are_forgotten_with_the_next_entry() -> None:
    later = ev.PersonCameIn(person="b", name="乙", since=at(22, 7), until=at(22, 9))
    for moment, left in ((at(22, 7) - SECOND, 3), (at(22, 7), 1)):
        entries = [
            Entry(1, at(21, 18), at(21, 18), "x", "", SWAP),
            Entry(2, moment, moment, "x", "", later),
        ]
        assert len(fold_post(entries).changes) == left


def test_the_stretch_that_a_change_is_for() -> None:
    night, day, head = person("a", **NIGHT), person("b", **DAY), person("h")
    assert stretch(night, at(22, 6, 59, 59), ZONE) == (at(21, 19), at(22, 7))
    assert stretch(night, at(22, 7), ZONE) == (at(22, 19), at(23, 7))
    assert stretch(day, at(21, 20), ZONE) == (at(22, 7), at(22, 19))
    assert stretch(head, at(21, 20), ZONE) is None
    plan = rota(("a", 21, OFF), ("a", 22, OFF), ("a", 23, OFF))
    assert stretch(one(night, plan, at(21, 20)), at(21, 20), ZONE) is None


def test_tonights_people_the_nearest_first() -> None:
    crew = [
        *CREW,
        person("late", on_from=time(23), on_until=time(7)),
        person("sick", post="门", **NIGHT),
        person("gone", valid_until=TODAY - DAYS, **NIGHT),
    ]
    plan = rota(("gate", 21, LEAVE), ("day", 21, EARLY))
    held = post(ev.AbsenceNoted(person="sick", name="丁", absence=Absence.ILL, **SPAN))
    moment = at(21, 22, 47)
    people = people_at(crew, plan, held.changes, moment, ZONE)
    found = tonight(people, moment, at(22, 7), ZONE)
    assert [each.person.id for each in found] == ["lead", "walk", "night", "late", "gate", "sick"]
    assert [each.on for each in found] == [True, True, True, False, False, False]
    assert [each.expected for each in found] == [True, True, True, True, False, False]
    assert [each.absence for each in found[4:]] == [Absence.LEAVE, Absence.ILL]
    assert found[5].change == 1
    assert found[0].until == at(22, 7)


def test_who_cannot_be_rung_on_duty_tonight() -> None:
    def named(*people: Person, dead: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
        standing = [Tonight(each, Nearness.ON_DUTY) for each in people]
        return [each.id for each in unreachable(standing, dead)]

    two = person("two", phones=("13900000001", "13900000002"))
    assert named(person("none", phones=()), two) == ["none"]
    assert named(two, dead=frozenset({("two", "13900000001")})) == []
    assert named(two, dead=frozenset({("two", n) for n in two.phones})) == ["two"]
    assert not list(unreachable([Tonight(person("x", phones=()), Nearness.AT_HOME)]))


def called(people: tuple[Person, ...], moment: datetime) -> list[str]:
    roster = tree.Roster(people, moment, ZONE)
    slots = order.slots_of(("guard", "gate", "engineering", "head"), "", SCENES, NUMBERS)
    found = order.targets(LADDER, (), roster, slots, outside())
    return [target.person for target in found if target.person]


def test_the_call_order_goes_by_it() -> None:
    moment = at(21, 22, 47)
    plain = called(tuple(CREW), moment)
    assert plain[:3] == ["lead", "walk", "gate"]
    assert called(people_at(CREW, NO_ROTA, (), moment, ZONE), moment) == plain
    plan = rota(("lead", 21, LEAVE), ("day", 21, DARK), ("walk", 21, OFF))
    later = at(21, 23)
    after = called(people_at(CREW, plan, (), later, ZONE), later)
    assert after[:2] == ["day", "gate"], "whoever has the night by the rota is there"
    assert after.index("lead") > after.index("walk") > after.index("day"), "at home before away"
    assert sorted(after) == sorted(plain), "nobody is left out"


@pytest.mark.rule("E-02")
def test_before_a_leader_who_is_away_the_deputy_is_rung() -> None:
    deputy = person("d", "supervisor", **NIGHT)
    people = (person("h", "head", deputy="d"), person("v", "vp"), deputy)
    moment = at(21, 22)

    def ladder(plan: Rota) -> list[str]:
        roster = tree.Roster(people_at(people, plan, (), moment, ZONE), moment, ZONE)
        found = order.targets(LADDER, (), roster, order.slots_of(("head",), "", (), {}), ())
        return [t.person for t in found if t.rung >= 0]

    assert ladder(NO_ROTA) == ["h", "v"]
    assert ladder(rota(("h", 21, LEAVE))) == ["d", "h", "v"]
    assert ladder(rota(("h", 21, OFF))) == ["h", "v"], "leaders are rung at any hour"
    assert ladder(rota(("h", 21, LEAVE), ("d", 21, OFF))) == ["h", "v"]


def test_nobody_is_planned_twice_over() -> None:
    who = one(person("a", **DAY), rota(("a", 21, LATE)), at(21, 16))
    assert isinstance(who, PlannedPerson)
    assert hash(who) == hash(one(person("a", **DAY), rota(("a", 21, LATE)), at(21, 16)))
