"""A signature as it is asked for everywhere: by PIN here, agreed by phone, or seen on a paper."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import Signatories, Signer
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.record.sign_off import Ink, SignOff, same_person, ways_of
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.signing import ink_words, way_name
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import Signature, Ways
from dispatcher_tui.tui.widgets.row import Row

REMARK_LIMIT, PAPER_LIMIT, PAGE_LIMIT = 200, 60, 12

WAYS = tuple(SignedBy)
"""The ways to sign in the order of their digits, which are the same in every form."""


class SignatureAsked(msgspec.Struct, frozen=True):
    """What is to be signed: its words, the role that signs (any where empty), the rule that asks.

    ``ways``: those that the procedure allows; agreed by phone, the signature is owed. ``item``:
    it is one of a checklist.
    """

    label: str
    role: str = ""
    role_name: str = ""
    rule: str = ""
    ways: tuple[SignedBy, ...] = ways_of()
    item: bool = False


class WhoSigns(msgspec.Struct, frozen=True):
    """Who can sign: operators by PIN, and ``names``, to whom another way is open."""

    signers: tuple[Signer, ...]
    names: tuple[Option, ...]


def who_signs(who: Signatories, role: str, actor: str) -> WhoSigns:
    """Those who hold the role, to the roster and as operators; everybody where it is empty.

    The one who acts is no choice but by PIN: nobody is witness to themselves.
    """
    options = {
        person.name: Option(person.name, person.name, who.initials.get(person.id, ()))
        for person in who.people
        if person.role == role
    }
    for signer in who.signers:
        if not role or signer.role == role:
            options.setdefault(signer.name, Option(signer.name, signer.name))
    names = tuple(each for name, each in options.items() if not same_person(name, actor))
    return WhoSigns(who.signers, names)


class NamePicker(Picker):
    """A name. Digits are lost in it: a PIN typed here by mistake never stands on the screen."""

    async def on_key(self, event: events.Key) -> None:
        """Textual hands everything else to the picker."""
        if fold_key(event.character or "").isdigit():
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A pasted number is none either."""
        if fold_key(event.text.strip()).isdigit():
            event.stop()
            event.prevent_default()


class WayRow(Row):
    """How it is signed: a way is always chosen, which makes nothing done."""

    @property
    def filled(self) -> bool:
        """Never by itself."""
        return False


