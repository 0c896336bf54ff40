"""A document as PDF: A4 or A5, fonts embedded, the same bytes for the same document.

Imported only where something is printed: reportlab is no part of a start.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.reports.document import Document, Para
from dispatcher_tui.reports.pdf.faces import Faces
from dispatcher_tui.reports.pdf.lacking import desk_words, foot_words, lacking
from dispatcher_tui.reports.pdf.layout import pages
from dispatcher_tui.reports.pdf.pages import PAPERS, Ink, Shade, Stroke, Words

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_DASHES = [4, 3]
_BOLDER = 0.03
"""Width of the outline that makes letters bold, in parts of their size: Chinese has no bold cut."""

_FILL, _FILL_AND_OUTLINE = 0, 2


def lacking_words(document: Document, fonts: Path) -> str:
    """What is said at the desk of the characters that cannot be printed; empty where all can.

    Raises:
        FontMissing: a font that comes with the program is not there.
    """
    return desk_words(lacking(document, Faces(fonts)))


def _sheets(document: Document) -> Iterator[Document]:
    """The document once for each of its copies, every one under its own label."""
    if not document.copies:
        yield document
    for label, to in document.copies:
        marked = f"[{label}]"
        whose = labelled(_("For"), to) if to else ""
        yield replace(
            document,
            title=f"{document.title} {marked}",
            subtitle="  ".join(filter(None, (document.subtitle, whose))),
            head=f"{document.head}  {marked}",
        )


def _write(canvas: Canvas, faces: Faces, words: Words, top: float) -> None:
    """One line, each stretch of it in the font that has its characters."""
    text: PDFTextObject = canvas.beginText(words.x, top - words.y)
    canvas.setLineWidth(words.size * _BOLDER)
    text.setTextRenderMode(_FILL_AND_OUTLINE if words.bold else _FILL)
    for font, stretch in faces.runs(words.text):
        text.setFont(font, words.size)
        text.textOut(stretch)
    # The mode outlives the text it was set in: without this all that follows would be bold too.
    text.setTextRenderMode(_FILL)
    canvas.drawText(text)


def _draw(canvas: Canvas, faces: Faces, ink: Ink, top: float) -> None:
    """One ink; ``top`` is the height of the page, which PDF counts from below."""
    match ink:
        case Words():
            _write(canvas, faces, ink, top)
        case Stroke():
            canvas.setLineWidth(ink.width)
            if ink.dashed:
                canvas.setDash(_DASHES)
            canvas.line(ink.x, top - ink.y, ink.to_x, top - ink.to_y)
            if ink.dashed:
                canvas.setDash()
        case Shade():
            canvas.setFillGray(ink.grey)
            low = top - ink.y - ink.height
            canvas.rect(ink.x, low, ink.width, ink.height, stroke=0, fill=1)
            canvas.setFillGray(0)


def _plain(text: str) -> str:
    return clean_text(text, multiline=False).text


def pdf(document: Document, fonts: Path) -> bytes:
    """The document as the bytes of a PDF file.

    Args:
        document: what to print; its texts are taken as they are, none is markup.
        fonts: the folder of the fonts that come with the program.

    Raises:
        FontMissing: one of them is not there.
    """
    faces, paper = Faces(fonts), PAPERS[document.page]
    stream = BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(paper.width, paper.height),
        pageCompression=1,
        invariant=1,
        lang=_LANGUAGES[document.language],
        initialFontName=faces.first,  # the default one would not be embedded
    )
    canvas.setTitle(_plain(f"{document.title} {document.subtitle}".strip()))
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("dispatcher-tui")
    canvas.setProducer("dispatcher-tui")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    found = lacking(document, faces)
    note = Para(foot_words(found)) if found else None
    for page in (page for sheet in _sheets(document) for page in pages(sheet, faces, note)):
        # Grounds first, or they would cover what a neighbour wrote over its edge.
        for ink in sorted(page, key=lambda ink: not isinstance(ink, Shade)):
            _draw(canvas, faces, ink, paper.height)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
