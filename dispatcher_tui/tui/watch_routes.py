"""Where one can go to what whoever is on watch keeps again and again; see ``routes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.tui.routes import ScreenRoute

if TYPE_CHECKING:
    from dispatcher_tui.domain.watch.handout_book import HandoutRow
    from dispatcher_tui.domain.watch.handouts import HandoutRegister
    from dispatcher_tui.domain.watch.out_alone import AloneRow
    from dispatcher_tui.domain.watch.rounds import RoundStand


class ToRounds(ScreenRoute, frozen=True):
    """The rounds of the watch."""


class ToRound(ScreenRoute, frozen=True):
    """One of them is recorded."""

    stand: RoundStand


class ToOutAlone(ScreenRoute, frozen=True):
    """Who is out there alone; somebody may go out for the case with that id, or to that place."""

    case_id: str = ""
    place: str = ""


class ToSendAlone(ScreenRoute, frozen=True):
    """Somebody goes out alone: what is proposed."""

    name: str = ""
    person: str = ""
    place: str = ""
    about: str = ""
    minutes: int = 0


class ToSecondOut(ScreenRoute, frozen=True):
    """Somebody goes after one who does not answer."""

    row: AloneRow


class ToHandouts(ScreenRoute, frozen=True):
    """The handout book."""


class ToHandOut(ScreenRoute, frozen=True):
    """Something goes out of one of its registers."""

    register: HandoutRegister


class ToHandBack(ScreenRoute, frozen=True):
    """Something is back."""

    row: HandoutRow
