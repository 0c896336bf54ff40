"""F3: one field that finds cases, homes, people, outside numbers and the log while one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

import msgspec
from textual.app import ComposeResult

from dispatcher_tui.desk.case.find import Found, HomeInReach, find
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.reachability import dead_now
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.site.household_file import household_file
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.site.household_file import HouseholdFile
from dispatcher_tui.domain.site.register import HomeFound
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.home_lines import flat_word, who_lives
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.emergency.emergency_lines import differing_line
from dispatcher_tui.present.emergency.reachability_lines import dead_mark
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import answer_words, short_time, stage_name, under
from dispatcher_tui.present.spans import begun_muted
from dispatcher_tui.present.terms import outside_name
from dispatcher_tui.present.watch.handout_lines import out_row
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToCase
from dispatcher_tui.tui.screens.system.searching import SearchScreen
from dispatcher_tui.tui.sheet_print import paper_keys
from dispatcher_tui.tui.watch_routes import ToHandBack
from dispatcher_tui.tui.widgets.big_number import BigNumber
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows

_NUMBER_DIGITS = 7
"""Figures with fewer digits are a flat or a count, and no telephone number."""


class Hit(msgspec.Struct, frozen=True):
    """One line of what was found: a case to open, or somebody's number to ring; ``home`` is the
    place of a household, ``out`` what is out of the handout book.

    ``dead`` are those of the numbers that never answered when they were rung; ``doubt`` says that
    they are not those which the site adopted.
    """

    text: str
    case_id: str = ""
    name: str = ""
    phones: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    doubt: str = ""
    home: str = ""
    out: HandoutRow | None = None


class FindScreen(SearchScreen[Found]):
    """The arrows choose, Enter opens.

    ``initial`` is what stands in the field at the beginning.
    """

    hints = ("notify", "follow_up", "close", "emergency", "help")

    DEFAULT_CSS = """
    FindScreen #doubt {
        height: auto; max-height: 2; text-style: bold; color: $desk-overt; display: none;
    }
    FindScreen #who { height: 1; text-style: bold; display: none; }
    FindScreen #number { display: none; }
    """

    def __init__(self, initial: str = "") -> None:
        super().__init__()
        self._initial = initial
        self._hits: list[Hit] = []
        self._phone = 0
        self._dead: frozenset[tuple[str, str]] | None = None

    def heading(self) -> str:
        """What can be typed here."""
        return " " + _("Find: number, name, phone, place, words, pinyin initials")

    def body(self) -> ComposeResult:
        """The field, what was found, and the chosen person's number."""
        yield Field(self._initial, id="text", placeholder=_("type here"))
        sums = Lines("", id="sums", classes="strip", wrap=False)
        sums.display = False
        yield sums
        yield PickRows(id="list")
        yield Lines("", id="doubt")
        yield Lines("", id="who", wrap=False)
        yield BigNumber(id="number")

    def search(self, desk: Desk, text: str) -> Found:
        """Cases, homes, people, outside numbers, enquiries."""
        return look(desk, text)

    async def show_found(self, found: Found) -> None:
        """The list; whose number is dead is read once, and only where somebody may be rung."""
        self._show(found)
        if found.people and self._dead is None:
            # Three months of calls.
            self._dead = await self.run_on_desk(dead_now, writes=False) or frozenset()
            if self._dead:
                self.search_again()

    def _show(self, found: Found) -> None:
        desk, now = self.session.desk, self.session.now()
        zone, procedure = desk.rules.calendar.tz, names_in_force(desk)
        cases = [_case_hit(line, now, self) for line in found.cases]
        people = [
            _person_hit(
                person,
                role_name(procedure, person.role),
                on_duty=person.on_duty(now, zone),
                dead=self._dead or frozenset(),
                doubt=differing_line(found.differing, person.id),
            )
            for person in found.people
        ]
        homes = [hit for each in found.homes for hit in _home_hits(each, found.differing)]
        notes = [_note_hit(entry, now, zone) for entry in found.notes]
        dialled = [_outside_hit(name, number) for name, number in found.dialled]
        named = [_outside_hit(name, number) for name, number in found.outside]
        # A number typed in full is what is wanted; one begun may still be that of a case.
        exact = bool(dialled) and found.dialled[0][1] == phone_digits(self.wanted)
        first = dialled if exact else []
        begun = [] if exact else dialled
        out = [_handout_hit(row, now, zone) for row in found.handouts]
        self._hits = [*first, *cases, *begun, *homes, *people, *out, *named, *notes]
        rows = [PickRow(begun_muted(hit.text, 11 if hit.case_id else 9)) for hit in self._hits]
        self.query_one("#list", PickRows).put(rows, 0)
        sums = _("cases {cases}, homes {homes}, people {people}, outside {outside}, log {notes}")
        sums = sums.format(
            cases=_and_more(len(cases), found.beyond.cases),
            homes=_and_more(len(found.homes), found.beyond.homes),
            people=_and_more(len(people), found.beyond.people),
            outside=len(dialled) + len(named),
            notes=_and_more(len(notes), found.beyond.notes),
        )
        nothing = bool(self.wanted.strip()) and not self._hits
        strip = self.query_one("#sums", Lines)
        strip.show(_("Nothing found.") if nothing else sums if self._hits else "")
        strip.display = bool(strip.text)
        self.choose()

    def choose(self) -> None:
        """Take over the chosen line: its case for the keys, its number in big digits."""
        hit = self._hit
        self.case_id = hit.case_id if hit else ""
        self._phone = 0
        self._show_number()

    @property
    def number_here(self) -> str:
        """The chosen person's number, as it stands in big digits."""
        hit = self._hit
        return hit.phones[self._phone % len(hit.phones)] if hit and hit.phones else ""

    def _show_number(self) -> None:
        hit = self._hit
        phones = hit.phones if hit else ()
        who, number = self.query_one("#who", Lines), self.query_one(BigNumber)
        who.display = number.display = bool(phones)
        doubt = self.query_one("#doubt", Lines)
        doubt.show(hit.doubt if hit else "")
        doubt.display = bool(hit and hit.doubt)
        if hit is None or not phones:
            return
        phone = phones[self._phone % len(phones)]
        more = _("Enter: the other number") if len(phones) > 1 else ""
        dead = dead_mark() if phone in hit.dead else ""
        who.show("  ".join(part for part in (f" {hit.name}", phone, dead, more) if part))
        number.show(phone)

    @property
    def _hit(self) -> Hit | None:
        cursor = self.query_one("#list", PickLines).cursor
        return self._hits[cursor] if 0 <= cursor < len(self._hits) else None

    async def take_line(self) -> None:
        """The same as Enter in the field."""
        await self.accept_field()

    async def accept_field(self) -> None:
        """Enter: open the chosen case, or show the chosen person's next number."""
        hit = self._hit
        if hit is None:
            return
        if hit.case_id:
            self.shell.go(ToCase(hit.case_id))
            return
        if hit.out is not None:
            self.shell.go(ToHandBack(hit.out))
            return
        self._phone += 1
        self._show_number()

    def own_keys(self) -> Sequence[ScreenKey]:
        """p, once the field is left: the file of the household that is chosen."""
        home = self._hit.home if self.is_mounted and self._hit else ""
        off = "" if home else _("Choose a household first.")
        return (
            *paper_keys(self, self._home_file, _("the household's file"), off=off),
            ScreenKey("find", "", self._anew, _("empty the field: another search")),
        )

    def _anew(self) -> None:
        """F3 once more: the field is empty, and nothing of the last search is chosen."""
        field = self.query_one("#text", Field)
        field.put("")
        field.focus()

    def _home_file(self, desk: Desk) -> HouseholdFile | None:
        """Cases, notes and papers of the household, as one document (P4-18)."""
        home = self._hit.home if self._hit else ""
        return household_file(desk, home) if home else None

    def no_case(self) -> str:
        """Nothing was found, or a line that is no case."""
        return _("No case is chosen here.")

    async def refresh_case(self, changed: set[str]) -> None:
        """A case that was found has changed: search again."""
        if changed & {hit.case_id for hit in self._hits}:
            self.search_again()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Type: number, short number, name, phone, place, words, initials (ls)"),
            _("up, down: choose; Enter: open the case, or the person's next number"),
            _("Below a home stand the flats above and below, to be rung as well"),
            _("Esc, then p on a home: its file, with cases, notes and papers"),
        ]


