"""What a new rota takes the place of, and what of the old one stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dispatcher_tui.domain.site.rota import (
    KEPT,
    NO_ROTA,
    Rota,
    RotaLine,
    RotaTurn,
    put_into,
    rota_of,
    running_day,
)
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence

TODAY = date(2026, 12, 5)
DAY = timedelta(days=1)
NIGHT, OFF = RotaTurn("夜", time(19), time(7)), RotaTurn("休", absence=Absence.OFF)


def of(*days: date, turn: RotaTurn = NIGHT) -> Rota:
    return rota_of(RotaLine("a", turn, day) for day in days)


def test_of_two_lines_the_later_counts() -> None:
    rota = rota_of([RotaLine("a", NIGHT, TODAY), RotaLine("a", OFF, TODAY)])
    assert rota.turn("a", TODAY) == OFF
    assert rota.turn("a", TODAY + DAY) is None
    assert rota.turn("b", TODAY) is None


def test_a_new_rota_takes_the_place_of_its_own_days() -> None:
    before, after = date(2026, 11, 30), date(2026, 12, 31)
    new = rota_of([RotaLine("b", NIGHT, date(2026, 12, 1)), RotaLine("b", OFF, date(2026, 12, 30))])
    found = put_into(of(before, date(2026, 12, 1), date(2026, 12, 30), after), new, TODAY)
    assert {day for who, day in found.days if who == "a"} == {before, after}
    assert {day for who, day in found.days if who == "b"} == {d for _w, d in new.days}


def test_what_is_over_long_ago_is_left_out() -> None:
    last = TODAY - KEPT
    found = put_into(of(last, last - DAY), of(TODAY), TODAY)
    assert {day for _who, day in found.days} == {last, TODAY}


def test_a_pattern_takes_the_place_of_patterns_and_leaves_the_days() -> None:
    monday = rota_of([RotaLine("a", NIGHT, weekday=0)])
    both = put_into(of(TODAY), monday, TODAY)
    assert (both.days, both.week) == (of(TODAY).days, monday.week)
    other = rota_of([RotaLine("b", OFF, weekday=1)])
    assert put_into(both, other, TODAY).week == other.week
    assert put_into(both, of(TODAY), TODAY).week == monday.week
    assert put_into(NO_ROTA, monday, TODAY) == monday


def test_the_day_whose_night_goes_on_is_the_one_before_up_to_its_last_second() -> None:
    day = date(2026, 11, 20)
    rota = rota_of([RotaLine("li", NIGHT, day)])
    people = [Person("li", "李", "dispatcher")]

    def at(clock: str, whose: list[Person] = people) -> date:
        return running_day(rota, whose, datetime.fromisoformat(f"2026-11-21 {clock}"))

    assert at("00:00:00") == at("06:59:59") == day
    assert at("07:00:00") == at("23:59:59") == date(2026, 11, 21)
    assert at("06:59:59", []) == date(2026, 11, 21), "who left the roster has no night"


def test_lines_make_the_same_rota_again() -> None:
    rota = Rota(of(TODAY, TODAY + DAY).days, rota_of([RotaLine("b", OFF, weekday=6)]).week)
    assert rota_of(rota.lines) == rota
    assert rota.people == ["b", "a"]
    assert rota.codes == {"休": OFF, "夜": NIGHT}
