"""Monday's review: a line for every open case, the ended ones confirmed together (P0-09)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.form_drafts import save_form
from dispatcher_tui.desk.reviews.reviews import (
    WeekReview,
    confirm_ended,
    finish,
    put_line,
    read_review,
    review_report,
)
from dispatcher_tui.domain.reviews.review import Walked
from dispatcher_tui.domain.words.terms import ReviewOutcome
from dispatcher_tui.present.case.duty_lines import duty_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.reviews.review_lines import (
    detail_lines,
    nothing_left_line,
    period_line,
    row,
    suggested_words,
    sums_line,
)
from dispatcher_tui.tui.acting import take_back
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToCase, ToDecide
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.sheet_print import print_beside
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import MOVING, PickLines
from dispatcher_tui.tui.widgets.review_form import ReviewForm


class ReviewScreen(AutosaveForm):
    """The cases on top, the chosen one below them with its form; every line is kept at once."""

    hints = ("commit", "follow_up", "notify", "help")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReviewScreen #sums, ReviewScreen #owed, ReviewScreen #keys { height: 1; }
    ReviewScreen #missed { height: auto; display: none; }
    ReviewScreen #detail { height: 6; color: $desk-fg2; }
    """

    def __init__(self, procedure: str = "") -> None:
        super().__init__()
        self._asked = procedure
        self._review: WeekReview | None = None
        self._order: list[Walked] = []
        self._drafts: dict[str, dict[str, str]] = {}
        self._unsaved: set[str] = set()
        self._written = ""

    @property
    def form_key(self) -> str:
        """The week's lines."""
        return self._review.form if self._review is not None else ""

    @property
    def about(self) -> str:
        """The chosen case."""
        return self.case_id

    def heading(self) -> str:
        """Which week."""
        if self._review is None:
            return " " + _("Monday's review")
        name = localized(self._review.routine.label)
        return f" {name} {period_line(self._review.walk.period)}"

    def body(self) -> ComposeResult:
        """Figures, the duty, the cases, the chosen one; its form stands once the review is read."""
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield Lines("", id="owed", wrap=False)
        yield Lines("", id="missed")
        yield PickLines(id="list", empty=_("No case was opened in that week, and none is open."))
        yield Lines("", id="detail", wrap=False)
        yield KeyLines("", id="keys")

    async def build(self) -> bool:
        """Read the review and go to the first case without a line."""
        asked = self._asked
        found = await self.run_on_desk(lambda desk: read_review(desk, asked), writes=False)
        if found is None:
            return False
        self._drafts = dict(found.drafts)
        form = ReviewForm()
        await self.query_one("#body").mount(form, before="#keys")
        self._take(found)
        self.query_one("#keys", Lines).show(key_line(self.own_keys()))
        self._go_on(found)
        return False

    def begin(self) -> None:
        """At the chosen case."""
        self._form.focus_first()

    def typed(self) -> dict[str, str]:
        """What is half typed on the chosen case."""
        return self._drafts.get(self.case_id, {})

    @property
    def _form(self) -> ReviewForm:
        return self.query_one(ReviewForm)

    @property
    def _shown(self) -> dict[str, str]:
        """Of which week and by whose procedure the review is that stands here."""
        review = self._review
        return {"week": review.walk.period.name, "procedure": review.procedure} if review else {}

    @property
    def _cursor(self) -> int:
        return self.query_one("#list", PickLines).cursor

    @property
    def _chosen(self) -> Walked | None:
        return self._order[self._cursor] if 0 <= self._cursor < len(self._order) else None

    def _names(self, each: Walked) -> Glossary:
        desk = self.session.desk
        return glossary(desk, desk.rules_of(each.case).procedure)

    # ---- what is shown

    def _take(self, review: WeekReview) -> None:
        """The review as it stands now; the cursor stays on its case."""
        before = self._review.suggestions if self._review is not None else {}
        self._review = review
        if not review.suggestions and before:
            left = {each.case.id for each in review.walk.missing}
            kept = {key: found for key, found in before.items() if key in left}
            review.suggestions.update(kept)
        self._order = [*review.walk.open, *review.walk.ended]
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#sums", Lines).show(sums_line(review.walk))
        missed = self.query_one("#missed", Lines)
        missed.display = bool(review.missed)
        words = _("The review of {week} was missed; what is still open of it is walked here.")
        missed.show(words.format(week=review.missed))
        self._show_rows(self.case_id)
        self.pass_time(self.session.now())

    def _show_rows(self, case_id: str) -> None:
        cells = self.cells - 1
        rows = [
            row(x, cells, typed=x.case.id in self._drafts, called=self.called) for x in self._order
        ]
        places = [n for n, each in enumerate(self._order) if each.case.id == case_id]
        self.query_one("#list", PickLines).show(rows, places[0] if places else None)

    def pass_time(self, now: datetime) -> None:
        """What is left of the duty."""
        if self._review is None:
            return
        review, zone = self._review, self.session.desk.rules.calendar.tz
        text = _("No review is owed for that week; it can be walked all the same.")
        if review.duty is not None:
            text = duty_line(review.duty, now, zone).strip()
            if review.duty.done_at is not None and not review.walk.complete:
                text += "  " + _("since then something is without a line")
        self.query_one("#owed", Lines).show(text)

    def _show_case(self) -> None:
        """The chosen case beside its form: its line, else what the record suggests."""
        each, review = self._chosen, self._review
        if review is None:
            return
        self.case_id = each.case.id if each is not None else ""
        self._form.display = each is not None and each.open
        if each is None:
            self.query_one("#detail", Lines).show("")
            return
        self.shell.worked_on = self.case_id
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        names, found = self._names(each), review.suggestions.get(self.case_id)
        lines = detail_lines(each, found, names, now, zone, self.cells - 1)
        self.query_one("#detail", Lines).show("\n".join(lines))
        standing, text = "", ""
        if each.line is not None:
            standing, text = each.line.standing.value, each.line.text
        elif found is not None:
            standing = found.standing.value if found.standing is not None else ""
            text = suggested_words(found, each, names, now, zone)
        self._form.put(standing, text, self._drafts.get(self.case_id, {}))

    def _choose(self, index: int) -> None:
        self.query_one("#list", PickLines).select(index)
        self._show_case()

    def _go_on(self, review: WeekReview) -> None:
        """To the next open case without a line; with none left, to what ends the review."""
        left = {each.case.id for each in review.walk.missing}
        start = self._cursor + 1 if self.case_id else 0
        turned = [*range(start, len(self._order)), *range(start)]
        places = [n for n in turned if n < len(self._order) and self._order[n].case.id in left]
        self._choose(places[0] if places else max(self._cursor, 0))
        if places:
            self._form.focus_first()
            return
        self.set_focus(None)
        done = review.duty.done_at if review.duty is not None else None
        zone = self.session.desk.rules.calendar.tz
        self.say(nothing_left_line(review.walk, done, self.session.now(), zone))

    # ---- keys

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """Another case: its line, as far as it is typed."""
        event.stop()
        if self._chosen is not None and self._chosen.case.id != self.case_id:
            self._show_case()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose a case also while its line is typed; Enter opens an ended one."""
        listed = event.key in MOVING
        if listed and self.query_one("#list", PickLines).move(event.key):
            self._show_case()
        elif event.key == "enter" and self.focused is None and self.case_id:
            self._open()
        else:
            return
        event.stop()
        event.prevent_default()

    async def accept_field(self) -> None:
        """Enter: the line as it stands is written; what is missing gets the focus."""
        await self.commit()

    def own_keys(self) -> Sequence[ScreenKey]:
        """A standing, or one of the works beside it; of what was written the last is undone."""
        if self._review is None:
            return super().own_keys()
        open_ = self._chosen is not None and self._chosen.open
        none = "" if self.case_id else _("No case is chosen.")
        ended = none or ("" if open_ else _("It has ended: no line is written for it."))
        stands = _("how it stands, then the words")
        confirms = _("confirm all that is final or invalid")
        commits = _("the line, at the end the review")
        return (
            ScreenKey("1-3", "", self._stand, stands, ended),
            ScreenKey("4", _("confirm the ended"), partial(self._end, confirm_ended), confirms),
            ScreenKey("5", _("open the case"), self._open, off=none),
            ScreenKey("6", _("the head decides"), self._decide, off=none),
            ScreenKey("7", _("print"), partial(self._print, self._review)),
            ScreenKey("commit", "", self.commit, commits),
            ScreenKey("undo", "", self._undo),
            *super().own_keys(),
        )

    def _stand(self, number: int) -> None:
        self._form.choose(number)

    def _decide(self) -> None:
        self.shell.go(ToDecide(self.case_id))

    async def _print(self, review: WeekReview) -> None:
        await print_beside(self, review_report(self.session.desk, review))

    def _open(self) -> None:
        self.shell.go(ToCase(self.case_id))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Enter takes the line as it stands; what stands there is what the record says"),
            _("up, down: another case, nothing typed is lost"),
            _("3 makes the case stuck: the head confirms or sets another method (6), signed"),
            _("* has its line, ~ half typed, ! the head must decide"),
        ]

    # ---- what is written

    def on_review_form_typed(self, event: ReviewForm.Typed) -> None:
        """A half-typed line is a draft of its case."""
        event.stop()
        if not self.case_id:
            return
        typed, marked = self._form.typed, self.case_id in self._drafts
        if typed:
            self._drafts[self.case_id] = typed
        else:
            self._drafts.pop(self.case_id, None)
        self._unsaved.add(self.case_id)
        if marked != bool(typed):
            self._show_rows(self.case_id)

    def save_soon(self) -> None:
        """Every case's line is a draft of its own."""
        if self._unsaved:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def _save(self) -> bool:
        """Save every line that is half typed."""
        review, unsaved = self._review, self._unsaved
        if review is None or not unsaved or self.session.read_only:
            return True
        self._unsaved = set()
        typed = {case_id: self._drafts.get(case_id, {}) for case_id in unsaved}

        def keep(desk: Desk) -> bool:
            for case_id, values in typed.items():
                save_form(desk, review.form, case_id, values)
            return True

        if await self.run_on_desk(keep):
            return True
        self._unsaved |= unsaved
        return False

    async def commit(self) -> None:
        """F10, Enter: the chosen case's line; where none is left to write, the review is done."""
        each, review = self._chosen, self._review
        if review is None:
            return
        if each is not None and each.open and (each.line is None or self._form.typed):
            await self._put(each)
        elif review.walk.missing:
            self._go_on(review)
        else:
            await self._end(finish)

    async def _end(self, job: Callable[..., WeekReview]) -> None:
        """Confirm what has ended, or finish, in the week that is shown."""
        shown = self._shown
        await self._write(lambda desk: job(desk, **shown))

    async def _put(self, each: Walked) -> None:
        standing, text = self._form.standing, self._form.text
        if standing is None or not text:
            self._form.focus_missing()
            words = _("Write in a few words how it stands.") if standing else _("Choose 1 to 3.")
            self.say(words)
            return
        case_id, shown = each.case.id, self._shown
        if not await self._write(
            lambda desk: put_line(desk, case_id, standing, text, **shown), case_id
        ):
            return
        self._written = case_id
        undecided = any(each.undecided for each in self._order if each.case.id == case_id)
        if standing is ReviewOutcome.CANNOT and undecided:
            self.shell.go(ToDecide(case_id))

    async def _undo(self) -> None:
        places = [n for n, each in enumerate(self._order) if each.case.id == self._written]
        if places:
            self._choose(places[0])
        await take_back(self.shell)

    async def _write(self, job: Callable[[Desk], WeekReview], case_id: str = "") -> bool:
        """Write, show the review as it stands then, and go on; False where it was refused."""
        review = await self.run_on_desk(job)
        if review is None:
            await self._reload()  # what stood against it may be news
            return False
        self._drafts.pop(case_id, None)
        self._unsaved.discard(case_id)
        self.say("")
        self._take(review)
        self._go_on(review)
        await self.shell.take_news()
        return True

    async def _reload(self) -> None:
        message = self.query_one("#message", Lines).text
        asked = self._shown.get("procedure", "")
        review = await self.run_on_desk(lambda desk: read_review(desk, asked), writes=False)
        if review is not None and self.is_attached:
            self._take(review)
            self._show_case()
            self.say(message)

    async def refresh_case(self, changed: set[str]) -> None:
        """A case was opened, followed up or closed meanwhile; what is typed stays."""
        if self._review is not None:
            await self._reload()

    def on_resize(self) -> None:
        """Another width: the lines are cut anew."""
        if self._review is not None:
            self._show_rows(self.case_id)
            self._show_case()
