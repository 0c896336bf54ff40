"""住户备注 in words: loud beside a household, and as the list that the head reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.site.household_notes import HouseholdNote, NotedHome, standing
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable


def note_kind_name(kind: NoteKind) -> str:
    """What a note on a household is about."""
    names = {
        NoteKind.DOG: _("dog"),
        NoteKind.LIFE_SUPPORT: _("oxygen machine or other life support"),
        NoteKind.DISPUTE: _("dispute"),
        NoteKind.SERVICE_STOPPED: _("service stopped"),
        NoteKind.LIVES_ALONE: _("elderly person living alone"),
        NoteKind.OTHER: _("other"),
    }
    return names[kind]


def note_words(note: HouseholdNote) -> str:
    """What a note says: its kind, and its own words; of another kind the words alone."""
    if note.kind is NoteKind.OTHER:
        return note.text
    return joined(note_kind_name(note.kind), note.text)


def note_line(note: HouseholdNote, now: datetime, zone: tzinfo) -> str:
    """A note as it is shouted, with its expiry where it has one."""
    return _until(f"!! {note_words(note)}", note, now, zone)


def _until(words: str, note: HouseholdNote, now: datetime, zone: tzinfo) -> str:
    """The words of a note, and when it is over by itself."""
    if note.until is None:
        return words
    return _("{note} (until {time})").format(note=words, time=due_time(note.until, now, zone))


def notes_lines(notes: Iterable[HouseholdNote], now: datetime, zone: tzinfo) -> list[str]:
    """Those that stand now, as they are shouted."""
    return [note_line(note, now, zone) for note in standing(notes, now)]


def _whom(home: NotedHome) -> str:
    """Who lives there, with the numbers to ring."""
    household = home.household
    return " ".join((*household.residents, *household.phones)) if household is not None else ""


def home_line(home: NotedHome, now: datetime, zone: tzinfo) -> str:
    """A home of a list that is gone through: where it is, what of and until when, whom to ring."""
    note = _until(note_words(home.note), home.note, now, zone)
    parts = (home.note.place, note, _whom(home))
    return "  ".join(part for part in parts if part)


def homes_lines(homes: Sequence[NotedHome], now: datetime, zone: tzinfo) -> list[str]:
    """The homes that have to be looked after, with how many there are; nothing where none is."""
    n = len(homes)
    title = ngettext("! {n} home to look after:", "! {n} homes to look after:", n).format(n=n)
    return [title, *(home_line(home, now, zone) for home in homes)] if homes else []


def _over_by(home: NotedHome) -> str:
    """How a note came to its end."""
    note = home.note
    if note.ended_at is None:
        return _("expired")
    return joined(note.reason, _("ended by {name}").format(name=note.ended_by))


def notes_table(zone: tzinfo, now: datetime, *, over: bool = False) -> RecordTable[NotedHome]:
    """The list at a moment; ``over``: of those that are over, with how each ended."""
    columns: tuple[RecordColumn[NotedHome], ...] = (
        RecordColumn("place", _("Place"), lambda h: h.note.place, "text", 10, 10, whole=True),
        RecordColumn(
            "kind",
            _("Household note"),
            lambda h: h.note.kind.value,
            "text",
            16,
            16,
            words=lambda h: note_kind_name(h.note.kind),
        ),
        RecordColumn("words", _("Words"), lambda h: h.note.text, "text", 16, 22),
        RecordColumn("added_at", _("Added"), lambda h: h.note.added_at, "moment", 0, 14),
        RecordColumn("added_by", _("By"), lambda h: h.note.added_by, "text", 0, 9),
    )
    if over:
        last: tuple[RecordColumn[NotedHome], ...] = (
            RecordColumn("over_at", _("Over since"), lambda h: h.note.over_at(), "moment", 11, 14),
            RecordColumn("how", _("How it ended"), _over_by, "text", REST, 18),
        )
    else:
        last = (
            RecordColumn(
                "until",
                _("Until"),
                lambda h: h.note.until,
                "moment",
                11,
                14,
                words=lambda h: due_time(h.note.until, now, zone) if h.note.until else "",
                none=_("until ended"),
            ),
            RecordColumn("whom", _("Household"), _whom, "text", REST, 18),
        )
    return RecordTable[NotedHome]((*columns, *last), zone, _("none"))
