"""The two streams of the command line, its exit codes, and the guard that ends every command.

Data goes to stdout, messages to stderr. No command ever ends in a traceback: what nobody foresaw
is written to a file, and the operator is told where.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import IntEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispatcher_tui.domain.words.text import clean_line
from dispatcher_tui.present.i18n import _, choose_language, use

if TYPE_CHECKING:
    from dispatcher_tui.desk.site.doctor import Finding
    from dispatcher_tui.paths import Paths

ERROR_LOG = "desk-error.log"
INTERRUPTED = 130


class ExitCode(IntEnum):
    """How a command ended; part of the contract with whoever calls it."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNSOUND = 3
    OWNED = 4
    DISK = 5


class UsageProblem(Exception):
    """The command was not asked for as it should be; the text says what is missing."""


class Ended(Exception):
    """A command has said all there is to say and ends with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


_BY_FAILURE = {
    "disk": ExitCode.DISK,
    "disk_full": ExitCode.DISK,
    "read_only": ExitCode.DISK,
    "file_lost": ExitCode.DISK,
    "not_kept": ExitCode.DISK,
    "owned": ExitCode.OWNED,
    "damaged": ExitCode.UNSOUND,
    "unsound": ExitCode.UNSOUND,
    "not_printed": ExitCode.DISK,
}
_USAGE_REFUSALS = frozenset(
    {"future", "intake_empty", "unknown_category", "unknown_role", "name_missing", "pin_form"}
    | {"no_month", "month_ahead", "pin_trivial", "head_unnamed", "procedure_not_in_force"}
)


def prepare_streams() -> None:
    """Make both streams take any text: what a terminal cannot show comes out as a mark."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # started with the stream closed
            setattr(sys, name, StringIO())
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        with suppress(ValueError, OSError):
            # A pipe or a file is read by programs: UTF-8 whatever the console's own table is.
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="replace")


def interactive() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):  # no stream at all, or a closed one
        return False


def speak(lang: str | None) -> None:
    """Choose the language; say so where the terminal cannot show the one that was wanted.

    Raises:
        UsageProblem: there is no such language.
    """
    if lang and lang.strip().lower()[:2] not in ("zh", "en"):
        raise UsageProblem(_("--lang is zh or en."))
    chosen, unable = choose_language(lang, os.environ, os.environ.get("TERM", ""))
    use(chosen)
    if unable and interactive():
        say(_("This terminal cannot show Chinese: English is used instead."))


def wear(theme: str | None) -> None:
    """Choose the look for this start; nothing changes where none is named.

    Raises:
        UsageProblem: there is no such look.
    """
    if theme is None:
        return
    from dispatcher_tui.domain.words.looks import WISHES, wish_of

    if not wish_of(theme):
        raise UsageProblem(_("--theme is one of {names}.").format(names=", ".join(WISHES)))
    os.environ["DISPATCHER_THEME"] = wish_of(theme)


def where_is(site: str | None, db: str | None) -> Paths:
    """The paths meant by the options and the environment.

    Raises:
        UsageProblem: no file can have such a name.
    """
    from dispatcher_tui.paths import find_paths
    from dispatcher_tui.private import follow

    try:
        paths = find_paths(site, db, os.environ)
        follow(paths.site)
        return paths
    except (ValueError, RuntimeError) as error:  # NUL, or a home that is not known
        raise UsageProblem(_("--site or --db is not a path.")) from error


def terminal_findings() -> list[Finding]:
    """The terminal itself: size, encoding, whether it can show Chinese."""
    import shutil

    from dispatcher_tui.desk.site.doctor import terminal_findings

    term, (width, height) = os.environ.get("TERM", ""), shutil.get_terminal_size((0, 0))
    there = sys.stdout.isatty()
    return terminal_findings(term, width, height, sys.stdout.encoding or "", there=there)


def put(text: str) -> None:
    """A line of data, without anything in it that could steer a terminal."""
    sys.stdout.write(clean_line(text) + "\n")


def say(text: str) -> None:
    """A line for the person, on stderr."""
    with suppress(OSError, ValueError):
        sys.stderr.write(clean_line(text) + "\n")
        sys.stderr.flush()


