"""Whoever was rung, or came by themselves, stays in the tree with the numbers the roster has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import (
    came_by_themselves,
    likely_mover,
    open_emergency,
    read_emergency,
    record_call,
)
from dispatcher_tui.domain.emergency.call_tree import GROUP, Target
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from tests.tui.crew import take_watch
from tests.tui.rings import SCENES, desk
from tests.tui.support import Night


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path, rings=SCENES) as night:
        yield night


CLEANER, NUMBER = "yuanguilan", "13900000129"


def seen(it: Desk, case_id: str) -> Target | None:
    """The cleaner in the tree."""
    found = read_emergency(it, case_id).targets
    return next((target for target in found if target.person == CLEANER), None)


async def test_somebody_of_no_scene_who_came_can_be_rung_again(night: Night) -> None:
    case_id = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    assert await night.run_on_desk(lambda it: seen(it, case_id)) is None, (
        "a cleaner goes to no fire"
    )
    report = cmd.ReportResponder(person=CLEANER, name="袁桂兰", stage=Responder.ON_SCENE)
    await night.run_on_desk(lambda it: came_by_themselves(it, case_id, "袁桂兰", report))
    target = await night.run_on_desk(lambda it: seen(it, case_id))
    assert target is not None
    assert (target.phones, target.rung, target.title) == ((NUMBER,), GROUP, "保洁领班")
    assert target.spare, "nobody has to tell them"


async def test_the_number_that_was_rung_stays_though_the_roster_has_another(night: Night) -> None:
    def other(it: Desk) -> None:
        people = it.store.people()
        adopt_people(
            it, [replace(p, phones=("138",)) if p.id == CLEANER else p for p in people], "other"
        )

    case_id = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    call = cmd.TryCall(person=CLEANER, name="袁桂兰", phone=NUMBER, outcome=CallOutcome.NO_ANSWER)
    await night.perform(case_id, call)
    await night.run_on_desk(other)
    target = await night.run_on_desk(lambda it: seen(it, case_id))
    assert target is not None
    assert set(target.phones) == {"138", NUMBER}
    await night.run_on_desk(lambda it: adopt_people(it, [], ""))
    target = await night.run_on_desk(lambda it: seen(it, case_id))
    assert target is not None
    assert target.phones == (NUMBER,)


async def test_whoever_holds_the_watch_is_not_in_the_tree(night: Night) -> None:
    def guard_the_desk(it: Desk) -> None:
        people = it.store.people()
        mine = [replace(p, name="李建国") if p.id == "gaolei" else p for p in people]
        adopt_people(it, [p for p in mine if p.id != "lijianguo"], "a guard at the desk")

    await night.run_on_desk(guard_the_desk)
    case_id = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    before = await night.run_on_desk(lambda it: read_emergency(it, case_id))
    assert "gaolei" in [target.person for target in before.targets]
    await take_watch(night)
    after = await night.run_on_desk(lambda it: read_emergency(it, case_id))
    assert "gaolei" not in [target.person for target in after.targets]
    assert after.next_call is not None


@pytest.mark.rule("E-03")
async def test_whose_way_is_meant_is_one_who_was_sent_before_one_who_decides(night: Night) -> None:
    def told(it: Desk, case_id: str, person: str) -> str:
        """Whose way is offered once they were told, and have read it back."""
        found = read_emergency(it, case_id)
        target = next(each for each in found.targets if each.person == person)
        record_call(it, case_id, target, target.name, target.phones[0], CallOutcome.REACHED)
        purpose = it.record(case_id).case.calls[-1].purpose
        it.perform(case_id, cmd.ConfirmReadBack(purpose=purpose))
        found = read_emergency(it, case_id)
        assert found.next_call is not None
        mover = likely_mover(found, found.next_call.target)
        return mover.person if mover else ""

    case_id = await night.run_on_desk(lambda it: open_emergency(it, "fire"))
    offered = [
        await night.run_on_desk(lambda it, who=who: told(it, case_id, who))  # type: ignore[misc]
        for who in ("chenzhiqiang", "gaolei", "caoyang", "sunmingyuan")
    ]
    assert offered == ["chenzhiqiang", "gaolei", "caoyang", "caoyang"]
    back = cmd.ReportResponder(person="caoyang", name="曹阳", stage=Responder.REPORTED_BACK)
    await night.run_on_desk(lambda it: it.perform(case_id, back))
    found = await night.run_on_desk(lambda it: read_emergency(it, case_id))
    assert found.next_call is not None
    mover = likely_mover(found, found.next_call.target)
    assert mover is not None
    assert mover.person == "gaolei"
