"""Every screen of the desk, found from its classes, and what each is opened with on demo data.

A screen says what it needs by the parameters of its constructor. What has no default is looked up
here by its annotation, a text by its name; a screen that needs something new fails its test until
it is told here where the demo has it.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from textual.pilot import Pilot
from textual.screen import Screen

from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.drill import Way
from dispatcher_tui.desk.emergency.emergency import kinds, open_emergency
from dispatcher_tui.desk.reviews.months import read_month, signers
from dispatcher_tui.desk.session import Session
from dispatcher_tui.desk.site.noting import add_note, read_notes
from dispatcher_tui.desk.site.settling import FileStanding
from dispatcher_tui.desk.watch.handouts import handouts_now
from dispatcher_tui.desk.watch.rounds import rounds_now
from dispatcher_tui.domain.fees.fee_list import LineStand
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.record.fee_events import FeeLine
from dispatcher_tui.domain.watch.out_alone import AloneRow, OutAlone
from dispatcher_tui.domain.watch.outage import (
    MissedDuty,
    OpenEmergency,
    Outage,
    OutageKind,
    OutageReport,
)
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.reviews.month_words import Wording
from dispatcher_tui.site.load import load
from dispatcher_tui.site.renewal import edited
from dispatcher_tui.store.owner import OwnerThread
from dispatcher_tui.tui import app as tui_app
from dispatcher_tui.tui import screens
from dispatcher_tui.tui.actions import MENU
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.fee_routes import ToFeeImport, ToFeeLine, ToFees, ToKeeper
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.watch_routes import ToSendAlone
from tests.domain.support import FEE, shipped_procedure
from tests.lived_demo import NIGHT, lived_demo
from tests.tui.support import Language, Size, settle
from tests.tui.waits import short_waits

LIVE = {"CallBackScreen", "EmergencyScreen", "OrderScreen", "ResponderScreen", "StandDownScreen"}
"""Screens of an emergency that goes on: the demo's own one is over, so one is opened for them."""

STUCK = {"DecideScreen"}
"""Screens of a case that waits for the head's decision."""

MONTH = "2026-10"
"""The last month that is over on that night."""

Type = type[Screen[Any]]


def _subclasses(of: Type) -> set[Type]:
    return {deeper for each in of.__subclasses__() for deeper in {each} | _subclasses(each)}


def all_screens() -> dict[str, Type]:
    """Every screen that can be opened, by its class's name: those that no other is built on."""
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    ours = {each for each in _subclasses(Screen) if each.__module__.startswith(screens.__name__)}
    return {each.__name__: each for each in ours if not _subclasses(each)}


class Demo(NamedTuple):
    """The demo with its board up."""

    pilot: Pilot[int]
    app: DispatcherApp
    folder: Path

    @property
    def desk(self) -> Desk:
        return self.app.session.desk

    async def run_on_desk(self, question: Callable[[Desk], Any]) -> Any:
        return await self.app.session.run_on_desk(question)


async def _lines(demo: Demo) -> list[CaseLine]:
    found: list[CaseLine] = await demo.run_on_desk(lambda desk: desk.store.board(Lane.ALL))
    return found


async def _emergency(demo: Demo) -> str:
    """An emergency of the first kind, at a registered place; one is opened where none goes on."""
    lines = await _lines(demo)
    live = next((line.id for line in lines if line.emergency and line.opened_at == NIGHT), "")
    if live:
        return live
    kind, place = kinds(demo.desk)[0].id, lines[0].place
    case_id = str(await demo.run_on_desk(lambda desk: open_emergency(desk, kind, place=place)))
    await demo.app.take_news()
    return case_id


async def _case(demo: Demo, screen: Type) -> str:
    """An open case that the screen has something to say about."""
    if screen.__name__ in LIVE:
        return await _emergency(demo)
    stuck = screen.__name__ in STUCK
    return next(x.id for x in await _lines(demo) if not x.emergency and x.stuck >= stuck)


async def _gap(demo: Demo, _screen: Type) -> OutageReport:
    """Ten minutes cut off: an emergency was open, and duties fell due."""
    now, lines = NIGHT, await _lines(demo)
    late = [line for line in lines if line.next_due is not None][:3]
    return OutageReport(
        breaks=(Outage(OutageKind.CUT_OFF, now - timedelta(minutes=10), now),),
        duties=tuple(
            MissedDuty(x.id, x.number, x.place, x.next_do, x.next_rule, None, now, pending=True)
            for x in late
        ),
        emergencies=tuple(
            OpenEmergency(x.id, x.number, x.place, x.content) for x in lines if x.emergency
        ),
    )


async def _edited(demo: Demo, _screen: Type) -> FileStanding:
    """A procedure that the site put a line of its own into."""
    path = next((demo.folder / "procedures").glob("*.toml"))
    path.write_text(f"# ours\n{path.read_text('utf-8')}", encoding="utf-8", newline="\n")
    found = edited(load(demo.folder).sources)
    return next(FileStanding(each.name, each) for each in found)


async def _noted(demo: Demo, _screen: Type) -> Any:
    """A note that stands on a home of the demo."""
    place = (await _lines(demo))[0].place
    kind = NoteKind.LIFE_SUPPORT
    await demo.run_on_desk(lambda desk: add_note(desk, place, kind, "电池撑两小时", "12-24"))
    return (await demo.run_on_desk(lambda desk: read_notes(desk, place))).standing[0]


