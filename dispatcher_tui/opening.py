"""``case open``: opens the case and says what had to be done to the words it came in."""

from __future__ import annotations

from dispatcher_tui.bootstrap import Paths, command_line_actor, open_desk
from dispatcher_tui.console import UsageProblem, put, put_durable, put_json, say
from dispatcher_tui.desk.take_in import Taken, take_in
from dispatcher_tui.present.words import _
from dispatcher_tui.quick import Opening


def _tell(taken: Taken) -> None:
    if taken.removed:
        say(_("{n} control characters were taken out.").format(n=taken.removed))
    if taken.cut:
        say(_("Too long: the last {n} characters were not kept.").format(n=taken.cut))
    if taken.unregistered:
        say(_("{place} is not in the register of units.").format(place=taken.done.case.place))


def open_case(paths: Paths, asked: Opening) -> None:
    """Open a case; it is on the disk before anything is printed.

    Raises:
        UsageProblem: there is nothing to record.
        Refusal, WhenError, StoreError, SiteError: nothing was written.
    """
    from dispatcher_tui.desk.intake import Intake

    if not (asked.place.strip() or asked.category.strip() or asked.said.strip()):
        raise UsageProblem(_("Name at least one of --place, --category and --said."))
    form = Intake(
        place=asked.place,
        phone=asked.phone,
        caller=asked.caller,
        said=asked.said,
        category=asked.category,
        facts=asked.facts,
        channel=asked.channel,
    )
    with open_desk(paths, actor=command_line_actor()) as desk:
        taken = take_in(desk, form, asked.at)
        done = taken.done
        _tell(taken)
        if not asked.as_json:
            put_durable(lambda: put(done.case.number))
            return
        from dispatcher_tui.present.case_json import case_object
        from dispatcher_tui.present.glossary import Glossary

        rules, now = desk.rules_of(done.case), desk.clock.now()
        names = Glossary(categories={c.id: c.name for c in desk.site.categories})
        shown = case_object(done.case, done.duties, rules, now, done.entries, names)
        put_durable(lambda: put_json(shown))
