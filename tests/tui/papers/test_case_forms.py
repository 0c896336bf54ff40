"""y: the forms of a case, filled in where one is typed into, printed, and in the record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.form_book import fill_form, issue_form, read_forms
from dispatcher_tui.desk.printing import FOLDER
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.events import Signed
from dispatcher_tui.domain.record.record_events import FormFiled, FormFilled, PaperPrinted
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.tui.screens.case.close import CloseScreen
from dispatcher_tui.tui.screens.papers.fill_form import FillFormScreen
from dispatcher_tui.tui.screens.papers.form_paper import FormPaperScreen
from dispatcher_tui.tui.screens.papers.forms_list import CaseFormsScreen
from dispatcher_tui.tui.screens.papers.slips import SlipsScreen
from tests.reports.readback import pages_of
from tests.tui.forms import with_sheet
from tests.tui.on_watch import written
from tests.tui.story import REACHED, assert_whole, leak, message
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, press


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        yield night


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (WIDE, "en")])
async def test_a_form_is_filled_in_printed_and_kept(
    night: Night, size: Size, lang: Language
) -> None:
    case_id = await leak(night, REACHED)
    await with_sheet(night, case_id)
    async with night.running(size, lang) as pilot:
        await press(pilot, "enter", "m")
        assert_whole(pilot, screen=CaseFormsScreen)
        await press(pilot, "2")
        assert_whole(pilot, screen=FillFormScreen)
        await press(pilot, *"abc", "enter", *"xy", "f10")
        assert_whole(pilot, screen=CaseFormsScreen)
        assert "liaison-sheet-261121-01.pdf" in message(pilot)
    folder = night.desk.site.folder / FOLDER
    data = (folder / "liaison-sheet-261121-01.pdf").read_bytes()
    (page,) = pages_of(data)
    assert "QR-7LX-000001" in page
    assert "abc" in page
    assert "xy" in page
    entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
    (filled,) = [e.event for e in entries if isinstance(e.event, FormFilled)]
    assert filled.values == {"to": "abc", "matter": "xy"}
    (printed,) = [each for each in await written(night) if isinstance(each, PaperPrinted)]
    assert (printed.form, printed.number) == ("liaison_sheet", "LX-000001")
    assert printed.sha256 == sha256(data).hexdigest()
    found = await night.run_on_desk(lambda it: read_forms(it, case_id))
    assert [form.printed_at is not None for form in found.forms] == [False, True]


async def test_a_closing_paper_without_its_number_is_not_printed_yet(night: Night) -> None:
    case_id = await leak(night, REACHED)
    async with night.running() as pilot:
        await press(pilot, "enter", "m", "enter")
        assert message(pilot) == "Service Slip is printed after: Issue a service slip."
        await night.run_on_desk(lambda it: it.issue_slip(case_id))
        await press(pilot, "escape", "m", "enter")
        assert "slip-261121-01.pdf" in message(pilot)


async def test_a_form_takes_what_it_asks_for_and_nothing_else(night: Night) -> None:
    case_id = await leak(night, REACHED)
    await with_sheet(night, case_id)
    for form, values in (("liaison_sheet", {"from": "x"}), ("nowhere", {})):
        with pytest.raises(Refusal, match="no_such_field"):
            await night.run_on_desk(
                lambda it, f=form, v=values: fill_form(it, case_id, f, v)  # type: ignore[misc]
            )
    done = await night.run_on_desk(
        lambda it: fill_form(
            it, case_id, "liaison_sheet", {"to": " 工程\x1b[31m部 ", "matter": " "}
        )
    )
    (entry,) = done.entries
    assert isinstance(entry.event, FormFilled)
    assert entry.event.values == {"to": "工程[31m部"}


async def test_a_form_comes_back_signed_in_ink_and_is_bound(night: Night) -> None:
    case_id = await leak(night, REACHED)
    await with_sheet(night, case_id)
    await night.run_on_desk(lambda it: issue_form(it, case_id, "liaison_sheet"))
    async with night.running() as pilot:
        await press(pilot, "f8", "4")
        assert_whole(pilot, "Liaison sheet (LX-): 1 out", "LX-000001", "张伟", screen=SlipsScreen)
        await press(pilot, "down", "p")
        assert "liaison-sheet-261121-01.pdf" in message(pilot).replace("\n", "")
        await press(pilot, "f6")
        assert_whole(pilot, "LX-000001 out", screen=FormPaperScreen)
        await press(pilot, "1", "f10")
        assert message(pilot) == "Written down.  not signed by: Head"
        await press(pilot, "escape", "escape", "enter", "f6")
        assert_whole(pilot, "Not signed yet (Esc m): Liaison sheet: Head", screen=CloseScreen)
        await press(pilot, "escape", "escape", "m", "down")
        assert_whole(pilot, "not signed by: Head", screen=CaseFormsScreen)
        await press(pilot, "f6")
        assert_whole(pilot, "LX-000001 in hand", screen=FormPaperScreen)
        # Whose ink it is, on which page; then where it is bound.
        await press(pilot, *"Wang", "tab", "tab", *"2", "enter")
        await press(pilot, *"B3", "enter", *"14", "f10")
        assert_whole(pilot, "LX-000001 filed", screen=CaseFormsScreen)
    entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
    signed, filed = entries[-2].event, entries[-1].event
    assert isinstance(signed, Signed)
    assert (signed.name, signed.how, signed.paper, signed.page) == (
        *("Wang", SignedBy.INK),
        *("LX-000001", "2"),
    )
    assert isinstance(filed, FormFiled)
    assert (filed.binder, filed.page) == ("B3", "14")
