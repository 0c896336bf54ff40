"""The yardstick: Textual's own parts, nothing else. Run as ``python -m tests.bench.minimal_app``.

One argument: how many rows its table holds (50 unless told). Every row shows its number twice.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class MinimalApp(App[None]):
    """Header, a table, Footer."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._count = rows

    def compose(self) -> ComposeResult:
        """The three widgets."""
        yield Header()
        yield DataTable()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table with seven columns, as many as the board has."""
        table = self.query_one(DataTable)
        table.add_columns("Remaining", "Level", "Number", "Place", "Content", "Assignee", "Step")
        for n in range(self._count):
            row = (f"row{n:05}", "grave", f"261121-{n:05}", "3-2-1502", f"what happened {n}")
            table.add_row(*row, "Zhang Wei", "first follow-up")


if __name__ == "__main__":
    MinimalApp(int(sys.argv[1]) if len(sys.argv) > 1 else 50).run()
