"""The ``calendar`` commands: the holiday tables that working days are counted by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import put, say
from dispatcher_tui.cli.options import command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, ngettext

calendar_app = group(_("The holidays that working days are counted by"))


@command(
    calendar_app,
    "import",
    help=_("Take over a year's holidays: the published JSON, or a table as in holidays/"),
)
def calendar_import(
    where: Paths, files: Annotated[list[Path], typer.Argument(metavar="FILE")]
) -> None:
    """Take over holiday tables; where one has a fault, none is taken over."""
    from dispatcher_tui.desk.site.holiday_import import import_notices

    with open_desk(where, actor=command_line_actor()) as desk:
        done = import_notices(desk, files)
    for each in done.notices:
        words = _("{year}: {off} days off, {work} days worked instead")
        put(words.format(year=each.year, off=each.off, work=each.work))
        if each.december:
            before = _("{n} of them in December {year}")
            put(before.format(n=each.december, year=each.year - 1))
        if each.kept_as:
            say(_("The table of before is kept as {file}.").format(file=each.kept_as))
    if done.cases:
        n = len(done.cases)
        words = ngettext(
            "Due times set right on {n} case: {numbers}",
            "Due times set right on {n} cases: {numbers}",
            n,
        )
        put(words.format(n=n, numbers=", ".join(done.cases)))
