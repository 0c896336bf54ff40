"""The review of a week in lines: each case, what the record says of it, how far the review is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.reviews.review import SuggestedOutcome, Walk, Walked
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.present.case.case_lines import assignee_line, slip_line
from dispatcher_tui.present.case.duty_lines import duty_line
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import due_time, short_time, stage_name
from dispatcher_tui.present.names import Glossary, joined
from dispatcher_tui.present.reviews.record_words import standing_name

_DETAIL_WORDS = 2
"""Rows of the caller's words beside the form."""


def period_line(period: Period) -> str:
    """A week by its name and its days: ``2026-W47 (11-16 to 11-22)``."""
    words = _("{name} ({first} to {last})")
    last = period.beyond - timedelta(days=1)
    return words.format(name=period.name, first=f"{period.first:%m-%d}", last=f"{last:%m-%d}")


def sums_line(walk: Walk) -> str:
    """How far the review is, in figures."""
    words = _("open {open}, without a line {missing}  ended {ended}, not confirmed {left}")
    return words.format(
        open=len(walk.open),
        missing=len(walk.missing),
        ended=len(walk.ended),
        left=len(walk.unconfirmed),
    )


def nothing_left_line(walk: Walk, done: datetime | None, now: datetime, zone: tzinfo) -> str:
    """No line is to be written any more: what is left to do, or when the review was ``done``."""
    if walk.unconfirmed:
        n = len(walk.unconfirmed)
        words = ngettext(
            "Every open case has its line. F10 confirms the ended one.",
            "Every open case has its line. F10 confirms the {n} ended ones.",
            n,
        )
        return words.format(n=n)
    if done is None:
        return _("Every case has its line.")
    time = short_time(done, now, zone)
    return _("The review is finished ({time}). A line can still be corrected.").format(time=time)


def _mark(each: Walked, typed: bool) -> str:
    if typed:
        return "~"
    if each.line is None:
        return " "
    return "!" if each.undecided else "*"


def _says(each: Walked) -> str:
    """The line it has, else that it has none; a decision that is owed or unsigned comes first."""
    if each.undecided and each.line is not None:
        return _("head decides")
    if each.unsigned:
        return _("unsigned: {name}").format(name=each.unsigned[0].name)
    if each.line is None:
        return _("to be confirmed") if not each.open else "-"
    if each.line.standing.ended:
        return _("confirmed")
    method, standing = each.method, standing_name(each.line.standing)
    if method is not None and method.at >= each.line.at:
        decided = _("confirmed: cannot be handled") if method.confirmed else method.text
        return _("{label}: {text}").format(label=method.name, text=decided)
    return _("{label}: {text}").format(label=standing, text=each.line.text)


