"""Whoever is out alone is asked to the second, again and again; silence sends a second one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.routines import fire_desk, owed_by_desk
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.out_alone import (
    alone_now,
    asked_whether_safe,
    back_again,
    minutes_for,
    send_alone,
)
from dispatcher_tui.domain.case.decide_out_alone import SendAsked
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue
from dispatcher_tui.domain.watch.out_alone import anybody_late, is_alone
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.present.reviews.desk_lines import near_lines
from tests.desk.on_watch import open_desk
from tests.domain.support import local

START = "2026-11-18 23:00:00"
ROSTER = (
    "id,name,role,phone\ngl,高磊,implementer,13900000115\ncy,曹阳,implementer,13900000128\n"
    "ld,林东,implementer,\n"
)
GUARD = SendAsked("高磊", "gl", "3-2-1502")


def go(desk: Desk, seconds: float) -> datetime:
    """The desk's clock stands so many seconds after the beginning."""
    desk.clock.at = now = local(START) + timedelta(seconds=seconds)  # type: ignore[attr-defined]
    return now


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = open_desk(tmp_path, local(START))
    people = [
        Person("gl", "高磊", "implementer", phones=("13900000115",)),
        Person("cy", "曹阳", "implementer", phones=("13900000128",)),
        Person("ld", "林东", "implementer"),
    ]
    adopt_people(found, people, ROSTER)
    return found


def fired(desk: Desk) -> list[str]:
    """What falls due by now of the desk's own, by its words."""
    return [
        entry.event.label.en
        for entry in fire_desk(desk)
        if isinstance(entry.event, DeskDutyFellDue)
        and entry.event.label
        and is_alone(entry.event.duty)
    ]


def refused(desk: Desk, asked: SendAsked) -> str:
    with pytest.raises(Refusal) as caught:
        send_alone(desk, asked)
    return caught.value.code


def test_he_is_asked_after_a_quarter_of_an_hour_and_again_after_each_answer(desk: Desk) -> None:
    send_alone(desk, GUARD)
    for seconds, late in ((899, False), (900, True), (901, True)):
        now = go(desk, seconds)
        assert anybody_late(desk.post.alone, now) is late
        assert fired(desk) == (["Is 高磊 safe?"] if seconds == 900 else [])
    go(desk, 930)
    asked_whether_safe(desk, 1, safe=True)
    assert not anybody_late(desk.post.alone, go(desk, 1829))
    assert fired(desk) == []
    assert anybody_late(desk.post.alone, go(desk, 1830))
    assert fired(desk) == ["Is 高磊 safe?"]
    back_again(desk, 1)
    assert (desk.post.alone, desk.post.fired) == ((), frozenset())
    assert not any(is_alone(duty.key) for duty in owed_by_desk(desk))
    go(desk, 9000)
    assert fired(desk) == []
    assert Record(desk.store, desk.clock).verify(None).problems == ()


def test_silence_asks_for_a_second_one_within_two_minutes(desk: Desk) -> None:
    send_alone(desk, GUARD)
    go(desk, 900)
    asked_whether_safe(desk, 1, safe=False)
    (row,) = alone_now(desk)
    assert (row.phones, row.next, row.next_phones) == (("13900000115",), "曹阳", ("13900000128",))
    assert anybody_late(desk.post.alone, desk.clock.now()), "it rings until somebody goes"
    go(desk, 1019)
    assert fired(desk) == []
    go(desk, 1020)
    assert fired(desk) == ["高磊 does not answer: send somebody"]
    asked_whether_safe(desk, 1, safe=False, second="曹阳")
    (row,) = alone_now(desk)
    assert (row.out.second, row.out.silent, row.next) == ("曹阳", False, "")
    assert not anybody_late(desk.post.alone, go(desk, 1919))
    assert anybody_late(desk.post.alone, go(desk, 1920)), "both are asked for from then"


def test_at_a_fire_it_is_five_minutes(desk: Desk) -> None:
    burning = Intake(place="3-2-1502", said="冒烟", facts=(Fact.FIRE,))
    case = desk.open_case(burning, received_at=None).case
    dry = desk.open_case(
        Intake(place="3-2-1502", said="漏水", category="leak"), received_at=None
    ).case
    assert [minutes_for(desk, each) for each in (case, dry, None)] == [5, 15, 15]
    send_alone(desk, SendAsked("高磊", "gl", "3-2-1502", case.number, minutes_for(desk, case)))
    assert not anybody_late(desk.post.alone, go(desk, 299))
    assert anybody_late(desk.post.alone, go(desk, 300))


def test_what_cannot_be_is_refused_and_nothing_is_written(desk: Desk) -> None:
    send_alone(desk, GUARD)
    before = desk.store.rows()
    assert refused(desk, SendAsked("  ")) == "alone_name_missing"
    assert refused(desk, SendAsked("7")) == "figure_no_name"
    assert refused(desk, GUARD) == "alone_out_already"
    assert [refused(desk, SendAsked("曹阳", minutes=n)) for n in (-1, 121)] == [
        "alone_minutes_unfit"
    ] * 2
    with pytest.raises(Refusal, match="alone_not_out"):
        asked_whether_safe(desk, 9, safe=True)
    with pytest.raises(Refusal, match="alone_not_out"):
        back_again(desk, 9)
    asked_whether_safe(desk, 1, safe=False)
    before = desk.store.rows()
    go(desk, 60)
    with pytest.raises(Refusal, match="alone_silent_already"):
        asked_whether_safe(desk, 1, safe=False)
    with pytest.raises(Refusal, match="alone_second_same"):
        asked_whether_safe(desk, 1, safe=False, second="高磊")
    assert desk.store.rows() == before
    assert send_alone(desk, SendAsked("曹阳", minutes=120)).event.number == 2  # type: ignore[attr-defined]


def test_it_stands_on_the_board_when_it_is_time_and_on_the_sheet(desk: Desk) -> None:
    send_alone(desk, GUARD)
    send_alone(desk, SendAsked("曹阳", "cy"))
    zone = desk.rules.calendar.tz

    def told() -> list[str]:
        lines = near_lines(owed_by_desk(desk), desk.clock.now(), zone)
        return [text for line in lines if "safe" in (text := "".join(s.text for s in line))]

    go(desk, 899)
    assert told() == []
    go(desk, 960)
    assert len(told()) == 1
    assert told()[0].endswith(" Is 高磊 safe?, 1 min late and 1 more: q")
    labels = [duty.label.en for duty in sheet_now(desk).duties]
    assert {"Is 高磊 safe?", "Is 曹阳 safe?"} <= set(labels)
