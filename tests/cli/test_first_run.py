"""The first start's form and the key test, driven by keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.site.setup import Setup, offered_procedures
from dispatcher_tui.present.i18n import use
from dispatcher_tui.tui.screens.system.first_run import Answer, FirstRunApp
from dispatcher_tui.tui.screens.system.key_test import KeyTestApp
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.support import picture

TODAY = date(2026, 11, 21)


async def fill(
    pilot: Pilot[Answer],
    *,
    pin: str = "471108",
    again: str = "471108",
    address: str = "",
    phone: str = "",
) -> None:
    # It has no digit: the arrows lead to it.
    steps = list(offered_procedures()).index("resident-station")
    await pilot.press("1", *"Garden", "enter", *address, "enter", *phone, "enter")
    await pilot.press("enter", *["right"] * steps, "enter")
    await pilot.press(*"Li", "enter", *pin, "enter", *again)


def message(app: FirstRunApp) -> str:
    return app.screen.query_one("#message", Lines).text


@pytest.mark.parametrize("commit", ["f10", "ctrl+s"])
async def test_the_form_gives_a_site(tmp_path: Path, commit: str) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press(commit)
    expected = Setup("Garden", "Asia/Shanghai", "resident-station", "Li", "dispatcher", "471108")
    assert app.return_value == expected


async def test_the_address_and_the_number_go_with_it(tmp_path: Path) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, address="Lake-Rd.8", phone="0000-123x")
        await pilot.press("f10")
        assert "can be dialled" in message(app)
        assert app.focused is app.screen.query_one("#phone")
        await pilot.press("end", "backspace", "f10")
    assert isinstance(app.return_value, Setup)
    assert (app.return_value.address, app.return_value.phone) == ("Lake-Rd.8", "0000-123")


async def test_what_is_missing_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "f10")
        assert "name of the site" in message(app)
        await pilot.press(*"Garden", "f10")
        assert "your name" in message(app)
        await pilot.press(*"Li", "f10")
        assert "6 to 12 digits" in message(app)
        await pilot.press(*"471108", "f10")
        assert "not the same" in message(app)
        await pilot.press(*"471108", "f10")
    assert isinstance(app.return_value, Setup)


@pytest.mark.parametrize("keys", [("2",), ("d",), ("1", "escape", "d"), ("ｄ",)])
async def test_the_demo_is_near(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
    assert app.return_value == "demo"


@pytest.mark.parametrize("keys", [("3",), ("escape",), ("1", "escape", "escape")])
async def test_the_way_out(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
    assert app.return_value is None


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_all_of_it_fits(tmp_path: Path, lang: str) -> None:
    use("zh" if lang == "zh" else "en")
    try:
        app = FirstRunApp(tmp_path, TODAY)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for field in app.screen.focus_chain:
                assert field.region.bottom <= 22
    finally:
        use("en")


async def test_the_keys_that_were_swallowed_are_named() -> None:
    app = KeyTestApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*(f"f{n}" for n in range(1, 13) if n not in (4, 10)), "x", "enter")
    assert app.return_value == ["F4", "F10"]
    app = KeyTestApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*(f"f{n}" for n in range(1, 13)))
    assert app.return_value == []
    app = KeyTestApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
    assert app.return_value is None


async def test_a_digit_goes_on_and_nothing_of_it_is_text(tmp_path: Path) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", *"Garden", *["enter"] * 4)
        assert app.focused is app.screen.query_one("#proc")
        await pilot.press("2", *"Li", "enter", *"471108", "enter", *"471108", "f10")
    assert isinstance(app.return_value, Setup)
    assert app.return_value.procedure == list(offered_procedures())[1]


async def test_every_procedure_has_a_way(tmp_path: Path) -> None:
    """By its digit, or by the arrows where it has none."""
    for place, name in enumerate(offered_procedures()):
        app = FirstRunApp(tmp_path, TODAY)
        async with app.run_test(size=(80, 24)) as pilot:
            choice = app.screen.query_one("#proc", Choice)
            choice.focus()
            start = next(n for n, each in enumerate(choice.options) if each.value == choice.value)
            key = str((place + 1) % 10)
            keys = [key] if place < 10 else [*["right"] * (place - start), "enter"]
            await pilot.press(*keys)
            assert choice.value == name
            assert app.focused is app.screen.query_one("#operator"), name


async def test_a_pin_in_the_wrong_field_is_covered_and_taken_for_no_name(tmp_path: Path) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        for field in ("name", "address", "zone", "operator"):
            app.screen.query_one(f"#{field}", Field).value = ""
            app.screen.query_one(f"#{field}").focus()
            await pilot.press(*"471108")
            assert "471108" not in picture(pilot), field
        app.screen.query_one("#name", Field).value = "Garden"
        app.screen.query_one("#zone", Field).value = "Asia/Shanghai"
        await pilot.press("f10")
        assert message(app) == "Figures are no name: enter your name."
        assert app.screen.query_one("#operator", Field).value == ""


@pytest.mark.parametrize("away", [("2",), ("3",), ("escape", "escape"), ("escape", "d")])
async def test_what_is_typed_goes_only_where_that_is_meant(
    tmp_path: Path, away: tuple[str, ...]
) -> None:
    app = FirstRunApp(tmp_path, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", *"Garden")
        if away[0].isdigit():
            app.screen.query_one("#way").focus()
        await pilot.press(*away)
        assert app.is_running
        assert "What you typed here is lost then." in picture(pilot)
        await pilot.press("0")
        assert app.screen.query_one("#name", Field).value == "Garden"
        assert message(app) == "What you typed is kept."
        if away[0].isdigit():
            app.screen.query_one("#way").focus()
        await pilot.press(*away, "1")
    assert app.return_value == ("demo" if away[-1] in ("2", "d") else None)
