"""The order of calls with one handset: ladder, group in between, nobody told twice (E-02, E-03)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain import call_tree as tree
from dispatcher_tui.domain.case import Call, Called, Case, Grade
from dispatcher_tui.domain.next_call import (
    Part,
    Progress,
    Tree,
    Why,
    next_call,
    progress,
    ring_again,
)
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.procedure import Ladder, Procedure, Rung
from dispatcher_tui.domain.terms import CallOutcome, Label, Stage
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.text import read_text

AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
LADDER = Ladder(
    id="emergency",
    label=Label("紧急通知", "Emergency calls"),
    rule="E-02",
    rungs=(Rung("head"), Rung("vp"), Rung("gm")),
    group=("security_captain", "lift_captain"),
    group_rule="E-03",
)
ROLES = {"head": "h", "vp": "v", "gm": "g", "security_captain": "s", "lift_captain": "l"}


def person(id_: str, role: str, **fields: object) -> Person:
    """Somebody on the roster, at any hour unless said otherwise."""
    given: dict[str, object] = {"name": id_.upper(), "phones": (f"139{id_}",), **fields}
    return Person(id=id_, role=role, **given)  # type: ignore[arg-type]


def roster(*people: Person) -> tree.Roster:
    """These people at 22:47 local time; one in each role if none are given."""
    everybody = people or tuple(person(who, role) for role, who in ROLES.items())
    return tree.Roster(everybody, AT, ZoneInfo("Asia/Shanghai"))


FIRST = tree.Target("", "fire", "", ("119",), tree.FIRST)
OUTSIDE = [
    tree.Target("", "police", "", ("110",), tree.OUTSIDE),
    tree.Target("", "fire", "", ("119",), tree.OUTSIDE),
]
PLAIN = tree.targets(LADDER, (), roster(), None, OUTSIDE)


def call(who: str, outcome: CallOutcome, *, back: bool = False, phone: str = "") -> Call:
    """A try to reach somebody; an outside number has no person."""
    return Call(who, who.upper(), "", phone, outcome, "reported", AT, AT if back else None)


def standing(*calls: Call, found: tuple[tree.Target, ...] = PLAIN, now: datetime = AT) -> Tree:
    """The tree after these calls."""
    return Tree(targets=found, calls=calls, called=(), now=now)


def nxt(*calls: Call, found: tuple[tree.Target, ...] = PLAIN) -> str:
    """Who comes next: the person's id, the outside number, or nothing."""
    following = next_call(standing(*calls, found=found))
    return "" if following is None else following.target.person or following.phone


MISSED, BUSY, REACHED = CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.REACHED


def test_ladder_first_then_group_then_outside_and_nobody_twice() -> None:
    found = tree.targets(LADDER, (), roster(), FIRST, OUTSIDE)
    assert [t.person or t.phones[0] for t in found] == ["119", *"hvgsl", "110"]
    both = tree.targets(LADDER, (), roster(person("h", "head"), person("h", "vp")), None, ())
    assert [t.person for t in both] == ["h"]


def test_without_a_ladder_the_routes_are_told() -> None:
    found = tree.targets(None, ("head", "vp"), roster(), None, ())
    assert [(t.person, t.rung) for t in found] == [("h", tree.GROUP), ("v", tree.GROUP)]


def test_the_head_is_rung_first() -> None:
    assert nxt() == "h"


def test_a_call_to_the_group_goes_between_two_tries() -> None:
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
    assert tree.ladder_done(PLAIN, told)


def test_a_relayed_word_counts_once_it_is_read_back() -> None:
    assert not tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED)]).told
    assert tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED, back=True)]).told


def test_busy_ones_of_the_group_come_again_after_the_others() -> None:
    calls = [call("h", REACHED, back=True), call("s", BUSY)]
    assert nxt(*calls) == "l"
    assert nxt(*calls, call("l", REACHED)) == "s"


def test_a_cards_number_comes_before_the_ladder_and_again_after_one_call() -> None:
    found = tree.targets(LADDER, (), roster(), FIRST, OUTSIDE)
    assert nxt(found=found) == "119"
    assert nxt(call("", BUSY, phone="119"), found=found) == "h"
    assert nxt(call("", BUSY, phone="119"), call("h", MISSED), found=found) == "119"
    assert nxt(call("", REACHED, phone="119"), found=found) == "h"


def test_nobody_without_a_number_is_suggested() -> None:
    found = tuple(replace(t, phones=()) if t.person == "h" else t for t in PLAIN)
    assert nxt(found=found) == "v"


def estate() -> Procedure:
    """The shipped default procedure."""
    path = data_dir() / "procedures" / "estate-dispatch.toml"
    return parse_procedure(read_text(path), path.name)


