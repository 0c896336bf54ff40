"""``rota``: take a rota over, and say who is on when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from dispatcher_tui.bootstrap import open_record
from dispatcher_tui.cli.console import UsageProblem, put, put_json_list
from dispatcher_tui.cli.options import DryRun, Json, ListFiles, Replace, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

rota_app = group(_("Who is on when: take a rota over, show it"))

_WEEK, _MOST = timedelta(days=6), 400
"""So many days are shown where nothing is said, and at most."""


@command(rota_app, "import", help=_("Take over a rota from XLSX or CSV: days across, people down"))
def rota_import(
    where: Paths,
    files: ListFiles,
    dry_run: DryRun = False,
    replace: Replace = False,
) -> None:
    """Take over a rota; where one has a fault, nothing is taken over."""
    from dispatcher_tui.cli.lists import import_files

    import_files(where, files, dry_run=dry_run, replace=replace)


def _day(option: str, text: str, otherwise: date) -> date:
    from dispatcher_tui.site.clock_times import parse_date

    if not text:
        return otherwise
    day = parse_date(text, sheet=True)
    if day is None:
        words = _("{option}: {text} is not a date such as 2026-10-01")
        raise UsageProblem(words.format(option=option, text=text))
    return day


@command(rota_app, "show", help=_("Who has which shift, day by day"))
def rota_show(
    where: Paths,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help=_("First day"))] = "",
    until: Annotated[str, typer.Option("--to", metavar="DATE", help=_("Last day"))] = "",
    as_json: Json = False,
) -> None:
    """The rota in force from a day to a day; where nothing is said a week from today, and before
    it the day whose night goes on."""
    from dispatcher_tui.desk.site.adopted_lists import AdoptedLists
    from dispatcher_tui.domain.site.rota import planned_on, running_day
    from dispatcher_tui.present.watch.rota_lines import day_lines, turn_object

    with open_record(where) as record:
        now = record.clock.now().astimezone(record.zone)
        lists = AdoptedLists(record.store)
        rota, people = lists.rota(), lists.people()
    first = _day("--from", since, running_day(rota, people, now))
    last = _day("--to", until, (first if since else now.date()) + _WEEK)
    if not first <= last < first + timedelta(days=_MOST):
        raise UsageProblem(_("--to must be after --from, by at most {n} days.").format(n=_MOST))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    planned = [(day, planned_on(rota, people, day)) for day in days]
    if as_json:
        put_json_list(turn_object(day, *each) for day, found in planned for each in found)
        return
    for day, found in planned:
        for line in day_lines(day, found):
            put(line)
