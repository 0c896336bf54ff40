"""The desk's own duties on a real file: known since they were adopted, fired once, on the sheet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.reviews.routines import (
    do_routine,
    fire_desk,
    next_desk_firing,
    open_routine,
    owed_by_desk,
)
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.outage import fire_and_read, start_desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoutineDone
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.watch.outage_lines import fallen_line
from dispatcher_tui.site.load import load
from tests.desk.on_watch import clock_of, open_desk
from tests.desk.several import set_in_force
from tests.domain.support import SECOND, local

ADOPTED = local("2026-11-18 07:00")
MONDAY, MIDNIGHT = local("2026-11-23 00:00"), local("2026-11-24 00:00")


def put(desk: Desk, text: str) -> Desk:
    """The same desk at another moment."""
    clock_of(desk).at = local(text)
    return desk


def fired(desk: Desk) -> list[str]:
    """The keys of what fell due now, as written down."""
    entries = fire_desk(desk)
    return [entry.event.duty for entry in entries if isinstance(entry.event, DeskDutyFellDue)]


def test_each_fires_at_its_time_and_never_again(tmp_path: Path) -> None:
    open_desk(tmp_path, ADOPTED).store.close()
    desk = open_desk(tmp_path, MIDNIGHT - SECOND)
    assert fired(desk) == []
    assert next_desk_firing(owed_by_desk(desk), desk.post.fired) == MIDNIGHT
    clock_of(desk).at = MIDNIGHT
    assert fired(desk) == ["review:2026-W47"]
    assert fired(desk) == []
    desk.store.close()
    desk = open_desk(tmp_path, MIDNIGHT + timedelta(hours=1))
    assert fired(desk) == []
    assert next_desk_firing(owed_by_desk(desk), desk.post.fired) == local("2026-11-30 00:00")


def test_what_fell_due_while_the_desk_was_off_is_in_the_gap_by_its_name(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, ADOPTED)
    start_desk(desk, None)
    desk.store.close()
    desk = open_desk(tmp_path, local("2026-11-24 08:00"))
    start_desk(desk, None)
    (fallen,) = fire_and_read(desk).duties
    assert (fallen.duty, fallen.rule, fallen.pending) == ("review:2026-W47", "P0-09", True)
    assert fallen.label is not None
    assert fallen.case_id == ""


def test_a_week_nobody_followed_is_told_as_missed_once_the_next_took_its_place(
    tmp_path: Path,
) -> None:
    """Nobody saw to it: the report of the gap must not say so, and the record is read by that."""
    desk = open_desk(tmp_path, ADOPTED)
    start_desk(desk, None)
    desk.store.close()
    desk = open_desk(tmp_path, local("2026-12-01 08:00"))
    start_desk(desk, None)
    duties = {each.duty: each for each in fire_and_read(desk).duties}
    older, newer = duties["review:2026-W47"], duties["review:2026-W48"]
    assert (older.pending, older.lapsed) == (False, True)
    assert (newer.pending, newer.lapsed) == (True, False)
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    assert fallen_line(older, now, zone).lstrip().startswith(_("missed"))
    assert _("seen to") not in fallen_line(older, now, zone)
    assert _("missed") not in fallen_line(newer, now, zone)


def test_nothing_is_owed_from_before_an_older_desk_was_brought_up_to_date(tmp_path: Path) -> None:
    """A procedure without routines was in force until now; earlier Mondays are not owed."""
    open_desk(tmp_path, ADOPTED).store.close()
    older = open_desk(tmp_path, local("2026-11-25 09:00"))
    file = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text = file.read_text("utf-8")
    assert 'id = "review"' in text
    renamed = text.replace('id = "review"', 'id = "followed"')
    file.write_text(renamed, encoding="utf-8", newline="\n")
    adopt_site(older, load(tmp_path / "site"))
    since = older.rulebook.routines_since(older.procedure_ref)
    assert since["followed"] == local("2026-11-25 09:00")
    assert since["check"] == ADOPTED
    keys = [duty.key for duty in owed_by_desk(older)]
    assert not [key for key in keys if key.startswith(("review:", "followed:"))]
    assert "check:2026-W48" in keys


def test_it_stands_on_the_sheet_of_the_watch_it_can_be_done_in(tmp_path: Path) -> None:
    open_desk(tmp_path, ADOPTED).store.close()
    desk = open_desk(tmp_path, local("2026-11-22 18:59"))

    def own(until: str) -> list[str]:
        return [d.rule for d in sheet_now(desk, local(until)).duties if not d.number]

    assert own("2026-11-23 00:00") == []
    assert own("2026-11-23 00:00:01") == ["P0-09", "P0-11"]


def test_done_by_a_note_it_is_owed_no_more(tmp_path: Path) -> None:
    open_desk(tmp_path, ADOPTED).store.close()
    desk = put(open_desk(tmp_path, ADOPTED), "2026-11-22 23:59:59")
    with pytest.raises(Refusal, match="too_early"):
        do_routine(desk, "review:2026-W47", "x")
    put(desk, "2026-11-23 00:00")
    duty = open_routine(desk, "review")
    assert duty is not None
    assert duty.key == "review:2026-W47"
    entry = do_routine(desk, duty.key, "  逐件跟过\x1b ")
    assert entry.event == RoutineDone(
        routine="review", rule="P0-09", period="2026-W47", note="逐件跟过"
    )
    assert open_routine(desk, "review") is None
    with pytest.raises(Refusal, match="no_routine"):
        do_routine(desk, duty.key, "again")
    put(desk, "2026-11-24 00:00")
    assert fired(desk) == []


COMMITTEE = {"met_on": "2026-11-20", "attended": "秦主任、陈志强", "matters": "用维修金"}
SURVEY = {"asked": "300份", "answered": "212份", "tally": "满意180 一般25 不满7"}
EVENTS = {"planned": "中秋、元旦", "schemes": "事务部每次前10天"}


@pytest.mark.parametrize(
    ("routine", "at", "values", "last"),
    [
        pytest.param(
            *("committee:2027-Q1", "2027-02-01 09:00", COMMITTEE, {"decided": "同意"}),
            marks=pytest.mark.rule("P1-15", "recorded"),
        ),
        pytest.param(
            *("survey:2027", "2027-05-01 09:00", SURVEY, {"sheets_at": "柜3"}),
            marks=pytest.mark.rule("P1-16", "recorded"),
        ),
        pytest.param(
            *("events:2027", "2027-01-15 09:00", EVENTS, {"plan_at": "柜4"}),
            marks=pytest.mark.rule("P1-18", "recorded"),
        ),
    ],
)
def test_what_is_recorded_of_it_is_asked_field_by_field_and_stands_in_the_log(
    tmp_path: Path, routine: str, at: str, values: dict[str, str], last: dict[str, str]
) -> None:
    open_desk(tmp_path, ADOPTED).store.close()
    desk = put(set_in_force(open_desk(tmp_path, ADOPTED), "owner-relations"), at)
    with pytest.raises(Refusal, match="fields_missing") as refused:
        do_routine(desk, routine, "办了", values)
    assert [each.item for each in refused.value.missing] == list(last)
    with pytest.raises(Refusal, match="fields_unknown"):
        do_routine(desk, routine, "办了", {**values, **last, "elsewhere": "x"})
    entry = do_routine(desk, routine, "办了", {**values, **last})
    assert isinstance(entry.event, RoutineDone)
    assert entry.event.values == {**values, **last}
    names = Glossary(names_in_force(desk))
    told = said(entry, desk.rules.calendar.tz, names)
    fields = names.routine_fields(routine.partition(":")[0])
    for field in fields:
        kept = entry.event.values.get(field.id)
        assert (labelled(localized(field.label), kept or "") in told) == bool(kept)
    assert routine not in [duty.key for duty in owed_by_desk(desk) if duty.pending]
