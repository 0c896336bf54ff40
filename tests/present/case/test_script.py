"""What is read out to the one who is told: going there at once only where somebody has to go."""

from __future__ import annotations

import pytest

from dispatcher_tui.present.case.calling import script_lines
from tests.domain.support import FEE, P0, P1, Story

AT = "2026-11-20 22:00"


def asked(procedure: str, *tags: str) -> str:
    """What the one who is told is asked to do about a case with such tags."""
    story = Story(procedure, AT).open(tags=tags)
    return script_lines(story.rules.procedure, story.case, None)[1]


@pytest.mark.parametrize(("procedure", "tag"), [(P0, "leak"), (FEE, "danger"), (P1, "repair")])
def test_who_is_told_of_a_thing_to_be_seen_to_goes_now(procedure: str, tag: str) -> None:
    assert asked(procedure, tag).startswith("Please go now and ring me")


@pytest.mark.parametrize(
    ("procedure", "tag", "words"),
    [
        (FEE, "ac_overtime", "switch it on and off by those hours"),
        (FEE, "move_in", "in working hours"),
        (FEE, "arrears_long", "in working hours"),
        (FEE, "", "in working hours"),
        (P1, "planned_cut", "tell me once it is up"),
    ],
)
def test_nobody_is_sent_out_at_night_for_a_slip_a_bill_or_a_notice(
    procedure: str, tag: str, words: str
) -> None:
    said = asked(procedure, *filter(None, (tag,)))
    assert words in said
    assert "go now" not in said
