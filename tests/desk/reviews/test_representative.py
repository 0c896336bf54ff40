"""What comes round with the month under other procedures: the review signed, the valid listed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import enter_operator
from dispatcher_tui.desk.papers.running_book import running_books
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.desk.reviews.weekly_check import HeadMark, read_check, sign_check
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from tests.desk.on_watch import clock_of
from tests.domain.support import local
from tests.tui.support import SetClock, small_site

LIN, LI = ("林代表", "864257", "representative"), ("李建国", "246813", "dispatcher")


def enter(desk: Desk, operator: Operator, tx: Tx) -> None:
    enter_operator(desk, tx, operator)


@pytest.mark.rule("P1-01", "when", "signed")
def test_the_representative_signs_the_months_review_and_nobody_else(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", procedure="owner-relations")
    path = tmp_path / "desk.sqlite3"
    Store.create(path, site=site.site.name, desk=site.site.desk, ballast=0).close()
    desk = Desk(Store.open(path, ballast=0), SetClock(local("2026-10-20 09:00")), site, LI[0])
    adopt_site(desk, site)
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for name, pin, role in (LIN, LI):
        desk.store.transact(partial(enter, desk, Operator(name, role, light.hash(pin))))
    clock_of(desk).at = local("2026-11-04 09:00")
    desk.open_case(Intake(place="3-2-1502", said="漏水"))
    clock_of(desk).at = local("2026-11-18 10:00")
    found = read_check(desk)
    assert (found.routine.rule, found.routine.role) == ("P1-01", "representative")
    assert (found.week.period.name, found.week.figures.opened) == ("2026-11", 1)
    with pytest.raises(Refusal, match="wrong_role"):
        sign_check(desk, HeadMark(Signing(*LI[:2])))
    sign_check(desk, HeadMark(Signing(*LIN[:2]), remark="处理及时"))
    (done,) = (d for d in owed_by_desk(desk) if d.key == "review:2026-11")
    assert done.done_at == local("2026-11-18 10:00")
    desk.store.close()


@pytest.mark.rule("P4-17", "recorded")
def test_the_months_table_has_the_complaints_that_were_found_valid_alone(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", procedure="resident-station")
    path = tmp_path / "desk.sqlite3"
    Store.create(path, site=site.site.name, desk=site.site.desk, ballast=0).close()
    desk = Desk(Store.open(path, ballast=0), SetClock(local("2026-11-04 09:00")), site, LI[0])
    adopt_site(desk, site)
    valid, invalid, _unjudged = (
        desk.open_case(Intake(place="3-2-1502", said=said)).case.id
        for said in ("漏水", "楼上太吵", "灯坏了")
    )
    desk.perform(valid, cmd.JudgeValid())
    desk.perform(invalid, cmd.JudgeInvalid(reason="已解释"))
    (book,) = running_books(desk, "2026-11")
    assert (book.form.id, [each.case.id for each in book.cases]) == ("valid_cases", [valid])
    desk.store.close()
