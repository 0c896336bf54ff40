"""What the machine writes by itself carries no person's name, whoever is on watch."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_unasked
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.reviews.routines import fire_desk
from dispatcher_tui.desk.watch.outage import start_desk
from dispatcher_tui.desk.watch.sound import silence
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.machine_made import machine_made, written_by
from dispatcher_tui.site.load import load
from tests.desk.on_watch import WANG, clock_of, day_watch, put


@pytest.mark.parametrize(
    ("event", "machine"),
    [
        (ev.DutyFellDue(case="a", duty="d", rule="P0-05", due=None), True),  # type: ignore[arg-type]
        (ev.LevelChanged(case="a", level="grave", rule="P0-04"), True),
        (ev.LevelChanged(case="a", level="grave", rule="P0-04", reason="三户"), False),
        (watch.DeskStopped(reason=watch.StopReason.LEFT), False),
        (watch.DeskStopped(reason=watch.StopReason.HUNG_UP), True),
        (watch.DeskLocked(name="王芳"), False),
        (watch.DeskLocked(name="王芳", left_open=True), True),
        (watch.PanelTestEnded(of=1), True),
        (watch.PanelTestEnded(of=1, early=True), False),
        (ev.NoteAdded(case="a", text="x"), False),
    ],
)
def test_whose_deed_an_entry_is(event: ev.Event, machine: bool) -> None:
    assert machine_made(event) is machine
    assert written_by(event, "王芳") == ("desk" if machine else "王芳")
    assert written_by(event, "cli:root") == "cli:root"


def test_what_fell_due_and_what_was_done_beside_it(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    case_id = desk.open_case(Intake(place="3-2-1502", said="漏水")).case.id
    clock_of(desk).at += timedelta(hours=3)
    while desk.fire():
        pass
    put(desk, "2026-11-23 23:59")
    start_desk(desk, None)
    fire_desk(desk)
    silence(desk)
    found = [line.entry for line in desk.store.log(None, None, 200)]
    names = {type(e.event): e.actor for e in found if e.seq > desk.store.entries(case_id)[0].seq}
    assert names[ev.DutyFellDue] == names[watch.DeskStarted] == "desk"
    assert names[watch.SoundSilenced] == desk.store.entries(case_id)[0].actor == WANG.name


def test_a_file_that_somebody_edited_is_adopted_by_nobody(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    file = desk.site.folder / "site.toml"
    file.write_text(file.read_text("utf-8") + "\n# x\n", "utf-8")
    adopt_unasked(desk, load(desk.site.folder))
    last = desk.store.last_of("adopted")
    assert last is not None
    assert (last.actor, desk.actor) == ("desk", WANG.name)
