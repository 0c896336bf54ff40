"""The one telephone: who is to be rung, the number in big digits, the script, how long it rings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, OUTSIDE, Target
from dispatcher_tui.present.big_digits import ROWS, BigRows, big
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency import emergency_lines as words
from dispatcher_tui.present.emergency.known_facts import told_of, with_answer
from dispatcher_tui.present.emergency.outside_script import CallingFrom, Laid, lay_script
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import cells_of
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.other_emergencies import LOW

OTHER_ROWS = 14
"""Rows of the screen that the number and the script leave to everything else."""

OTHER_ROWS_ON_LOW = 9
"""The same where rows are few: there the digits stand in the line above the script alone."""

MOBILE_CELLS = 51
"""Cells of the longest number that is rung, drawn once across."""

EDGE = 2
"""Cells left of the number, and between it and the script."""


class Handset(Vertical):
    """One call of an emergency. It only shows; whom to ring is chosen in the call tree."""

    DEFAULT_CSS = """
    Handset { height: auto; }
    Handset #who {
        height: auto; background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    Handset #call { height: auto; layout: horizontal; }
    Handset.under #call { layout: vertical; }
    Handset #number { padding: 0 0 0 2; }
    Handset #script { padding: 0 0 0 2; }
    """

    def compose(self) -> ComposeResult:
        """Who, the number beside the script, how long it rings."""
        yield Lines("", id="who", wrap=False)
        with Container(id="call"):
            yield SpanLines(id="number")
            yield Lines("", id="script")
        yield Lines("", id="order", wrap=False)

    def show(self, emergency: Emergency, target: Target, phone: str, here: CallingFrom) -> None:
        """Put up who is to be rung by which number, and what to say."""
        several = len(target.phones)
        which = ""
        if several > 1 and phone in target.phones:
            which = _("number {n} of {all}, right: the next").format(
                n=target.phones.index(phone) + 1, all=several
            )
        rule = _rule(target, emergency)
        lacking = _("NUMBER NOT KNOWN: not rung from here")
        shown = phone or (lacking if words.no_number(target) else _("no number on the roster"))
        procedure, cells = emergency.rules.procedure, self.app.size.width
        who = words.who_line(target, procedure, shown, which, rule, cells)
        self.query_one("#who", Lines).show("\n".join(wrap(who, cells)))
        title = localized(emergency.card.title) if emergency.card else ""
        told = told_of(emergency.case, title, emergency.rules.calendar.tz)
        told = with_answer(told, emergency.card, emergency.case)
        script = words.script_lines(emergency.standing.sent(target), here, told, emergency.card)
        high = self.app.size.height
        low = high < LOW
        rows, laid = _lay(
            phone, script, cells, high - (OTHER_ROWS_ON_LOW if low else OTHER_ROWS), low
        )
        number = self.query_one("#number", SpanLines)
        number.put(rows)
        number.styles.width = EDGE + cells_of(rows[0]) if rows else 0
        self.set_class(laid.under, "under")
        self.query_one("#script", Lines).show(laid.text)

    def tick(
        self, emergency: Emergency, target: Target, since: datetime | None, now: datetime
    ) -> None:
        """How long it rings ``since`` then, and whom the order has next where not this one."""
        following = emergency.next_call or emergency.again
        if _unread(emergency, target):
            text = _("Did they repeat it? 7 = read back.")
        elif _hung_up(emergency, target, since):
            text = ""  # nothing rings
        else:
            text = words.ring_words(since, now, target.seconds) if since is not None else ""
        if following is None:
            more = words.through_words(emergency.progress, None)
        elif following.target == target:
            more = words.why_words(following)
        else:
            more = _("Enter: {name}, {why}").format(
                name=words.target_name(following.target), why=words.why_words(following)
            )
        doubt = words.differing_line(emergency.differing, target.person)
        parts = (doubt, text, more)
        self.query_one("#order", Lines).show(" " + "   ".join(x for x in parts if x))


def _lay(
    phone: str, script: Sequence[str], cells: int, rows: int, low: bool
) -> tuple[BigRows, Laid]:
    """The number as wide as it leaves room for the script, and the script beside or under it.

    Where rows are few a number that has the script under it stands in the line above alone.
    """
    room = cells - EDGE
    tries = dict.fromkeys((big(phone, room), big(phone, MOBILE_CELLS), big(phone, room // 2), ()))
    laid: tuple[BigRows, Laid] = ((), Laid(under=True, text=""))
    for number in tries:
        beside = cells_of(number[0]) + EDGE if number else 0
        above = ROWS if number and not low else 0
        said = lay_script(script, beside, room, max(rows, above), above=above)
        laid = (number, said)
        high = len(wrap(said.text, room if said.under else max(room - beside, 1)))
        if high + (above if said.under else 0) <= max(rows, above):
            break
    return ((), laid[1]) if low and laid[1].under else laid


def _unread(emergency: Emergency, target: Target) -> bool:
    """Whether the one rung last is this one, was reached, and has not repeated it yet."""
    calls = emergency.case.calls
    if not calls or not target.person or calls[-1].person != target.person:
        return False
    return not calls[-1].outcome.missed and calls[-1].read_back_at is None


def _hung_up(emergency: Emergency, target: Target, since: datetime | None) -> bool:
    """Whether this one was told since they came up, or before that with everybody else."""
    far = emergency.standing.reach(target)
    told_now = far.told_at is not None and since is not None and far.told_at >= since
    return far.told and (emergency.enough or told_now)


def _rule(target: Target, emergency: Emergency) -> str:
    """The rule that has somebody rung."""
    if target.rung == FIRST:
        return emergency.card.rule if emergency.card else ""
    if emergency.ladder is None or target.rung == OUTSIDE:
        return ""
    return emergency.ladder.group_rule if target.rung == GROUP else emergency.ladder.rule
