"""Whom to ring next with one handset: nobody waits behind one who is silent (E-02, E-03)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.call_progress import progress, ring_again
from dispatcher_tui.domain.emergency.next_call import ALERTS, Tree, WhyNext, next_call
from dispatcher_tui.domain.record.case import Call, Called
from dispatcher_tui.domain.words.terms import CallOutcome
from tests.domain.ringing import (
    AT,
    BUSY,
    CREW,
    FULL,
    MISSED,
    NUMBERS,
    PLAIN,
    REACHED,
    call,
    fire,
    found,
    nxt,
    person,
    roster,
    standing,
)


def test_the_cards_order_where_everybody_answers() -> None:
    calls: list[Call] = []
    rung: list[str] = []
    for _ in range(20):
        following = next_call(standing(*calls, found=FULL))
        if following is None:
            break
        target = following.target
        rung.append(target.person or following.phone)
        calls.append(call(target.person, REACHED, back=True, phone=following.phone))
    assert rung == ["119", "lead", "walk", "gate", "night", "h", "120", "anyhow", "s", "l", "day"]


def test_on_the_ladder_alone_a_call_to_the_group_goes_between_two_tries() -> None:
    assert nxt() == "h"
    assert nxt(call("h", MISSED)) == "s"
    assert nxt(call("h", MISSED), call("s", REACHED)) == "h"


def test_who_is_not_reached_within_the_set_tries_is_skipped() -> None:
    calls = [call("h", MISSED), call("s", REACHED), call("h", BUSY), call("l", REACHED)]
    assert nxt(*calls) == "v"


def test_the_ladder_stops_at_the_first_who_read_it_back() -> None:
    assert nxt(call("h", REACHED)) == "h"
    assert nxt(call("h", REACHED, back=True)) == "s"
    told = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))
    assert nxt(*told) == ""


def test_busy_ones_of_the_group_come_again_after_the_others() -> None:
    calls = [call("h", REACHED, back=True), call("s", BUSY)]
    assert nxt(*calls) == "l"
    assert nxt(*calls, call("l", REACHED)) == "s"


def test_a_number_that_is_engaged_comes_again_after_one_call_to_ours() -> None:
    assert nxt(found=FULL) == "119"
    assert nxt(fire(BUSY), found=FULL) == "lead"
    assert nxt(fire(BUSY), call("lead", MISSED), found=FULL) == "119"
    assert nxt(fire(BUSY), call("lead", MISSED), fire(REACHED), found=FULL) == "walk"
    vain = (fire(BUSY), call("lead", MISSED)) * 3
    assert nxt(*vain, found=FULL) != "119", "three times, and then it counts as not reached"


def test_of_two_numbers_the_second_does_not_wait_for_the_first() -> None:
    two = found(roster(*CREW), ("fire", "ambulance", "guard", "head"))
    assert nxt(fire(MISSED), found=two) == "120"
    both = (fire(MISSED), call("", REACHED, phone="120"))
    assert nxt(*both, found=two) == "lead"
    assert nxt(*both, call("lead", REACHED), found=two) == "119"


def test_two_guards_in_a_row_may_miss_then_somebody_else_is_rung() -> None:
    told = fire(REACHED)
    assert nxt(told, call("lead", MISSED), found=FULL) == "walk"
    silent = (told, call("lead", MISSED), call("walk", MISSED))
    assert nxt(*silent, found=FULL) == "gate"
    assert nxt(*silent, call("gate", REACHED), found=FULL) == "night"
    again = (*silent, call("gate", REACHED), call("night", REACHED))
    assert nxt(*again, found=FULL) == "lead", "the least tried, the nearest of them"


def test_ours_who_is_silent_makes_room_for_ours_before_numbers_outside() -> None:
    one = roster(*CREW[:3], person("e", skills=("electrician",)), *CREW[4:6])
    tree_ = found(one, ("engineering", "police", "guard", "head"))
    assert nxt(found=tree_) == "e"
    assert nxt(call("e", MISSED), found=tree_) == "lead"
    gone_on = (call("e", MISSED), call("lead", REACHED))
    assert nxt(*gone_on, found=tree_) == NUMBERS["police"]
    assert nxt(*gone_on, call("", REACHED, phone="110"), found=tree_) == "e"


def test_at_home_one_is_rung_only_where_nobody_at_hand_is_left() -> None:
    night = found(roster(*CREW), ("guard", "head"))
    vain = [call(who, MISSED) for who in ("lead", "walk", "gate")] * 3
    told = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))
    assert nxt(*vain, *told, found=night) == "day"
    nobody = tuple(p for p in CREW if p.id not in ("lead", "walk", "gate"))
    left = found(roster(*nobody), ("guard", "head"))
    assert nxt(found=left) == "h", "the leader on duty before one of ours at home"
    assert nxt(*told, found=left) == "day"


def test_who_is_on_the_way_elsewhere_is_rung_after_those_at_home() -> None:
    away = dict.fromkeys(("lead", "walk", "gate"), "261121-09")
    busy = found(roster(*CREW, elsewhere=away), ("guard", "head"))
    told = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))
    assert nxt(*told, found=busy) == "day"
    gone = tuple(p for p in CREW if p.id != "day")
    nobody = found(roster(*gone, elsewhere=away), ("guard", "head"))
    assert nxt(found=nobody) == "h", "the other emergency keeps its people while anybody is left"
    others = (call("h", REACHED, back=True), *(call(who, REACHED) for who in "sl"))
    assert nxt(*others, found=nobody) == "lead"


def test_nobody_without_a_number_is_suggested() -> None:
    silent = tuple(replace(t, phones=()) if t.person == "h" else t for t in PLAIN)
    assert nxt(found=silent) == "v"


def test_why_somebody_is_next() -> None:
    def why(*calls: Call, found: tuple[tree.Target, ...] = PLAIN) -> WhyNext | None:
        following = next_call(standing(*calls, found=found))
        return following.why if following else None

    assert why() is WhyNext.LADDER
    assert why(call("h", REACHED)) is WhyNext.NOT_READ_BACK
    assert why(call("h", MISSED)) is WhyNext.BETWEEN
    done = call("h", REACHED, back=True)
    assert why(done) is WhyNext.GROUP
    assert why(done, call("s", BUSY), call("l", REACHED)) is WhyNext.AGAIN
    assert why(found=FULL) is WhyNext.CARD
    assert why(fire(REACHED), found=FULL) is WhyNext.SCENE
    ids = ("lead", "walk", "gate", "night", "anyhow", "s", "l")
    ours = [call(who, REACHED) for who in ids]
    whole = (fire(REACHED), *ours, done, call("", REACHED, phone="120"))
    assert why(*whole, found=FULL) is WhyNext.AT_HOME


def later(seconds: float) -> datetime:
    """So long after the calls."""
    return AT + timedelta(seconds=seconds)


DONE = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))


def silent_at(seconds: int, *more: Call, called: tuple[Called, ...] = ()) -> tuple[str, str]:
    """Who is rung because nothing was heard of them, and why; nothing where nobody is."""
    following = next_call(Tree(PLAIN, (*DONE, *more), called, later(seconds)))
    return (following.target.person, following.why.value) if following else ("", "")


def test_told_but_not_on_the_way_is_rung_again_at_its_time_and_twice_at_most() -> None:
    def at(seconds: int, *more: Call, called: tuple[Called, ...] = ()) -> str:
        who, why = silent_at(seconds, *more, called=called)
        assert why in ("", "not_on_the_way")
        return who

    assert (at(179), at(180), at(181)) == ("", "s", "s")
    assert at(180, called=(Called("s", "S", on_the_way_at=AT),)) == "l"
    back = (Called("l", "L", on_the_way_at=AT, reported_back_at=AT),)
    again = replace(call("s", REACHED), at=later(200))
    last = replace(call("s", REACHED), at=later(400))
    assert at(379, again, called=back) == ""
    assert at(380, again, called=back) == "s"
    assert at(9_999, again, last, called=back) == ""


@pytest.mark.parametrize(
    ("stamps", "why", "within"),
    [
        ({"on_the_way_at": AT}, "not_on_scene", 600),
        ({"on_the_way_at": AT, "on_scene_at": AT}, "not_reported", 900),
    ],
)
def test_each_person_by_himself_is_rung_again_on_the_way_and_on_the_scene(
    stamps: dict[str, datetime], why: str, within: int
) -> None:
    mine = Called("s", "S", **stamps)
    other = Called("l", "L", on_the_way_at=AT, on_scene_at=AT, reported_back_at=AT)
    both = (mine, other)
    assert silent_at(within - 1, called=both) == ("", "")
    assert silent_at(within, called=both) == ("s", why)
    assert silent_at(within + 1, called=both) == ("s", why), "the report of one is not the other's"
    asked = [replace(call("s", MISSED), at=later(within * n)) for n in range(1, ALERTS + 1)]
    assert silent_at(within * 2 - 1, asked[0], called=both) == ("", "")
    assert silent_at(within * 2, asked[0], called=both) == ("s", why)
    assert silent_at(within * 9, *asked, called=both) == ("", ""), "twice at most"
    back = (replace(mine, reported_back_at=AT), other)
    assert silent_at(99_999, called=back) == ("", "")


def test_the_longest_silent_comes_first_and_a_stamp_begins_a_new_time() -> None:
    both = (Called("s", "S", on_the_way_at=later(60)), Called("l", "L", on_the_way_at=later(30)))
    assert silent_at(629, called=both) == ("", "")
    assert silent_at(630, called=both) == ("l", "not_on_scene")
    assert silent_at(700, called=both) == ("l", "not_on_scene")
    there = (both[0], replace(both[1], on_scene_at=later(620)))
    assert silent_at(660, called=there) == ("s", "not_on_scene")


def test_an_outside_service_that_set_off_is_asked_where_it_is() -> None:
    calls = (*DONE, call("", REACHED, phone="119"))
    came = (
        Called("", "fire", on_the_way_at=AT),
        *(Called(who, who.upper(), reported_back_at=AT) for who in "sl"),
    )
    found = tuple(replace(t, rung=tree.FIRST) if t.name == "fire" else t for t in PLAIN)
    assert next_call(Tree(found, calls, came, later(599))) is None
    following = next_call(Tree(found, calls, came, later(600)))
    assert following is not None
    assert (following.phone, following.why) == ("119", WhyNext.NOT_ON_SCENE)


def test_after_the_set_tries_who_was_not_reached_is_rung_again_the_least_tried_first() -> None:
    vain = [call(who, MISSED) for who in "hhvvgg"] + [call("s", MISSED)] * 3 + [call("l", BUSY)] * 3
    through = standing(*vain)
    assert next_call(through) is None
    again = ring_again(through)
    assert again is not None
    assert (again.target.person, again.why) == ("h", WhyNext.NOT_REACHED)
    after = ring_again(standing(*vain, call("h", MISSED)))
    assert after is not None
    assert after.target.person == "v"
    rest = ring_again(standing(*vain, call("h", REACHED, back=True)))
    assert rest is not None
    assert rest.target.person == "s", "the ladder has somebody; the group has not"
    assert ring_again(standing(*DONE)) is None


def test_the_first_try_of_every_rung_is_made_within_three_minutes() -> None:
    calls: list[Call] = []
    seconds, tried = 0, dict[str, int]()
    while set(tried) < {"h", "v", "g"}:
        following = next_call(standing(*calls))
        assert following is not None
        who, on_ladder = following.target.person, following.target.rung >= 0
        if on_ladder:
            tried.setdefault(who, seconds)
        calls.append(call(who, MISSED if on_ladder else REACHED))
        seconds += following.target.seconds if on_ladder else 23
    assert tried["g"] <= 180


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_nobody_is_forgotten_and_the_tree_ends(data: st.DataObject) -> None:
    everybody = data.draw(st.sampled_from([PLAIN, FULL]))
    calls: list[Call] = []
    seen: set[str] = set()
    for _ in range(200):
        following = next_call(standing(*calls, found=everybody))
        if following is None:
            break
        target = following.target
        assert following.phone in target.phones
        assert not (tree.reach(target, calls).told and tree.reach(target, calls).read_back)
        outcome = data.draw(st.sampled_from(CallOutcome))
        back = not outcome.missed and data.draw(st.booleans())
        seen.add(target.person or target.phones[0])
        calls.append(call(target.person, outcome, back=back, phone=following.phone))
    else:
        raise AssertionError("the tree does not end")
    far = progress(standing(*calls, found=everybody))
    ladder = tree.ladder_done(everybody, calls)
    rungs = (tree.FIRST, tree.GROUP)
    must = {t.person or t.phones[0] for t in everybody if t.rung in rungs and t.phones}
    assert must <= seen
    assert ladder or {"h", "v", "g"} <= seen
    assert far.seconds == 0
    missed = [t for t in far.unreached if t.rung < 0]
    assert far.told + len(missed) + (not ladder) == far.of


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([MISSED, BUSY]), min_size=1, max_size=8))
def test_no_help_waits_behind_more_misses_than_a_slot_wants_told(vain: list[CallOutcome]) -> None:
    calls: list[Call] = []
    in_a_row: dict[int, int] = {}
    for outcome in vain:
        following = next_call(standing(*calls, found=FULL))
        assert following is not None
        slot = following.target.slot
        in_a_row = {slot: in_a_row.get(slot, 0) + 1}
        assert in_a_row[slot] <= following.target.want
        calls.append(call(following.target.person, outcome, phone=following.phone))
