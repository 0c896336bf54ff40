"""``site import`` says what a list does before it does it; ``site export`` gives them back."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import Ended, ExitCode, UsageProblem, say
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import (
    change_lines,
    refused_lines,
    rest_line,
    takes_away_line,
)
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.problems import SiteError

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.site.lists import ListPreview


def import_files(where: Paths, files: Sequence[Path], *, dry_run: bool, replace: bool) -> None:
    """Show what the lists in files would do; take them over unless that was all that was wanted.

    Raises:
        Ended: a file cannot be used, or it takes too much away to be done without ``replace``;
            nothing was changed.
    """
    from dispatcher_tui.desk.site.lists import take_over

    gc.disable()  # The command ends with it: nothing of a hundred thousand rows is garbage before.
    with open_desk(where, actor=command_line_actor()) as desk:
        previews = _previews(desk, files)
        _say_changes(desk, previews)
        changes = [each.change for each in previews if each.change.takes_away]
        if changes and not replace:
            say(takes_away_line(changes))
            raise Ended(ExitCode.FAILED)
        if dry_run:
            say(_("Nothing was changed: this was a dry run."))
            return
        take_over(desk, previews, replace=replace)


def _say_changes(desk: Desk, previews: Sequence[ListPreview]) -> None:
    labels = names_in_force(desk).roles

    def role_name(role: str) -> str:
        return localized(labels[role]) if role in labels else role

    for each in previews:
        for note in each.incoming.notes:
            say(describe(note))
        list_ = each.incoming
        for line in change_lines(list_.file, list_.rows, each.change, role_name):
            say(line)


def _previews(desk: Desk, files: Sequence[Path]) -> list[ListPreview]:
    """What the lists would do; of those that are refused the first rows are named, with how many,
    and what the others would do.

    Raises:
        Ended: something is refused.
    """
    from dispatcher_tui.desk.site.lists import preview_lists, rest_of

    try:
        return preview_lists(desk, files)
    except SiteError as error:
        rest = rest_of(desk, error)
        if rest:
            say(rest_line())
        _say_changes(desk, rest)
        for line in refused_lines([describe(problem) for problem in error.problems]):
            say(line)
        raise Ended(ExitCode.FAILED) from error


def export_lists(where: Paths, out: Path) -> None:
    """Write the lists in force into a workbook that can be filled in and imported again.

    Raises:
        UsageProblem: it is written as XLSX only, or the file cannot be there.
        Failure: it could not be written; what stood there is untouched.
    """
    from dispatcher_tui.desk.site.lists import lists_in_force
    from dispatcher_tui.reports.xlsx.lists_book import lists_workbook

    if out.suffix.casefold() != ".xlsx":
        raise UsageProblem(_("--out {path}: the lists are written as .xlsx only.").format(path=out))

    def make(_printer: object, _form: str) -> Made:
        with open_desk(where, actor=command_line_actor()) as desk:
            households, people = lists_in_force(desk.store)
            rota = desk.lists.rota()
            roles = names_in_force(desk).roles
        words = _("{path}: {units} units and {people} people; it has their names and numbers.")
        said = words.format(path=out, units=len(households), people=len(people))
        return Made(lists_workbook(households, people, roles, say, rota), said)

    export(out, where, make)
