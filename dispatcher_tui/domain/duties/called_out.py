"""Who was told to come to an emergency, who is under way, and what each of them owes (E-03).

Nothing of this is kept: it is read from the calls on record and from what people reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.runs import Round, Run, rounds, spans
from dispatcher_tui.domain.procedure import SENT, UNDER_WAY, Deadline, Procedure
from dispatcher_tui.domain.record.case import Call, Case, Grade, Signal
from dispatcher_tui.domain.words.terms import Responder

SPOKEN_TO, RESUMED, MOVED = "spoken_to", "resumed", "moved"
SENT_BACK = "sent_back"
"""The step by which somebody is told that they need not come any more."""

_DONE_WITH = (SENT_BACK, Responder.REPORTED_BACK.value)
"""By what somebody is no longer under way; who has reported back is not sent out once more."""

OVER = ("stood_down", "false_alarm", "written_off")
"""From when on it is over."""


class Contact(msgspec.Struct, frozen=True):
    """Somebody who was spoken to, ``who`` by what the calls know them.

    ``outside``: an outside service, told by its number; the estate does not send or direct it.
    """

    who: str
    person: str
    name: str
    role: str
    phone: str
    outside: bool


def contacts(case: Case) -> tuple[Contact, ...]:
    """Everybody who was spoken to, in the order in which it first happened.

    What somebody is, the first call says: an outside service stays one, whatever it hears later.
    """
    found: dict[str, Contact] = {}
    for call in case.calls:
        if call.told_at is None:
            continue
        before = found.get(call.who)
        outside = not call.person and bool(call.phone)
        outside = outside and (not call.purpose if before is None else before.outside)
        role = call.role or (before.role if before else "")
        found[call.who] = Contact(call.who, call.person, call.name, role, call.phone, outside)
    return tuple(found.values())


def _heard(case: Case, call: Call) -> datetime | None:
    """Up to when somebody knows how it stands; None where they were not spoken to.

    A relayed word that was read back only after it changed says what was so when it was relayed.
    """
    told = call.told_at
    if told is None or told == call.at:
        return told
    changed = any(
        s.name in (*OVER, RESUMED, MOVED) and call.at <= s.at <= told for s in case.signals
    )
    return call.at if changed else told


def _own_signals(case: Case, who: str) -> Iterator[Signal]:
    """What was said to somebody and what they reported; it has no round of its own yet."""
    for call in case.calls:
        at = _heard(case, call) if call.who == who else None
        if at is not None:
            yield Signal(SPOKEN_TO, at, 0)
            if call.purpose:
                yield Signal(call.purpose, at, 0)
    for report in case.reports:
        if report.who == who:
            yield Signal(report.stage.value, report.at, 0)


def _of_somebody(case: Case) -> frozenset[str]:
    """The signals that are some person's: of another person they say nothing."""
    return frozenset((*(call.purpose for call in case.calls), *Responder))


def _signals(case: Case, who: str, round_: Round) -> list[Signal]:
    """One person's view of a round: their own signals, and what happened to the whole case.

    That it was graded anew is to them as if it had flared up again. Of what happened at the same
    instant their own comes first.
    """
    begun = min((s.at for s in round_.signals if s.name == "opened"), default=case.opened_at)
    theirs = _of_somebody(case)
    own = [
        s
        for s in _own_signals(case, who)
        if s.at >= begun and (round_.over is None or s.at <= round_.over)
    ]
    common = [s for s in round_.signals if s.name not in theirs]
    common += [Signal(RESUMED, g.at, 0, g.shift_end) for g in case.grades[1:] if g.at >= begun]
    return sorted([*own, *common], key=lambda s: s.at)


def _come(procedure: Procedure) -> frozenset[str]:
    """What tells somebody to come, or shows that they are coming."""
    starts = {s for c in procedure.clocks if c.each == SENT for s in c.starts}
    return frozenset(starts - {RESUMED})


def _is_over(seen: Sequence[Signal]) -> bool:
    """Whether it was stood down or written off after these signals, and has not flared up since."""
    turns = [each.name for each in seen if each.name in (*OVER, RESUMED)]
    return bool(turns) and turns[-1] != RESUMED


def _tells_end(procedure: Procedure) -> frozenset[str]:
    """By what somebody who is under way hears that it is over: an ordinary call is about something
    else, unless the layer that a case was opened under counts every call."""
    clocks = (c for c in procedure.clocks if c.each == UNDER_WAY)
    return frozenset(s for c in clocks if not set(OVER).isdisjoint(c.starts) for s in c.until)


