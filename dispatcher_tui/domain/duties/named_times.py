"""The times that were named on a case, and that a clock may be due before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

import msgspec

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.time.due import AfterField, BeforeField, BeforePromise, DueSpec


class NamedTime(msgspec.Struct, frozen=True):
    """A time that was named at ``at``, by a promise or in a field of an act; both are UTC."""

    key: str
    at: datetime
    due: datetime


def waits_for_time(spec: DueSpec) -> bool:
    """Whether it is counted from a time that somebody has to name first."""
    return isinstance(spec, BeforePromise | BeforeField | AfterField)


def by_field(spec: DueSpec, named: list[NamedTime], case: Case, start: datetime) -> list[NamedTime]:
    """Those that count although they were named before the clock began at ``start``: what was
    written into a field since the case was opened stays; a promise of before is another matter's.
    """
    if not isinstance(spec, BeforeField | AfterField):
        return []
    opened = [each.at for each in case.signals if each.name == "opened" and each.at <= start]
    return [each for each in named if opened and each.at >= max(opened)]


def named_times(spec: DueSpec, case: Case, zone: tzinfo) -> Iterator[NamedTime]:
    """Every time that was named for what ``spec`` is counted from: a field, else a promise; a day
    is its noon in ``zone``."""
    if isinstance(spec, BeforeField | AfterField):
        for each in case.filled:
            if each.field == spec.field:
                key = f"{each.field}@{each.at.strftime('%Y%m%dT%H%M%S.%f')}"
                at = datetime.fromisoformat(each.value)
                if at.tzinfo is None:
                    at = at.replace(hour=12, tzinfo=zone).astimezone(UTC)
                yield NamedTime(key, each.at, at)
    else:
        for promise in case.promises:
            yield NamedTime(promise.key, promise.made_at, promise.due)
