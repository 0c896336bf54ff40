"""The commands about the record as a whole: entries, the last hand-over, proof, copies."""

from __future__ import annotations

import os
from pathlib import Path
from string import hexdigits
from typing import Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_record
from dispatcher_tui.cli.console import (
    Ended,
    ExitCode,
    UsageProblem,
    interactive,
    put,
    put_json,
    say,
)
from dispatcher_tui.cli.options import Json, Out, ask_line, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, ngettext

record_app = group()
"""Its commands stand beside those of ``cli``, under no name of their own."""


@command(record_app, "log", help=_("The journal's entries by the time they occurred"))
def log(
    where: Paths,
    since: Annotated[str, typer.Option("--from", metavar="TIME")] = "",
    until: Annotated[str, typer.Option("--to", metavar="TIME")] = "",
    wanted: Annotated[
        str,
        typer.Option("--find", metavar="TEXT", help=_("Only enquiries and remarks that say so")),
    ] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print a stretch of the journal; a day alone is meant from its beginning to its end."""
    from dispatcher_tui.cli.log import LogAsked, print_log

    with open_record(where) as record:
        print_log(record, where, LogAsked(since, until, wanted), as_json=as_json, out=out)


@command(record_app, "handover", help=_("The last signed hand-over, as text or to a file"))
def handover(
    where: Paths,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print the sheet of the last signed hand-over."""
    from dispatcher_tui.cli.hand_over import print_last

    with open_record(where) as record:
        print_last(record, where, as_json=as_json, out=out)


@command(record_app, "slips", help=_("Every numbered paper and where it is; --owed: not back yet"))
def slips(
    where: Paths,
    owed: Annotated[bool, typer.Option("--owed", help=_("Only the copies that are owed"))] = False,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print where every paper is."""
    from dispatcher_tui.cli.slips import print_slips

    with open_record(where) as record:
        print_slips(record, where, owed=owed, as_json=as_json, out=out)


@command(record_app, "household", help=_("A household's cases, notes, papers: text or file"))
def household(
    where: Paths,
    place: Annotated[str, typer.Argument(metavar="PLACE", help=_("Where it lives"))],
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print a household's file."""
    from dispatcher_tui.cli.household import print_household

    print_household(where, place, as_json=as_json, out=out)


@command(record_app, "register", help=_("A running register of a month: text or file"))
def register(
    where: Paths,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help=_("The month"))],
    form: Annotated[
        str, typer.Option("--form", metavar="ID", help=_("Which one, where there are several"))
    ] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print a running register, with the cases of a month."""
    from dispatcher_tui.cli.registers import print_register

    print_register(where, month, form, as_json=as_json, out=out)


@command(record_app, "month", help=_("The Monthly Summary, as text or to a file"))
def month(
    where: Paths,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help=_("The month"))],
    as_json: Json = False,
    out: Out = None,
) -> None:
    """What a month came to; the signed figures where the head has signed them."""
    from dispatcher_tui.cli.month import print_month

    with open_record(where) as record:
        print_month(record, where, month, as_json=as_json, out=out)


@command(record_app, "verify", help=_("Prove the record; --head also that it is unchanged"))
def verify(
    where: Paths,
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help=_("A hash printed earlier"))
    ] = None,
    rest: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    as_json: Json = False,
) -> None:
    """Chain, fold and file; the first bad entry is named.

    A hash may be typed in groups, as the sheet has it: ``rest`` are those after the first.
    """
    from dispatcher_tui.present.site.verdict_text import verdict_lines, verdict_object
    from dispatcher_tui.store.older import head_as_it_lies

    groups = (head or "", *(rest or ()))
    if head is None or head.startswith("-") or not set("".join(rest or ())) <= set(hexdigits):
        unknown = [word for word in groups if word]
        if unknown:
            raise UsageProblem(_("Unknown words: {words}").format(words=" ".join(unknown)))
    typed = None if head is None else "".join("".join(groups).split()).lower()
    with open_record(where) as record:
        verdict = record.verify(typed)
        known = {"record": record.store.record_hash(), "branch": record.store.branch_hash()}
    lies = head_as_it_lies(where.db)
    if as_json:
        own = {"rows": lies[0], "head": lies[1]} if lies is not None else {}
        put_json({**verdict_object(verdict), **known, **own, "older": lies is not None})
    else:
        for line in verdict_lines(verdict, lies):
            put(line)
    if not verdict.sound:
        raise Ended(ExitCode.UNSOUND)


def _say_head(rows: int, head: str) -> None:
    """What a record had when it was copied, to be written down."""
    words = ngettext("{rows} entry, head {head}", "{rows} entries, head {head}", rows)
    say(words.format(rows=rows, head=head))


def _say_what_verify_names(where: Paths) -> None:
    """What is wrong with a record beside its chain: a copy of it is made all the same."""
    from dispatcher_tui.present.site.verdict_text import besides_lines

    with open_record(where) as record:
        for line in besides_lines(record.named_besides()):
            say(line)


@command(record_app, "backup", help=_("A copy, proved by reading it back"))
def backup(
    where: Paths,
    dest: Annotated[Path, typer.Argument(metavar="DEST", help=_("A folder or a file"))],
    keep: Annotated[
        int, typer.Option("--keep", min=0, help=_("Keep so many copies there; 0 keeps all"))
    ] = 0,
    gently: Annotated[bool, typer.Option("--gently", hidden=True)] = False,
) -> None:
    """Copy the record and write down that it was done."""
    from dispatcher_tui.desk.site.backups import copy_and_record, prune

    if gently and hasattr(os, "nice"):
        os.nice(10)
    copy = copy_and_record(where.db, dest, command_line_actor())
    if keep:
        prune(copy.path.parent, keep)
    put(str(copy.path))
    _say_head(copy.rows, copy.head)
    if not gently:
        _say_what_verify_names(where._replace(db=copy.path))


_RESTORING = _(
    "It says how many entries are lost and how many kept, and names what is open. At a terminal it "
    "asks where something open is lost, or the two went apart. Without one it does as told and "
    "asks nothing. A copy of another record is refused unless --record names it."
)


@command(
    record_app, "restore", help=f"{_('Go on from a copy; a new epoch begins')}\n\n{_RESTORING}"
)
def restore(
    where: Paths,
    source: Annotated[Path, typer.Argument(metavar="SRC", help=_("A copy"))],
    record: Annotated[
        str, typer.Option("--record", metavar="HASH", help=_("The other record that is meant"))
    ] = "",
) -> None:
    """Put a copy in the database's place; the file that stood there is kept aside."""
    from dispatcher_tui.cli.restoring import gone_lines
    from dispatcher_tui.desk.site.backups import came_back, go_on_from

    typed = "".join(record.split()).lower()
    gone = gone_lines(source, where)
    for line in (*gone.heads, *gone.named):
        say(line)
    question = _("Type yes to go on from the copy: ")
    if gone.asks and interactive() and ask_line(question).lower() != "yes":
        say(_("Nothing was changed."))
        raise Ended(ExitCode.FAILED)
    done = go_on_from(source, where.db, command_line_actor(), typed)
    put(str(where.db))
    _say_head(done.rows, done.head)
    if came_back(done, where.db):
        say(_("Households forgotten since the copy was made are there again: forget them anew."))
    if not done.exact:
        say(_("What was given out since the copy is not known: numbers go on at the next hundred."))
    if done.replaced is not None:
        say(_("The file that stood there is now {path}.").format(path=done.replaced))
    if gone.named:
        say(_("NOT in this record any more, to be opened anew now:"))
        for line in gone.named:
            say(line)
    _say_what_verify_names(where)
