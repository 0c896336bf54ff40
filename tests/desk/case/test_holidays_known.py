"""A holiday table that comes late sets right what was reckoned without it, and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.events import DutyFellDue, NoteAdded, TakenBack
from dispatcher_tui.domain.record.record_events import HolidaysKnown
from dispatcher_tui.domain.words.terms import Channel, DutyState
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.site.load import load
from dispatcher_tui.store.store import Store
from tests.domain.support import SECOND, local
from tests.tui.support import SetClock, small_site

OPENED = local("2026-12-30 10:00")
NOTICE = 'year = 2027\noff = ["2026-12-31", "2027-01-01"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk under a procedure that counts working days, without a table of 2027."""
    site = small_site(tmp_path / "site", "service-centre")
    path = tmp_path / "desk.sqlite3"
    Store.create(path, site="翠湖花园", desk="desk-1", ballast=0).close()
    desk = Desk(Store.open(path, ballast=0), SetClock(OPENED), site, "李建国")
    adopt_site(desk, site)
    return desk


def set_to(desk: Desk, at: datetime) -> None:
    """Set the clock, and write down what has fallen due by then."""
    assert isinstance(desk.clock, SetClock)
    desk.clock.at = at
    desk.fire()


def bring(desk: Desk, text: str = NOTICE, year: int = 2027) -> tuple[str, ...]:
    """Put a table into the site's folder and take it over."""
    (desk.site.folder / "holidays" / f"{year}.toml").write_text(text, "utf-8")
    return adopt_site(desk, load(desk.site.folder, lazy=True))


def letter(desk: Desk) -> str:
    """A complaint by letter: an answer is owed within three working days."""
    return desk.open_case(Intake(said="来信", channel=Channel.LETTER)).case.id


def answer(desk: Desk, case_id: str) -> Duty:
    """The answer that is owed."""
    return next(each for each in desk.record(case_id).duties if each.do == "step:letter_answered")


def known(desk: Desk, case_id: str) -> list[HolidaysKnown]:
    """What the case says of tables that came."""
    events = (entry.event for entry in desk.store.entries(case_id))
    return [event for event in events if isinstance(event, HolidaysKnown)]


def sound(desk: Desk) -> bool:
    """Whether the record is what its entries say."""
    return Record(desk.store, desk.clock).verify(None).sound


def test_what_was_reckoned_without_a_table_is_set_right(desk: Desk) -> None:
    case_id = letter(desk)
    before = answer(desk, case_id)
    assert (before.due, before.confirmed) == (local("2027-01-04 17:30"), False)
    number = desk.record(case_id).case.number
    assert bring(desk) == (number,)
    after = answer(desk, case_id)
    assert (after.due, after.confirmed) == (local("2027-01-05 17:30"), True)
    assert after.key == before.key
    (told,) = known(desk, case_id)
    assert told.years == (2027,)
    assert (before.due, after.due) in {(each.before, each.after) for each in told.moved}
    case = desk.record(case_id).case
    assert fold(desk.store.entries(case_id)) == case
    assert case.last_at == OPENED, "nobody did anything about it"
    assert sound(desk)


def test_a_year_that_was_known_stays_as_the_case_was_opened_under(desk: Desk) -> None:
    """The notice takes 31 December off: that is known too late for an open case."""
    old = letter(desk)
    bring(desk)
    new = letter(desk)
    assert answer(desk, old).due == local("2027-01-05 17:30")
    assert answer(desk, new).due == local("2027-01-06 17:30")
    assert known(desk, new) == []


def test_it_is_said_once(desk: Desk) -> None:
    case_id = letter(desk)
    bring(desk)
    assert bring(desk) == ()
    assert bring(desk, NOTICE.replace("01-01", "01-04")) == (), "a known year stays"
    assert len(known(desk, case_id)) == 1
    assert answer(desk, case_id).due == local("2027-01-05 17:30")


def test_a_table_of_another_year_changes_nothing(desk: Desk) -> None:
    case_id = letter(desk)
    assert bring(desk, 'year = 2031\noff = ["2031-01-01"]\n', 2031) == ()
    assert known(desk, case_id) == []
    assert not answer(desk, case_id).confirmed


def test_an_empty_table_is_none(desk: Desk) -> None:
    case_id = letter(desk)
    assert bring(desk, "year = 2027\n") == ()
    assert not answer(desk, case_id).confirmed


def test_an_ended_case_stays_as_it_was_ended(desk: Desk) -> None:
    case_id = letter(desk)
    desk.perform(case_id, cmd.JudgeInvalid(reason="重复"))
    assert bring(desk) == ()
    assert known(desk, case_id) == []


def test_what_fell_due_too_early_falls_due_again(desk: Desk) -> None:
    case_id = letter(desk)
    set_to(desk, local("2027-01-04 18:00"))
    early = answer(desk, case_id)
    assert early.key in desk.record(case_id).case.fired
    bring(desk)
    later = answer(desk, case_id)
    assert later.due is not None
    assert state(later, desk.clock.now()) is DutyState.RUNNING
    assert early.key not in desk.record(case_id).case.fired
    set_to(desk, later.due - SECOND)
    assert early.key not in desk.record(case_id).case.fired
    set_to(desk, later.due)
    set_to(desk, later.due + SECOND)
    events = [entry.event for entry in desk.store.entries(case_id)]
    fell = [e.due for e in events if isinstance(e, DutyFellDue) and e.duty == early.key]
    assert fell == [early.due, later.due]
    assert sound(desk)


def test_it_hinders_nobody_from_taking_back(desk: Desk) -> None:
    case_id = letter(desk)
    set_to(desk, OPENED + 10 * SECOND)
    desk.perform(case_id, cmd.AddNote(text="误记"))
    (note,) = (e.seq for e in desk.store.entries(case_id) if isinstance(e.event, NoteAdded))
    set_to(desk, OPENED + 20 * SECOND)
    bring(desk)
    desk.take_back(case_id)
    last = desk.store.entries(case_id)[-1].event
    assert isinstance(last, TakenBack)
    assert last.of == (note,)
    assert len(known(desk, case_id)) == 1
    assert answer(desk, case_id).due == local("2027-01-05 17:30"), "it still stands"
    assert sound(desk)


def test_programs_are_told_which_due_times_are_sure(desk: Desk) -> None:
    case_id = letter(desk)

    def told() -> dict[str, bool]:
        record = desk.record(case_id)
        found = case_object(
            record.case, record.duties, desk.rules_of(record.case), desk.clock.now()
        )
        return {duty["label"]: duty["confirmed"] for duty in found["duties"] if duty["due"]}

    assert told()["Answer the letter"] is False
    assert True in told().values()
    bring(desk)
    assert set(told().values()) == {True}
