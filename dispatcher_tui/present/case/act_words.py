"""What an act was written down with, field by field; and what the law says before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from dispatcher_tui.domain.law import Law
from dispatcher_tui.domain.step_field import MONEY, TIME, StepField
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import short_time


def field_value(field: StepField | None, value: str, at: datetime, zone: tzinfo) -> str:
    """One field's value in words; ``at`` is when it was written down."""
    if field is None or not value:
        return value
    if field.kind == MONEY:
        return _("{yuan} yuan").format(yuan=value)
    if field.kind == TIME:
        return short_time(datetime.fromisoformat(value), at, zone)
    return value


def act_fields(
    fields: Iterable[StepField], values: Mapping[str, str], at: datetime, zone: tzinfo
) -> list[str]:
    """Every field of an act with its name; the id of one that the procedure has no longer."""
    known = {field.id: field for field in fields}
    found = []
    for name, value in values.items():
        field = known.get(name)
        label = localized(field.label) if field is not None else name
        found.append(labelled(label, field_value(field, value, at, zone)))
    return found


def law_line(law: Law) -> str:
    """What the law says, where it is written, and since when it holds."""
    words = _("Law: {text} ({source}, since {date})")
    text, source = localized(law.text), localized(law.source)
    return words.format(text=text, source=source, date=law.date)


def law_lines(laws: Iterable[Law]) -> list[str]:
    """Each of them in a line of its own."""
    return [law_line(law) for law in laws]
