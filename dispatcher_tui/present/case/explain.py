"""Why a duty is due when it is: start events + rule + quoted clause = due time."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.duties.duties import (
    CORRECTION,
    KEEP,
    SIGNATURE,
    Duty,
    Rules,
)
from dispatcher_tui.domain.duties.notice_clocks import correction_limit
from dispatcher_tui.domain.procedure import Deadline
from dispatcher_tui.domain.record.case import Case, Signal
from dispatcher_tui.domain.time import due
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.duty_lines import standing_name
from dispatcher_tui.present.case.passing_on_lines import correction_began
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _, labelled, localized, ngettext
from dispatcher_tui.present.line_texts import due_time, short_time, weekday_name
from dispatcher_tui.present.terms import level_name, signal_name

SETTING = "setting"
"""The source of what the written procedure leaves open and the site fixes itself."""


def _span(seconds: int) -> str:
    """A length in the unit the rule names it in; hours are never turned into days."""
    if seconds and seconds % 3600 == 0:
        return _("{hours} h").format(hours=seconds // 3600)
    if seconds and seconds % 60 == 0:
        return _("{minutes} min").format(minutes=seconds // 60)
    return _("{seconds} s").format(seconds=seconds)


def spec_words(spec: due.DueSpec) -> str:
    """A due specification in words, with the moment of the day it ends at."""
    match spec:
        case due.Elapsed(seconds):
            return _("{span} on the clock").format(span=_span(seconds))
        case due.NotBefore(seconds):
            return _("not before {span} have passed").format(span=_span(seconds))
        case due.BeforePromise(seconds):
            return _("{span} before the promised time").format(span=_span(seconds))
        case due.AfterField(count):
            words = ngettext(
                "{count} month after the day that was entered, to 24:00",
                "{count} months after the day that was entered, to 24:00",
                count,
            )
            return words.format(count=count)
        case due.BeforeField(0):
            return _("at the time that was entered")
        case due.BeforeField(seconds):
            return _("{span} before the time that was entered").format(span=_span(seconds))
        case due.Days(count):
            words = ngettext(
                "{count} calendar day, to 24:00", "{count} calendar days, to 24:00", count
            )
            return words.format(count=count)
        case due.WorkingDays(count):
            words = ngettext(
                "{count} working day, to the close of office hours",
                "{count} working days, to the close of office hours",
                count,
            )
            return words.format(count=count)
        case due.Months(count):
            words = ngettext(
                "{count} month, to 24:00 of that day", "{count} months, to 24:00 of that day", count
            )
            return words.format(count=count)
        case due.ShiftEnd():
            return _("end of the shift on watch")
        case due.Weekday(day):
            return _("the next {weekday}, to 24:00").format(weekday=weekday_name(day))
        case due.DayOfMonth(day):
            return _("day {day} of the month, to 24:00").format(day=day)


def _source(source: str, rules: Rules) -> str:
    if source in ("", SETTING):
        return _("Our setting: the written rule gives no time.")
    return _("From the written rule: {title}").format(title=localized(rules.procedure.title))


def _clause(rule_id: str, quote: str, rules: Rules) -> list[str]:
    """The rule by name, and the clause it rests on."""
    rule = rules.procedure.rule(rule_id)
    lines = [
        _("Rule: {rule} {title}").format(rule=rule_id, title=localized(rule.title) if rule else "")
    ]
    words = quote or (rule.quote if rule else "")
    if words:
        lines.append(_('Clause: "{quote}"').format(quote=words))
    return lines


def _firsts(clock: Deadline, case: Case, start: datetime) -> list[Signal]:
    """The first occurrence of each start signal in the round that ``start`` lies in."""
    rounds = {s.round for s in case.signals if s.at <= start and s.name in clock.starts}
    last = max(rounds, default=0)
    found = []
    for name in clock.starts:
        of_name = [s for s in case.signals if s.name == name and s.round == last]
        found += of_name[:1]
    return found


def _starts(clock: Deadline, duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """The events the clock runs from, or those it still waits for."""
    procedure, zone = rules.procedure, rules.calendar.tz
    if clock.each:
        return _person_starts(clock, duty, case, rules, now)

    def event(name: str, at: datetime) -> str:
        return f"{signal_name(name, procedure)} {short_time(at, now, zone)}"

    if duty.start is None:
        happened = {s.name for s in case.signals if s.round == case.round}
        waiting = [signal_name(n, procedure) for n in clock.starts if n not in happened]
        return [_("Not running yet; waits for: {events}").format(events=_(", ").join(waiting))]
    firsts = _firsts(clock, case, duty.start)
    anew = {clock.repeat, clock.anew} - {""}
    if anew and all(signal.at < duty.start for signal in firsts):
        again = [s for s in case.signals if s.name in anew and s.at == duty.start]
        firsts = again[:1] or firsts
    events = _(" and ").join(event(signal.name, signal.at) for signal in firsts)
    line = _("Starts: {events}").format(events=events)
    if len(firsts) > 1:
        line += _(" (the later one counts)")
    lines = [line]
    if firsts and all(signal.at < duty.start for signal in firsts):
        level = next((g for g in case.grades if g.at == duty.start), None)
        if level is not None:
            lines.append(
                _("Counted from {time}, when the level became {level}").format(
                    time=short_time(duty.start, now, zone),
                    level=level_name(level.level, procedure),
                )
            )
    return lines


def _person_starts(
    clock: Deadline, duty: Duty, case: Case, rules: Rules, now: datetime
) -> list[str]:
    """What a clock that runs for each person by himself began with, and whose it is."""
    assert duty.start is not None  # there is none of whom nothing was heard
    at = short_time(duty.start, now, rules.calendar.tz)
    names = [
        call.purpose for call in case.calls if (call.who, call.told_at) == (duty.who, duty.start)
    ]
    names += [r.stage.value for r in case.reports if (r.who, r.at) == (duty.who, duty.start)]
    names += [signal.name for signal in case.signals if signal.at == duty.start]
    began = next((name for name in names if name in clock.starts), clock.starts[0])
    return [
        _("Starts: {events}").format(events=f"{signal_name(began, rules.procedure)} {at}"),
        _("Counted for {name} alone; nobody else ends it.").format(name=duty.name),
    ]


def _due_line(duty: Duty, now: datetime, rules: Rules) -> list[str]:
    zone = rules.calendar.tz
    how = standing_name(duty, now)
    if duty.due is None:
        return [_("= no due time yet ({state})").format(state=how)]
    if duty.pending and duty.opens is not None and now < duty.opens:
        words = _("= opens {opens}, in {left}; due {due} ({state})").format(
            opens=short_time(duty.opens, now, zone),
            left=remaining(duty.opens, now),
            due=due_time(duty.due, now, zone),
            state=how,
        )
        return [words]
    left = f" {remaining(duty.due, now)}" if duty.pending else ""
    line = _("= due {time}{left} ({state})").format(
        time=due_time(duty.due, now, zone), left=left, state=how
    )
    lines = [line]
    if not duty.confirmed:
        lines.append(_("Unconfirmed: there is no holiday table for a year that was counted over."))
    return lines


def _deadline_lines(
    clock: Deadline, duty: Duty, case: Case, rules: Rules, now: datetime
) -> list[str]:
    procedure = rules.procedure
    words = spec_words(due.parse_due(clock.due))
    if clock.grace:
        words += _(", then open for {grace}").format(grace=spec_words(due.parse_due(clock.grace)))
    lines = [
        *_starts(clock, duty, case, rules, now),
        *_clause(clock.rule, clock.quote, rules),
        _("Time: {words}").format(words=words),
        *_acting_line(clock, duty, case, rules, now),
    ]
    first = next((c for c in procedure.clocks if clock.after and c.key == clock.after), None)
    if first is not None:
        lines.append(
            _("Never before {label} {rule} is due: then the next shift's end counts.").format(
                label=localized(first.label), rule=first.rule
            )
        )
    rule = procedure.rule(clock.rule)
    lines.append(_source(clock.source or (rule.source if rule else ""), rules))
    lines += _due_line(duty, now, rules)
    ends = _(" or ").join(signal_name(name, procedure) for name in clock.until)
    if clock.count > 1:
        ends = _("{event}, {count} times").format(event=ends, count=clock.count)
    given_up = _(" or ").join(signal_name(name, procedure) for name in clock.misses)
    missed = [_("Missed, if not done by then: {events}").format(events=given_up)]
    return [*lines, _("Ends with: {events}").format(events=ends), *missed[: len(clock.misses)]]


def _tell_lines(clock: Deadline, duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """What came of another duty's running out."""
    assert clock.late is not None
    parent = localized(clock.label)
    assert duty.start is not None  # it exists from the other one's firing on
    return [
        _("Starts: {label} ran out {time}").format(
            label=parent, time=short_time(duty.start, now, rules.calendar.tz)
        ),
        *_clause(clock.rule, "", rules),
        _("Time: {words}").format(words=spec_words(due.parse_due(clock.late.within))),
        _("To be told: {role}").format(role=role_name(rules.procedure, clock.late.tell)),
        _source(SETTING, rules),
        *_due_line(duty, now, rules),
    ]


