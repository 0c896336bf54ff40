"""A signature a role is asked for: by PIN here, or agreed by phone with the PIN owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.case_file import CaseFile, Signatories
from dispatcher_tui.domain.closing import agreement
from dispatcher_tui.domain.procedure import Item
from dispatcher_tui.domain.sign_off import SignOff
from dispatcher_tui.present.closing import role_name
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.widgets.form import Choice, Field, Option, Picker, PickList
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import Signature
from dispatcher_tui.tui.widgets.row import Row

REMARK_LIMIT = 200


class RoleSignature(Vertical):
    """One signature of a role as the record stands: asked for, owed, or given.

    Where the item may be agreed to by phone, a digit below the PIN brings up who agreed; what is
    written down then is that it is pending, and nothing else. ``remarks``: what was said on the
    phone has a field of its own.
    """

    DEFAULT_CSS = """
    RoleSignature { height: auto; width: 1fr; }
    RoleSignature .phone { height: auto; display: none; }
    RoleSignature.by-phone .phone { display: block; }
    """

    def __init__(
        self,
        item: Item,
        who: Signatories,
        actor: str,
        when: tuple[datetime, tzinfo],
        *,
        owed: SignOff | None = None,
        given: SignOff | None = None,
        remarks: bool = True,
    ) -> None:
        super().__init__()
        self.item = item
        self.owed = owed
        self._people = who
        self._now, self._zone = when
        self._given = given
        self._signature = Signature(
            pick(item.label),
            who.signers,
            role=item.role,
            role_name=role_name(who.procedure, item.role),
            rule=item.rule,
            name=self._agreed_name(),
            watch=actor,
        )
        self._who = self._picker()
        self._remarks = remarks
        self._remark = Field(limit=REMARK_LIMIT)

    def _agreed_name(self) -> str:
        """The one who agreed signs as a rule; another holder of the role may."""
        holders = {s.name for s in self._people.signers if s.role == self.item.role}
        return self.owed.name if self.owed and self.owed.name in holders else ""

    def _picker(self) -> Picker:
        """Who agreed: the roster's holders of the role, or a name as it is typed."""
        people = [p for p in self._people.people if p.role == self.item.role]
        initials = self._people.initials
        options = [Option(p.name, p.name, initials.get(p.id, ())) for p in people]
        only = people[0].name if len(people) == 1 else ""
        return Picker(options, picked=only, placeholder=_("name"), digits=False)

    def compose(self) -> ComposeResult:
        """A line for what is signed; else name and PIN, and the telephone where that may be."""
        label = pick(self.item.label)
        if self._given is not None:
            yield Row(label, Lines(self._given_text(self._given)), rule=self.item.rule)
            return
        if self.owed is not None:
            yield Lines(self._owed_text(self.owed), classes="owed")
        yield self._signature
        if self.item.by_phone and self.owed is None:
            yield from self._by_phone()

    def _by_phone(self) -> Iterator[Widget]:
        agreed = Choice([Option("phone", _("agreed by phone, signs later"))], many=True)
        agreed.add_class("agreed")
        yield Row(_("or"), agreed)
        yield Vertical(
            Row(_("Who agreed"), self._who),
            PickList(self._who, columns=4, cells=16),
            *([Row(_("Remark"), self._remark)] if self._remarks else []),
            classes="phone",
        )

    def _given_text(self, given: SignOff) -> str:
        at = given.signed_at or given.at
        time = short_time(at, self._now, self._zone)
        return _("* signed by {name} {time}").format(name=given.name, time=time)

    def _owed_text(self, owed: SignOff) -> str:
        time = short_time(owed.at, self._now, self._zone)
        words = _("{name} agreed by phone {time}: pending, the PIN makes it good [{rule}]")
        return words.format(name=owed.name, time=time, rule=owed.rule)

    @property
    def signature(self) -> Signature:
        """Name and PIN."""
        return self._signature

    @property
    def signed(self) -> bool:
        """Whether it is signed already."""
        return self._given is not None

    @property
    def by_phone(self) -> bool:
        """Whether it is to be written down that it was agreed by phone."""
        return self.has_class("by-phone")

    @property
    def agreed_by(self) -> str:
        """Who agreed by phone; empty while nobody is named."""
        return self._who.picked or self._who.value.strip()

    @property
    def remark(self) -> str:
        """What was said to it."""
        return self._remark.value.strip()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Either the PIN is asked for or who agreed; never both."""
        event.stop()
        wanted = bool(event.choice.values)
        self.set_class(wanted, "by-phone")
        self._signature.display = not wanted
        self._signature.forget()
        self._list_names()
        if wanted:
            self._who.focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other names match now."""
        event.stop()
        self._list_names()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who agreed is there: what was said comes next."""
        if event.picker is self._who:
            event.stop()
            if self._remarks:
                self._remark.focus()

    def _list_names(self) -> None:
        for names in self.query(PickList):
            if names.picker is self._who:
                names.display = bool(not self._who.picked and self._who.options)
                names.refresh(layout=True)

    def offer_phone(self) -> bool:
        """No PIN is given: on to the agreement by phone; False where there is none to choose."""
        for agreed in self.query(".agreed"):
            agreed.focus()
            return True
        return False

    def focus_missing(self) -> None:
        """Put the focus on what is not there yet."""
        if self.by_phone:
            self._who.focus()
        else:
            self._signature.focus_missing()


class ItemSignature(RoleSignature):
    """One signature of a case: of its checklist, or under the head's decision."""

    def __init__(self, item: Item, file: CaseFile, actor: str, now: datetime) -> None:
        case = file.case
        mine = [s for s in case.sign_offs if s.subject == item.id and s.round == case.round]
        super().__init__(
            item,
            file.signatories,
            actor,
            (now, file.rules.calendar.tz),
            owed=agreement(case, item.id),
            given=next((s for s in reversed(mine) if s.signed_at is not None), None),
        )
