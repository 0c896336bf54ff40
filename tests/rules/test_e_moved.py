"""Who was told of another place is still told that it is over: 119 like our own (E-03, E-05)."""

from __future__ import annotations

import random

import pytest

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.called_out import sent, under_way
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from tests.domain.support import Story, proves_boundary
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

SERVICES = ("119", "120", "110", "0755-26880001", "95598", "96777", "0755-26880002")
"""Fire, ambulance, police, lift rescue, power, gas, water or a contractor: each by its number."""


def moved(story: Story, place: str) -> Story:
    story.do(cmd.NameEmergency(kind="fire", place=place))
    return story


def ring_back(
    story: Story,
    purpose: str,
    phone: str = "119",
    outcome: CallOutcome = CallOutcome.REACHED,
) -> Story:
    """A call by which a service that is under way hears the new place, or that it is over."""
    command = cmd.TryCall(
        person="", name=f"火警 {phone}", phone=phone, outcome=outcome, purpose=purpose
    )
    story.do(command)
    return story


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("false_alarm", [False, True])
@pytest.mark.parametrize("phone", SERVICES)
def test_a_service_told_of_another_place_is_still_told_that_it_is_over(
    phone: str, false_alarm: bool
) -> None:
    story = ring_outside(tell_head(emergency()).after(seconds=5), phone).after(seconds=5)
    moved(story, "7-2").after(seconds=5)
    ring_back(story, "place_told", phone).after(seconds=5)
    name = f"火警 {phone}"
    assert pending(story, "E-03/place") == []
    assert names(under_way(story.case, story.rules.procedure)) == [name]
    assert names(sent(story.case, story.rules.procedure)) == [], "it is no one of ours"
    assert of(story, "E-03/report") == {}
    over(story.at("2026-11-18 09:30"), false_alarm=false_alarm, why="没轮到")
    assert pending(story, "E-03/over") == [name]
    (owed,) = (n for n, d in story.owed().items() if d.clock == "E-03/over")
    proves_boundary(story, owed, "2026-11-18 09:40")
    ring_back(story, "sent_back", phone, CallOutcome.NO_ANSWER)
    assert pending(story, "E-03/over") == [name], "nobody heard it"
    ring_back(story.after(seconds=5), "sent_back", phone)
    assert pending(story, "E-03/over") == []
    assert under_way(story.case, story.rules.procedure) == ()
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-03")
def test_a_second_move_is_told_once_more_to_each() -> None:
    story = tell(ring_outside(tell_head(emergency())).after(seconds=5), CREW[0])
    both = ["火警 119", "杨军"]
    for place in ("7-2", "9-1", "3-1"):
        moved(story.after(seconds=5), place)
        assert pending(story, "E-03/place") == both, place
        ring_back(story.after(seconds=5), "place_told")
        assert pending(story, "E-03/place") == ["杨军"]
        story.after(seconds=5).call(who=CREW[0], purpose="place_told")
        assert pending(story, "E-03/place") == []
    over(story.after(seconds=5))
    assert pending(story, "E-03/over") == both


@pytest.mark.rule("E-03")
def test_moved_twice_before_anybody_was_told_one_call_each_is_enough() -> None:
    story = ring_outside(tell_head(emergency())).after(seconds=5)
    moved(moved(story, "7-2").after(seconds=5), "9-1").after(seconds=5)
    ring_back(story, "place_told")
    assert pending(story, "E-03/place") == []
    over(story.after(seconds=5), why="没轮到")
    assert pending(story, "E-03/over") == ["火警 119"]


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("stage", [Responder.ON_THE_WAY, Responder.ON_SCENE])
def test_a_moved_service_that_reports_is_no_one_of_ours(stage: Responder) -> None:
    story = ring_outside(tell_head(emergency())).after(seconds=5)
    ring_back(moved(story, "7-2").after(seconds=5), "place_told")
    story.do(cmd.ReportResponder(person="", name="fire", stage=stage, phones=("119",)))
    assert sent(story.case, story.rules.procedure) == ()
    there = stage is Responder.ON_SCENE
    over(story.after(seconds=5), why="没轮到")
    assert pending(story, "E-03/over") == ([] if there else ["火警 119"]), "once there it sees"


@pytest.mark.rule("E-03")
def test_the_end_takes_the_place_of_the_telling_and_a_flare_that_of_the_end() -> None:
    story = ring_outside(tell_head(emergency())).after(seconds=5)
    over(moved(story, "7-2").after(seconds=5), why="没轮到")
    assert (pending(story, "E-03/place"), pending(story, "E-03/over")) == ([], ["火警 119"])
    story.after(seconds=5).do(cmd.ResumeEmergency(reason="复燃"))
    moved(story.after(seconds=5), "9-1").after(seconds=5)
    assert pending(story, "E-03/place") == ["火警 119"], "it still comes"
    ring_back(story, "place_told")
    over(story.after(seconds=5), false_alarm=True, why="没轮到")
    assert pending(story, "E-03/over") == ["火警 119"]


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("change", ["over", "moved"])
def test_a_word_relayed_before_it_changed_and_read_back_after_says_nothing_of_the_change(
    change: str, late: bool
) -> None:
    story = ring_outside(tell_head(emergency())).after(seconds=5)
    ring_back(moved(story, "7-2").after(seconds=5), "place_told", outcome=CallOutcome.RELAYED)
    story.after(seconds=5)
    if not late:
        story.do(cmd.ConfirmReadBack(purpose="place_told"))
        assert pending(story, "E-03/place") == []
    story.after(seconds=5)
    if change == "over":
        over(story, why="没轮到")
    else:
        moved(story, "9-1")
    if late:
        story.after(seconds=5).do(cmd.ConfirmReadBack(purpose="place_told"))
    assert pending(story, f"E-03/{'place' if change == 'moved' else 'over'}") == ["火警 119"]


def test_in_any_order_who_was_told_and_never_of_the_end_is_listed() -> None:
    """Moves, calls and ends in any order: whoever was last told to come, or told of a place, and
    not of the end since, is owed it; whoever was told of it is not."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    for _nth in range(60):
        story, going, ended = tell_head(emergency()), set[str](), False
        for turn in range(dice.randrange(3, 14)):
            story.after(seconds=dice.randrange(3, 60))
            phone = dice.choice(SERVICES)
            act = dice.choice(["ring", "move", "place", "end", "back"])
            if act == "ring" and not ended:
                ring_outside(story, phone)
                going.add(phone)
            elif act == "move" and not ended:
                moved(story, f"{turn + 1}-{dice.randrange(1, 9)}")
            elif act == "place" and not ended and phone in going:
                ring_back(story, "place_told", phone)
            elif act == "back" and phone in going:
                ring_back(story, "sent_back", phone)
                going.discard(phone)
            elif act == "end":
                if ended:
                    story.do(cmd.ResumeEmergency(reason="复燃"))
                else:
                    over(story, false_alarm=dice.random() < 0.5, why="没轮到")
                ended = not ended
        if not ended:
            over(story.after(seconds=9), why="没轮到")
        assert {d.who for d in of(story, "E-03/over").values() if d.pending} == going
