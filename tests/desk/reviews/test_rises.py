"""Numbers that rose three months running: a corrective action opens as the month is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.case.corrective import corrective_of_rise
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.months import report_month
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.record.trend import OpenedCount, TrendSeries
from dispatcher_tui.domain.reviews.corrective import opens_for, rise_words
from dispatcher_tui.domain.words.terms import DutyState
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import clock_of
from tests.domain.support import SECOND, local, shipped_procedure
from tests.tui.support import SetClock, small_site

SHOPS = "shop-chain"


def desk_of_shops(folder: Path, at: str) -> Desk:
    """A desk that works by the shops' procedure."""
    path = folder / "desk.sqlite3"
    site = small_site(folder / "site", procedure=SHOPS)
    Store.create(path, site=site.site.name, desk=site.site.desk, ballast=0).close()
    desk = Desk(Store.open(path, ballast=0), SetClock(local(at)), site, "李建国")
    adopt_site(desk, site)
    return desk


def opened(desk: Desk, month: str, times: int) -> None:
    """So many complaints in a month, a day apart."""
    for day in range(1, times + 1):
        clock_of(desk).at = local(f"{month}-{day:02d} 09:00")
        desk.open_case(Intake(place="1-1-0101", said="少找零"))


@pytest.mark.rule("P2-10", "when", "recorded")
@pytest.mark.parametrize(("last", "opens"), [(2, False), (3, True)])
def test_as_the_month_is_drawn_an_action_opens_and_supervision_is_owed_a_word_at_once(
    tmp_path: Path, last: int, opens: bool
) -> None:
    desk = desk_of_shops(tmp_path, "2026-09-01 08:00")
    for month, times in (("2026-09", 1), ("2026-10", 2), ("2026-11", last)):
        opened(desk, month, times)
    at = clock_of(desk).at = local("2026-12-01 09:00")
    assert corrective_of_rise(desk, "all:2026-11") is None, "no duty before the table is drawn"
    report_month(desk, "2026-11", "投诉多了")
    found = corrective_of_rise(desk, "all:2026-11")
    assert (found is not None) is opens
    assert corrective_of_rise(desk, "minor:2026-11") is None, "one for all of them together"
    if found is None:
        return
    record = desk.record(found.number)
    (told,) = (duty for duty in record.duties if duty.rule == "P2-10")
    assert told.due == local("2026-12-01 09:30")
    assert state(told, told.due) is DutyState.RUNNING
    assert state(told, told.due + SECOND) is DutyState.OVERDUE
    assert record.case.opened_at == at
    assert record.case.verbatim == "门店投诉 / Shops: 1 (2026-09) < 2 (2026-10) < 3 (2026-11)"
    rows = desk.store.rows()
    report_month(desk, "2026-11", "再制一次")
    again = corrective_of_rise(desk, "all:2026-11")
    assert again is not None
    assert again.number == found.number, "drawn anew it opens no second one"
    assert desk.store.rows() != rows
    assert verify(desk.store).sound
    desk.store.close()


def test_of_rises_of_some_levels_each_has_one_and_another_procedures_none() -> None:
    rose = tuple(OpenedCount(f"2026-{m:02d}", n) for m, n in ((9, 1), (10, 2), (11, 3)))
    flat = tuple(OpenedCount(f"2026-{m:02d}", 6) for m in (9, 10, 11))
    shops = shipped_procedure(SHOPS)
    trend = (
        TrendSeries(SHOPS, "", flat),
        TrendSeries(SHOPS, "minor", rose),
        TrendSeries(SHOPS, "serious", rose),
        TrendSeries("estate-dispatch", "", rose),
    )
    assert [rise.name for rise in opens_for(shops, trend)] == ["minor:2026-11", "serious:2026-11"]
    assert rise_words(shops, opens_for(shops, trend)[0]).startswith("轻微 / Minor: 1 (2026-09)")
    assert opens_for(shipped_procedure("estate-dispatch"), trend) == ()
