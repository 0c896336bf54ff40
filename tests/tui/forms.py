"""Every form of the program, found by its class, and how each is opened on one desk."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from msgspec.structs import replace

import dispatcher_tui.tui.screens
from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.form_book import issue_form
from dispatcher_tui.desk.reviews.months import read_month, signers
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.domain.fees.fee_list import LineStand
from dispatcher_tui.domain.printed_form import Form as PaperForm
from dispatcher_tui.domain.printed_form import FormField, FormSigner
from dispatcher_tui.domain.record.fee_events import FeeLine
from dispatcher_tui.domain.site.household_notes import HouseholdNote, NotedHome
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.domain.watch.out_alone import AloneRow, OutAlone
from dispatcher_tui.domain.watch.rounds import standing
from dispatcher_tui.domain.words.terms import Label, NoteKind
from dispatcher_tui.present.reviews.month_words import Wording
from dispatcher_tui.site.handouts import parse_handouts
from dispatcher_tui.site.rounds import parse_rounds
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import HANDOUTS, ROUNDS
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.tui.fee_routes import ToFeeImport, ToFeeLine, ToKeeper
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.case.corrective import RiseScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.case.step import StepScreen
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.screens.fees.fee_import import FeeImportScreen
from dispatcher_tui.tui.screens.fees.fee_keeper import KeeperScreen
from dispatcher_tui.tui.screens.fees.fee_line import FeeLineScreen
from dispatcher_tui.tui.screens.papers.fill_form import FillFormScreen
from dispatcher_tui.tui.screens.papers.form_paper import FormPaperScreen
from dispatcher_tui.tui.screens.papers.posting import PostingScreen
from dispatcher_tui.tui.screens.reviews.month_comment import MonthCommentScreen
from dispatcher_tui.tui.screens.reviews.month_report import MonthReportScreen
from dispatcher_tui.tui.screens.reviews.routine import RoutineScreen
from dispatcher_tui.tui.screens.site.end_household_note import EndHouseholdNoteScreen
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.screens.system.drafting import DraftScreen
from dispatcher_tui.tui.screens.watch.hand_back import HandBackScreen
from dispatcher_tui.tui.screens.watch.hand_out import HandOutScreen
from dispatcher_tui.tui.screens.watch.rounds import RoundScreen
from dispatcher_tui.tui.screens.watch.send_alone import SecondOutScreen, SendAloneScreen
from dispatcher_tui.tui.watch_routes import ToSendAlone
from dispatcher_tui.tui.widgets.autosaved import fields_of
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker
from tests.domain.support import FEE, shipped_procedure
from tests.tui.support import Night

Form = type[AutosaveForm]
UNPAID_LIST = shipped_procedure(FEE).lists[1]

SHEET = PaperForm(
    "liaison_sheet",
    Label("工作联系单", "Liaison sheet"),
    number="QR-7",
    prefix="LX-",
    fields=(
        FormField(source="case.place"),
        FormField(Label("致", "To"), typed="to"),
        FormField(Label("事项", "Matter"), typed="matter", ink=3, wide=True),
    ),
    signers=(FormSigner(Label("站长", "Head")),),
)
"""A form that is typed into."""


async def with_sheet(night: Night, case_id: str) -> None:
    """The case's procedure names that form too, beside the slip."""

    def put(it: Desk) -> None:
        ref = it.record(case_id).case.procedure
        procedure = it.rulebook.procedure(ref)
        it.rulebook._procedures[ref] = replace(procedure, forms=(*procedure.forms, SHEET))

    await night.run_on_desk(put)


TEXT, SECRET = "7x", "246813579"


def _leaves(base: Form) -> list[Form]:
    below = [leaf for each in base.__subclasses__() for leaf in _leaves(each)]
    return below or [base]


def every_form() -> list[Form]:
    """The forms that can be opened, each once, whatever module they stand in."""
    folder = dispatcher_tui.tui.screens
    for module in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
        importlib.import_module(module.name)
    found = {each.__name__: each for each in _leaves(AutosaveForm)}
    return [found[name] for name in sorted(found) if found[name].__module__.startswith("dispatch")]


