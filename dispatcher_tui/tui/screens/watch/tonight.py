"""Tonight's people: who is on duty, who comes, who is not there; changed by one digit each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from textual.app import ComposeResult

from dispatcher_tui.desk.watch.night_people import (
    NightPeople,
    night_people,
    note_absence,
    place_given,
    withdraw_change,
)
from dispatcher_tui.domain.record.watch_events import AbsenceNoted
from dispatcher_tui.domain.watch.on_duty import Tonight
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.watch.people_lines import absence_name, night_line
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.routes import ToDaysAway, ToNightChange
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class TonightScreen(ListScreen):
    """The arrows choose somebody, a digit says what is the matter with them."""

    AUTO_FOCUS = ""
    hints = ("help",)
    once = "2567"

    DEFAULT_CSS = """
    TonightScreen #keys { padding: 1 0 0 0; }
    TonightScreen #keys2 { padding: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._night: NightPeople | None = None
        self._stale: datetime | None = None

    def heading(self) -> str:
        """How many are on duty, and up to when it is."""
        if self._night is None:
            return " " + _("Tonight's people")
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        words = _("Tonight's people until {time}  on duty now: {n}")
        on = sum(each.on for each in self._night.standing)
        return " " + words.format(time=short_time(self._night.until, now, zone), n=on)

    def body(self) -> ComposeResult:
        """The keys, then the people."""
        keys = self.own_keys()
        yield KeyLines(key_line(keys[:4]), id="keys")
        yield KeyLines(key_line(keys[4:]), id="keys2")
        yield PickLines(id="list", empty=_("Nobody has hours tonight: the roster states none."))

    async def on_mount(self) -> None:
        """Read who is where."""
        await self._reload()

    async def come_back(self) -> None:
        """Back from a form: somebody else may be there."""
        await self._reload()

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was written meanwhile, perhaps at another terminal."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(night_people, writes=False)
        if found is None or not self.is_attached:
            return
        chosen = self._chosen
        now, self._night = self.session.now(), found
        ends = [at for each in found.standing for at in (each.since, each.until) if at is not None]
        self._stale = min((at for at in (*ends, found.until) if at > now), default=None)
        ids = [each.person.id for each in self._listed]
        same = chosen is not None and chosen.person.id in ids
        self._draw(now, ids.index(chosen.person.id) if chosen is not None and same else None)

    def pass_time(self, now: datetime) -> None:
        """At the end of somebody's hours it is read anew."""
        if self._stale is not None and now >= self._stale:
            self._stale = None
            self.run_worker(self._reload(), exit_on_error=False)

    def _draw(self, now: datetime, cursor: int | None = None) -> None:
        """Draw them; the cursor stays on its person, wherever that line has gone."""
        if self._night is None:
            return
        zone, silent = self.session.desk.rules.calendar.tz, self._night.silent
        self.query_one("#heading", Lines).show(self.heading())
        self.line_list.show(
            [night_line(each, now, zone, silent=each.person.id in silent) for each in self._listed],
            cursor,
        )

    @property
    def _listed(self) -> tuple[Tonight, ...]:
        """Those of tonight, then those who will be away later."""
        return (*self._night.standing, *self._night.announced) if self._night else ()

    @property
    def _chosen(self) -> Tonight | None:
        cursor, shown = self.line_list.cursor, self._listed
        return shown[cursor] if 0 <= cursor < len(shown) else None

    @property
    def number_here(self) -> str:
        """The first number of the chosen one."""
        phones = self._chosen.person.phones if self._chosen else ()
        return phones[0] if phones else ""

    def own_keys(self) -> Sequence[ScreenKey]:
        """What can be the matter with the chosen one."""
        ill, leave = partial(self._absent, Absence.ILL), partial(self._absent, Absence.LEAVE)
        training = partial(self._absent, Absence.TRAINING)
        back = _("the newest change of the chosen one does not hold")
        return (
            ScreenKey("1", _("swap"), partial(self._change, "swap"), _("somebody else for once")),
            ScreenKey("2", _("ill"), ill, _("ill: not there for this duty")),
            ScreenKey("3", _("came in"), partial(self._change, "came"), _("there, unplanned")),
            ScreenKey("4", _("stand-in"), partial(self._change, "stand_in"), _("from outside")),
            ScreenKey("5", _("on leave"), leave, _("on leave: not there for this duty")),
            ScreenKey("6", _("in training"), training, _("in training: not there for this duty")),
            ScreenKey("7", _("take back"), self._take_back, back),
            ScreenKey("8", _("days away"), self._days, _("leave, training, ill from day to day")),
        )

    async def take_line(self) -> None:
        """Enter: nothing opens here, the digits are said."""
        self.say(key_line(self.own_keys()))

    async def _change(self, what: str) -> None:
        chosen = self._chosen
        if what == "came":
            self.shell.go(ToNightChange(what))
        elif chosen is None:
            self.say(_("Choose somebody first."))
        else:
            person = chosen.person.id
            # Whoever has none to give, or gave it away, is refused here before anything is typed.
            given = partial(place_given, person=person, planned=what == "swap")
            if await self.run_on_desk(given, writes=False):
                self.shell.go(ToNightChange(what, person))

    async def _days(self) -> None:
        chosen = self._chosen
        self.shell.go(ToDaysAway(chosen.person.id if chosen is not None else ""))

    async def _absent(self, absence: Absence) -> None:
        chosen = self._chosen
        if chosen is None:
            self.say(_("Choose somebody first."))
            return
        person = chosen.person.id
        entry = await self.run_on_desk(lambda desk: note_absence(desk, person, absence))
        if entry is None or not isinstance(entry.event, AbsenceNoted):
            return
        await self.shell.take_news()
        await self._reload()
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        words = _("{name}: {why} {since} to {until}. 7 takes it back.")
        since = short_time(entry.event.since, now, zone)
        until = short_time(entry.event.until, now, zone)
        name, why = chosen.person.name, absence_name(absence)
        self.say(words.format(name=name, why=why, since=since, until=until))

    async def _take_back(self) -> None:
        chosen = self._chosen
        if chosen is None or not chosen.change:
            self.say(_("Nothing was changed of whoever is chosen."))
            return
        seq, name = chosen.change, chosen.person.name
        if await self.run_on_desk(lambda desk: withdraw_change(desk, seq)) is None:
            return
        await self.shell.take_news()
        await self._reload()
        if any(each.change and each.person.id == chosen.person.id for each in self._listed):
            words = _("{name}: the newest change was taken back; the one before it holds.")
        else:
            words = _("{name}: as planned again.")
        self.say(words.format(name=name))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("up, down: choose somebody; calls, suggestions and the ladder go by this list")]
