"""Cases and their lines as text for a person at the command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.record.case import Case, Entry, Slip
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.case_lines import assignee_line, channel_line, tied_label
from dispatcher_tui.present.case.duty_lines import duty_lines
from dispatcher_tui.present.case.passing_on_lines import outdated_words
from dispatcher_tui.present.case.timeline import timeline
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time, stage_name, under
from dispatcher_tui.present.names import PLAIN, Glossary, names_of
from dispatcher_tui.present.signing import ink_words
from dispatcher_tui.present.terms import fact_name, level_name

_LABEL_CELLS = 12


def _field(label: str, value: str) -> list[str]:
    """A labelled line; nothing where there is no value."""
    return [f"{fit(label, _LABEL_CELLS)} {value}"] if value else []


def _slip(slip: Slip, now: datetime, zone: tzinfo) -> str:
    if not slip.number:
        return ""
    parts = [slip.number, *filter(None, (outdated_words(slip),))]
    if slip.received_at is not None:
        parts.append(_("in hand {time}").format(time=short_time(slip.received_at, now, zone)))
    if slip.signed_by:
        parts.append(_("signed by {names}").format(names=slip.signed_by))
    if slip.ink is not None:
        parts.append(ink_words(slip.ink))
    if slip.binder:
        words = _("binder {binder}, page {page}")
        parts.append(words.format(binder=slip.binder, page=slip.page))
    if slip.charge_fen:
        parts.append(_("{yuan} yuan").format(yuan=format_fen(slip.charge_fen)))
    return "  ".join(parts)


def _title(case: Case, rules: Rules) -> str:
    level = level_name(case.level, rules.procedure)
    return "  ".join((case.number, level, stage_name(case.stage.value), case.place)).rstrip()


def case_lines(
    case: Case,
    duties: Iterable[Duty],
    rules: Rules,
    entries: Iterable[Entry],
    now: datetime,
    names: Glossary = PLAIN,
) -> list[str]:
    """A case in full: what it is, what is owed on it, what happened.

    ``names`` gives the site's; the procedure's are those of ``rules``.
    """
    zone = rules.calendar.tz
    names = msgspec.structs.replace(names, procedure=names_of(rules, names.procedure))
    callers = ", ".join(f"{c.name} {c.phone}".strip() for c in case.callers if c.name or c.phone)
    return [
        _title(case, rules),
        *_field(_("Opened"), short_time(case.opened_at, now, zone)),
        *_field(_("Caller"), callers),
        *_field(_("Class"), names.category(case.category)),
        *_field(_("Channel"), channel_line(case)),
        *_field(_("Facts"), ", ".join(fact_name(fact) for fact in case.facts)),
        *_field(_("Words"), case.verbatim),
        *_field(tied_label(rules.procedure), case.tied_to),
        *_field(_("Orders"), ", ".join(case.orders)),
        *_field(_("CAPA"), ", ".join(case.correctives)),
        *_field(_("Assignee"), assignee_line(case, now, zone)),
        *_field(localized(rules.procedure.closing_paper.name), _slip(case.slip, now, zone)),
        *_field(_("Id"), case.id),
        "",
        *duty_lines(duties, now, zone),
        "",
        *timeline(list(entries), now, zone, names, actors=True),
    ]


def _what(case: Case, names: Glossary) -> str:
    """What a case without a caller's words is, by name."""
    return names.category(case.category) or names.kind(case.emergency_kind)


def case_line(
    case: Case,
    duties: tuple[Duty, ...],
    rules: Rules,
    now: datetime,
    beside: Label | None = None,
    names: Glossary = PLAIN,
) -> str:
    """A case in one line of a list; ``beside`` is the short name of a procedure that is not the
    default, ``names`` gives the site's."""
    following = next_duty(duties)
    due = following.due if following and not case.stage.ended else None
    step = localized(following.label) if following else ""
    words = under(beside, " ".join(case.verbatim.split()) or _what(case, names))
    cells = (
        (remaining(due, now) if due else "", COUNTDOWN_CELLS),
        (level_name(case.level, rules.procedure), 10),
        (case.number, 10),
        (case.place, 12),
        (words, 32),
        (case.responsible.name if case.responsible else _("nobody told"), 10),
        (stage_name(case.stage.value) if case.stage.ended else step, 28),
    )
    first, *rest = cells
    shown = [fit(first[0], first[1], "right"), *(fit(text, width) for text, width in rest)]
    return " ".join(shown).rstrip()
