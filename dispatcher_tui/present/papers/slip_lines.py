"""Where papers are, in words: lists on the screen, tables on paper, objects for programs."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.papers.custody import NumberRun, Oddity, SlipPosition
from dispatcher_tui.domain.papers.pads import MOST_OF_A_PAD, Pad, PadError
from dispatcher_tui.domain.papers.slips import SlipRecord, Where, band_of
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.case.case_json import local_time
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time

_NUMBER, _CASE, _PLACE, _NAME, _WAITED = 12, 11, 10, 9, 14

TALLIED = (
    (Where.UNUSED,),
    (Where.ISSUED, Where.OWED),
    (Where.IN_HAND, Where.SIGNED, Where.FILED),
    (Where.VOID,),
    (Where.GAP,),
)
"""How the papers of a pad are counted together on its line."""


def where_name(where: Where) -> str:
    """Where a paper is."""
    names = {
        Where.UNUSED: _("not used yet"),
        Where.GAP: _("MISSING"),
        Where.VOID: _("void"),
        Where.ISSUED: _("out"),
        Where.OWED: _("copy owed"),
        Where.IN_HAND: _("in hand"),
        Where.SIGNED: _("signed"),
        Where.FILED: _("filed"),
        Where.OTHER: _("another came in"),
        Where.LEFT: _("left out"),
        Where.GONE: _("charged, no longer filed"),
    }
    return names[where]


def odd_name(oddity: Oddity) -> str:
    """What is not right about a number, and so what to look at."""
    names = {
        Oddity.TWICE: _("used twice: compare the papers"),
        Oddity.OTHER: _("not the number that was issued"),
        Oddity.OUTSIDE: _("of no pad: record the pad"),
        Oddity.VOID_CAME_IN: _("void, yet it came in"),
        Oddity.UNFILED: _("in hand, never filed: case reopened"),
    }
    return names[oddity]


def band_names() -> tuple[str, ...]:
    """How long copies are owed, shortest first."""
    return (_("0-1 days"), _("2-3 days"), _("4-7 days"), _("over 7 days"))


def ages_line(papers: tuple[SlipRecord, ...], now: datetime) -> str:
    """How many copies are owed, by how long."""
    counts = [0, 0, 0, 0]
    for paper in papers:
        counts[band_of(paper, now)] += 1
    parts = (f"{name} {count}" for name, count in zip(band_names(), counts, strict=True))
    total = _("Copies owed: {n}").format(n=len(papers))
    return " · ".join((total, *parts))


def waited(paper: SlipRecord, now: datetime) -> str:
    """How long a copy is owed."""
    return spoken((now - (paper.written_off_at or now)).total_seconds())


def owed_line(paper: SlipRecord, now: datetime, *, void: bool = False) -> str:
    """A copy that is owed: since when, on which case, with whom."""
    number = paper.number or _("no number")
    parts = (
        fit(waited(paper, now), _WAITED),
        fit(number, _NUMBER),
        fit(paper.case, _CASE),
        fit(paper.place, _PLACE),
        fit(paper.assignee or _("nobody told"), _NAME),
        _("void: issue another") if void else "",
    )
    return " ".join(parts).rstrip()


def asked_words(at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """When a copy was last asked for."""
    if at is None:
        return _("not asked yet")
    return _("asked {time}").format(time=short_time(at, now, zone))


def pad_text(pad: Pad) -> str:
    """A pad's first and last number."""
    return f"{pad.number(pad.first)} - {pad.number(pad.last)}"


def holder(pad: Pad) -> str:
    """With whom a pad is."""
    return _("the desk") if pad.own or not pad.to else pad.to


def pad_line(pad: Pad, counts: dict[Where, int]) -> str:
    """A pad: its numbers, whose it is, how many of its papers are where."""
    sums = (sum(counts.get(where, 0) for where in group) for group in TALLIED)
    columns = "".join(fit(str(count), 8, align="right") for count in sums)
    return f"{fit(pad_text(pad), 24)} {fit(holder(pad), 12)}{columns}"


def pads_head() -> str:
    """The heads of the columns of :func:`pad_line`."""
    heads = (_("unused"), _("out"), _("here"), _("void"), _("missing"))
    columns = "".join(fit(head, 8, align="right") for head in heads)
    return f"{fit(_('Numbers'), 24)} {fit(_('With'), 12)}{columns}"


def gap_line(run: NumberRun) -> str:
    """Papers in a row that are missing, and whom to ask."""
    numbers = run.first if run.count == 1 else f"{run.first} - {run.last}"
    whose = run.pad.to if run.pad is not None else ""
    text = _("missing: {n}").format(n=run.count)
    return f"{fit(numbers, 24)} {fit(text, 12)} {whose}".rstrip()


def odd_line(standing: SlipPosition) -> str:
    """A number that is not as it should be."""
    case = standing.paper.case if standing.paper else ""
    text = _(", ").join(odd_name(each) for each in standing.odd)
    return f"{fit(standing.number, 24)} {fit(case, 12)} {text}"


