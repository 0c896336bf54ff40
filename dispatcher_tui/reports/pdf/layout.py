"""Where everything of a document stands on its pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dispatcher_tui.reports.document import (
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    NewPage,
    Para,
    SignatureField,
    SignHere,
    Table,
    Tear,
)
from dispatcher_tui.reports.pdf.chart_ink import draw_chart, least_chart
from dispatcher_tui.reports.pdf.grid import (
    PAD,
    Grid,
    draw_grid,
    grid_of_facts,
    grid_of_table,
    label_width,
    least,
    row_height,
)
from dispatcher_tui.reports.pdf.pages import (
    ASCENT,
    CELL,
    GAP,
    PAPERS,
    PART,
    SMALL,
    SUBTITLE,
    TITLE,
    Ink,
    Pages,
    Shade,
    Stroke,
    Type,
    Words,
    height,
)

_TEXT = 9.0
_LARGE = 15.0
"""Size of running text."""

_Lines = tuple[str, ...]
_Laid = Grid | Chart | Tear | NewPage | SignHere | _Lines


def _size(block: Block) -> float:
    """The size of a block that is no grid."""
    if isinstance(block, Heading):
        return PART if block.level == 1 else _TEXT + 0.5
    if isinstance(block, Para) and block.large:
        return _LARGE
    return _TEXT


def _label_widths(flow: Pages, blocks: Sequence[Block]) -> list[float]:
    """For each block the width of its labels: facts that follow one another have the same."""
    widths: list[float] = []
    for is_facts, run in groupby(blocks, lambda block: isinstance(block, Facts)):
        together = list(run)
        facts = [each for each in together if isinstance(each, Facts)]
        widths += [label_width(flow, facts) if is_facts else 0.0] * len(together)
    return widths


def _laid(flow: Pages, block: Block, labels: float) -> _Laid:
    """A block broken to the page's width; a chart and a tear are drawn as they are."""
    match block:
        case Chart() | Tear() | NewPage() | SignHere():
            return block
        case Facts():
            return grid_of_facts(flow, block, labels)
        case Table():
            if block.rows:
                return grid_of_table(flow, block)
            text = block.empty
        case Heading() | Para():
            text = block.text
    return flow.lines(text, flow.paper.room, _size(block))


def _least(flow: Pages, block: Block, laid: _Laid, tail: float) -> float:
    """The height without which a block is not begun; ``tail``: see ``_tails``."""
    match laid:
        case Grid():
            return least(flow, laid, tail)
        case Chart():
            return least_chart(flow, laid)
        case Tear() | NewPage() | SignHere():
            return 0.0
    lines = len(laid) if isinstance(block, Heading) else min(len(laid), 2)
    return height(lines, _size(block)) + GAP


_TAIL_LINES = 2
"""A text of no more lines stays between a table and the fields to sign in."""


def _tails(
    flow: Pages, blocks: Sequence[Block], laid: Sequence[_Laid], document: Document
) -> list[float]:
    """For each block the height of the fields to sign in that follow it, with what stands between:
    they do not stand on a page without the end of what they sign."""
    tail = 0.0 if SignHere() in document.blocks else signatures_height(flow, document)
    found = list[float]()
    for block, form in zip(reversed(blocks), reversed(laid), strict=True):
        found.append(tail)
        if isinstance(block, SignHere):
            tail = signatures_height(flow, document)
        elif tail and isinstance(form, tuple) and len(form) <= _TAIL_LINES:
            tail += height(len(form), _TEXT) + GAP
        else:
            tail = 0.0
    return found[::-1]


def _draw_blocks(flow: Pages, blocks: Sequence[Block], document: Document) -> None:
    """Every block in order; a heading stays with the beginning of what it names."""
    widths = _label_widths(flow, blocks)
    laid = [_laid(flow, *each) for each in zip(blocks, widths, strict=True)]
    below = (*blocks[1:], None)[: len(blocks)]
    tails = _tails(flow, blocks, laid, document)
    together = 0.0
    needs = []
    for block, form, tail in zip(*map(reversed, (blocks, laid, tails)), strict=True):
        own = _least(flow, block, form, tail)
        together = own + together if isinstance(block, Heading) else own
        needs.append(together)
    for block, form, need, after, tail in zip(
        blocks, laid, reversed(needs), below, tails, strict=True
    ):
        flow.need(need)
        match form:
            case Grid():
                draw_grid(flow, form, tail)
                if isinstance(block, Facts) and isinstance(after, Facts):
                    flow.y -= GAP  # one form, whatever stands beside what
                continue
            case Chart():
                draw_chart(flow, form)
                continue
            case Tear():
                _tear(flow)
                continue
            case NewPage():
                flow.begin(form.part)
                continue
            case SignHere():
                _draw_signatures(flow, document)
                continue
        heading = isinstance(block, Heading)
        flow.write(form, _size(block), bold=heading)
        flow.y += GAP / 3 if heading else GAP


def _tear(flow: Pages) -> None:
    """Go on below the middle of the page, past a line to tear along, or on the next page: there
    too where the first part took more than half of one."""
    middle = flow.paper.top + flow.paper.body / 2
    if flow.y > middle - GAP or len(flow.pages) > 1:
        flow.turn()
        return
    flow.ink(
        Stroke(flow.paper.left, middle, flow.paper.left + flow.paper.room, middle, dashed=True)
    )
    flow.y = middle + 2 * GAP


