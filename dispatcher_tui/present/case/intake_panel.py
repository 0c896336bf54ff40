"""What stands beside the intake form, part by part, in rows of runs: the loudest part is what the
caller has to be told or asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.case.same_matter import SHOWN, WITHIN
from dispatcher_tui.domain.duties.handled_by import Handled, Why
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case_line import AT_PLACE, CaseLine
from dispatcher_tui.domain.site.register import HomeFound, NextFlat
from dispatcher_tui.domain.words.people import Category, Household
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.present.big_digits import big
from dispatcher_tui.present.case.home_lines import flat_word, offered_line
from dispatcher_tui.present.case.intake_lines import case_brief
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time, stage_name
from dispatcher_tui.present.spans import Span, SpanLine, cut, plain, wrapped

Rows = list[list[Span]]
"""A part of the panel: no row where it has nothing to say."""


def filled(text: str, role: str, cells: int) -> Rows:
    """A text on rows that are filled from edge to edge."""
    return [
        [Span(fit(f" {row}", cells), role)]
        for line in text.split("\n")
        if line
        for row in wrap(line, max(8, cells - 2))
    ]


def digit_rows(text: str, cells: int) -> Rows:
    """A place large enough to be read at arm's length; no row where it has no digit or no room."""
    if not any(character.isdigit() for character in text):
        return []
    return [[Span(" "), *row] for row in big(text, cells - 1)]


def level_rows(level: Level, reasons: Sequence[str], cells: int) -> Rows:
    """The level as a badge, and what made it so in words."""
    role = "over" if level.emergency else "grave" if level.urgent else "fg0"
    badge = [Span(f" {_('Level')}  ", "fg2"), Span(f" {localized(level.label)} ", role)]
    words = _(", ").join(reasons)
    return wrapped(words, "fg1", cells, [*badge, Span(" ")] if words else badge)


def procedure_rows(handled: Handled, category: Category | None, cells: int) -> Rows:
    """By which procedure the case is opened, and why."""
    kind = localized(category.name) if category is not None else ""
    why = {
        Why.ASKED: _("chosen here"),
        Why.CLASS: _("for {kind}").format(kind=kind),
        Why.REST: _("for all the rest"),
        Why.NO_CLASS: _("no class yet"),
        Why.NOBODY: "",
    }[handled.why]
    short = localized(handled.procedure.short)
    head = [Span(f" {_('Rules')}  ", "fg2"), Span(f" {short}  ", "fg0")]
    return wrapped(why, "fg2", cells, head) if why else [cut(head, cells)]


def unhandled_rows(handled: Handled, category: Category | None, cells: int) -> Rows:
    """That no procedure in force handles such a class: a leak is no case of arrears by silence."""
    words = _("No procedure here handles {kind}: F10 asks before it opens it under {procedure}")
    kind = localized(category.name) if category is not None else ""
    told = words.format(kind=kind, procedure=localized(handled.procedure.short))
    return filled(told, "warn", cells)


def household_rows(place: str, household: Household | None, cells: int) -> Rows:
    """Who lives there; that nobody is registered is said too."""
    if not place:
        return []
    if household is None:
        return wrapped(_("{place}: not in the register").format(place=place), "fg1", cells)
    rows: Rows = []
    if normalise_place(place) != normalise_place(household.place):
        words = _("registered as {place}").format(place=household.place)
        rows += wrapped(words, "fg2", cells)
    phones = list(household.phones)
    for index, name in enumerate(household.residents):
        phone = phones[index] if index < len(phones) else ""
        rows.append(cut([Span(" "), Span(name, "fg0"), Span(f" {phone}", "fg1")], cells))
    rows += [[Span(f" {phone}", "fg1")] for phone in phones[len(household.residents) :]]
    return rows + wrapped(household.note, "fg2", cells)


def warning_rows(household: Household | None, notes: Sequence[str], cells: int) -> Rows:
    """What to know before a visit, each over the whole width."""
    told = list(notes)
    if household is not None and household.warning:
        told.append(_("! Mind: {warning}").format(warning=household.warning))
    return [row for each in told for row in filled(each, "warn", cells)]


def offered_rows(typed: str, found: Sequence[HomeFound], beyond: int, cells: int) -> Rows:
    """The homes that what was typed may mean, and how many more there are."""
    if not found:
        return []
    head = _("{typed}: Enter, then the digit").format(typed=typed)
    lines = [f"{digit} {offered_line(each)}" for digit, each in enumerate(found, 1)]
    lines += [_("{n} more: type on").format(n=beyond)] if beyond else []
    return [*filled(head, "tint", cells), *(cut([Span(f" {x}", "fg1")], cells) for x in lines)]


def _late(line: CaseLine, now: datetime) -> bool:
    return line.next_due is not None and line.next_due < now


def _case_rows(mark: str, line: CaseLine, now: datetime, zone: tzinfo, cells: int) -> Rows:
    """An open case: when it was opened and what is left to its next duty, then what it is."""
    loud = "overt" if _late(line, now) else "fg1"
    left = remaining(line.next_due, now) if line.next_due is not None else ""
    head = f"{mark} {line.number}  {short_time(line.opened_at, now, zone)}"
    what = "  ".join(filter(None, (line.content or line.category, line.told)))
    first = [Span(head, "tint" if mark[0] == "*" else loud, True), Span(f"  {left}", loud, True)]
    return [cut(first, cells), cut([Span(f"   {what}", "fg1")], cells)]


