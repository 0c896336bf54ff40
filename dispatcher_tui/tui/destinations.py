"""From a route to the screen that stands at its end.

A screen is imported when it is first opened, not before the first frame.
"""

from __future__ import annotations

from dispatcher_tui.tui import paper_routes as paper
from dispatcher_tui.tui import routes as to
from dispatcher_tui.tui.fee_screens import of_fees
from dispatcher_tui.tui.paper_screens import of_notices
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.watch_screens import kept_on_watch


def opened(route: to.ScreenRoute) -> DeskScreen:
    """The screen that a route leads to, made now; it knows the route it was opened by."""
    for of_room in (
        _of_case,
        _of_emergency,
        _of_watch,
        kept_on_watch,
        of_fees,
        _of_papers,
        of_notices,
        _of_reviews,
        _of_site,
        _of_desk,
    ):
        screen = of_room(route)
        if screen is not None:
            screen.route = route
            return screen
    raise LookupError(f"no screen for {type(route).__name__}")


def _of_case(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen about a case, or on the way to one."""
    match route:
        case to.ToCase(case_id):
            from dispatcher_tui.tui.screens.case.case import CaseScreen

            return CaseScreen(case_id)
        case to.ToIntake(draft, since):
            from dispatcher_tui.tui.screens.case.intake import IntakeScreen

            return IntakeScreen(draft, since=since)
        case to.ToFind(text):
            from dispatcher_tui.tui.screens.case.find import FindScreen

            return FindScreen(text)
        case to.ToNotify(case_id, anybody):
            from dispatcher_tui.tui.screens.case.notify import NotifyScreen

            return NotifyScreen(case_id, anybody=anybody)
        case to.ToFollowUp(case_id):
            from dispatcher_tui.tui.screens.case.follow_up import FollowUpScreen

            return FollowUpScreen(case_id)
        case to.ToClose(case_id):
            from dispatcher_tui.tui.screens.case.close import CloseScreen

            return CloseScreen(case_id)
        case to.ToDecide(case_id):
            from dispatcher_tui.tui.screens.case.head_decision import DecideScreen

            return DecideScreen(case_id)
        case to.ToNote(case_id):
            from dispatcher_tui.tui.screens.case.note import NoteScreen

            return NoteScreen(case_id)
        case to.ToSteps(case_id):
            from dispatcher_tui.tui.screens.case.steps import StepsScreen

            return StepsScreen(case_id)
    return _of_case_more(route)


def _of_case_more(route: to.ScreenRoute) -> DeskScreen | None:
    """What else is done on a case."""
    match route:
        case to.ToStep(case_id, step, then):
            from dispatcher_tui.tui.screens.case.step import StepScreen

            return StepScreen(case_id, step, then=then)
        case to.ToRingAgain(case_id, draft):
            from dispatcher_tui.tui.screens.case.ring_again import RingAgainScreen

            return RingAgainScreen(case_id, draft)
        case to.ToMove(case_id):
            from dispatcher_tui.tui.screens.case.move import MoveScreen

            return MoveScreen(case_id)
        case to.ToRegrade(case_id):
            from dispatcher_tui.tui.screens.case.regrade import RegradeScreen

            return RegradeScreen(case_id)
        case to.ToCorrect(case_id):
            from dispatcher_tui.tui.screens.case.correct import CorrectScreen

            return CorrectScreen(case_id)
        case to.ToCorrective(case_id):
            from dispatcher_tui.tui.screens.case.corrective import CorrectiveScreen

            return CorrectiveScreen(case_id)
        case to.ToRise(rise, proposal):
            from dispatcher_tui.tui.screens.case.corrective import RiseScreen

            return RiseScreen(rise, proposal)
        case to.ToTypical(case_id):
            from dispatcher_tui.tui.screens.case.typical import TypicalScreen

            return TypicalScreen(case_id)
        case to.ToLibrary():
            from dispatcher_tui.tui.screens.case.library import LibraryScreen

            return LibraryScreen()
    return None


def _of_emergency(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the emergencies."""
    match route:
        case to.ToEmergency(case_id, place, beside, since, told, started):
            from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen

            return EmergencyScreen(
                case_id, place=place, beside=beside, since=since, told=told, started=started
            )
        case to.ToEmergencyReading():
            from dispatcher_tui.tui.screens.emergency.emergency_reading import (
                EmergencyReadingScreen,
            )

            return EmergencyReadingScreen()
        case to.ToCallBack(case_id, over, who):
            from dispatcher_tui.tui.screens.emergency.call_back import CallBackScreen

            return CallBackScreen(case_id, over=over, who=who)
        case to.ToResponder(case_id, person):
            from dispatcher_tui.tui.screens.emergency.responder import ResponderScreen

            return ResponderScreen(case_id, person)
        case to.ToOrder(case_id):
            from dispatcher_tui.tui.screens.emergency.order import OrderScreen

            return OrderScreen(case_id)
        case to.ToStandDown(case_id):
            from dispatcher_tui.tui.screens.emergency.stand_down import StandDownScreen

            return StandDownScreen(case_id)
        case to.ToRealCall(way, at, case_line):
            from dispatcher_tui.tui.screens.emergency.real_call import RealCallScreen

            return RealCallScreen(way, at, case_line)
        case to.ToReachability():
            from dispatcher_tui.tui.screens.emergency.reachability import ReachabilityScreen

            return ReachabilityScreen()
        case to.ToPanelTest():
            from dispatcher_tui.tui.screens.emergency.panel_test import PanelTestScreen

            return PanelTestScreen()
    return None


def _of_watch(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the watch."""
    match route:
        case to.ToWorkLog():
            from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen

            return WorkLogScreen()
        case to.ToNotices():
            from dispatcher_tui.tui.screens.watch.notice import NoticesScreen

            return NoticesScreen()
        case to.ToShift():
            from dispatcher_tui.tui.screens.watch.shift import ShiftScreen

            return ShiftScreen()
        case to.ToTonight():
            from dispatcher_tui.tui.screens.watch.tonight import TonightScreen

            return TonightScreen()
        case to.ToNightChange(what, person):
            from dispatcher_tui.tui.screens.watch.night_change import NightChangeScreen

            return NightChangeScreen(what, person)
        case to.ToDaysAway(person):
            from dispatcher_tui.tui.screens.watch.days_away import DaysAwayScreen

            return DaysAwayScreen(person)
        case to.ToHandOver():
            from dispatcher_tui.tui.screens.watch.hand_over import HandOverScreen

            return HandOverScreen()
        case to.ToRelieve():
            from dispatcher_tui.tui.screens.watch.relieve import RelieveScreen

            return RelieveScreen()
        case to.ToLock():
            from dispatcher_tui.tui.screens.watch.lock import LockScreen

            return LockScreen()
        case to.ToPrivacyScreen():
            from dispatcher_tui.tui.screens.watch.privacy_screen import PrivacyScreen

            return PrivacyScreen()
        case to.ToOutage(gap):
            from dispatcher_tui.tui.screens.watch.outage import OutageScreen

            return OutageScreen(gap)
    return None


def _of_papers(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the papers."""
    match route:
        case paper.ToSlips():
            from dispatcher_tui.tui.screens.papers.slips import SlipsScreen

            return SlipsScreen()
        case paper.ToPad():
            from dispatcher_tui.tui.screens.papers.slip_pad import PadScreen

            return PadScreen()
        case paper.ToVoid():
            from dispatcher_tui.tui.screens.papers.slip_void import VoidScreen

            return VoidScreen()
        case paper.ToCharges():
            from dispatcher_tui.tui.screens.papers.charges import ChargesScreen

            return ChargesScreen()
        case to.ToCaseForms(case_id):
            from dispatcher_tui.tui.screens.papers.forms_list import CaseFormsScreen

            return CaseFormsScreen(case_id)
        case to.ToFillForm(case_id, form_id):
            from dispatcher_tui.tui.screens.papers.fill_form import FillFormScreen

            return FillFormScreen(case_id, form_id)
        case to.ToFormPaper(case_id, form_id):
            from dispatcher_tui.tui.screens.papers.form_paper import FormPaperScreen

            return FormPaperScreen(case_id, form_id)
        case paper.ToPrints():
            from dispatcher_tui.tui.screens.papers.prints import PrintsScreen

            return PrintsScreen()
        case paper.ToRegisters(month):
            from dispatcher_tui.tui.screens.papers.which_register import RegistersScreen

            return RegistersScreen(month)
        case to.ToRetention():
            from dispatcher_tui.tui.screens.papers.retention import RetentionScreen

            return RetentionScreen()
        case to.ToForget():
            from dispatcher_tui.tui.screens.papers.forget_household import ForgetScreen

            return ForgetScreen()
    return None


def _of_reviews(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the reviews."""
    match route:
        case to.ToRecords():
            from dispatcher_tui.tui.screens.reviews.records import RecordsScreen

            return RecordsScreen()
        case to.ToWhose(do):
            from dispatcher_tui.tui.screens.reviews.whose import WhoseScreen

            return WhoseScreen(do)
        case to.ToReview(procedure):
            from dispatcher_tui.tui.screens.reviews.review import ReviewScreen

            return ReviewScreen(procedure)
        case to.ToWeeklyCheck(procedure):
            from dispatcher_tui.tui.screens.reviews.weekly_check import WeeklyCheckScreen

            return WeeklyCheckScreen(procedure)
        case to.ToMonth(procedure):
            from dispatcher_tui.tui.screens.reviews.month import MonthScreen

            return MonthScreen(procedure=procedure)
        case to.ToMonthReport(month):
            from dispatcher_tui.tui.screens.reviews.month_report import MonthReportScreen

            return MonthReportScreen(month)
        case to.ToMonthComment(month, signers, words):
            from dispatcher_tui.tui.screens.reviews.month_comment import MonthCommentScreen

            return MonthCommentScreen(month, signers, words)
        case to.ToRoutine(duty):
            from dispatcher_tui.tui.screens.reviews.routine import RoutineScreen

            return RoutineScreen(duty)
    return None


def _of_site(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the site's lists."""
    match route:
        case to.ToHouseholdNotes(place):
            from dispatcher_tui.tui.screens.site.notes_list import HouseholdNotesScreen

            return HouseholdNotesScreen(place)
        case to.ToAddHouseholdNote(place):
            from dispatcher_tui.tui.screens.site.add_household_note import AddHouseholdNoteScreen

            return AddHouseholdNoteScreen(place)
        case to.ToListImport():
            from dispatcher_tui.tui.screens.site.list_import import ListImportScreen

            return ListImportScreen()
        case to.ToEndHouseholdNote(home):
            from dispatcher_tui.tui.screens.site.end_household_note import EndHouseholdNoteScreen

            return EndHouseholdNoteScreen(home)
    return None


def _of_desk(route: to.ScreenRoute) -> DeskScreen | None:
    """A screen of the desk itself."""
    match route:
        case to.ToEditedFiles():
            from dispatcher_tui.tui.screens.system.edited_files import EditedFilesScreen

            return EditedFilesScreen()
        case to.ToComparison(file):
            from dispatcher_tui.tui.screens.system.comparison import ComparisonScreen

            return ComparisonScreen(file)
        case to.ToHelp(below, explain):
            from dispatcher_tui.tui.screens.system.help import HelpScreen

            assert isinstance(below, DeskScreen)
            return HelpScreen(below, explain=explain)
        case to.ToManual():
            from dispatcher_tui.tui.screens.system.manual_pages import ManualScreen

            return ManualScreen()
        case to.ToKeyCard():
            from dispatcher_tui.tui.screens.system.key_card import KeyCardScreen

            return KeyCardScreen()
        case to.ToMenu(ids):
            from dispatcher_tui.tui.screens.system.menu import MenuScreen

            return MenuScreen(ids)
        case to.ToPalette(below):
            from dispatcher_tui.tui.screens.system.palette import PaletteScreen

            assert isinstance(below, DeskScreen)
            return PaletteScreen(below)
    return None


def import_emergency() -> None:
    """Import what a first F9 would wait for."""
    import dispatcher_tui.tui.screens.emergency.emergency  # noqa: F401


def import_likely() -> None:
    """Import the screens of the keys that are pressed in every watch."""
    import dispatcher_tui.tui.screens.case.case
    import dispatcher_tui.tui.screens.case.close
    import dispatcher_tui.tui.screens.case.find
    import dispatcher_tui.tui.screens.case.follow_up
    import dispatcher_tui.tui.screens.case.intake
    import dispatcher_tui.tui.screens.case.notify
    import dispatcher_tui.tui.screens.reviews.records
    import dispatcher_tui.tui.screens.system.help
    import dispatcher_tui.tui.screens.system.menu
    import dispatcher_tui.tui.screens.watch.shift
    import dispatcher_tui.tui.screens.watch.work_log  # noqa: F401
