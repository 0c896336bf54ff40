"""``notice``: for which doors a case's notices are, hung, taken down, printed; homes warned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import UsageProblem, put, put_json
from dispatcher_tui.cli.options import Json, Out, command, group
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk

notice_app = group(_("Notices of a case: their doors, hung, taken down, homes warned"))

Number = Annotated[str, typer.Argument(metavar="N", help=_("The case's number or id"))]
Form = Annotated[str, typer.Argument(metavar="FORM", help=_("Which notice, by its form's id"))]
Doors = Annotated[
    str, typer.Option("--door", metavar="PLACES", help=_("3 or 3-2 or all; every one if not given"))
]
At = Annotated[str, typer.Option("--at", metavar="TIME", help=_("When it was, never ahead"))]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who did it"))]


@contextmanager
def past_times() -> Iterator[None]:
    """A time that was: what is wrong with it is said as of one, as a slip of the line."""
    from dispatcher_tui.domain.time.when import WhenError
    from dispatcher_tui.present.promises import past_problem

    try:
        yield
    except WhenError as error:
        raise UsageProblem(past_problem(error.code)) from error


def _show(desk: Desk, number: str, *, as_json: bool) -> None:
    """How the notices of a case stand, and the homes to warn."""
    from dispatcher_tui.desk.papers.postings import read_notices
    from dispatcher_tui.present.papers.posting_lines import (
        home_object,
        home_row,
        posting_object,
        posting_row,
        postings_line,
    )

    found, zone, now = read_notices(desk, number), desk.rules.calendar.tz, desk.clock.now()
    if as_json:
        doors = [posting_object(p, zone) for each in found.notices for p in each.postings]
        forms = [each.form.id for each in found.notices]
        homes = [home_object(home, zone) for home in found.homes]
        put_json({"notices": forms, "doors": doors, "homes": homes})
        return
    for each in found.notices:
        put(f"{each.form.id:18} {postings_line(each.form, each.postings)}")
        for posting in each.postings:
            put(f"  {posting_row(posting, now, zone)}")
    for home in found.homes:
        put(f"  {home_row(home, now, zone)}")


@command(notice_app, "list", help=_("The notices a case can have, door by door, homes to warn"))
def notice_list(where: Paths, number: Number, as_json: Json = False) -> None:
    """How each stands."""
    with open_desk(where, read_only=True) as desk:
        _show(desk, number, as_json=as_json)


@command(notice_app, "doors", help=_("Say for which buildings or doors a notice is"))
def notice_doors(
    where: Paths,
    number: Number,
    form: Form,
    places: Annotated[str, typer.Argument(metavar="PLACES", help=_("3, 3-2, or all"))],
    as_json: Json = False,
) -> None:
    """Name the doors; homes behind them that have to be warned are named with them."""
    from dispatcher_tui.desk.papers.postings import set_postings

    with open_desk(where, actor=command_line_actor()) as desk:
        set_postings(desk, number, form, places)
        _show(desk, number, as_json=as_json)


@command(notice_app, "hung", help=_("Record that a notice hangs"))
def notice_hung(
    where: Paths,
    number: Number,
    form: Form,
    door: Doors = "",
    at: At = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Hung, at the doors that are named or at all it is for."""
    from dispatcher_tui.desk.papers.postings import hang

    with open_desk(where, actor=command_line_actor()) as desk:
        with past_times():
            hang(desk, number, form, door, at, by)
        _show(desk, number, as_json=as_json)


@command(notice_app, "down", help=_("Record that a notice came down"))
def notice_down(
    where: Paths,
    number: Number,
    form: Form,
    door: Doors = "",
    at: At = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Taken down, at the doors that are named or wherever it hangs."""
    from dispatcher_tui.desk.papers.postings import take_down

    with open_desk(where, actor=command_line_actor()) as desk:
        with past_times():
            take_down(desk, number, form, door, at, by)
        _show(desk, number, as_json=as_json)


@command(notice_app, "warn", help=_("Record a call to a home that has to be warned"))
def notice_warn(
    where: Paths,
    number: Number,
    home: Annotated[str, typer.Argument(metavar="HOME", help=_("Which home, such as 3-2-1502"))],
    outcome: Annotated[CallOutcome, typer.Option("--outcome", help=_("What came of it"))],
    phone: Annotated[str, typer.Option("--phone", help=_("The number that was rung"))] = "",
    note: Annotated[str, typer.Option("--note", help=_("What was said"))] = "",
    as_json: Json = False,
) -> None:
    """One call, whatever came of it."""
    from dispatcher_tui.desk.papers.postings import ring_home

    with open_desk(where, actor=command_line_actor()) as desk:
        ring_home(desk, number, home, outcome, phone, note)
        _show(desk, number, as_json=as_json)


@command(notice_app, "print", help=_("A notice, one page for each door: text or file"))
def notice_print(
    where: Paths, number: Number, form: Form, as_json: Json = False, out: Out = None
) -> None:
    """Print a notice with the case's facts."""
    from dispatcher_tui.cli.out_file import print_paper
    from dispatcher_tui.desk.papers.case_reports import case_report, form_report

    with open_desk(where, read_only=True) as desk:
        report = form_report(case_report(desk, number), form)
    said = _("The notice is in {path}.").format(path=out)
    print_paper(out, where, lambda to, kind: to.report(report, kind), said, as_json=as_json)
