"""What the desk tells while the form is still being typed: level, household, cases, courtesies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

import msgspec
from textual.app import RenderResult
from textual.geometry import Region

from dispatcher_tui.desk.case.intake import Intake, IntakeKind, Preview
from dispatcher_tui.domain.case.same_matter import to_link
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.household_notes import NotedHere
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case import intake_panel as panel
from dispatcher_tui.present.case.intake_panel import Rows
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.site.note_lines import homes_lines, notes_lines
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, sides, wrapped
from dispatcher_tui.present.terms import channel_name, fact_name
from dispatcher_tui.present.watch.watch_lines import differing_words
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import SpanLines, cleaned


class Seen(msgspec.Struct, frozen=True):
    """All that the panel shows at one moment.

    ``case`` is the open case the call is about; ``graver`` says that this call raises its level,
    ``own`` that it is an emergency which opens a case of its own all the same.
    ``example`` is what was learnt from a case of that class, ``noted`` what is noted on
    households.
    """

    form: Intake
    preview: Preview
    case: CaseLine | None
    graver: bool
    now: datetime
    zone: tzinfo
    example: str = ""
    own: bool = False
    noted: NotedHere = NotedHere()

    @property
    def asked(self) -> bool:
        """Whether the caller asks about a case that is open."""
        return self.form.kind is IntakeKind.AGAIN

    @property
    def repeats(self) -> bool:
        """Whether a case will be opened whose rules ask that its main points are repeated."""
        return self.graded and self.case is None and self.preview.repeats

    @property
    def graded(self) -> bool:
        """Whether the call has a level of its own."""
        told = self.asked or self.form.kind is IntakeKind.ENQUIRY
        return not told and (self.case is None or self.graver)


def _titles(seen: Seen) -> tuple[str, str]:
    """What the panel is called, and the place as it is said."""
    if seen.asked:
        return _("How it stands"), ""
    if not seen.repeats:
        title = _("Repeat it: is it right?")
    else:
        title = _("Repeated to the caller") if seen.form.repeated else _("Repeat it, then Ctrl+T")
    return title, said_place(normalise_place(seen.form.place))


def _fits(title: str, place: str, cells: int) -> bool:
    """Whether both stand in the title's row."""
    return bool(place) and width(title) + width(place) + 3 <= cells


MOST_DIGITS = 9
"""Most open cases that a call can be counted on by a digit."""

LEFT_OUT = ("example", "prompts", "near", "digits")
"""What goes where the rows do not suffice for all, the first one first."""

BLOCKS = (
    ("alarm", "unhandled"),
    ("said", "digits"),
    ("household", "notes", "doubt", "homes", "standing"),
    ("cases", "next_door", "alike", "linked"),
    ("near",),
    ("level", "procedure"),
    ("prompts",),
    ("example",),
)
"""The parts from above to below, a blank row between two blocks where there is room."""