def show_rescue_code(code: str) -> None:
    """Print a rescue code, the one time that it can be read; nothing where there is none."""
    if code:
        say(_("The rescue code, for the sealed envelope; it is shown this once:"))
        put(code)


def put_json(found: object) -> None:
    """One JSON value on one line."""
    from dispatcher_tui.present.json_text import json_text

    sys.stdout.write(json_text(found) + "\n")


def json_lines(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A JSON array in pieces, an object a line."""
    from dispatcher_tui.present.json_text import json_text

    lead = "["
    for each in found:
        yield f"{lead}{json_text(each)}"
        lead = ",\n"
    yield "]\n" if lead != "[" else "[]\n"


def put_json_list(found: Iterable[dict[str, Any]]) -> None:
    """The same, written as it is read."""
    for piece in json_lines(found):
        sys.stdout.write(piece)


def explained(error: BaseException) -> tuple[list[str], ExitCode] | None:
    """The lines for an error that was foreseen, and how the command ends; None for another."""
    from dispatcher_tui.domain.case.refusal import Refusal
    from dispatcher_tui.domain.time.when import WhenError
    from dispatcher_tui.domain.words.failure import Failure
    from dispatcher_tui.present.promises import when_problem
    from dispatcher_tui.present.refusals import explain, explain_outside
    from dispatcher_tui.site.problems import SiteError

    if isinstance(error, UsageProblem):
        return [str(error)], ExitCode.USAGE
    if isinstance(error, Refusal):
        usage = error.code in _USAGE_REFUSALS
        return [explain(error)], ExitCode.USAGE if usage else ExitCode.FAILED
    if isinstance(error, Failure):
        return [explain_outside(error)], _BY_FAILURE.get(error.code, ExitCode.FAILED)
    if isinstance(error, WhenError):
        return [when_problem(error.code)], ExitCode.USAGE
    if isinstance(error, SiteError):
        from dispatcher_tui.present.site.site_problems import describe

        return [describe(problem) for problem in error.problems], ExitCode.FAILED
    if isinstance(error, OSError):
        from dispatcher_tui.store.errors import disk_error

        failure = disk_error(error)
        return [explain_outside(failure)], _BY_FAILURE.get(failure.code, ExitCode.FAILED)
    return None


def put_durable(write: Callable[[], None]) -> None:
    """Print what is on the disk already: output that fails takes nothing of it back.

    A script that reads a failure here would open the same case again.
    """
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(_("Recorded, but the output could not be written."))


def _log_crash(folder: Path, details: str) -> Path | None:
    """Keep an error's details; None where no file takes them."""
    import tempfile

    from dispatcher_tui.desk.clock import WallClock
    from dispatcher_tui.private import opened

    for place in (folder, Path(tempfile.gettempdir())):
        path = place / ERROR_LOG
        with suppress(OSError, ValueError), opened(path, "ab") as file:
            told = f"{WallClock().now().isoformat()}\n{clean_line(details)}\n"
            file.write(told.encode("utf-8", "replace"))
            return path
    return None


def log_folder(site: str | None) -> Path:
    """Where the details of an unforeseen error are kept: the site's folder if that is named."""
    try:
        return Path(site or os.environ.get("DISPATCHER_SITE", "") or ".").absolute()
    except (ValueError, OSError):
        return Path()


def crashed(folder: Path, details: str = "") -> ExitCode:
    """Tell of an error that nobody foresaw; the one being handled if no details are given."""
    if not details:
        import traceback

        details = traceback.format_exc()
    path = _log_crash(folder, details)
    say(_("Something went wrong that was not foreseen; nothing of it was saved."))
    if path is not None:
        say(_("The details are in {path}.").format(path=path))
    return ExitCode.FAILED


def guarded(command: Callable[[], None], site: str | None) -> int:
    """Run a command; whatever happens, it ends in one of the exit codes and a clear word.

    ``site`` is the site's folder as it was named, if it was.
    """
    try:
        command()
        sys.stdout.flush()
    except Ended as end:
        return end.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads has heard enough; the interpreter must not complain at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:
        told = explained(error)
        if told is None:
            return crashed(log_folder(site))
        for line in told[0]:
            say(line)
        return told[1]
    return ExitCode.OK
