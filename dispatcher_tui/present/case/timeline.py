"""The record in human lines: one for every kind of entry, late and taken-back ones marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.duties.closing import YES
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.machine_made import machine_made
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.domain.record.sign_off import ink_of
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.act_words import act_fields
from dispatcher_tui.present.case.kind_names import kind_name
from dispatcher_tui.present.case.passing_on_lines import version_mark
from dispatcher_tui.present.emergency.emergency_words import EMERGENCY_SENTENCES, moved_words
from dispatcher_tui.present.i18n import _, bracketed, localized
from dispatcher_tui.present.line_texts import answer_words, short_time
from dispatcher_tui.present.names import PLAIN, Glossary, Telling, actor_words, joined
from dispatcher_tui.present.papers.doubt_words import despite_words
from dispatcher_tui.present.reviews.record_words import RECORD_SENTENCES
from dispatcher_tui.present.signing import ink_words
from dispatcher_tui.present.terms import (
    beside_words,
    call_result,
    channel_name,
    feedback_by_name,
    field_name,
    follow_up_name,
    level_name,
    satisfaction_name,
    signal_name,
)
from dispatcher_tui.present.watch.watch_lines import SENTENCES


def _yuan(fen: int) -> str:
    if not fen:
        return ""
    yuan, rest = divmod(fen, 100)
    return _("{yuan} yuan").format(yuan=f"{yuan}.{rest:02d}" if rest else yuan)


def _who(name: str, phone: str) -> str:
    return " ".join(part for part in (name, phone) if part)


def _opened(e: ev.CaseOpened, w: Telling) -> str:
    level = _("level {level}").format(level=level_name(e.level, w.names.procedure))
    return joined(
        _("Case opened"),
        channel_name(e.channel),
        *beside_words(e),
        e.place,
        _who(e.caller, e.phone),
        w.names.category(e.category),
        level,
    )


def _level_changed(e: ev.LevelChanged, w: Telling) -> str:
    level = localized(e.label) if e.label else level_name(e.level, w.names.procedure)
    reason = w.names.kind(e.reason)  # an emergency's kind is the reason it rose by
    return joined(_("Level now {level}").format(level=level), reason)


def _call_tried(e: ev.CallTried, w: Telling) -> str:
    who = _who(e.name, e.phone)
    outcome = call_result(e.outcome, e.taken_by, stranger=e.stranger)
    if e.incoming:
        text = _("{who} rang in or came unasked").format(who=who)
        text = joined(text, _("not on the roster")) if e.stranger else text
    elif e.outcome is CallOutcome.IN_PERSON:
        text = _("{who}: {outcome}").format(who=e.name, outcome=outcome)
    else:
        text = _("Rang {who}: {outcome}").format(who=who, outcome=outcome)
    if e.purpose in ("notified", ""):
        return text
    purpose = signal_name(e.purpose, w.names.procedure)
    return joined(text, _("for: {purpose}").format(purpose=purpose))


def _slip_issued(e: ev.SlipIssued, w: Telling) -> str:
    named = w.names.procedure.closing_paper if w.names.procedure else None
    if named is None or named.instead:  # A log of many cases: which of its papers it is, who knows.
        return _("Slip issued: {number}").format(number=e.number)
    paper = localized(named.name)
    return _("Issued: {paper} {number}").format(paper=paper, number=e.number)


def _promise(e: ev.PromiseMade, w: Telling) -> str:
    words = _("Promised to the caller: {due}") if e.to == "caller" else _("Promised: {due}")
    return joined(words.format(due=w.due(e.due)), e.note)


def _item(item: str, text: str, w: Telling) -> str:
    """A line of the checklist as it was confirmed; the typed ones have words of their own."""
    if item in ("feedback", "satisfaction", "compensation") or ":" in item:
        return ""
    known = w.names.procedure.write_off if w.names.procedure else ()
    label = next((localized(found.label) for found in known if found.id == item), item)
    if any(found.id == item and found.kind == "question" for found in known):
        text = _("yes") if text == YES else _("no")
    return _("{label}: {text}").format(label=label, text=text)


def _written_off(e: ev.WrittenOff, w: Telling) -> str:
    paid = _yuan(e.compensation_fen)
    signed = [name for key, name in e.items.items() if key.startswith("signed:")]
    return joined(
        _("Written off, awaiting the paper"),
        satisfaction_name(e.satisfaction),
        _("compensation {yuan}").format(yuan=paid) if paid else "",
        *(_item(item, text, w) for item, text in e.items.items()),
        _("signed by {names}").format(names=_(", ").join(signed)) if signed else "",
    )


def _filed(e: ev.PaperFiled, w: Telling) -> str:
    text = _("Paper filed: binder {binder}, page {page}").format(binder=e.binder, page=e.page)
    charge = _("charge {yuan}").format(yuan=_yuan(e.charge_fen)) if e.charge_fen else ""
    return joined(text, charge)


def _fell_due(e: ev.DutyFellDue, w: Telling) -> str:
    return _("Fell due: {duty}, {due}").format(duty=w.names.duty(e.duty), due=w.due(e.due))


def _corrected(e: ev.Corrected, w: Telling) -> str:
    value = w.names.category(e.value) if e.field == "category" else e.value
    text = _("Corrected {field}: {value}").format(field=field_name(e.field), value=value)
    text = joined(text, moved_words() if e.moved else "")
    told = _("{name} was told otherwise").format(name=e.name) if e.tell else ""
    paper = version_mark(e.version)
    mark = _("paper {mark}").format(mark=paper) if paper else ""
    return joined(text, e.reason, told, mark, despite_words(e.despite))


def _taken_back(e: ev.TakenBack, w: Telling) -> str:
    known = [w.names.entries[seq] for seq in e.of if seq in w.names.entries]
    if len(known) < len(e.of):
        return _("Taken back: entry {seqs}").format(seqs=", ".join(str(seq) for seq in e.of))
    names = replace(w.names, entries={})
    what = _("; ").join(said(entry, w.zone, names) for entry in known)
    return _("Taken back: {what}").format(what=what)


def _adopted(e: ev.Adopted, w: Telling) -> str:
    kind = PurePosixPath(e.name).stem if e.what == "card" else ""
    title = w.names.kind(kind)  # a file's name is the kind's id
    told = _("Adopted {what} {name} ({sha256})").format(
        what=_adopted_name(e.what),
        name=title if title != kind else e.name,
        sha256=e.sha256[:12],
    )
    return joined(told, _(", ").join(_counted(each, n) for each, n in e.counts.items()))


def _counted(what: str, n: int) -> str:
    """How many of something an adopted list has."""
    names = {
        "units": _("units {n}"),
        "people": _("people {n}"),
        "numbers": _("telephone numbers {n}"),
        "days": _("days {n}"),
        "standing": _("standing {n}"),
        "added": _("added {n}"),
        "ended": _("ended {n}"),
    }
    return names.get(what, what + " {n}").format(n=n)


def _adopted_name(what: str) -> str:
    names = {
        "procedure": _("procedure"),
        "in_force": _("procedures in force"),
        "site": _("settings"),
        "categories": _("classes"),
        "card": _("action card"),
        "calendar": _("calendar"),
        "units": _("units"),
        "roster": _("roster"),
        "rota": _("rota"),
        "stand_ins": _("stand-ins"),
        "handouts": _("an entry of the handout book"),
        "handout_registers": _("registers of the handout book"),
        "notes": _("household notes"),
    }
    return names.get(what, what)


def _text_deleted(e: TextDeleted, w: Telling) -> str:
    return _("Deleted for the persons in it: {what} {name} ({sha256})").format(
        what=_adopted_name(e.what), name=e.name, sha256=e.sha256[:12]
    )


def _operator_changed(e: ev.OperatorChanged, w: Telling) -> str:
    sentences = {
        "pin_reset": _("New PIN for {name}"),
        "disabled": _("{name} may no longer sign in"),
        "locked": _("Too many wrong PINs: {name} is locked for a while"),
    }
    return sentences.get(e.what, "{name}: " + e.what).format(name=e.name)


def _step_recorded(e: ev.StepRecorded, w: Telling) -> str:
    procedure = w.names.procedure
    step = procedure.step(e.step) if procedure else None
    fields = act_fields(step.fields if step else (), e.values, w.at, w.zone)
    return joined(signal_name(e.step, procedure), e.person, *fields, e.note)


_SENTENCES: dict[type[ev.Event], Callable[[Any, Telling], str]] = {
    ev.CaseOpened: _opened,
    ev.LevelChanged: _level_changed,
    ev.Moved: lambda e, w: joined(
        _("From {old} to {new}").format(old=localized(e.old), new=localized(e.new)), e.reason
    ),
    ev.CallerRang: lambda e, w: joined(_("The caller rang again"), _who(e.caller, e.phone), e.said),
    em.AlarmRepeated: lambda e, w: joined(
        _("The same alarm again, no. {n}").format(n=e.times), _who(e.caller, e.phone), e.said
    ),
    ev.AssigneeNamed: lambda e, w: _("Responsible: {name}").format(name=e.name),
    ev.CallTried: _call_tried,
    ev.ReadBack: lambda e, w: _("{name} read it back").format(name=e.name),
    ev.SlipIssued: _slip_issued,
    ev.FollowedUp: lambda e, w: joined(
        _("Followed up: {outcome}").format(outcome=follow_up_name(e.outcome)), e.note
    ),
    ev.PromiseMade: _promise,
    ev.StepRecorded: _step_recorded,
    ev.FeedbackReceived: lambda e, w: joined(
        _("Confirmed as done"), e.source, feedback_by_name(e.by)
    ),
    ev.WrittenOff: _written_off,
    ev.PaperReceived: lambda e, w: joined(
        _("Paper in hand: {number}").format(number=e.number), despite_words(e.despite)
    ),
    ev.PaperSigned: lambda e, w: _("Paper signed by {name}").format(name=e.signer),
    ev.PaperFiled: _filed,
    ev.ClosedFinal: lambda e, w: _("Final"),
    ev.JudgedValid: lambda e, w: joined(_("Found valid"), e.reason),
    ev.CalledOff: lambda e, w: joined(_("F9 was a mistake"), e.reason),
    ev.JudgedInvalid: lambda e, w: joined(_("Found invalid"), e.reason),
    ev.Reopened: lambda e, w: joined(_("Reopened"), e.reason),
    ev.NoteAdded: lambda e, w: joined(_("Remark"), e.text),
    ev.Corrected: _corrected,
    ev.TakenBack: _taken_back,
    ev.DutyFellDue: _fell_due,
    ev.Adopted: _adopted,
    TextDeleted: _text_deleted,
    ev.OperatorAdded: lambda e, w: _("Operator added: {name}").format(name=e.name),
    ev.OperatorChanged: _operator_changed,
    ev.OperatorsSealed: lambda e, w: _("Operators sealed as listed: {names}").format(
        names=_(", ").join(each.name for each in e.operators)
    ),
    ev.LogNoted: lambda e, w: joined(
        _("Noted"), e.place, _who(e.caller, e.phone), e.text, answer_words(e.answer)
    ),
    ev.BackupMade: lambda e, w: _("Backup made and proved: {file}").format(file=e.file),
    ev.Restored: lambda e, w: _("Restored from {source}").format(source=e.source),
    **EMERGENCY_SENTENCES,
    **SENTENCES,
    **RECORD_SENTENCES,
}


def _late(entry: Entry, zone: tzinfo) -> str:
    if not entry.late:
        return ""
    return _("(late +{minutes} min, written {time})").format(
        minutes=int((entry.recorded_at - entry.occurred_at).total_seconds()) // 60,
        time=short_time(entry.recorded_at, entry.occurred_at, zone),
    )


def said(entry: Entry, zone: tzinfo, names: Glossary = PLAIN) -> str:
    """What happened and who signed with it, in one line without its times.

    Nobody is ever left without a line: an event this version has no sentence for gives its kind.
    """
    sentence = _SENTENCES.get(type(entry.event))
    where = Telling(entry.occurred_at, zone, names)
    text = sentence(entry.event, where) if sentence else kind_name(kind_of(type(entry.event)))
    cosigned = _("co-signed by {name}").format(name=entry.cosigner) if entry.cosigner else ""
    whole = joined(text, _in_ink(entry), cosigned)
    return clean_text(whole, multiline=False, limit=len(whole)).text


def _in_ink(entry: Entry) -> str:
    """Where it was signed in ink, and who saw it; empty where it was not."""
    event = entry.event
    if not isinstance(event, ev.Signed | ev.PaperSigned | watch.DeskSigned):
        return ""
    return ink_words(ink_of(event, entry.actor))


def entry_text(entry: Entry, zone: tzinfo, names: Glossary = PLAIN) -> str:
    """The same, and if it is late, by how much and when it was written down."""
    return " ".join(part for part in (said(entry, zone, names), _late(entry, zone)) if part)


def timeline(
    entries: list[Entry],
    now: datetime,
    zone: tzinfo,
    names: Glossary = PLAIN,
    *,
    actors: bool = False,
    seconds: bool = False,
) -> list[str]:
    """A case's story, one line an entry, each with its time; what was taken back is shown as such.

    The arguments are those of ``timed``.
    """
    found = timed(entries, now, zone, names, actors=actors, seconds=seconds)
    return [f"{at} {text}" for at, text in found]


def timed(
    entries: list[Entry],
    now: datetime,
    zone: tzinfo,
    names: Glossary = PLAIN,
    *,
    actors: bool = False,
    seconds: bool = False,
) -> list[tuple[str, str]]:
    """The same, each time by itself.

    Args:
        entries: of one case, in order.
        now: the present moment (UTC); times of today are shown without their date.
        zone: the site's.
        names: what gives ids their names.
        actors: whether it is said who wrote a line, wherever that changes.
        seconds: whether times are to the second.
    """
    names = replace(names, entries={e.seq: e for e in entries})
    void = no_longer_counting(entries)
    lines = []
    last = ""
    for entry in entries:
        text = entry_text(entry, zone, names)
        if entry.seq in void:
            text = _("[taken back] {text}").format(text=text)
        if actors and entry.actor != last and not machine_made(entry.event):
            last = entry.actor
            text = bracketed(text, actor_words(last))
        second = f"{entry.occurred_at:%S}"
        at = short_time(entry.occurred_at, now, zone) + (f":{second}" if seconds else "")
        lines.append((at, text))
    return lines
