"""The ``operator`` commands: who may sign in and sign, and by whose leave that changes.

Whatever makes or changes a head needs a head's PIN or the rescue code. Without a terminal they
come by line on stdin, leave first.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk, open_record
from dispatcher_tui.cli.console import (
    UsageProblem,
    interactive,
    put,
    put_json,
    say,
    show_rescue_code,
)
from dispatcher_tui.cli.names import procedure_in_force
from dispatcher_tui.cli.options import Json, ask_line, command, group, read_pin
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.heads import Leave

Who = Annotated[str, typer.Argument(metavar="NAME")]
Role = Annotated[str, typer.Option("--role", help=_("A role of the procedure, such as head"))]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", help=_("The head whose PIN is given, if several"))
]
PinsStdin = Annotated[
    bool,
    typer.Option(
        "--pin-stdin",
        help=_("PINs by line from stdin: for a head first a head's (or the rescue code), the new"),
    ),
]
LeaveStdin = Annotated[
    bool,
    typer.Option("--pin-stdin", help=_("A head's PIN (or the rescue code) from stdin")),
]

operator_app = group(_("Who may sign in and sign"))


def _read_leave(desk: Desk, by: str, *, pin_stdin: bool) -> Leave:
    """A head's PIN or the rescue code: a line of stdin, or asked for at the terminal.

    Raises:
        UsageProblem: there is nobody to ask, or nothing to read.
    """
    from dispatcher_tui.desk.heads import Leave, known_heads
    from dispatcher_tui.domain.watch.rescue_code import is_code

    if pin_stdin:
        secret = (sys.stdin.readline() if sys.stdin else "").rstrip("\r\n")
    elif interactive():
        from getpass import getpass

        secret = getpass(_("A head's PIN, or the rescue code: "))
    else:
        raise UsageProblem(_("That needs a head's PIN or the rescue code first: --pin-stdin."))
    if not secret:
        raise UsageProblem(_("No head's PIN and no rescue code was given: it comes first."))
    names = known_heads(desk)
    if not by and not is_code(secret) and len(names) > 1:
        by = ask_line(_("Whose PIN ({names}): "), names=", ".join(names))
    return Leave(secret, by)


def _told(desk: Desk, leave: Leave | None, fresh: str) -> None:
    """Say what a head should know afterwards, and print the code that took a spent one's place."""
    from dispatcher_tui.desk.heads import known_heads, lacks_rescue_code
    from dispatcher_tui.desk.operators import digits_short_of
    from dispatcher_tui.present.signing import short_pin

    least = digits_short_of(desk, leave.secret) if leave is not None else 0
    if least:
        say(short_pin(least))
    show_rescue_code(fresh)
    if known_heads(desk) and lacks_rescue_code(desk.store):
        say(_("There is no rescue code for the envelope yet: operator rescue-code prints one."))


@command(operator_app, "add", help=_("Let somebody sign in"))
def operator_add(
    where: Paths,
    name: Who,
    role: Role = "dispatcher",
    by: By = "",
    pin_stdin: PinsStdin = False,
) -> None:
    """Add an operator; the PIN is asked, or read from stdin."""
    from dispatcher_tui.desk import heads
    from dispatcher_tui.desk.site.setup import check_role

    with open_desk(where, actor=command_line_actor()) as desk:
        found = (each.roles.items() for each in reversed(desk.in_force.procedures))
        check_role({name: label for roles in found for name, label in roles}, role)
        leave = _read_leave(desk, by, pin_stdin=pin_stdin) if heads.to_add(desk, role) else None
        pin = read_pin(name, pin_stdin=pin_stdin)
        _told(desk, leave, heads.appoint(desk, name, role, pin, leave))


@command(operator_app, "list", help=_("Everybody who can or could sign in"))
def operator_list(where: Paths, as_json: Json = False) -> None:
    with open_record(where) as record:
        found = [
            {"name": o.name, "role": o.role, "disabled": o.disabled} for o in record.operators()
        ]
        names = Glossary(procedure=None if as_json else procedure_in_force(record, where))
    if as_json:
        put_json(found)
        return
    for each in found:
        role = names.role(str(each["role"]))
        put(f"{each['name']}  {role}{_('  disabled') if each['disabled'] else ''}")


@command(operator_app, "disable", help=_("Take the right to sign in away"))
def operator_disable(where: Paths, name: Who, by: By = "", pin_stdin: LeaveStdin = False) -> None:
    """Disable an operator; the last one who can sign in stays, and the last head by leave only."""
    from dispatcher_tui.desk import heads
    from dispatcher_tui.desk.operators import refuse_last

    with open_desk(where, actor=command_line_actor()) as desk:
        refuse_last(desk, name)
        asked = heads.to_disable(desk, name)
        leave = _read_leave(desk, by, pin_stdin=pin_stdin) if asked else None
        _told(desk, leave, heads.dismiss(desk, name, leave))


@command(operator_app, "reset-pin", help=_("Give an operator a new PIN"))
def operator_reset_pin(where: Paths, name: Who, by: By = "", pin_stdin: PinsStdin = False) -> None:
    """Give an operator a new PIN, and free tries again."""
    from dispatcher_tui.desk import heads

    with open_desk(where, actor=command_line_actor()) as desk:
        asked = heads.to_reset(desk, name)
        leave = _read_leave(desk, by, pin_stdin=pin_stdin) if asked else None
        pin = read_pin(name, pin_stdin=pin_stdin)
        _told(desk, leave, heads.renew_pin(desk, name, pin, leave))


@command(operator_app, "rescue-code", help=_("A new rescue code for the envelope"))
def operator_rescue_code(where: Paths, by: By = "", pin_stdin: LeaveStdin = False) -> None:
    """Print a new rescue code; the one before it is worth nothing any more."""
    from dispatcher_tui.desk import heads

    with open_desk(where, actor=command_line_actor()) as desk:
        heads.refuse_without_head(desk)
        leave = _read_leave(desk, by, pin_stdin=pin_stdin)
        _told(desk, leave, heads.replace_rescue_code(desk, leave))