def standing_lines(standing: SlipPosition, now: datetime, zone: tzinfo) -> list[str]:
    """All that is known of one number, a line each."""
    lines = [f"{standing.number}  {where_name(standing.where)}"]
    pad = standing.pad
    if pad is not None:
        words = _("Numbered by the desk itself") if pad.own else _("Pad {numbers}, {whose}")
        lines.append(words.format(numbers=pad_text(pad), whose=holder(pad)))
    paper, void = standing.paper, standing.void
    if paper is not None:
        lines += _paper_lines(paper, now, zone)
    if void is not None:
        words = _("Void since {time}: {reason} ({by})")
        lines.append(
            words.format(time=short_time(void.at, now, zone), reason=void.reason, by=void.by)
        )
    lines += [f"! {odd_name(each)}" for each in standing.odd]
    return lines


def _paper_lines(paper: SlipRecord, now: datetime, zone: tzinfo) -> list[str]:
    def when(at: datetime | None) -> str:
        return short_time(at, now, zone) if at is not None else "-"

    where = _("Case {case}  {place}  {name}")
    lines = [where.format(case=paper.case, place=paper.place, name=paper.assignee)]
    if paper.issued:
        words = _("Issued {number} {time} to {name}")
        lines.append(
            words.format(number=paper.issued, time=when(paper.issued_at), name=paper.issued_to)
        )
    if paper.written_off_at is not None:
        lines.append(_("Case written off {time}").format(time=when(paper.written_off_at)))
    if paper.received_at is not None:
        words = _("In hand {time}, signed {signed} {name}")
        lines.append(
            words.format(
                time=when(paper.received_at), signed=when(paper.signed_at), name=paper.signed_by
            )
        )
    if paper.filed_at is not None:
        words = _("Binder {binder}, page {page}; charge {yuan}, handed over {handed}")
        lines.append(
            words.format(
                binder=paper.binder,
                page=paper.page,
                yuan=format_fen(paper.charge_fen),
                handed=format_fen(paper.handed_fen),
            )
        )
    return lines


def squad_line(name: str, person: Person | None, papers: int) -> str:
    """Somebody to ask: who, by which number, for how many."""
    if not name:
        return _("Nobody was told of these: {n}").format(n=papers)
    if person is None:
        return _("{name}, not on the roster: {n}").format(name=name, n=papers)
    phone = person.phones[0] if person.phones else _("no number on the roster")
    return f"{name} {person.title} {phone}: {papers}"


def pad_problem(error: PadError) -> str:
    """Why a range cannot stand, and what to type."""
    sentences = {
        "form": _("Type the first number as it is printed: it ends in digits."),
        "last": _("Type the last number as it is printed, or its digits."),
        "backwards": _("The last number comes before the first."),
        "long": _("A pad has at most {most} papers.").format(most=MOST_OF_A_PAD),
    }
    return sentences[error.code]


def standing_object(standing: SlipPosition, zone: tzinfo) -> dict[str, Any]:
    """A number with its whereabouts, as the command line prints it for programs.

    ``where`` is a ``Where``, ``odd`` lists what is not right; amounts are in fen, times ISO 8601.
    """
    pad, paper, void = standing.pad, standing.paper, standing.void

    def at(moment: datetime | None) -> str | None:
        return local_time(moment, zone)

    return {
        "number": standing.number or None,
        "where": standing.where.value,
        "case": paper.case if paper else None,
        "place": (paper.place or None) if paper else None,
        "issued_number": (paper.issued or None) if paper else None,
        "issued_at": at(paper.issued_at) if paper else None,
        "issued_to": (paper.issued_to or None) if paper else None,
        "assignee": (paper.assignee or None) if paper else None,
        "written_off_at": at(paper.written_off_at) if paper else None,
        "received_at": at(paper.received_at) if paper else None,
        "signed_by": (paper.signed_by or None) if paper else None,
        "signed_at": at(paper.signed_at) if paper else None,
        "filed_at": at(paper.filed_at) if paper else None,
        "binder": (paper.binder or None) if paper else None,
        "page": (paper.page or None) if paper else None,
        "charge_fen": paper.charge_fen if paper and paper.filed_at else None,
        "charged_fen": paper.handed_fen if paper and paper.handed_fen else None,
        "pad_first": pad.number(pad.first) if pad else None,
        "pad_last": pad.number(pad.last) if pad else None,
        "pad_to": (pad.to or None) if pad else None,
        "void_reason": void.reason if void else None,
        "void_at": at(void.at) if void else None,
        "odd": [each.value for each in standing.odd],
    }


def standing_line(standing: SlipPosition, now: datetime, zone: tzinfo) -> str:
    """A number with its whereabouts on one line, for the terminal."""
    paper = standing.paper
    parts = [fit(standing.number or "-", 14), fit(where_name(standing.where), 16)]
    if paper is not None:
        parts += [fit(paper.case, _CASE), fit(paper.place, _PLACE), fit(paper.assignee, _NAME)]
        if standing.where is Where.OWED:
            parts.append(waited(paper, now))
        elif paper.filed_at is not None:
            parts.append(f"{paper.binder}/{paper.page}  {format_fen(paper.charge_fen)}")
    elif standing.void is not None:
        parts.append(standing.void.reason)
    elif standing.pad is not None:
        parts.append(standing.pad.to)
    odd = _(", ").join(odd_name(each) for each in standing.odd)
    return "  ".join((*parts, f"! {odd}")) if odd else "  ".join(parts).rstrip()
