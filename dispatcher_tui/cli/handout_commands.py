"""``handout``: what is out of the handout book, handing out, taking back, a register's page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import UsageProblem, put, put_json, put_json_list, say
from dispatcher_tui.cli.options import Json, Out, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk

handout_app = group(_("The handout book: keys, loans, passes, finds, visitors"))

Register = Annotated[str, typer.Argument(metavar="ID", help=_("Which register"))]
Number = Annotated[int, typer.Argument(metavar="N", help=_("The number it went out with"))]
At = Annotated[str, typer.Option("--at", metavar="TIME", help=_("When it was; now if not given"))]


@command(handout_app, "list", help=_("What is out now, the first to be back first"))
def handout_list(
    where: Paths,
    find: Annotated[
        str, typer.Option("--find", metavar="TEXT", help=_("Number, name, initials or thing"))
    ] = "",
    as_json: Json = False,
) -> None:
    """What is out, all of it or what a text may mean."""
    from dispatcher_tui.desk.watch.handouts import found_out, rows_out
    from dispatcher_tui.present.watch.handout_lines import handout_object, out_row

    with open_desk(where, read_only=True) as desk:
        rows = found_out(desk, find) if find else rows_out(desk)
        now, zone = desk.clock.now(), desk.rules.calendar.tz
    if as_json:
        put_json_list(handout_object(row, now, zone) for row in rows)
        return
    for row in rows:
        put(out_row(row, now, zone))


@command(handout_app, "registers", help=_("The registers in force, with their fields and things"))
def handout_registers(where: Paths, as_json: Json = False) -> None:
    """Which registers there are."""
    from dispatcher_tui.desk.watch.handouts import handouts_now
    from dispatcher_tui.present.watch.handout_lines import register_line, register_object

    with open_desk(where, read_only=True) as desk:
        found, now = handouts_now(desk), desk.clock.now()
    if as_json:
        put_json_list(register_object(each) for each in found.registers)
        return
    for each in found.registers:
        put(f"{each.id:12} {register_line(each, found.out, now)}")


def _fields(given: list[str]) -> dict[str, str]:
    """``FIELD=TEXT`` by the fields' ids."""
    found = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals:
            words = _("--field {text}: write FIELD=TEXT, as handout registers --json names them.")
            raise UsageProblem(words.format(text=each))
        found[name] = text
    return found


def _moment(desk: Desk, text: str, option: str, *, ahead: bool = False) -> datetime | None:
    """A time as it is typed; None where nothing is."""
    from dispatcher_tui.desk.watch.sayings import sayings
    from dispatcher_tui.domain.time.when import WhenError, parse_past, parse_promise
    from dispatcher_tui.present.promises import when_problem

    if not text:
        return None
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    try:
        if ahead:
            return parse_promise(text, now, zone, sayings(desk, desk.post, now))
        return parse_past(text, now, zone)
    except WhenError as error:
        raise UsageProblem(f"{option} {text}: {when_problem(error.code)}") from error


def _said(desk: Desk, number: int, words: str, *, as_json: bool) -> None:
    """Tell of what is out with a number."""
    from dispatcher_tui.desk.watch.handouts import rows_out
    from dispatcher_tui.present.watch.handout_lines import handout_object

    now, zone = desk.clock.now(), desk.rules.calendar.tz
    row = next((each for each in rows_out(desk) if each.number == number), None)
    if as_json:
        put_json(handout_object(row, now, zone) if row is not None else {"number": number})
        return
    say(words.format(number=number))


@command(handout_app, "out", help=_("Write down that something goes out"))
def handout_out(
    where: Paths,
    register: Register,
    thing: Annotated[
        str, typer.Option("--thing", metavar="ID", help=_("Which of its things"))
    ] = "",
    what: Annotated[str, typer.Option("--what", help=_("What it is"))] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME", help=_("Who has it"))] = "",
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="ID=TEXT", help=_("A field of the register")),
    ] = None,
    due: Annotated[
        str, typer.Option("--due", metavar="TIME", help=_("To be back by another time"))
    ] = "",
    at: At = "",
    as_json: Json = False,
) -> None:
    """Write it down; exit 0 means durable."""
    from dispatcher_tui.desk.watch.handouts import hand_out
    from dispatcher_tui.domain.case.decide_handouts import HandOutAsked
    from dispatcher_tui.domain.record.handout_events import ThingHandedOut

    if not who.strip():
        raise UsageProblem(_("Say who has it: --who NAME."))
    fields = _fields(field or [])
    with open_desk(where, actor=command_line_actor()) as desk:
        by = _moment(desk, due, "--due", ahead=True)
        asked = HandOutAsked(register, thing, what, who, fields, by)
        event = hand_out(desk, asked, _moment(desk, at, "--at")).event
        assert isinstance(event, ThingHandedOut)
        _said(desk, event.number, _("Out, number {number}."), as_json=as_json)


@command(handout_app, "back", help=_("Write down that what went out with that number is back"))
def handout_back(
    where: Paths,
    number: Number,
    who: Annotated[
        str, typer.Option("--who", metavar="NAME", help=_("Who takes it, where that is asked"))
    ] = "",
    note: Annotated[str, typer.Option("--note", help=_("What is to be noted"))] = "",
    at: At = "",
    as_json: Json = False,
) -> None:
    """Write it down; exit 0 means durable."""
    from dispatcher_tui.desk.watch.handouts import take_back
    from dispatcher_tui.domain.case.decide_handouts import BackAsked

    with open_desk(where, actor=command_line_actor()) as desk:
        take_back(desk, BackAsked(number, who, note), _moment(desk, at, "--at"))
        _said(desk, number, _("Number {number} is back."), as_json=as_json)


def _day(text: str, option: str) -> date | None:
    from dispatcher_tui.site.clock_times import parse_date

    found = parse_date(text, sheet=True) if text else None
    if text and found is None:
        words = _("{option}: {text} is not a date such as 2026-10-01")
        raise UsageProblem(words.format(option=option, text=text))
    return found


@command(handout_app, "show", help=_("A register by the page: text or file"))
def handout_show(
    where: Paths,
    register: Register,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help=_("First day; the month's if not given"))
    ] = "",
    until: Annotated[
        str, typer.Option("--to", metavar="DATE", help=_("Last day; today if not given"))
    ] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print a register of the handout book."""
    from dispatcher_tui.cli.out_file import print_paper
    from dispatcher_tui.desk.watch.handouts import handout_book

    first, last = _day(since, "--from"), _day(until, "--to")
    with open_desk(where, read_only=True) as desk:
        book = handout_book(desk, register, first, last)
    said = _("The register is in {path}.").format(path=out)
    print_paper(out, where, lambda to, kind: to.report(book, kind), said, as_json=as_json)
