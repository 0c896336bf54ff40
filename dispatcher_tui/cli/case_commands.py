"""The commands about cases: opened, listed, shown, found, and handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dispatcher_tui.bootstrap import open_record
from dispatcher_tui.cli.console import put, put_json_list, say
from dispatcher_tui.cli.options import Json, Out, command, group, opening_options
from dispatcher_tui.cli.quick import AT, PROCEDURE, OpeningAsked, form_of
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, ngettext

if TYPE_CHECKING:
    from dispatcher_tui.desk.record import Record, WholeCase

Number = Annotated[str, typer.Argument(metavar="N", help=_("The case's number or id"))]

case_app = group(_("Open, list, show, find and hand over cases"))


@command(
    case_app,
    "open",
    help=_("Open a case; exit 0 means that it is on the disk"),
    options=opening_options(),
)
def case_open(
    where: Paths,
    at: Annotated[str, typer.Option(AT, help=_("When it came in; never ahead"))] = "",
    procedure: Annotated[
        str, typer.Option(PROCEDURE, metavar="ID", help=_("Under which procedure in force"))
    ] = "",
    as_json: Json = False,
    **told: object,
) -> None:
    """Open a case, by hand or from a script; ``told`` by the names of the intake's form."""
    from dispatcher_tui.cli.case_open import open_case

    open_case(where, OpeningAsked(form_of({**told, "procedure": procedure}), at, as_json))


@command(case_app, "list", help=_("Every case in the order of opening"))
def case_list(
    where: Paths,
    only_open: Annotated[bool, typer.Option("--open", help=_("Only open cases"))] = False,
    as_json: Json = False,
) -> None:
    """List cases, without their entries."""
    with open_record(where) as record:
        _put_cases(record, where, record.cases(open_only=only_open), as_json=as_json)


@command(case_app, "show", help=_("One case with its duties and entries"))
def case_show(where: Paths, number: Number, as_json: Json = False, out: Out = None) -> None:
    """Show a case, or write its dispatch record."""
    from dispatcher_tui.cli.case_show import show_case

    with open_record(where) as record:
        show_case(record, where, number, as_json=as_json, out=out)


@command(
    case_app,
    "find",
    help=_("Cases by number, name, phone, place, words or initials, and enquiries"),
)
def case_find(
    where: Paths, text: Annotated[str, typer.Argument(metavar="TEXT")], as_json: Json = False
) -> None:
    """Search all history, newest first: cases, then enquiries and other lines of the Work Log.

    A list of cases in JSON holds nothing else; that there are lines is said beside it.
    """
    with open_record(where) as record:
        _put_cases(record, where, record.find(text), as_json=as_json)
        if record.finds_more(text):
            say(_("Only the newest are listed; there are more: add a word."))
        from dispatcher_tui.cli.log import found_lines, put_lines

        lines = found_lines(record, where, text)
        if as_json and lines:
            words = ngettext(
                "{n} line of the Work Log has it, too: log --find",
                "{n} lines of the Work Log have it, too: log --find",
                len(lines),
            )
            say(words.format(n=len(lines)))
        elif lines:
            put_lines(lines, record.zone)


@command(case_app, "move", help=_("Hand a case over to another procedure in force"))
def case_move(
    where: Paths,
    number: Number,
    procedure: Annotated[
        str, typer.Argument(metavar="PROCEDURE", help=_("The id of the procedure it goes to"))
    ],
    reason: Annotated[str, typer.Option("--reason", help=_("Why; it stands in the record"))] = "",
    as_json: Json = False,
) -> None:
    """Hand over; the case is the other's on the disk before anything is printed."""
    from dispatcher_tui.cli.case_move import hand_case_over

    hand_case_over(where, number, procedure, reason, as_json=as_json)


def _put_cases(record: Record, where: Paths, found: Iterator[WholeCase], *, as_json: bool) -> None:
    """Cases as they are read, so that a long record does not have to fit into memory."""
    now = record.clock.now()
    if as_json:
        from dispatcher_tui.present.case.case_json import case_object

        put_json_list(case_object(t.case, t.duties, t.rules, now) for t in found)
        return
    from dispatcher_tui.cli.names import site_names
    from dispatcher_tui.present.case.case_text import case_line

    names = site_names(record, where)
    shorts = record.shorts()
    for told in found:
        beside = shorts.get(told.case.procedure)
        put(case_line(told.case, told.duties, told.rules, now, beside, names))
