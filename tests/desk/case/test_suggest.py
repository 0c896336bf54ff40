"""Whom to tell: who is on duty comes before who is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.case.find import find
from dispatcher_tui.desk.case.suggest import SuggestedPerson, whom_to_ask, whom_to_tell
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency, record_call
from dispatcher_tui.desk.emergency.engaged import engaged
from dispatcher_tui.desk.emergency.orders import issue_order
from dispatcher_tui.domain.duties.called_out import SENT_BACK
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome, Fact
from dispatcher_tui.present.emergency.tree_lines import tree_row
from dispatcher_tui.present.spans import plain
from tests.domain.support import Story
from tests.tui.story import REACHED
from tests.tui.support import Night, desk


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path) as night:
        yield night


def suggested(it: Desk, case_id: str) -> list[SuggestedPerson]:
    """The suggestions for a case now."""
    file = read_case(it, case_id)
    return whom_to_tell(
        file.procedure,
        file.rules.calendar,
        file.case,
        file.category,
        file.people,
        it.clock.now(),
        file.elsewhere,
    )


async def test_without_a_class_everybody_on_duty_comes_first(night: Night) -> None:
    done = await night.open_case(said="something")
    found = await night.run_on_desk(lambda it: suggested(it, done.case.id))
    duty = [each.on_duty for each in found]
    assert duty[0]
    assert not duty[-1]
    assert duty == sorted(duty, reverse=True)


async def test_who_sits_at_the_desk_is_rung_last_unless_the_case_is_theirs(night: Night) -> None:
    case_id = (await night.open_case(said="欠费", category="arrears")).case.id
    first = (await night.run_on_desk(lambda it: suggested(it, case_id)))[0].person

    def again(it: Desk, holder: str) -> list[str]:
        file = read_case(it, case_id)
        asked = (file.procedure, file.rules.calendar, file.case, file.category, file.people)
        found = whom_to_tell(*asked, it.clock.now(), file.elsewhere, holder)
        return [each.person.name for each in found]

    order = await night.run_on_desk(lambda it: again(it, first.name))
    assert order[-1] == first.name
    assert sorted(order) == sorted(await night.run_on_desk(lambda it: again(it, "")))
    named = cmd.NameAssignee(person=first.id, name=first.name, role=first.role)
    await night.run_on_desk(lambda it: it.perform(case_id, named))
    assert (await night.run_on_desk(lambda it: again(it, first.name)))[0] == first.name


async def test_the_responsible_one_off_duty_gives_way_to_who_fits_and_is_there(
    night: Night,
) -> None:
    case_id = (await night.open_case(said="wet", category="leak")).case.id
    first = await night.run_on_desk(lambda it: suggested(it, case_id))
    off = next(each.person for each in first if each.fitting and not each.on_duty)
    told = replace(REACHED, person=off.id, name=off.name, phone=off.phones[0], role=off.role)
    await night.perform(case_id, told)
    found = await night.run_on_desk(lambda it: suggested(it, case_id))
    assert found[0].fitting
    assert found[0].on_duty


async def test_who_is_on_the_way_to_an_emergency_is_suggested_last_and_marked(
    night: Night,
) -> None:
    leak = (await night.open_case(said="wet", category="leak")).case.id
    best = (await night.run_on_desk(lambda it: suggested(it, leak)))[0].person
    fire = await night.run_on_desk(lambda it: it.open_emergency("fire", "3-2"))
    told = replace(REACHED, person=best.id, name=best.name, phone=best.phones[0], role=best.role)
    missed = replace(told, outcome=CallOutcome.NO_ANSWER, read_back=False)
    await night.perform(fire.case.id, missed)
    assert (await night.run_on_desk(lambda it: suggested(it, leak)))[0].person == best, (
        "nobody was told"
    )
    await night.perform(fire.case.id, told)
    found = await night.run_on_desk(lambda it: suggested(it, leak))
    assert (found[-1].person, found[-1].elsewhere) == (best, fire.case.number)
    assert not any(each.elsewhere for each in found[:-1])
    order = await night.run_on_desk(
        lambda it: issue_order(it, fire.case.id, "陈志强", "封闭一单元")
    )
    at_hand = await night.run_on_desk(lambda it: suggested(it, order.case.id))
    assert not any(each.elsewhere for each in at_hand), "an order there is for those who are there"
    own = await night.run_on_desk(lambda it: suggested(it, fire.case.id))
    assert not any(each.elsewhere for each in own), "in the emergency itself they are its own"
    await night.perform(fire.case.id, cmd.StandDown(note="陈志强：已灭", why="没打通"))
    assert (await night.run_on_desk(lambda it: suggested(it, leak)))[0].person == best


async def test_a_leader_who_was_told_of_one_emergency_goes_nowhere(night: Night) -> None:
    case_id = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    other = await night.run_on_desk(lambda it: open_emergency(it, "injury"))

    def tell(it: Desk) -> None:
        for role in ("head", "security_lead"):
            found = read_emergency(it, case_id).targets
            target = next(t for t in found if t.role == role and not t.off_duty)
            record_call(it, case_id, target, target.name, target.phones[0], CallOutcome.REACHED)

    await night.run_on_desk(tell)
    away = await night.run_on_desk(lambda it: engaged(it, it.record(other).case))
    assert list(away) == ["gaolei"]
    seen = await night.run_on_desk(lambda it: read_emergency(it, other))
    marked = [t.person for t in seen.targets if t.elsewhere]
    assert marked == ["gaolei"]


async def test_who_need_not_come_is_proposed_again_and_after_a_new_call_last_again(
    night: Night,
) -> None:
    fire = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    other = await night.run_on_desk(lambda it: open_emergency(it, "injury"))

    def order(it: Desk) -> list[tuple[str, str]]:
        return [(t.person, t.elsewhere) for t in read_emergency(it, other).targets if t.person]

    def call(it: Desk, purpose: str = "") -> None:
        target = next(t for t in read_emergency(it, fire).targets if t.person == "gaolei")
        if not purpose:
            record_call(it, fire, target, target.name, target.phones[0], CallOutcome.REACHED)
            return
        back = cmd.TryCall(
            person="gaolei",
            name=target.name,
            role=target.role,
            phone=target.phones[0],
            outcome=CallOutcome.REACHED,
            purpose=purpose,
        )
        it.perform(fire, back)

    before = await night.run_on_desk(order)
    assert ("gaolei", "") in before
    await night.run_on_desk(call)
    busy = await night.run_on_desk(order)
    place = [person for person, _number in busy].index("gaolei")
    assert busy[place][1], "marked"
    assert place > before.index(("gaolei", ""))
    assert [p for p, _n in busy if p != "gaolei"] == [p for p, _n in before if p != "gaolei"]
    night.clock.forward(seconds=9)
    await night.run_on_desk(lambda it: call(it, SENT_BACK))
    assert await night.run_on_desk(order) == before
    night.clock.forward(seconds=9)
    await night.run_on_desk(call)
    assert await night.run_on_desk(order) == busy


async def test_the_call_tree_says_who_is_off_duty(night: Night) -> None:
    done = await night.open_case(said="wet", category="leak")
    seen = await night.run_on_desk(lambda it: read_emergency(it, done.case.id))
    off = [target for target in seen.targets if target.off_duty]
    assert off
    zone = seen.rules.calendar.tz
    shown = plain(tree_row(off[0], seen.standing, seen.rules.procedure, zone, 45))
    assert shown.rstrip().endswith("off duty")


async def test_a_number_begun_is_told_from_a_name_that_holds_it(night: Night) -> None:
    found = await night.run_on_desk(lambda it: find(it, "11"))
    assert {number for _name, number in found.dialled} >= {"119", "110"}
    assert found.outside == ()


def asked(step_id: str, *roles: str) -> list[str]:
    """Whom a step of a shop's major case suggests first, the one responsible being ``zhang``."""
    story = Story("shop-chain", "2026-11-18 09:00").open(facts=(Fact.MEDIA,)).call()
    people = [Person(role, role, role, "", phones=("13900000101",)) for role in roles]
    people.append(Person("zhang", "张伟", "dept_head", "", phones=("13900000102",)))
    procedure, calendar = story.rules.procedure, story.rules.calendar
    step = procedure.step(step_id)
    assert step is not None
    found = whom_to_ask(procedure, calendar, story.case, step, people, story.now)
    return [each.person.id for each in found if each.fitting]


def test_an_act_of_those_who_handle_cases_is_asked_of_the_responsible_one_first() -> None:
    assert asked("paper_chased", "duty_manager") == ["zhang", "duty_manager"]


def test_one_of_somebody_else_is_asked_of_them_and_of_a_leader_up_the_ladder() -> None:
    assert asked("told_supervision", "gm", "supervision") == ["supervision"]
    assert asked("told_office", "gm", "office") == ["office", "gm"]
