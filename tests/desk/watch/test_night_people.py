"""Swaps, who is ill, who came in, who stands in: on record, counted at once, proved, deletable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.adoption import adopt_people, adopt_rota
from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.case.suggest import whom_to_tell
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import duties_by, faithful, level_by
from dispatcher_tui.desk.site.adopted_lists import read_list
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.night_people import (
    come_in,
    name_stand_in,
    night_people,
    note_absence,
    place_given,
    silent_tonight,
    swap,
    withdraw_change,
)
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.site.rota import RotaLine, RotaTurn, rota_of
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.watch.people_lines import sheet_person
from dispatcher_tui.site.lists.roster import parse_roster, roster_text
from dispatcher_tui.site.lists.rota_form import rota_text
from dispatcher_tui.store.proof import SiteProof
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import LI, open_desk
from tests.domain.support import local
from tests.tui.support import SetClock

NIGHT, MORNING = local("2026-11-21 22:47"), local("2026-11-22 07:00")
GUARD, OTHER = "gaolei", "xutao"
"""The leads of the guards: one has the night, one the day."""
HEAD = "马国栋"
"""Who agrees."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = open_desk(tmp_path, NIGHT, LI.name)
    yield found
    found.store.close()


def who(desk: Desk, id_: str) -> Person:
    return next(each for each in desk.lists.people() if each.id == id_)


def near(desk: Desk, id_: str) -> Nearness:
    return who(desk, id_).nearness(desk.clock.now(), desk.rules.calendar.tz)


def go_to(desk: Desk, text: str) -> None:
    assert isinstance(desk.clock, SetClock)
    desk.clock.forward(seconds=(local(text) - desk.clock.now()).total_seconds())


def sound(desk: Desk) -> bool:
    books = desk.rulebook
    site = SiteProof(level_by(books), read_list)
    return verify(
        desk.store, fold=fold, duties_of=duties_by(books), faithful=faithful, site=site
    ).sound


def test_without_rota_or_change_the_people_are_those_of_the_roster(desk: Desk) -> None:
    assert list(desk.lists.people()) == desk.store.people()
    assert {type(each) for each in desk.lists.people()} == {Person}
    assert silent_tonight(desk) == ()
    standing = {each.person.id for each in night_people(desk).standing}
    hours = {p.id for p in desk.store.people() if p.on_from == time(19)}
    assert standing == {*hours, "yuanguilan"}, "the night's, who comes before its end, nobody else"


def test_a_swap_counts_at_once_and_ends_with_the_stretch(desk: Desk) -> None:
    assert (near(desk, GUARD), near(desk, OTHER)) == (Nearness.ON_ESTATE, Nearness.AT_HOME)
    entry = swap(desk, GUARD, OTHER, "马国栋")
    assert entry.event == ev.DutySwapped(
        person=GUARD,
        name="高磊",
        takes=OTHER,
        takes_name="徐涛",
        agreed="马国栋",
        since=NIGHT,
        until=MORNING,
    )
    assert (near(desk, GUARD), near(desk, OTHER)) == (Nearness.AT_HOME, Nearness.ON_ESTATE)
    go_to(desk, "2026-11-22 06:59:59")
    assert near(desk, OTHER) is Nearness.ON_ESTATE
    assert near(desk, GUARD) is Nearness.AT_HOME
    go_to(desk, "2026-11-22 19:00")
    assert (near(desk, GUARD), near(desk, OTHER)) == (Nearness.ON_ESTATE, Nearness.AT_HOME)
    assert sound(desk)


def test_a_change_ahead_is_for_the_whole_stretch(desk: Desk) -> None:
    event = note_absence(desk, OTHER, Absence.LEAVE).event
    assert isinstance(event, ev.AbsenceNoted)
    assert (event.since, event.until) == (MORNING, local("2026-11-22 19:00"))
    assert near(desk, OTHER) is Nearness.AT_HOME, "not before"


def test_ill_then_come_in_then_withdrawn(desk: Desk) -> None:
    note_absence(desk, GUARD, Absence.ILL)
    assert near(desk, GUARD) is Nearness.AWAY
    come = come_in(desk, GUARD)
    assert isinstance(come.event, ev.PersonCameIn)
    assert come.event.until == MORNING
    assert near(desk, GUARD) is Nearness.ON_ESTATE
    withdraw_change(desk, come.seq)
    assert near(desk, GUARD) is Nearness.AWAY
    with pytest.raises(Refusal, match="no_change"):
        withdraw_change(desk, come.seq)
    home = come_in(desk, OTHER)
    assert isinstance(home.event, ev.PersonCameIn)
    assert home.event.until == MORNING, "the end of the watch"


