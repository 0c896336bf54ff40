"""What F10 makes of the checklist: an agreement by phone, an owed signature, or the write-off."""

from __future__ import annotations

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.together import agree_by_phone, sign_owed, write_off
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import agreement
from dispatcher_tui.domain.duties.duties import SIGNATURE
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.money import MoneyError
from dispatcher_tui.domain.words.terms import FeedbackBy
from dispatcher_tui.present.case.closing import missing_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.promises import money_problem
from dispatcher_tui.present.refusals import explain
from dispatcher_tui.tui.routes import ToStandDown
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.item_signature import ItemSignature
from dispatcher_tui.tui.widgets.write_off import WriteOffForm

CORRECTIVE = "corrective"
"""The deed that a write-off leads on to where the procedure asks for it."""


async def commit(screen: OnCase, file: CaseFile) -> None:
    """Carry out what the checklist holds; what it lacks is said, with the rule that asks."""
    form = screen.query_one(WriteOffForm)
    if form.agreed is not None:
        await _agree(screen, form.agreed)
        return
    if holds_post(file.case, file.procedure):
        await _over_first(screen, form)
        return
    try:
        command = form.command()
    except MoneyError as error:
        screen.say(money_problem(error.code))
        return
    half = form.half_signed
    if half is not None:
        screen.say(half.lacking(""))
        return
    if (field := form.figure) is not None:
        field.focus()
        screen.say_fault(explain(Refusal("figure_no_name", name=field.value.strip())))
        return
    missing = form.missing(file.case, command)
    if missing:
        lacking = _("Not yet: {missing}").format(missing=missing_line(file.procedure, missing))
        if form.made_good is not None:
            await _make_good(screen, form, lacking)
            return
        form.focus_missing(missing[0])
        screen.say(lacking)
        return
    await _write_off(screen, file, form, command)


async def _over_first(screen: OnCase, form: WriteOffForm) -> None:
    """An emergency that goes on is stood down first, on its own form (E-05); this one waits."""
    if form.made_good is not None:
        await _make_good(screen, form, still_goes_on())
        return
    stand_down(screen)


def still_goes_on() -> str:
    """What an emergency that goes on asks for before anything else, in words."""
    return _("The emergency goes on: F10 first leads to standing it down.")


def stand_down(screen: OnCase) -> None:
    """Up with the form that names who was never reached or sent, and who is to be rung back."""
    screen.shell.go(ToStandDown(screen.case_id))


async def _agree(screen: OnCase, asked: ItemSignature) -> None:
    """E-09: pending; the stage stays, and the signature is a duty."""
    case_id, item, name, remark = screen.case_id, asked.item, asked.agreed_by, asked.remark
    if not name:
        asked.focus_missing()
        screen.say(_("Enter who agreed by phone."))
        return
    done = await screen.run_on_desk(
        lambda desk: agree_by_phone(desk, case_id, item.id, name, remark)
    )
    if done is None:
        asked.focus_missing()
        return
    await screen.catch_up()
    owed = agreement(done.case, item.id)
    duty = next(
        (d for d in done.duties if d.clock == SIGNATURE and owed and d.key == owed.key), None
    )
    zone, now = screen.session.desk.rules.calendar.tz, screen.session.now()
    due = short_time(duty.due, now, zone) if duty is not None and duty.due else ""
    words = _("Pending: {name} agreed by phone and signs by {due}; not written off before")
    screen.say(words.format(name=name, due=due))


async def _make_good(screen: OnCase, form: WriteOffForm, lacking: str) -> None:
    """The owed signature alone: the checklist still lacks something else."""
    assert form.made_good is not None
    owed, signing = form.made_good
    case_id = screen.case_id
    done = await screen.run_on_desk(lambda desk: sign_owed(desk, case_id, owed.key, signing))
    form.forget_pins()
    if done is None:
        form.focus_signature()
        return
    await screen.catch_up()
    screen.say(f"{_('{name} has signed.').format(name=signing.name)} {lacking}")


async def _write_off(
    screen: OnCase, file: CaseFile, form: WriteOffForm, command: cmd.WriteOff
) -> None:
    """销项: nothing is lacking any more."""
    case_id, signings = screen.case_id, form.signings
    done = await screen.record(lambda desk: write_off(desk, case_id, command, signings))
    form.forget_pins()
    if done is None:
        form.focus_signature()
        return
    paper = file.procedure.closing_paper
    text = _("Written off. Final only with the {paper}").format(paper=localized(paper.name))
    asked = next((d for d in done.duties if d.do == CORRECTIVE and d.pending), None)
    if asked is not None:
        await screen.catch_up()
        screen.lead_on([CORRECTIVE])
        return
    if command.by is FeedbackBy.PAPER:
        await screen.catch_up()
        screen.say(text)
    else:
        screen.leave(text)
        await screen.catch_up()
