"""What the desk was just answered stands in the scripts in place of what is not known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import SCRIPT_FACTS
from dispatcher_tui.domain.record.case import BranchAnswer
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency.known_facts import EmergencyFacts, with_answer
from dispatcher_tui.present.emergency.outside_script import CallingFrom, lay_script, outside_lines
from dispatcher_tui.present.i18n import Language, localized, use
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.support import bare_case
from tests.site.test_cards import RING, card

AT = datetime(2026, 11, 30, 3, tzinfo=UTC)
CASE = bare_case(
    AT,
    number="261130-01",
)
ASKS = {
    "patient": "ambulance",
    "pressing": "ambulance",
    "burning": "fire",
    "trapped": "fire",
    "people": "police",
    "pinned": "traffic",
    "gas": "gas",
    "power": "power",
}
"""Which service asks for each fact."""

ANSWERS = [
    (name, n, fact)
    for name in sorted(RING)
    for branch in filter(None, (card(name).branch,))
    for n, answer in enumerate(branch.answers)
    for fact in answer.known
]


def said(name: str, kind: str, answer: int | None) -> list[str]:
    """The script of a service once the question of a kind has that answer."""
    given = (BranchAnswer(kind, answer, AT),) if answer is not None else ()
    case = replace(CASE, emergency_kind=kind, branch_answers=given)
    told = EmergencyFacts(kind=kind, title=localized(card(kind).title), place="3-2-1502")
    told = with_answer(told, card(kind), case)
    return outside_lines(name, CallingFrom("翠湖花园"), told)


def test_every_fact_has_a_service_that_asks_for_it() -> None:
    assert set(ASKS) == set(SCRIPT_FACTS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("kind", "answer", "fact"), ANSWERS)
def test_an_answer_stands_in_the_script_in_both_languages(
    kind: str, answer: int, fact: str, lang: Language
) -> None:
    use(lang)
    branch = card(kind).branch
    assert branch is not None
    words = branch.answers[answer].known[fact]
    before, after = said(ASKS[fact], kind, None), said(ASKS[fact], kind, answer)
    assert not any(localized(words) in line for line in before)
    assert any(localized(words) in line for line in after)
    assert len(before) == len(after), "a line takes the place of another"
    assert words.zh.count("不清楚") == words.en.count("not known")
    laid = lay_script(after, 13, 78, 12)
    assert len(wrap(laid.text, 78 if laid.under else 65)) + 5 * laid.under <= 12


def test_the_ambulance_hears_that_he_does_not_wake_nor_breathe_and_is_pressed() -> None:
    use("zh")
    text = "\n".join(said("ambulance", "injury", 0))
    assert "叫不醒，没正常呼吸" in text
    assert "已教按压" in text
    assert "醒不醒、呼吸" not in text
    assert "醒着" in "\n".join(said("ambulance", "injury", 3))
    assert "门外有烟" in "\n".join(said("fire", "fire", 0))
    use("en")


def test_an_answer_that_led_to_another_kind_says_nothing_of_this_one() -> None:
    use("zh")
    assert said("fire", "fire", 3) == said("fire", "fire", None)
    use("en")


def test_a_fact_that_no_service_asks_for_is_a_fault_of_the_card() -> None:
    text = read_text(data_dir() / "emergency" / "fire.toml")
    with pytest.raises(SiteError) as raised:
        parse_card(text.replace("known.trapped", "known.traped"), "fire.toml")
    (problem,) = raised.value.problems
    assert (problem.key, problem.code) == ("branch.answer[#1].known.traped", "unknown_key")
