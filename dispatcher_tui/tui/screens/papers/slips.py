"""From F8: where every numbered paper is; copies owed, whom to ask, what is missing, pads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import IntEnum
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.papers.custody_book import custody
from dispatcher_tui.desk.papers.forms_out import (
    FormOut,
    ask_form,
    out_by_range,
    range_names,
)
from dispatcher_tui.desk.papers.number_ranges import by_procedure, paper_names
from dispatcher_tui.desk.papers.pads import read_voids
from dispatcher_tui.desk.papers.slips import (
    chase_report,
    find_number,
    owed,
    record_asked,
    squads,
)
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.slip_lines import (
    closing_papers,
    keeper,
    standing_lines,
)
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.paper_routes import ToPad, ToVoid
from dispatcher_tui.tui.routes import ScreenRoute, ToClose, ToFormPaper
from dispatcher_tui.tui.screens.papers.custody_pages import (
    SlipPage,
    SlipRow,
    odd_page,
    out_rows,
    owed_page,
    pads_page,
    squad_rows,
)
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import print_beside, print_form, print_of_case
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.key_lines import KeyLines, PageLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.row import Row


class SlipView(IntEnum):
    """The pages by their digits."""

    OWED = 1
    CHASE = 2
    ODD = 3
    PADS = 4
    FIND = 5


class SlipsScreen(ListScreen):
    """Five pages of one list: owed by age, by whom to ask, missing and odd, pads, one number."""

    AUTO_FOCUS = ""
    hints = ("close", "help")

    DEFAULT_CSS = """
    SlipsScreen #pages, SlipsScreen #sums, SlipsScreen #keys { height: 1; }
    SlipsScreen #heads { height: 1; color: $desk-fg2; }
    SlipsScreen #find { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page = SlipView.OWED
        self._again = False
        self._rows: list[SlipRow] = []

    def heading(self) -> str:
        """Which papers these are."""
        papers = closing_papers(self.session.desk.in_force.procedures)
        return " " + _("Where every paper is: {paper}").format(paper=papers)

    def body(self) -> ComposeResult:
        """The pages, the figures, the list, the keys of the page."""
        yield PageLine("", id="pages")
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield Row(_("Number on the paper"), Field(id="number", limit=40), id="find")
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("Nothing here."))
        yield KeyLines("", id="keys")

    async def on_mount(self) -> None:
        """The copies that are owed come first."""
        await self._show(SlipView.OWED)

    def _page_names(self) -> dict[SlipView, str]:
        return {
            SlipView.OWED: _("owed"),
            SlipView.CHASE: _("whom to ask"),
            SlipView.ODD: _("missing, odd"),
            SlipView.PADS: _("pads"),
            SlipView.FIND: _("one number"),
        }

    def _key_line(self) -> str:
        other = {
            SlipView.OWED: _("Enter the case   F6 its paper   p print it"),
            SlipView.FIND: _("Enter: where is it"),
        }
        return other.get(self._page) or key_line(self.own_keys())

    async def _show(self, page: SlipView) -> None:
        """Another page, from its first line."""
        self._page = page
        names = (
            f"[{each.value} {name}]" if each is page else f" {each.value} {name} "
            for each, name in self._page_names().items()
        )
        self.query_one("#pages", Lines).show(" ".join(names))
        self.query_one("#keys", Lines).show(self._key_line())
        self.query_one("#heads", Lines).show("")
        self.query_one("#sums", Lines).show("")
        self.query_one("#find").display = page is SlipView.FIND
        self._put([], 0)
        if page is SlipView.FIND:
            self.query_one("#number").focus()
        else:
            self.set_focus(None)
            await self._reload()

    async def _reload(self) -> None:
        """The page as the record stands; the cursor stays where it is."""
        if self._page is SlipView.OWED:
            await self._read_owed()
        elif self._page is SlipView.CHASE:
            await self._read_squads()
        elif self._page in (SlipView.ODD, SlipView.PADS):
            self.query_one("#sums", Lines).show(_("Reading .."))
            self.run_worker(self._read_custody(self._page), exit_on_error=False, group="custody")

    def _put(self, rows: list[SlipRow], cursor: int | None = None) -> None:
        self._rows = rows
        self.query_one("#list", PickLines).show([row.text for row in rows], cursor)
        self.choose()

    async def _read_owed(self) -> None:
        found = await self.run_on_desk(
            lambda desk: (
                by_procedure(desk, owed(desk)),
                read_voids(desk.store),
                out_by_range(desk),
            ),
            writes=False,
        )
        if found is None:
            return
        (groups, voids, ranges), now = found, self.session.now()
        zone, several = self.session.desk.rules.calendar.tz, self.session.desk.in_force.several
        page = owed_page(groups, voids, now, zone, apart=several or len(groups) > 1)
        self._head(page)
        self._put([*page.rows, *out_rows(ranges, now, zone)])

    def _head(self, page: SlipPage) -> None:
        self.query_one("#sums", Lines).show(page.sums)
        self.query_one("#heads", Lines).show(page.head)

    async def _read_squads(self) -> None:
        both = await self.run_on_desk(lambda desk: (squads(desk), out_by_range(desk)), writes=False)
        if both is not None:
            now, zone = self.session.now(), self.session.desk.rules.calendar.tz
            self._put([*squad_rows(both[0], now, zone), *out_rows(both[1], now, zone)])

    async def _read_custody(self, page: SlipView) -> None:
        try:
            desk = self.session.desk
            names, apart = await self.session.run_on_desk(
                lambda desk: (range_names(desk), tuple(paper_names(desk)))
            )
            found = await asyncio.to_thread(custody, desk.store.path, names, apart)
        except Failure as failure:
            self.say(explain_failure(failure))
            return
        if not self.is_attached or self._page is not page:
            return
        shown = (
            pads_page(found, desk.rules.calendar.tz) if page is SlipView.PADS else odd_page(found)
        )
        self._head(shown)
        self._put(shown.rows)

    def _chosen(self) -> SlipRow | None:
        cursor = self.query_one("#list", PickLines).cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def choose(self) -> None:
        """The case of the line, if it is about one."""
        chosen = self._chosen()
        self.case_id = chosen.case_id if chosen else ""

    def own_keys(self) -> Sequence[ScreenKey]:
        """1 to 5 are the pages, the others what is done on the one that is shown."""
        asks = (
            ScreenKey("6", _("asked for this one"), partial(self._asked, everything=False)),
            ScreenKey("7", _("asked for all of them"), partial(self._asked, everything=True)),
            ScreenKey("8", _("print the list"), self._print),
        )
        pads = (
            ScreenKey("6", _("give out a pad"), partial(self._open, ToPad())),
            ScreenKey("7", _("a number is void"), self._void),
        )
        void = ScreenKey("7", _("the chosen number is void"), self._void)
        here = {SlipView.CHASE: asks, SlipView.ODD: (void,), SlipView.PADS: pads}
        pages = ScreenKey("1-5", "", self._turn, _("the pages"))
        chosen = self._chosen() if self.is_mounted else None
        mine: tuple[ScreenKey, ...] = ()
        if chosen is not None and chosen.paper is not None:
            mine = (
                ScreenKey("print", "", self._print_paper, _("print the paper of the line")),
                ScreenKey("close", "", self._paper, _("its paper: back, signed, filed")),
            )
        return (pages, *here.get(self._page, ()), *mine)

    def _paper(self) -> None:
        """F6: the paper of the line, a form in its own screen."""
        chosen = self._chosen()
        if chosen is not None and chosen.form:
            self._open(ToFormPaper(chosen.case_id, chosen.form))
        elif chosen is not None:
            self._open(ToClose(chosen.case_id))

    async def _print_paper(self) -> None:
        """p: the paper of the line once more."""
        chosen = self._chosen()
        if chosen is not None and chosen.form:
            await print_form(self, chosen.case_id, chosen.form)
            await self._reload()
        elif chosen is not None:
            await print_of_case(self, chosen.case_id, slip_alone=True)

    async def _turn(self, number: int) -> None:
        await self._show(SlipView(number))

    def _void(self) -> None:
        self._open(ToVoid())

    def _open(self, route: ScreenRoute) -> None:
        """A form whose outcome stands on the page once it is gone."""
        self._again = True
        self.shell.go(route)

    async def come_back(self) -> None:
        """Back from a form: the page as it stands now."""
        if self._again:
            self._again = False
            await self._reload()

    async def _asked(self, *, everything: bool) -> None:
        """Write down that somebody was asked: for the chosen paper, or for all of theirs."""
        chosen = self._chosen()
        if chosen is not None and chosen.out is not None:
            await self._asked_form(chosen.out)
            return
        if chosen is None or chosen.squad is None:
            return
        squad = chosen.squad
        all_of = everything or chosen.paper is None
        ids = [p.paper.case_id for p in squad.papers] if all_of else [chosen.case_id]
        count = await self.run_on_desk(lambda desk: record_asked(desk, squad, ids))
        if count is None:
            return
        await self.shell.take_news()
        await self._reload()
        name = squad.name or _("nobody told")
        if count:
            self.say(_("Written down: {name} was asked for {n}.").format(name=name, n=count))
        else:
            self.say(_("{name} was asked for that in this watch already.").format(name=name))

    async def _asked_form(self, out: FormOut) -> None:
        """Write down that whoever has a form was asked for it."""
        if await self.run_on_desk(lambda desk: ask_form(desk, out)) is None:
            return
        await self.shell.take_news()
        await self._reload()
        name = keeper(out.paper) or _("the desk")
        words = _("Written down: {name} was asked for no. {number}.")
        self.say(words.format(name=name, number=out.paper.number))

    async def _print(self) -> None:
        """The list of the chosen one, to hand to them."""
        chosen = self._chosen()
        if chosen is None or chosen.squad is None:
            return
        report = chase_report(self.session.desk, chosen.squad, self.session.now())
        await print_beside(self, report)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another number: what was found of the last one goes."""
        event.stop()
        self._put([], 0)

    async def accept_field(self) -> None:
        """Enter on a number: all that is known of it."""
        typed = self.query_one("#number", Field).value
        if not typed.strip():
            self.say(_("Type the number that stands on the paper."))
            return
        found = await self.run_on_desk(lambda desk: find_number(desk, typed), writes=False)
        if found is None:
            return
        zone = self.session.desk.rules.calendar.tz
        case_id = found.paper.case_id if found.paper else ""
        lines = standing_lines(found, self.session.now(), zone)
        rows = [SlipRow(line, case_id, found.number, paper=found.paper) for line in lines]
        self._put(rows, 0)
        self.set_focus(None)

    async def refresh_case(self, changed: set[str]) -> None:
        """A paper came in, or a case was written off."""
        if self._page in (SlipView.OWED, SlipView.CHASE):
            await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a line; Enter: open the case; F6: its paper"),
            _("2, then 6: asked for this paper; 7: for all of this lead; 8: print their list"),
            _("4, then 6: give out a pad; 7: a number is void"),
            _("5: type the number on a paper, Enter: where it is"),
        ]
