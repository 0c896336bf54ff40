"""Runs the program's own ``main`` in this process, or the whole program in one of its own."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
import typer.main

from dispatcher_tui.__main__ import main
from dispatcher_tui.present.i18n import language, use

ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Result]


class _Stdin(io.StringIO):
    """A pipe as far as the program can tell."""

    def isatty(self) -> bool:
        return False


_put_together = typer.main.get_command


@cache
def _commands(app: typer.Typer, _language: str) -> object:
    """The commands in a language, put together once a run: a fifth of what a short one takes."""
    return _put_together(app)


def _commands_of(app: typer.Typer) -> object:
    return _commands(app, language())


def in_process(monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs one command line; nobody sits at a terminal."""

    def run(*arguments: str | Path, stdin: str = "") -> Result:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(typer.main, "get_command", _commands_of)
            patch.setattr(sys, "argv", ["dispatcher-tui", *map(str, arguments)])
            patch.setattr(sys, "stdin", _Stdin(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                code = main()
            finally:
                gc.enable()
                use("en")
        result = Result(code, out.getvalue(), err.getvalue())
        assert "Traceback" not in result.out + result.err
        return result

    return run


def environment(**more: str) -> dict[str, str]:
    """An environment without anything of the developer's own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DISPATCHER_")}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


def program(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """The whole program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "dispatcher_tui", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment(**(env or {})),
        timeout=60,
        check=False,
        **more,
    )
