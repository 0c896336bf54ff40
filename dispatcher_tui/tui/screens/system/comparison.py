"""A file that the site edited, line by line against the shipped one; the head keeps or takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.case_file import Signatories, read_signatories
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.settling import Asks, FileStanding, Settlement, asks, settle
from dispatcher_tui.desk.together import Signing, sign_owed_by_desk
from dispatcher_tui.domain.record.sign_off import ways_of
from dispatcher_tui.domain.site.comparison import compare
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.comparison_lines import (
    comparison_lines,
    counts,
    settled_line,
    shown,
)
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pager import Pager
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.signing_form import (
    SignatureAsked,
    SigningForm,
    owed_words,
    who_signs,
)

KEEP, TAKE, SIGN = 1, 2, 3
"""Digits: the site's text stays, the shipped one counts, an owed signature is given."""


class ComparisonScreen(DeskScreen):
    """The places that differ, page by page; 1 or 2 opens the head's signature below them."""

    AUTO_FOCUS = ""
    hints = ("commit", "help")

    DEFAULT_CSS = """
    ComparisonScreen #sums, ComparisonScreen #keys { height: 1; }
    ComparisonScreen #decision { height: auto; }
    """

    def __init__(self, file: FileStanding) -> None:
        super().__init__()
        self._file = file
        self._chosen = 0
        self._asked: tuple[Asks, Signatories] | None = None

    def heading(self) -> str:
        """Which file."""
        return " " + shown(self._file.name)

    def body(self) -> ComposeResult:
        """How it stands, the comparison, the keys, and the signature once something is chosen."""
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield Pager(id="pages")
        yield KeyLines("", id="keys")
        yield Vertical(id="decision")

    async def on_mount(self) -> None:
        """Read who may sign."""
        self._show()
        self._asked = await self.run_on_desk(
            lambda desk: (asks(desk), read_signatories(desk, desk.rules)), writes=False
        )

    def _show(self) -> None:
        found, sign_off = self._file.found, self._file.sign_off
        said = []
        if found is not None:
            comparison = compare(found.ours.text, found.shipped.text)
            said.append(counts(comparison))
            lines = comparison_lines(comparison, self.cells - 1)
            self.query_one("#pages", Pager).show(lines, ())
        if sign_off is not None:
            now, zone = self.session.now(), self.session.desk.rules.calendar.tz
            said.append(settled_line(sign_off, now, zone))
        self.query_one("#sums", Lines).show("   ".join(said))
        self._show_place()

    def _show_place(self) -> None:
        first, last, n = self.query_one("#pages", Pager).place
        keys = [_("lines {first}-{last} of {n}").format(first=first, last=last, n=n)] if n else []
        self.query_one("#keys", Lines).show("   ".join([*keys, key_line(self.own_keys())]))

    @property
    def _may_keep(self) -> bool:
        return self._file.found is not None and self._file.sign_off is None

    @property
    def _owed(self) -> bool:
        return self._file.sign_off is not None and self._file.sign_off.owed

    # ---- keys

    async def on_key(self, event: events.Key) -> None:
        """The arrows, page keys and the space bar turn the pages."""
        if self.focused is None and self.query_one("#pages", Pager).turn(event.key):
            self._show_place()
            event.stop()
            event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The site's text stays, the shipped one counts, an owed signature; F10 settles it."""
        may = (
            (KEEP, self._may_keep, _("keep yours")),
            (TAKE, self._file.found is not None, _("take the new one")),
            (SIGN, self._owed, _("the owed signature")),
        )
        ways = (ScreenKey(str(n), text, partial(self._choose, n)) for n, on, text in may if on)
        return (*ways, ScreenKey("commit", "", self.commit))

    def _choose(self, number: int) -> bool:
        if self._asked is None:
            return False
        self._chosen = number
        self.run_worker(self._put_up(), exit_on_error=False, group="decision", exclusive=True)
        return True

    async def _put_up(self) -> None:
        """What is about to happen, and the signature for it."""
        place = self.query_one("#decision")
        await place.remove_children()
        await place.mount(Lines(self._about()), self._form())
        self._signature.focus_missing()
        self.call_after_refresh(self._show_place)

    def _about(self) -> str:
        found = self._file.found
        if found is None or self._chosen == SIGN:
            return ""
        if self._chosen == KEEP:
            return _("Yours stays and counts, until it is edited again or another one is shipped.")
        words = _("The new one counts at once; yours stays beside it as {file}.")
        return words.format(file=shown(found.kept_as))

    def _form(self) -> SigningForm:
        assert self._asked is not None
        asked, who = self._asked
        owed = self._file.sign_off if self._chosen == SIGN else None
        role = owed.role if owed is not None else asked.role
        agreed = owed.name if owed is not None else ""
        actor, now = self.session.desk.actor, self.session.now()
        zone = self.session.desk.rules.calendar.tz
        return SigningForm(
            SignatureAsked(
                label=_("The owed signature") if owed is not None else _("The head signs"),
                role=role,
                role_name=role_name(who.procedure, role),
                rule=owed.rule if owed is not None else asked.rule,
                ways=ways_of(by_phone=bool(role) and who.procedure.signature is not None),
            ),
            who_signs(who, role, actor),
            "decision",
            name=agreed if any(s.name == agreed and s.role == role for s in who.signers) else "",
            watch=actor,
            agreed=agreed,
            owed=owed_words(owed, now, zone) if owed is not None else "",
            remarks=False,
        )

    @property
    def _signature(self) -> SigningForm:
        return self.query_one(SigningForm)

    async def accept_field(self) -> None:
        """Enter goes on to the next field; it never signs."""
        if self._signature.last(self.focused):
            self.say(_("F10 signs."))
        else:
            enter_on(self)

    async def go_back(self) -> None:
        """Esc: away from the decision first, then from the file."""
        if not self._chosen:
            self.dismiss()
            return
        await self._put_away()

    async def _put_away(self) -> None:
        self._chosen = 0
        await self.query_one("#decision").remove_children()
        self.set_focus(None)
        self.call_after_refresh(self._show_place)

    # ---- what is written

    async def commit(self) -> None:
        """F10: what the head decided is written down, and counts."""
        if not self._chosen:
            self.say(_("First 1 or 2: keep yours, or take the new one."))
            return
        form, asked = self._signature, self._asked
        assert asked is not None
        if form.lacks:
            words = _("The head's PIN, or below it 2: by phone, 3: in ink")
            self.say(form.lacking(words))
            return
        signing = form.signing
        done = await self.run_on_desk(self._job(signing, form.agreed_by if form.by_phone else ""))
        form.forget()
        if not done:
            form.focus_missing()
            return
        await self.shell.take_news()
        self.dismiss()

    def _job(self, signing: Signing | None, name: str) -> Callable[[Desk], bool]:
        file, take, owed = self._file, self._chosen == TAKE, self._chosen == SIGN

        def job(desk: Desk) -> bool:
            if owed and file.sign_off is not None and signing is not None:
                sign_owed_by_desk(desk, file.sign_off.key, signing)
            elif file.found is not None:
                settle(desk, file.found, Settlement(take, signing, name))
            return True

        return job

    async def on_resize(self) -> None:
        """Another width: the lines are cut anew."""
        self._show()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("page keys, space bar: on; yours and new: what only the one has, with its line"),
            _("once 1 or 2 was pressed: the head's signature, then F10"),
            _("Open cases stay with the text they were opened under."),
        ]
