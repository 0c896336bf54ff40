"""The board widget alone under a running clock: ``python -m tests.bench.board_app ROWS``.

Shows what the widget costs without the store and the rest of the desk. Every case has a clock
that runs, so as many countdowns are live as lines fit on the screen.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime, timedelta

gc.disable()  # as the desk starts: no collection until the first frame stands
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

from textual.app import ComposeResult  # noqa: E402

from dispatcher_tui.present.case.board_rows import BoardRow  # noqa: E402
from dispatcher_tui.tui.look import LookApp  # noqa: E402
from dispatcher_tui.tui.widgets.board_table import BoardTable  # noqa: E402


def rows(count: int, now: datetime) -> list[BoardRow]:
    """Believable rows, the nearest duty first, a few overdue and a few nobody was told of."""
    return [
        BoardRow(
            case_id=f"case-{n}",
            number=f"{261121 - n // 90:06}-{n % 90 + 1:02}",
            due=now + timedelta(seconds=37 * n - 150),
            level="grave" if n % 5 == 0 else "ordinary",
            level_text="重大" if n % 5 == 0 else "一般",
            place=f"{n % 9 + 1}-2-{n % 30 + 1:02}02",
            content="漏水到楼下两户，已经关了水阀",
            assignee="未通知" if n % 7 == 0 else "张伟 维修",
            step="第一次跟进",
            shout=n % 7 == 0,
            grave=n % 5 == 0,
            emergency=n == 3,
        )
        for n in range(count)
    ]


class BoardApp(LookApp[None]):
    """One widget and a clock."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """The board and nothing else."""
        yield BoardTable(id="board")

    def on_mount(self) -> None:
        """Fill the board, start the clock, let the collector work again."""
        board = self.query_one(BoardTable)
        now = datetime.now(UTC)
        board.tick(now)
        board.set_rows(rows(self._count, now))
        board.focus()
        self.set_interval(1.0, lambda: board.tick(datetime.now(UTC)))
        self.call_after_refresh(self._started)

    def _started(self) -> None:
        """What exists now will stay: keep the collector away from it."""
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    BoardApp(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).run()
