"""``ring NUMBER``: the hook of a modem, an exchange or a caller-ID box."""

from __future__ import annotations

from typing import Annotated

import typer

from dispatcher_tui.cli.console import Ended, ExitCode, UsageProblem, say
from dispatcher_tui.cli.options import command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

ring_app = group()
"""Its command stands beside those of ``cli``."""


@command(ring_app, "ring", help=_("Somebody rings: the open desk says who, F2 takes the call"))
def ring(
    where: Paths,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The caller's number"))],
) -> None:
    """Say so beside the record; the record itself is not touched."""
    from dispatcher_tui.bootstrap import wall_clock
    from dispatcher_tui.desk.case.ringing import RingingFile
    from dispatcher_tui.desk.watch.alive import AliveFile
    from dispatcher_tui.domain.words.phone import plausible_phone
    from dispatcher_tui.domain.words.text import clean_line

    if not plausible_phone(number):
        words = _("{number} is no telephone number: 3 to 20 figures.")
        raise UsageProblem(words.format(number=number))
    if not where.db.exists():
        say(_("There is no desk in {folder} yet.").format(folder=where.db.parent))
        raise Ended(ExitCode.FAILED)
    try:
        now = AliveFile(where.db).beside(wall_clock()).now()
        RingingFile(where.db).add(clean_line(number).strip(), now)
    except OSError as error:
        say(_("It cannot be said beside the database: {why}").format(why=error.strerror or error))
        raise Ended(ExitCode.DISK) from error
