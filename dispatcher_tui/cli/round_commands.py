"""``round``: how the rounds of the watch stand, recording one, and a day's record."""

from __future__ import annotations

from typing import Annotated

import typer

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import UsageProblem, put, put_json, put_json_list, say
from dispatcher_tui.cli.options import Json, Out, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, localized

round_app = group(_("The rounds of the watch: how they stand, record one"))

Round = Annotated[str, typer.Argument(metavar="ID", help=_("Which round"))]


@command(round_app, "list", help=_("Every round in force, how it stands and by when"))
def round_list(where: Paths, as_json: Json = False) -> None:
    """How each stands now."""
    from dispatcher_tui.desk.watch.rounds import rounds_now
    from dispatcher_tui.present.watch.round_lines import stand_object, stand_row

    with open_desk(where, read_only=True) as desk:
        found, now, zone = rounds_now(desk), desk.clock.now(), desk.rules.calendar.tz
    if as_json:
        put_json_list(stand_object(each, now, zone) for each in found)
        return
    for each in found:
        put(f"{each.plan.id:12} {stand_row(each, now, zone)}")


def _found(given: list[str]) -> dict[str, int]:
    """``PART=DIGIT`` by the parts' ids."""
    found = {}
    for each in given:
        part, equals, digit = each.partition("=")
        if not equals or not (digit.isascii() and digit.isdigit()):
            words = _("--found {text}: write PART=DIGIT, as round list --json names them.")
            raise UsageProblem(words.format(text=each))
        found[part] = int(digit)
    return found


@command(round_app, "record", help=_("Record a round in the stretch that runs now"))
def round_record(
    where: Paths,
    round_id: Round,
    found: Annotated[
        list[str] | None,
        typer.Option("--found", metavar="PART=N", help=_("How a part was found; 1 is in order")),
    ] = None,
    word: Annotated[str, typer.Option("--word", help=_("What was handled"))] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who made it"))] = "",
    second: Annotated[
        str, typer.Option("--with", metavar="NAME", help=_("Who was there besides"))
    ] = "",
    reason: Annotated[str, typer.Option("--late", help=_("Why it comes late"))] = "",
    again: Annotated[
        bool, typer.Option("--again", help=_("Although it was recorded already"))
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a round down; exit 0 means durable."""
    from dispatcher_tui.desk.watch.rounds import record_round, rounds_now
    from dispatcher_tui.domain.case.decide_rounds import RoundAsked
    from dispatcher_tui.present.watch.round_lines import stand_object

    if not by.strip():
        raise UsageProblem(_("Say who made it: --by NAME."))
    asked = RoundAsked(round_id, _found(found or []), word, second, reason, by, again=again)
    with open_desk(where, actor=command_line_actor()) as desk:
        record_round(desk, asked)
        stand = next(each for each in rounds_now(desk) if each.plan.id == round_id)
        now, zone = desk.clock.now(), desk.rules.calendar.tz
    if as_json:
        put_json(stand_object(stand, now, zone))
        return
    say(_("Recorded: {name}").format(name=localized(stand.plan.label)))


@command(round_app, "show", help=_("A round's record of a day: text or file"))
def round_show(
    where: Paths,
    round_id: Round,
    day: Annotated[
        str, typer.Option("--day", metavar="DATE", help=_("Which day; today if not given"))
    ] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print a round's record, as the fire control room keeps it."""
    from dispatcher_tui.cli.out_file import print_paper
    from dispatcher_tui.desk.watch.rounds import round_sheet
    from dispatcher_tui.site.clock_times import parse_date

    wanted = parse_date(day, sheet=True) if day else None
    if day and wanted is None:
        words = _("{option}: {text} is not a date such as 2026-10-01")
        raise UsageProblem(words.format(option="--day", text=day))
    with open_desk(where, read_only=True) as desk:
        sheet = round_sheet(desk, round_id, wanted)
    said = _("The record is in {path}.").format(path=out)
    print_paper(out, where, lambda to, kind: to.report(sheet, kind), said, as_json=as_json)
