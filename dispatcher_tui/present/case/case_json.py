"""A case as the command line's contract promises it to other programs.

Names and values never depend on the operator's language. Times are ISO 8601 with the offset of
the site's zone; what is absent is null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from dispatcher_tui.domain.duties.duties import Duty, Rules, state
from dispatcher_tui.domain.record.case import Case, Entry, Slip
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.opening import BESIDE
from dispatcher_tui.domain.record.sign_off import Ink, SignOff
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.present.names import PLAIN, Glossary, names_of

Object = dict[str, Any]


def local_time(at: datetime | None, zone: tzinfo) -> str | None:
    """A moment in the site's time with its offset; null where it has not come."""
    return None if at is None else at.astimezone(zone).isoformat()


def duty_object(duty: Duty, now: datetime, zone: tzinfo) -> Object:
    """One duty as it stands at ``now``; a duty whose start has not happened has no due time.

    ``reason`` is ``moved`` where it ended as its case was handed over to another procedure.
    ``confirmed`` is false where its due time was reckoned without the holiday table of a year.
    """
    return {
        "rule": duty.rule,
        "label": localized(duty.label),
        "due": local_time(duty.due, zone),
        "state": state(duty, now).value,
        "confirmed": duty.confirmed,
        "reason": "moved" if duty.moved else None,
    }


def slip_object(slip: Slip, zone: tzinfo) -> Object | None:
    """The closing paper and where it is; null while there is none."""
    if not slip.number:
        return None
    return {
        "number": slip.number,
        "version": slip.version,
        "received_at": local_time(slip.received_at, zone),
        "signed_by": slip.signed_by or None,
        "binder": slip.binder or None,
        "page": slip.page or None,
        "charge_fen": slip.charge_fen if slip.filed_at is not None else None,
    }


def ink_object(ink: Ink | None) -> Object | None:
    """Where a signature or a seal stands on paper, who saw it; null by PIN, or while owed."""
    if ink is None:
        return None
    return {"paper": ink.paper, "page": ink.page, "seen_by": ink.seen_by, "seal": ink.seal}


def signature_object(sign_off: SignOff, zone: tzinfo) -> Object:
    """A signature: by ``pin``, by ``phone`` and owed until ``signed_at``, or in ``ink``."""
    return {
        "rule": sign_off.rule,
        "role": sign_off.role,
        "name": sign_off.name,
        "how": sign_off.how.value,
        "at": local_time(sign_off.at, zone),
        "signed_at": local_time(sign_off.signed_at, zone),
        "ink": ink_object(sign_off.ink),
    }


def entry_object(entry: Entry, zone: tzinfo, names: Glossary = PLAIN) -> Object:
    """One line of the journal."""
    return {
        "seq": entry.seq,
        "occurred_at": local_time(entry.occurred_at, zone),
        "recorded_at": local_time(entry.recorded_at, zone),
        "kind": kind_of(type(entry.event)),
        "actor": entry.actor,
        "text": entry_text(entry, zone, names),
    }


def log_object(entry: Entry, number: str, zone: tzinfo, names: Glossary = PLAIN) -> Object:
    """A line of the journal with the number of its case; null where it belongs to none."""
    return {**entry_object(entry, zone, names), "case": number or None}


def case_object(
    case: Case,
    duties: Iterable[Duty],
    rules: Rules,
    now: datetime,
    entries: Iterable[Entry] | None = None,
    names: Glossary = PLAIN,
) -> Object:
    """The case object; without ``entries`` that key is left out, as lists may do.

    Args:
        duties: everything owed on the case, past and present.
        rules: those the case is pinned to; they give the procedure's id and the zone.
        now: the moment its duties' states are told for (UTC).
        names: the site's, for the entries' human texts; the procedure's are those of ``rules``.
    """
    zone = rules.calendar.tz
    first = case.caller
    found: Object = {
        "number": case.number,
        "id": case.id,
        "procedure": rules.procedure.id,
        "level": case.level,
        "stage": case.stage.value,
        "place": case.place or None,
        "caller": (first.name if first else "") or None,
        "phone": (first.phone if first else "") or None,
        "category": case.category or None,
        "channel": case.channel.value,
        "verbatim": case.verbatim or None,
        "facts": [fact.value for fact in case.facts],
        "assignee": case.responsible.name if case.responsible else None,
        "opened_at": local_time(case.opened_at, zone),
        "notified_at": local_time(case.notified_at, zone),
        "written_off_at": local_time(case.written_off_at, zone),
        "final_at": local_time(case.final_at, zone),
        "duties": [duty_object(duty, now, zone) for duty in duties],
        "slip": slip_object(case.slip, zone),
    }
    found.update({name: getattr(case, name) for name in BESIDE if getattr(case, name)})
    if entries is not None:
        told = {entry.seq: entry for entry in entries}
        names = msgspec.structs.replace(
            names, procedure=names_of(rules, names.procedure), entries=told
        )
        found["entries"] = [entry_object(entry, zone, names) for entry in told.values()]
    return found
