"""A case on a desk from the call to the binder, in the fewest words."""

from __future__ import annotations

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from tests.desk.on_watch import put


def written_off(desk: Desk, at: str, answer: str = "", **form: str) -> Case:
    """A complaint that came in at a moment and was written off the same minute."""
    given: dict[str, object] = {"place": "3-2-1502", "said": "厨房漏水", "category": "leak"}
    intake = Intake(**{**given, **form})  # type: ignore[arg-type]
    case = put(desk, at).open_case(intake).case
    reached = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED)
    desk.perform(case.id, reached)
    items = {"cause": "接头老化", **({"substandard": answer} if answer else {})}
    done = cmd.WriteOff(
        by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED, items=items
    )
    return desk.perform(case.id, done).case


def filed(desk: Desk, case_id: str, role: str = "") -> Case:
    """The same case with its paper in the binder: final."""
    for command in (
        cmd.ReceivePaper(number="FW-000001"),
        cmd.SignPaper(signer="李建国", role=role),
        cmd.FilePaper(binder="2023-11", page="7"),
        cmd.CloseFinal(),
    ):
        done = desk.perform(case_id, command)
    return done.case


def final(desk: Desk, at: str, **form: str) -> Case:
    """A complaint that came in, was handled and filed, all in one minute."""
    return filed(desk, written_off(desk, at, "", **form).id)
