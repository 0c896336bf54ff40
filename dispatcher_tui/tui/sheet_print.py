"""Printing beside the desk at work: what came of it is said on the screen, and on the board where
the printer does not take it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.print_book import Printout, print_failed, put_out, write_down
from dispatcher_tui.desk.printing import hand_over_report, save_workbook
from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.print_lines import not_sent_words
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import say_on_board


async def _put_out(screen: DeskScreen, *reports: Report) -> list[Printout]:
    """Print one after the other: what was printed; nothing where that failed, and it is said."""
    desk = screen.session.desk
    try:
        return [await asyncio.to_thread(put_out, desk, each) for each in reports]
    except Failure as failure:
        _say_why_not(screen, failure)
        return []


def _say_why_not(screen: DeskScreen, failure: Failure) -> None:
    words = _("The sheet was not saved: {reason}")
    screen.say(words.format(reason=explain_failure(failure)))


async def hand_on(screen: DeskScreen, prints: Sequence[Printout]) -> None:
    """Write down what was printed, and hand it to the printer where the site has one.

    The printer is not waited for: what comes of it is said when it is known.
    """
    if not prints or screen.session.read_only:
        return  # Whoever only reads prints into files alone: it could not be written down.
    entries = await screen.run_on_desk(lambda desk: write_down(desk, *prints))
    if entries is None or not screen.session.desk.site.site.print_command:
        return
    pairs = list(zip(prints, entries, strict=True))
    screen.shell.run_worker(_send(screen, pairs), exit_on_error=False, group="printing")


async def _send(screen: DeskScreen, prints: Sequence[tuple[Printout, Entry]]) -> None:
    """Hand each to the printer; one that it does not take is a line on the board."""
    from dispatcher_tui.desk.spooler import send  # a desk without a printer never needs it

    desk, sent = screen.session.desk, list[str]()
    for each, entry in prints:
        trouble = await send(desk.site.site.print_command, each.page)
        if trouble is None:
            sent.append(each.page.name)
            continue
        told = not_sent_words(trouble, each.page)
        say_on_board(screen.shell, told)
        if screen.is_attached:
            screen.say(told)
        await screen.session.run_on_desk(partial(print_failed, entry=entry, trouble=trouble))
        return  # What is wrong with it will be wrong for the next one too.
    if screen.is_attached:
        boxes = dict.fromkeys(each.boxes for each, _entry in prints if each.boxes)
        told = _("Sent to the printer: {names}").format(names=_(", ").join(sent))
        screen.say("\n".join((*boxes, told)))


async def print_beside(screen: DeskScreen, *reports: Report) -> bool:
    """Print: where it is, or why it is not, is said; False where it is not."""
    prints = await _put_out(screen, *reports)
    say_where(screen, prints)
    await hand_on(screen, prints)
    return bool(prints)


Gathering = Callable[[Desk], Report | None]
"""Gathers from the record what a screen's paper shows; None where there is nothing to show."""


def paper_keys(
    screen: DeskScreen, gathering: Gathering, told: str, label: str = "", off: str = ""
) -> tuple[ScreenKey, ScreenKey]:
    """The two ways of what a list shows out of the desk: on paper, and as a workbook to work on.

    Args:
        screen: whose it is.
        gathering: asked anew each time, so that what is on it is what stands now.
        told: what is on the paper, for F1.
        label: what the first key is called on the screen; empty where the screen says so itself.
        off: why there is nothing to be printed; empty while there is.
    """
    workbook = _("the same as a workbook (XLSX), to be worked on")
    return (
        ScreenKey("print", label, partial(on_paper, screen, gathering), told, off),
        ScreenKey("w", _("workbook"), partial(_as_workbook, screen, gathering), workbook, off),
    )


async def on_paper(screen: DeskScreen, gathering: Gathering) -> None:
    """Print what is gathered, where there is something."""
    report = await screen.run_on_desk(gathering, writes=False)
    if report is not None:
        await print_beside(screen, report)


async def _as_workbook(screen: DeskScreen, gathering: Gathering) -> None:
    report = await screen.run_on_desk(gathering, writes=False)
    if report is None:
        return
    try:
        path = await asyncio.to_thread(save_workbook, screen.session.desk, report)
    except Failure as failure:
        _say_why_not(screen, failure)
        return
    words = _("Saved as a workbook: {name} in {folder}")
    screen.say(words.format(name=path.name, folder=path.parent))


async def print_sheet(screen: DeskScreen, entry: Entry) -> str:
    """Print a signed hand-over into the site's folder: where it is, empty where that failed."""
    prints = await _put_out(screen, hand_over_report(screen.session.desk, entry))
    if not prints:
        return ""
    saved = _("The sheet was saved: {path}").format(path=prints[0].page)
    screen.say("\n".join(filter(None, (prints[0].boxes, saved))))
    await hand_on(screen, prints)
    return str(prints[0].page)


async def print_of_case(screen: DeskScreen, case_id: str, *, slip_alone: bool = False) -> None:
    """Print the dispatch record of a case, and its closing paper while that is out.

    ``slip_alone``: only the paper, as it is handed out.
    """
    from dispatcher_tui.desk.papers.case_reports import case_report, slip_report

    report = await screen.run_on_desk(lambda desk: case_report(desk, case_id), writes=False)
    if report is None:
        return
    slip, reports = report.case.slip, list[Report]([] if slip_alone else [report])
    out = slip.number and slip.received_at is None
    if slip_alone or (out and not report.rules.procedure.closing_paper.outside):
        try:
            reports.append(slip_report(report))
        except Failure as failure:
            _say_why_not(screen, failure)
            return
    await print_beside(screen, *reports)


async def print_form(screen: DeskScreen, case_id: str, form_id: str) -> None:
    """Print a form of a case, with what was typed into it; a numbered one goes out with that."""
    from dispatcher_tui.desk.papers.case_reports import case_report, form_report
    from dispatcher_tui.desk.papers.form_book import issue_form

    if not screen.session.read_only:
        issued = await screen.run_on_desk(lambda desk: issue_form(desk, case_id, form_id))
        if issued is None:
            return
    report = await screen.run_on_desk(lambda desk: case_report(desk, case_id), writes=False)
    if report is None:
        return
    try:
        form = form_report(report, form_id)
    except Failure as failure:
        _say_why_not(screen, failure)
        return
    await print_beside(screen, form)


def say_where(screen: DeskScreen, prints: Sequence[Printout]) -> None:
    """The folder once, then every name in it: a long path leaves no room for two."""
    if prints:
        names = _(", ").join(each.page.name for each in prints)
        words = _("Saved as a file: {names} in {folder}")
        told = words.format(names=names, folder=prints[0].page.parent)
        boxes = dict.fromkeys(each.boxes for each in prints if each.boxes)
        screen.say("\n".join((*boxes, told)))