class SigningForm(Vertical):
    """One signature as the record stands: asked for, owed, or given.

    Its last line is always the same choice: 1 PIN here, 2 agreed by phone, 3 in ink, seen by me,
    4 a seal, seen by me; what may not be is not shown. ``key`` begins the names under which the
    fields are saved; a PIN never is. ``stands`` is where ink is likely to stand. ``remarks``: what
    was said on the phone has a field of its own.
    """

    DEFAULT_CSS = """
    SigningForm { height: auto; width: 1fr; }
    SigningForm .named, SigningForm .ink, SigningForm .phone { height: auto; display: none; }
    SigningForm.by-phone .named, SigningForm.by-phone .phone { display: block; }
    SigningForm.in-ink .named, SigningForm.in-ink .ink { display: block; }
    SigningForm Row > .page { width: 12; margin: 0 0 0 1; }
    """

    def __init__(
        self,
        asked: SignatureAsked,
        who: WhoSigns,
        key: str,
        *,
        name: str = "",
        watch: str = "",
        owed: str = "",
        given: str = "",
        agreed: str = "",
        stands: Ink | None = None,
        remarks: bool = True,
    ) -> None:
        super().__init__()
        self.asked = asked
        self.key = key
        self._owed_words, self._given_words = owed, given
        self._remarks = remarks
        self._signature = Signature(
            asked.label,
            who.signers,
            role=asked.role,
            role_name=asked.role_name,
            rule=asked.rule,
            name=name,
            watch=watch,
            item=asked.item,
        )
        self._who = self._named(who, agreed)
        self._paper, self._page = self._place(stands or Ink("", ""))
        self._remark = Field(limit=REMARK_LIMIT, id=f"{key}-remark")
        self._way = self._ways(owed=bool(owed))

    def _named(self, who: WhoSigns, agreed: str) -> NamePicker:
        """Who agreed, or signed in ink: the only one who can, where that is one."""
        only = who.names[0].value if len(who.names) == 1 else ""
        return NamePicker(
            who.names,
            picked=agreed or only,
            typed=agreed,
            placeholder=_("name"),
            digits=False,
            id=f"{self.key}-who",
        )

    def _place(self, stands: Ink) -> tuple[Field, Field]:
        """On which paper and page ink stands."""
        hint = _("paper: name or number")
        paper = Field(stands.paper, limit=PAPER_LIMIT, placeholder=hint, id=f"{self.key}-paper")
        page = Field(stands.page, limit=PAGE_LIMIT, placeholder=_("page"), id=f"{self.key}-page")
        page.add_class("page")
        return paper, page

    def _ways(self, *, owed: bool) -> Ways:
        """The choice of the way, a PIN at first where it may be one."""
        options = [
            Option(how.value, way_name(how), digit=WAYS.index(how) + 1)
            for how in self.asked.ways
            if not (owed and how is SignedBy.PHONE)
        ]
        first = options[0].value
        return Ways(options, lambda: not self.lacks, chosen=first, key=f"{self.key}-way")

    def on_mount(self) -> None:
        """Where it can be no PIN, another way's fields stand there from the first."""
        if not self.signed:
            self._show_way()

    def compose(self) -> ComposeResult:
        """A line for what is signed; else what the way asks for, and the choice of the way."""
        if self.signed:
            yield self._row(Lines(self._given_words))
            return
        if self._owed_words:
            yield Lines(self._owed_words, classes="owed")
        yield self._signature
        names = PickList(self._who, columns=4, cells=16)
        names.display = False
        item = self.asked.item
        yield Vertical(self._row(self._who), names, classes="named")
        paper = Row(_("Paper, page"), self._paper, self._page, item=item)
        yield Vertical(paper, classes="ink")
        if self._remarks:
            yield Vertical(Row(_("Remark"), self._remark, item=item), classes="phone")
        yield WayRow(_("How signed"), self._way, item=item)

    def _row(self, field: Widget) -> Row:
        """What is signed, with who does; of a checklist it is an item."""
        asked = self.asked
        return Row(asked.label, field, rule=asked.rule, required=asked.item, item=asked.item)

    # ---- what is there

    def stand_on(self, paper: str) -> None:
        """The paper that ink is likely to stand on is known now; another one typed stays."""
        if not self._paper.typed():
            self._paper.put(paper)

    @property
    def signed(self) -> bool:
        """Whether it is signed already."""
        return bool(self._given_words)

    @property
    def signature(self) -> Signature:
        """Name and PIN."""
        return self._signature

    @property
    def way(self) -> Choice:
        """The choice of the way."""
        return self._way

    @property
    def how(self) -> SignedBy:
        """The way that is chosen."""
        return SignedBy(self._way.value)

    @property
    def by_phone(self) -> bool:
        """Whether it is to be written down that it was agreed by phone."""
        return self.how is SignedBy.PHONE

    @property
    def agreed_by(self) -> str:
        """Who agreed by phone, or signed in ink; empty while nobody is named."""
        return self._who.picked or self._who.value.strip()

    @property
    def remark(self) -> str:
        """What was said to it by phone."""
        return self._remark.value.strip() if self.by_phone else ""

    @property
    def signing(self) -> Signing | None:
        """What the desk is to check: a PIN, or ink; None while that is missing, or by phone."""
        if self.signed or self.by_phone:
            return None
        if self.how is SignedBy.PIN:
            return self._signature.signing
        sealed = self.how is SignedBy.SEAL
        ink = Ink(self._paper.value.strip(), self._page.value.strip(), seal=sealed)
        if not (self.agreed_by and ink.paper and ink.page):
            return None
        asked = self.asked
        return Signing(self.agreed_by, "", asked.role, asked.role_name, ink)

    @property
    def lacks(self) -> bool:
        """Whether something is missing still, for the way that is chosen."""
        if self.signed:
            return False
        return not self.agreed_by if self.by_phone else self.signing is None

    # ---- going through it

    def lacking(self, pin: str) -> str:
        """Put the focus on what is missing; gives the words for it, ``pin`` where that is it."""
        self.focus_missing()
        if self.by_phone:
            return _("Enter who agreed by phone.")
        if self.how is SignedBy.PIN:
            return pin
        if not self.agreed_by:
            sealed = self.how is SignedBy.SEAL
            return _("Write whose seal it is.") if sealed else _("Write who signed in ink.")
        if not self._paper.value.strip():
            return _("Write on which paper it is signed: its name or its number.")
        return _("Write on which page of the paper it is signed.")

    def focus_missing(self) -> None:
        """Put the focus on what is not there yet."""
        if self.how is SignedBy.PIN:
            self._signature.focus_missing()
            return
        fields: list[Field] = [self._who]
        if self.how.on_paper:
            fields += [self._paper, self._page]
        next((f for f in fields if not f.value.strip()), fields[0]).focus()

    def offer_ways(self) -> bool:
        """No PIN is given: on to the choice of another way where one key alone would do.

        False where that is none: a PIN that comes after one Enter too many stays in its field.
        """
        phone = any(option.value == SignedBy.PHONE.value for option in self._way.options)
        if phone:
            self._way.focus()
        return phone

    def forget(self) -> None:
        """Take the PIN out of its field."""
        self._signature.forget()

    def last(self, focused: Widget | None) -> bool:
        """Whether Enter in that field ends the signature: nothing of it is missing."""
        ends = (self._page,) if self.how.on_paper else (self._who, self._remark, self._way)
        pin = isinstance(focused, Field) and focused.password
        return (pin or focused in ends) and not self.lacks

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """One way's fields stand there, never two; the name is first."""
        event.stop()
        how = self.how
        self._show_way()
        self._signature.forget()
        if not event.choice.has_focus:
            return  # it was put back as it was kept
        if how is SignedBy.PIN:
            self._signature.focus_missing()
        else:
            self._who.focus()

    def _show_way(self) -> None:
        """The fields of the way that is chosen, and no others."""
        how = self.how
        self.set_class(how is SignedBy.PHONE, "by-phone")
        self.set_class(how.on_paper, "in-ink")
        self._signature.display = how is SignedBy.PIN
        self._list_names()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other names match now."""
        event.stop()
        self._list_names()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: on to what comes next."""
        event.stop()
        if event.picker is not self._who:
            self._signature.focus_missing()
        elif self.how.on_paper:
            self._paper.focus()
        elif self._remarks:
            self._remark.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed here is nobody else's business."""
        event.stop()

    def _list_names(self) -> None:
        for names in self.query(PickList):
            if names.picker is self._who:
                names.display = bool(not self._who.picked and self._who.options)
                names.refresh(layout=True)


def owed_words(owed: SignOff, now: datetime, zone: tzinfo) -> str:
    """What was agreed by phone and is still to be signed."""
    time = short_time(owed.at, now, zone)
    words = _("{name} agreed by phone {time}: pending until signed, by PIN or in ink")
    return words.format(name=owed.name, time=time)


def given_words(given: SignOff, now: datetime, zone: tzinfo) -> str:
    """Who has signed, when, and where it stands in ink."""
    time = short_time(given.signed_at or given.at, now, zone)
    said = _("* signed by {name} {time}").format(name=given.name, time=time)
    return joined(said, ink_words(given.ink))
