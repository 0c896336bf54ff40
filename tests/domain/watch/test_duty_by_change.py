"""The duty that a change of tonight is about: by what holds now, to the second; given once."""

from __future__ import annotations

from datetime import datetime, time

from msgspec.structs import replace

from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.site.rota import NO_ROTA, Rota, RotaTurn
from dispatcher_tui.domain.watch.duty_changes import DutyChange, given_away
from dispatcher_tui.domain.watch.on_duty import absence_span, duty, people_at, tonight
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.terms import Absence
from tests.domain.ringing import CREW, DAY, NIGHT, ZONE, person
from tests.domain.watch.test_on_duty import EARLY, SECOND, SPAN, SWAP, at, called, post, rota


def took(seq: int, who: str, since: datetime, until: datetime, place: str = "") -> DutyChange:
    return DutyChange(seq, who, since, until, None, place)


def test_the_duty_that_runs_by_a_change_is_meant_before_the_planned_one() -> None:
    day, since, until = person("walk", **DAY), at(21, 22), at(22, 7)
    tomorrow = at(22, 7), at(22, 19)

    def meant(moment: datetime, *changes: DutyChange) -> tuple[datetime, datetime] | None:
        return duty(people_at([day], NO_ROTA, changes, moment, ZONE)[0], moment, ZONE)

    takes = took(1, "walk", since, until, "gate")
    assert meant(since) == tomorrow
    assert meant(since - SECOND, takes) == (since, until), "the next one, before the planned one"
    assert meant(since, takes) == (since, until)
    assert meant(until - SECOND, takes) == (since, until)
    assert meant(until, takes) == tomorrow
    assert meant(since, took(1, "walk", since, until)) == (since, until), "who came in"
    assert meant(since, took(1, "other", since, until)) == tomorrow
    ill = DutyChange(2, "walk", since, until, Absence.ILL)
    assert meant(since, takes, ill) == (since, until), "said anew it is of the same stretch"
    far = took(1, "walk", at(23, 19), at(24, 7), "gate")
    assert meant(at(21, 8), far) == (at(21, 7), at(21, 19)), "what runs, before what comes"
    none = person("h")
    for moment, found in ((at(22, 19), (far.since, far.until)), (at(22, 19) - SECOND, None)):
        mine = replace(far, person="h")
        there = people_at([none], NO_ROTA, [mine], moment, ZONE)[0]
        assert duty(there, moment, ZONE) == found, "a day ahead and no further"


def test_an_absence_said_tonight_is_of_what_runs_now_else_of_what_is_next() -> None:
    now, end = at(21, 22), at(22, 7)

    def away(who: Person, plan: Rota, *changes: DutyChange) -> tuple[datetime, datetime]:
        return absence_span(people_at([who], plan, changes, now, ZONE)[0], now, end, ZONE)

    head, night, day = person("h"), person("a", **NIGHT), person("b", **DAY)
    assert away(head, NO_ROTA) == (now, end)
    assert away(night, NO_ROTA) == (now, end), "what is left of it"
    assert away(day, NO_ROTA) == (at(22, 7), at(22, 19))
    touches = RotaTurn("x", time(7), time(15))
    early = RotaTurn("x", time(6, 59), time(15))
    assert away(head, rota(("h", 22, touches))) == (now, end), "to be reached now: tonight"
    assert away(head, rota(("h", 22, early))) == (now, at(22, 15)), "with what begins in the watch"
    assert away(head, rota(("h", 21, EARLY), ("h", 22, EARLY))) == (at(22, 7), at(22, 15))
    came = took(1, "h", at(21, 21), end)
    assert away(head, rota(("h", 22, touches)), came) == (now, end)
    assert away(head, rota(("h", 22, early)), came) == (now, at(22, 15))


