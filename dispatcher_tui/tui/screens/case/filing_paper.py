"""What F10 makes of the closing paper: kept as far as it goes, final where nothing is lacking."""

from __future__ import annotations

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.papers.paper_numbers import doubts
from dispatcher_tui.desk.together import PaperGiven, take_paper
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.money import MoneyError
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.present.case.closing import missing_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.promises import money_problem
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.paper_form import PaperForm


async def file_paper(screen: OnCase, file: CaseFile) -> bool:
    """As far as the paper goes; whether what is lacking then is no field's but an act."""
    form, case_id = screen.query_one(PaperForm), screen.case_id
    try:
        given = form.given()
    except MoneyError as error:
        screen.say_fault(money_problem(error.code))
        return False
    before = file.case
    if await _asks_number(screen, form, given):
        return False
    case = await screen.run_on_desk(lambda desk: take_paper(desk, case_id, given))
    if case is None or case.slip.signed_at is not None:
        form.forget_pins()  # else the desk did not ask for it yet
    if case is not None and case.stage is Stage.FINAL:
        await screen.forget_draft()
        screen.leave(_("{number} is final.").format(number=case.number))
        await screen.catch_up()
        return False
    await screen.catch_up()
    all_filled = _all_filled(screen, given)
    if case is not None:
        _say_missing(screen, before, case, given)
    return all_filled


async def _asks_number(screen: OnCase, form: PaperForm, given: PaperGiven) -> bool:
    """Whether the number has to be asked about first: it is odd, and nobody has confirmed it."""
    case_id = screen.case_id
    if not given.in_hand and screen.file is not None and not screen.file.case.slip.received_at:
        return False
    found = await screen.run_on_desk(lambda desk: doubts(desk, case_id, given.number), writes=False)
    if not found or found[0].number == given.sure:
        return False
    form.ask_number(found)
    screen.say("")
    return True


def _all_filled(screen: OnCase, given: PaperGiven) -> bool:
    """The focus goes to the first thing missing, to the number where that was refused; whether
    there is no such thing."""
    assert screen.file is not None
    form = screen.query_one(PaperForm)
    if given.in_hand and screen.file.case.slip.received_at is None:
        form.focus_number()
        form.say_number_wrong(screen.fault)
        return False
    return not form.focus_first_missing()


def _say_missing(screen: OnCase, before: Case, case: Case, given: PaperGiven) -> None:
    """What was kept, and what finality still lacks with the rule that asks for it."""
    assert screen.file is not None
    missing = screen.query_one(PaperForm).missing
    text = _("Not final yet: {missing}").format(
        missing=missing_line(screen.file.procedure, missing)
    )
    if case.slip != before.slip:
        text = _("Kept so far. ") + text
    elif given.number and not given.in_hand and case.slip.received_at is None:
        text += " " + _("Confirm with 1 that it is in your hands.")
    screen.ask(text)