def test_a_stand_in_is_in_no_entry_and_can_be_deleted(desk: Desk) -> None:
    name_stand_in(desk, GUARD, "赵六", "13900000999", "马国栋")
    helper = desk.lists.people()[-1]
    assert (helper.name, helper.phones, helper.post) == ("赵六", ("13900000999",), "监控室")
    assert near(desk, helper.id) is Nearness.ON_ESTATE
    assert near(desk, GUARD) is Nearness.AT_HOME
    bodies = [row[0] for row in desk.store.db.all("SELECT body FROM journal")]
    assert not any("赵六" in body or "13900000999" in body for body in bodies)
    name_stand_in(desk, "caoyang", "钱七", "13900000888")
    assert [each.name for each in desk.lists.people()[-2:]] == ["赵六", "钱七"]
    assert desk.store.older_texts("stand_ins") == []
    assert desk.store.last_of("text_deleted") is not None
    go_to(desk, "2026-11-22 07:00")
    assert [each.name for each in desk.lists.people()] == [p.name for p in desk.store.people()]
    assert sound(desk)
    go_to(desk, "2026-11-22 20:00")
    name_stand_in(desk, GUARD, "孙八", "13900000777")
    assert [each.name for each in desk.lists.stand_ins()] == ["孙八"], "the others are forgotten"


def test_the_sheet_says_what_was_changed_for_the_coming_watch(desk: Desk) -> None:
    sign_in(desk, LI.name, LI.pin)
    assert sheet_now(desk).people == ()
    note_absence(desk, "caoyang", Absence.ILL)
    swap(desk, GUARD, OTHER, HEAD)
    name_stand_in(desk, "fengzhigang", "赵六", "13900000999")
    sheet = sheet_now(desk)
    told = [(each.name, each.absence, each.instead_of) for each in sheet.people]
    assert told == [("曹阳", Absence.ILL, ""), ("徐涛", None, "高磊"), ("", None, "冯志刚")]
    use("zh")
    lines = [sheet_person(each, sheet.at, desk.rules.calendar.tz) for each in sheet.people]
    assert lines == [
        "曹阳 不在岗：病休  22:47 至 11-22 07:00",
        "徐涛 替 高磊  22:47 至 11-22 07:00",
        "顶班的人 替 冯志刚  22:47 至 11-22 07:00",
    ]
    go_to(desk, "2026-11-22 06:59:59")
    assert len(sheet_now(desk).people) == 3
    go_to(desk, "2026-11-22 07:00")
    assert sheet_now(desk).people == ()


def test_what_is_refused(desk: Desk) -> None:
    before = desk.store.rows()
    jobs: tuple[tuple[str, Callable[[], object]], ...] = (
        ("swap_with_oneself", lambda: swap(desk, GUARD, GUARD, HEAD)),
        ("on_duty_then", lambda: swap(desk, GUARD, "caoyang", HEAD)),
        ("no_duty_to_give", lambda: swap(desk, "chenzhiqiang", OTHER, HEAD)),
        ("nobody_chosen", lambda: swap(desk, "nobody", OTHER, HEAD)),
        ("nobody_chosen", lambda: note_absence(desk, "", Absence.ILL)),
        ("swap_unagreed", lambda: swap(desk, GUARD, OTHER, " ")),
        ("swap_unagreed", lambda: swap(desk, GUARD, OTHER, "他说可以。行")),
        ("name_missing", lambda: name_stand_in(desk, GUARD, " ", "13900000999")),
        ("stand_in_number", lambda: name_stand_in(desk, GUARD, "赵六", "139****0999")),
        ("no_change", lambda: withdraw_change(desk, 1)),
    )
    for code, job in jobs:
        with pytest.raises(Refusal) as refused:
            job()
        assert refused.value.code == code
    assert desk.store.rows() == before