def look(desk: Desk, text: str) -> Found:
    """What the desk finds, and the outside numbers by the name they have on screen."""
    found = find(desk, text)
    wanted = fold(text).strip()
    outside = tuple(
        (name, number)
        for name, number in desk.site.site.outside.items()
        if (name, number) not in found.dialled
        and wanted
        and ((name, number) in found.outside or wanted in fold(outside_name(name)))
    )
    return msgspec.structs.replace(found, outside=outside)


def _and_more(listed: int, beyond: int) -> str:
    """How many are listed, and how many are not; only that there are, where nobody counted."""
    if beyond is True:
        return f"{listed}+"
    return f"{listed} {_('(and {n} more)').format(n=beyond)}" if beyond else str(listed)


def _case_hit(line: CaseLine, now: datetime, screen: FindScreen) -> Hit:
    beside = screen.session.desk.in_force.short_of(line.procedure)
    zone = screen.session.desk.rules.calendar.tz
    parts = (
        fit(line.number, 10),
        fit(localized(line.level_label), 6),
        fit(stage_name(line.stage), 8),
        fit(short_time(line.opened_at, now, zone), 11),
        fit(line.place, 9),
        f"{line.caller} {under(beside, screen.called(line.content or line.category))}".strip(),
    )
    return Hit(" ".join(parts), case_id=line.id)


