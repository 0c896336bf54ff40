"""A place typed without its 8: no figure is guessed, and no digit becomes part of it (E-02)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import CallTried, TakenBack
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.emergency.at_hand import AFTER, TOLD, Desk, fire
from tests.tui.support import Language, picture

MISSING = "its beginning is missing"


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("place", ["3-2-1502", "12-1-502", "10-1-101", "2-1-0904", "1.1.101"])
async def test_a_place_typed_as_the_number_comes_up_is_no_call_and_no_other_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type(place, 0.3)
        mark = next(n for n, key in enumerate(place) if key in "-.")
        assert at.place == place[mark:]
        await at.hand.keys("enter")
        case = await at.case()
        assert (case.place, case.calls) == ("", ())
        assert MISSING in at.said
        assert not at.asked()
        await at.type(place, 0.3)
        assert at.place == place, "what is not whole is replaced, not typed on"
        await at.hand.keys("enter")
        case = await at.case()
        assert (case.place, await at.tried()) == (place.replace(".", "-"), [])


@pytest.mark.parametrize("mark", ["-", ".", "、", " ", "栋", "。"])
async def test_every_mark_of_a_place_opens_its_field_with_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type(f"3{mark}2", 0.3)
        assert at.place == f"{mark.strip() or '-'}2"
        assert "nothing before" in at.said
        await at.type("-1502", 0.3)
        await at.hand.keys("enter")
        assert (await at.case()).place == ""
        assert MISSING in at.said
        assert await at.tried() == []


@pytest.mark.rule("E-02")
async def test_several_presses_before_a_place_are_in_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type("11", 0.3)
        await at.type("3-2-1502", 0.3)
        assert at.place == "-2-1502"
        await at.hand.keys("enter", *"3-2-1502", "enter")
        case = await at.case()
        assert (case.place, case.calls) == ("3-2-1502", ())
        assert not at.asked()


@pytest.mark.rule("E-02")
async def test_a_true_result_right_before_a_place_is_no_part_of_it_and_is_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        first = at.shown
        await at.hand.keys("1")
        assert await at.results() == ["reached"]
        await at.type("2-1-0904", 0.4)
        assert at.place == "-1-0904"
        assert "TAKEN BACK, no call: 1 = Fire brigade: Reached." in at.said
        assert await at.results() == [], "nobody stands there as told by a figure"
        await at.hand.keys("enter")
        await at.type("2-1-0904", 0.4)
        await at.hand.keys("enter")
        assert (await at.case()).place == "2-1-0904"
        assert not at.asked()
        assert at.shown == first
        await at.hand.press("1", TOLD)
        assert await at.results() == ["reached"]


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("answer", "left"), [("8", []), ("0", ["busy"])])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("end", ["enter", "escape", "tab"])
async def test_the_digit_before_the_mark_that_counted_is_said_and_taken_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    left: list[str],
    lang: Language,
    end: str,
) -> None:
    async with fire(tmp_path, monkeypatch, lang) as at:
        at.hand.at += 10
        await at.type("3-", 0.8)
        assert await at.results() == ["busy"]
        assert (
            _("WRITTEN DOWN AS A CALL: {calls} Asked about after Enter.").split("{")[0] in at.said
        )
        if end == "enter":
            await press_over(at, "3-2-1502")
            assert (await at.case()).place == "3-2-1502"
        else:
            await at.hand.keys(end)
            assert (await at.case()).place == ""
        assert at.asked() == "no_call"
        assert "119" in picture(at.hand.pilot)
        await at.hand.keys(answer)
        assert await at.results() == left
        entries = await at.night.run_on_desk(lambda it: it.store.entries(at.case_id))
        events = [entry.event for entry in entries]
        tried = [event for event in events if isinstance(event, CallTried)]
        assert len(tried) == 1, "what was written down stays readable"
        assert any(isinstance(event, TakenBack) for event in events) is (answer == "8")
        assert (at.shown == "fire") is (answer == "8"), "who was not rung is next"


async def press_over(at: Desk, place: str) -> None:
    """Enter on the mark alone selects it; then the place from its start, and Enter."""
    await at.hand.keys("enter", *place, "enter")


@pytest.mark.parametrize(("answer", "calls", "back"), [("8", 0, 0), ("9", 1, 0), ("0", 1, 1)])
async def test_of_a_result_and_a_read_back_the_last_alone_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, calls: int, back: int
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1")
        await at.type("7-", 0.5)
        assert "7 = " in at.said
        await press_over(at, "7-2-0503")
        assert at.asked() == "no_call"
        await at.hand.keys(answer)
        case = await at.case()
        assert case.place == "7-2-0503"
        assert len(case.calls) == 1 + calls, "the first one was long before"
        assert sum(call.read_back_at is not None for call in case.calls) == back


@pytest.mark.parametrize(("apart", "asked"), [(2.999, "no_call"), (3.0, "")])
async def test_a_result_three_seconds_before_the_mark_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float, asked: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("3")
        await at.hand.press("-", apart)
        await press_over(at, "3-2-1502")
        assert at.asked() == asked
        assert await at.results() == ["busy"]


async def test_a_dash_in_the_middle_of_a_line_or_a_place_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("9")
        await at.type("a-1 b", 0.3)
        field = at.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert (field.id, field.value) == ("log", "a-1 b")
        await at.hand.keys("enter", "9")
        await at.hand.press("-", AFTER)
        field = at.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert (field.id, field.value) == ("log", "-"), "long after its digit it is typed"


@pytest.mark.parametrize("place", ["9-2-0503", "8-1-0101", "5-1-0301"])
async def test_the_digit_that_leads_somewhere_is_no_figure_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type(place, 0.4)
        assert at.place == place[1:]
        await at.hand.keys("enter")
        assert MISSING in at.said
        await at.type(place, 0.4)
        await at.hand.keys("enter")
        assert (await at.case()).place == place
        assert await at.tried() == []


async def test_a_mark_alone_leaves_the_place_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("8", *"3-2-1502", "enter", "-")
        assert at.place == "-"
        await at.hand.keys("escape")
        assert at.hand.pilot.app.screen.query_one("#place", Field).value == "3-2-1502"
        assert (await at.case()).place == "3-2-1502"
