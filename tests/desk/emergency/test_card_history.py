"""An emergency keeps the card it was begun with: what was ticked stays beside its own line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import Emergency, read_emergency
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.paths import Paths
from dispatcher_tui.site.load import load
from tests.desk.copies import GAS, made, opened, put, shipped

RING = 'ring = ["fire", "gas", '
TURNED = shipped(GAS).replace(RING, 'ring = ["gas", "fire", ', 1)
"""Another order of calls, and a step more before all others."""
NEWER = TURNED.replace(
    "[[step]]", '[[step]]\ntext = { zh = "新的一步", en = "A new step" }\n\n[[step]]', 1
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A site with its database, just made."""
    return made(tmp_path)


def called(found: Emergency) -> list[str]:
    """Which outside numbers are rung first."""
    assert found.card is not None
    return [name for name in found.card.order if name in ("fire", "gas")]


def renewed(desk: Desk, text: str) -> None:
    """The card's file has another text from now on."""
    put(Paths(desk.site.folder, desk.store.path), GAS, text)
    adopt_site(desk, load(desk.site.folder))


def test_what_was_ticked_stays_beside_its_line_whatever_the_card_says_today(paths: Paths) -> None:
    assert NEWER.count("新的一步") == 1
    with opened(paths) as desk:
        old = next(card for card in desk.site.cards if card.id == "gas_smell")
        before = desk.open_emergency("gas_smell", "3-2").case.id
        asked = old.branch.text.zh if old.branch else ""
        desk.perform(before, cmd.DoCardStep(kind=old.id, step=1, text=old.steps[1].text.zh))
        desk.perform(before, cmd.AnswerBranch(kind=old.id, answer=1, question=asked, text="没有"))
        put(paths, GAS, NEWER)
    with opened(paths) as desk:
        after = desk.open_emergency("gas_smell", "3-3").case.id
        found, other = read_emergency(desk, before), read_emergency(desk, after)
        assert found.card == old
        assert called(found) == ["fire", "gas"]
        assert other.card != old
        assert called(other) == ["gas", "fire"]
        assert other.card is not None
        assert [step.text.zh for step in other.card.steps][1:] == [s.text.zh for s in old.steps]


def test_it_is_the_card_of_when_the_kind_was_named_first(paths: Paths) -> None:
    with opened(paths) as desk:
        old = next(card for card in desk.site.cards if card.id == "gas_smell")
        case = desk.open_emergency("fire", "3-2").case.id
        renewed(desk, NEWER)
        desk.perform(case, cmd.NameEmergency(kind="gas_smell"))
        assert read_emergency(desk, case).card != old
        newer = read_emergency(desk, case).card
        renewed(desk, shipped(GAS))
        assert read_emergency(desk, case).card == newer
        desk.perform(case, cmd.NameEmergency(kind="gas_smell", place="5-1"))
        assert read_emergency(desk, case).card == newer, "a place names no kind anew"
        fresh = desk.open_emergency("gas_smell", "3-4").case.id
        assert read_emergency(desk, fresh).card == old


def test_of_a_card_that_cannot_be_read_any_more_todays_stands_in(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(paths) as desk:
        case = desk.open_emergency("gas_smell", "3-2").case.id
        renewed(desk, NEWER)
        today = next(card for card in desk.site.cards if card.id == "gas_smell")
        monkeypatch.setattr("dispatcher_tui.desk.emergency.card_history._read", lambda *_: None)
        assert read_emergency(desk, case).card == today
