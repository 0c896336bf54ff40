"""The clocks of the fee calendar to the second, in office hours heard and at night not."""

from __future__ import annotations

from datetime import datetime

import pytest

from dispatcher_tui.domain.reviews.routine import desk_duties, fallen, heard
from dispatcher_tui.domain.watch.post import VACANT
from tests.domain.support import FEE, SECOND, calendar, local, shipped_procedure

FEES = shipped_procedure(FEE)


def fell(at: datetime, since: datetime) -> set[str]:
    """What has fallen due by then of what began since."""
    known = {routine.id: since for routine in FEES.routines}
    owed = desk_duties(FEES, calendar(), VACANT, known, at)
    return {duty.key for duty in fallen(owed, frozenset(), at)}


@pytest.mark.parametrize(
    ("key", "month", "due"),
    [
        ("charges:2026-11", "2026-11", "2026-11-26 00:00"),
        ("made_out:2026-11", "2026-11", "2026-12-01 00:00"),
        ("made_out:2027-02", "2027-02", "2027-03-01 00:00"),
        ("delivered:2026-12", "2026-12", "2026-12-02 00:00"),
        ("payday:2026-12", "2026-12", "2026-12-06 00:00"),
        ("collected:2026-12", "2026-12", "2026-12-11 00:00"),
        ("listed:2026-11", "2026-11", "2026-11-14 00:00"),
        ("dunned:2026-11", "2026-11", "2026-11-24 00:00"),
    ],
)
@pytest.mark.rule("P3-13", "when")
@pytest.mark.rule("P3-14", "when")
@pytest.mark.rule("P3-15", "when")
@pytest.mark.rule("P3-16", "when")
@pytest.mark.rule("P3-17", "when")
@pytest.mark.rule("P3-18", "when")
def test_each_falls_due_at_24_00_of_its_day_and_nothing_else_does(
    key: str, month: str, due: str
) -> None:
    since, at = local(f"{month}-01 00:00"), local(due)
    before = fell(at - SECOND, since)
    assert key not in before
    assert fell(at, since) - before == {key}
    assert fell(at + SECOND, since) == fell(at, since)


@pytest.mark.parametrize(
    ("at", "sounds"),
    [
        ("2026-11-14 00:00", False),
        ("2026-11-13 08:29:59", False),
        ("2026-11-13 08:30", True),
        ("2026-11-13 17:29:59", True),
        ("2026-11-13 17:30", False),
    ],
)
def test_a_routine_of_fees_is_never_heard_at_night(at: str, sounds: bool) -> None:
    now = local(at)
    assert heard(FEES.routines, ["listed:2026-11"], calendar(), now) is sounds
    assert heard(FEES.routines, ["listed:2026-11", "month:2026-10"], calendar(), now)
    assert not heard(FEES.routines, [], calendar(), now)