_HAND = 46.0
"""Height of the room for the hand's own signature and date."""


def _field_lines(flow: Pages, one: SignatureField, inner: float) -> list[tuple[str, float]]:
    """What is printed in a field, line by line with its size: the name, how it was signed here."""
    return [
        (line, size)
        for text, size in ((one.name, PART), (one.signed, CELL))
        for line in flow.lines(text, inner, size)
    ]


def _draw_field(
    flow: Pages, document: Document, one: SignatureField, x: float, width: float, tall: float
) -> None:
    """One field: part, name, how it was signed, and lines for the hand and the day."""
    top, inner = flow.y, width - 2 * PAD
    lower = top + tall
    flow.ink(Shade(x, top, width, row_height(1)))
    flow.ink(Stroke(x, top, x + width, top), Stroke(x, lower, x + width, lower))
    flow.ink(Stroke(x, top, x, lower), Stroke(x + width, top, x + width, lower))
    part = flow.lines(one.part, inner, CELL)[0]
    flow.ink(Words(x + PAD, top + PAD + CELL * ASCENT, part, CELL, bold=True))
    y = top + row_height(1) + PAD
    for line, size in _field_lines(flow, one, inner):
        flow.ink(Words(x + PAD, y + size * ASCENT, line, size))
        y += height(1, size)
    at, base = x + PAD, lower - 2.5 * PAD
    for label, share in ((document.hand, 0.6), (document.day, 0.4)):
        shown = flow.type.shown(label)
        end = at + inner * share
        begin = at + flow.type.length(shown) * SMALL + PAD
        flow.ink(Words(at, base, shown, SMALL), Stroke(begin, base + 2, end - 2 * PAD, base + 2))
        at = end


def _signature_pairs(
    flow: Pages, document: Document
) -> list[tuple[tuple[SignatureField, ...], float]]:
    """The fields two by two, and how high each two are."""
    inner = (flow.paper.room - GAP) / 2 - 2 * PAD
    fields = document.signatures
    found = []
    for pair in (fields[start : start + 2] for start in range(0, len(fields), 2)):
        printed = max(sum(height(1, s) for _l, s in _field_lines(flow, o, inner)) for o in pair)
        found.append((pair, row_height(1) + PAD + printed + _HAND))
    return found


def signatures_height(flow: Pages, document: Document) -> float:
    """How high the fields to sign in are, all together."""
    talls = [tall for _pair, tall in _signature_pairs(flow, document)]
    return sum(talls) + GAP * max(0, len(talls) - 1)


def _draw_signatures(flow: Pages, document: Document) -> None:
    """The fields two by two, all on one page where they do not take up half of it."""
    width = (flow.paper.room - GAP) / 2
    together = signatures_height(flow, document)
    if together <= flow.paper.body / 2:
        flow.need(together)
    for pair, tall in _signature_pairs(flow, document):
        flow.need(tall)
        for index, one in enumerate(pair):
            _draw_field(flow, document, one, flow.paper.left + index * (width + GAP), width, tall)
        flow.y += tall + GAP


def _one_line(flow: Pages, text: str, room: float) -> str:
    """What of a text goes on one line; that there is more is shown."""
    first, *more = flow.lines(text, room, SMALL)
    return f"{first}…" if more else first


def _draw_margins(flow: Pages, document: Document) -> None:
    """What stands on every page, now that it is known how many there are."""
    end = flow.paper.left + flow.paper.room
    for count, page in zip(flow.counts(), flow.pages, strict=True):
        taken = flow.type.length(count) * SMALL
        room = flow.paper.room - taken - 2 * GAP
        page += [
            Words(
                flow.paper.left,
                flow.paper.top - 16,
                _one_line(flow, document.head, flow.paper.room - GAP),
                SMALL,
            ),
            Stroke(flow.paper.left, flow.paper.top - 10, end, flow.paper.top - 10),
            Stroke(flow.paper.left, flow.paper.lowest + 12, end, flow.paper.lowest + 12),
            Words(
                flow.paper.left, flow.paper.lowest + 24, _one_line(flow, document.foot, room), SMALL
            ),
            Words(end - taken, flow.paper.lowest + 24, count, SMALL),
        ]


def _draw_marks(flow: Pages, mark: str) -> None:
    """The mark down the left margin of every page, a line as high as the smallest type."""
    step = SMALL * 1.42
    places = [
        flow.paper.top - 16 + step * n
        for n in range(int((flow.paper.lowest + 24 - flow.paper.top + 16) / step) + 1)
    ]
    for page in flow.pages:
        page += [Words(flow.paper.left / 3, y, mark, SMALL) for y in places]


def pages(document: Document, fonts: Type, note: Block | None = None) -> list[list[Ink]]:
    """What to draw on each page, in the order of drawing; ``note`` comes behind everything else."""
    flow = Pages(fonts, PAPERS[document.page])
    flow.write(flow.lines(document.title, flow.paper.room, TITLE), TITLE, bold=True, centred=True)
    if document.subtitle:
        flow.write(flow.lines(document.subtitle, flow.paper.room, SUBTITLE), SUBTITLE, centred=True)
    flow.y += GAP
    _draw_blocks(flow, document.blocks, document)
    if SignHere() not in document.blocks:
        _draw_signatures(flow, document)
    if note is not None:
        _draw_blocks(flow, [note], document)
    _draw_margins(flow, document)
    if document.mark:
        _draw_marks(flow, document.mark)
    return flow.pages
