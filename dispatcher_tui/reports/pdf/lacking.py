"""What the fonts cannot draw on a document: in which place of it, and which characters.

Asked before anything is laid out, so that whoever prints can be told without looking at the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.reports.document import (
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    NewPage,
    Para,
    SignHere,
    Table,
    Tear,
)
from dispatcher_tui.reports.pdf.faces import LACKING, Faces

_MOST_NOTED = 60
"""So many characters are named at the foot of a paper."""
_MOST_PLACES = 3
"""So many places are named at the desk."""


def _of_block(block: Block, under: str) -> Iterator[tuple[str, str]]:
    """The texts of a block, each with what its place is called."""
    match block:
        case Heading() | Para():
            yield under, block.text
        case Facts():
            for label, value in block.pairs:
                yield under, label
                yield label, value
        case Table():
            for column in block.columns:
                yield under, column.head
            for number, row in enumerate(block.rows, 1):
                for column, cell in zip(block.columns, row, strict=True):
                    yield f"{column.head} {number}", cell
        case Chart():
            for text in (block.title, *block.categories, *(each.name for each in block.series)):
                yield block.title, text
        case Tear() | NewPage() | SignHere():
            return


def texts_of(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a document, each with what its place is called: a field, a column and row."""
    under = document.title
    for text in (document.title, document.subtitle, document.head, document.foot):
        yield under, text
    for block in document.blocks:
        if isinstance(block, Heading):
            under = block.text
        yield from _of_block(block, under)
    for field in document.signatures:
        for text in (field.part, field.name, field.signed):
            yield field.part, text


def lacking(document: Document, faces: Faces) -> dict[str, tuple[str, ...]]:
    """By the places of a document the words in which no font has a character, each once."""
    found = dict[str, list[str]]()
    for place, text in texts_of(document):
        for word in faces.lacks(text):
            words = found.setdefault(place, [])
            if word not in words:
                words.append(word)
    return {place: tuple(words) for place, words in found.items()}


def foot_words(found: dict[str, tuple[str, ...]]) -> str:
    """What stands at the foot of the paper: where boxes are, and for which characters."""
    left, named = _MOST_NOTED, list[str]()
    for place, words in found.items():
        if left <= 0:
            named.append("..")
            break
        points = (" ".join(f"U+{ord(char):04X}" for char in word[:left]) for word in words)
        named.append(labelled(place, _(", ").join(points)))
        left -= sum(map(len, words))
    words_ = _("{box} stands for a character that cannot be printed. Write it in: {list}")
    return words_.format(box=LACKING, list=_("; ").join(named))


def desk_words(found: dict[str, tuple[str, ...]]) -> str:
    """What is said at the desk of such a paper; empty where there is nothing to say."""
    if not found:
        return ""
    places = [*list(found)[:_MOST_PLACES], *([".."] if len(found) > _MOST_PLACES else [])]
    words = _("Boxes on the paper, which no font has: {places}. Its foot names them: write them in")
    return words.format(places=_(", ").join(places))
