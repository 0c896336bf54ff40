"""What the desk tells while the form is still being typed: level, household, cases, courtesies."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.intake import Intake, IntakeKind, Preview
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.household_notes import NotedHere
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case import intake_lines
from dispatcher_tui.present.case.home_lines import next_flats_text, offered_text
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.note_lines import homes_lines, notes_lines
from dispatcher_tui.present.terms import channel_name
from dispatcher_tui.present.watch.watch_lines import differing_words
from dispatcher_tui.tui.widgets.big_number import BigNumber
from dispatcher_tui.tui.widgets.lines import Lines


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


class Beside(Vertical):
    """The panel beside the intake form; a part that has nothing to say takes no room."""

    PARTS = (
        "level",
        "alarm",
        "place",
        "notes",
        "doubt",
        "household",
        "homes",
        "standing",
        "cases",
        "near",
        "prompts",
        "example",
    )

    DEFAULT_CSS = """
    Beside { width: 35; height: 100%; margin: 0 0 0 1; padding: 0 0 0 1; background: $desk-bg1; }
    Beside > Lines { display: none; }
    Beside > Lines.said { display: block; }
    Beside > .alarm { background: $desk-over; color: $desk-overf; text-style: bold; }
    Beside > .notes { background: $desk-warn; color: $desk-warnf; text-style: bold; }
    Beside > .homes { color: $desk-overt; text-style: bold; }
    Beside > .doubt { color: $desk-overt; }
    Beside > .place { color: $desk-fg0; text-style: bold; }
    Beside > BigNumber { padding: 0; }
    Beside > .household { margin-bottom: 1; }
    Beside > .prompts, Beside > .example { color: $desk-fg2; }
    """

    _seen: Seen | None = None

    def compose(self) -> ComposeResult:
        """One group of lines for each part."""
        for part in self.PARTS:
            yield Lines("", classes=part)
            if part == "doubt":  # what has to be known of them comes before the digits
                yield BigNumber()

    def _put(self, part: str, text: str) -> None:
        lines = self.query_one(f".{part}", Lines)
        lines.show(text)
        lines.set_class(bool(text), "said")

    def show(self, seen: Seen) -> None:
        """Show what is known now."""
        form, preview = seen.form, seen.preview
        cells = max(20, self.content_size.width)
        place = normalise_place(form.place)
        asked = form.kind is IntakeKind.AGAIN
        graded = not asked and form.kind is not IntakeKind.ENQUIRY
        graded = graded and (seen.case is None or seen.graver)
        self._put("level", self._level(preview) if graded else "")
        self._put("alarm", self._alarm(seen, graded=graded))
        self._put("place", "" if asked else intake_lines.read_back(place))
        digits = any(character.isdigit() for character in place) and not asked
        number = self.query_one(BigNumber)
        number.show(place if digits else "")
        number.set_class(digits, "said")
        household = "" if asked else intake_lines.household_text(place, preview.household)
        doubt = "" if asked or preview.differing is None else differing_words(preview.differing)
        if preview.offered and not asked:
            household = offered_text(form.place.strip(), preview.offered, cells)
        self._put("household", household)
        self._put("doubt", doubt)
        self._seen = seen
        self.pass_time(seen.now)
        standing = intake_lines.standing_text(seen.case, seen.now, seen.zone) if seen.case else ""
        self._put("standing", standing)
        linked = seen.case.id if seen.case else ""
        cases = intake_lines.at_place_text(preview.at_place, linked, seen.now, seen.zone, cells)
        self._put("cases", "" if asked else cases)
        near = next_flats_text(preview.near, seen.now, seen.zone, cells)
        self._put("near", "" if asked else near)
        self._put("prompts", intake_lines.prompts_text(preview.prompts))
        self._put("example", fit(seen.example, cells).rstrip() if self._room(cells) else "")

    def pass_time(self, now: datetime) -> None:
        """What is noted on households as of now: a note is over at its moment by itself."""
        seen = self._seen
        if seen is None:
            return
        asked = seen.form.kind is IntakeKind.AGAIN
        notes = () if asked else seen.noted.notes
        category = seen.preview.category
        homes = seen.noted.homes_for(category.id, now) if category else ()
        self._put("notes", "\n".join(notes_lines(notes, now, seen.zone)))
        self._put("homes", "\n".join(homes_lines(homes, now, seen.zone)))

    def _room(self, cells: int) -> bool:
        """Whether a row is left below what matters more; the household has a blank one below."""
        texts = [self.query_one(f".{part}", Lines).text for part in self.PARTS[:-1]]
        rows = self.query_one(BigNumber).size.height + sum(
            len(wrap(line, cells)) or 1 for text in texts if text for line in text.split("\n")
        )
        return rows + 1 < self.content_size.height

    @staticmethod
    def _level(preview: Preview) -> str:
        weighs = preview.category if preview.by_category else None
        others = [localized(weighs.name)] if weighs else []
        others += [channel_name(preview.channel)] if preview.channel else []
        return intake_lines.level_text(preview.level, preview.reasons, others)

    @staticmethod
    def _alarm(seen: Seen, *, graded: bool) -> str:
        shown = []
        if graded and seen.preview.level.emergency:
            shown.append(_("This is an emergency: F9"))
        if seen.case is not None and seen.form.kind is not IntakeKind.AGAIN:
            number = seen.case.number
            linked = _("Linked: F10 counts this call on {number}").format(number=number)
            own = _("F10 opens the emergency, beside {number}").format(number=number)
            shown.append(own if seen.own else linked)
        return "\n".join(shown)
