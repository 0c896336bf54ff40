"""Where papers are, in words: lists on the screen, tables on paper, objects for programs."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Protocol

from dispatcher_tui.domain.papers.custody import NumberRun, Oddity, SlipPosition
from dispatcher_tui.domain.papers.pads import MOST_OF_A_PAD, Pad, PadError
from dispatcher_tui.domain.papers.slips import HERE, SlipRecord, Where, band_of
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.passing_on_lines import version_mark
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import due_time, short_time, under
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable

_CASE, _PLACE, _NAME = 11, 10, 9

TALLIED = (
    (Where.UNUSED,),
    (Where.ISSUED, Where.OWED),
    HERE,
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
        Oddity.OUTDATED: _("corrected since: an older print is void"),
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
    return "  ".join((total, *parts))


def waited(paper: SlipRecord, now: datetime) -> str:
    """How long a copy is owed."""
    return spoken((now - (paper.written_off_at or now)).total_seconds())


def owed_table(now: datetime, zone: tzinfo, voids: Container[str] = ()) -> RecordTable[SlipRecord]:
    """Copies that are owed: since when, on which case, with whom; ``voids`` will not come in."""

    def void(paper: SlipRecord) -> str:
        return _("void: issue another") if paper.number in voids else ""

    return RecordTable[SlipRecord](
        (
            RecordColumn("owed_for", _("Owed for"), lambda p: waited(p, now), "text", 14, 10),
            RecordColumn(
                *("number", _("Paper"), lambda p: p.number, "text", 12, 12),
                whole=True,
                none=_("no number"),
            ),
            RecordColumn("case", _("Case no."), lambda p: p.case, "text", 11, 11, whole=True),
            RecordColumn("place", _("Place"), lambda p: p.place, "text", 10, 12),
            RecordColumn(
                "assignee", _("With"), lambda p: p.assignee, "text", 9, 10, none=_("nobody told")
            ),
            RecordColumn(
                "written_off_at", _("Written off"), lambda p: p.written_off_at, "moment", 0, 12
            ),
            RecordColumn("handed_in", _("Handed in"), lambda _p: None, share=12, by_hand=True),
            RecordColumn("void", "", void, cells=REST),
        ),
        zone,
        _("none"),
    )


def range_line(name: Label | None, prefix: str, out: int) -> str:
    """A range of numbers of a form: what it is called, and how many of its papers are out."""
    if name is None:
        return _("Other forms: {n} out").format(n=out)
    words = _("{form} ({prefix}): {n} out")
    return words.format(form=localized(name), prefix=prefix, n=out)


class OutForm(Protocol):
    """A paper of a form that is out, as its range has it."""

    @property
    def paper(self) -> SlipRecord: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def asked_at(self) -> datetime | None: ...
    @property
    def void(self) -> bool: ...


def keeper(paper: SlipRecord) -> str:
    """With whom a paper is: a form with whom it was given to, a copy with who is responsible."""
    given = paper.issued_to if paper.form else ""
    return given or paper.assignee


def out_line(out: OutForm, now: datetime, zone: tzinfo) -> str:
    """A numbered form that is out: by when it is due, on which case, with whom, since when, or
    when it was last asked for."""
    paper, due = out.paper, ""
    if out.void:
        due = _("void: print another")
    elif out.due is not None:
        words = _("overdue {time}") if now > out.due else _("due {time}")
        due = words.format(time=due_time(out.due, now, zone))
    since = short_time(paper.issued_at, now, zone) if paper.issued_at else ""
    if out.asked_at is not None:
        since = asked_words(out.asked_at, now, zone)
    parts = (
        *(fit(due, 18), fit(paper.number, 13), fit(paper.case, _CASE), fit(paper.place, _PLACE)),
        fit(keeper(paper) or _("the desk"), _NAME),
    )
    return f"  {' '.join(parts)} {since}".rstrip()


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


def pads_table(zone: tzinfo) -> RecordTable[tuple[Pad, Mapping[Where, int]]]:
    """Pads: their numbers, whose they are, how many of their papers are where."""
    heads = (_("unused"), _("out"), _("here"), _("void"), _("missing"))

    def sums(group: tuple[Where, ...]) -> Callable[[tuple[Pad, Mapping[Where, int]]], int]:
        return lambda row: sum(row[1].get(where, 0) for where in group)

    return RecordTable(
        (
            RecordColumn("numbers", _("Numbers"), lambda row: pad_text(row[0]), cells=24),
            RecordColumn("holder", _("With"), lambda row: holder(row[0]), cells=12),
            *(
                RecordColumn(group[0].value, head, sums(group), "count", 7)
                for head, group in zip(heads, TALLIED, strict=True)
            ),
        ),
        zone,
    )


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
    lines = [where.format(case=paper.case, place=paper.place, name=keeper(paper))]
    if paper.issued:
        words = _("Issued {number} {time} to {name}")
        lines.append(
            words.format(number=paper.issued, time=when(paper.issued_at), name=paper.issued_to)
        )
        lines += filter(None, (version_mark(paper.version),))
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


def closing_papers(in_force: Iterable[Procedure]) -> str:
    """What the closing papers are called, of every procedure in force."""
    return _(", ").join(dict.fromkeys(localized(each.closing_paper.name) for each in in_force))


def squad_line(name: str, person: Person | None, papers: int, short: Label | None = None) -> str:
    """Somebody to ask: who, by which number, for how many, under which procedure where several
    have papers out."""
    if short is not None:
        return under(short, squad_line(name, person, papers))
    if not name:
        return _("Nobody was told of these: {n}").format(n=papers)
    if person is None:
        return _("{name}, not on the roster: {n}").format(name=name, n=papers)
    phone = person.phones[0] if person.phones else _("no number on the roster")
    return labelled(f"{name} {person.title} {phone}", str(papers))


def pad_problem(error: PadError) -> str:
    """Why a range cannot stand, and what to type."""
    sentences = {
        "form": _("Type the first number as it is printed: it ends in digits."),
        "last": _("Type the last number as it is printed, or its digits."),
        "backwards": _("The last number comes before the first."),
        "long": _("A pad has at most {most} papers.").format(most=MOST_OF_A_PAD),
    }
    return sentences[error.code]


def standing_line(standing: SlipPosition, now: datetime, zone: tzinfo) -> str:
    """A number with its whereabouts on one line, for the terminal."""
    paper = standing.paper
    parts = [fit(standing.number or "-", 14), fit(where_name(standing.where), 16)]
    if paper is not None:
        parts += [fit(paper.case, _CASE), fit(paper.place, _PLACE), fit(keeper(paper), _NAME)]
        if standing.where is Where.OWED:
            parts.append(waited(paper, now))
        elif paper.filed_at is not None:
            parts.append(f"{paper.binder}/{paper.page}  {format_fen(paper.charge_fen)}")
    elif standing.void is not None:
        parts.append(standing.void.reason)
    elif standing.pad is not None:
        parts.append(standing.pad.to)
    odd = _(", ").join(map(odd_name, standing.odd))
    return "  ".join((*parts, f"! {odd}")) if odd else "  ".join(parts).rstrip()
