"""What is done while the power may go: run as a program, traced call by call.

``python -m tests.faults.power_work FOLDER``: in each of its folders the work of that name is done,
by the program's own command line. What it prints are the acknowledgements.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dispatcher_tui.__main__ import main
from dispatcher_tui.store.store import Store
from tests.faults.command_line import INTAKE

CASE, BACKUP, RESTORE, MOVE = "case", "backup", "restore", "move"
COPY = "copy.sqlite3"
"""The copy that is made, and the one that is gone on from, in the work's folder."""


def _command(folder: Path, *arguments: str) -> None:
    sys.argv = ["dispatcher-tui", "--site", str(folder / "site"), "--lang", "en", *arguments]
    code = main()
    if code:
        sys.exit(f"{folder.name}: exit {code}")


def work(folder: Path) -> None:
    """Do what the folder is named after."""
    name = folder.name.partition("-")[0]
    if name == CASE:
        for _ in range(2):
            _command(folder, *INTAKE)
    elif name == BACKUP:
        _command(folder, "backup", str(folder / COPY))
    elif name == RESTORE:
        _command(folder, "restore", str(folder / COPY))
    else:
        Store.open(folder / "desk.sqlite3", ballast=0).close()
        print("moved", flush=True)


if __name__ == "__main__":
    for each in sorted(Path(sys.argv[1]).iterdir()):
        print(f"begin {each.name}", flush=True)
        work(each)
