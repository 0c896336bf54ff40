"""``dispatcher-tui`` and ``python -m dispatcher_tui``.

The desk itself and ``case open`` must start quickly: for them the command line's library is not
even imported.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from itertools import pairwise

COMPLETING = "_DISPATCHER_TUI_COMPLETE"
"""Set by a shell that asks how a command line may go on: no desk is to open then."""


def main() -> int:
    """Run the program; gives its exit code."""
    # Nothing dies while starting, so looking for garbage is time lost; the desk turns it on again.
    gc.disable()
    from dispatcher_tui.cli.console import guarded, prepare_streams, speak, where_is

    prepare_streams()
    from dispatcher_tui.cli.quick import read_opening, shared_only

    arguments = sys.argv[1:]
    if os.environ.get(COMPLETING):
        return _command(arguments)
    named = shared_only(arguments)
    opening = read_opening(arguments) if named is None else None
    if opening is not None:
        named = opening[0]
    if named is None:
        return _command(arguments)
    shared = named

    def job() -> None:
        speak(shared.get("lang"))
        paths = where_is(shared.get("site"), shared.get("db"))
        if opening is None:
            from dispatcher_tui.bootstrap import run_desk

            run_desk(paths)
        else:
            from dispatcher_tui.cli.case_open import open_case

            open_case(paths, opening[1])

    # What is alive as the process ends needs no look for garbage on the way out.
    atexit.register(gc.freeze)
    return guarded(job, shared.get("site"))


def _readable(arguments: list[str]) -> Iterator[str]:
    """Arguments without bytes that are no text, but for file names and the words of a case."""
    words = arguments[:1] == ["case"]
    for before, argument in pairwise(["", *arguments]):
        kept = words or before in ("--site", "--db")
        raw = argument if kept else argument.encode("utf-8", "surrogateescape")
        yield raw if isinstance(raw, str) else raw.decode("utf-8", "replace")


def _command(arguments: list[str]) -> int:
    """Run one command; its help is in the language that is asked for anywhere on the line."""
    from dispatcher_tui.present.i18n import choose_language, use

    lang = next((b for a, b in pairwise(arguments) if a == "--lang"), "")
    lang = next((a[7:] for a in arguments if a.startswith("--lang=")), lang)
    sys.argv[1:] = list(_readable(arguments))
    use(choose_language(lang, os.environ, os.environ.get("TERM", ""))[0])
    from dispatcher_tui.cli.app import run

    gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
