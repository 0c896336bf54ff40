"""The command line: parses, calls the desk, prints. Its words and codes are a contract.

Data goes to stdout, messages to stderr; nothing is asked where nobody sits at a terminal. Each
command imports what it needs when it runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import asdict

from dispatcher_tui.bootstrap import (
    command_line_actor,
    create_site,
    open_desk,
    run_demo,
    run_desk,
)
from dispatcher_tui.cli.case_commands import case_app
from dispatcher_tui.cli.console import (
    Ended,
    ExitCode,
    UsageProblem,
    crashed,
    guarded,
    interactive,
    log_folder,
    put,
    put_json,
    say,
    show_rescue_code,
    speak,
    wear,
    where_is,
)
from dispatcher_tui.cli.fee_commands import fee_app
from dispatcher_tui.cli.handout_commands import handout_app
from dispatcher_tui.cli.holiday_tables import calendar_app
from dispatcher_tui.cli.notice_commands import notice_app
from dispatcher_tui.cli.options import (
    DbOption,
    DryRun,
    Json,
    LangOption,
    ListFiles,
    Out,
    Replace,
    SiteOption,
    ThemeOption,
    ask_line,
    command,
    group,
    read_pin,
)
from dispatcher_tui.cli.print_manual import manual_app
from dispatcher_tui.cli.record import record_app
from dispatcher_tui.cli.ring import ring_app
from dispatcher_tui.cli.rota_commands import rota_app
from dispatcher_tui.cli.round_commands import round_app
from dispatcher_tui.cli.spare_commands import spare_app
from dispatcher_tui.cli.who_signs import Role, operator_app
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _
from dispatcher_tui.site.shipped import procedure_ids

if TYPE_CHECKING:
    pass

PinStdin = Annotated[bool, typer.Option("--pin-stdin", help=_("Read the PIN from stdin"))]


PROGRAM = "dispatcher-tui"
"""What it is called as a command and as a package."""

app = group(_("A duty desk: alone it opens the board."), alone=True)
site_app = group(_("Check the site's files, take over its lists"))
app.add_typer(case_app, name="case")
app.add_typer(site_app, name="site")
app.add_typer(operator_app, name="operator")
app.add_typer(calendar_app, name="calendar")
app.add_typer(rota_app, name="rota")
app.add_typer(round_app, name="round")
app.add_typer(handout_app, name="handout")
app.add_typer(notice_app, name="notice")
app.add_typer(spare_app, name="spare")
app.add_typer(fee_app, name="fee")
for beside in (record_app, manual_app, ring_app):
    app.add_typer(beside)


def _tell_version(wanted: bool) -> None:
    """Print the version that is installed and end, whatever else stands on the line."""
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        put(f"{PROGRAM} {version(PROGRAM)}")
    except PackageNotFoundError:  # started in a folder of source that nobody installed
        put(f"{PROGRAM} ({_('not installed')})")
    raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_tell_version, is_eager=True, help=_("Print the version")),
]


@app.callback()
def root(
    context: typer.Context,
    site: SiteOption = None,
    db: DbOption = None,
    lang: LangOption = None,
    theme: ThemeOption = None,
    version: Version = False,
) -> None:
    """Keep what stands before the command; without a command, open the desk."""
    context.obj = {"site": site, "db": db, "lang": lang, "theme": theme}
    if context.invoked_subcommand is None:

        def job() -> None:
            speak(lang)
            wear(theme)
            run_desk(where_is(site, db))

        code = guarded(job, site)
        if code:
            raise typer.Exit(code)


@command(app, "demo", help=_("The desk on a throwaway, believable estate"))
def demo(
    where: Paths,
    at: Annotated[str, typer.Option("--at", help=_("Set the demo's clock"))] = "",
    speed: Annotated[float, typer.Option("--speed", help=_("Run its clock N times as fast"))] = 1,
    guide: Annotated[bool, typer.Option("--guide", help=_("Lead through a first night"))] = False,
    theme: ThemeOption = None,
) -> None:
    """Open the demo; its database goes away with it, but for a guided night that was left."""
    wear(theme)
    if guide:
        from dispatcher_tui.cli.guided_night import run_guided

        run_guided(at, speed)
    else:
        run_demo(at, speed)


@command(app, "drill", help=_("An emergency drill on a scratch copy of the record"))
def drill(
    where: Paths,
    speed: Annotated[float, typer.Option("--speed", help=_("Run its clock N times as fast"))] = 1,
    kind: Annotated[
        str, typer.Option("--kind", metavar="ID", help=_("The kind of emergency to drill"))
    ] = "",
    as_json: Json = False,
    theme: ThemeOption = None,
) -> None:
    """Drill; the record itself keeps one entry of it, if the operator wants it to."""
    from dispatcher_tui.cli.drill import run_drill

    wear(theme)
    run_drill(where, speed, kind, as_json=as_json)


_PROCEDURES = "\n".join(["\b", _("The written procedures, for --procedure:"), *procedure_ids()])
"""Not wrapped: each id whole on a line of its own, to be copied."""


@command(app, "init", help=f"{_('Lay out a new site and make its database')}\n\n{_PROCEDURES}")
def init(
    where: Paths,
    procedure: Annotated[
        str, typer.Option("--procedure", metavar="ID", help=_("The written procedure it works by"))
    ] = "",
    operator: Annotated[str, typer.Option("--operator", help=_("The first operator"))] = "",
    role: Role = "dispatcher",
    name: Annotated[str, typer.Option("--name", help=_("The site's name"))] = "",
    zone: Annotated[str, typer.Option("--zone", help=_("Its time zone"))] = "",
    address: Annotated[str, typer.Option("--address", help=_("City, street and number"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("The desk's own number"))] = "",
    pin_stdin: PinStdin = False,
) -> None:
    """Make a site; everything is judged before anything is written."""
    from dispatcher_tui.desk.site.setup import Setup, defaults
    from dispatcher_tui.site.texts import SITE as SITE_FILE

    if not where.named:
        raise UsageProblem(_("Name the folder of the new site: --site DIR."))
    if not pin_stdin and not (where.site / SITE_FILE).exists():
        name = name or ask_line(_("Name of the estate (Enter: {name}): "), name=where.site.name)
        address = address or ask_line(_("Its city, street and number (Enter: later): "))
        phone = phone or ask_line(_("This desk's own telephone number (Enter: later): "))
    pin = read_pin(operator, pin_stdin=pin_stdin) if operator else ""
    given = defaults()
    zone, procedure = zone or given.zone, procedure or given.procedure
    name = name or where.site.name
    setup = Setup(name, zone, procedure, operator, role, pin, address, phone)
    code = create_site(where, setup, at_desk=False)
    say(_("The site is in {path}.").format(path=where.site))
    say(
        _(
            "Fill in site.toml there: under [address] the crossing, gates and key box, "
            "under [outside] gas, water, the lift contractor."
        )
    )
    say(_("Fill units.csv and roster.csv there, then take them over with site import."))
    show_rescue_code(code)


@command(app, "doctor", help=_("Look at what the desk stands on"))
def doctor(where: Paths, as_json: Json = False) -> None:
    """Terminal, keys, SQLite, disk, clock, holiday tables, sound."""
    from dispatcher_tui.cli.checks import examine
    from dispatcher_tui.present.site.doctor_text import finding_line, finding_text

    findings = examine(where, ask=interactive() and not as_json)
    if as_json:
        put_json([{**asdict(f), "text": finding_text(f.code, f.detail)} for f in findings])
    else:
        for f in findings:
            put(finding_line(f.what, f.health.value, f.code, f.detail))
    if any(f.health.value == "bad" for f in findings):
        raise Ended(ExitCode.FAILED)


@command(site_app, "check", help=_("Every file: which key, why, what to write instead"))
def site_check(where: Paths, as_json: Json = False) -> None:
    """Judge the site's files, and the roster against its ladders."""
    from dispatcher_tui.cli.checks import judge_site
    from dispatcher_tui.present.site.site_problems import describe, reason

    problems, warnings = judge_site(where)
    for each in warnings:
        say(_("Note: {problem}").format(problem=describe(each)))
    if as_json:
        put_json([{"file": p.file, "key": p.key, "reason": reason(p)} for p in problems])
    else:
        for problem in problems:
            put(describe(problem))
    if problems:
        raise Ended(ExitCode.FAILED)
    say(_("Every file is good."))


