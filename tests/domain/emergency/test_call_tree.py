"""What the calls to somebody came to, by which number they are rung, and what for (E-02, E-03)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.layer import under_layer
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.ringing import AT, BUSY, MISSED, PLAIN, REACHED, call
from tests.domain.support import bare_case


def test_a_relayed_word_counts_once_it_is_read_back() -> None:
    assert not tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED)]).told
    assert tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED, back=True)]).told


def estate() -> Procedure:
    """The shipped default procedure with the emergency layer under it."""
    path = data_dir() / "procedures" / "estate-dispatch.toml"
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    return under_layer(parse_procedure(read_text(path), path.name), layer)


def test_what_a_call_is_for() -> None:
    procedure = estate()
    case = bare_case(AT)
    told = replace(case, notified_at=AT)
    ladder = procedure.ladders[0]
    assert tree.rung_purpose(procedure, ladder, case) == "reported"
    assert tree.rung_purpose(procedure, None, case) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, REACHED) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, MISSED) == "called_out"
    assert tree.group_purpose(procedure, ladder, told, REACHED) == "called_out"
    assert tree.group_purpose(procedure, None, told, REACHED) == tree.NOTICE


@pytest.mark.parametrize("outcome", [REACHED, CallOutcome.RELAYED])
def test_a_ladder_is_ended_by_the_calls_on_record_whoever_stands_on_it(
    outcome: CallOutcome,
) -> None:
    back = call("h", outcome, back=True)
    nobody = tuple(target for target in PLAIN if target.rung < 0)
    assert tree.ladder_done(nobody, (back,), "reported")
    assert not tree.ladder_done(nobody, (back,)), "the notice is no report to a leader"
    assert not tree.ladder_done(nobody, (back,), tree.NOTICE)
    assert not tree.ladder_done(nobody, (replace(back, read_back_at=None),), "reported")
    assert not tree.ladder_done(nobody, (replace(back, purpose="called_out"),), "reported")


def test_the_number_that_rang_out_gives_way_to_the_other() -> None:
    two = replace(PLAIN[0], phones=("1", "2"))
    assert tree.phone_for(two, ()) == "1"
    assert tree.phone_for(two, (call("h", MISSED, phone="1"),)) == "2"
    assert tree.phone_for(two, (call("h", MISSED, phone="1"), call("h", BUSY, phone="2"))) == "1"
    assert tree.phone_for(replace(two, phones=()), ()) == ""


def test_who_came_by_themselves_was_spoken_to() -> None:
    came = replace(call("s", REACHED), incoming=True)
    captain = next(target for target in PLAIN if target.person == "s")
    assert tree.reach(captain, [came]).told
    stranger = tree.Target("", "王警官", "", (), tree.OUTSIDE)
    assert tree.is_to(Call("", "王警官", "", "", REACHED, "", AT), stranger)
    assert not tree.is_to(Call("", "李警官", "", "", REACHED, "", AT), stranger)
    assert not tree.is_to(Call("", "王警官", "", "110", REACHED, "", AT), stranger)


def test_somebody_is_the_same_in_whatever_row_they_stand() -> None:
    other = replace(PLAIN[0], name="别名", rung=tree.GROUP, phones=("1",), slot=7)
    assert other.key == PLAIN[0].key
    fire = tree.Target("", "fire", "", ("119",), tree.FIRST)
    assert fire.key == replace(fire, phones=("0119",), rung=tree.OUTSIDE).key
    assert fire.key != tree.Target("fire", "x", "", (), tree.GROUP).key
