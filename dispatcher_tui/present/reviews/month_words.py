"""The words and numbers a Monthly Summary is told with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo

import msgspec

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.reviews.summary import MonthReport
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import Channel, Label, Satisfaction
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.terms import channel_name, satisfaction_name


class Wording(msgspec.Struct, frozen=True):
    """What gives a summary's keys their names, and its moments their local time."""

    zone: tzinfo
    names: Glossary
    procedure: Procedure | None = None

    def time(self, at: datetime | None) -> str:
        """A moment with its day."""
        return f"{at.astimezone(self.zone):%m-%d %H:%M}" if at else ""

    def long_time(self, at: datetime | None) -> str:
        """A moment with its year, to the second."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M:%S}" if at else ""

    def level(self, level: str) -> str:
        """A level as the procedure calls it."""
        label: Label | None = None
        if self.procedure is not None:
            with suppress(KeyError):
                label = self.procedure.level(level).label
        return localized(label) if label else level

    def series(self, procedure: str, level: str) -> str:
        """What a row of the trend is of."""
        if not procedure:
            return _("all procedures")
        own = self.procedure is not None and self.procedure.id == procedure
        if own:
            return self.level(level) if level else _("all levels")
        return f"{procedure} {level or _('all levels')}"

    def category(self, category: str) -> str:
        """A class of cases by its name."""
        return self.names.category(category) or _("none named")

    def department(self, group: str) -> str:
        """Whose it was: a group of the roster; the role, as a month of before has it."""
        if not group:
            return _("nobody named")
        known = self.procedure is not None and group in self.procedure.roles
        return self.names.role(group) if known else group_name(group)


def wording_of(report: MonthReport) -> Wording:
    """What names the keys of a summary's figures."""
    rules = report.summary.rules
    names = Glossary(rules.procedure, report.categories, report.kinds)
    return Wording(rules.calendar.tz, names, rules.procedure)


def group_name(group: str) -> str:
    """A department: a group of the roster; one that a site made up is shown as it is."""
    names = {
        "management": _("management office"),
        "service": _("customer service"),
        "security": _("security team"),
        "engineering": _("engineering"),
        "maintenance": _("maintenance team"),
        "lifts": _("lift team"),
        "plant": _("plant team"),
        "cleaning": _("cleaning team"),
    }
    return names.get(group, group)


def class_name(case_class: str) -> str:
    """The wide class of a category; one that a site made up is shown as it is."""
    names = {
        "": _("none named"),
        "maintenance": _("maintenance"),
        "security": _("security"),
        "order": _("orders"),
        "environment": _("environment"),
        "service": _("service"),
        "fee": _("fees"),
        "neighbour": _("neighbours"),
        "municipal": _("municipal"),
        "other_department": _("another department"),
    }
    return names.get(case_class, case_class)


def building_name(building: str) -> str:
    """A building by its figure, another place by its name."""
    if not building:
        return _("no place")
    return (
        _("building {n}").format(n=building)
        if building.isalnum() and building.isascii()
        else building
    )


def cause_name(cause: str) -> str:
    """A cause in the words of the write-off."""
    return cause or _("none given")


def satisfaction_words(value: str) -> str:
    """The complainant's word on the result."""
    return satisfaction_name(Satisfaction(value))


def source_name(value: str) -> str:
    """How a case reached the desk."""
    return channel_name(Channel(value))


def reached(share: float) -> float:
    """A promise's rate as it is told, rounded down to a thousandth."""
    return int(share * 1000 + 1e-9) / 1000


def percent(share: float | None) -> str:
    """A promise's rate with one decimal, rounded down: 89.99 % has not reached an aim of 90 %."""
    return "-" if share is None else f"{100 * reached(share):.1f} %"


def nearest(part: int, whole: int) -> float:
    """A part of a whole, to the nearest thousandth."""
    return (2000 * part + whole) // (2 * whole) / 1000


def portion(part: int, whole: int) -> str:
    """A part of a whole with one decimal, to the nearest: parts are read as a sum."""
    return f"{100 * nearest(part, whole):.1f} %"


def month_name(period: Period) -> str:
    """The month as it heads a paper: ``2026-11``, ``2026年11月``."""
    return _("{year}-{month:02d}").format(year=period.first.year, month=period.first.month)


def formula(figures: Month) -> str:
    """The timeliness rate as it is printed on the summary, with its numbers."""
    found = figures.timeliness
    words = _("Timeliness = duties done in time / duties due in the month = {n} / {all} = {rate}")
    return words.format(n=found.in_time, all=found.due, rate=percent(found.rate))


def formula_terms() -> str:
    """What the formula counts."""
    return _(
        "Due in the month: from 00:00 of its first day up to but without 24:00 of its last; the"
        " desk's own routines count too. Done at the due time is in time. What was cancelled"
        " before it fell due is not counted; what was never done is late."
    )


def balance(figures: Month) -> str:
    """That every case is accounted for, with the numbers."""
    flow = figures.flow
    words = _("opened {a} + carried in {b} = final {c} + invalid {d} + carried over {e}")
    return words.format(
        a=flow.opened, b=flow.carried_in, c=flow.final, d=flow.invalid, e=flow.carried_over
    )


def state_line(figures: Month, words: Wording) -> str:
    """As of when the figures are."""
    at = words.long_time(figures.as_of)
    if figures.closed and figures.as_of is not None:
        last = (figures.as_of - timedelta(microseconds=1)).astimezone(words.zone)
        return _("as of the month's end, {time}").format(time=f"{last:%Y-%m-%d} 24:00")
    return _("the month is RUNNING: as of {time}").format(time=at)


Named = Callable[[str], str]


def sorts(words: Wording) -> Mapping[str, tuple[str, Named]]:
    """What cases are counted by: the field of the figures, its title, how a key is called."""
    return {
        "classes": (_("By wide class"), class_name),
        "categories": (_("By class"), words.category),
        "levels": (_("By level"), words.level),
        "channels": (_("By source"), source_name),
        "departments": (_("By department responsible"), words.department),
        "buildings": (_("By building or place"), building_name),
        "causes": (_("By cause (of those written off)"), cause_name),
        "satisfaction": (_("Satisfaction (of those written off)"), satisfaction_words),
    }
