"""How an emergency ends: by the head's signature, and by no other way (E-09)."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record import commands as cmd
from tests.domain.support import rules
from tests.rules.sending import emergency
from tests.rules.test_e_over import EVERY


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("procedure", [p for p in EVERY if rules(p).procedure.validity])
def test_nobody_ends_an_emergency_by_finding_it_invalid(procedure: str) -> None:
    story = emergency(procedure).after(minutes=1).stood_down().after(minutes=1)
    invalid = cmd.JudgeInvalid(reason="没有这回事")
    for _time in range(2):
        refusal = story.refused(invalid)
        assert (refusal.code, refusal.rule) == ("signed_off_only", "E-09")
        lower = rules(procedure).procedure.levels[-1].id
        if story.case.level != lower:
            story.after(seconds=1).do(cmd.Regrade(level=lower, reason="误报"))
    assert not story.case.stage.ended, "nor once it was graded lower"