def test_what_a_call_is_for() -> None:
    procedure = estate()
    case = Case(
        id="c",
        number="1",
        procedure="",
        calendar="",
        stage=Stage.OPEN,
        grades=(Grade("emergency", "E-01", AT),),
        opened_at=AT,
        received_at=AT,
    )
    told = replace(case, notified_at=AT)
    ladder = procedure.ladders[0]
    assert tree.rung_purpose(procedure, ladder, case) == "reported"
    assert tree.rung_purpose(procedure, None, case) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, REACHED) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, MISSED) == "called_out"
    assert tree.group_purpose(procedure, ladder, told, REACHED) == "called_out"
    assert tree.group_purpose(procedure, None, told, REACHED) == tree.NOTICE


def test_a_leader_is_rung_at_any_hour_and_a_deputy_where_there_is_no_number() -> None:
    off = person("h", "head", on_from=time(8), on_until=time(17), deputy="d")
    people = (off, person("d", "clerk"), person("v", "vp"))
    assert [t.person for t in tree.targets(LADDER, (), roster(*people), None, ())] == ["h", "v"]
    silent = replace(off, phones=())
    found = tree.targets(LADDER, (), roster(silent, *people[1:]), None, ())
    assert [(t.person, t.stands_for, t.rung) for t in found] == [
        ("d", "H", 0), ("h", "", 0), ("v", "", 1),
    ]  # fmt: skip


def test_of_the_group_those_on_duty_are_called_and_deputies_of_those_who_are_not() -> None:
    on = person("s1", "security_captain")
    off = person("s2", "security_captain", on_from=time(7), on_until=time(19), deputy="d")
    gone = person("s3", "security_captain", valid_until=date(2026, 11, 20))
    deputy = person("d", "guard")
    people = roster(off, gone, on, deputy)
    assert [t.person for t in tree.targets(LADDER, (), people, None, ())] == ["s1"]
    found = tree.targets(LADDER, (), roster(off, gone, deputy), None, ())
    assert [(t.person, t.stands_for, t.off_duty) for t in found] == [
        ("d", "S2", False), ("s2", "", True),
    ]  # fmt: skip


def test_deputies_in_a_circle_end_with_nobody() -> None:
    hours = {"on_from": time(7), "on_until": time(19)}
    one = person("s1", "security_captain", deputy="s2", **hours)
    two = person("s2", "lift_captain", deputy="s1", **hours)
    assert roster(one, two).deputy(one) is None


def test_the_number_that_rang_out_gives_way_to_the_other() -> None:
    two = replace(PLAIN[0], phones=("1", "2"))
    assert tree.phone_for(two, ()) == "1"
    assert tree.phone_for(two, (call("h", MISSED, phone="1"),)) == "2"
    assert tree.phone_for(two, (call("h", MISSED, phone="1"), call("h", BUSY, phone="2"))) == "1"
    assert tree.phone_for(replace(two, phones=()), ()) == ""


def test_why_somebody_is_next() -> None:
    def why(*calls: Call) -> Why | None:
        following = next_call(standing(*calls))
        return following.why if following else None

    assert why() is Why.LADDER
    assert why(call("h", REACHED)) is Why.NOT_READ_BACK
    assert why(call("h", MISSED)) is Why.BETWEEN
    done = call("h", REACHED, back=True)
    assert why(done) is Why.GROUP
    assert why(done, call("s", BUSY), call("l", REACHED)) is Why.AGAIN


def test_told_but_not_on_the_way_is_rung_again_at_its_time_and_twice_at_most() -> None:
    done = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))

    def at(seconds: int, *more: Call, called: tuple[Called, ...] = ()) -> str:
        now = AT + timedelta(seconds=seconds)
        following = next_call(Tree(PLAIN, (*done, *more), called, now))
        if following is None:
            return ""
        assert following.why is Why.NOT_ON_THE_WAY
        return following.target.person

    assert (at(179), at(180), at(181)) == ("", "s", "s")
    came = (Called("s", "S", on_the_way_at=AT),)
    assert at(180, called=came) == "l"
    again = replace(call("s", REACHED), at=AT + timedelta(seconds=200))
    last = replace(call("s", REACHED), at=AT + timedelta(seconds=400))
    assert at(379, again, called=(Called("l", "L", reported_back_at=AT),)) == ""
    assert at(380, again, called=(Called("l", "L", reported_back_at=AT),)) == "s"
    assert at(9_999, again, last, called=(Called("l", "L", on_the_way_at=AT),)) == ""


def test_how_far_the_calls_have_come() -> None:
    assert progress(standing()) == Progress(0, 3, (), 6 * 25 + 2 * 20)
    calls = (call("h", REACHED, back=True), call("s", REACHED))
    assert progress(standing(*calls)) == Progress(2, 3, (), 20, unread=(PLAIN[3],))
    gone = (*calls, *[call("l", MISSED)] * 3)
    assert progress(standing(*gone)) == Progress(2, 3, (PLAIN[4],), 0, unread=(PLAIN[3],))
    nobody = tuple(call(who, MISSED) for who in "hhvvgg")
    assert progress(standing(*nobody)).unreached == PLAIN[:3]