class Beside(SpanLines):
    """The panel beside the intake form; a part that has nothing to say takes no room."""

    DEFAULT_CSS = """
    Beside { height: 100%; margin: 0 0 0 1; background: $desk-bg1; }
    """

    _seen: Seen | None = None
    _parts: dict[str, Rows]

    def part(self, name: str) -> str:
        """A part's words as one text; empty while it says nothing."""
        return panel.words_of(self._parts.get(name, [])) if self._seen else ""

    def show_seen(self, seen: Seen) -> None:
        """Show what is known now."""
        self._seen = seen
        self._draw(seen.now)

    def pass_time(self, now: datetime) -> None:
        """What is noted on households as of now: a note is over at its moment by itself."""
        if self._seen is not None:
            self._draw(now)

    def on_resize(self) -> None:
        """Other rows have room."""
        if self._seen is not None:
            self._draw(self._seen.now)

    def _draw(self, now: datetime) -> None:
        assert self._seen is not None
        cells = max(10, self.size.width)
        self._parts = self._said(self._seen, now, cells)
        self._put_changed([self._title(self._seen, cells), *self._laid()])

    def _put_changed(self, rows: Sequence[SpanLine]) -> None:
        """Show the rows; where as many stood there, only those that differ are drawn."""
        before = self._spans
        self._spans = cleaned(rows)
        if len(before) != len(self._spans):
            self.refresh()
            return
        changed = [y for y, row in enumerate(before) if row != self._spans[y]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _laid(self) -> Rows:
        """All parts, as far as there is room."""
        room = max(1, self.size.height - 1)
        left = set(self._parts)
        blocks: list[Rows] = []
        for name in ("", *LEFT_OUT):
            left.discard(name)
            blocks = [block for names in BLOCKS if (block := self._block(names, left))]
            if sum(map(len, blocks)) <= room:
                break
        spare = room - sum(map(len, blocks))
        laid: Rows = []
        for block in blocks:
            if spare > 0:
                laid.append([])
                spare -= 1
            laid += block
        return laid[:room]

    def _block(self, names: Sequence[str], left: set[str]) -> Rows:
        """The rows of a block, of those parts that are left."""
        return [row for name in names if name in left for row in self._parts[name]]

    def _title(self, seen: Seen, cells: int) -> SpanLine:
        title, place = _titles(seen)
        said = [Span(f"{place} ", "strip2")] if _fits(title, place, cells) else []
        row = sides([Span(f" {title}", "strip")], said, cells)
        row.append(Span(" " * (cells - cells_of(row))))
        return [span if span.role else Span(span.text, "strip2") for span in row]

    def _said(self, seen: Seen, now: datetime, cells: int) -> dict[str, Rows]:
        form, told = seen.form, seen.preview
        linked = seen.case.id if seen.case else ""
        parts = {
            "alarm": self._alarm(seen, cells),
            "standing": panel.standing_rows(seen.case, now, seen.zone, cells)
            if seen.case and seen.asked
            else [],
            "linked": self._linked(seen, cells),
            "level": self._level(seen, cells),
            **self._procedure(seen, cells),
            "prompts": [
                row
                for each in told.prompts
                for row in wrapped(localized(each.text), "fg2", cells, [Span(" - ", "fg2")])
            ],
            "example": [example_row(seen.example, cells)] if seen.example else [],
        }
        if seen.asked:
            return parts
        place = normalise_place(form.place)
        household = panel.household_rows(place, told.household, cells)
        homes = seen.noted.homes_for(told.category.id, now) if told.category else ()
        doubt = differing_words(told.differing) if told.differing is not None else ""
        notes = notes_lines(seen.noted.notes, now, seen.zone)
        offered = panel.offered_rows(form.place.strip(), told.offered, told.beyond, cells)
        return parts | {
            "digits": panel.digit_rows(place, cells),
            "said": self._place_said(seen, cells),
            "household": offered or household,
            "notes": panel.warning_rows(told.household, notes, cells),
            "doubt": wrapped(doubt, "overt", cells),
            "homes": wrapped("\n".join(homes_lines(homes, now, seen.zone)), "overt", cells),
            "cases": panel.case_rows(told.at_place, linked, now, seen.zone, cells),
            **self._next_door(seen, linked, now, cells),
        }

    @staticmethod
    def _next_door(seen: Seen, linked: str, now: datetime, cells: int) -> dict[str, Rows]:
        """The flats next to the place, and what the building has had of the class of late."""
        told = seen.preview
        lines = to_link(told.at_place, told.near, told.alike)
        digits = {line.id: nth for nth, line in enumerate(lines[:MOST_DIGITS], 1)}
        open_there = [flat for flat in told.near if flat.cases]
        quiet = [flat for flat in told.near if not flat.cases]
        near = panel.next_door_rows(open_there, digits, linked, now, seen.zone, cells)
        facts = seen.form.facts
        alike = panel.alike_rows(told.alike, told.category, facts, digits, linked, cells)
        return {"next_door": near, "alike": alike, "near": panel.near_rows(quiet, cells)}

    @staticmethod
    def _place_said(seen: Seen, cells: int) -> Rows:
        """The place as it is said, where the title has no room for it."""
        title, place = _titles(seen)
        return [] if _fits(title, place, cells) else wrapped(place, "fg0", cells)

    @staticmethod
    def _level(seen: Seen, cells: int) -> Rows:
        if not seen.graded:
            return []
        told = seen.preview
        reasons = [fact_name(fact) for fact in told.reasons]
        reasons += [localized(told.category.name)] if told.category and told.by_category else []
        reasons += [channel_name(told.channel)] if told.channel else []
        return panel.level_rows(told.level, reasons, cells)

    @staticmethod
    def _procedure(seen: Seen, cells: int) -> dict[str, Rows]:
        """Which rules the case will have, where that is a question; that nobody has any for it."""
        told = seen.preview
        if told.handled is None or not seen.graded:
            return {}
        if told.unhandled:
            return {"unhandled": panel.unhandled_rows(told.handled, told.category, cells)}
        rows = panel.procedure_rows(told.handled, told.category, cells)
        return {"procedure": rows} if told.several else {}

    @staticmethod
    def _alarm(seen: Seen, cells: int) -> Rows:
        if not seen.graded:
            return []
        if seen.preview.level.emergency:
            return panel.filled(_("This is an emergency: F9"), "over", cells)
        if seen.preview.danger is None:
            return []
        word, category = seen.preview.danger
        words = _("They say {word}: {kind}? F9 NOW")
        return panel.filled(words.format(word=word, kind=localized(category.name)), "over", cells)

    @staticmethod
    def _linked(seen: Seen, cells: int) -> Rows:
        """What F10 does where the call is about an open case."""
        if seen.case is None or seen.asked:
            return []
        number = seen.case.number
        own = _("F10 opens the emergency, beside {number}").format(number=number)
        linked = _("Linked: F10 counts this call on {number}").format(number=number)
        return panel.filled(own if seen.own else linked, "tint", cells)

    def render(self) -> RenderResult:
        """The rows that have room, in the colours of the look."""
        return drawn(self.app.theme, self._spans)


def example_row(example: str, cells: int) -> list[Span]:
    """What was learnt from a case of that class, on one row; where it is cut, F1 has it whole."""
    whole = f" {example}"
    if width(whole) <= cells:
        return [Span(whole, "fg2")]
    more = "  " + _("F1: all of it")
    return [Span(fit(whole, cells - width(more)), "fg2"), Span(more, "fg0")]