def _under_way(
    contact: Contact, procedure: Procedure, come: frozenset[str], seen: Sequence[Signal]
) -> bool:
    """Whether somebody is on the way or at work there after these signals, and was not told that
    it is over. An outside service that has arrived answers for itself."""
    told = _tells_end(procedure)
    going = back = False
    for nth, each in enumerate(seen):
        over = _is_over(seen[:nth])
        back = (back or each.name == Responder.REPORTED_BACK) and each.name != RESUMED
        arrived = contact.outside and each.name == Responder.ON_SCENE
        if each.name in _DONE_WITH or arrived or (over and each.name in told):
            going = False
        elif each.name in come or (contact.outside and each.name == SPOKEN_TO):
            going = going or not (over or back)
    return going


def _walk(
    clock: Deadline, view: list[tuple[Signal, bool]], since: Grade, until: datetime | None
) -> Iterator[Run]:
    """One person's runs of a clock: from any of its starts, anew only after it was called off.

    What was still open when the level was reached counts from then on.
    """
    start: Signal | Grade | None = None
    done = False
    for each, starts in view:
        if until is not None and each.at >= until:
            break
        if start is not None and start.at < since.at <= each.at:
            start = since
        before = each.at < since.at
        if start is not None and each.name in clock.until:
            if not before:
                yield Run(start.at, done_at=each.at, shift_end=start.shift_end)
            start, done = None, True
            continue
        if start is not None and each.name in (*clock.misses, *clock.cancels):
            missed = each.name in clock.misses
            if not before:
                yield Run(start.at, cancelled_at=each.at, missed=missed, shift_end=start.shift_end)
            start = None
        done = done and each.name not in (RESUMED, clock.repeat)
        if start is None and not done and starts:
            start = each
    if start is not None:
        begun = start if start.at >= since.at else since
        yield Run(begun.at, shift_end=begun.shift_end)


def _ended(run: Run, ends: Iterable[datetime | None]) -> Run:
    """A run that is still open when the level is lost, or the round is over."""
    over = [at for at in ends if at is not None]
    if run.done_at is not None or run.cancelled_at is not None or not over:
        return run
    return msgspec.structs.replace(run, cancelled_at=max(run.start, min(over)))


def _view(
    clock: Deadline,
    contact: Contact,
    procedure: Procedure,
    come: frozenset[str],
    seen: list[Signal],
) -> list[tuple[Signal, bool]]:
    """A person's view of a round, and what of it starts the clock for this one.

    Nobody is sent to what is over; and only who is under way has to hear of it.
    """

    def starts(nth: int, each: Signal) -> bool:
        if clock.each == UNDER_WAY or each.name == RESUMED:
            return _under_way(contact, procedure, come, seen[:nth])
        return not _is_over(seen[:nth])

    return [
        (each, each.name in clock.starts and starts(nth, each)) for nth, each in enumerate(seen)
    ]


def person_runs(
    clock: Deadline, case: Case, procedure: Procedure, round_: Round
) -> Iterator[tuple[Contact, Run]]:
    """Every run in one round of a clock that runs for each person by himself."""
    come = _come(procedure)
    for contact in contacts(case):
        if contact.outside and clock.each == SENT:
            continue
        view = _view(clock, contact, procedure, come, _signals(case, contact.who, round_))
        for since, until in spans(clock.when, case):
            if round_.over is not None and since.at >= round_.over:
                continue
            for run in _walk(clock, view, since, until):
                yield contact, _ended(run, (until, round_.over))


def under_way(case: Case, procedure: Procedure) -> tuple[Contact, ...]:
    """Who has to be told when it is over, or somewhere else: told, and not reported back.

    Outside services are among them until they have arrived.
    """
    come, last = _come(procedure), rounds(case)[-1]
    if not come:
        return ()
    return tuple(
        contact
        for contact in contacts(case)
        if _under_way(contact, procedure, come, _signals(case, contact.who, last))
    )


def sent(case: Case, procedure: Procedure) -> tuple[Contact, ...]:
    """Who of the estate's own was told to come in this round, or came."""
    come, last = _come(procedure), rounds(case)[-1]
    return tuple(
        contact
        for contact in contacts(case)
        if not contact.outside
        and any(each.name in come for each in _signals(case, contact.who, last))
    )


def asked_to_come(case: Case, procedure: Procedure, who: str) -> bool:
    """Whether somebody was told to come in this round or was seen coming, and has not been told
    since that they need not.

    Where the procedure tells nobody to come, nothing speaks against it.
    """
    come = _come(procedure)
    outside = any(each.who == who and each.outside for each in contacts(case))
    asked = not come
    for each in _signals(case, who, rounds(case)[-1]):
        if each.name == SENT_BACK:
            asked = False
        elif each.name in come or (outside and each.name == SPOKEN_TO):
            asked = True
    return asked


def sent_back(case: Case, procedure: Procedure, who: str) -> bool:
    """Whether somebody was told last that they need not come, and may be called elsewhere."""
    told = any(each.name == SENT_BACK for each in _signals(case, who, rounds(case)[-1]))
    return told and not asked_to_come(case, procedure, who)
