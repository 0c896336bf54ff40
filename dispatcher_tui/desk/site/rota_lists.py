"""A rota that is to be taken over: read by the roster, put into the one in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.site.list_change import ListChange, rota_change
from dispatcher_tui.domain.site.rota import put_into
from dispatcher_tui.domain.time.calendar import local_date
from dispatcher_tui.site.lists.list_reading import Incoming
from dispatcher_tui.site.lists.rota_form import rota_text
from dispatcher_tui.site.lists.rota_reading import RotaWords
from dispatcher_tui.site.lists.rota_sheets import read_rotas
from dispatcher_tui.site.problems import SiteError, SiteProblem


def read_rota_lists(
    desk: Desk, rotas: Sequence[Incoming], others: Iterable[Incoming]
) -> tuple[Incoming, ListChange]:
    """What the rota in force becomes by these sheets, and what they do to it.

    ``others`` are the lists that come with them: a roster among them is the one it goes by.

    Raises:
        SiteError: rows are refused, or nothing is in it.
    """
    calendar, now = desk.rules.calendar, desk.clock.now()
    beside = [person for each in others for person in each.people]
    people, old = beside or desk.store.people(), desk.lists.rota()
    today = local_date(calendar, now)
    read = read_rotas(rotas, RotaWords(people, calendar.shifts, old.codes, today))
    if not read.rota.lines:
        raise SiteError([SiteProblem(read.file, "", "list_empty")])
    change = rota_change(old, read.rota, {each.id: each.name for each in people})
    whole = put_into(old, read.rota, today)
    return replace(read, rota=whole, given=rota_text(whole)), change
