"""``case open``: opens the case and says what had to be done to the words it came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatcher_tui.bootstrap import command_line_actor, open_desk
from dispatcher_tui.cli.console import UsageProblem, put, put_durable, put_json, say
from dispatcher_tui.cli.quick import OpeningAsked
from dispatcher_tui.desk.case.intake import unhandled_class, unhandled_words
from dispatcher_tui.desk.case.take_in import TakenIn, take_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.opening import TEXTS
from dispatcher_tui.domain.record.watch_events import PanelTestAlarm
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, localized, ngettext

if TYPE_CHECKING:
    from dispatcher_tui.desk.case.intake import Intake
    from dispatcher_tui.desk.desk import Desk


MOST_BYTES = 1_000_000
"""How much text, in UTF-8, one call may bring."""


def _tell(taken: TakenIn) -> None:
    removed = ngettext(
        "{n} control character was taken out.",
        "{n} control characters were taken out.",
        taken.removed,
    )
    cut = ngettext(
        "Too long: the last character was not kept.",
        "Too long: the last {n} characters were not kept.",
        taken.cut,
    )
    notes = ngettext(
        "A long text: the rest of it is {n} note.",
        "A long text: the rest of it is {n} notes.",
        taken.notes,
    )
    for n, words in ((taken.removed, removed), (taken.cut, cut), (taken.notes, notes)):
        if n:
            say(words.format(n=n))
    if taken.done is None:
        words = _("The fire system is under test: counted as alarm {n} of it, no case.")
        event = taken.test.event if taken.test else None
        say(words.format(n=event.times if isinstance(event, PanelTestAlarm) else 0))
        return
    case = taken.done.case
    if taken.unregistered:
        say(_("{place} is not in the register of units.").format(place=case.place))
    if taken.stood_down:
        words = _("{number}, of the same panel and place, was stood down: it may have flared up.")
        say(words.format(number=taken.stood_down))
    if taken.repeated:
        words = _("The same alarm again: counted on {number} as alarm {n}.")
        say(words.format(number=case.number, n=case.alarms + 1))


def tell_files(desk: Desk) -> None:
    """Say what is wrong with the files that the case was recorded without: whoever reads what a
    panel's script is told learns of it before the night, not only by ``site check``."""
    faults, stuck = desk.site.faults, desk.renewal.stuck
    if not faults and not stuck:
        return  # What has the words for them costs as much as the case itself.
    from dispatcher_tui.present.site.renewal_lines import stuck_line
    from dispatcher_tui.present.site.site_problems import fault_lines

    for line in (*fault_lines(faults), stuck_line(stuck)):
        if line:
            say(line)


def judge_procedure(desk: Desk, procedure: str) -> None:
    """Refuse a procedure that is not in force, as any other word that the line cannot have."""
    if not procedure:
        return
    try:
        desk.in_force.ref_of(procedure)
    except Refusal as refused:
        from dispatcher_tui.present.refusals import explain

        raise UsageProblem(explain(refused)) from refused


def _judge_class(desk: Desk, form: Intake) -> None:
    """Refuse a class that no procedure in force handles, unless one is named for it. What a panel
    reports is recorded all the same, by want of a better one under the default."""
    category = unhandled_class(desk.in_force, desk.site, form)
    if category is None:
        _tell_likely(desk, form)
        return
    kind, alarm = localized(category.name), form.channel is Channel.PANEL
    if alarm:
        words = _("No procedure here handles {kind}: it was opened under {procedure}.")
        say(words.format(kind=kind, procedure=localized(desk.rules.procedure.short)))
        return
    known = ", ".join(each.id for each in desk.in_force.procedures)
    words = _("No procedure here handles {kind}. Name one with --procedure: {known}")
    raise UsageProblem(words.format(kind=kind, known=known))


def _tell_likely(desk: Desk, form: Intake) -> None:
    """Say what a case without a class probably is, where nobody here handles that: it is recorded,
    and not made something else in silence."""
    likely = unhandled_words(desk.in_force, desk.site, form)
    if likely is None:
        return
    words = _("No class was given, and no procedure here handles {kind}: opened under {procedure}.")
    procedure = localized(desk.rules.procedure.short)
    say(words.format(kind=localized(likely.name), procedure=procedure))


def open_case(paths: Paths, asked: OpeningAsked) -> None:
    """Open a case; it is on the disk before anything is printed.

    Raises:
        UsageProblem: there is nothing to record, the procedure is not in force, or none of those
            that are handles the class and none was named.
        Refusal, WhenError, StoreError, SiteError: nothing was written.
    """
    form = asked.form
    alarm = form.channel is Channel.PANEL
    if not (form.place.strip() or form.category.strip() or form.said.strip() or alarm):
        raise UsageProblem(_("Name at least one of --place, --category and --said."))
    told = (getattr(form, field.on_form) for field in TEXTS)
    if sum(len(text.encode("utf-8", "replace")) for text in told) > MOST_BYTES:
        raise UsageProblem(_("More than a megabyte of words: nothing was recorded."))
    with open_desk(paths, actor=command_line_actor()) as desk:
        judge_procedure(desk, form.procedure)
        _judge_class(desk, form)
        taken = take_in(desk, form, asked.at)
        _tell(taken)
        tell_files(desk)
        if asked.as_json:
            shown = _shown(desk, taken)
            put_durable(lambda: put_json(shown))
        elif taken.done is not None:
            number = taken.done.case.number
            put_durable(lambda: put(number))


def _shown(desk: Desk, taken: TakenIn) -> dict[str, Any]:
    """The case as ``case show`` prints it, or the line of the test that the alarm fell in."""
    from dispatcher_tui.desk.emergency.emergency_kinds import readable_cards, readable_classes
    from dispatcher_tui.present.case.case_json import case_object, entry_object
    from dispatcher_tui.present.names import Glossary

    done = taken.done
    case, site = done.case if done is not None else None, desk.site
    classes = readable_classes(site) if case is not None and case.category else ()
    cards = readable_cards(site) if case is not None and case.emergency_kind else ()
    names = Glossary(
        categories={each.id: each.name for each in classes},
        kinds={card.id: card.title for card in cards},
    )
    if done is None:
        assert taken.test is not None
        zone = desk.rules.calendar.tz
        return {"test": True, "entry": entry_object(taken.test, zone, names)}
    rules, now = desk.rules_of(done.case), desk.clock.now()
    entries = desk.store.entries(done.case.id)
    return case_object(done.case, done.duties, rules, now, entries, names)
