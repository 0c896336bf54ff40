"""Where one can go: a screen and what it is to be about, as data; ``opening`` makes the screen.

No screen is imported here, so that every screen may name every other one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from textual.screen import Screen

    from dispatcher_tui.desk.case.intake import Intake, IntakeDraft
    from dispatcher_tui.desk.emergency.drill import Way
    from dispatcher_tui.desk.reviews.months import Signers
    from dispatcher_tui.desk.site.settling import FileStanding
    from dispatcher_tui.domain.duties.duties import Duty
    from dispatcher_tui.domain.record.case_line import CaseLine
    from dispatcher_tui.domain.reviews.summary import Summary
    from dispatcher_tui.domain.site.household_notes import NotedHome
    from dispatcher_tui.domain.watch.outage import OutageReport
    from dispatcher_tui.present.reviews.month_words import Wording


class ScreenRoute(msgspec.Struct, frozen=True):
    """A screen to open. Two routes of one class lead to the same kind of screen."""


class OnCaseRoute(ScreenRoute, frozen=True):
    """A screen about one case."""

    case_id: str


# ---- a case


class ToCase(OnCaseRoute, frozen=True):
    """The case itself: its story and what is owed."""


class ToIntake(ScreenRoute, frozen=True):
    """The form of a call: a new one, or an unfinished ``draft``; ``since`` as that form has it."""

    draft: IntakeDraft | None = None
    since: datetime | None = None


class ToFind(ScreenRoute, frozen=True):
    """Find, with a text in its field."""

    text: str = ""


class ToNotify(OnCaseRoute, frozen=True):
    """Telling somebody; ``anybody`` though others who are under way were not told yet."""

    anybody: bool = False


class ToFollowUp(OnCaseRoute, frozen=True):
    """Asking how it stands."""


class ToClose(OnCaseRoute, frozen=True):
    """Writing off, and the paper."""


class ToDecide(OnCaseRoute, frozen=True):
    """The head's decision on a case that is stuck."""


class ToNote(OnCaseRoute, frozen=True):
    """A note on the case."""


class ToSteps(OnCaseRoute, frozen=True):
    """Every step of the procedure that fits."""


class ToStep(OnCaseRoute, frozen=True):
    """One step; ``then`` lists what it leads on to once it is recorded."""

    step: str
    then: tuple[str, ...] = ()


class ToRingAgain(OnCaseRoute, frozen=True):
    """The caller, or another one, rang again; ``draft``: the form of the call as it was typed."""

    draft: IntakeDraft | None = None


class ToRegrade(OnCaseRoute, frozen=True):
    """Another level."""


class ToMove(OnCaseRoute, frozen=True):
    """Under another procedure."""


class ToCorrect(OnCaseRoute, frozen=True):
    """A field taken down wrongly."""


class ToCorrective(OnCaseRoute, frozen=True):
    """A corrective action for the case."""


class ToRise(ScreenRoute, frozen=True):
    """A corrective action for numbers that rose; ``proposal`` says it in words."""

    rise: str
    proposal: str


class ToTypical(OnCaseRoute, frozen=True):
    """Keeping the case in the library."""


class ToCaseForms(OnCaseRoute, frozen=True):
    """Every form that the procedure names for it, printed or not."""


class ToFillForm(OnCaseRoute, frozen=True):
    """What is typed into a form of the case before it is printed."""

    form_id: str


class ToFormPaper(OnCaseRoute, frozen=True):
    """Where a form of the case is: back, signed in its places, bound."""

    form_id: str


class ToLibrary(ScreenRoute, frozen=True):
    """The case library."""


# ---- an emergency


class ToEmergency(ScreenRoute, frozen=True):
    """F9; the fields are those of its screen."""

    case_id: str = ""
    place: str = ""
    beside: str = ""
    since: datetime | None = None
    told: Intake | None = None
    started: bool = False


class ToEmergencyReading(ScreenRoute, frozen=True):
    """F9 where the file can only be read."""


class ToCallBack(OnCaseRoute, frozen=True):
    """Telling those under way; ``over``: that it is; ``who``: one alone, not to come any more."""

    over: bool = False
    who: str = ""


class ToResponder(OnCaseRoute, frozen=True):
    """Somebody came, or words; ``person`` is chosen already."""

    person: str = ""


class ToOrder(OnCaseRoute, frozen=True):
    """A leader's order."""


