"""What happened to the watch and to the desk itself, one sentence for every kind of entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import handout_events as handed
from dispatcher_tui.domain.record import out_alone_events as alone
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.round_events import RoundsLeftOut
from dispatcher_tui.domain.watch.handouts import is_handout
from dispatcher_tui.domain.watch.out_alone import is_alone
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.emergency.drill_lines import drill_told
from dispatcher_tui.present.fees.fee_words import FEE_SENTENCES
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.line_texts import period_name
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.site.comparison_lines import decision
from dispatcher_tui.present.terms import fact_name
from dispatcher_tui.present.watch import out_alone_lines, people_lines
from dispatcher_tui.present.watch.act_lines import code_used
from dispatcher_tui.present.watch.handout_lines import (
    handout_fell_due,
    thing_came_back,
    thing_handed_out,
)
from dispatcher_tui.present.watch.round_lines import round_fell_due, round_recorded, rounds_left_out


def _until(until: datetime | None, w: Telling) -> str:
    return _("until {time}").format(time=w.time(until)) if until else ""


def _carried(numbers: tuple[str, ...]) -> str:
    if not numbers:
        return ""
    return _("carried over: {numbers}").format(numbers=_(", ").join(numbers))


def _heard(heard: bool | None) -> str:
    if heard is None:
        return ""
    return _("sound test heard") if heard else _("sound test NOT heard")


def _signed_in(e: watch.SignedIn, w: Telling) -> str:
    return joined(_("{name} signed in").format(name=e.name), _until(e.until, w))


def _handed_over(e: watch.HandedOver, w: Telling) -> str:
    words = _("{outgoing} -> {incoming} handed over, open {open}, paper {paper}")
    return joined(
        words.format(
            outgoing=e.outgoing,
            incoming=e.incoming,
            open=len(e.sheet.cases),
            paper=len(e.sheet.papers),
        ),
        _until(e.until, w),
        _carried(e.carried),
        _heard(e.heard),
        e.remarks,
    )


def _relieved(e: watch.PostRelieved, w: Telling) -> str:
    words = _("{outgoing} -> {incoming} relieved during the watch")
    text = words.format(outgoing=e.outgoing, incoming=e.incoming)
    return joined(text, _until(e.until, w), e.reason)


def _pin_refused(e: watch.PinRefused, w: Telling) -> str:
    text = _("Wrong PIN for {name}, {n} in a row").format(name=e.name, n=e.failures)
    wait = _("none is taken for {length}").format(length=spoken(e.seconds)) if e.seconds else ""
    return joined(text, wait)


def subject_name(subject: str) -> str:
    """What is signed where it is no case: ``month:2026-11`` by its name, a file by its own."""
    sort, colon, which = subject.partition(":")
    if sort == "edited":
        return _("the site's own {file}").format(file=which.partition(":")[0])
    names = {
        "month": _("Monthly Summary"),
        "check": _("weekly check"),
    }
    return (
        f"{names.get(sort) or _('desk duty')} {period_name(which)}".strip()
        if colon
        else names.get(sort, subject)
    )


def _signature(what: str, who: str, how: SignedBy, *, made_good: bool) -> str:
    if how is SignedBy.PHONE:
        words = _("Agreed by phone, signature owed: {what}, {who}")
    elif made_good:
        words = _("The owed signature was given: {what}, {who}")
    else:
        words = _("Signed: {what}, {who}")
    return words.format(what=what, who=who)


def _role(name: str, role: str, w: Telling) -> str:
    return _("{name} ({role})").format(name=name, role=w.names.role(role)) if role else name


def _signed(e: ev.Signed, w: Telling) -> str:
    what = w.names.item(e.subject)
    who = _role(e.name, e.role, w)
    return joined(_signature(what, who, e.how, made_good=bool(e.of)), e.remark)


def _desk_signed(e: watch.DeskSigned, w: Telling) -> str:
    what = subject_name(e.subject)
    text = _signature(what, _role(e.name, e.role, w), e.how, made_good=bool(e.of))
    due = _("due {time}").format(time=w.due(e.due)) if e.due else ""
    remark = decision(e.remark) if e.subject.startswith("edited:") else e.remark
    return joined(text, due, remark)


def _fell_due(e: watch.DeskDutyFellDue, w: Telling) -> str:
    if is_handout(e.duty):
        return handout_fell_due(e, w)
    if is_alone(e.duty):
        return out_alone_lines.alone_fell_due(e, w)
    if e.label is not None:
        return round_fell_due(e, w)
    duty = w.names.duty(e.duty) or subject_name(e.duty.partition("@")[0])
    return _("Fell due: {duty}, {due}").format(duty=duty, due=w.due(e.due))


def _posted(e: watch.NoticePosted, w: Telling) -> str:
    return _("Notice until {time}: {text}").format(time=w.due(e.until), text=e.text)


def _withdrawn(e: watch.NoticeWithdrawn, w: Telling) -> str:
    posted = w.names.entries.get(e.of)
    if posted is not None and isinstance(posted.event, watch.NoticePosted):
        return _("Notice withdrawn: {text}").format(text=posted.event.text)
    return _("Notice withdrawn: entry {seq}").format(seq=e.of)


def _started(e: watch.DeskStarted, w: Telling) -> str:
    if e.stopped_at is None:
        return _("The program started")
    if e.clean:
        words = _("The program started; it had been left at {time}")
    else:
        words = _("The program started; it had ended WITHOUT ORDER, last alive at {time}")
    return words.format(time=w.time(e.stopped_at))


def _stopped(e: watch.DeskStopped, w: Telling) -> str:
    words = {
        watch.StopReason.LEFT: _("The program was left"),
        watch.StopReason.HUNG_UP: _("The terminal was closed: the program ended in order"),
        watch.StopReason.TERMINATED: _("The machine ended the program in order"),
    }
    return words[e.reason]


def _length(since: datetime, until: datetime) -> str:
    return spoken((until - since).total_seconds())


def _stood_still(e: watch.DeskStoodStill, w: Telling) -> str:
    return _("The desk stood still from {since} to {until} ({length})").format(
        since=w.time(e.since), until=w.time(e.until), length=_length(e.since, e.until)
    )


def _jumped(e: watch.ClockJumped, w: Telling) -> str:
    if e.seconds >= 0:
        words = _("The clock was set FORWARD by {length}: from {before} to {after}")
    else:
        words = _("The clock was set BACK by {length}: from {before} to {after}")
    return words.format(length=spoken(e.seconds), before=w.time(e.before), after=w.time(e.after))


def _reviewed(e: watch.GapReviewed, w: Telling) -> str:
    n = len(e.duties)
    words = ngettext(
        "Read what was missed from {since} to {until}: {n} duty",
        "Read what was missed from {since} to {until}: {n} duties",
        n,
    )
    return words.format(since=w.time(e.since), until=w.time(e.until), n=n)


def _tested(e: watch.SoundTested, w: Telling) -> str:
    return _("The alarm was sounded: heard") if e.heard else _("The alarm was sounded: NOT HEARD")


def panel_name(panel: str) -> str:
    """Which alarm panel a test is of; the one of all has no name."""
    return _("panel {panel}").format(panel=panel) if panel.strip() else _("all panels")


def _test_planned(e: watch.PanelTestPlanned, w: Telling) -> str:
    words = _("Test of the fire system planned, {since} to {until}")
    text = words.format(since=w.time(e.since), until=w.time(e.until))
    return joined(text, panel_name(e.panel), _("ordered by {name}").format(name=e.by))


def _test_alarm(e: watch.PanelTestAlarm, w: Telling) -> str:
    text = _("Alarm {n} in the test of the fire system, no case").format(n=e.times)
    panel = panel_name(e.panel) if e.panel else ""
    facts = _(", ").join(fact_name(fact) for fact in e.facts)
    return joined(text, panel, e.place, w.names.category(e.category), e.said, facts)


def _test_ended(e: watch.PanelTestEnded, w: Telling) -> str:
    words = _("Test of the fire system ended early") if e.early else None
    words = words or _("Test of the fire system over")
    return joined(words, panel_name(e.panel), _("alarms counted: {n}").format(n=e.alarms))


def differing_words(e: watch.RowDiffered) -> str:
    """Whose numbers in the file are not the adopted ones; both, the adopted first."""
    return _("LIST CHANGED BY HAND: {name}, adopted {adopted}, file {found}").format(
        name=e.name,
        adopted=" ".join(e.adopted) or _("none"),
        found=" ".join(e.found) or _("none"),
    )


SENTENCES: dict[type[ev.Event], Callable[[Any, Telling], str]] = {
    ev.Signed: _signed,
    watch.SignedIn: _signed_in,
    watch.HandedOver: _handed_over,
    watch.PostRelieved: _relieved,
    watch.DeskLocked: lambda e, w: (
        _("The desk was open when it stopped, and came up locked: {name} is on watch")
        if e.left_open
        else _("{name} locked the desk")
    ).format(name=e.name),
    watch.DeskUnlocked: lambda e, w: _("{name} unlocked the desk").format(name=e.name),
    watch.PinRefused: _pin_refused,
    watch.RescueCodeMade: lambda e, w: _("A new rescue code was printed"),
    watch.RescueCodeUsed: lambda e, w: code_used(e.name),
    watch.RescueCodeRefused: lambda e, w: _("A wrong rescue code was given"),
    watch.DeskSigned: _desk_signed,
    watch.DeskDutyFellDue: _fell_due,
    watch.RoundRecorded: round_recorded,
    RoundsLeftOut: rounds_left_out,
    handed.ThingHandedOut: thing_handed_out,
    handed.ThingCameBack: thing_came_back,
    alone.SentAlone: out_alone_lines.sent_alone,
    alone.SafetyAsked: out_alone_lines.safety_asked,
    alone.CameBackSafe: out_alone_lines.came_back_safe,
    **FEE_SENTENCES,
    watch.NoticePosted: _posted,
    watch.NoticeWithdrawn: _withdrawn,
    watch.DeskStarted: _started,
    watch.DeskStopped: _stopped,
    watch.DeskStoodStill: _stood_still,
    watch.ClockJumped: _jumped,
    watch.GapReviewed: _reviewed,
    watch.SoundTested: _tested,
    watch.DrillHeld: drill_told,
    watch.RowDiffered: lambda e, w: differing_words(e),
    watch.PanelTestPlanned: _test_planned,
    watch.PanelTestAlarm: _test_alarm,
    watch.PanelTestEnded: _test_ended,
    watch.DutySwapped: people_lines.swapped,
    watch.AbsenceNoted: people_lines.absent,
    watch.PersonCameIn: people_lines.came_in,
    watch.StandInNamed: people_lines.stand_in,
    watch.DutyChangeWithdrawn: people_lines.withdrawn,
    watch.SoundSilenced: lambda e, w: _("Ordinary alarms make no sound until {time}").format(
        time=w.time(e.until)
    ),
    watch.PresenceConfirmed: lambda e, w: _("The presence check was answered after {n} s").format(
        n=e.seconds
    ),
    watch.PresenceMissed: lambda e, w: _("The presence check of {time} was NOT answered").format(
        time=w.time(e.asked_at)
    ),
}
"""The sentence of every kind of entry about the watch, the desk and its signatures."""
