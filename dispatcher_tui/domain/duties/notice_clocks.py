"""By which clock somebody is told of a case, and by when what was passed on is corrected."""

from __future__ import annotations

from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.procedure import Deadline, Procedure
from dispatcher_tui.domain.record.case import Case


def notice_clock(procedure: Procedure, case: Case, after: str = "opened") -> Deadline | None:
    """The clock by which somebody is told of a case, begun by its opening or another signal."""
    found = (c for c in procedure.clocks if c.do == "notify" and after in c.starts)
    return next((c for c in found if fits_now(c.when, case)), None)


def correction_limit(procedure: Procedure, case: Case) -> tuple[str, str]:
    """The rule by which a correction is passed on, and by when: as the notice itself is given."""
    told = notice_clock(procedure, case)
    told = told or next((c for c in procedure.clocks if c.do == "notify"), None)
    return (told.rule, told.due) if told else (procedure.keep.rule, procedure.keep.due)
