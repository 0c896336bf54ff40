"""The one telephone: who is to be rung, the number in big digits, the script, how long it rings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult, RenderResult
from textual.containers import Container, Vertical
from textual.geometry import Size

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.words.text import clean_line
from dispatcher_tui.present.big_digits import ROWS, BigRows, big
from dispatcher_tui.present.cells import width, wrap
from dispatcher_tui.present.emergency import emergency_lines as words
from dispatcher_tui.present.emergency.known_facts import told_of, with_answer
from dispatcher_tui.present.emergency.outside_script import CallingFrom, Laid, lay_script
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, sides
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.call_room import cells_here
from dispatcher_tui.tui.widgets.lines import Lines, MessageLine, SpanLines
from dispatcher_tui.tui.widgets.other_emergencies import LOW

OTHER_ROWS = 13
"""Rows of the screen that the number and the script leave to everything else."""

OTHER_ROWS_ON_LOW = 9
"""The same where rows are few: there the digits stand in the line above the script alone."""

MOBILE_CELLS = 51
"""Cells of the longest number that is rung, drawn once across."""

COLUMNS, ONES = (46, 90), 8
"""Cells of a mobile number, once and twice across; how much narrower its ones may make it."""

EDGE = 2
"""Cells left of the number, and between it and the script."""

ROOMY = 32
"""Rows of a terminal from which a blank one stands above the number."""

SLACK = 3
"""Cells kept free in the line above the number: what stands at its right may grow by a figure."""


class CallScript(Lines):
    """What to say; its first line is the strong one. Beside a number it has a title, if there is
    a row for it."""

    DEFAULT_CSS = "CallScript { padding: 0 0 0 2; text-wrap: nowrap; text-overflow: clip; }"
    _titled = False

    def lay(self, text: str, *, titled: bool) -> None:
        """Another script; only one of more or fewer rows touches the layout."""
        said = clean_line(text)
        if (said, titled) == (self._text, self._titled):
            return
        cells = self.content_size.width
        rows = len(self._rows(cells)) + self._titled if cells else -1
        self._text, self._titled = said, titled
        self.refresh(layout=rows != len(self._rows(cells)) + titled)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it takes at this width."""
        return len(self._rows(width)) + self._titled

    def render(self) -> RenderResult:
        """The lines, each broken where it has to be."""
        cells = self.content_size.width
        rows: list[list[Span]] = [[Span(_("Say"), "fg2")]] if self._titled else []
        for at, line in enumerate(self.text.split("\n")):
            rows += [[Span(row, "fg1" if at else "fg0")] for row in wrap(line, cells)]
        return drawn(self.app.theme, rows)


class OrderLine(MessageLine):
    """Whom the order has next, where that has no room above; no row while nothing is said."""

    def show(self, text: str) -> None:
        """Another text; only one that comes or goes touches the layout."""
        said = bool(self.text)
        super().show(text)
        if said != bool(self.text):
            self.refresh(layout=True)


class Handset(Vertical):
    """One call of an emergency. It only shows; whom to ring is chosen in the call tree."""

    DEFAULT_CSS = """
    Handset { height: auto; }
    Handset #who {
        background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    Handset #call { height: auto; layout: horizontal; }
    Handset.under #call { layout: vertical; }
    Handset #number { padding: 0 0 0 2; }
    Handset #order { color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._who = ""
        self._rings = ""
        self._doubt = ""
        self._more = ""

    def compose(self) -> ComposeResult:
        """Who and how long it rings, the number beside the script, whom the order has next."""
        yield SpanLines(id="who")
        with Container(id="call"):
            yield SpanLines(id="number")
            yield CallScript(id="script")
        yield OrderLine("", id="order", wrap=False)

    @property
    def order(self) -> str:
        """How long it rings and whom the order of calls has next, wherever that stands."""
        return "   ".join(part for part in (self._doubt, self._rings, self._more) if part)

    def show(self, emergency: Emergency, target: Target, phone: str, here: CallingFrom) -> None:
        """Put up who is to be rung by which number, and what to say; ``tick`` says the rest."""
        several = len(target.phones)
        which = ""
        if several > 1 and phone in target.phones:
            which = _("number {n} of {all}, right: the next").format(
                n=target.phones.index(phone) + 1, all=several
            )
        lacking = _("NUMBER NOT KNOWN: not rung from here")
        shown = phone or (lacking if words.no_number(target) else _("no number on the roster"))
        procedure, cells = emergency.rules.procedure, cells_here(self)
        told = emergency.standing.reach(target).told
        lead = "" if told or not phone else _("Ring now")
        self._who = words.who_line(target, procedure, shown, which, cells, lead)
        title = localized(emergency.card.title) if emergency.card else ""
        known = told_of(emergency.case, title, emergency.rules.calendar.tz)
        known = with_answer(known, emergency.card, emergency.case)
        script = words.script_lines(emergency.standing.sent(target), here, known, emergency.card)
        high = self.app.size.height
        low = high < LOW
        left = high - (OTHER_ROWS_ON_LOW if low else OTHER_ROWS)
        rows, laid = _lay(phone, script, cells, left, low)
        number = self.query_one("#number", SpanLines)
        gap: list[SpanLine] = [()] if rows and high >= ROOMY else []
        number.put([*gap, *rows, *gap])
        number.styles.width = EDGE + _across(rows) if rows else 0
        self.set_class(laid.under, "under")
        beside = cells - 2 * EDGE - (_across(rows) if rows else 0)
        titled = not laid.under and bool(rows) and len(wrap(laid.text, beside)) < ROWS
        self.query_one(CallScript).lay(laid.text, titled=titled)

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
        self._doubt = words.differing_line(emergency.differing, target.person)
        self._rings, self._more = text, more
        self._strip()

    def _strip(self) -> None:
        """Who at the left, how long it rings at the right; what has no room stands in a line below
        the number."""
        cells = cells_here(self)
        first, *more = wrap(self._who, cells)
        room = cells - width(first) - SLACK
        whole = "   ".join(part for part in (self._rings, self._more) if part)
        right, below = self._rings, self._more
        if width(whole) <= room:
            right, below = whole, ""
        elif width(self._rings) > room:
            right, below = "", whole
        row = sides([Span(first, "strip")], [Span(f"{right} ", "strip2")] if right else [], cells)
        self.query_one("#who", SpanLines).put([row, *([Span(line, "strip")] for line in more)])
        said = "   ".join(part for part in (self._doubt, below) if part)
        self.query_one(OrderLine).show(f" {said}" if said else "")


def _across(rows: BigRows) -> int:
    """Cells of the column a number stands in: that of mobile numbers is the same for all of them,
    so that the script beside it stays where it is from call to call."""
    cells = cells_of(rows[0])
    return next((full for full in COLUMNS if full - ONES <= cells <= full), cells)


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
        beside = _across(number) + EDGE if number else 0
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
