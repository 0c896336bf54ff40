"""``spare``: the paper for when the desk is dark: print a pad, key it in, what is missing."""

from __future__ import annotations

from typing import Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import put, put_json, say
from dispatcher_tui.cli.notice_commands import past_times
from dispatcher_tui.cli.options import Json, Out, command, group, opening_options
from dispatcher_tui.cli.quick import form_of
from dispatcher_tui.domain.papers.spare_sheets import A_PAD
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

spare_app = group(_("Paper for a dark desk: blank intakes printed, keyed in, missing"))

Sheet = Annotated[str, typer.Argument(metavar="SHEET", help=_("The sheet's number, BJ-000012"))]


@command(spare_app, "print", help=_("Board, call tree and a numbered pad of blank intakes"))
def spare_print(
    where: Paths,
    sheets: Annotated[
        int, typer.Option("--sheets", metavar="N", help=_("How many blank intakes; 0 for none"))
    ] = A_PAD,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Number a pad and print it; the numbers are in the record before anything is written."""
    from dispatcher_tui.cli.out_file import print_paper
    from dispatcher_tui.desk.papers.spare_sheets import print_pad

    with open_desk(where, actor=command_line_actor()) as desk:
        report = print_pad(desk, sheets)
    said = _("The paper is in {path}.").format(path=out)
    print_paper(out, where, lambda to, kind: to.report(report, kind), said, as_json=as_json)


@command(spare_app, "list", help=_("What became of every sheet, and which are missing"))
def spare_list(where: Paths, as_json: Json = False) -> None:
    """Pad by pad."""
    from dispatcher_tui.desk.papers.spare_sheets import read_spares
    from dispatcher_tui.present.papers.spare_lines import book_object, gaps_line, sheet_rows

    with open_desk(where, read_only=True) as desk:
        book, now, zone = read_spares(desk.store), desk.clock.now(), desk.rules.calendar.tz
    if as_json:
        put_json(book_object(book, zone))
        return
    for _number, row in sheet_rows(book, now, zone):
        put(row)
    if gaps := gaps_line(book.gaps):
        say(gaps)


@command(
    spare_app,
    "key",
    help=_("Key in a sheet as a case, with the time of its call"),
    options=opening_options(),
)
def spare_key(
    where: Paths,
    sheet: Sheet,
    at: Annotated[str, typer.Option("--at", metavar="TIME", help=_("When the call came in"))] = "",
    log: Annotated[
        bool, typer.Option("--log", help=_("A line of the Work Log instead of a case"))
    ] = False,
    as_json: Json = False,
    **told: object,
) -> None:
    """Open its case as of the time of the call; ``told`` by the names of the intake's form."""
    from dispatcher_tui.desk.papers.spare_sheets import key_in, read_spares
    from dispatcher_tui.present.papers.spare_lines import gaps_line

    with open_desk(where, actor=command_line_actor()) as desk:
        with past_times():
            keyed = key_in(desk, sheet, at, form_of(told), log=log)
        gaps = gaps_line(read_spares(desk.store).gaps)
    number = keyed.case.number if keyed.case is not None else None
    if as_json:
        put_json({"sheet": keyed.number, "case": number, "gaps": list(keyed.gaps)})
    elif number is not None:
        put(number)
    if gaps:
        say(gaps)


@command(spare_app, "void", help=_("Say that nothing is keyed in from a sheet, and why"))
def spare_void(
    where: Paths,
    sheet: Sheet,
    reason: Annotated[str, typer.Option("--reason", help=_("Why; it stands in the record"))] = "",
) -> None:
    """A spoilt or lost sheet."""
    from dispatcher_tui.desk.papers.spare_sheets import void_sheet

    with open_desk(where, actor=command_line_actor()) as desk:
        number = void_sheet(desk, sheet, reason)
    say(_("Void: {number}").format(number=number))
