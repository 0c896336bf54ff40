"""``fee``: the lists of the fee calendar, from the file they come in to the payments ticked off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import (
    Ended,
    ExitCode,
    UsageProblem,
    put,
    put_json,
    put_json_list,
    say,
)
from dispatcher_tui.cli.options import DryRun, Json, Out, Replace, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.fees.fee_lists import FeePreview

fee_app = group(_("The lists of fees: take one over, hand it out, tick it off"))

ListId = Annotated[str, typer.Argument(metavar="LIST", help=_("Which list, such as unpaid"))]
Place = Annotated[str, typer.Argument(metavar="PLACE", help=_("Which household"))]
Month = Annotated[
    str,
    typer.Option("--month", metavar="YYYY-MM", help=_("Of which month; the one due if not given")),
]


@command(fee_app, "list", help=_("Every list that was taken over, and how it stands"))
def fee_list(where: Paths, as_json: Json = False) -> None:
    """The newest month first."""
    from dispatcher_tui.desk.fees.fee_lists import lists_now
    from dispatcher_tui.present.fees.fee_lines import list_object, list_row

    with open_desk(where, read_only=True) as desk:
        found = lists_now(desk)
    if as_json:
        put_json_list(map(list_object, found))
        return
    for each in found:
        put(f"{each.list:10} {list_row(each)}")


@command(fee_app, "import", help=_("Take a list over, or what came back of it: XLSX or CSV"))
def fee_import(
    where: Paths,
    which: ListId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("XLSX or CSV"))],
    month: Month = "",
    dry_run: DryRun = False,
    replace: Replace = False,
) -> None:
    """Show what the file would do, then take it over; where a row has a fault, nothing is."""
    from dispatcher_tui.desk.fees.fee_lists import take_fees
    from dispatcher_tui.present.site.list_lines import takes_away_line

    with open_desk(where, actor=command_line_actor()) as desk:
        preview = _preview(desk, file, which, month)
        change = preview.change
        if change is not None and change.takes_away and change.before and not replace:
            say(takes_away_line([change]))
            raise Ended(ExitCode.FAILED)
        if dry_run:
            say(_("Nothing was changed: this was a dry run."))
            return
        take_fees(desk, preview, replace=replace)


def _preview(desk: Desk, file: Path, which: str, month: str) -> FeePreview:
    """What the file would do, said.

    Raises:
        Ended: rows are refused; the first of them are named.
    """
    from dispatcher_tui.desk.fees.fee_lists import FeesRefused, preview_fees
    from dispatcher_tui.present.fees.import_lines import fee_preview_lines
    from dispatcher_tui.present.site.list_lines import refused_lines
    from dispatcher_tui.present.site.site_problems import describe

    try:
        preview = preview_fees(desk, file, which, month)
    except FeesRefused as error:
        for line in refused_lines([describe(problem) for problem in error.problems]):
            say(line)
        raise Ended(ExitCode.FAILED) from error
    sheet = preview.sheet
    for note in sheet.notes:
        say(describe(note))
    label, outcomes = preview.plan.label, preview.outcomes
    for line in fee_preview_lines(
        label, preview.month, sheet.file, sheet.rows, preview.change, outcomes
    ):
        say(line)
    return preview


@command(fee_app, "show", help=_("The lines of a list: text, JSON or file"))
def fee_show(
    where: Paths,
    which: ListId,
    month: Month = "",
    area: Annotated[str, typer.Option("--area", help=_("Of one area alone"))] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print what is still owed, or the sheet of an area, on which its keeper signs for each."""
    from dispatcher_tui.cli.out_file import print_paper
    from dispatcher_tui.desk.fees.fee_lists import list_of, month_given, names_of
    from dispatcher_tui.desk.fees.fee_papers import fee_sheet
    from dispatcher_tui.present.fees.fee_lines import line_object, lines_of

    with open_desk(where, read_only=True) as desk:
        named = month_given(desk, which, month)
        if as_json:
            fees = list_of(desk, which, named)
            who, zone = names_of(desk, fees), desk.rules.calendar.tz
            chosen = lines_of(fees, area or None)
            objects = [line_object(s, who.get(s.line.place, {}), zone) for s in chosen]
            put_json_list(objects)
            return
        sheet = fee_sheet(desk, which, named, area or None)
    said = _("The list is in {path}.").format(path=out)
    print_paper(out, where, lambda to, kind: to.report(sheet, kind), said, as_json=False)


