"""A printed form as data: what stands on it, who signs it and how, who gets a copy.

A field has its words from one of three hands: the record (``source``), whoever prints it
(``typed``), or a pen (``ink``). The records mirror ``[[form]]`` of a procedure key by key.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from dispatcher_tui.domain.words.terms import Label, SignedBy

SCOPES = ("case", "list", "period")
"""What a form is about: one case, several rows of a list, a stretch of time."""

STAGES = ("opened", "notified", "issued", "written_off", "invalid")
"""From when on a form is offered; ``issued``: once its number was drawn and it is out."""

PAGES = ("A4", "A5")

_WORDING = 8
"""Hexadecimal digits by which the wordings of a form are told apart."""

CASE_SOURCES = (
    *("number", "opened", "received", "taken_by", "place", "caller", "phone", "content"),
    *("category", "level", "channel", "facts", "rings", "assignee", "assignee_role", "told"),
    *("follow_ups", "promise", "feedback", "feedback_by", "satisfaction", "compensation"),
    *("valid", "reason", "method", "written_off", "lessons", "tied_to"),
)
"""What ``case.`` can ask of a case."""

SATISFACTION = "case.satisfaction"
"""The field that is ticked in the words of the screen, whoever made the form."""

PAPER_SOURCES = ("number", "received", "signed_by", "filed", "charge")
"""What ``paper.`` can ask of its closing paper."""

STEP_SOURCES = ("at", "by", "who", "note")
"""What ``step.ID.`` can ask of an act: when, who wrote it down, whom it was with, what was said;
``step.ID`` alone is all of it, and ``step.ID.FIELD`` a field that the act is recorded with."""


class FormField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One field. ``source`` is a path: ``case.place``, ``paper.number``, ``step.ID``, ``item.ID``.

    ``also``: further paths, of which the first that has words counts where ``source`` has none.
    ``typed`` is the name under which it is asked for before the form is printed, and kept in the
    record. ``ink``: so many lines are left for the hand, also where the record has nothing yet for
    a ``source``. ``boxes``: words to be ticked by hand. ``label``: what stands beside it, the
    source's own name where there is none. ``wide``: it has a row of its own.
    """

    label: Label | None = None
    source: str = ""
    also: tuple[str, ...] = ()
    typed: str = ""
    ink: int = 0
    boxes: tuple[Label, ...] = ()
    wide: bool = False


class FormSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place to sign: for whom, and in which ways: those of ``ways``, and the seal where it has a
    place.

    ``role`` signs; whoever it concerns where it is empty (a resident). ``sign``: the signature of
    the record that is printed there once it is given, by the item or step it is for; ``paper`` is
    the closing paper's own. ``seal``: a place for the seal 盖章. Where ``phone`` is among the ways
    of somebody without a role, a word by telephone has no signature, and the form says so.
    """

    label: Label
    role: str = ""
    ways: tuple[SignedBy, ...] = (SignedBy.INK,)
    sign: str = ""
    seal: bool = False

    @property
    def allowed(self) -> tuple[SignedBy, ...]:
        """Every way in which it may be signed, in the order of their digits."""
        ways = {*self.ways, *((SignedBy.SEAL,) if self.seal else ())}
        return tuple(how for how in SignedBy if how in ways)


class FormCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One sheet of a form: what it is called, and to whom it goes."""

    label: Label
    to: Label


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A paper or book the procedure names. Without fields it is named only, and not printed so.

    ``number`` is the document's (QR/GR-018), ``version`` its issue (A/0). ``prefix``: what begins
    the numbers of a range of the form's own; the closing paper has the desk's range of slips.
    ``levels``, ``tags``: it is offered for cases of these alone; of all where empty. ``filed``:
    where it is bound; ``retention_years``: 0 as the procedure's. ``torn``: both copies stand on one
    sheet, to be torn in two.
    ``valid``: a register of those cases alone that were found valid.
    ``letter``: it is addressed to somebody, and ends with sender, day and seal.
    ``text``: its paragraphs; a path in braces stands for what the record has there.
    ``up``: it is a notice that is hung, and this the act that it hangs at every door it is for;
    ``down``: the act that the last one came down. ``anywhere``: it hangs at any place, not at the
    doors of buildings alone. ``needs``: the act without which it has nothing to tell.
    """

    id: str
    label: Label
    number: str = ""
    version: str = ""
    rule: str = ""
    scope: str = "case"
    stage: str = "opened"
    page: str = "A4"
    fields: tuple[FormField, ...] = msgspec.field(name="field", default=())
    signers: tuple[FormSigner, ...] = msgspec.field(name="signer", default=())
    copies: tuple[FormCopy, ...] = msgspec.field(name="copy", default=())
    prefix: str = ""
    filed: Label | None = None
    retention_years: int = 0
    torn: bool = False
    letter: bool = False
    valid: bool = False
    levels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: tuple[Label, ...] = ()
    up: str = ""
    down: str = ""
    anywhere: bool = False
    needs: str = ""

    @property
    def edition(self) -> str:
        """Its issue, and what tells this wording of it from any other: how the SHA-256 of what its
        procedure says of it begins."""
        wording = sha256(msgspec.json.encode(self)).hexdigest()[:_WORDING]
        return f"{self.version} #{wording}".strip()

    @property
    def printed(self) -> bool:
        """Whether it has fields of its own to be printed with."""
        return bool(self.fields or self.text)

    @property
    def asked(self) -> tuple[FormField, ...]:
        """The fields that are asked for before it is printed."""
        return tuple(each for each in self.fields if each.typed)


PLACE = "form"
"""What the subject of a signature begins with that stands on a form: ``form:liaison_sheet:1``."""


def place_subject(form: str, place: int) -> str:
    """What a signature is for that stands on a form of that id, in its place counted from 1."""
    return f"{PLACE}:{form}:{place}"


def is_place(subject: str) -> bool:
    """Whether a signature's subject is a place on a form."""
    return subject.startswith(f"{PLACE}:")


def place_of(forms: Iterable[Form], subject: str) -> tuple[Form, FormSigner] | None:
    """The form and the place that a signature is for; None where it is for none of these."""
    for form in forms:
        for number, signer in enumerate(form.signers, 1):
            if place_subject(form.id, number) == subject:
                return form, signer
    return None


def ranges_meet(one: str, other: str) -> bool:
    """Whether the numbers after two prefixes may be the same: ``A-`` and ``A-1`` have some."""
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    return long.startswith(short) and (not rest or (rest.isascii() and rest.isdigit()))


def plain_form(label: Label, signer: str, signed: Label | None) -> Form:
    """A closing paper of a text that was adopted before forms had fields.

    It has what every paper of a case has, room to write, and the signature that the text asks for.
    """
    sources = ("number", "opened", "place", "level", "caller", "phone", "assignee", "told")
    fields = tuple(FormField(source=f"case.{name}") for name in sources)
    content = FormField(source="case.content", wide=True)
    ways = (SignedBy.PIN, SignedBy.INK)
    signers = (FormSigner(signed, signer, ways, "paper"),) if signed else ()
    return Form("", label, fields=(*fields, content, FormField(ink=6, wide=True)), signers=signers)
