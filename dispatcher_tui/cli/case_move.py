"""``case move``: hands a case over to another procedure in force and says which it has now."""

from __future__ import annotations

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.case_open import judge_procedure, tell_files
from dispatcher_tui.cli.console import UsageProblem, put, put_durable, put_json
from dispatcher_tui.cli.names import site_names
from dispatcher_tui.desk.case.moving import move_case
from dispatcher_tui.desk.record import Record
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.i18n import _


def hand_case_over(
    paths: Paths, number: str, procedure: str, reason: str, *, as_json: bool
) -> None:
    """Hand a case over; it is on the disk before anything is printed.

    Raises:
        UsageProblem: no reason is given, or the procedure is not in force.
        Refusal: there is no such case, or it cannot be handed over; nothing was written.
    """
    if not reason.strip():
        raise UsageProblem(_("--reason is missing: write why the other procedure has it."))
    with open_desk(paths, actor=command_line_actor()) as desk:
        judge_procedure(desk, procedure)
        done = move_case(desk, number, procedure, reason)
        tell_files(desk)
        record = Record(desk.store, desk.clock)
        told, names = record.case(done.case.id), site_names(record, paths)
        if as_json:
            entries = told.entries or ()
            shown = case_object(
                told.case, told.duties, told.rules, desk.clock.now(), entries, names
            )
            put_durable(lambda: put_json(shown))
            return
        words = entry_text(done.entries[0], told.rules.calendar.tz, names)
        put_durable(lambda: put(f"{done.case.number}  {words}"))
