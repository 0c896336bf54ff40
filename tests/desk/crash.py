"""A hand-over in a process of its own that dies at its n-th write: ``crash FOLDER N``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dispatcher_tui.desk.watch.hand_over import draw_sheet, hand_over
from dispatcher_tui.store.db import Db
from tests.desk.on_watch import LI, WANG, all_answered, open_desk
from tests.domain.support import local

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def _counted(ask: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def asked(*args: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), KILL)
        return ask(*args, **options)

    return asked


def main(folder: Path, nth: int) -> None:
    """Die before that write; with fewer of them, hand over and end well."""
    desk = open_desk(folder, local("2026-11-18 18:50"), WANG.name)
    drawn = draw_sheet(desk)
    left = [nth]
    Db.run = _counted(Db.run, left)  # type: ignore[method-assign]
    hand_over(desk, drawn, LI, WANG, all_answered(drawn), heard=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
