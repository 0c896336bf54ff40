"""Which homes a case warns one by one, and since when each is owed its call."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.duties.runs import Round, Run, rounds, spans
from dispatcher_tui.domain.procedure import Deadline
from dispatcher_tui.domain.record.case import Case


def home_runs(clock: Deadline, case: Case, round_: Round) -> Iterator[tuple[str, Run]]:
    """A run for each home that was named in a round, until somebody there was reached."""
    if not any(True for _each in spans(clock.when, case)):
        return
    number = rounds(case).index(round_) + 1
    over = [s.at for s in round_.signals if s.name in clock.cancels]
    over += [round_.over] if round_.over is not None else []
    for home in case.homes:
        if home.round != number:
            continue
        ended = max(home.named_at, min(over)) if over and home.warned_at is None else None
        yield home.home, Run(home.named_at, done_at=home.warned_at, cancelled_at=ended)
