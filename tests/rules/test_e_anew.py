"""What begins anew with a flare-up, what follows a write-off, what is one call (E-02 to E-09)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact
from tests.domain.support import P0, P4, Story, proves_boundary, rules
from tests.rules.sending import CREW, HEAD, OPENED, emergency, over, tell, tell_head

FLARED = "2026-11-18 10:00"


def flared_up(*, told: bool = True, false_alarm: bool = False) -> Story:
    """Stood down after a minute, and at 10:00 it flares up again."""
    story = tell(tell_head(emergency()), *CREW[:2]) if told else emergency()
    over(story.after(minutes=1), false_alarm=false_alarm, why="" if told else "没人接")
    story.at(FLARED).fire()
    story.do(cmd.ResumeEmergency(reason="复燃"))
    return story


def runs_of(story: Story, clock: str) -> list[str]:
    """How each run of a clock stands, in their order."""
    states = story.states()
    return [states[name] for name, duty in story.owed().items() if duty.clock == clock]


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("how", ["told", "given up", "false alarm"])
def test_flared_up_again_the_head_is_told_anew_within_three_minutes(how: str) -> None:
    story = flared_up(told=how != "given up", false_alarm=how == "false alarm")
    first = {"told": "done", "given up": "missed", "false alarm": "done"}[how]
    assert runs_of(story, "E-02") == [first, "running"]
    (name,) = [n for n, d in story.owed().items() if d.clock == "E-02" and d.pending]
    proves_boundary(story, name, "2026-11-18 10:03")
    story.call(who=HEAD, purpose="reported", read_back=True)
    assert runs_of(story, "E-02") == [first, "done_late"]
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-03")
def test_flared_up_again_they_are_called_out_anew_within_ten_minutes() -> None:
    story = flared_up()
    tell_head(story)
    (name,) = [n for n, d in story.owed().items() if d.clock == "E-03" and d.pending]
    assert story.owed()[name].start == story.now
    story.after(minutes=9).call(who=CREW[2], purpose="called_out")
    assert runs_of(story, "E-03")[-1] == "done"


@pytest.mark.rule("E-05")
def test_flared_up_again_the_post_is_held_until_it_is_stood_down_once_more() -> None:
    story = flared_up()
    assert runs_of(story, "E-05") == ["done", "running"]
    tell(tell_head(story), CREW[2])
    over(story.after(minutes=1))
    assert runs_of(story, "E-05") == ["done", "done"]


@pytest.mark.rule("E-06", "when")
def test_in_an_older_record_written_off_without_being_stood_down_it_is_followed_all_the_same() -> (
    None
):
    story = tell(tell_head(emergency()), *CREW[:1]).at("2026-11-18 09:30")
    assert "E-06" not in story.states()
    story.held(ev.WrittenOff(case=story.case.id, held=True))
    assert story.states()["E-06"] == "running"
    assert story.states()["E-07"] == "running"
    story.fire()
    proves_boundary(story, "E-06", "2026-11-18 11:30")
    story.step("handling_followed")
    assert story.states()["E-06"] == "done_late"
    assert fold(story.entries) == story.case


@pytest.mark.rule("E-07")
def test_stood_down_first_the_write_off_starts_nothing_anew() -> None:
    story = over(tell(tell_head(emergency()), *CREW[:1]).after(minutes=1))
    story.after(minutes=1).step("handling_followed").after(minutes=1)
    story.step("aftermath_over").after(minutes=1)
    story.write_off(head="赵主任")
    assert runs_of(story, "E-06") == ["done"]
    assert runs_of(story, "E-07") == ["done"]


@pytest.mark.rule("E-06")
def test_an_ordinary_case_and_a_false_alarm_have_no_aftermath() -> None:
    plain = Story(P0, OPENED).open().call(read_back=True).after(minutes=1).write_off()
    assert not {"E-06", "E-07"} & set(plain.states())
    false = over(tell(tell_head(emergency()), *CREW[:1]).after(minutes=1), false_alarm=True)
    false.after(minutes=1).write_off(head="赵主任")
    assert not {"E-06", "E-07"} & set(false.states())


@pytest.mark.rule("E-03")
@pytest.mark.parametrize(("apart", "one"), [(1.999, True), (2.0, True), (2.001, False)])
@pytest.mark.parametrize("purposes", [("notified", "notified"), ("notified", "called_out")])
def test_a_double_key_press_is_one_call(apart: float, one: bool, purposes: tuple[str, str]) -> None:
    story = tell_head(emergency()).after(seconds=30)
    story.call(who=CREW[0], purpose=purposes[0])
    story.now += timedelta(seconds=apart)
    again = cmd.TryCall(
        person=CREW[0][0],
        name=CREW[0][1],
        outcome=CallOutcome.REACHED,
        purpose=purposes[1],
    )
    if one:
        assert story.refused(again).code == "call_logged"
    else:
        story.do(again)
    assert len([c for c in story.case.calls if c.person == CREW[0][0]]) == 2 - one


@pytest.mark.rule("E-03")
def test_another_result_person_or_number_is_an_entry_of_its_own() -> None:
    story = tell_head(emergency())
    story.call(CallOutcome.REACHED, CREW[0])
    story.call(CallOutcome.NO_ANSWER, CREW[0], purpose="called_out")
    story.call(CallOutcome.NO_ANSWER, CREW[1], purpose="called_out")
    story.do(
        cmd.TryCall(
            person=CREW[1][0],
            name=CREW[1][1],
            phone="13900000000",
            outcome=CallOutcome.NO_ANSWER,
            purpose="called_out",
        )
    )
    story.do(
        cmd.TryCall(
            person=CREW[0][0],
            name=CREW[0][1],
            outcome=CallOutcome.REACHED,
            purpose="sent_back",
        )
    )
    assert [c.outcome for c in story.case.calls if c.person == CREW[0][0]] == [
        CallOutcome.REACHED,
        CallOutcome.NO_ANSWER,
        CallOutcome.REACHED,
    ]
    assert len(story.case.calls) == 6


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("procedure", [P0, P4])
@pytest.mark.parametrize(
    "said",
    [
        {"caller": "王先生"},
        {"phone": "13800000000"},
        {"verbatim": "着火了"},
        {"category": "smoke_fire"},
        {"facts": (Fact.FIRE,)},
        {"channel": Channel.PANEL},
        {"panel": "3"},
    ],
)
def test_only_what_f9_opened_is_called_off_as_a_mistake(
    procedure: str, said: dict[str, object]
) -> None:
    level = emergency_level(rules(procedure).procedure).id
    blank = {"verbatim": "", "caller": "", "phone": ""}
    reported = Story(procedure, OPENED).open(level=level, **{**blank, **said})
    assert reported.refused(cmd.CallOff(reason="误按")).code == "not_called_off"
    pressed = Story(procedure, OPENED).open(level=level, **blank)
    pressed.do(cmd.CallOff(reason="误按"))
    assert pressed.case.stage.ended


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("procedure", [P0, P4])
def test_the_caller_whom_f9_took_along_makes_no_report_of_a_mistake(procedure: str) -> None:
    level = emergency_level(rules(procedure).procedure).id
    told: dict[str, Any] = {"level": level, "by_f9": True, "caller": "王先生", "verbatim": "漏水"}
    pressed = Story(procedure, OPENED).open(**told)
    assert pressed.case.caller is not None
    assert (pressed.case.caller.name, pressed.case.verbatim) == ("王先生", "漏水")
    pressed.do(cmd.CallOff(reason="误按"))
    assert pressed.case.stage.ended
    since = Story(procedure, OPENED).open(**told)
    since.do(cmd.RingAgain(said="着火了"))
    assert since.refused(cmd.CallOff(reason="误按")).code == "not_called_off", "somebody rang"
    rung = Story(procedure, OPENED).open(**told)
    rung.call(who=HEAD, purpose="reported")
    assert rung.refused(cmd.CallOff(reason="误按")).code == "not_called_off", "a call was made"
