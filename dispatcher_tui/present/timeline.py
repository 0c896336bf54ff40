"""The record in human lines: one for every kind of entry, late and taken-back ones marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

import msgspec

from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.case import Entry
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.terms import CallOutcome, Label
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.terms import (
    call_outcome_name,
    channel_name,
    feedback_by_name,
    field_name,
    follow_up_name,
    level_name,
    satisfaction_name,
    signal_name,
)
from dispatcher_tui.present.words import _, pick

LATE = timedelta(seconds=60)
"""What was written down longer than this after it happened is marked as a late entry."""


class Glossary(msgspec.Struct, frozen=True):
    """What gives ids their names: the case's procedure, and the site's categories and cards.

    ``categories`` and ``kinds`` map ids to labels; an id without one is shown as it is.
    """

    procedure: Procedure | None = None
    categories: Mapping[str, Label] = {}
    kinds: Mapping[str, Label] = {}

    def category(self, category: str) -> str:
        """A class of cases by its name."""
        label = self.categories.get(category) if category else None
        return pick(label) if label else category

    def kind(self, kind: str) -> str:
        """A kind of emergency by its name."""
        label = self.kinds.get(kind)
        return pick(label) if label else kind

    def duty(self, key: str) -> str:
        """A duty by its clock's label; empty where the procedure has no such clock."""
        if self.procedure is None:
            return ""
        clock = next((c for c in self.procedure.clocks if c.key == key.partition("@")[0]), None)
        if clock is None:
            named = {"keep": self.procedure.keep, "promise": self.procedure.promise}
            found = named.get(key.partition("@")[0])
            return pick(found.label) if found else ""
        if key.endswith("/tell") and clock.late:
            return signal_name(clock.late.step, self.procedure)
        return pick(clock.label)


PLAIN = Glossary()
"""Nothing known: ids stand for themselves."""


class _At(msgspec.Struct, frozen=True):
    """What a line is written with: when it happened, the zone, the names."""

    at: datetime
    zone: tzinfo
    names: Glossary

    def time(self, moment: datetime) -> str:
        """A moment as short as the entry's own day allows."""
        return short_time(moment, self.at, self.zone)


def _with(text: str, *rest: str) -> str:
    """The text and whatever else is there, separated."""
    return " · ".join(part for part in (text, *rest) if part)


def _yuan(fen: int) -> str:
    if not fen:
        return ""
    yuan, rest = divmod(fen, 100)
    return _("{yuan} yuan").format(yuan=f"{yuan}.{rest:02d}" if rest else yuan)


def _who(name: str, phone: str) -> str:
    return " ".join(part for part in (name, phone) if part)


def _opened(e: ev.CaseOpened, w: _At) -> str:
    level = _("level {level} {rule}").format(
        level=level_name(e.level, w.names.procedure), rule=e.level_rule
    )
    return _with(
        _("Case opened"),
        channel_name(e.channel),
        e.place,
        _who(e.caller, e.phone),
        w.names.category(e.category),
        level,
    )


def _level_changed(e: ev.LevelChanged, w: _At) -> str:
    level = level_name(e.level, w.names.procedure)
    reason = w.names.kind(e.reason)  # an emergency's kind is the reason it rose by
    return _with(_("Level now {level} {rule}").format(level=level, rule=e.rule), reason)


def _call_tried(e: ev.CallTried, w: _At) -> str:
    who = _who(e.name, e.phone)
    outcome = call_outcome_name(e.outcome)
    if e.outcome is CallOutcome.IN_PERSON:
        text = _("{who}: {outcome}").format(who=e.name, outcome=outcome)
    else:
        text = _("Rang {who}: {outcome}").format(who=who, outcome=outcome)
    if e.purpose in ("notified", ""):
        return text
    purpose = signal_name(e.purpose, w.names.procedure)
    return _with(text, _("for: {purpose}").format(purpose=purpose))


def _slip_issued(e: ev.SlipIssued, w: _At) -> str:
    if w.names.procedure is None:
        return _("Slip issued: {number}").format(number=e.number)
    paper = pick(w.names.procedure.closing_paper.name)
    return _("Issued: {paper} {number}").format(paper=paper, number=e.number)


def _promise(e: ev.PromiseMade, w: _At) -> str:
    words = _("Promised to the caller: {due}") if e.to == "caller" else _("Promised: {due}")
    return _with(words.format(due=w.time(e.due)), e.note)


