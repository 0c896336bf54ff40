"""What a procedure asks of the desk itself, as data: its routines, and what corrects a cause."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.step_field import StepField
from dispatcher_tui.domain.words.terms import Label

FEES = "fees"
"""What a routine asks to do that owns a list."""


class Routine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A duty of the desk itself that comes round with the calendar (P0-09 … P0-12, P3-13).

    ``every``: ``week``, ``month``, ``quarter`` or ``year``; one such period, one duty.
    ``due``: counted within the period: a weekday, a day of the month, ``N days`` or ``N working
    days``. ``about``: whether its subject is ``this`` period or the ``last`` one before it.
    ``do``: the desk's work it leads to. ``role``: who answers for it, the one on watch if empty.
    ``decides``: who decides on what it finds that cannot be handled.
    ``lapses``: it is not caught up on once the next period has begun; that it was missed stays.
    ``apart``: so many months (``3 months``) after it was last done it is due at the latest.
    ``step``: an act recorded on a case by which it is done as well.
    ``fields``: what it is written down with, one by one, where it is done by a note (``note``).
    ``list``: the list of households that it owns, of its month or, ``ahead``, of the next one.
    ``list_done``: what has to have become of that list: it was ``taken`` over, all of it was
    ``handed`` out, all of it came ``back``, or ``payments`` were ticked off in it.
    ``quiet``: that it fell due is no sound at night.
    """

    id: str
    rule: str
    label: Label
    every: str
    due: str
    do: str = "note"
    about: str = "this"
    role: str = ""
    decides: str = ""
    lapses: bool = False
    apart: str = ""
    quote: str = ""
    source: str = ""
    step: str = ""
    fields: tuple[StepField, ...] = msgspec.field(name="field", default=())
    list: str = ""
    list_done: str = ""
    ahead: bool = False
    quiet: bool = False


LIST_DONE = ("taken", "handed", "back", "payments")
"""What can have to have become of a routine's list."""


class ListPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list that comes every month, one household a line, and what can be done with it.

    ``results`` are what may come back of a line. ``category`` is the class of the case that a line
    becomes when somebody acts on it singly, ``acts`` are the steps by which one does, ``bill`` the
    step that says what is owed, where the case has one. ``bill_day``: a month's bill was due on
    that day of it.
    """

    id: str
    rule: str
    label: Label
    results: tuple[str, ...]
    category: str = ""
    acts: tuple[str, ...] = ()
    bill: str = ""
    bill_day: int = 1
    quote: str = ""


class Corrective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a complaint's cause is corrected by (P0-13): a case under a companion ``procedure``.

    ``rule`` asks for it; ``refuse`` is the step by which it is decided that none is needed.
    ``rises``: numbers that rose three months running open one as the month is drawn (P2-10).
    """

    procedure: str
    rule: str
    refuse: str = ""
    rises: bool = False
