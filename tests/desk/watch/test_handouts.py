"""The handout book on a real file: out, back, overdue once, on the sheet, found, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.adoption import adopt_people, adopt_site, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.routines import fire_desk, owed_by_desk
from dispatcher_tui.desk.site.forgetting import forget
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.handouts import (
    found_out,
    hand_out,
    handout_book,
    handouts_now,
    rows_out,
    take_back,
)
from dispatcher_tui.domain.case.decide_handouts import BackAsked, HandOutAsked
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.handout_events import ThingHandedOut
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.reviews.desk_lines import desk_rows, near_lines
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import load
from dispatcher_tui.site.texts import HANDOUTS, shipped_text
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local

ON = shipped_text(HANDOUTS).replace("in_force = false", "in_force = true")
KEY = HandOutAsked("keys", "K2", who="张伟", fields={"why": "看水泵"})
VISIT = HandOutAsked(
    "visitors", what="探亲", who="钱多多", fields={"place": "3-2-1502", "phone": "13912340001"}
)
FIND = HandOutAsked("finds", what="黑色双肩包", who="保洁", fields={"where": "大堂", "kept": "柜2"})


def in_force(tmp_path: Path, at: str = "2026-11-18 07:30") -> Desk:
    desk = open_desk(tmp_path, local(at))
    (desk.site.folder / HANDOUTS).write_text(ON, encoding="utf-8")
    adopt_site(desk, load(desk.site.folder))
    adopt_people(desk, [Person("zw", "张伟", "implementer")], "id,name,role\nzw,张伟,implementer\n")
    return desk


def number(desk: Desk, asked: HandOutAsked) -> int:
    event = hand_out(desk, asked).event
    assert isinstance(event, ThingHandedOut)
    return event.number


def refused(job: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        job()
    return caught.value.code


def test_what_goes_out_falls_due_once_and_comes_back(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    assert [number(desk, each) for each in (VISIT, KEY, FIND)] == [1, 2, 3]
    put(desk, "2026-11-18 11:29:59")
    assert fire_desk(desk) == []
    put(desk, "2026-11-18 11:30")
    (fired,) = (entry.event for entry in fire_desk(desk))
    assert isinstance(fired, DeskDutyFellDue)
    assert (fired.duty, near_lines(desk_duties(desk), now(desk), zone(desk))) == ("handout:1", [])
    put(desk, "2026-11-18 11:30:01")
    assert fire_desk(desk) == []
    use("en")
    (line,) = near_lines(desk_duties(desk), now(desk), zone(desk))
    assert "not back 1: 1 Visitors" in "".join(span.text for span in line)
    ((row, _duty),) = desk_rows(desk_duties(desk), now(desk))
    assert "Not back: 1 Visitors" in row
    (first, second) = sheet_now(desk).handouts[:2]
    assert (first.number, second.number, second.thing and second.thing.zh) == (1, 2, "水泵房")
    take_back(desk, BackAsked(1))
    assert (desk_rows(desk_duties(desk), now(desk)), len(sheet_now(desk).handouts)) == ([], 2)
    assert desk.post.fired == frozenset()
    assert not Record(desk.store, desk.clock).verify(None).problems


def now(desk: Desk) -> datetime:
    return desk.clock.now()


def zone(desk: Desk) -> tzinfo:
    return desk.rules.calendar.tz


def desk_duties(desk: Desk) -> list[Duty]:
    return [duty for duty in owed_by_desk(desk) if duty.do == "handout"]


def test_bad_entries_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    number(desk, KEY)
    rows = desk.store.rows()
    asked = replace
    codes = [
        refused(lambda: take_back(desk, BackAsked(7))),
        refused(lambda: take_back(desk, BackAsked(1), local("2026-11-18 07:29"))),
        refused(lambda: hand_out(desk, KEY)),
        refused(lambda: hand_out(desk, asked(KEY, thing="K99"))),
        refused(lambda: hand_out(desk, asked(KEY, thing=""))),
        refused(lambda: hand_out(desk, asked(KEY, register="safe"))),
        refused(lambda: hand_out(desk, asked(KEY, thing="K3", who="路人"))),
        refused(lambda: hand_out(desk, asked(KEY, thing="K3", fields={}))),
        refused(lambda: hand_out(desk, asked(KEY, thing="K3", fields={"why": "a", "x": "b"}))),
        refused(lambda: hand_out(desk, asked(VISIT, what=""))),
        refused(lambda: hand_out(desk, asked(VISIT, fields={"place": "1-1", "phone": "ask"}))),
        refused(lambda: hand_out(desk, asked(VISIT, due=now(desk)))),
        refused(lambda: hand_out(desk, VISIT, local("2026-11-18 07:31"))),
    ]
    assert codes == [
        "handout_never_out",
        "handout_back_before_out",
        "handout_out",
        "handout_thing_unknown",
        "handout_thing_missing",
        "handout_register_unknown",
        "handout_not_staff",
        "handout_field_missing",
        "handout_field_unknown",
        "handout_what_missing",
        "handout_phone_unfit",
        "handout_due_past",
        "future",
    ]
    assert (desk.store.rows(), len(rows_out(desk))) == (rows, 1)
    take_back(desk, BackAsked(1))
    assert refused(lambda: take_back(desk, BackAsked(1))) == "handout_back_twice"
    assert number(desk, FIND) == 2
    assert refused(lambda: take_back(desk, BackAsked(2))) == "handout_claimant_missing"


def test_it_is_found_by_number_name_initials_and_thing(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    for each in (VISIT, KEY, FIND):
        hand_out(desk, each)
    found = {
        text: [row.number for row in found_out(desk, text)]
        for text in ("2", "张伟", "zw", "水泵", "pump", "3912340", "双肩包", "qdd", "nobody", "")
    }
    assert found == {
        "2": [2],
        "张伟": [2],
        "zw": [2],
        "水泵": [2],
        "pump": [2],
        "3912340": [1],
        "双肩包": [3],
        "qdd": [1],
        "nobody": [],
        "": [],
    }


def test_a_household_is_forgotten_in_it_and_the_thing_stays_out(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    text = "place,resident,phone,note\n3-2-1502,钱多多,13912340001,\n"
    adopt_units(desk, parse_units(text), text)
    hand_out(desk, VISIT)
    hand_out(desk, FIND)
    take_back(desk, BackAsked(2, who="钱多多"))
    kept = b"".join(each.read_bytes() for each in desk.store.path.parent.glob("*.sqlite3*"))
    assert "钱多多".encode() in kept
    done = forget(desk, "3-2-1502")
    assert done.held.texts == 3, "the visit, the claim, the list of units before"
    kept = b"".join(each.read_bytes() for each in desk.store.path.parent.glob("*.sqlite3*"))
    assert ("钱多多".encode() in kept, b"13912340001" in kept) == (False, False)
    (row,) = handouts_now(desk).out
    assert (row.number, row.text) == (1, None)
    assert not Record(desk.store, desk.clock).verify(None).problems
    take_back(desk, BackAsked(1))
    assert rows_out(desk) == ()


def test_the_page_has_every_line_of_its_days_and_how_it_came_back(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    number(desk, KEY)
    put(desk, "2026-11-19 08:00")
    take_back(desk, BackAsked(1, note="少一把"))
    number(desk, KEY)
    book = handout_book(desk, "keys")
    assert [(row.number, row.late(book.at), bool(row.back_at)) for row in book.rows] == [
        (1, True, True),
        (2, False, False),
    ]
    assert book.rows[0].back_text is not None
    assert book.rows[0].back_text.note == "少一把"
    day = handout_book(desk, "keys", local("2026-11-18 12:00").date(), None)
    assert len(day.rows) == 2
    one = handout_book(
        desk, "keys", local("2026-11-18 12:00").date(), local("2026-11-18 12:00").date()
    )
    assert [row.number for row in one.rows] == [1]
    assert one.rows[0].back_at is not None, "it came back after the last day"
    put(desk, "2026-12-01 08:00")
    assert [row.number for row in handout_book(desk, "keys").rows] == [2], "it is out still"
    assert refused(lambda: handout_book(desk, "safe")) == "handout_register_unknown"


def test_a_text_that_was_changed_or_taken_away_is_named(tmp_path: Path) -> None:
    desk = in_force(tmp_path)
    hand_out(desk, VISIT)
    with desk.store.write() as tx:
        tx._db.run("DELETE FROM documents WHERE what = 'handouts'")
    problems = Record(desk.store, desk.clock).verify(None).problems
    assert [each.code for each in problems] == ["text_gone"]
