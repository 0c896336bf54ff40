"""A printed form as data: what stands on it, who signs it and how, who gets a copy.

A field has its words from one of three hands: the record (``source``), whoever prints it
(``typed``), or a pen (``ink``). The records mirror ``[[form]]`` of a procedure key by key.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.words.terms import Label, SignedBy

SCOPES = ("case", "list", "period")
"""What a form is about: one case, several rows of a list, a stretch of time."""

STAGES = ("opened", "notified", "issued", "written_off", "final", "invalid")
"""From when on a form is offered; ``issued``: its number is drawn as the paper is handed out."""

PAGES = ("A4", "A5")

CASE_SOURCES = (
    *("number", "opened", "received", "place", "caller", "phone", "content", "category", "level"),
    *("channel", "facts", "taken_by", "assignee", "assignee_role", "told", "rings", "nature"),
    *("feedback", "feedback_by", "follow_ups", "promise", "reason", "valid", "satisfaction"),
    *("compensation", "method", "written_off", "closed", "orders", "lessons", "stage", "due"),
)
"""What ``case.`` can ask of a case."""

PAPER_SOURCES = ("number", "received", "signed_by", "signed", "filed", "charge")
"""What ``paper.`` can ask of its closing paper."""

STEP_SOURCES = ("", "at", "by", "who", "note")
"""What ``step.ID.`` can ask of an act: all of it, when, who wrote it down, whom it was with, what
was said."""

SIGN_SOURCES = ("", "name", "at", "way")
"""What ``sign.ID.`` can ask of a signature: all of it, who, when, in which way."""


class FormField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field. ``source`` is a path: ``case.place``, ``step.ID``, ``item.ID``, ``sign.ID``.

    ``typed``: it is asked for before the form is printed, and the record keeps it. ``ink``: so
    many lines are left to write on by hand; where the record has nothing for a ``source``, they
    are left too. ``boxes``: words to be ticked by hand. ``wide``: it has a row of its own.
    """

    id: str
    label: Label
    source: str = ""
    typed: bool = False
    ink: int = 0
    boxes: tuple[Label, ...] = ()
    wide: bool = False


class FormSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to sign: for whom, and in which ways.

    ``role`` signs; anybody where it is empty (a resident). ``sign``: the signature of the record
    that is printed there once it is given: an item of the checklist or a step; ``paper`` is the
    closing paper's own. ``seal``: a place for the seal 盖章, beside the hand's.
    """

    id: str
    label: Label
    role: str = ""
    ways: tuple[SignedBy, ...] = (SignedBy.INK,)
    sign: str = ""
    seal: bool = False


class FormCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sheet of a form: what it is called, and to whom it goes. ``source``: setting or rule."""

    label: Label
    to: Label
    source: str = "setting"


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper or book the procedure names. Without fields it is named only, and not printed.

    ``number`` is the document's (QR/GR-018), ``version`` its issue (A/0). ``prefix``: before the
    case's number in a range of the form's own; of the closing paper the desk's range of slips
    counts. ``levels``: it is offered for cases of these alone; of all where empty. ``filed``:
    where it is bound; ``retention_years``: 0 as the procedure's. ``note``: a sentence below its
    fields. ``torn``: both copies stand on one sheet, to be torn in two. ``letter``: it ends with
    the sender, the day and the place of the seal (落款).
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
    levels: tuple[str, ...] = ()
    note: Label | None = None

    @property
    def printed(self) -> bool:
        """Whether it has fields of its own to be printed with."""
        return bool(self.fields)

    @property
    def typed(self) -> tuple[FormField, ...]:
        """The fields that are asked for before it is printed."""
        return tuple(each for each in self.fields if each.typed)