def row(
    each: Walked, cells: int, *, typed: bool = False, called: Callable[[str], str] = str
) -> str:
    """One case of the walk in so many cells; ``typed``: its line is half typed; ``called`` gives a
    kind of emergency its name."""
    case = each.case
    words = " ".join(case.verbatim.split()) or called(case.emergency_kind)
    stages = max(width(stage_name(stage)) for stage in Stage)
    room = max(8, cells - 32 - stages)
    parts = (
        _mark(each, typed) + fit(case.number, 9),
        fit(case.place, 9),
        fit(words, room // 2),
        fit(case.assignee.name if case.assignee else "", 6),
        fit(stage_name(case.stage), stages),
        _says(each),
    )
    return fit(" ".join(parts), cells)


def paper_words(each: Walked, procedure: Procedure, now: datetime, zone: tzinfo) -> str:
    """Where the closing paper of a written-off case is; empty for any other."""
    case = each.case
    if case.stage is not Stage.WRITTEN_OFF or case.written_off_at is None:
        return ""
    words = _("written off {time}, {paper}: {where}")
    return words.format(
        time=short_time(case.written_off_at, now, zone),
        paper=localized(procedure.closing_paper.name),
        where=slip_line(case, now, zone),
    )


def last_words(found: SuggestedOutcome, now: datetime, names: Glossary, zone: tzinfo) -> str:
    """The newest entry that says how a case stands, with its time; empty where there is none."""
    if found.last is None:
        return ""
    return f"{short_time(found.last.occurred_at, now, zone)} {said(found.last, zone, names)}"


def suggested_words(
    found: SuggestedOutcome, each: Walked, names: Glossary, now: datetime, zone: tzinfo
) -> str:
    """The line that the record itself gives: the last word on it, the promised time, the paper.

    Where nobody has followed it up, it is who was told; how it stands is then not suggested.
    """
    assert names.procedure is not None
    promised = ""
    if found.promise is not None:
        time = due_time(found.promise.due, now, zone)
        promised = _("promised for {time}").format(time=time)
    paper = paper_words(each, names.procedure, now, zone)
    told = each.case.assignee is not None and each.case.assignee.notified_at is not None
    words = paper or last_words(found, now, names, zone)
    if not words and told:
        words = assignee_line(each.case, now, zone)
    return joined(words, promised) if words else ""


def _last(
    each: Walked, found: SuggestedOutcome | None, names: Glossary, now: datetime, zone: tzinfo
) -> str:
    """What the record says of it, or who has written its line."""
    if each.line is not None:
        time = short_time(each.line.at, now, zone)
        return _("Written by {name} {time}").format(name=each.line.by, time=time)
    if found is None:
        return ""
    last = last_words(found, now, names, zone)
    return _("Last: {what}").format(what=last or _("nobody has followed it up yet"))


def _decision(each: Walked, now: datetime, zone: tzinfo) -> str:
    """What the head said last, and whether the signature under it is still owed."""
    method = each.method
    if method is None:
        return _("The head must decide: 6") if each.undecided and each.line is not None else ""
    said_ = _("confirmed: cannot be handled") if method.confirmed else method.text
    words = _("{name} {time}: {what}").format(
        name=method.name, time=short_time(method.at, now, zone), what=said_
    )
    if each.undecided:
        return joined(words, _("to be decided anew: 6"))
    return joined(words, _("SIGNATURE OWED: 6")) if each.unsigned else words


def detail_lines(
    each: Walked,
    found: SuggestedOutcome | None,
    names: Glossary,
    now: datetime,
    zone: tzinfo,
    cells: int,
) -> list[str]:
    """What a person needs to write a case's line in seconds: always as many lines.

    Args:
        each: the case.
        found: what the record says of it; None where its line is there.
        names: the names of its procedure's and the site's ids.
        now: the present moment (UTC).
        zone: the site's.
        cells: width of a line.
    """
    case = each.case
    assert names.procedure is not None
    words = wrap(" ".join(case.verbatim.split()) or names.category(case.category), cells)
    if len(words) > _DETAIL_WORDS:
        words = [*words[: _DETAIL_WORDS - 1], fit(words[_DETAIL_WORDS - 1] + "..", cells)]
    opened = _("opened {time}").format(time=short_time(case.opened_at, now, zone))
    paper = paper_words(each, names.procedure, now, zone)
    who = joined(assignee_line(case, now, zone), stage_name(case.stage), opened)
    duty = next_duty(each.duties)
    earlier = case.review if each.line is None and case.review is not None else None
    before = ""
    if earlier is not None and not earlier.standing.ended:
        before = _("Review of {week}: {standing}").format(
            week=earlier.week, standing=standing_name(earlier.standing)
        )
        before = joined(before, earlier.text)
    facts = [
        who,
        paper or _last(each, found, names, now, zone),
        duty_line(duty, now, zone).strip() if duty is not None else "",
        _decision(each, now, zone) or before,
    ]
    lines = [*words, *[""] * (_DETAIL_WORDS - len(words)), *facts]
    return [fit(line, cells).rstrip() for line in lines]