def _item(item: str, text: str, w: _At) -> str:
    """A line of the checklist as it was confirmed; the typed ones have words of their own."""
    if item in ("feedback", "satisfaction", "compensation") or ":" in item:
        return ""
    known = w.names.procedure.write_off if w.names.procedure else ()
    label = next((pick(found.label) for found in known if found.id == item), item)
    return _("{label}: {text}").format(label=label, text=text)


def _written_off(e: ev.WrittenOff, w: _At) -> str:
    paid = _yuan(e.compensation_fen)
    signed = [name for key, name in e.items.items() if key.startswith("signed:")]
    return _with(
        _("Written off, awaiting the paper"),
        satisfaction_name(e.satisfaction),
        _("compensation {yuan}").format(yuan=paid) if paid else "",
        *(_item(item, text, w) for item, text in e.items.items()),
        _("signed by {names}").format(names=_(", ").join(signed)) if signed else "",
    )


def _filed(e: ev.PaperFiled, w: _At) -> str:
    text = _("Paper filed: binder {binder}, page {page}").format(binder=e.binder, page=e.page)
    charge = _("charge {yuan}").format(yuan=_yuan(e.charge_fen)) if e.charge_fen else ""
    return _with(text, charge)


def _fell_due(e: ev.DutyFellDue, w: _At) -> str:
    duty = f"{w.names.duty(e.duty)} {e.rule}".strip()
    return _("Fell due: {duty}, {due}").format(duty=duty, due=w.time(e.due))


def _corrected(e: ev.Corrected, w: _At) -> str:
    value = w.names.category(e.value) if e.field == "category" else e.value
    text = _("Corrected {field}: {value}").format(field=field_name(e.field), value=value)
    return _with(text, e.reason)


def _taken_back(e: ev.TakenBack, w: _At) -> str:
    return _("Taken back: entry {seqs}").format(seqs=", ".join(str(seq) for seq in e.of))


def _adopted(e: ev.Adopted, w: _At) -> str:
    return _("Adopted {what} {name} ({sha256})").format(
        what=_adopted_name(e.what), name=e.name, sha256=e.sha256[:12]
    )


def _adopted_name(what: str) -> str:
    names = {
        "procedure": _("procedure"),
        "calendar": _("calendar"),
        "units": _("units"),
        "roster": _("roster"),
    }
    return names.get(what, what)


def _operator_changed(e: ev.OperatorChanged, w: _At) -> str:
    sentences = {
        "pin_reset": _("New PIN for {name}"),
        "disabled": _("{name} may no longer sign in"),
        "locked": _("Too many wrong PINs: {name} is locked for a while"),
    }
    return sentences.get(e.what, "{name}: " + e.what).format(name=e.name)


_SENTENCES: dict[type[ev.Event], Callable[[Any, _At], str]] = {
    ev.CaseOpened: _opened,
    ev.LevelChanged: _level_changed,
    ev.CallerRang: lambda e, w: _with(_("The caller rang again"), _who(e.caller, e.phone), e.said),
    ev.AssigneeNamed: lambda e, w: _("Responsible: {name}").format(name=e.name),
    ev.CallTried: _call_tried,
    ev.ReadBack: lambda e, w: _("{name} read it back").format(name=e.name),
    ev.SlipIssued: _slip_issued,
    ev.FollowedUp: lambda e, w: _with(
        _("Followed up: {outcome}").format(outcome=follow_up_name(e.outcome)), e.note
    ),
    ev.PromiseMade: _promise,
    ev.StepRecorded: lambda e, w: _with(signal_name(e.step, w.names.procedure), e.person, e.note),
    ev.FeedbackReceived: lambda e, w: _with(
        _("Confirmed as done"), e.source, feedback_by_name(e.by)
    ),
    ev.WrittenOff: _written_off,
    ev.PaperReceived: lambda e, w: _("Paper in hand: {number}").format(number=e.number),
    ev.PaperSigned: lambda e, w: _("Paper signed by {name}").format(name=e.signer),
    ev.PaperFiled: _filed,
    ev.ClosedFinal: lambda e, w: _("Final"),
    ev.JudgedValid: lambda e, w: _with(_("Found valid"), e.reason),
    ev.CalledOff: lambda e, w: _with(_("F9 was a mistake"), e.reason),
    ev.JudgedInvalid: lambda e, w: _with(_("Found invalid"), e.reason),
    ev.Reopened: lambda e, w: _with(_("Reopened"), e.reason),
    ev.NoteAdded: lambda e, w: _with(_("Remark"), e.text),
    ev.EmergencyNamed: lambda e, w: _with(
        _("Emergency: {kind}").format(kind=w.names.kind(e.kind)), e.place
    ),
    ev.Corrected: _corrected,
    ev.TakenBack: _taken_back,
    ev.DutyFellDue: _fell_due,
    ev.Adopted: _adopted,
    ev.OperatorAdded: lambda e, w: _("Operator added: {name}").format(name=e.name),
    ev.OperatorChanged: _operator_changed,
    ev.SignedIn: lambda e, w: _("{name} signed in").format(name=e.name),
    ev.LogNoted: lambda e, w: _with(_("Noted"), e.place, _who(e.caller, e.phone), e.text),
    ev.BackupMade: lambda e, w: _("Backup made and proved: {file}").format(file=e.file),
    ev.Restored: lambda e, w: _("Restored from {source}").format(source=e.source),
}


