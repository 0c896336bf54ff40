"""Random hands on a desk, and what they do at once: a case written off, a case closed."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.routines import fire_desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
)
from tests.desk.on_watch import clock_of

CATEGORIES = ("leak", "drain", "noise", "lift_fault", "fee_question", "")


def write_off(desk: Desk, case: str, cause: str = "") -> None:
    """It is done and everybody is content."""
    command = cmd.WriteOff(
        by=FeedbackBy.PHONE,
        source="张伟",
        items={"cause": cause} if cause else {},
        satisfaction=Satisfaction.SATISFIED,
    )
    desk.perform(case, command)


def close(desk: Desk, case: str) -> None:
    """Paper in hand, signed, filed, final."""
    desk.perform(case, cmd.ReceivePaper(number=f"FW-{case[-6:]}"))
    desk.perform(case, cmd.SignPaper(signer="李建国", role="dispatcher"))
    desk.perform(case, cmd.FilePaper(binder="B", page="1"))
    desk.perform(case, cmd.CloseFinal())


class Hands:
    """Random hands on a desk; what is refused changes nothing."""

    def __init__(self, desk: Desk, seed: int, *, late: bool) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.cases: list[str] = []
        self._late = late

    def _open(self) -> None:
        chance = self.chance
        facts = tuple(chance.sample([Fact.GROUP, Fact.INJURY, Fact.AGAIN], chance.randint(0, 1)))
        form = Intake(
            place=chance.choice(["3-2-1502", "1-1-101", "南门岗亭", ""]),
            said="来电",
            category=chance.choice(CATEGORIES),
            channel=chance.choice(list(Channel)),
            facts=facts,
        )
        occurred = None
        if self._late and chance.random() < 0.2:
            occurred = self.desk.clock.now() - timedelta(hours=chance.randint(1, 300))
        self.cases.append(self.desk.open_case(form, occurred=occurred).case.id)

    def _emergency(self) -> None:
        self.cases.append(self.desk.open_emergency("fire").case.id)

    def _commands(self) -> list[cmd.Command]:
        outcome = self.chance.choice(list(CallOutcome))
        how = self.chance.choice(list(FollowUpOutcome))
        until = self.desk.clock.now() + timedelta(hours=self.chance.randint(1, 90))
        return [
            cmd.TryCall(person="zhang", name="张伟", role="implementer", outcome=outcome),
            cmd.ConfirmReadBack(),
            cmd.FollowUp(outcome=how, promise=until),
            cmd.Reopen(reason="又漏了"),
            cmd.CallOff(reason="按错了"),
            cmd.Regrade(level=self.chance.choice(["ordinary", "grave"]), reason="看错了"),
            cmd.Correct(field="category", value="drain", reason="记错了"),
        ]

    def _work(self) -> None:
        case = self.chance.choice(self.cases)
        if self.chance.random() < 0.3:
            write_off(self.desk, case, "老化")
            close(self.desk, case)
        elif self.chance.random() < 0.1:
            self.desk.take_back(case)
        else:
            self.desk.perform(case, self.chance.choice(self._commands()))

    def act(self, times: int) -> None:
        """So many acts; now and then days pass, and what falls due is fired on the way."""
        for _act in range(times):
            leap = self.chance.choice([7, 61, 1_801, 7_213, 50_021, 200_003])
            clock_of(self.desk).at += timedelta(seconds=leap)
            while self.desk.fire():
                pass
            fire_desk(self.desk)
            with suppress(Refusal):
                if not self.cases or self.chance.random() < 0.25:
                    self._open()
                    if self.chance.random() < 0.15:
                        clock_of(self.desk).at += timedelta(seconds=5)
                        self.desk.take_back(self.cases[-1])
                elif self.chance.random() < 0.05:
                    self._emergency()
                else:
                    self._work()
