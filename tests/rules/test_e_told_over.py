"""That it is over is told by the call of that list, and by no other one (E-03, E-05)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.called_out import under_way
from tests.rules.sending import (
    CREW,
    emergency,
    names,
    of,
    over,
    pending,
    ring_outside,
    tell,
    tell_head,
)


@pytest.mark.rule("E-05")
@pytest.mark.parametrize("phone", ["119", "120", "110", "0755-26880001"])
def test_no_call_but_that_of_the_list_tells_anybody_of_the_end(phone: str) -> None:
    """Right after the stand-down and later; our own hear of it by no other call either."""
    story = ring_outside(tell_head(emergency()).after(seconds=5), phone).after(seconds=5)
    tell(story, CREW[0])
    both = [f"火警 {phone}", CREW[0][1]]
    over(story)
    for purpose in ("", "place_told", ""):
        ring_outside(story.after(seconds=5), phone, purpose=purpose)
        story.call(who=CREW[0])
        assert pending(story, "E-03/over") == both
        assert names(under_way(story.case, story.rules.procedure)) == both
    story.after(seconds=5)
    ring_outside(story, phone, purpose="sent_back")
    assert pending(story, "E-03/over") == both[1:]
    assert of(story, "E-03/over")[both[0]].done_at == story.now
    story.call(who=CREW[0], purpose="sent_back")
    assert pending(story, "E-03/over") == []
    assert under_way(story.case, story.rules.procedure) == ()


@pytest.mark.rule("E-05")
def test_told_a_second_before_it_is_over_they_are_told_all_the_same() -> None:
    story = ring_outside(tell_head(emergency()).after(seconds=5)).after(seconds=5)
    ring_outside(story).after(seconds=1)
    over(story, why="nobody of ours")
    assert pending(story, "E-03/over") == ["火警 119"]


@pytest.mark.rule("E-05")
def test_under_the_layer_of_an_older_case_any_call_counts_as_it_did() -> None:
    story = ring_outside(tell_head(emergency()).after(seconds=5)).after(seconds=5)
    clocks = tuple(
        replace(c, until=("spoken_to", "reported_back")) if c.key == "E-03/over" else c
        for c in story.rules.procedure.clocks
    )
    story.rules = replace(story.rules, procedure=replace(story.rules.procedure, clocks=clocks))
    over(story, why="nobody of ours")
    assert pending(story, "E-03/over") == ["火警 119"]
    ring_outside(story.after(seconds=1))
    assert pending(story, "E-03/over") == []
    assert under_way(story.case, story.rules.procedure) == ()