BOTH = frozenset(Part)
EVERYBODY = (call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED))


def test_a_step_that_reached_nobody_is_never_complete() -> None:
    """Nobody on the roster: nothing is rung by any order, and nothing is done by it either."""
    empty = Tree(targets=(), calls=(), called=(), now=AT, asked=BOTH)
    assert next_call(empty) is None
    assert ring_again(empty) is None
    assert progress(empty) == Progress(0, 2, (), 0, nobody=(Part.LADDER, Part.GROUP))
    assert not progress(empty).complete
    assert not progress(Tree(targets=(), calls=(), called=(), now=AT)).complete
    assert progress(standing(*EVERYBODY)).complete
    assert not progress(standing(*EVERYBODY[:2])).complete


def test_without_a_number_nobody_can_be_told_though_they_stand_on_the_roster() -> None:
    found = tuple(replace(t, phones=()) if t.rung >= 0 else t for t in PLAIN)
    silent = Tree(found, EVERYBODY[1:], (), AT, asked=BOTH)
    assert progress(silent).nobody == (Part.LADDER,)
    assert progress(silent).told == 2
    assert not progress(silent).complete


def test_somebody_rung_by_a_list_on_paper_makes_good_for_an_empty_roster() -> None:
    met = Tree((), (), (), AT, asked=BOTH, met=frozenset({Part.GROUP}))
    assert (progress(met).told, progress(met).of) == (1, 2)
    assert progress(met).nobody == (Part.LADDER,)
    assert progress(replace(met, met=BOTH)).complete


def test_the_cards_number_that_was_tried_in_vain_is_not_reached() -> None:
    found = tree.targets(LADDER, (), roster(), FIRST, OUTSIDE)
    vain = [call("", MISSED, phone="119")] * 2
    assert progress(standing(*vain, *EVERYBODY, found=found)).unreached == ()
    vain.append(call("", BUSY, phone="119"))
    far = progress(standing(*vain, *EVERYBODY, found=found))
    assert (far.told, far.of, far.unreached, far.complete) == (3, 4, (FIRST,), False)
    reached = progress(standing(*vain, *EVERYBODY, call("", REACHED, phone="119"), found=found))
    assert reached.complete


def test_after_the_set_tries_who_was_not_reached_is_rung_again_the_least_tried_first() -> None:
    vain = [call(who, MISSED) for who in "hhvvgg"] + [call("s", MISSED)] * 3 + [call("l", BUSY)] * 3
    through = standing(*vain)
    assert next_call(through) is None
    again = ring_again(through)
    assert again is not None
    assert (again.target.person, again.why) == ("h", Why.NOT_REACHED)
    later = ring_again(standing(*vain, call("h", MISSED)))
    assert later is not None
    assert later.target.person == "v"
    head = standing(*vain, call("h", REACHED, back=True))
    rest = ring_again(head)
    assert rest is not None
    assert rest.target.person == "s", "the ladder has somebody; the group has not"
    assert ring_again(standing(*EVERYBODY)) is None


def test_who_came_by_themselves_was_spoken_to() -> None:
    came = replace(call("s", REACHED), incoming=True)
    assert tree.reach(PLAIN[3], [came]).told
    stranger = tree.Target("", "王警官", "", (), tree.OUTSIDE)
    assert tree.is_to(Call("", "王警官", "", "", REACHED, "", AT), stranger)
    assert not tree.is_to(Call("", "李警官", "", "", REACHED, "", AT), stranger)
    assert not tree.is_to(Call("", "王警官", "", "110", REACHED, "", AT), stranger)


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
        seconds += following.target.seconds if on_ladder else 20
    assert tried["g"] <= 180


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nobody_is_forgotten_and_the_tree_ends(data: st.DataObject) -> None:
    found = tree.targets(LADDER, (), roster(), FIRST if data.draw(st.booleans()) else None, OUTSIDE)
    calls: list[Call] = []
    seen: set[str] = set()
    for _ in range(100):
        following = next_call(standing(*calls, found=found))
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
    standing_now = progress(standing(*calls, found=found))
    ladder = tree.ladder_done(found, calls)
    assert {"s", "l"} <= seen
    assert ladder or {"h", "v", "g"} <= seen
    assert standing_now.seconds == 0
    assert (
        standing_now.told
        + len([t for t in standing_now.unreached if t.rung < 0])
        + (1 if not ladder else 0)
        == standing_now.of
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([MISSED, BUSY]), min_size=1, max_size=4))
def test_no_help_waits_behind_more_than_one_vain_try(vain: list[CallOutcome]) -> None:
    calls: list[Call] = []
    on_ladder = 0
    for outcome in vain:
        following = next_call(standing(*calls))
        assert following is not None
        on_ladder = on_ladder + 1 if following.target.rung >= 0 else 0
        assert on_ladder <= 1
        calls.append(call(following.target.person, outcome))
