"""Air conditioning after hours: applied for at the desk, its slip with the cashier in time."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from tests.domain.support import proves_boundary
from tests.rules.test_fee import ALL, listed


@pytest.mark.rule("P3-13", "when")
@pytest.mark.rule("P3-13", "recorded")
def test_an_application_for_overtime_is_taken_and_its_slip_goes_to_the_cashier_by_the_25th() -> (
    None
):
    story = listed(tags=("ac_overtime",))
    assert (story.case.level, story.case.level_rule) == ("overtime", "P3-13")
    assert set(story.states()) & set(ALL) == set(), "nothing is in arrears"
    handed = cmd.RecordStep(step="slip_to_cashier", note="第二联")
    assert story.refused(handed).missing == (MissingItem("overtime_applied", "P3-13"),)
    proves_boundary(story, "P3-13/slip", "2026-11-26 00:00")
    story.step("overtime_applied", hours="11-20 18:00-21:00", slip="0231").do(handed)
    assert story.states()["P3-13/slip"] == "done_late"
    form = next(f for f in story.rules.procedure.forms if f.id == "overtime_slip")
    assert [copy.label.zh for copy in form.copies] == ["第一联", "第二联"]
