"""What every command of the command line shares: where the site is, the language, the guard."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from dispatcher_tui.cli.console import UsageProblem, guarded, interactive, speak, wear, where_is
from dispatcher_tui.domain.record.opening import FIELDS
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.terms import field_name
from dispatcher_tui.present.usage_text import help_text

SiteOption = Annotated[
    str | None,
    typer.Option("--site", metavar="DIR", help=_("The site's folder (DISPATCHER_SITE)")),
]
DbOption = Annotated[
    str | None,
    typer.Option("--db", metavar="FILE", help=_("The database (DISPATCHER_DB)")),
]
LangOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="zh|en", help=_("The language, zh or en (DISPATCHER_LANG)")),
]
ThemeOption = Annotated[
    str | None,
    typer.Option("--theme", metavar="NAME", help=_("The colours of the desk (DISPATCHER_THEME)")),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON"))]
ListFiles = Annotated[list[Path], typer.Argument(metavar="FILE")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Only say what would become of the lists"))
]
Replace = Annotated[bool, typer.Option("--replace", help=_("Even if much of a list goes by it"))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=_("Write .xlsx, .pdf, .md, .json, .csv or .txt")),
]
"""Of every command that can write a file; see ``out_file``."""

_SHARED: dict[str, Any] = {"site": SiteOption, "db": DbOption, "lang": LangOption}


class _Command(TyperCommand):
    """A command whose help is in the language in use."""

    def get_help(self, ctx: Any) -> str:
        """The parser's help in the language in use."""
        return help_text(super().get_help(ctx))


class _Group(TyperGroup):
    """A group whose help is in the language in use."""

    def get_help(self, ctx: Any) -> str:
        """The parser's help in the language in use."""
        return help_text(super().get_help(ctx))


def group(summary: str = "", *, alone: bool = False) -> typer.Typer:
    """A group of commands; ``alone``: the whole, which opens the desk without any of them.

    The whole has the options that teach a shell to complete its words.
    """
    return typer.Typer(
        cls=_Group,
        help=summary or None,
        add_completion=alone,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=not alone,
        invoke_without_command=alone,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def opening_options() -> tuple[inspect.Parameter, ...]:
    """What can be told when a case is opened, by the names of the intake's form."""
    helps = {
        "category": _("Id, name or initials"),
        "channel": _("Channel; phone, or panel where a panel is named"),
        "said": _("The caller's words"),
        "facts": _("Repeatable"),
        "panel": _("Which alarm panel sounded"),
    }
    kinds: dict[str, tuple[object, object]] = {
        "channel": (Channel | None, None),
        "facts": (list[Fact], []),
    }
    found = []
    for field in FIELDS:
        name = field.on_form
        kind, default = kinds.get(name, (str, ""))
        words = helps.get(name) or field_name(field.name)
        words = words[:1].upper() + words[1:]
        metavar = "ID" if name == "panel" else None
        option = typer.Option(default, f"--{field.as_option}", help=words, metavar=metavar)
        keyword = inspect.Parameter.KEYWORD_ONLY
        found.append(inspect.Parameter(name, keyword, default=option, annotation=kind))
    return tuple(found)


def _wrapped(
    function: Callable[..., None], options: Sequence[inspect.Parameter]
) -> Callable[..., None]:
    """The function as Typer sees it: with ``options`` beside its own, and with the shared ones,
    which may also stand before it."""
    signature = inspect.signature(function, eval_str=True)
    more = inspect.Parameter.VAR_KEYWORD  # it takes the options that come from a declaration
    own = [p for p in signature.parameters.values() if p.name != "where" and p.kind is not more]

    def command(**given: Any) -> None:
        context = given.pop("context")
        named = {**(context.find_root().obj or {})}
        named.update({name: given.pop(name) for name in _SHARED if given[name] is not None})
        given = {name: value for name, value in given.items() if name not in _SHARED}

        def job() -> None:
            speak(named.get("lang"))
            wear(named.get("theme"))
            function(where_is(named.get("site"), named.get("db")), **given)

        code = guarded(job, named.get("site"))
        if code:
            raise typer.Exit(code)

    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter("context", keyword, annotation=typer.Context),
        *(inspect.Parameter(n, keyword, default=None, annotation=a) for n, a in _SHARED.items()),
    ]
    every = [*options, *(p.replace(kind=keyword) for p in own), *shared]
    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in every}
    return command


def ask_line(words: str, **named: object) -> str:
    """A line that may stay empty, asked for where somebody sits at the terminal; else nothing."""
    if not interactive():
        return ""
    try:
        return input(words.format(**named)).strip()
    except EOFError:
        return ""


def read_pin(name: str, *, pin_stdin: bool) -> str:
    """The PIN for an operator: a line of stdin, or asked twice at the terminal.

    Raises:
        UsageProblem: there is nobody to ask, nothing to read, or the two are not the same.
    """
    if pin_stdin:
        # Python has no stdin at all where it was closed before the start.
        pin = (sys.stdin.readline() if sys.stdin else "").rstrip("\r\n")
        if not pin:
            raise UsageProblem(_("There is no PIN on stdin (--pin-stdin)."))
        return pin
    if not interactive():
        raise UsageProblem(_("Without a terminal the PIN comes with --pin-stdin."))
    from getpass import getpass

    try:
        pin = getpass(_("PIN for {name}: ").format(name=name))
        again = getpass(_("The same PIN again: "))
    except EOFError as error:
        raise UsageProblem(_("Without a terminal the PIN comes with --pin-stdin.")) from error
    if again != pin:
        raise UsageProblem(_("The two PINs are not the same."))
    return pin


def command(
    app: typer.Typer,
    name: str,
    help: str,  # noqa: A002 - the name Typer gives it
    options: Sequence[inspect.Parameter] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function that begins with ``where`` a command of ``app``.

    Args:
        app: the group that it belongs to.
        name: what is typed for it.
        help: what it is for.
        options: those it takes besides the ones of its signature.
    """

    def add(function: Callable[..., None]) -> Callable[..., None]:
        app.command(name, cls=_Command, help=help)(_wrapped(function, options))
        return function

    return add
