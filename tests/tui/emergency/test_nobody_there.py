"""Nobody of ours can be rung, or a service outside is: what to do stands there, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.tui.emergency.at_hand import fire
from tests.tui.emergency.on_screen import line
from tests.tui.rings import desk
from tests.tui.story import case_of
from tests.tui.support import NARROW, Language, Night, picture, press

ALARM = {"fire_alarm": ("guard", "engineering", "(fire)", "head")}
"""The order of calls of a fire alarm: 119 is rung once somebody has seen the fire."""
CLERK = Person(id="chen", name="陈洁", role="implementer", phones=("13900000116",))
GUARD = Person(
    id="gaolei", name="高磊", role="implementer", phones=("13900000115",), group="security"
)


async def people(night: Night, *found: Person) -> None:
    """These are on the roster, and nobody else."""
    head = "id,name,role,phone,group\n"
    text = head + "".join(f"{p.id},{p.name},{p.role},{p.phones[0]},{p.group}\n" for p in found)
    await night.run_on_desk(lambda it: adopt_people(it, list(found), text))


def up(pilot: Pilot[Any]) -> tuple[str, str]:
    """Who stands there to be rung, and by which number."""
    tree = pilot.app.screen.query_one(CallTree)
    return (tree.target.name if tree.target else "", tree.phone)


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("there", [(), (CLERK,)])
async def test_with_nobody_to_send_on_the_roster_the_number_kept_for_need_is_rung(
    tmp_path: Path, lang: Language, there: tuple[Person, ...]
) -> None:
    async with desk(tmp_path, rings=ALARM) as night:
        await people(night, *there)
        async with night.running(NARROW, lang) as pilot:
            await press(pilot, "f9", "2")
            assert up(pilot) == ("fire", "119")
            words = {"zh": ("现在打", "花名册上没有人"), "en": ("ring now", "NOBODY on the roster")}
            for each in words[lang]:
                assert each in picture(pilot)
            await press(pilot, "1")
            (call,) = (await case_of(night, pilot.app.screen.case_id)).calls  # type: ignore[attr-defined]
            assert call.phone == "119"


@pytest.mark.rule("E-02")
async def test_with_somebody_to_look_it_waits_until_it_is_seen(tmp_path: Path) -> None:
    async with desk(tmp_path, rings=ALARM) as night:
        await people(night, GUARD)
        async with night.running(NARROW, "en") as pilot:
            await press(pilot, "f9", "2")
            assert up(pilot) == ("高磊", "13900000115")
            assert "NOBODY on the roster" not in picture(pilot)


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("key", ["5", "6"])
async def test_a_service_outside_is_told_by_its_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        keys = line(at.hand.pilot, "outcomes")
        assert "4 Off" in keys
        assert "5 Relayed" not in keys
        assert "6 In person" not in keys
        await at.hand.keys(key)
        assert f"{key} NOT counted: Fire brigade is told by its own line alone" in at.said
        assert await at.tried() == []
        assert at.shown == "fire"
        await at.hand.keys("2")
        assert at.shown != "fire"
        keys = line(at.hand.pilot, "outcomes")
        assert "5 Relayed" in keys
        assert "6 In person" in keys
        await at.hand.keys("6")
        assert await at.results() == ["no_answer", "in_person"]


@pytest.mark.rule("E-02")
async def test_the_rows_are_in_order_and_the_cursor_stays_with_whoever_it_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        tree = at.hand.pilot.app.screen.query_one(CallTree)
        rows = picture(at.hand.pilot).splitlines()
        first = next(n for n, row in enumerate(rows) if row.startswith(">"))
        assert "Fire brigade" in rows[first]
        await at.hand.keys("2")
        second = picture(at.hand.pilot).splitlines()[first + 1]
        assert second.startswith(">"), "the next to be rung stands below"
        assert at.shown in second
        await at.hand.keys("down", "down")
        chosen, rung = at.shown, tree.query_one("#tree").cursor  # type: ignore[attr-defined]
        await at.hand.keys("2")
        shown = picture(at.hand.pilot).splitlines()[first : first + rung + 1]
        assert chosen in shown[rung], "whoever was rung out of turn keeps the row"
