"""接诉登记: what the operator types while the caller waits, and what it already tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.site.adopted_lists import HouseholdInUse
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.handled_by import Handled, Why, handled_by
from dispatcher_tui.domain.duties.triage import class_weighs, grade, reasons
from dispatcher_tui.domain.emergency.danger_words import danger_said
from dispatcher_tui.domain.procedure import Level, Procedure, Prompt, When
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.commands import OpenCase
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.opening import TEXTS, Told, Typed, carried
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.site.register import HomeFound, NextFlat
from dispatcher_tui.domain.words.likely_class import likely_classes
from dispatcher_tui.domain.words.people import Category, Household
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.domain.words.text import Cleaned, clean_text

if TYPE_CHECKING:
    from dispatcher_tui.desk.in_force import InForce
    from dispatcher_tui.site.load import SiteData


class IntakeKind(StrEnum):
    """The first digit of the form."""

    COMPLAINT = "complaint"
    REPAIR = "repair"
    ENQUIRY = "enquiry"
    OTHER = "other"
    AGAIN = "again"


class Intake(Told, frozen=True, kw_only=True):
    """The form as typed so far; it is kept on disk like this, word for word.

    ``case`` is the open case that the call is about, where it is not a new one; ``procedure`` the
    id of the one that it is to be opened under whatever its class says. ``answer``: what an enquiry
    was answered. ``repeated``: the main points were repeated to the caller.
    """

    kind: IntakeKind = IntakeKind.COMPLAINT
    phone: str = ""
    caller: str = ""
    said: str = ""
    answer: str = ""
    repeated: bool = False
    case: str = ""
    procedure: str = ""

    @property
    def blank(self) -> bool:
        """True where nothing has been typed yet."""
        typed = [getattr(self, field.on_form) for field in TEXTS]
        return not any((*typed, self.answer, self.category, self.case, self.facts))


class IntakeDraft(msgspec.Struct, frozen=True):
    """An unfinished form with the moment its call came in (UTC)."""

    id: str
    opened_at: datetime
    intake: Intake


class Preview(msgspec.Struct, frozen=True):
    """What stands beside the form while it is typed.

    ``category`` is the one chosen, ``by_category`` says that it weighs in the level, ``channel``
    is the way in where that does;
    ``prompts`` are the procedure's courtesies that fit; ``differing``: that the household's row
    is not as the site adopted it. ``near`` are the flats next to it, ``alike``
    the cases of the class that came from the building of late; ``offered`` the homes
    that what is typed may mean, ``beyond`` how many more there are. ``danger``: a word of the
    caller by which a class of danger is called, with the class. ``handled`` is the procedure
    that the case would be opened under, ``several`` whether it is one of several in force.
    ``repeats``: its rules ask that the main points are repeated to the caller.
    """

    level: Level
    reasons: tuple[Fact, ...]
    household: Household | None
    at_place: tuple[CaseLine, ...]
    category: Category | None = None
    by_category: bool = False
    channel: Channel | None = None
    prompts: tuple[Prompt, ...] = ()
    differing: RowDiffered | None = None
    near: tuple[NextFlat, ...] = ()
    offered: tuple[HomeFound, ...] = ()
    beyond: int = 0
    alike: tuple[CaseLine, ...] = ()
    danger: tuple[str, Category] | None = None
    handled: Handled | None = None
    several: bool = False
    repeats: bool = False

    @property
    def unhandled(self) -> bool:
        """Whether no procedure in force handles such a class; an emergency is handled by the layer
        under all of them."""
        nobody = self.handled is not None and self.handled.why is Why.NOBODY
        return nobody and not self.level.emergency


def cleaned_texts(intake: Intake) -> dict[str, Cleaned]:
    """What was typed freely, by the form's names, without control, bidi and zero-width characters.

    One line loses its breaks and the spaces around it; the caller's words keep theirs.
    """
    found = {}
    for field in TEXTS:
        line = field.typed is Typed.LINE
        done = clean_text(getattr(intake, field.on_form), multiline=not line)
        text = done.text.strip() if line else done.text
        found[field.on_form] = msgspec.structs.replace(done, text=text)
    return found


def cleaned(intake: Intake) -> tuple[Intake, int]:
    """The form with its texts cleaned, and how many characters were taken out."""
    done = cleaned_texts(intake)
    kept = {name: each.text for name, each in done.items()}
    removed = sum(each.removed + each.cut for each in done.values())
    return msgspec.structs.replace(intake, **kept), removed


def line_of(intake: Intake) -> LogNoted:
    """The line of the Work Log that an enquiry comes to, or a remark with nothing but its words.

    Raises:
        Refusal: nothing was said.
    """
    form, _removed = cleaned(intake)
    if not form.said.strip():
        raise Refusal("note_missing")
    told = {"caller": form.caller, "phone": form.phone, "place": form.place}
    return LogNoted(text=form.said, answer=clean_text(form.answer).text.strip(), **told)


def find_category(categories: tuple[Category, ...], text: str) -> Category | None:
    """The category meant by an id, a name in either language, its exact initials, or else by one of
    the words that callers have for it."""
    wanted = text.strip().casefold()
    for category in categories:
        names = (category.id, category.name.zh, category.name.en.casefold(), category.initials)
        if wanted and wanted in names:
            return category
    said = (c for c in categories if wanted and wanted in map(str.casefold, c.words))
    return next(said, None)


def filled(
    blank: OpenCase,
    intake: Intake,
    site: SiteData,
    in_register: Callable[[str], tuple[str, bool]],
    pin: Callable[[Category | None, str], str],
) -> OpenCase:
    """What a cleaned form asks for; ``in_register`` tells how the register spells a place,
    and whether it has it.

    ``pin`` gives the hash of the procedure for a class and for the one that was asked for.

    Raises:
        Refusal: there is nothing in the form, no such class, or no such procedure in force.
    """
    told = intake.said.strip() or intake.category or intake.place or intake.panel
    if not told and intake.channel is not Channel.PANEL:  # That a panel sounds is something said.
        raise Refusal("intake_empty")
    wanted = intake.category  # Without one no list of classes is needed, broken or not.
    category = find_category(site.categories, wanted) if wanted else None
    if wanted and category is None:
        raise Refusal("unknown_category", category=wanted)
    place, known = in_register(intake.place)
    as_told = carried(intake, Told) | {"place": place, "category": category.id if category else ""}
    return msgspec.structs.replace(
        blank,
        **as_told,
        procedure=pin(category, intake.procedure),
        registered=known,
        caller=intake.caller,
        phone=intake.phone,
        case_class=category.case_class if category else "",
        tags=category.tags if category else (),
        verbatim=intake.said,
        nature=intake.kind.value,
    )


def _fits(when: When, level: Level, intake: Intake, category: Category | None) -> bool:
    """Whether a condition on cases holds for the case that this form would open."""
    case_class, tags = (category.case_class, category.tags) if category else ("", ())
    return (
        (not when.levels or level.id in when.levels)
        and (not when.facts or not set(when.facts).isdisjoint(intake.facts))
        and (not when.channels or intake.channel in when.channels)
        and (not when.classes or case_class in when.classes)
        and (not when.tags or not set(when.tags).isdisjoint(tags))
    )


def preview(
    in_force: Sequence[Procedure],
    categories: tuple[Category, ...],
    intake: Intake,
    home: HouseholdInUse,
    at_place: tuple[CaseLine, ...],
) -> Preview:
    """Level with its reasons, the household, the cases at the same place, the courtesies; by the
    procedure that handles the class, of those in force, the default first."""
    category = find_category(categories, intake.category)
    handled = handled_by(in_force, category, intake.procedure)
    procedure = handled.procedure
    tags = category.tags if category else ()
    level = grade(procedure, intake.facts, tags, intake.channel)
    return Preview(
        level=level,
        reasons=reasons(level, intake.facts, tags, intake.channel),
        household=home.household,
        differing=home.differing,
        at_place=at_place,
        category=category,
        handled=handled,
        several=len(in_force) > 1,
        danger=danger_said(procedure, categories, intake.said),
        by_category=class_weighs(level, intake.facts, tags),
        channel=intake.channel if intake.channel in level.channels else None,
        repeats=any(
            step.repeats and _fits(step.when, level, intake, category) for step in procedure.steps
        ),
        prompts=tuple(
            prompt
            for prompt in procedure.prompts
            if prompt.at == "intake" and _fits(prompt.when, level, intake, category)
        ),
    )


def unhandled_class(in_force: InForce, site: SiteData, intake: Intake) -> Category | None:
    """The class of a form that no procedure in force handles, so that somebody has to say under
    which one it is opened; None where one does, where one was chosen, or for an emergency."""
    wanted = intake.category and not intake.procedure and not intake.case
    category = find_category(site.categories, intake.category) if wanted else None
    if category is None or in_force.handling(category).why is not Why.NOBODY:
        return None
    level = grade(in_force.procedures[0], intake.facts, category.tags, intake.channel)
    return None if level.emergency else category


def unhandled_words(in_force: InForce, site: SiteData, intake: Intake) -> Category | None:
    """The same of a form without a class: the likeliest by the caller's words, where no procedure
    in force handles it. Nothing is known for certain, and what is probable is said."""
    if intake.category or intake.procedure or intake.case:
        return None
    likely = likely_classes(site.offered, intake.said)
    return (
        unhandled_class(in_force, site, replace(intake, category=likely[0].id)) if likely else None
    )


def raises(told: Preview, case: CaseLine, in_force: InForce) -> bool:
    """Whether the facts of this call would raise the level of the case it is counted on, by the
    procedure that the case has, as far as that is in force."""
    procedure = told.handled.procedure if told.handled else in_force.procedures[0]
    if case.procedure in in_force.refs:
        procedure = in_force.procedures[in_force.refs.index(case.procedure)]
    level, ranks = told.level, [each.id for each in procedure.levels]
    if level.id not in ranks:  # The class of the call is another procedure's business.
        level = grade(procedure, told.reasons, ())
    return case.level in ranks and ranks.index(level.id) < ranks.index(case.level)