@command(fee_app, "hand", help=_("Hand what is open of an area to its keeper"))
def fee_hand(
    where: Paths,
    which: ListId,
    area: Annotated[str, typer.Argument(metavar="AREA", help=_("Which area of the list"))],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=_("The area keeper"))] = "",
    month: Month = "",
    as_json: Json = False,
) -> None:
    """Write down who has it; exit 0 means durable."""
    from dispatcher_tui.desk.fees.fee_lists import hand_out, list_of, month_given
    from dispatcher_tui.present.fees.fee_lines import list_object, list_row

    if not to.strip():
        raise UsageProblem(_("Say who takes it: --to NAME."))
    with open_desk(where, actor=command_line_actor()) as desk:
        named = month_given(desk, which, month)
        hand_out(desk, which, named, area, to)
        fees = list_of(desk, which, named)
    if as_json:
        put_json(list_object(fees))
        return
    say(list_row(fees))


@command(fee_app, "mark", help=_("Write down what came of one line"))
def fee_mark(
    where: Paths,
    which: ListId,
    place: Place,
    result: Annotated[
        str, typer.Option("--result", metavar="RESULT", help=_("reminded, paid, refused .."))
    ] = "",
    paid: Annotated[
        str, typer.Option("--paid", metavar="YUAN", help=_("How much; all if not given"))
    ] = "",
    month: Month = "",
    as_json: Json = False,
) -> None:
    """Tick one line off; exit 0 means durable."""
    from dispatcher_tui.desk.fees.fee_lists import list_of, month_given, note_outcomes
    from dispatcher_tui.domain.record.fee_events import LineOutcome, LineResult
    from dispatcher_tui.domain.words.money import MoneyError, parse_fen
    from dispatcher_tui.domain.words.place import normalise_place
    from dispatcher_tui.present.fees.fee_lines import line_object

    known = [str(each) for each in LineResult]
    if result not in known:
        words = _("Say what came of it: --result {known}.")
        raise UsageProblem(words.format(known="|".join(known)))
    try:
        fen = parse_fen(paid) if paid else 0
    except MoneyError:
        words = _("--paid {text}: write an amount in yuan, such as 1280.50.")
        raise UsageProblem(words.format(text=paid)) from None
    if fen and result != LineResult.PAID:
        raise UsageProblem(_("--paid goes with --result paid alone."))
    with open_desk(where, actor=command_line_actor()) as desk:
        named, spelt = month_given(desk, which, month), normalise_place(place)
        note_outcomes(desk, which, named, [LineOutcome(spelt, LineResult(result), fen)])
        stand = list_of(desk, which, named).stands[spelt]
        zone = desk.rules.calendar.tz
    if as_json:
        put_json(line_object(stand, {}, zone))
        return
    say(_("Recorded: {name}").format(name=spelt))


@command(fee_app, "open", help=_("Act on one line singly: make it a case"))
def fee_open(
    where: Paths, which: ListId, place: Place, month: Month = "", as_json: Json = False
) -> None:
    """Open the case of a line and print it."""
    from dispatcher_tui.bootstrap import open_record
    from dispatcher_tui.cli.case_show import show_case
    from dispatcher_tui.desk.fees.acting_singly import open_line
    from dispatcher_tui.desk.fees.fee_lists import month_given
    from dispatcher_tui.domain.words.place import normalise_place

    with open_desk(where, actor=command_line_actor()) as desk:
        named = month_given(desk, which, month)
        done = open_line(desk, which, named, normalise_place(place))
        number = done.case.number
    if not as_json:
        put(number)
        return
    with open_record(where) as record:
        show_case(record, where, number, as_json=True, out=None)
