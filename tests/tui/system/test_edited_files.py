"""F8, m: the files that a site edited, compared page by page, settled by the head."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.site.settling import still_open
from dispatcher_tui.domain.record.sign_off import Ink, ink_of
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.site.renewal import Renewal
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.screens.reviews.records import RecordsScreen
from dispatcher_tui.tui.screens.system.comparison import ComparisonScreen
from dispatcher_tui.tui.screens.system.edited_files import EditedFilesScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.signing_form import SigningForm
from tests.desk.heads import add_head
from tests.tui.on_watch import written
from tests.tui.story import EVERYWHERE, assert_whole, message, on_top
from tests.tui.support import Language, Night, Size, desk, picture, press, small_site

HEAD, PIN = "陈志强", "864257"
GAS, PROCEDURE = "emergency/gas_smell.toml", "procedures/estate-dispatch.toml"
ODD = "# [b]本站“另”加[/b] → …"

WORD = {"zh": "口令", "en": "PIN"}
"""What stands in an empty field for a PIN."""


def edit(folder: Path, *names: str, line: str = ODD) -> None:
    """The site's own line at the head of these files."""
    small_site(folder / "site")
    for name in names:
        text = f"{line}\n{read_text(data_dir() / name)}"
        (folder / "site" / name).write_text(text, encoding="utf-8", newline="\n")


async def with_head(night: Night) -> None:
    await night.run_on_desk(lambda it: add_head(it, HEAD, "head", PIN))


async def signatures(night: Night) -> list[DeskSigned]:
    return [event for event in await written(night) if isinstance(event, DeskSigned)]


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_files_stand_in_f8_and_are_compared_line_by_line(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    edit(tmp_path, GAS, PROCEDURE)
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f8")
        entry = {"zh": "m 本站文件待定 2", "en": "m your files 2"}[lang]
        row = {
            "zh": "本站有 2 个文件与新版不同",
            "en": "Files of yours that differ from the shipped ones: 2;",
        }[lang]
        assert_whole(pilot, entry, row, screen=RecordsScreen)
        await press(pilot, "m")
        counts = {"zh": "行数：本站 1，新版 0", "en": "lines: yours 1, new 0"}[lang]
        assert_whole(pilot, GAS, PROCEDURE, counts, screen=EditedFilesScreen)
        await press(pilot, "enter")
        mine = {"zh": "本站     1 # [b]", "en": "yours    1 # [b]"}[lang]
        assert_whole(pilot, PROCEDURE, counts, mine, screen=ComparisonScreen)
        line = next(row for row in picture(pilot).splitlines() if "[b]" in row)
        assert '"' in line
        assert "-> .." in line
        assert "“" not in line
        await press(pilot, "2")
        about = {"zh": "新版立即生效", "en": "The new one counts at once"}[lang]
        assert_whole(pilot, about, ".old", WORD[lang], screen=ComparisonScreen)
        await press(pilot, "escape", "escape")
        assert on_top(pilot) == "ComparisonScreen"
        assert not pilot.app.screen.query(SigningForm)
        await press(pilot, "escape", "escape", "escape")
        assert on_top(pilot) == "BoardScreen"
        assert await signatures(night) == []


async def test_a_long_comparison_is_read_page_by_page_to_its_end(tmp_path: Path) -> None:
    edit(tmp_path, GAS, line="\n".join(f"# mine {n} " + "x" * 90 for n in range(40)))
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "m", "enter")
        assert "# mine 0\n" in picture(pilot)
        seen = picture(pilot)
        for _page in range(12):
            await press(pilot, "space")
            seen += picture(pilot)
        assert all(f"# mine {n}\n" in seen for n in range(40))
        assert seen.count("x" * 79) == 0, "long lines go on below themselves"
        await press(pilot, "home")
        assert "# mine 0\n" in picture(pilot)


@pytest.mark.parametrize(("digit", "remark", "text"), [("1", "kept", ODD), ("2", "taken", "id")])
async def test_the_head_settles_by_pin(tmp_path: Path, digit: str, remark: str, text: str) -> None:
    edit(tmp_path, GAS)
    async with desk(tmp_path) as night:
        await with_head(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "m", "enter")
            await press(pilot, "f10")
            assert "First 1 or 2" in message(pilot)
            await press(pilot, digit, *"1111", "enter")
            assert "F10 signs" in message(pilot), "Enter never does"
            assert await signatures(night) == []
            await press(pilot, "f10")
            assert "Wrong PIN" in message(pilot)
            assert await signatures(night) == []
            await press(pilot, *PIN, "f10")
            assert on_top(pilot) == "EditedFilesScreen"
            (event,) = await signatures(night)
            assert (event.name, event.remark) == (HEAD, remark)
            assert await night.run_on_desk(still_open) == ()
            kept = read_text(tmp_path / "site" / GAS)
            assert (kept == read_text(data_dir() / GAS)) is (remark == "taken")
            shown = picture(pilot)
            assert ("settled" in shown) is (remark == "kept")
            assert ("Every file is as shipped" in shown) is (remark == "taken")
            await press(pilot, "escape")
            assert "m your files 0" in picture(pilot)
            assert "Files of yours that differ" not in picture(pilot)