class ToStandDown(OnCaseRoute, frozen=True):
    """It is over, or a false alarm."""


class ToRealCall(ScreenRoute, frozen=True):
    """In a drill: is the call a real one?"""

    way: Way
    at: datetime
    case_line: CaseLine | None


class ToReachability(ScreenRoute, frozen=True):
    """Which numbers answer."""


class ToPanelTest(ScreenRoute, frozen=True):
    """A planned test of the fire system."""


# ---- the watch


class ToWorkLog(ScreenRoute, frozen=True):
    """What happened on this watch."""


class ToNotices(ScreenRoute, frozen=True):
    """What every shift is to know."""


class ToShift(ScreenRoute, frozen=True):
    """Sign in, hand over, relieve, lock."""


class ToTonight(ScreenRoute, frozen=True):
    """The people of the night."""


class ToNightChange(ScreenRoute, frozen=True):
    """A change of the people of the night: ``what`` is swap, came or stand_in; ``person`` is the
    roster's id of whom it is about, empty where that is asked."""

    what: str
    person: str = ""


class ToDaysAway(ScreenRoute, frozen=True):
    """Somebody is away for days; ``person`` is the roster's id of who is put up first."""

    person: str = ""


class ToHandOver(ScreenRoute, frozen=True):
    """The signed sheet."""


class ToRelieve(ScreenRoute, frozen=True):
    """Relief in the middle of a watch."""


class ToLock(ScreenRoute, frozen=True):
    """The locked desk."""


class ToPrivacyScreen(ScreenRoute, frozen=True):
    """The board without names."""


class ToOutage(ScreenRoute, frozen=True):
    """What was missed while the desk did not run."""

    gap: OutageReport


# ---- papers and reviews


class ToRecords(ScreenRoute, frozen=True):
    """F8: papers owed, handled today, the record itself."""


class ToWhose(ScreenRoute, frozen=True):
    """Under which of the procedures in force the work ``do`` is done."""

    do: str


class ToReview(ScreenRoute, frozen=True):
    """Monday's review, of the ``procedure`` with that id; of the one that is owed where empty."""

    procedure: str = ""


class ToWeeklyCheck(ScreenRoute, frozen=True):
    """The head's weekly check, as for the review."""

    procedure: str = ""


class ToMonth(ScreenRoute, frozen=True):
    """The Monthly Summary, as for the review."""

    procedure: str = ""


class ToMonthReport(ScreenRoute, frozen=True):
    month: Summary


class ToMonthComment(ScreenRoute, frozen=True):
    """The head's comment on a month, and the signature."""

    month: Summary
    signers: Signers
    words: Wording


class ToRoutine(ScreenRoute, frozen=True):
    """A duty of the desk itself."""

    duty: Duty


class ToRetention(ScreenRoute, frozen=True):
    """Files past their time."""


class ToForget(ScreenRoute, frozen=True):
    """Forgetting a household."""


# ---- the site's lists


class ToHouseholdNotes(ScreenRoute, frozen=True):
    """The notes on households; on one of them where ``place`` names it."""

    place: str = ""


class ToAddHouseholdNote(ScreenRoute, frozen=True):
    """What somebody has to know before they go there: a new line on a home."""

    place: str = ""


class ToListImport(ScreenRoute, frozen=True):
    """Units and roster from files."""


class ToEndHouseholdNote(ScreenRoute, frozen=True):
    """A note that is ended before its time."""

    home: NotedHome


# ---- the desk itself


class ToEditedFiles(ScreenRoute, frozen=True):
    """Files of the site that differ from the shipped ones."""


class ToComparison(ScreenRoute, frozen=True):
    """One of them beside the shipped one."""

    file: FileStanding


class ToHelp(ScreenRoute, frozen=True):
    """The keys of the screen ``below``, or with ``explain`` its nearest clock."""

    below: Screen[Any]
    explain: bool = False


class ToManual(ScreenRoute, frozen=True):
    """The operator's manual."""


class ToKeyCard(ScreenRoute, frozen=True):
    """The keys on a card, to be printed."""


class ToMenu(ScreenRoute, frozen=True):
    """Actions by their digits."""

    ids: Sequence[str]


class ToPalette(ScreenRoute, frozen=True):
    """Every action by its name, and the keys of the screen ``below``."""

    below: Screen[Any]
