"""Several procedures in force: adopted together, kept by each case, and by a site of before."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site, recall_site, recorded
from dispatcher_tui.desk.case.corrective import open_corrective
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import duties_by, faithful
from dispatcher_tui.desk.reviews.months import months
from dispatcher_tui.desk.reviews.routines import do_routine, fire_desk, owed_by_desk
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.events import Adopted
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoutineDone
from dispatcher_tui.domain.words.terms import CallOutcome, Fact
from dispatcher_tui.site.load import load
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.store.verify import verify
from tests.desk.life import written_off
from tests.desk.on_watch import day_watch, put
from tests.desk.several import set_in_force
from tests.domain.support import FEE, P0, P4, local

LEAK = Intake(place="3-2-1502", said="厨房漏水", category="leak")
FEES = Intake(place="3-2-1502", said="欠费两个月", category="arrears")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return day_watch(tmp_path)


def under(desk: Desk, form: Intake) -> str:
    return desk.rules_of(desk.open_case(form).case).procedure.id


def adopted(desk: Desk) -> list[tuple[str, str]]:
    found = (line.entry.event for line in desk.store.book("adopted"))
    return [(e.what, e.name) for e in found if isinstance(e, Adopted)]


def sound(desk: Desk) -> bool:
    owed = duties_by(desk.rulebook)
    return verify(desk.store, fold=fold, duties_of=owed, faithful=faithful).sound


def keys(desk: Desk) -> list[str]:
    return [duty.key for duty in owed_by_desk(desk)]


def test_each_is_adopted_once_and_the_order_before_them(desk: Desk) -> None:
    before = len(adopted(desk))
    assert ("in_force", "in_force") not in adopted(desk)
    set_in_force(desk, P0, FEE, P4)
    more = adopted(desk)[before:]
    assert more[:3] == [
        ("in_force", "in_force"),
        ("procedure", "procedures/fee-collection.toml"),
        ("procedure", "procedures/resident-station.toml"),
    ]
    assert [what for what, _name in more[3:]] == ["site"]
    adopt_site(desk, load(desk.site.folder))
    assert adopted(desk)[before:] == more
    assert [each.id for each in desk.in_force.procedures] == [P0, FEE, P4]
    assert sound(desk)


def test_a_site_with_one_writes_nothing_new(desk: Desk) -> None:
    before = adopted(desk)
    adopt_site(desk, load(desk.site.folder))
    set_in_force(desk, P0)
    assert [what for what, _name in adopted(desk)[len(before) :]] == ["site"]
    assert not desk.in_force.several


def test_the_class_chooses_and_whoever_asks_overrules_it(desk: Desk) -> None:
    set_in_force(desk, P0, FEE, P4)
    assert [under(desk, form) for form in (LEAK, FEES)] == [P0, FEE]
    assert under(desk, Intake(said="不清楚")) == P0
    asked = Intake(place="3-2-1502", said="漏水", category="leak", procedure=P4)
    assert under(desk, asked) == P4
    rows = desk.store.rows()
    with pytest.raises(Refusal, match="procedure_not_in_force") as caught:
        desk.open_case(Intake(said="漏水", procedure="estate-plant"))
    assert caught.value.detail == {"name": "estate-plant", "known": f"{P0}, {FEE}, {P4}"}
    assert desk.store.rows() == rows


def test_a_leak_at_a_desk_for_fees_is_the_default_s_and_graded_by_it(desk: Desk) -> None:
    set_in_force(desk, FEE, P0)
    assert under(desk, LEAK) == P0
    assert under(desk, Intake(said="不清楚")) == FEE


def test_an_emergency_is_one_under_all_of_them(desk: Desk) -> None:
    set_in_force(desk, FEE, P0)
    opened = desk.open_emergency("fire", "3-2").case
    assert (desk.rules_of(opened).procedure.id, opened.level) == (FEE, "emergency")
    told = Intake(place="3-2", said="着火了", category="fee_question", facts=(Fact.FIRE,))
    assert desk.open_case(told).case.level == "emergency"


def test_a_case_keeps_its_own_when_that_leaves_the_list_and_works_on(desk: Desk) -> None:
    set_in_force(desk, P0, P4)
    asked = Intake(place="3-2-1502", said="漏水", category="leak", procedure=P4)
    case = desk.open_case(asked).case
    set_in_force(desk, P0)
    assert adopted(desk)[-2:] == [("in_force", "in_force"), ("site", "site.toml")]
    call = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED)
    done = desk.perform(case.id, call)
    assert desk.rules_of(done.case).procedure.id == P4
    assert {duty.rule[:2] for duty in done.duties} == {"P4"}
    assert under(desk, LEAK) == P0
    with pytest.raises(Refusal, match="procedure_not_in_force"):
        desk.open_case(asked)
    assert sound(desk)


def test_each_has_its_own_companion_and_one_without_has_none(desk: Desk) -> None:
    mine = written_off(desk, "2026-11-18 10:00", "yes").id
    set_in_force(desk, FEE, P0)
    assert open_corrective(desk, of_case=mine, text="接头老化").case.tied_to
    theirs = desk.open_case(FEES).case
    with pytest.raises(Refusal, match="corrective_not_asked"):
        open_corrective(desk, of_case=theirs.id, text="x")
    set_in_force(desk, FEE)
    later = desk.record(mine).case
    assert desk.rules_of(later).procedure.id == P0
    with pytest.raises(Refusal, match="corrective_open"):
        open_corrective(desk, of_case=mine, text="又漏")


def test_a_desk_that_only_reads_takes_all_of_them_in_their_order(desk: Desk) -> None:
    set_in_force(desk, FEE, P0)
    known = desk.in_force.refs
    desk.in_force.refs, desk.in_force.companions = (), {}
    recall_site(desk, desk.site)
    assert desk.in_force.refs == known
    assert set(desk.in_force.companions) == {P0}


def test_a_broken_one_is_as_the_record_has_it_and_a_broken_list_too(desk: Desk) -> None:
    set_in_force(desk, P0, FEE)
    known = desk.in_force.refs
    (desk.site.folder / "procedures" / "fee-collection.toml").write_text("= =", "utf-8")
    (desk.site.folder / "site.toml").write_text("= =", "utf-8")
    site = load(desk.site.folder, lazy=True, record=recorded(desk.store))
    assert [p.file for p in site.faults] == ["site.toml", "procedures/fee-collection.toml"]
    adopt_site(desk, site)
    assert desk.in_force.refs == known


def test_one_that_is_nowhere_is_left_out_and_told_and_the_desk_starts(desk: Desk) -> None:
    set_in_force(desk, P0, FEE)
    file = desk.site.folder / "site.toml"
    file.write_text(file.read_text("utf-8").replace(FEE, "no-such"), "utf-8")
    site = load(desk.site.folder, lazy=True, record=recorded(desk.store))
    assert [(p.key, p.code) for p in site.faults] == [("site.procedures", "procedure_missing")]
    adopt_site(desk, site)
    assert [each.id for each in desk.in_force.procedures] == [P0]


def test_settings_of_before_and_of_now_read_alike(desk: Desk) -> None:
    text = (desk.site.folder / "site.toml").read_text("utf-8")
    assert parse_site(text).procedures == (P0,)
    assert parse_site(text).procedure_key == "site.procedure"


def test_routines_bear_their_procedure_where_there_are_several(desk: Desk) -> None:
    put(desk, "2026-11-25 09:00")
    assert "check:2026-W48" in keys(desk)
    set_in_force(desk, P0, FEE)
    found = keys(desk)
    assert all(key.partition("/")[0] in (P0, FEE) for key in found)
    assert f"{P0}/check:2026-W48" in found
    # P0 goes back to when it alone was in force; what came later begins with its coming.
    assert not [key for key in found if key.startswith(f"{FEE}/") and "2026-11" in key]
    put(desk, "2026-12-01 00:00")
    assert f"{FEE}/charges:2026-12" in keys(desk)
    assert f"{P0}/charges:2026-12" in keys(desk)


def test_what_was_done_before_there_were_several_counts_for_its_own(desk: Desk) -> None:
    put(desk, "2026-11-23 09:00")
    do_routine(desk, "review:2026-W47")
    set_in_force(desk, P0, FEE)
    duties = {duty.key: duty for duty in owed_by_desk(desk)}
    assert duties[f"{P0}/review:2026-W47"].done_at == local("2026-11-23 09:00")


def test_what_fell_due_before_does_not_fall_due_again_and_what_is_new_does(desk: Desk) -> None:
    put(desk, "2026-11-24 00:00")
    assert [e.event.duty for e in fire_desk(desk) if isinstance(e.event, DeskDutyFellDue)] == [
        "review:2026-W47"
    ]
    set_in_force(desk, P0, FEE)
    assert fire_desk(desk) == []
    put(desk, "2026-11-30 00:00")
    assert [e.event.duty for e in fire_desk(desk) if isinstance(e.event, DeskDutyFellDue)] == [
        f"{P0}/check:2026-W48"
    ]
    set_in_force(desk, P0)
    assert fire_desk(desk) == []
    assert "check:2026-W48" in keys(desk)


def test_one_done_under_its_long_name_is_done_under_the_short_one(desk: Desk) -> None:
    set_in_force(desk, P0, FEE)
    put(desk, "2026-11-23 09:00")
    entry = do_routine(desk, f"{P0}/review:2026-W47", "全部跟进")
    assert isinstance(entry.event, RoutineDone)
    assert entry.event.routine == f"{P0}/review"
    set_in_force(desk, P0)
    duties = {duty.key: duty for duty in owed_by_desk(desk)}
    assert duties["review:2026-W47"].done_at == local("2026-11-23 09:00")


def test_a_site_of_today_goes_on_and_both_months_are_right(desk: Desk) -> None:
    put(desk, "2026-11-20 09:00")
    desk.open_case(LEAK)
    put(desk, "2026-12-02 09:00")
    before = months(desk).file("2026-11").figures
    set_in_force(desk, P0, FEE)
    desk.open_case(LEAK)
    desk.open_case(FEES)
    after = months(desk).file("2026-11")
    assert after.figures == before
    assert after.rules.procedure.id == P0
    for each in (P0, FEE):
        assert months(desk).file(f"2026-12/{each}").figures.flow.opened == 1
    assert sound(desk)