def _promise_lines(duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    promise = next(p for p in case.promises if p.key == duty.key)
    made = short_time(promise.made_at, now, rules.calendar.tz)
    words = (
        _("Promised to the caller at {time}")
        if promise.to == "caller"
        else _("Promised to the desk at {time}")
    )
    return [
        labelled(words.format(time=made), promise.note),
        *_clause(duty.rule, "", rules),
        *_due_line(duty, now, rules),
        _("Ends with: {events}").format(events=signal_name("followed_up", rules.procedure)),
    ]


def _correction_lines(duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """What was corrected, who was told otherwise, and that the notice's own time counts."""
    _rule, limit = correction_limit(rules.procedure, case)
    return [
        correction_began(case, duty.key, now, rules.calendar.tz),
        _("What was passed on is corrected within the time that the notice itself has."),
        *_clause(duty.rule, "", rules),
        _("Time: {words}").format(words=spec_words(due.parse_due(limit))),
        _source(SETTING, rules),
        *_due_line(duty, now, rules),
        _("Ends with: the call to {name}").format(name=duty.name),
    ]


def _keep_lines(duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    keep = rules.procedure.keep
    since = short_time(duty.start or case.opened_at, now, rules.calendar.tz)
    return [
        _("Starts: the last thing that happened, {time}").format(time=since),
        _("No live case is left without a duty."),
        *_clause(duty.rule, "", rules),
        _("Time: {words}").format(words=spec_words(due.parse_due(keep.due))),
        _source(SETTING, rules),
        *_due_line(duty, now, rules),
    ]


def _signature_lines(duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """Who agreed by phone to what, and by when it is to be signed."""
    sign_off = next(each for each in case.sign_offs if each.key == duty.key)
    named = rules.procedure.signature
    agreed = _("Agreed by phone at {time}: {name}, {role}").format(
        time=short_time(sign_off.at, now, rules.calendar.tz),
        name=sign_off.name,
        role=role_name(rules.procedure, sign_off.role),
    )
    return [
        labelled(agreed, sign_off.remark),
        *_clause(duty.rule, "", rules),
        *([_("Time: {words}").format(words=spec_words(due.parse_due(named.due)))] if named else []),
        _source(SETTING, rules),
        *_due_line(duty, now, rules),
        _("Ends with: the signature, by PIN here or in ink seen by the operator"),
    ]


def _acting_line(clock: Deadline, duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """Whose shift's end counts where that is not the shift plan's (P0-06)."""
    begun = (s.shift_end for s in case.signals if s.at == duty.start)
    end = next((at for at in begun if at is not None), None)
    if end is None or not isinstance(due.parse_due(clock.due), due.ShiftEnd):
        return []
    words = _("The watch held then was to end at {time}; it is not the shift plan's.")
    return [words.format(time=short_time(end, now, rules.calendar.tz))]


def explain_duty(duty: Duty, case: Case, rules: Rules, now: datetime) -> list[str]:
    """Explain this clock: what started it, the rule and its clause, the time, when it is due.

    Args:
        duty: one of ``duties(case, rules)``.
        case: the case it is owed on.
        rules: those the case is pinned to.
        now: the present moment (UTC).
    """
    head, rules = f"{localized(duty.label)} {duty.rule}", rules.of(duty)
    if duty.clock == CORRECTION:
        return [head, *_correction_lines(duty, case, rules, now)]
    if duty.clock == "promise":
        return [head, *_promise_lines(duty, case, rules, now)]
    if duty.clock == SIGNATURE:
        return [head, *_signature_lines(duty, case, rules, now)]
    if duty.clock == KEEP:
        return [head, *_keep_lines(duty, case, rules, now)]
    clock = next(c for c in rules.procedure.clocks if c.key == duty.clock)
    if duty.key.endswith("/tell"):
        return [head, *_tell_lines(clock, duty, case, rules, now)]
    return [head, *_deadline_lines(clock, duty, case, rules, now)]