async def _month(demo: Demo, _screen: Type) -> Any:
    return await demo.run_on_desk(lambda desk: read_month(desk, MONTH))


async def _wording(demo: Demo, _screen: Type) -> Wording:
    procedure = demo.desk.rules.procedure
    return Wording(demo.desk.rules.calendar.tz, glossary(demo.desk, procedure), procedure)


async def _step(demo: Demo, screen: Type) -> str:
    case_id = await _case(demo, screen)
    return str(await demo.run_on_desk(lambda desk: read_case(desk, case_id).steps_fitting[0].id))


async def _below(demo: Demo, _screen: Type) -> DeskScreen:
    assert demo.app.board_screen is not None
    return demo.app.board_screen


async def _signers(demo: Demo, _screen: Type) -> Any:
    return await demo.run_on_desk(signers)


async def _duty(demo: Demo, _screen: Type) -> Any:
    return next(duty for duty in demo.app.session.owed if duty.pending)


async def _register(demo: Demo, _screen: Type) -> Any:
    return (await demo.run_on_desk(handouts_now)).registers[0]


async def _handout(demo: Demo, _screen: Type) -> Any:
    return (await demo.run_on_desk(handouts_now)).out[0]


async def _round(demo: Demo, _screen: Type) -> Any:
    return (await demo.run_on_desk(rounds_now))[0]


UNPAID_LIST = shipped_procedure(FEE).lists[1]
UNPAID = LineStand(FeeLine("3-2-1502", 3, 128050, area="3栋"))
"""A household that owes."""

Give = Callable[[Demo, Type], Any]

GIVEN: dict[str, Give] = {
    "CaseLine | None": lambda _demo, _screen: None,
    "DeskScreen": _below,
    "Duty": _duty,
    "HandoutRegister": _register,
    "HandoutRow": _handout,
    "NotedHome": _noted,
    "OutageReport": _gap,
    "Path": lambda demo, _screen: demo.folder,
    "Sequence[str]": lambda _demo, _screen: MENU,
    "RoundStand": _round,
    "ToSendAlone": lambda _demo, _screen: ToSendAlone(place="3-2-1502", minutes=15),
    "AloneRow": lambda _demo, _screen: AloneRow(
        OutAlone(1, "高磊", NIGHT, 15, NIGHT, place="3-2-1502", silent=True)
    ),
    "ToFees": lambda _demo, _screen: ToFees(),
    "ToFeeImport": lambda _demo, _screen: ToFeeImport(UNPAID_LIST, "2026-11"),
    "ToFeeLine": lambda _demo, _screen: ToFeeLine(UNPAID_LIST, "2026-11", UNPAID),
    "ToKeeper": lambda _demo, _screen: ToKeeper(UNPAID_LIST, "2026-11", "3栋"),
    "Session": lambda demo, _screen: demo.app.session,
    "Signers": _signers,
    "FileStanding": _edited,
    "Summary": _month,
    "Way": lambda _demo, _screen: Way.CALL,
    "Wording": _wording,
    "date": lambda _demo, _screen: NIGHT.date(),
    "datetime": lambda _demo, _screen: NIGHT,
    "case_id": _case,
    "proposal": lambda _demo, _screen: "漏水一类投诉连续三个月上升：8月 3, 9月 5, 10月 9",
    "rise": lambda _demo, _screen: f"ordinary:{MONTH}",
    "step": _step,
    "do": lambda _demo, _screen: "review",
    "month": lambda _demo, _screen: MONTH,
    "form_id": lambda _demo, screen: "sign" if "Posting" in screen.__name__ else "service_slip",
}
"""What a parameter is given: by its annotation, a text by its name."""


async def _argument(demo: Demo, screen: Type, parameter: inspect.Parameter) -> Any:
    known = parameter.annotation if parameter.annotation in GIVEN else parameter.name
    if known not in GIVEN:
        raise LookupError(f"{screen.__name__}: no demo data for {parameter}; see {__name__}.GIVEN")
    found = GIVEN[known](demo, screen)
    return await found if inspect.isawaitable(found) else found


async def made(demo: Demo, screen: Type) -> Screen[Any]:
    """The screen with what its constructor asks for; an emergency's own goes on with one."""
    words = {}
    for parameter in inspect.signature(screen.__init__).parameters.values():
        asked = parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
        if parameter.name != "self" and (asked or parameter.name == "case_id"):
            words[parameter.name] = await _argument(demo, screen, parameter)
    return screen(**words)


async def opened(demo: Demo, screen: Type) -> Screen[Any]:
    """The screen open on the demo, and at rest."""
    board = demo.app.board_screen
    if board is not None and isinstance(board, screen):
        return board
    found = await made(demo, screen)
    await demo.app.push_screen(found)
    await settle(demo.pilot)
    return found


@asynccontextmanager
async def demo_running(
    folder: Path, size: Size = (80, 24), lang: Language = "zh"
) -> AsyncIterator[Demo]:
    """The demo in an empty folder, its board up, its clock standing."""
    use(lang)
    desk = lived_demo(folder)
    session = Session(desk, OwnerThread(desk.store))
    try:
        with short_waits(), patch.object(tui_app, "REST_AFTER", 0.01):
            app = DispatcherApp(session)
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                await pilot.pause(0.05)  # The rest of the board is read after its first page.
                await settle(pilot)
                yield Demo(pilot, app, folder)
    finally:
        session.close()
        use("en")
