"""The fields of a procedure's act: what a meeting, an assessment or a notice is written down with.

Each has its words from whoever records the act. They are kept as text in the entry, in one form a
kind: an amount in yuan with two decimals, a time as ISO 8601 in UTC, a day as ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import msgspec

from dispatcher_tui.domain.words.money import MoneyError, format_fen, parse_fen
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text

TEXT, NAMES, MONEY, TIME, DAY, SERVICE = "text", "names", "money", "time", "day", "service"
FIELD_KINDS = (TEXT, NAMES, MONEY, TIME, DAY, SERVICE)
"""``text``: words; ``names``: who it was, one or several; ``money``: an amount in yuan; ``time``:
a time that lies ahead; ``day``: a day that has come; ``service``: one of those that the site may
stop. A clock may run on a time (``24h before cut_begins``) or a day (``3 months after billed``)."""

MOST_YUAN = 10_000_000_000
"""No loss that a desk is told of is above this."""


class StepField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of an act; ``required``: the act is none without it. ``after``: another field of
    it, a time that this one comes after."""

    id: str
    label: Label
    kind: str = TEXT
    required: bool = True
    after: str = ""


class FieldError(ValueError):
    """What was typed into a field cannot stand; ``fields`` are their ids, ``code`` says why:
    ``unknown``, ``missing``, ``unfit``, ``service`` for one that may not be stopped here, ``past``
    for a time that has come, ``before`` for one that does not come after another of them."""

    def __init__(self, code: str, fields: Iterable[str]) -> None:
        self.code, self.fields = code, tuple(fields)
        super().__init__(f"{code} {' '.join(self.fields)}")


def _kept(field: StepField, text: str) -> str:
    """What is written down for what was given.

    Raises:
        MoneyError: it is no amount.
        ValueError: it is no time with a zone, or no day.
    """
    if field.kind == MONEY:
        return format_fen(parse_fen(text, MOST_YUAN))
    if field.kind == DAY:
        return date.fromisoformat(text).isoformat()
    if field.kind == TIME:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError(text)
        return at.astimezone(UTC).isoformat()
    return text


def past_day(text: str, today: date) -> date:
    """Read a day that has come: ``2026-08-05``, ``08-05`` for the last such day.

    Raises:
        ValueError: it is no day, or lies ahead.
    """
    typed = text.strip().replace("/", "-").replace(".", "-")
    parts = typed.split("-")
    if len(parts) not in (2, 3) or not all(each.isdigit() and len(each) <= 4 for each in parts):
        raise ValueError(text)
    given = [] if len(parts) == 3 else [today.year, today.year - 1]
    for year in given or [int(parts.pop(0))]:
        try:
            found = date(year, int(parts[0]), int(parts[1]))
        except ValueError:  # The 29th of February is a day of some years only.
            continue
        if found <= today:
            return found
    raise ValueError(text)


def judge_times(fields: Iterable[StepField], kept: Mapping[str, str], at: datetime) -> None:
    """Refuse a time that does not lie ahead of ``at`` (UTC), or not after the one it comes after.

    Raises:
        FieldError: with the field.
    """
    times = {f.id: datetime.fromisoformat(kept[f.id]) for f in fields if _is_time(f, kept)}
    for field in fields:
        if field.id not in times:
            continue
        if times[field.id] <= at:
            raise FieldError("past", (field.id,))
        if field.after in times and times[field.id] <= times[field.after]:
            raise FieldError("before", (field.id, field.after))


def _is_time(field: StepField, kept: Mapping[str, str]) -> bool:
    return field.kind == TIME and field.id in kept


def filled(
    fields: Iterable[StepField], values: Mapping[str, str], services: Iterable[str] = ()
) -> dict[str, str]:
    """What is written down for the fields of an act; an empty one is left out.

    ``services``: those that the site may stop.

    Raises:
        FieldError: one is not asked for, missing though it is required, or no amount, time or day.
    """
    known = {field.id: field for field in fields}
    if unknown := [name for name in values if name not in known]:
        raise FieldError("unknown", unknown)
    given = {name: clean_text(values.get(name, "")).text.strip() for name in known}
    if missing := [name for name, field in known.items() if field.required and not given[name]]:
        raise FieldError("missing", missing)
    allowed = {*services, ""}
    if barred := [n for n, f in known.items() if f.kind == SERVICE and given[n] not in allowed]:
        raise FieldError("service", barred)
    found = {}
    for name, text in given.items():
        try:
            if text:
                found[name] = _kept(known[name], text)
        except (MoneyError, ValueError):
            raise FieldError("unfit", (name,)) from None
    return found