def _home_hit(word: str, found: HomeFound, differing: Sequence[RowDiffered]) -> Hit:
    """Where, who lives there, the number; what to know before a visit."""
    home = found.household
    mind = _("! Mind: {warning}").format(warning=home.warning) if home.warning else ""
    parts = (fit(word, 8), fit(home.place, 11), who_lives(home), found.phone, mind)
    mine = (found.phone, *home.phones)
    phones = tuple(dict.fromkeys(phone for phone in mine if phone))
    name = f"{home.place} {found.name}".strip()
    doubt = differing_line(differing, home.place)
    text = "  ".join(filter(None, parts))
    return Hit(text, name=name, phones=phones, doubt=doubt, home=home.place)


def _home_hits(reach: HomeInReach, differing: Sequence[RowDiffered]) -> list[Hit]:
    """A home, and right below its line the flats above and below, to be rung from there."""
    hits = [_home_hit(_("resident"), reach.found, differing)]
    for flat in reach.near:
        hit = _home_hit(flat_word(flat.where), HomeFound(flat.household), differing)
        numbers = " ".join(line.number for line in flat.cases)
        text = (
            f"{hit.text}  {_('open: {numbers}').format(numbers=numbers)}" if numbers else hit.text
        )
        hits.append(msgspec.structs.replace(hit, text=text))
    return hits


def _note_hit(entry: Entry, now: datetime, zone: tzinfo) -> Hit:
    """A line of the Work Log; an enquiry's caller can be rung back."""
    note = entry.event
    assert isinstance(note, LogNoted)
    asked = bool(note.caller or note.phone or note.place or note.answer)
    word = _("enquiry") if asked else _("Work Log")
    at = fit(short_time(entry.occurred_at, now, zone), 11)
    who = " ".join(part for part in (note.place, note.caller, note.phone) if part)
    said = (" ".join(text.split()) for text in (note.text, answer_words(note.answer)))
    parts = (fit(word, 8), at, who, *said)
    phones = (note.phone,) if note.phone else ()
    return Hit("  ".join(part for part in parts if part), name=note.caller, phones=phones)


def _handout_hit(row: HandoutRow, now: datetime, zone: tzinfo) -> Hit:
    """Something that is out: who has it, and a number where one was written down; Enter takes it
    back."""
    fields = row.text.fields.values() if row.text is not None else ()
    phones = tuple(each for each in fields if len(phone_digits(each)) >= _NUMBER_DIGITS)
    name = row.text.who if row.text is not None else ""
    text = f"{fit(_('out'), 8)} {out_row(row, now, zone)}"
    return Hit(text, name=name, phones=phones, out=row)


def _outside_hit(name: str, number: str) -> Hit:
    shown = outside_name(name)
    return Hit(f"{fit(_('outside'), 8)} {shown} {number}", name=shown, phones=(number,))


def _person_hit(
    person: Person, role: str, *, on_duty: bool, dead: frozenset[tuple[str, str]], doubt: str
) -> Hit:
    watch = _("on duty") if on_duty else _("off duty")
    parts = [fit(_("person"), 8), person.name, person.title or role, watch, *person.phones[:1]]
    silent = tuple(phone for phone in person.phones if (person.id, phone) in dead)
    if person.phones[:1] and person.phones[0] in silent:
        parts.append(dead_mark())
    name = f"{person.name} {person.title}".strip()
    return Hit("  ".join(parts), name=name, phones=person.phones, dead=silent, doubt=doubt)