async def test_the_head_settles_in_ink_seen_by_whoever_is_at_the_desk(tmp_path: Path) -> None:
    edit(tmp_path, GAS)
    async with desk(tmp_path) as night:
        await with_head(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "m", "enter", "1")
            pilot.app.screen.query_one(SigningForm).way.focus()
            await press(pilot, "3", "f10")
            assert await signatures(night) == [], "no paper and no page: nothing is settled"
            await press(pilot, *"form 07", "enter", "2", "f10")
            (event,) = await signatures(night)
            assert (event.name, event.remark) == (HEAD, "kept")
            assert ink_of(event, "desk") == Ink("form 07", "2", "desk")
            assert await night.run_on_desk(still_open) == ()


async def test_agreed_by_phone_the_signature_is_owed_and_given_from_f8(tmp_path: Path) -> None:
    edit(tmp_path, GAS)
    async with desk(tmp_path) as night:
        await with_head(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "m", "enter", "2")
            pilot.app.screen.query_one(SigningForm).way.focus()
            await press(pilot, "2", "f10")
            assert on_top(pilot) == "EditedFilesScreen"
            assert "signature owed" in picture(pilot)
            assert read_text(tmp_path / "site" / GAS) == read_text(data_dir() / GAS)
            await press(pilot, "escape")
            rows = picture(pilot)
            assert "the site's own emergency/gas_smell.toml" in rows
            night.clock.forward(minutes=5)
            await press(pilot, "enter")
            assert on_top(pilot) == "EditedFilesScreen"
            await press(pilot, "enter", "3", *PIN, "f10")
            first, second = await signatures(night)
            assert (second.of != "", second.subject) == (True, first.subject)
            assert "Every file is as shipped" in picture(pilot)


# ---- said at the start and at a change of watch


def chores(night: Night) -> Chores:
    return Chores(night.session, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_is_said_at_each_sign_in_until_it_is_settled(
    tmp_path: Path, lang: Language
) -> None:
    edit(tmp_path, GAS, PROCEDURE)
    told = {
        "zh": "本站有 2 个文件与新版不同：F8, m",
        "en": "Files of yours that differ from the shipped ones: 2 (F8, m)",
    }[lang]
    async with desk(tmp_path) as night:
        await with_head(night)
        work = chores(night)
        async with night.running(lang=lang, begin=work.begin) as pilot:
            assert message(pilot).count(told) == 1
            assert isinstance(pilot.app, DispatcherApp)
            for _file in range(2):
                await press(pilot, "f8", "m", "enter", "1", *PIN, "f10")
                await press(pilot, "escape", "escape")
            pilot.app.screen.query_one("#message", Lines).show("")
            night.desk.actor = "王芳"
            await work.look(pilot.app)
            assert "F8, m" not in message(pilot)


async def test_old_clocks_of_emergencies_are_said_in_one_line(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    rule = '[[rule]]\nid = "E-02"\ntitle = { zh = "旧", en = "Old" }\nsource = "000"\n\n'
    path = tmp_path / "site" / PROCEDURE
    path.write_text(read_text(path).replace("[[level]]", rule + "[[level]]", 1), "utf-8")
    async with desk(tmp_path) as night, night.running(begin=chores(night).begin) as pilot:
        told = (
            f"Entries on emergencies in {PROCEDURE} that do not count: 1; emergency.toml rules them"
        )
        assert told in " ".join(message(pilot).split())


async def test_what_became_of_the_copies_is_said_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        night.desk.renewal = Renewal(
            (GAS, PROCEDURE), ("emergency/fire.toml",), ("emergency.toml",)
        )
        work = chores(night)
        async with night.running(begin=work.begin) as pilot:
            said = message(pilot)
            assert "unedited files renewed: 2 (gas_smell.toml, estate-dispatch.toml)" in said
            assert "new cards added: 1 (fire.toml)" in said
            assert "Files that could not be brought up to date: 1 (emergency.toml)" in said
            assert isinstance(pilot.app, DispatcherApp)
            pilot.app.screen.query_one("#message", Lines).show("")
            night.desk.actor = "王芳"
            await work.look(pilot.app)
            assert "brought up to date" not in message(pilot)


async def test_a_site_as_shipped_says_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(begin=chores(night).begin) as pilot:
        assert "F8, m" not in message(pilot)
        await press(pilot, "f8")
        assert "m your files 0" in picture(pilot)
        await press(pilot, "m")
        assert "Every file is as shipped." in picture(pilot)
