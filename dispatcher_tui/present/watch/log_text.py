"""The Work Log in lines: on the screen, at the command line, and in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.timeline import entry_text, said
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, bracketed, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import PLAIN, Glossary, actor_words

DAY = timedelta(days=1)
"""A watch shorter than this needs no dates on its lines."""
_NUMBER_CELLS = 10


class LogFilter(StrEnum):
    """What of the Work Log is shown, in the order of the digits."""

    ALL = "all"
    CALLS = "calls"
    CASES = "cases"
    WATCH = "watch"
    NOTES = "notes"
    LATE = "late"


KINDS_OF: dict[LogFilter, frozenset[str]] = {
    LogFilter.CALLS: frozenset(
        {
            "alarm_repeated",
            "call_tried",
            "read_back",
            "caller_rang",
            "assignee_named",
            "followed_up",
        }
        | {
            "responder_reported",
            "step_recorded",
            "promise_made",
            "notice_posted",
            "notice_withdrawn",
        }
    ),
    LogFilter.CASES: frozenset(
        {"case_opened", "emergency_named", "level_changed", "moved", "reopened", "called_off"}
        | {"stood_down", "emergency_resumed", "order_issued", "card_step_done"}
        | {"branch_answered"}
        | {"judged_valid", "judged_invalid", "slip_issued", "feedback_received", "signed"}
        | {"written_off", "paper_received", "paper_signed", "paper_filed", "closed_final"}
        | {"reviewed", "method_set", "marked_typical", "unmarked_typical", "corrective_opened"}
        | {"holidays_known", "form_filled", "form_issued", "form_returned", "form_filed"}
        | {"form_asked", "form_voided", "postings_set", "posting_hung", "posting_taken_down"}
        | {"homes_named", "home_rung", "spare_sheet_keyed", "spare_sheet_voided"}
        | {"spare_sheets_printed"}
    ),
    LogFilter.WATCH: frozenset(
        {"signed_in", "handed_over", "post_relieved", "desk_locked", "desk_unlocked"}
        | {"rescue_code_made", "rescue_code_used", "rescue_code_refused"}
        | {"pin_refused", "desk_signed", "desk_duty_fell_due", "notice_posted"}
        | {"notice_withdrawn", "desk_started", "desk_stopped", "desk_stood_still"}
        | {"duty_swapped", "absence_noted", "person_came_in", "stand_in_named"}
        | {"duty_change_withdrawn"}
        | {"clock_jumped", "gap_reviewed", "sound_tested", "sound_silenced"}
        | {"presence_confirmed", "presence_missed", "operator_added", "operator_changed"}
        | {"operators_sealed", "row_differed"}
        | {"adopted", "text_deleted", "backup_made", "restored", "drill_held", "routine_done"}
        | {"month_reported", "slips_issued", "slip_voided", "charges_handed_over", "rise_corrected"}
        | {"charges_printed", "paper_printed", "print_failed"}
        | {"sent_alone", "safety_asked", "came_back_safe"}
        | {"round_recorded", "thing_handed_out", "thing_came_back", "rounds_left_out"}
        | {"fee_list_taken", "fee_lines_handed", "fee_results_noted", "fee_line_opened"}
        | {"panel_test_planned", "panel_test_alarm", "panel_test_ended"}
    ),
    LogFilter.NOTES: frozenset({"note_added", "log_noted"}),
}
"""The kinds of entry of each part; what fell due, or was corrected or taken back, is in all."""


def part_name(part: LogFilter) -> str:
    """A part of the Work Log, short."""
    names = {
        LogFilter.ALL: _("all"),
        LogFilter.CALLS: _("calls"),
        LogFilter.CASES: _("cases"),
        LogFilter.WATCH: _("watch"),
        LogFilter.NOTES: _("notes"),
        LogFilter.LATE: _("late"),
    }
    return names[part]


def belongs(entry: Entry, part: LogFilter) -> bool:
    """Whether an entry is of that part."""
    if part is LogFilter.ALL:
        return True
    if part is LogFilter.LATE:
        return entry.late
    return kind_of(type(entry.event)) in KINDS_OF[part]


def watch_title(
    name: str, shift: Shift, start: datetime, end: datetime, zone: tzinfo, *, over: bool
) -> str:
    """Which watch it is: shift, from when to when, who held it."""
    begin, stop = start.astimezone(zone), end.astimezone(zone)
    words = _("{shift} {start} to {end}, over") if over else _("{shift} {start} to {end}, on now")
    last = f"{stop:%H:%M}" if end - start < DAY else f"{stop:%m-%d %H:%M}"
    which = words.format(shift=localized(shift.name), start=f"{begin:%m-%d %H:%M}", end=last)
    return f"{which}  {name or _('nobody signed in')}"


def log_row(
    entry: Entry,
    number: str,
    zone: tzinfo,
    names: Glossary = PLAIN,
    *,
    void: Set[int] = frozenset(),
    day: bool = False,
) -> str:
    """A line of the Work Log: when, of which case, what, by whom.

    A late one bears both times in front, where no narrow terminal cuts them off. ``void``: the
    seqs of what was taken back. ``day``: whether the day is said, as a watch longer than one needs.
    """
    at = entry.occurred_at.astimezone(zone)
    text = said(entry, zone, names)
    if entry.seq in void:
        text = _("[taken back] {text}").format(text=text)
    if entry.late:
        written = short_time(entry.recorded_at, entry.occurred_at, zone)
        text = _("[late, written {time}] {text}").format(time=written, text=text)
    when = f"{at:%m-%d %H:%M}" if day else f"{at:%H:%M}"
    return bracketed(f"{when} {fit(number, _NUMBER_CELLS)} {text}", actor_words(entry.actor))


class LogEntry(msgspec.Struct, frozen=True):
    """An entry with its case's number, empty where it is of none, and the names for its ids."""

    entry: Entry
    number: str
    names: Glossary = PLAIN
    void: bool = False


def log_line(line: LogEntry, zone: tzinfo) -> str:
    """A line of the journal as text: when, which case, what, who."""
    at = line.entry.occurred_at.astimezone(zone)
    when = f"{at:%Y-%m-%d %H:%M:%S}"
    text = f"{when} {fit(line.number, _NUMBER_CELLS)} {log_words(line, zone)}"
    return bracketed(text, actor_words(line.entry.actor))


def log_words(line: LogEntry, zone: tzinfo) -> str:
    """What happened, in one line; a late one says when it was written, a void one that it is."""
    text = entry_text(line.entry, zone, line.names)
    return _("[taken back] {text}").format(text=text) if line.void else text


def log_plain(lines: Iterable[LogEntry], zone: tzinfo) -> Iterator[str]:
    """The same as plain lines."""
    for line in lines:
        text = log_line(line, zone)
        yield clean_text(text, limit=len(text), multiline=False).text + "\n"


def bound_problem(option: str, text: str, error: WhenError) -> str:
    """Why what was typed is no beginning or end of a stretch, and what can be typed."""
    if error.code == "empty":
        words = _("{option}: no time was given.")
    else:
        words = _('{option}: "{text}" is not a time.')
    said_back = words.format(option=option, text=text)
    return said_back + " " + _("Type 20:00, yesterday, yesterday 22:00, 11-20 07:00 or 2026-11-20.")


def turned_round(begin: datetime, end: datetime, now: datetime, zone: tzinfo) -> str:
    """That a stretch ends before it begins, with both as they were understood."""
    return _("--from ({begin}) lies after --to ({end}): nothing can be between them.").format(
        begin=short_time(begin, now, zone), end=short_time(end, now, zone)
    )
