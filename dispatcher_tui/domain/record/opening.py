"""What a case is opened with: declared once, carried from the form to the case.

``Told`` is what the form, the command and the case have alike; ``Opening`` is what a command and
the case have beside it. ``FIELDS`` says of everything that is told where else it goes. The journal
has a body of its own, ``CaseOpened``: its keys and their order are a contract.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

import msgspec

from dispatcher_tui.domain.words.terms import Channel, Fact


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is told when a case is opened, and kept with it under the same name.

    ``panel``: which alarm panel it came from, empty for the one without a name.
    """

    place: str = ""
    category: str = ""
    channel: Channel = Channel.PHONE
    facts: tuple[Fact, ...] = ()
    panel: str = ""


class Opening(Told, frozen=True, kw_only=True):
    """What a case keeps of its opening: what was told, and what the desk knew of it.

    ``registered``: the register has the place; ``tags`` and ``case_class`` are the category's.
    ``verbatim``: the words as they were said. ``tied_to`` is the number of the emergency in which
    a leader ordered it (E-08), or of the case that it comes from.
    """

    registered: bool = False
    case_class: str = ""
    tags: tuple[str, ...] = ()
    verbatim: str = ""
    tied_to: str = ""


class Typed(Enum):
    """How a field is typed: in one line, in several, or chosen, one or many."""

    LINE = auto()
    WORDS = auto()
    CHOICE = auto()
    CHOICES = auto()


class OpeningField(msgspec.Struct, frozen=True):
    """Something that is told when a case is opened, and where else it goes.

    ``name``: in the record, in JSON and of a correction; ``form`` on the intake's form and
    ``option`` of ``case open``, where they are called otherwise. ``corrected``: it can be put
    right later. ``found``: how many characters of it a search looks at by itself. ``beside``: it
    stands beside how the case came in wherever that is told, and in JSON where it was told.
    """

    name: str
    typed: Typed = Typed.LINE
    form: str = ""
    option: str = ""
    corrected: bool = False
    found: int = 0
    beside: bool = False

    @property
    def on_form(self) -> str:
        """Its name on the intake's form."""
        return self.form or self.name

    @property
    def as_option(self) -> str:
        """Its name on the command line, without the dashes."""
        return self.option or self.on_form.replace("_", "-")


FIELDS = (
    OpeningField("place", corrected=True),
    OpeningField("caller", corrected=True),
    OpeningField("phone", corrected=True),
    OpeningField("category", Typed.CHOICE, corrected=True),
    OpeningField("channel", Typed.CHOICE),
    OpeningField("verbatim", Typed.WORDS, form="said", corrected=True, found=4_000),
    OpeningField("facts", Typed.CHOICES, option="fact"),
    OpeningField("panel", beside=True),
)
"""In the order in which they can be corrected and stand in the command line's help."""

TEXTS = tuple(each for each in FIELDS if each.typed in (Typed.LINE, Typed.WORDS))
"""What is typed freely: it is cleaned on its way in."""
BESIDE = tuple(each.name for each in FIELDS if each.beside)
CORRECTED = tuple(each.name for each in FIELDS if each.corrected)


def carried(source: msgspec.Struct, kind: type[Told]) -> dict[str, Any]:
    """The fields of ``kind`` as ``source`` has them, for the next record on their way."""
    return {name: getattr(source, name) for name in kind.__struct_fields__}