async def opener(form: Form, night: Night, case_id: str) -> Callable[[], AutosaveForm]:
    """What makes the form's screen anew each time it is opened."""
    if form in (MonthReportScreen, MonthCommentScreen):
        summary = await night.run_on_desk(lambda it: read_month(it, "2026-10"))
        if form is MonthReportScreen:
            return lambda: MonthReportScreen(summary)
        desk, who = night.desk, await night.run_on_desk(signers)
        words = Wording(summary.rules.calendar.tz, glossary(desk), summary.rules.procedure)
        return lambda: MonthCommentScreen(summary, who, words)
    if form is EndHouseholdNoteScreen:
        note = HouseholdNote("n1", "3-2-1502", NoteKind.DOG, night.session.now(), "李建国", "大狗")
        return lambda: EndHouseholdNoteScreen(NotedHome(note))
    if form is RoutineScreen:
        duty = (await night.run_on_desk(owed_by_desk))[0]
        return lambda: RoutineScreen(duty)
    if form is RoundScreen:
        plan = parse_rounds(read_text(data_dir() / ROUNDS)).rounds[0]
        now, calendar = night.session.now(), night.desk.rules.calendar
        stand = standing(plan, now, calendar, {}, now)
        return lambda: RoundScreen(stand)
    if form in (HandOutScreen, HandBackScreen):
        register = parse_handouts(read_text(data_dir() / HANDOUTS)).registers[0]
        if form is HandOutScreen:
            return lambda: HandOutScreen(register)
        now = night.session.now()
        return lambda: HandBackScreen(HandoutRow(1, register.id, register.label, now, "李建国"))
    if form is SendAloneScreen:
        return lambda: SendAloneScreen(ToSendAlone(place="3-2-1502", minutes=15))
    if form is SecondOutScreen:
        now = night.session.now()
        return lambda: SecondOutScreen(AloneRow(OutAlone(1, "高磊", now, 15, now, silent=True)))
    if form is FeeImportScreen:
        return lambda: FeeImportScreen(ToFeeImport(UNPAID_LIST, "2026-11"))
    if form is FeeLineScreen:
        owing = LineStand(FeeLine("3-2-1502", 3, 128050))
        return lambda: FeeLineScreen(ToFeeLine(UNPAID_LIST, "2026-11", owing))
    if form is KeeperScreen:
        return lambda: KeeperScreen(ToKeeper(UNPAID_LIST, "2026-11", "3栋"))
    if form is StepScreen:
        file = await night.run_on_desk(lambda it: read_case(it, case_id))
        step = next(step.id for step in file.steps_fitting if not step.call)
        return lambda: StepScreen(case_id, step)
    if form is RiseScreen:
        return lambda: RiseScreen("month:2026-10:ordinary", "9月 11, 10月 14")
    if form in (FillFormScreen, FormPaperScreen, PostingScreen):
        await with_sheet(night, case_id)
        if form is FillFormScreen:
            return lambda: FillFormScreen(case_id, "liaison_sheet")
        if form is PostingScreen:
            return lambda: PostingScreen(case_id, "liaison_sheet")
        await night.run_on_desk(lambda it: issue_form(it, case_id, "liaison_sheet"))
        return lambda: FormPaperScreen(case_id, "liaison_sheet")
    if issubclass(form, OnCase) or form is EmergencyScreen:
        return lambda: form(case_id)
    if issubclass(form, DraftScreen):
        session = night.session
        return lambda: IntakeScreen(next(iter(session.drafts.values()), None))
    return form


def type_everywhere(form: AutosaveForm) -> None:
    """Type, pick or choose in every field there is, in the secret ones too."""
    for field in fields_of(form):
        if isinstance(field, Picker) and field.options:
            field.empty()
            field.take(min(1, len(field.matching) - 1))
        elif isinstance(field, Field):
            field.value += TEXT
        elif isinstance(field, NoteArea):
            field.text += f"\n{TEXT}"
        elif isinstance(field, Choice):
            field.choose(min(1, len(field.options) - 1))
    for secret in form.query(Field):
        if secret.password:
            secret.value = SECRET
