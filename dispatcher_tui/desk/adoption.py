"""What judges the record is in the record: texts are adopted in full before they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from types import MappingProxyType

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.site.household_notes import Notes, notes_text, standing
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.site.rota import Rota
from dispatcher_tui.domain.words.people import NOBODY, Household, Person
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.recorded import CALENDAR, CARD, IN_FORCE, PROCEDURE, Kept, Recorded
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
    data = msgspec.json.encode(record())
    event = ev.Adopted(
        what=what,
        name=source.name,
        sha256=source.sha256,
        text="" if what in PERSON_LISTS else source.text,
        counts=dict(counts),
        made_sha256=sha256(data).hexdigest(),
    )

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
    """The file of the procedure that was put in force last, of several the default."""
    history = Rulebook(store).history()
    document = store.document(history[-1].refs[0]) if history else None
    return document.name if document is not None else ""


def _as_is(record: object) -> object:
    """The record itself, for what is adopted with it."""
    return record


def _order_of(desk: Desk, site: SiteData) -> Source | None:
    """Which procedures are in force together, to be adopted; None for a site that has always had
    one: its procedure says it, as in every older record."""
    if len(site.served) == 1 and desk.store.adopted(IN_FORCE, IN_FORCE) is None:
        return None
    lines = (f"{each.procedure.id} {each.source.sha256}\n" for each in site.served)
    return source_of(IN_FORCE, "".join(lines))


def adopt_site(desk: Desk, site: SiteData) -> tuple[str, ...]:
    """Make ``site`` the desk's rules: adopt its procedures with the emergency layer under them, the
    companions they name, its calendar, its action cards, its settings and classes, where they
    changed. What stands in for a broken file is in force already, and nothing is written of it.

    Open cases stay with the texts they were opened under; a year of which those had no holiday
    table is set right. Gives the numbers of the cases where that changed something.

    Raises:
        SiteError: a companion is not there or cannot be used; nothing was adopted.
    """
    beside, companions = site.companion_sources, dict[str, Procedure]()
    if any(not _in_force(desk, source) for source in beside.values()):
        companions = site.companions  # They are proved before anything is adopted.
    order = _order_of(desk, site)

    def job(_tx: Tx) -> None:
        if order is not None:  # Before what it names, so that none of that counts alone meanwhile.
            _adopt(desk, IN_FORCE, order, lambda: [each.procedure.id for each in site.served])
        for each in site.served:
            _adopt(desk, PROCEDURE, each.source, partial(_as_is, each.procedure))
        for procedure, source in beside.items():
            _adopt(desk, PROCEDURE, source, partial(_as_is, companions.get(procedure)))

    texts = (*(each.source for each in site.served), *beside.values())
    known = all(_in_force(desk, source) for source in texts)
    if not known or (order is not None and not _in_force(desk, order, IN_FORCE)):
        desk.store.transact(job)
    desk.in_force.put(
        tuple(each.source.sha256 for each in site.served),
        {procedure: source.sha256 for procedure, source in beside.items()},
    )
    desk.calendar_ref = _adopt(desk, CALENDAR, site.calendar_source, lambda: site.calendar)
    for card in site.card_sources:
        _adopt(desk, CARD, card, lambda: None)
    for what, source in site.other_sources:
        if source.name not in site.idle or desk.store.adopted(what, source.name) is not None:
            _adopt(desk, what, source, lambda: None)
    desk.site = site
    return set_right(desk)


def adopt_unasked(desk: Desk, site: SiteData) -> None:
    """Adopt what stands in the site's folder, by nobody's name: no person was asked about it.

    Raises:
        SiteError: see ``adopt_site``.
    """
    actor, desk.actor = desk.actor, NOBODY
    try:
        adopt_site(desk, site)
    finally:
        desk.actor = actor


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
    calendar = desk.store.adopted(CALENDAR, site.calendar_source.name)
    refs = _recalled(desk, site)
    if calendar is None or not refs:
        raise Refusal("nothing_adopted")
    companions = {}
    for procedure in map(desk.rulebook.procedure, refs):
        asked = procedure.corrective
        name = f"{PROCEDURES}/{asked.procedure}.toml" if asked else ""
        if companion := desk.store.adopted(PROCEDURE, name):
            companions[procedure.id] = companion.sha256
    desk.in_force.put(refs, companions)
    desk.calendar_ref, desk.site = calendar.sha256, site


def _recalled(desk: Desk, site: SiteData) -> tuple[str, ...]:
    """The procedures in force in the record, the default first; none where none ever was."""
    if desk.store.adopted(IN_FORCE, IN_FORCE) is not None:
        return desk.rulebook.history()[-1].refs
    name = site.procedure_source.name
    if desk.store.adopted(PROCEDURE, name) is None:
        name = _last_procedure(desk.store)
    found = desk.store.adopted(PROCEDURE, name)
    return (found.sha256,) if found is not None else ()


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


def adopt_fees(desk: Desk, name: str, households: int, text: str) -> None:
    """Take over the list of fees of that name, as read from ``text``."""
    source, counts = source_of(name, text), {"households": households}
    _adopt(desk, "fees", source, lambda: households, counts=counts)


def adopt_notes(desk: Desk, notes: Notes, *, added: int = 0, ended: int = 0) -> None:
    """Take over the notes on households; the entry says how many stand, and what became of how
    many."""
    counts = {"standing": len(standing(notes, desk.clock.now())), "added": added, "ended": ended}
    source = source_of("notes.json", notes_text(notes))
    known = {each: n for each, n in counts.items() if n or each == "standing"}
    _adopt(desk, "notes", source, lambda: len(notes), counts=known)
