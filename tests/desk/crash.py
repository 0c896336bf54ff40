"""A hand-over that dies at its n-th write, each in a process of its own: ``crash FOLDER``.

``FOLDER`` holds the desk as it was before; a copy of it is left beside for each n, until the
hand-over gets through. What it takes to begin is read once: each process is a fork.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dispatcher_tui.desk.watch.hand_over import draw_sheet, hand_over
from dispatcher_tui.store.db import Db
from tests.desk.on_watch import LI, WANG, all_answered, open_desk
from tests.domain.support import local

MOST = 40
"""More writes than a hand-over has."""

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _counted(ask: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def asked(*args: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), KILL)
        return ask(*args, **options)

    return asked


def die(folder: Path, nth: int) -> None:
    """Die before that write; with fewer of them, hand over and end well."""
    desk = open_desk(folder, local("2026-11-18 18:50"), WANG.name)
    drawn = draw_sheet(desk)
    left = [nth]
    Db.run = _counted(Db.run, left)  # type: ignore[method-assign]
    hand_over(desk, drawn, LI, WANG, all_answered(drawn), heard=True)


def main(before: Path) -> None:
    """Kill one after the other."""
    for nth in range(1, MOST):
        folder = before.with_name(f"try-{nth}")
        shutil.copytree(before, folder)
        child = os.fork()
        if not child:
            die(folder, nth)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
