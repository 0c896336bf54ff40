"""Money at closing: what is above a limit needs whom the procedure names for it."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.case.test_close import DONE, fill, on_paper
from tests.tui.leak import HEAD_PIN, on_leak
from tests.tui.support import press, small_site

MONEY = """
[[write_off]]
id = "paid"
kind = "money"
label = { zh = "赔付", en = "Compensation" }
rule = "P0-00"
required = false

[[write_off]]
id = "tidy"
kind = "check"
label = { zh = "现场已清", en = "Place left tidy" }
rule = "P0-00"

[[money]]
rule = "P0-13"
limit_yuan = 100
approver = "head"

[[money]]
rule = "P0-12"
limit_yuan = 500
approver = "gm"
"""


async def test_money_above_the_limit_needs_its_approver(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    text = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text.write_text(text.read_text(encoding="utf-8") + MONEY, encoding="utf-8")
    async with on_leak(tmp_path, told=True, signers=True, after=(DONE,)) as at:
        await press(at.pilot, "f6", "1", "f10")
        assert "Place left tidy" in at.message
        await press(at.pilot, "1", "shift+tab", *"500.01", "f10")
        assert "the approver's signature" in at.message
        paid = [field for field in at.top().query(Field) if field.value == "500.01"]
        paid[0].value = "100.01"
        await press(at.pilot)
        assert "100.01 yuan" in at.shown
        assert "Above 500 yuan" not in at.shown
        await press(at.pilot, "f10")
        assert "the approver's signature" in at.message
        assert (await at.case()).stage is not Stage.WRITTEN_OFF
        await press(at.pilot, *HEAD_PIN, "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF
        entry = (await at.night.run_on_desk(lambda d: d.store.entries(at.case_id)))[-1]
        assert (entry.cosigner, entry.event.compensation_fen) == ("陈志强", 10_001)  # type: ignore[attr-defined]
        assert entry.event.items["tidy"] == "done"  # type: ignore[attr-defined]


async def test_money_within_the_limit_needs_nobody(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    text = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
    text.write_text(text.read_text(encoding="utf-8") + MONEY, encoding="utf-8")
    async with on_leak(tmp_path, told=True, after=(DONE,)) as at:
        await press(at.pilot, "f6", "1", "f10", "1", "shift+tab", *"100", "f10")
        assert (await at.case()).stage is Stage.WRITTEN_OFF


async def test_nonsense_for_a_charge_writes_nothing(tmp_path: Path) -> None:
    async with on_paper(tmp_path) as at:
        await press(at.pilot, "1")
        await fill(at, paper_number="FW-9", charge="twelve")
        before = await at.kinds()
        await press(at.pilot, "f10")
        assert await at.kinds() == before
        assert "Not an amount" in at.message