def kind_name(kind: str) -> str:
    """What a kind of entry is called; a kind this version does not know keeps its own name."""
    names = {
        "case_opened": _("opened"),
        "level_changed": _("level"),
        "caller_rang": _("rang again"),
        "assignee_named": _("assignee"),
        "call_tried": _("call"),
        "read_back": _("read back"),
        "slip_issued": _("slip"),
        "followed_up": _("follow-up"),
        "promise_made": _("promise"),
        "step_recorded": _("step"),
        "feedback_received": _("feedback"),
        "written_off": _("write-off"),
        "paper_received": _("paper in hand"),
        "paper_signed": _("paper signed"),
        "paper_filed": _("paper filed"),
        "closed_final": _("final"),
        "judged_valid": _("found valid"),
        "called_off": _("called off"),
        "judged_invalid": _("found invalid"),
        "reopened": _("reopened"),
        "note_added": _("note"),
        "emergency_named": _("emergency"),
        "corrected": _("corrected"),
        "taken_back": _("taken back"),
        "duty_fell_due": _("fell due"),
        "adopted": _("adopted"),
        "operator_added": _("operator added"),
        "operator_changed": _("operator changed"),
        "signed_in": _("signed in"),
        "log_noted": _("log note"),
        "backup_made": _("backup"),
        "restored": _("restored"),
    }
    return names.get(kind, kind)


def _late(entry: Entry) -> str:
    behind = entry.recorded_at - entry.occurred_at
    if behind <= LATE:
        return ""
    return _("(late +{minutes} min)").format(minutes=int(behind.total_seconds()) // 60)


def entry_text(entry: Entry, zone: tzinfo, names: Glossary = PLAIN) -> str:
    """An entry as one line without its time: what happened, who signed with it, if it is late.

    Nobody is ever left without a line: an event this version has no sentence for gives its kind.
    """
    sentence = _SENTENCES.get(type(entry.event))
    where = _At(entry.occurred_at, zone, names)
    text = sentence(entry.event, where) if sentence else kind_name(ev.kind_of(type(entry.event)))
    cosigned = _("co-signed by {name}").format(name=entry.cosigner) if entry.cosigner else ""
    line = " ".join(part for part in (_with(text, cosigned), _late(entry)) if part)
    return clean_text(line, multiline=False).text


def timeline(
    entries: list[Entry],
    now: datetime,
    zone: tzinfo,
    names: Glossary = PLAIN,
    *,
    actors: bool = False,
) -> list[str]:
    """A case's story, one line an entry, each with its time; what was taken back is shown as such.

    Args:
        entries: of one case, in order.
        now: the present moment (UTC); times of today are shown without their date.
        zone: the site's.
        names: what gives ids their names.
        actors: whether it is said who wrote a line, wherever that changes.
    """
    by_seq = {e.seq: e for e in entries}
    void = {seq for e in entries if isinstance(e.event, ev.TakenBack) for seq in e.event.of}
    lines = []
    last = ""
    for entry in entries:
        text = entry_text(entry, zone, names)
        if isinstance(entry.event, ev.TakenBack):
            known = [by_seq[seq] for seq in entry.event.of if seq in by_seq]
            what = "; ".join(entry_text(taken, zone, names) for taken in known)
            text = _("Taken back: {what}").format(what=what) if known else text
        if entry.seq in void:
            text = _("[taken back] {text}").format(text=text)
        if actors and entry.actor != last and not isinstance(entry.event, ev.DutyFellDue):
            last = entry.actor
            text = f"{text} ({last})"
        lines.append(f"{short_time(entry.occurred_at, now, zone)} {text}")
    return lines
