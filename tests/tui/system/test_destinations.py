"""Every route leads to its screen, and the screen knows by which route it was opened."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from dispatcher_tui.tui import (
    destinations,
    fee_routes,
    fee_screens,
    paper_routes,
    paper_screens,
    routes,
    watch_routes,
    watch_screens,
)
from dispatcher_tui.tui.destinations import opened
from dispatcher_tui.tui.routes import (
    OnCaseRoute,
    ScreenRoute,
    ToCallBack,
    ToClose,
    ToDecide,
    ToEmergency,
    ToFollowUp,
    ToNotify,
    ToStep,
)
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.work_routes import to_work
from tests.look.screens import all_screens
from tests.tui.support import desk


def every_route() -> set[str]:
    """The routes by their names, those that others are built on left out."""
    found = {
        name
        for module in (routes, paper_routes, watch_routes, fee_routes)
        for name, each in vars(module).items()
        if isinstance(each, type) and name[:2] == "To"
    }
    assert {"ToCase", "ToMenu", "ToSlips", "ToRounds"} <= found
    return found


def cases() -> list[tuple[str, str]]:
    """What the modules of destinations tell apart: the route, and the screen it makes."""
    found = []
    ends = (destinations, fee_screens, paper_screens, watch_screens)
    for node in (n for each in ends for n in ast.walk(ast.parse(inspect.getsource(each)))):
        if isinstance(node, ast.match_case) and isinstance(node.pattern, ast.MatchClass):
            last = node.body[-1]
            assert isinstance(last, ast.Return)
            assert isinstance(last.value, ast.Call)
            found.append((ast.unparse(node.pattern.cls), ast.unparse(last.value.func)))
    return found


def test_every_route_has_one_end_and_every_screen_a_route() -> None:
    found = cases()
    assert sorted(route.split(".")[1] for route, _screen in found) == sorted(every_route())
    desk_screens = {n for n, each in all_screens().items() if issubclass(each, DeskScreen)}
    assert sorted(screen for _route, screen in found) == sorted(desk_screens - {"BoardScreen"})


def test_what_is_no_route_to_a_screen_is_refused() -> None:
    for route in (ScreenRoute(), OnCaseRoute("a")):
        with pytest.raises(LookupError, match="no screen for"):
            opened(route)


def test_routes_import_no_screen() -> None:
    for module in (routes, paper_routes, watch_routes):
        assert "tui.screens" not in inspect.getsource(module)


async def test_a_screen_knows_its_route(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running():
        route = ToNotify("a", anybody=True)
        screen = opened(route)
        assert (type(screen).__name__, screen.route, screen.case_id) == ("NotifyScreen", route, "a")


@pytest.mark.parametrize(
    ("do", "route"),
    [
        ("notify", ToNotify("a")),
        ("close", ToClose("a")),
        ("sign", ToClose("a")),
        ("decide", ToDecide("a")),
        ("emergency", ToEmergency("a")),
        ("step:told_head", ToStep("a", "told_head", ("close",))),
        ("call_back:lead", ToCallBack("a")),
        ("follow_up", ToFollowUp("a")),
        ("ask", ToFollowUp("a")),
    ],
)
def test_a_duty_leads_to_where_it_is_done(do: str, route: ScreenRoute) -> None:
    assert to_work(do, "a", ["close"]) == route
