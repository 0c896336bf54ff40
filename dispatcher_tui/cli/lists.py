"""``site import``: says what a list does before it does it; what takes too much has to be meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import Ended, ExitCode, say
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import change_lines, takes_away_line
from dispatcher_tui.present.site.site_problems import describe


def import_files(where: Paths, files: Sequence[Path], *, dry_run: bool, replace: bool) -> None:
    """Show what the lists in files would do; take them over unless that was all that was wanted.

    Raises:
        SiteError: a file cannot be used; nothing was changed.
        Ended: it takes too much away to be done without ``replace``; nothing was changed.
    """
    from dispatcher_tui.desk.site.lists import preview_lists, take_over

    with open_desk(where, actor=command_line_actor()) as desk:
        previews = preview_lists(desk, files)
        labels = desk.site.procedure.roles

        def role_name(role: str) -> str:
            return localized(labels[role]) if role in labels else role

        for each in previews:
            for note in each.incoming.notes:
                say(describe(note))
            list_ = each.incoming
            for line in change_lines(list_.file, list_.rows, each.change, role_name):
                say(line)
        changes = [each.change for each in previews if each.change.takes_away]
        if changes and not replace:
            say(takes_away_line(changes))
            raise Ended(ExitCode.FAILED)
        if dry_run:
            say(_("Nothing was changed: this was a dry run."))
            return
        take_over(desk, previews, replace=replace)
