"""Away for days: by the duties that begin on them, and whose place is taken for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_rota
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.night_people import (
    AwayTimeError,
    be_away,
    come_in,
    night_people,
    place_given,
    swap,
    withdraw_change,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.site.rota import RotaLine, RotaTurn, rota_of
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.site.lists.rota_form import rota_text
from tests.desk.on_watch import LI, open_desk
from tests.desk.watch.test_night_people import (
    GUARD,
    HEAD,
    MORNING,
    NIGHT,
    OTHER,
    go_to,
    near,
    sound,
)
from tests.domain.support import local

LEAVE = Absence.LEAVE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = open_desk(tmp_path, NIGHT, LI.name)
    yield found
    found.store.close()


def test_what_is_refused(desk: Desk) -> None:
    before = desk.store.rows()
    for who, since, until, code in (
        (GUARD, "12-05", "12-04", "away_backwards"),
        (GUARD, "12-05", "12-04 23:59", "away_backwards"),
        ("nobody", "12-05", "12-06", "nobody_chosen"),
    ):
        with pytest.raises(Refusal) as refused:
            be_away(desk, who, LEAVE, since, until)
        assert refused.value.code == code
    assert desk.store.rows() == before


def away(desk: Desk, id_: str, since: str, until: str) -> tuple[object, object]:
    event = be_away(desk, id_, LEAVE, since, until).event
    assert isinstance(event, ev.AbsenceNoted)
    assert event.days
    return event.since, event.until


def test_leave_by_days_has_the_duties_that_begin_on_them(desk: Desk) -> None:
    assert away(desk, GUARD, "11-23", "11-24") == (
        local("2026-11-23 07:00"),
        local("2026-11-25 07:00"),
    ), "the night of the 22nd is theirs still, the one of the 24th is off to its end"
    assert away(desk, OTHER, "11-23", "11-24") == (
        local("2026-11-23 00:00"),
        local("2026-11-25 00:00"),
    ), "a day's shift lies in its day"
    for at, expected in (
        ("2026-11-22 18:59:59", Nearness.AT_HOME),
        ("2026-11-22 19:00", Nearness.ON_ESTATE),
        ("2026-11-23 06:59:59", Nearness.ON_ESTATE),
        ("2026-11-23 07:00", Nearness.AWAY),
        ("2026-11-24 19:00", Nearness.AWAY),
        ("2026-11-25 06:59:59", Nearness.AWAY),
        ("2026-11-25 07:00", Nearness.AT_HOME),
        ("2026-11-25 19:00", Nearness.ON_ESTATE),
    ):
        go_to(desk, at)
        assert near(desk, GUARD) is expected, at
    assert sound(desk)


def test_leave_by_days_goes_by_the_rota_of_its_days_and_by_times_as_typed(desk: Desk) -> None:
    dark = RotaTurn("夜", time(20), time(8))
    rota = rota_of([RotaLine(OTHER, dark, date(2026, 11, day)) for day in (29, 30)])
    adopt_rota(desk, rota, rota_text(rota))
    expected = local("2026-11-30 08:00"), local("2026-12-01 08:00")
    assert away(desk, OTHER, "11-30", "11-30") == expected
    expected = local("2026-11-30 01:00"), local("2026-11-30 22:00")
    assert away(desk, OTHER, "11-30 01:00", "11-30 22:00") == expected
    assert away(desk, OTHER, "今天", "明天")[0] == NIGHT, "today is from now on"


def test_whose_place_is_given_in_a_week_of_leave_gives_one_duty(desk: Desk) -> None:
    away(desk, GUARD, "今天", "11-29")
    assert near(desk, GUARD) is Nearness.AWAY
    assert place_given(desk, GUARD) == (NIGHT, MORNING)
    swap(desk, GUARD, OTHER, HEAD)
    go_to(desk, "2026-11-22 07:00")
    assert (near(desk, GUARD), near(desk, OTHER)) == (Nearness.AWAY, Nearness.ON_ESTATE)
    evening, end = local("2026-11-22 19:00"), local("2026-11-23 07:00")
    assert place_given(desk, GUARD) == (evening, end)
    go_to(desk, "2026-11-22 21:00")
    come = come_in(desk, GUARD).event
    assert isinstance(come, ev.PersonCameIn)
    assert come.until == end, "once, and no week of duty"
    assert near(desk, GUARD) is Nearness.ON_ESTATE
    go_to(desk, "2026-11-23 07:00")
    assert near(desk, GUARD) is Nearness.AWAY
    assert sound(desk)


def test_who_has_no_hours_gives_no_duty_out_of_their_leave(desk: Desk) -> None:
    away(desk, "chenzhiqiang", "今天", "11-29")
    assert near(desk, "chenzhiqiang") is Nearness.AWAY
    with pytest.raises(Refusal, match="no_duty_to_give"):
        swap(desk, "chenzhiqiang", OTHER, HEAD)
    with pytest.raises(Refusal, match="no_duty_to_give"):
        place_given(desk, "chenzhiqiang", planned=True)


def test_leave_that_lies_ahead_is_listed_below_the_night_and_can_be_taken_back(desk: Desk) -> None:
    assert night_people(desk).announced == ()
    entry = be_away(desk, "chenzhiqiang", Absence.TRAINING, "11-25", "11-27")
    (listed,) = night_people(desk).announced
    assert (listed.person.id, listed.absence) == ("chenzhiqiang", Absence.TRAINING)
    assert (listed.since, listed.change) == (local("2026-11-25 00:00"), entry.seq)
    assert listed.person.id not in {p.person.id for p in night_people(desk).standing}
    withdraw_change(desk, entry.seq)
    assert night_people(desk).announced == ()


@pytest.mark.parametrize(
    ("since", "until", "field", "code"),
    [
        ("", "11-27", "since", "empty"),
        ("11-25", " ", "until", "empty"),
        ("11-20", "11-27", "since", "past"),
        ("11-25", "3", "until", "nonsense"),
        ("11-25", "３", "until", "nonsense"),
        ("下午", "11-27", "since", "nonsense"),
        ("随便", "11-27", "since", "nonsense"),
        ("11-25", "2028-01-01", "until", "far"),
    ],
)
def test_days_that_cannot_stand_say_which(
    desk: Desk, since: str, until: str, field: str, code: str
) -> None:
    before = desk.store.rows()
    with pytest.raises(AwayTimeError) as wrong:
        be_away(desk, GUARD, LEAVE, since, until)
    assert (wrong.value.field, wrong.value.code) == (field, code)
    assert desk.store.rows() == before
