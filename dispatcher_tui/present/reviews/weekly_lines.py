"""The head's weekly check in lines: the figures beside the week before, what deserves a look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.reviews.weekly import Figures, Look, WhyLook
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, bracketed, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import Glossary, joined
from dispatcher_tui.present.signing import ink_words
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable

_ACROSS = 4
"""Figures to a line."""

_ROOM_FOR_AGES = 100
"""From so many cells on it is also said for how long something has stood so."""


def why_name(why: WhyLook) -> str:
    """Why something deserves a look, short."""
    names = {
        WhyLook.STUCK: _("head decides"),
        WhyLook.EMERGENCY: _("emergency"),
        WhyLook.OVERDUE: _("overdue"),
        WhyLook.DISSATISFIED: _("dissatisfied"),
        WhyLook.REOPENED: _("reopened"),
        WhyLook.UNSIGNED: _("signature owed"),
        WhyLook.PAPER: _("paper owed"),
        WhyLook.DESK: _("the desk itself"),
        WhyLook.LATE: _("late entry"),
        WhyLook.CORRECTED: _("corrected"),
    }
    return names[why]


def figure_cells(week: Figures, before: Figures) -> list[str]:
    """Each figure of a week; what happened in it has the week before's beside it."""
    happened = (
        (_("opened"), week.opened, before.opened),
        (_("written off"), week.written_off, before.written_off),
        (_("final"), week.final, before.final),
        (_("invalid"), week.invalid, before.invalid),
        (_("emergencies"), week.emergencies, before.emergencies),
        (_("reopened"), week.reopened, before.reopened),
        (_("fell due"), week.fallen, before.fallen),
        (_("dissatisfied"), week.dissatisfied, before.dissatisfied),
        (_("corrections"), week.corrections, before.corrections),
        (_("late entries"), week.late, before.late),
    )
    now = (
        (_("open now"), week.open),
        (_("overdue now"), week.overdue),
        (_("papers owed"), week.papers),
    )
    return [
        *(bracketed(f"{name} {here}", str(there)) for name, here, there in happened),
        *(f"{name} {here}" for name, here in now),
    ]


def figure_lines(week: Figures, before: Figures, cells: int) -> list[str]:
    """The figures in columns of so many cells in all."""
    found, width = figure_cells(week, before), cells // _ACROSS
    rows = [found[at : at + _ACROSS] for at in range(0, len(found), _ACROSS)]
    return ["".join(fit(each, width) for each in row).rstrip() for row in rows]


def _times(look: Look) -> str:
    return f" x{look.times}" if look.times > 1 else ""


def _about(look: Look, names: Glossary, zone: tzinfo) -> str:
    """What it is about: the newest entry's words, the duty, or where and what the case is."""
    if look.entry is not None:
        return said(look.entry, zone, names)
    if look.duty is not None:
        return joined(localized(look.duty.label), look.about)
    return look.about


def _which(look: Look) -> str:
    """The case it is on; of the desk itself the routine's day."""
    if look.why is WhyLook.DESK and look.entry is None and look.duty is not None:
        return look.duty.key.partition(":")[2].partition("/")[0]
    return look.number


def looks_table(names: Glossary, now: datetime, zone: tzinfo, cells: int) -> RecordTable[Look]:
    """What deserves a look, on a screen of so many cells: why, which case, since when, what."""

    def age(look: Look) -> float:
        return (now - look.at).total_seconds()

    long = [RecordColumn[Look]("for", "", age, "length", 11)] if cells >= _ROOM_FOR_AGES else []
    return RecordTable[Look](
        (
            RecordColumn("why", "", lambda e: why_name(e.why) + _times(e), cells=16),
            RecordColumn("which", "", _which, cells=10, none="-"),
            RecordColumn(
                *("since", "", lambda e: e.at, "moment", 11),
                words=lambda e: short_time(e.at, now, zone),
            ),
            *long,
            RecordColumn("about", "", lambda e: _about(e, names, zone), cells=REST),
        ),
        zone,
    )


def look_lines(
    looks: Iterable[Look], names: Glossary, now: datetime, zone: tzinfo, cells: int
) -> list[str]:
    """A line each, cut to the screen."""
    listing = looks_table(names, now, zone, cells)
    return [fit(listing.line(each), cells) for each in looks]


def mark_line(signed: SignOff | None, now: datetime, zone: tzinfo) -> str:
    """Who has checked the week, and whether the signature under it is still owed."""
    if signed is None:
        return _("not checked yet")
    at = short_time(signed.signed_at or signed.at, now, zone)
    if signed.how is SignedBy.PHONE and signed.signed_at is None:
        words = _("{name} agreed by phone {time}: the signature is owed")
    else:
        words = _("checked and signed by {name} {time}")
    return joined(words.format(name=signed.name, time=at), ink_words(signed.ink), signed.remark)
