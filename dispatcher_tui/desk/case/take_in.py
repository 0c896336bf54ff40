"""A case taken in from outside the terminal: an alarm panel's script, a colleague's command."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.intake import Intake, cleaned_texts
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.emergency.panel import Alarmed, take_alarm
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.commands import AddNote
from dispatcher_tui.domain.words.text import VERBATIM_LIMIT, clean_text
from dispatcher_tui.store.tx import Tx


class TakenIn(msgspec.Struct, frozen=True):
    """The case, and what had to be done to the words it came in.

    ``test`` is there instead of ``done`` where the alarm fell in a planned test; ``repeated``: it
    was counted on a case that is open already; ``stood_down``: the number of an emergency that may
    have flared up. ``removed``: characters taken out because they
    could steer a terminal or hide text; ``cut``: characters beyond the longest line a case keeps;
    ``notes``: how many notes took what was said beyond the longest text; ``unregistered``: the
    site has a register of units and the place is not in it.
    """

    done: Done | None
    repeated: bool
    test: Entry | None
    stood_down: str
    removed: int
    cut: int
    notes: int
    unregistered: bool


def _moment(desk: Desk, at: str) -> datetime:
    """When it came in, from what was typed."""
    # A panel's script names no time: the words for times are not read for it.
    from dispatcher_tui.domain.time.when import parse_past

    return parse_past(at, desk.clock.now(), desk.rules.calendar.tz)


def take_in(desk: Desk, form: Intake, at: str = "") -> TakenIn:
    """Take a form in: it opens a case, unless it is an alarm of a panel that one is open for, or
    that is under test. ``at`` is when it came in, as typed, now if empty.

    What was said beyond the longest text a case keeps becomes notes on it, in one transaction with
    the case; in a planned test lines of the Work Log.

    Raises:
        WhenError: ``at`` is no time, or ahead.
        Refusal: the form cannot be a case.
    """
    when = _moment(desk, at) if at else None
    said = clean_text(form.said, limit=len(form.said))
    parts = [
        said.text[begin : begin + VERBATIM_LIMIT]
        for begin in range(0, len(said.text), VERBATIM_LIMIT)
    ]
    form = msgspec.structs.replace(form, said=parts[0] if parts else "")
    texts = cleaned_texts(form).values()

    def job(_tx: Tx) -> tuple[Alarmed, Done | None]:
        found = take_alarm(desk, form, when)
        done = found.done
        for part in parts[1:]:
            if done is not None:
                done = desk.perform(done.case.id, AddNote(text=part))
            else:
                desk.note(part)
        return found, done

    found, done = desk.store.transact(job)
    case = done.case if done else None
    return TakenIn(
        done=done,
        repeated=found.repeated,
        test=found.test,
        stood_down=found.stood_down,
        removed=said.removed + sum(each.removed for each in texts),
        cut=sum(each.cut for each in texts),
        notes=len(parts[1:]),
        unregistered=bool(
            case and case.place and not case.registered and desk.store.unit_prefix("", 1)
        ),
    )
