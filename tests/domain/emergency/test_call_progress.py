"""How far the calls have come: who must be told, who was, who was not (E-02, E-03)."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_progress import Progress, progress, ring_again
from dispatcher_tui.domain.emergency.next_call import TALK_SECONDS, CallStage, Tree, next_call
from tests.domain.ringing import (
    AT,
    CREW,
    FULL,
    MISSED,
    PLAIN,
    REACHED,
    call,
    fire,
    found,
    person,
    roster,
    standing,
)

BOTH = frozenset(CallStage)
EVERYBODY = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))
S, L = (next(t for t in PLAIN if t.person == who) for who in "sl")
VAIN = [fire(MISSED)] * 3


def test_how_far_the_calls_have_come() -> None:
    assert progress(standing()) == Progress(0, 3, (), 6 * 25 + 2 * TALK_SECONDS)
    calls = (call("h", REACHED, back=True), call("s", REACHED))
    assert progress(standing(*calls)) == Progress(2, 3, (), TALK_SECONDS, unread=(S,))
    gone = (*calls, *[call("l", MISSED)] * 3)
    assert progress(standing(*gone)) == Progress(2, 3, (L,), 0, unread=(S,))
    nobody = tuple(call(who, MISSED) for who in "hhvvgg")
    assert progress(standing(*nobody)).unreached == PLAIN[:3]


def test_everybody_at_hand_is_told_and_nobody_at_home_has_to_be() -> None:
    # 119, three guards with the gate's, two electricians, the ladder, 120, two captains.
    ours = [call(who, REACHED) for who in ("lead", "walk", "gate", "night", "anyhow", "s", "l")]
    calls = (fire(REACHED), *ours, call("h", REACHED, back=True), call("", REACHED, phone="120"))
    assert progress(standing(found=FULL)).of == 10
    for n in range(len(calls)):
        far = progress(standing(*calls[:n], found=FULL))
        assert (far.told, far.complete) == (n, False)
    whole = progress(standing(*calls, found=FULL))
    assert (whole.told, whole.of, whole.seconds, whole.complete) == (10, 10, 0, True)


def test_of_a_scene_with_nobody_at_hand_one_at_home_must_be_told() -> None:
    at_home = tuple(p for p in CREW if p.id in ("h", "day"))
    two = (*at_home, replace(at_home[1], id="day2", name="DAY2", phones=("139day2",)))
    ring = found(roster(*two), ("guard", "head"))
    far = progress(standing(found=ring))
    assert (far.told, far.of, far.seconds) == (0, 2, 50 + TALK_SECONDS)
    head = call("h", REACHED, back=True)
    assert progress(standing(head, call("day2", REACHED), found=ring)).complete
    vain = [call(who, MISSED) for who in ("day", "day2")] * 3
    lost = standing(head, *vain, found=ring)
    assert [t.person for t in progress(lost).unreached] == ["day", "day2"]
    assert next_call(lost) is None
    again = ring_again(lost)
    assert again is not None
    assert again.target.person == "day"


def test_a_step_that_reached_nobody_is_never_complete() -> None:
    """Nobody on the roster: nothing is rung by any order, and nothing is done by it either."""
    empty = Tree(targets=(), calls=(), called=(), now=AT, asked=BOTH)
    assert next_call(empty) is None
    assert ring_again(empty) is None
    assert progress(empty) == Progress(0, 2, (), 0, nobody=(CallStage.LADDER, CallStage.GROUP))
    assert not progress(empty).complete
    assert not progress(Tree(targets=(), calls=(), called=(), now=AT)).complete
    assert progress(standing(*EVERYBODY)).complete
    assert not progress(standing(*EVERYBODY[:2])).complete


def test_without_a_number_nobody_can_be_told_though_they_stand_on_the_roster() -> None:
    dumb = tuple(replace(t, phones=()) if t.rung >= 0 else t for t in PLAIN)
    silent = Tree(dumb, EVERYBODY[1:], (), AT, asked=BOTH)
    assert progress(silent).nobody == (CallStage.LADDER,)
    assert progress(silent).told == 2
    assert not progress(silent).complete


def test_somebody_rung_by_a_list_on_paper_makes_good_for_an_empty_roster() -> None:
    met = Tree((), (), (), AT, asked=BOTH, met=frozenset({CallStage.GROUP}))
    assert (progress(met).told, progress(met).of) == (1, 2)
    assert progress(met).nobody == (CallStage.LADDER,)
    assert progress(replace(met, met=BOTH)).complete


def test_the_cards_number_that_was_tried_in_vain_is_not_reached() -> None:
    ring = found(roster(), ("fire", "head"))
    assert progress(standing(*VAIN[:2], *EVERYBODY, found=ring)).unreached == ()
    far = progress(standing(*VAIN, *EVERYBODY, found=ring))
    assert (far.told, far.of, far.complete) == (3, 4, False)
    assert [t.name for t in far.unreached] == ["fire"]
    assert progress(standing(*VAIN, *EVERYBODY, fire(REACHED), found=ring)).complete


def test_a_head_who_was_told_and_whose_row_expires_is_told() -> None:
    gone = tuple(t for t in PLAIN if t.person != "h")
    assert progress(standing(*EVERYBODY, found=gone)).complete
    assert next_call(standing(*EVERYBODY, found=gone)) is None
    unread = (call("h", REACHED), *EVERYBODY[1:])
    following = next_call(standing(*unread, found=gone))
    assert following is not None
    assert following.target.person == "v", "what was not read back ends no ladder"


def test_somebody_is_counted_once_whatever_scenes_they_fit() -> None:
    both = person("x", "security_lead", skills=("electrician",), post="东门岗")
    assert progress(standing(found=found(roster(both), ("guard", "engineering", "head")))).of == 1
