"""The place of an emergency beside its calls: a digit is one or the other, never the wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.emergency.on_screen import top
from tests.tui.rings import desk
from tests.tui.story import case_of, message
from tests.tui.support import NARROW, WIDE, Language, Size, paste, picture, press

DEAD = {
    ("zh", "log"): "数字键现在不记结果：正在记录栏打字。Esc 或 Tab 离开后再按",
    ("zh", "place"): "数字键现在不记结果：正在位置栏打字。Esc 或 Tab 离开后再按",
    ("en", "log"): "Digits log no call now: typing in the log. Esc or Tab leaves it; then press.",
    (
        "en",
        "place",
    ): "Digits log no call now: typing in the place. Esc or Tab leaves it; then press.",
}


def line(pilot: Pilot[Any], name: str) -> str:
    """One of the screen's lines; empty while it is hidden."""
    lines = top(pilot).query_one(f"#{name}", Lines)
    return lines.text if lines.display else ""


def typed(pilot: Pilot[Any]) -> str:
    """What stands in the field of the place."""
    return top(pilot).query_one("#place", Field).value


async def test_the_first_digit_after_the_kind_is_the_result_of_a_call(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f9", "1")
        assert "位置待报" in picture(pilot).splitlines()[0]
        await press(pilot, "1")
        case = await case_of(night, top(pilot).case_id)
        assert [call.outcome for call in case.calls] == [CallOutcome.REACHED]
        assert (case.place, typed(pilot)) == ("", "")


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
@pytest.mark.parametrize(("key", "name"), [("8", "place"), ("9", "log")])
@pytest.mark.parametrize("away", ["escape", "tab", "shift+tab"])
async def test_while_a_field_is_typed_the_results_are_dead_and_say_so(
    tmp_path: Path, size: Size, lang: Language, key: str, name: str, away: str
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9", "1")
        alive = line(pilot, "outcomes")
        await press(pilot, key)
        assert DEAD[lang, name] in picture(pilot)
        assert alive not in line(pilot, "outcomes")
        await press(pilot, "1", "8", "2")
        assert top(pilot).query_one(f"#{name}", Field).value == "182"
        assert not (await case_of(night, top(pilot).case_id)).calls
        await press(pilot, away)
        assert line(pilot, "outcomes") == alive
        await press(pilot, "2")
        case = await case_of(night, top(pilot).case_id)
        assert [call.outcome for call in case.calls] == [CallOutcome.NO_ANSWER]
        assert case.place == ""
        assert top(pilot).query_one(f"#{name}", Field).value == "182", "what is typed is kept"


async def test_what_is_half_typed_is_in_no_script_until_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f9", "1", "8", *"3-2-1502", "tab")
        assert message(pilot).startswith("NOT written down: 3-2-1502.")
        assert line(pilot, "at_place") == " NOT written down: 8, then Enter"
        assert "1502" not in line(pilot, "script")
        assert (await case_of(night, top(pilot).case_id)).place == ""
        await press(pilot, "8", "enter")
        assert "1502" in line(pilot, "script")
        assert (await case_of(night, top(pilot).case_id)).place == "3-2-1502"
        assert not (await case_of(night, top(pilot).case_id)).calls


@pytest.mark.parametrize("place", ["1", "12", "w", "门"])
async def test_a_key_that_was_meant_for_a_call_is_asked_about(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f9", "1", "8")
        await paste(pilot, place)
        await press(pilot, "enter")
        assert f"Is it at: {place}?" in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "1", "3")
        case_id = top(pilot).case_id
        assert (await case_of(night, case_id)).place == "", "no result of a call says yes to it"
        await press(pilot, "0")
        said = f"NOT counted, neither as place nor as result: {place}."
        assert message(pilot).startswith(said)
        assert (await case_of(night, case_id)).place == typed(pilot) == ""
        await press(pilot, "8")
        await paste(pilot, place)
        await press(pilot, "enter", "8")
        assert (await case_of(night, case_id)).place == place
        assert not (await case_of(night, case_id)).calls
        await press(pilot, "1")
        assert len((await case_of(night, case_id)).calls) == 1


async def test_the_register_says_who_lives_there_and_stops_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(WIDE, "en") as pilot:
        home = next(iter(night.store.unit_prefix("")))
        await press(pilot, "f9", "1", "8")
        await paste(pilot, home.place)
        await press(pilot, "enter")
        assert "registered" in line(pilot, "at_place")
        assert home.residents[0] in line(pilot, "at_place")
        await press(pilot, "8", "end", "9", "9", "enter")
        asked = picture(pilot).replace("\u00a0", " ")
        assert (
            f"{home.place}99 is not in the register. Is it there, and not at {home.place}?" in asked
        )
        assert (await case_of(night, top(pilot).case_id)).place == home.place
        await press(pilot, "1", "0")
        assert (await case_of(night, top(pilot).case_id)).place == typed(pilot) == home.place
        await press(pilot, "8", "end", "9", "9", "enter", "8")
        assert line(pilot, "at_place").endswith("99: not in the register")
        case = await case_of(night, top(pilot).case_id)
        assert case.place == f"{home.place}99"


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_place_that_the_register_spells_with_zeros_is_found(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        home = Household("9-2-0503", ("周晓燕",), ("13900001234",))
        text = f"place,resident,phone\n{home.place},{home.residents[0]},{home.phones[0]}\n"
        await night.run_on_desk(lambda it: adopt_units(it, [home], text))
        await press(pilot, "f9", "1", "8")
        await paste(pilot, "9-2-503")
        await press(pilot, "enter")
        said = {"zh": f"登记为 {home.place}", "en": f"registered as {home.place}"}[lang]
        assert said in line(pilot, "at_place")
        assert home.residents[0] in line(pilot, "at_place")
        case = await case_of(night, top(pilot).case_id)
        assert case.registered
        assert case.place == "9-2-503", "it stays as it was said"


async def test_a_place_begun_without_its_digit_is_told_where_it_goes(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f9", "1", "-")
        assert message(pilot).startswith("THE PLACE, and nothing before - is in it")
        await press(pilot, *"2-1502", "enter")
        assert "-2-1502: its beginning is missing" in message(pilot)
        await press(pilot, *"3-2-1502", "enter")
        case = await case_of(night, top(pilot).case_id)
        assert (case.place, case.calls) == ("3-2-1502", ())


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
@pytest.mark.parametrize("how", ["digit", "initials", "typed", "skipped"])
async def test_a_relayed_word_asks_who_took_it(
    tmp_path: Path, size: Size, lang: Language, how: str
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f9", "1", "1", "5")
        case_id = top(pilot).case_id
        assert len((await case_of(night, case_id)).calls) == 1, "it is stamped with the answer"
        alive = "7 已复述" if lang == "zh" else "7 read back"
        assert alive not in line(pilot, "outcomes")
        if how == "digit":
            await press(pilot, "1")
        elif how == "initials":
            await press(pilot, "g", "l", "enter")
        elif how == "typed":
            await paste(pilot, "门口大爷")
            await press(pilot, "enter")
        else:
            await press(pilot, "enter")
        call = (await case_of(night, case_id)).calls[-1]
        assert call.outcome is CallOutcome.RELAYED
        if how == "digit":
            assert call.taken_by
            assert call.taken_by != call.name
        else:
            wanted = {"initials": "高磊", "typed": "门口大爷"}.get(how, "")
            assert call.taken_by == wanted
        unknown = "不知由谁转告" if lang == "zh" else "not known by whom"
        assert (unknown in message(pilot)) is (not call.taken_by)
        assert alive in line(pilot, "outcomes")
        await press(pilot, "7")
        assert (await case_of(night, case_id)).calls[-1].read_back_at is not None


async def test_told_and_then_not_answering_shows_both(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f9", "1", "2", "1")  # no digit twice in a row: that counts once
        name = (await case_of(night, top(pilot).case_id)).calls[-1].name
        night.clock.forward(minutes=5)
        await press(pilot, "2", "up", "up", "up")
        rows = [row for row in picture(pilot).splitlines() if name in row]
        assert any("told 22:47, then No answer 22:52" in row for row in rows), rows


async def test_a_name_that_is_no_ones_may_mean_one_of_the_unreached(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f9", "1", "0", "4")
        pilot.app.screen.query_one("#who", Field).value = ""
        await paste(pilot, "高磊磊")
        await press(pilot, "enter", "2", "f10")
        assert "1 高磊" in picture(pilot).replace("\u00a0", " ")
        await press(pilot, "1")
        case = await case_of(night, top(pilot).case_id)
        assert [(call.name, call.incoming, call.stranger) for call in case.calls] == [
            ("高磊", True, False)
        ]
        assert case.calls[0].person
        assert case.called[0].person == case.calls[0].person


async def test_a_sentence_typed_over_a_known_place_goes_into_the_log_by_one_key(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        home = next(iter(night.store.unit_prefix("")))
        await press(pilot, "f9", "1", "8", *home.place, "enter", "8")
        await paste(pilot, "他说火很大有烟出来")
        await press(pilot, "enter", "9")
        case_id = top(pilot).case_id
        assert (await case_of(night, case_id)).place == typed(pilot) == home.place
        assert message(pilot).startswith("已写进记录")
        entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
        assert "他说火很大有烟出来" in str(entries[-1].event)
        assert pilot.app.focused is None, "the next digit is the result of a call"
