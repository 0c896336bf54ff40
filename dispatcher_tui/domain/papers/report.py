"""What a paper is made from: the records it shows, with whatever names the ids in them.

The desk fills these in and hands them to whoever prints; neither has to know the other.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.papers.custody import SlipPosition
from dispatcher_tui.domain.papers.retention import Expired
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case, Entry, LogLine
from dispatcher_tui.domain.record.record_events import ChargesHandedOver
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.words.terms import Label

FORMS = ("xlsx", "pdf", "md", "json", "csv", "txt")
"""What every paper can be written as, by the ends of files' names."""

Labels = Mapping[str, Label]


def _minute(at: datetime, zone: tzinfo) -> str:
    """A moment as a file's name has it."""
    return f"{at.astimezone(zone):%Y%m%d-%H%M}"


class PaperMark(msgspec.Struct, frozen=True):
    """What the record has of a print besides its file: the number of its case; of a form its id,
    its version and the number that stands on it."""

    about: str = ""
    form: str = ""
    version: str = ""
    number: str = ""


class Report(msgspec.Struct, frozen=True):
    """Anything that can be printed; its type says which document it becomes."""

    @property
    def mark(self) -> PaperMark:
        """What the record has of its print; nothing but the file where it is about no case."""
        return PaperMark()

    @property
    @abstractmethod
    def stem(self) -> str:
        """What the file of its print is called, without its ending."""


class HandOverReport(Report, frozen=True):
    """The signed hand-over in ``entry``; ``procedure`` names roles and acts."""

    entry: Entry
    site: str
    zone: tzinfo
    procedure: Procedure | None = None

    @property
    def event(self) -> HandedOver:
        """What was handed over."""
        assert isinstance(self.entry.event, HandedOver)
        return self.entry.event

    @property
    def stem(self) -> str:
        """By when it was signed."""
        return f"handover-{_minute(self.entry.occurred_at, self.zone)}"


class CaseReport(Report, frozen=True):
    """The dispatch record: one case at a moment (UTC), with all that was written down of it."""

    site: str
    at: datetime
    case: Case
    duties: tuple[Duty, ...]
    rules: Rules
    entries: tuple[Entry, ...] = ()
    categories: Labels = {}
    kinds: Labels = {}

    @property
    def mark(self) -> PaperMark:
        """By the case."""
        return PaperMark(self.case.number)

    @property
    def stem(self) -> str:
        """By the case."""
        return f"dispatch-{self.case.number}"


class FormReport(Report, frozen=True):
    """A form of a case: its data, the number that stands on it, what was typed into it.

    ``closing``: it is the case's closing paper, and goes by that one's number.
    """

    of: CaseReport
    form: Form
    number: str = ""
    values: Mapping[str, str] = {}
    closing: bool = False

    @property
    def mark(self) -> PaperMark:
        """By the case, the form and its numbers; a corrected closing paper by its version too."""
        version = self.of.case.slip.version if self.closing else 1
        issue = f"{self.form.edition} v{version}" if version > 1 else self.form.edition
        return PaperMark(self.of.case.number, self.form.id, issue, self.number)

    @property
    def stem(self) -> str:
        """By the form and the case, whose number names no folder."""
        name = "slip" if self.closing else self.form.id.replace("_", "-")
        return f"{name}-{self.of.case.number}"


class CorrectiveReport(Report, frozen=True):
    """The report of a corrective action as its case stands."""

    of: CaseReport

    @property
    def mark(self) -> PaperMark:
        """By the case."""
        return self.of.mark

    @property
    def stem(self) -> str:
        """By the case."""
        return f"corrective-{self.of.case.number}"


class RetentionReport(Report, frozen=True):
    """The files whose keeping time is over at a moment (UTC), the longest ended first.

    ``due`` may be destroyed; ``decide`` has emergencies, corrective actions and typical cases,
    which somebody decides on one by one. ``years`` is how long the files of the procedure in
    force are kept.
    """

    site: str
    zone: tzinfo
    at: datetime
    years: int
    due: tuple[Expired, ...]
    decide: tuple[Expired, ...]

    @property
    def stem(self) -> str:
        """By the day."""
        return f"retention-{self.at.astimezone(self.zone):%Y%m%d}"


class CustodyReport(Report, frozen=True):
    """Every number with its whereabouts, or the copies that are ``owed``. ``procedures``: by their
    hashes the ids of those that the papers' cases go by; empty where only one is in force."""

    site: str
    zone: tzinfo
    at: datetime
    standings: tuple[SlipPosition, ...]
    owed: bool = False
    procedures: dict[str, str] = {}

    @property
    def stem(self) -> str:
        """By what it lists, and when."""
        return f"{'owed' if self.owed else 'slips'}-{_minute(self.at, self.zone)}"


class ChaseReport(Report, frozen=True):
    """The papers that ``name`` is asked for."""

    site: str
    zone: tzinfo
    at: datetime
    name: str
    papers: tuple[SlipRecord, ...]

    @property
    def stem(self) -> str:
        """By the moment: a name may be no file's."""
        return f"chase-{_minute(self.at, self.zone)}"


class ChargesReport(Report, frozen=True):
    """The charges handed over in ``entry``; ``copy`` 0 is the original.

    It is the number of prints that were made before this one.
    """

    site: str
    zone: tzinfo
    entry: Entry
    copy: int = 0

    @property
    def event(self) -> ChargesHandedOver:
        """What was handed over."""
        assert isinstance(self.entry.event, ChargesHandedOver)
        return self.entry.event

    @property
    def stem(self) -> str:
        """By the month; a copy by its number too."""
        copy = f"-copy{self.copy}" if self.copy else ""
        return f"charges-{self.event.period}{copy}"


class WatchReport(Report, frozen=True):
    """One watch as it was held, and what was written down in it; all moments are UTC.

    ``name`` is who held it, empty where nobody had signed in; ``over`` whether it has ended.
    ``lines`` are its entries; ``others`` those they refer to.
    """

    site: str
    zone: tzinfo
    at: datetime
    name: str
    shift: Shift
    start: datetime
    end: datetime
    over: bool
    lines: tuple[LogLine, ...]
    others: Mapping[int, Entry] = {}
    procedure: Procedure | None = None
    categories: Labels = {}
    kinds: Labels = {}

    @property
    def stem(self) -> str:
        """By the watch's beginning."""
        return f"worklog-{_minute(self.start, self.zone)}"


class KeyCardReport(Report, frozen=True):
    """The keys on a card: each as it is printed on the keyboard, the way beside it, what it does.

    ``rows`` are in the operator's language already: the keys are the screens' business.
    """

    site: str
    zone: tzinfo
    at: datetime
    rows: tuple[tuple[str, str, str], ...]

    @property
    def stem(self) -> str:
        """By the day."""
        return f"keys-{self.at.astimezone(self.zone):%Y%m%d}"
