"""What judges the record is in the record: texts are adopted in full before they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.site.household_notes import Notes, notes_text, standing
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.site.rota import Rota
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.recorded import CALENDAR, CARD, PROCEDURE, Kept, Recorded
from dispatcher_tui.site.texts import PROCEDURES, Source, source_of
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


def _nothing(_tx: Tx) -> None:
    """Most texts bring nothing beside themselves."""


def _in_force(desk: Desk, source: Source, what: str = PROCEDURE) -> bool:
    """Whether the record has that very text in force."""
    current = desk.store.adopted(what, source.name)
    return current is not None and current.sha256 == source.sha256


def _adopt(
    desk: Desk,
    what: str,
    source: Source,
    record: Callable[[], object],
    bring: Callable[[Tx], None] = _nothing,
    counts: Mapping[str, int] = _NO_COUNTS,
) -> str:
    """Adopt one text unless it is the one in force; its hash either way.

    ``record`` gives what was made of it, and is asked only where it is adopted. ``bring`` puts
    in place what was read from it, in the same transaction. ``counts`` stand in the entry, and
    of a list of persons they stand there in the place of its text.
    """
    known = _in_force(desk, source, what)
    if known and bring is _nothing:
        return source.sha256
    event = ev.Adopted(
        what=what,
        name=source.name,
        sha256=source.sha256,
        text="" if what in PERSON_LISTS else source.text,
        counts=dict(counts),
    )
    data = msgspec.json.encode(record())

    def job(tx: Tx) -> None:
        bring(tx)
        if not known:
            desk.note_in(tx, event)
            kept = tx.put_document(what, source.name, source.text, data)
            tx.adopt(what, source.name, kept)

    desk.store.transact(job)
    return source.sha256


def recorded(store: Store) -> Recorded:
    """What the record has in force, to stand in for files of the site that are broken."""
    kept = [
        Kept(each.what, Source(each.name, each.text, each.sha256), each.data)
        for each in store.in_force()
    ]
    own = store.identity
    return Recorded(kept, own.site, own.desk, lambda: _last_procedure(store))


def _last_procedure(store: Store) -> str:
    """The file of the procedure that was put in force last; a companion never is."""
    rulebook, found = Rulebook(store), ""
    for line in store.book("adopted"):
        event = line.entry.event
        if isinstance(event, ev.Adopted) and event.what == PROCEDURE:
            found = found if rulebook.procedure(event.sha256).companion else event.name
    return found


def adopt_site(desk: Desk, site: SiteData) -> tuple[str, ...]:
    """Make ``site`` the desk's rules: adopt its procedure with the emergency layer under it, the
    companion it names, its calendar, its action cards, its settings and classes, where they
    changed. What stands in for a broken file is in force already, and nothing is written of it.

    Open cases stay with the texts they were opened under; a year of which those had no holiday
    table is set right. Gives the numbers of the cases where that changed something.

    Raises:
        SiteError: the companion is not there or cannot be used; nothing was adopted.
    """
    beside, companion = site.companion_source, None
    if beside is not None and not _in_force(desk, beside):
        companion = site.companion  # It is proved before anything is adopted.
    desk.procedure_ref = _adopt(desk, PROCEDURE, site.procedure_source, lambda: site.procedure)
    desk.companion_ref = _adopt(desk, PROCEDURE, beside, lambda: companion) if beside else ""
    desk.calendar_ref = _adopt(desk, CALENDAR, site.calendar_source, lambda: site.calendar)
    for card in site.card_sources:
        _adopt(desk, CARD, card, lambda: None)
    for what, source in site.other_sources:
        _adopt(desk, what, source, lambda: None)
    desk.site = site
    return set_right(desk)


def set_right(desk: Desk) -> tuple[str, ...]:
    """Reckon the due times of open cases anew that were reckoned without a holiday table which is
    known by now; the numbers of those that changed."""
    command = cmd.KnowHolidays(calendar=desk.rules.calendar, adopted=desk.calendar_ref)
    done = (desk.perform(case_id, command) for case_id in desk.store.unsure())
    return tuple(each.case.number for each in done if each.entries)


def recall_site(desk: Desk, site: SiteData) -> None:
    """Take the rules that are in force in the record, for a desk that may only read.

    Raises:
        Refusal: none were ever adopted.
    """
    name = site.procedure_source.name
    if desk.store.adopted(PROCEDURE, name) is None:
        name = _last_procedure(desk.store)
    texts = ((PROCEDURE, name), (CALENDAR, site.calendar_source.name))
    found = [desk.store.adopted(what, name) for what, name in texts]
    refs = [document.sha256 for document in found if document is not None]
    if len(refs) < len(texts):
        raise Refusal("nothing_adopted")
    desk.procedure_ref, desk.calendar_ref = refs
    asked = desk.rules.procedure.corrective
    name = f"{PROCEDURES}/{asked.procedure}.toml" if asked else ""
    companion = desk.store.adopted(PROCEDURE, name)
    desk.companion_ref = companion.sha256 if companion else ""
    desk.site = site


def adopt_units(desk: Desk, households: list[Household], text: str) -> None:
    """Take over a register of units as read from ``text``."""
    counts = {"units": len(households), "numbers": sum(len(h.phones) for h in households)}
    source = source_of("units.csv", text)
    _adopt(
        desk,
        "units",
        source,
        lambda: len(households),
        lambda tx: tx.put_units(households),
        counts,
    )


def adopt_people(desk: Desk, people: list[Person], text: str) -> None:
    """Take over a roster as read from ``text``."""
    counts = {"people": len(people), "numbers": sum(len(p.phones) for p in people)}
    source = source_of("roster.csv", text)
    _adopt(desk, "roster", source, lambda: len(people), lambda tx: tx.put_people(people), counts)


def adopt_rota(desk: Desk, rota: Rota, text: str) -> None:
    """Take over a rota as read from ``text``."""
    counts = {"people": len(rota.people), "days": len(rota.lines)}
    _adopt(desk, "rota", source_of("rota.csv", text), lambda: len(rota.lines), counts=counts)


def adopt_stand_ins(desk: Desk, people: Sequence[Person], text: str) -> None:
    """Take over who stands in from outside, as read from ``text``."""
    counts = {"people": len(people), "numbers": sum(len(p.phones) for p in people)}
    source = source_of("stand_ins.csv", text)
    _adopt(desk, "stand_ins", source, lambda: len(people), counts=counts)


def adopt_notes(desk: Desk, notes: Notes, *, added: int = 0, ended: int = 0) -> None:
    """Take over the notes on households; the entry says how many stand, and what became of how
    many."""
    counts = {"standing": len(standing(notes, desk.clock.now())), "added": added, "ended": ended}
    source = source_of("notes.json", notes_text(notes))
    known = {each: n for each, n in counts.items() if n or each == "standing"}
    _adopt(desk, "notes", source, lambda: len(notes), counts=known)