def test_the_rota_leads_the_suggestions_and_is_read_anew(desk: Desk) -> None:
    dark, off = RotaTurn("夜", time(19), time(7)), RotaTurn("休", absence=Absence.OFF)
    today = date(2026, 11, 21)
    rota = rota_of([RotaLine(OTHER, dark, today), RotaLine(GUARD, off, today)])
    case = desk.open_case(Intake(place="3-2-1502", said="吵")).case

    def first_lead() -> str:
        file = read_case(desk, case.id)
        found = whom_to_tell(
            file.procedure, file.rules.calendar, case, None, file.people, desk.clock.now()
        )
        return next(each.person.id for each in found if each.person.role == "security_lead")

    assert first_lead() == GUARD
    adopt_rota(desk, rota, rota_text(rota))
    assert (near(desk, GUARD), near(desk, OTHER)) == (Nearness.AT_HOME, Nearness.ON_ESTATE)
    assert first_lead() == OTHER
    assert sound(desk)
    ill = note_absence(desk, OTHER, Absence.ILL)
    assert first_lead() == GUARD, "at home before ill"
    withdraw_change(desk, ill.seq)
    assert first_lead() == OTHER


def test_who_is_on_duty_without_a_number_is_known(desk: Desk) -> None:
    assert silent_tonight(desk) == ()
    mute = [replace(p, phones=()) if p.id in (GUARD, OTHER) else p for p in desk.store.people()]
    adopt_people(desk, mute, roster_text(mute))
    assert parse_roster(roster_text(mute)) == mute
    assert silent_tonight(desk) == ("高磊",), "the other one is at home"
    swap(desk, GUARD, OTHER, HEAD)
    assert silent_tonight(desk) == ("徐涛",)


def names(desk: Desk) -> dict[str, str]:
    return {each.name: each.id for each in desk.lists.people()}


def absence(desk: Desk, id_: str) -> ev.AbsenceNoted:
    event = note_absence(desk, id_, Absence.ILL).event
    assert isinstance(event, ev.AbsenceNoted)
    return event


def test_who_took_over_came_in_or_stands_in_and_falls_ill_is_away_at_once(desk: Desk) -> None:
    swap(desk, GUARD, OTHER, HEAD)
    come_in(desk, "chenzhiqiang")
    name_stand_in(desk, "caoyang", "赵六", "13900000999")
    for id_ in (OTHER, "chenzhiqiang", names(desk)["赵六"]):
        assert near(desk, id_) <= Nearness.ON_DUTY
        event = absence(desk, id_)
        assert (event.since, event.until) == (NIGHT, MORNING)
        assert near(desk, id_) is Nearness.AWAY
    assert sound(desk)


def test_a_duty_is_given_once_and_handed_on_by_whoever_has_it(desk: Desk) -> None:
    first = swap(desk, GUARD, OTHER, HEAD)
    third, before = "fengzhigang", desk.store.rows()
    jobs: tuple[Callable[[], object], ...] = (
        lambda: swap(desk, GUARD, "chenzhiqiang", HEAD),
        lambda: name_stand_in(desk, GUARD, "赵六", "13900000999"),
        lambda: place_given(desk, GUARD),
    )
    for job in jobs:
        with pytest.raises(Refusal) as refused:
            job()
        assert (refused.value.code, refused.value.detail) == (
            "given_away",
            {"name": "高磊", "takes": "徐涛"},
        )
    assert desk.store.rows() == before
    assert desk.lists.stand_ins() == ()
    assert place_given(desk, OTHER) == (NIGHT, MORNING)
    note_absence(desk, OTHER, Absence.ILL)
    name_stand_in(desk, OTHER, "赵六", "13900000999")
    helper = names(desk)["赵六"]
    assert (near(desk, helper), who(desk, helper).post) == (Nearness.ON_ESTATE, "监控室")
    with pytest.raises(Refusal, match="given_away"):
        swap(desk, OTHER, third, HEAD)
    withdraw_change(desk, first.seq)
    assert swap(desk, GUARD, "chenzhiqiang", HEAD).event
    assert sound(desk)


def test_seven_takes_back_the_newest_first(desk: Desk) -> None:
    def change() -> int:
        return next(p.change for p in night_people(desk).standing if p.person.id == OTHER)

    first = swap(desk, GUARD, OTHER, HEAD)
    assert change() == first.seq
    ill = note_absence(desk, OTHER, Absence.ILL)
    assert change() == ill.seq
    withdraw_change(desk, change())
    assert (change(), near(desk, OTHER)) == (first.seq, Nearness.ON_ESTATE)