def case_rows(
    lines: Sequence[CaseLine], linked: str, now: datetime, zone: tzinfo, cells: int
) -> Rows:
    """The cases at the same place: open ones with the key that links, then earlier ones."""
    open_ones = [line for line in lines if line.open]
    rows: Rows = []
    if open_ones:
        n = len(open_ones)
        words = _("1 open, same matter: Esc, 1")
        if n > 1:
            words = _("{n} open, same matter: Esc, digit").format(n=n)
        late = any(_late(line, now) for line in open_ones)
        rows += filled(words, "over" if late else "tint", cells)
    for digit, line in enumerate(open_ones, 1):
        mark = "*" if line.id == linked else " "
        rows += _case_rows(f"{mark}{digit}", line, now, zone, cells)
    earlier = [line for line in lines if not line.open]
    if earlier:
        rows.append([Span(f" {_('Earlier here')}", "fg2")])
    for line in earlier:
        told = f"   {case_brief(line, now, zone)} {stage_name(line.stage)}"
        rows.append(cut([Span(told, "fg2")], cells))
    if len(lines) > AT_PLACE:
        rows.append(cut([Span(f" {_('There are more here: F3 finds them.')}", "fg2")], cells))
    return rows


def near_rows(near: Iterable[NextFlat], cells: int) -> Rows:
    """The flats above and below, who lives there, by which number."""
    rows: Rows = []
    for flat in near:
        home = flat.household
        who = (home.place, *home.residents[:1], next(filter(None, home.phones), ""))
        told = "  ".join(filter(None, who))
        rows.append(cut([Span(f" {flat_word(flat.where)}  ", "fg2"), Span(told, "fg1")], cells))
    return rows


def _link_row(line: CaseLine, digits: Mapping[str, int], linked: str, told: str) -> list[Span]:
    """A case with the digit that links it; one that is over has none."""
    mark, digit = "*" if line.id == linked else " ", digits.get(line.id, "")
    role = "tint" if line.id == linked else "overt"
    return [Span(f"{mark}{digit or ' '} {told}", role)]


def next_door_rows(
    near: Sequence[NextFlat],
    digits: Mapping[str, int],
    linked: str,
    now: datetime,
    zone: tzinfo,
    cells: int,
) -> Rows:
    """The flats next to the place where something is open, each case with the digit that links it:
    two leaks one floor apart."""
    rows = filled(_("Next door, same matter? Esc, digit"), "tint", cells) if near else []
    for flat in near:
        rows += near_rows([flat], cells)
        for line in flat.cases:
            told = case_brief(line, now, zone)
            rows.append(cut(_link_row(line, digits, linked, told), cells))
    return rows


def alike_rows(
    alike: Sequence[CaseLine],
    category: Category | None,
    facts: Sequence[Fact],
    digits: Mapping[str, int],
    linked: str,
    cells: int,
) -> Rows:
    """That a building has had several of a class of late, with who rang: one matter, by the digit
    of the fact."""
    if not alike or category is None:
        return []
    n, kind = len(alike) + 1, localized(category.name)
    hours = int(WITHIN.total_seconds() // 3600)
    words = _("{n}x {kind} in this building in {hours} h: one matter? Facts: {key}")
    role = "warn"
    if Fact.GROUP in facts:
        words, role = _("{n}x {kind} in this building in {hours} h: one matter"), "tint"
    key = [*Fact].index(Fact.GROUP) + 1
    rows = filled(words.format(n=n, kind=kind, hours=hours, key=key), role, cells)
    for line in alike[-SHOWN:]:
        told, who = (
            f"{line.number}  {line.place}",
            " ".join(filter(None, (line.caller, line.phone))),
        )
        rows.append(cut(_link_row(line, digits, linked, told), cells))
        rows += [cut([Span(f"   {who}", "fg1")], cells)] if who else []
    return rows


def standing_rows(line: CaseLine, now: datetime, zone: tzinfo, cells: int) -> Rows:
    """How an open case stands, to tell the one who asks about it."""
    level, stage = localized(line.level_label), stage_name(line.stage)
    assignee = line.told or _("nobody told")
    opened = _("Opened {time}").format(time=short_time(line.opened_at, now, zone))
    rows: Rows = [
        [Span(f" {line.number} {level} {stage}", "fg0")],
        *wrapped(f"{line.place} {line.content or line.category}".strip(), "fg1", cells),
        [Span(f" {opened}", "fg2")],
        [Span(f" {_('Responsible: {name}').format(name=assignee)}", "fg0")],
    ]
    if line.next_due is not None:
        left = remaining(line.next_due, now)
        words = _("Next: {step} {left}").format(step=localized(line.next_label), left=left)
        rows += wrapped(words, "overt" if _late(line, now) else "fg1", cells)
    return [cut(row, cells) for row in rows]


def words_of(rows: Iterable[SpanLine]) -> str:
    """A part as one text, as it was before it was broken into rows."""
    return " ".join(plain(row).strip() for row in rows)