@command(site_app, "import", help=_("Take over units, roster and rota from XLSX or CSV"))
def site_import(
    where: Paths,
    files: ListFiles,
    dry_run: DryRun = False,
    replace: Replace = False,
) -> None:
    """Take over lists; where one has a fault, none is taken over."""
    from dispatcher_tui.cli.lists import import_files

    import_files(where, files, dry_run=dry_run, replace=replace)


@command(
    site_app, "export", help=_("Units, roster and rota as XLSX, to fill in and take over again")
)
def site_export(
    where: Paths,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=_("Write .xlsx"))],
) -> None:
    """Write the lists into a workbook, with what belongs in each column."""
    from dispatcher_tui.cli.lists import export_lists

    export_lists(where, out)


@command(site_app, "notes", help=_("Notes on households that stand, with their expiry"))
def site_notes(
    where: Paths,
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help=_("One household; else every one"))
    ] = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Print what is noted on households."""
    from dispatcher_tui.cli.site_notes import print_notes

    print_notes(where, place, as_json=as_json, out=out)


@command(site_app, "forget", help=_("A household out of the lists, and of every text of them"))
def site_forget(
    where: Paths,
    place: Annotated[str, typer.Argument(metavar="PLACE", help=_("Where it lives"))],
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask once more"))] = False,
) -> None:
    """Forget a household; says what is left to do by hand."""
    from dispatcher_tui.desk.site.forgetting import forget, held
    from dispatcher_tui.present.site.forget_lines import forgotten_lines, held_lines

    if not yes and not interactive():
        raise UsageProblem(_("--yes is missing, and nobody can be asked: nothing was changed."))
    with open_desk(where, actor=command_line_actor()) as desk:
        if not yes:
            for line in held_lines(held(desk, place)):
                say(line)
            if ask_line(_("Type yes to forget it for good: ")).lower() != "yes":
                say(_("Nothing was changed."))
                raise Ended(ExitCode.FAILED)
        done = forget(desk, place)
        for line in forgotten_lines(done, desk.rules.calendar.tz):
            put(line)
    if done.traces is not None:
        raise Ended(ExitCode.FAILED)


def run() -> int:
    """Run the command that is on the command line; gives its exit code."""
    try:
        return int(app(standalone_mode=False, prog_name=PROGRAM) or 0)
    except Exception as error:
        told = getattr(error, "format_message", None)
        if told is None:
            return crashed(log_folder(None))
        from dispatcher_tui.present.usage_text import usage_text

        say(usage_text(str(told())))
        return int(getattr(error, "exit_code", ExitCode.USAGE))
