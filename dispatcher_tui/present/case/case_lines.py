"""A case on one screen: its facts in a few lines, as they are read out on the telephone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.triage import reasons
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.passing_on_lines import outdated_words
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.i18n import _, bracketed, labelled, localized, ngettext
from dispatcher_tui.present.line_texts import short_time, stage_name, under
from dispatcher_tui.present.names import Glossary, joined
from dispatcher_tui.present.signing import ink_words
from dispatcher_tui.present.terms import beside_words, channel_name, fact_name

WORDS_ROWS = 3
"""Rows of the caller's words that are shown; the rest is in the timeline's opening."""


def level_line(procedure: Procedure, case: Case) -> str:
    """The level and the facts behind it."""
    level = procedure.level(case.level)
    why = _(", ").join(
        fact_name(fact) for fact in reasons(level, case.facts, case.tags, case.channel)
    )
    return bracketed(localized(level.label), why)


def callers_line(case: Case) -> str:
    """Everybody who called, and how often it was asked about."""
    names: dict[str, None] = {}
    for caller in case.callers:
        names.setdefault(f"{caller.name} {caller.phone}".strip() or _("not named"), None)
    line = _(", ").join(names)
    words = ngettext("(rang again {n} time)", "(rang again {n} times)", case.rings)
    return f"{line} {words.format(n=case.rings)}" if case.rings else line


def channel_line(case: Case) -> str:
    """How the case came in: of an alarm which panel, and how often it has sounded."""
    parts = [channel_name(case.channel), *beside_words(case)]
    if case.alarms:
        times = case.alarms + 1
        words = ngettext("(alarm sounded {n} time)", "(alarm sounded {n} times)", times)
        parts.append(words.format(n=times))
    return " ".join(part for part in parts if part)


def tried_in_vain(case: Case) -> bool:
    """Whether who is named was rung about the case and not reached."""
    who = case.assignee
    mine = [c for c in case.calls if c.purpose == "notified" and who and c.name == who.name]
    return bool(mine) and mine[-1].outcome.missed


def assignee_line(case: Case, now: datetime, zone: tzinfo) -> str:
    """Who is responsible, since when they know, and whether they read it back."""
    who = case.assignee
    if who is None:
        return _("nobody told")
    if who.notified_at is None and tried_in_vain(case):
        return _("nobody told ({name} was tried in vain)").format(name=who.name)
    if who.notified_at is None:
        return _("{name}, not told yet").format(name=who.name)
    told = short_time(who.notified_at, now, zone)
    calls = [c for c in case.calls if c.purpose == "notified" and c.name == who.name]
    back = bool(calls and calls[-1].read_back_at)
    words = _("{name}, told {time}, read back") if back else _("{name}, told {time}, NOT read back")
    return words.format(name=who.name, time=told)


def slip_line(case: Case, now: datetime, zone: tzinfo) -> str:
    """The closing paper and where it is."""
    slip = case.slip
    if not slip.number:
        return _("none")
    if slip.filed_at:
        return _("{number}, binder {binder}, page {page}").format(
            number=slip.number, binder=slip.binder, page=slip.page
        )
    if slip.signed_at:
        signed = _("{number}, signed by {name}").format(number=slip.number, name=slip.signed_by)
        return joined(signed, ink_words(slip.ink))
    if slip.received_at:
        return _("{number}, in hand").format(number=slip.number)
    return joined(_("{number}, out").format(number=slip.number), outdated_words(slip))


def case_heading(procedure: Procedure, case: Case, now: datetime, zone: tzinfo) -> str:
    """Number, level, stage and when it began, in one line."""
    level = localized(procedure.level(case.level).label)
    opened = short_time(case.opened_at, now, zone)
    parts = (case.number, level, stage_name(case.stage), _("opened {time}").format(time=opened))
    return "  ".join(part for part in (*parts, case.place) if part)


def tied_label(procedure: Procedure) -> str:
    """An order belongs to its emergency; a corrective action comes from what it corrects."""
    return _("Comes from") if procedure.companion else _("Tied to")


def case_lines(
    case: Case,
    names: Glossary,
    now: datetime,
    zone: tzinfo,
    cells: int,
    rows: int = WORDS_ROWS,
    tied: str = "",
    missing: Iterable[str] = (),
    near: str = "",
    beside: Label | None = None,
) -> list[str]:
    """The facts of a case, each with its name before it.

    Args:
        case: as it stands.
        names: the names of its procedure's and the site's ids.
        now: the present moment (UTC).
        zone: the site's.
        cells: width of a line.
        rows: rows for the caller's own words.
        tied: the corrective action it gave rise to, and how that stands.
        missing: what its write-off and its finality still lack.
        near: the flats above and below, and what is open there.
        beside: the short name of its procedure, where that is not the default.
    """
    assert names.procedure is not None
    facts = _(", ").join(fact_name(fact) for fact in case.facts)
    place = case.place or _("place not known yet")
    kind = names.kind(case.emergency_kind) if case.emergency_kind else ""
    matter = "  ".join(p for p in (kind, names.category(case.category), facts) if p)
    words = wrap(" ".join(case.verbatim.split()), max(10, cells - 9)) if case.verbatim else []
    if len(words) > rows:
        words = [*words[: rows - 1], fit(words[rows - 1] + "..", cells - 9)]
    table = [
        (_("Place"), f"{place}  {channel_line(case)}"),
        *[(_("Floors"), near)] * bool(near),
        (_("Caller"), callers_line(case)),
        (_("Matter"), matter),
        *[(_("Words") if not index else "", line) for index, line in enumerate(words)],
        (_("Level"), under(beside, level_line(names.procedure, case))),
        *[(tied_label(names.procedure), case.tied_to)] * bool(case.tied_to),
        *[(_("Orders"), _(", ").join(case.orders))] * bool(case.orders),
        *[(_("CAPA"), tied)] * bool(tied),
        *[(_("Missing") if not index else "", line) for index, line in enumerate(missing)],
        (_("Assignee"), assignee_line(case, now, zone)),
        (localized(names.procedure.closing_paper.name), slip_line(case, now, zone)),
    ]
    head, paper = table[:-2], table[-2:]
    lines = [fit(f"{fit(name, 8)} {text}", cells).rstrip() for name, text in head]
    both = f"{fit(paper[0][0], 8)} {paper[0][1]}   {labelled(*paper[1])}"
    return [*lines, fit(both, cells).rstrip()]
