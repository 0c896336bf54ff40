"""What can happen to the records: reviews, months, paper numbers, charges, the case library."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.record.events import CaseEvent, Event
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.record.watch_events import WatchEvent
from dispatcher_tui.domain.words.terms import ReviewOutcome


class Reviewed(CaseEvent, frozen=True, kw_only=True):
    """How a case was found to stand in the review of a week (P0-09); ``week`` is its period.

    ``text``: the progress, or how it is arranged, or why it cannot be handled. A later one for
    the same week corrects it; both stay readable.
    """

    week: str
    standing: ReviewOutcome
    text: str = ""


class MethodSet(CaseEvent, frozen=True, kw_only=True):
    """What the head decided on a case that cannot be handled: confirmed, or another method.

    ``confirmed``: nothing more can be done; else ``text`` is the new method. The signature is an
    entry of its own, for ``subject`` (P0-09).
    """

    week: str
    subject: str
    name: str
    text: str = ""
    confirmed: bool = False


class MonthReported(WatchEvent, frozen=True, kw_only=True):
    """The Monthly Summary as drawn, with the dispatcher's report (P0-10).

    ``month`` is ``2026-11``; ``seq`` is the last entry that was counted. The last one before the
    head's signature is what is signed; from then on its figures stand, and what is written later
    about that month shows as a correction. ``procedure``: the id of the one whose month it is,
    where several were in force at its end.
    """

    month: str
    figures: Month
    seq: int
    text: str = ""
    procedure: str = ""


class SlipsIssued(WatchEvent, frozen=True, kw_only=True):
    """A pad of numbered papers was given out: ``prefix`` with ``first`` to ``last``, ``to``
    somebody (a squad lead, the desk itself where empty); ``person`` is the roster's id.

    ``form``: which form of a procedure is printed on them, empty for closing papers."""

    prefix: str
    first: int
    last: int
    digits: int
    to: str = ""
    person: str = ""
    form: str = ""


class SlipVoided(WatchEvent, frozen=True, kw_only=True):
    """A numbered paper that will not come in: spoilt, lost, torn; the reason stays on record."""

    number: str
    reason: str


class Charge(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one filed paper charges; ``case`` is the case's number, ``fen`` the amount.

    ``before_fen`` was handed over for this paper earlier; ``fen`` is then the difference alone,
    below zero where the charge was lowered.
    """

    slip: str
    case: str
    fen: int
    filed_at: datetime | None
    before_fen: int = 0
    place: str = ""
    binder: str = ""
    page: str = ""


class ChargesHandedOver(WatchEvent, frozen=True, kw_only=True):
    """The charges of filed papers were summed up for the cashier, each once (P3-13).

    ``period`` is the month they were handed over in; ``total_fen`` their sum.
    """

    period: str
    charges: tuple[Charge, ...]
    total_fen: int
    to: str = ""


class CorrectiveOpened(CaseEvent, frozen=True, kw_only=True):
    """What is to be corrected for this case was opened as the case ``number`` (P0-13)."""

    corrective: str
    number: str


class RiseCorrected(WatchEvent, frozen=True, kw_only=True):
    """What is to be corrected for a rise of the figures was opened as a case (P2-10).

    ``about`` names the rise; the words it was opened with are the case's own.
    """

    about: str
    corrective: str
    number: str


class ChargesPrinted(WatchEvent, frozen=True, kw_only=True):
    """The list handed over in the entry ``of`` was printed; ``copy`` counts from 1, 0 is the
    original, which the cashier signs."""

    of: int
    copy: int = 0


class PaperPrinted(WatchEvent, frozen=True, kw_only=True):
    """A paper was printed into a file of the site, and handed to the printer where it has one.

    ``title`` is what it was called, in the language it was printed in; ``sha256`` is the file's.
    ``about`` is the number of its case. Of a form: its id, its ``version`` (issue and wording; the
    issue alone, or nothing, in older entries) and the ``number`` that stands on it. ``of``: the
    same file again, first printed in that entry. ``to``: the program that it was handed to, empty
    where it was only saved.
    """

    title: str
    file: str
    sha256: str
    about: str = ""
    form: str = ""
    version: str = ""
    number: str = ""
    of: int = 0
    to: str = ""


class PrintFailed(WatchEvent, frozen=True, kw_only=True):
    """What was handed to the printer in the entry ``of`` was not taken by it.

    ``program`` ended with ``code``, did not begin for the system's ``reason``, or did not end.
    """

    of: int
    program: str
    reason: str = ""
    code: int | None = None


class FormFilled(CaseEvent, frozen=True, kw_only=True):
    """What was typed into a form of a case, by its fields; a later one for the form replaces it."""

    form: str
    values: dict[str, str]


class FormIssued(CaseEvent, frozen=True, kw_only=True):
    """A numbered form of a case is out, with whoever it was given to."""

    form: str
    number: str
    to: str = ""


class FormReturned(CaseEvent, frozen=True, kw_only=True):
    """A numbered form of a case is back on the desk."""

    number: str


class FormAsked(CaseEvent, frozen=True, kw_only=True):
    """Whoever has a numbered form of a case was asked for it."""

    number: str
    name: str = ""


class FormVoided(CaseEvent, frozen=True, kw_only=True):
    """A numbered form of a case will not come back."""

    number: str
    reason: str


class FormFiled(CaseEvent, frozen=True, kw_only=True):
    """A numbered form of a case is bound into a binder."""

    number: str
    binder: str
    page: str


class MarkedTypical(CaseEvent, frozen=True, kw_only=True):
    """The case was taken into the case library, with what is to be learnt from it (P4-17)."""

    lessons: str


class TextDeleted(Event, frozen=True, kw_only=True):
    """A text that was adopted once and holds persons' data was deleted from the documents.

    Only a text that such an entry names, and that was not adopted again since, may be missing.
    """

    sha256: str
    what: str
    name: str


class MovedDue(msgspec.Struct, frozen=True):
    """A duty whose due time is another one by a holiday table that came; times are UTC."""

    duty: str
    rule: str
    before: datetime
    after: datetime


class HolidaysKnown(CaseEvent, frozen=True, kw_only=True):
    """A table came for years that the case's calendar lacked: its due times are set right.

    ``calendar`` is the hash of the adopted calendar that has them, ``years`` those it adds. A year
    that was known stays as the case was opened under. ``again`` are the duties that had fallen
    due too early, and will again.
    """

    calendar: str
    years: tuple[int, ...]
    moved: tuple[MovedDue, ...] = ()
    again: tuple[str, ...] = ()


class UnmarkedTypical(CaseEvent, frozen=True, kw_only=True):
    """The case was taken out of the case library again."""

    reason: str