def test_who_took_over_and_falls_ill_is_away_at_once() -> None:
    moment = at(21, 22)
    swap = ev.DutySwapped(person="lead", name="甲", takes="day", takes_name="乙", **SPAN)
    ill = ev.AbsenceNoted(person="day", name="乙", absence=Absence.ILL, **SPAN)
    for events, found in (((swap,), Nearness.ON_ESTATE), ((swap, ill), Nearness.AWAY)):
        there = people_at(CREW, NO_ROTA, post(*events).changes, moment, ZONE)
        (day,) = (each for each in there if each.id == "day")
        assert day.nearness(moment, ZONE) is found
        ids = called(there, moment)
        first = found is Nearness.ON_ESTATE
        assert (ids[0] == "day", ids.index("day") < ids.index("lead")) == (first, first), ids


def test_a_place_is_handed_on() -> None:
    gate, walk = person("gate", post="东门岗", **NIGHT), person("walk", post="3栋", **DAY)
    third = person("third", post="5栋", **DAY)
    on = ev.DutySwapped(person="walk", name="乙", takes="third", takes_name="丙", **SPAN)
    moment = at(21, 22)

    def posts(*events: Event) -> list[str]:
        held = post(*events).changes
        there = people_at([gate, walk, third], NO_ROTA, held, moment, ZONE)
        return [each.post for each in there if each.on_duty(moment, ZONE)]

    assert posts(SWAP, on) == ["东门岗"], "the third stands where the first would"
    back = ev.DutySwapped(person="walk", name="乙", takes="gate", takes_name="甲", **SPAN)
    assert posts(SWAP, back) == ["东门岗"]


def test_who_has_somebodys_duty() -> None:
    since, until = SPAN["since"], SPAN["until"]
    came = ev.PersonCameIn(person="gate", name="甲", **SPAN)
    ill = ev.AbsenceNoted(person="gate", name="甲", absence=Absence.ILL, **SPAN)
    back = ev.DutySwapped(person="walk", name="乙", takes="gate", takes_name="甲", **SPAN)
    stands = ev.StandInNamed(stand_in="x", person="gate", name="甲", **SPAN)

    def has(moment: datetime, *events: Event) -> str:
        found = given_away(post(*events, when=since - SECOND).changes, "gate", moment)
        return found.person if found is not None else ""

    assert has(since) == ""
    for moment, who in ((since - SECOND, ""), (since, "walk"), (until - SECOND, "walk")):
        assert has(moment, SWAP) == who
    assert has(until, SWAP) == ""
    assert has(since, ill) == ""
    assert has(since, ill, SWAP) == has(since, SWAP, ill) == "walk"
    assert has(since, SWAP, came) == has(since, SWAP, back) == ""
    assert has(since, stands) == "x"
    assert has(since, SWAP, ev.DutyChangeWithdrawn(of=1)) == ""


def test_what_is_taken_back_is_the_newest_change() -> None:
    day, moment, end = person("walk", **DAY), at(21, 22), at(22, 7)

    def newest(*changes: DutyChange) -> list[int]:
        there = people_at([day], NO_ROTA, changes, moment, ZONE)
        return [each.change for each in tonight(there, moment, end + SECOND, ZONE)]

    takes = took(1, "walk", moment, end)
    tomorrow = DutyChange(2, "walk", end, at(22, 19), Absence.ILL)
    assert newest() == [0]
    assert newest(takes) == [1]
    assert newest(takes, tomorrow) == [2], "of the next stretch, and written last"
    ill = DutyChange(1, "walk", moment, end, Absence.ILL)
    assert newest(ill, DutyChange(2, "walk", moment, end, Absence.OFF)) == [2]
    assert newest(DutyChange(1, "walk", at(21, 20), moment, Absence.ILL)) == [0], "it is over"
    far = DutyChange(3, "walk", at(23, 7), at(23, 19), Absence.ILL)
    assert newest(far) == [3], "beyond the watch, said tonight all the same"


def test_who_has_no_hours_but_a_turn_in_the_watch_is_among_its_people() -> None:
    moment, end = at(21, 22), at(22, 7)
    for start, found in ((time(6, 59), ["h"]), (time(7), [])):
        plan = rota(("h", 22, RotaTurn("x", start, time(15))))
        there = people_at([person("h")], plan, (), moment, ZONE)
        assert [each.person.id for each in tonight(there, moment, end, ZONE)] == found
