"""A file read back by another program: a PDF's words and fonts, a workbook's cells."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from dispatcher_tui.site.shipped import data_dir

FONTS = data_dir() / "fonts"


def squeezed(text: str) -> str:
    """A text without spaces and line breaks: where lines were broken does not matter."""
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page in the order they were drawn, squeezed."""
    return [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def modes_drawn(pdf: bytes) -> list[list[int]]:
    """The text render mode of every text that is drawn on each page: 0 filled, 2 bold."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        modes, mode, drawn = list[int](), 0, False
        contents: Any = page.get_contents()
        for operands, operator in contents.operations:
            if operator == b"BT":
                drawn = False
            elif operator == b"Tr":
                mode = int(operands[0])
            elif operator == b"Tj" and not drawn:
                modes.append(mode)
                drawn = True
        found.append(modes)
    return found


def fonts_of(pdf: bytes) -> dict[str, Any]:
    """Every font of every page by its name, with what describes it."""
    found: dict[str, Any] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            found[str(font["/BaseFont"])] = font.get("/FontDescriptor")
    return found


def about(pdf: bytes) -> dict[str, str]:
    """What the file says about itself."""
    metadata = PdfReader(BytesIO(pdf)).metadata
    return {str(key): str(value) for key, value in (metadata or {}).items()}


def in_order(text: str, parts: list[str]) -> list[str]:
    """Those of the parts that do not stand in the text in this order."""
    at, missing = 0, []
    for part in parts:
        found = text.find(squeezed(part), at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(squeezed(part))
    return missing


def book_of(data: bytes) -> Any:
    """A workbook as openpyxl reads it."""
    return load_workbook(BytesIO(data))


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """What stands in each row of each sheet, without its empty cells."""
    return [
        tuple(cell for cell in row if cell is not None)
        for sheet in book_of(data)
        for row in sheet.iter_rows(values_only=True)
    ]
