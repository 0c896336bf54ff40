"""The rounds on a real file: in force, owed, fired once, recorded, on the sheet, in the month."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.months import months
from dispatcher_tui.desk.reviews.routines import (
    fire_desk,
    next_desk_firing,
    owed_by_desk,
    owed_until,
)
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.rounds import record_round, round_sheet, rounds_now
from dispatcher_tui.domain.case.decide_rounds import RoundAsked
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.reviews.desk_lines import desk_rows, near_lines
from dispatcher_tui.site.load import load
from dispatcher_tui.site.texts import ROUNDS, shipped_text
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import open_desk, put
from tests.domain.support import SECOND, local

ON = shipped_text(ROUNDS).replace("in_force = false", "in_force = true")
FOUND = {"controller": 1, "systems": 1, "power": 1}


def in_force(desk: Desk, text: str = ON) -> Desk:
    (desk.site.folder / ROUNDS).write_text(text, encoding="utf-8")
    adopt_site(desk, load(desk.site.folder))
    return desk


def panel(desk: Desk, at: str, **more: object) -> None:
    put(desk, at)
    asked = RoundAsked("fire_panel", FOUND, second="王芳", by="李建国", **more)  # type: ignore[arg-type]
    record_round(desk, asked)


def fired(desk: Desk) -> list[str]:
    entries = fire_desk(desk)
    return [e.event.duty for e in entries if isinstance(e.event, DeskDutyFellDue)]


def owed(desk: Desk) -> set[str]:
    return {d.key.partition("@")[0] for d in owed_by_desk(desk) if d.do == "round" and d.pending}


def test_nothing_is_adopted_until_rounds_are_put_in_force_and_off_takes_them_back(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path, local("2026-11-18 07:10"))
    rows = desk.store.rows()
    in_force(desk, shipped_text(ROUNDS))
    assert (desk.store.rows(), rounds_now(desk)) == (rows, ())
    in_force(desk)
    assert len(rounds_now(desk)) == 4
    assert not any(each.owed for each in rounds_now(desk))
    in_force(put(desk, "2026-11-18 10:10"), shipped_text(ROUNDS))
    assert rounds_now(desk) == ()
    with pytest.raises(Refusal, match="no_rounds"):
        panel(desk, "2026-11-18 10:11")
    # In force anew, the time between is owed by nobody.
    in_force(put(desk, "2026-11-18 12:10"))
    assert fired(put(desk, "2026-11-18 14:29")) == []
    assert fired(put(desk, "2026-11-18 14:30")) == ["round:fire_panel@20261118T0600Z"]


def test_each_is_fired_once_at_its_time_and_missed_when_the_next_begins(tmp_path: Path) -> None:
    desk = in_force(open_desk(tmp_path, local("2026-11-18 07:10")))
    due = local("2026-11-18 08:30")
    put(desk, "2026-11-18 08:00")
    assert next_desk_firing(owed_by_desk(desk), desk.post.fired) == due
    assert owed_until(desk) == local("2026-11-18 10:00")
    assert owed(desk) == {"round:fire_panel"}
    clock = desk.clock
    clock.at = due - SECOND  # type: ignore[attr-defined]
    assert fired(desk) == []
    clock.at = due  # type: ignore[attr-defined]
    assert fired(desk) == ["round:fire_panel@20261118T0000Z"]
    assert fired(desk) == []
    put(desk, "2026-11-18 10:00")
    assert [d.missed for d in owed_by_desk(desk) if d.do == "round"] == [True, False]
    panel(desk, "2026-11-18 10:05")
    assert fired(put(desk, "2026-11-18 11:59")) == []
    assert owed(desk) == set()


def test_after_a_standstill_each_round_that_was_missed_is_written_down_once(tmp_path: Path) -> None:
    desk = in_force(open_desk(tmp_path, local("2026-11-18 07:10")))
    desk.store.close()
    desk = open_desk(tmp_path, local("2026-11-18 15:00"))
    assert [key[-5:] for key in fired(desk)] == ["0000Z", "0200Z", "0400Z", "0600Z"]
    assert fired(desk) == []
    assert verify(desk.store).sound


def test_late_missed_and_faulty_ones_stand_on_the_sheet_and_in_the_month(tmp_path: Path) -> None:
    desk = in_force(open_desk(tmp_path, local("2026-11-18 07:10")))
    panel(desk, "2026-11-18 08:10")
    fired(put(desk, "2026-11-18 10:30"))
    panel(desk, "2026-11-18 10:41", reason="电梯困人")
    fired(put(desk, "2026-11-18 12:30"))
    put(desk, "2026-11-18 14:00")
    sheet = sheet_now(desk)
    assert [(each.label.en, each.made, each.missed, each.late) for each in sheet.rounds] == [
        ("Fire control room record", 2, 1, 1)
    ]
    assert [each.reason for each in sheet.rounds[0].told] == ["电梯困人", ""]
    assert not any("round" in duty.label.en.lower() for duty in sheet.duties)
    figures = months(desk).file("2026-11").figures
    assert [(each.due, each.in_time, each.late, each.missed) for each in figures.rounds] == [
        (3, 1, 1, 1)
    ]
    rows = round_sheet(desk, "fire_panel").rows
    assert [row.at is not None for row in rows] == [True, True, False]
    assert (rows[0].by, rows[0].second) == ("李建国", "王芳")
    assert verify(desk.store).sound


def test_all_rounds_are_one_row_on_the_board_and_among_the_records(tmp_path: Path) -> None:
    use("en")
    desk = in_force(open_desk(tmp_path, local("2026-11-18 07:10")))
    put(desk, "2026-11-18 19:05")
    now, zone = desk.clock.now(), desk.rules.calendar.tz

    def board(at: datetime) -> list[str]:
        lines = near_lines(owed_by_desk(desk), at, zone)
        return ["".join(span.text for span in line) for line in lines]

    assert board(now) == [" !!  Rounds late 1: Fire control room record"]
    panel(desk, "2026-11-18 19:06", reason="交接班")
    assert board(now) == ["Rounds 3: Key box by 20:00"]
    found = desk_rows(owed_by_desk(desk), now)
    rounds = [text for text, duty in found if duty.do == "round"]
    assert len(rounds) == 1
    assert rounds[0].endswith("Round: Key box and 2 more")


def test_the_record_of_a_day_ahead_is_refused(tmp_path: Path) -> None:
    desk = in_force(open_desk(tmp_path, local("2026-11-18 07:10")))
    with pytest.raises(Refusal, match="future"):
        round_sheet(desk, "fire_panel", local("2026-11-19 12:00").date())
    with pytest.raises(Refusal, match="round_unknown"):
        round_sheet(desk, "nowhere")
