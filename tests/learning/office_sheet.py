"""An office's own Word sheets: its fonts, colours, widths, a logo, the columns in its own order.

In a table a row of one text is a section row over the full width; `^` joins a cell to the one above, `<` to the left.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIDES = {"c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT, "j": WD_ALIGN_PARAGRAPH.JUSTIFY}
BLUE = RGBColor(0x1F, 0x3A, 0x6E)


def new() -> Any:
    """Return a document of A4 across in the office's own letters, with its logo and name in the page header."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(22), Mm(14)
    header = section.header.paragraphs[0]
    header.add_run().add_picture(BytesIO(_logo()), width=Mm(12))
    header.add_run("  Талын-Өндөр сумын Засаг даргын Тамгын газар")
    return document


def _logo() -> bytes:
    """Return a small red square as PNG."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    row = b"\x00" + b"\xc0\x20\x20" * 8
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 8)) + chunk(b"IEND", b"")


def line(  # noqa: PLR0913
    holder: Any, text: str, *, side: str = "", bold: bool = False, size: float = 11, colour: RGBColor | None = None
) -> Any:
    """Add a paragraph in the office's letters."""
    paragraph = holder.add_paragraph()
    return dressed(paragraph, text, side=side, bold=bold, size=size, colour=colour)


def dressed(  # noqa: PLR0913
    paragraph: Any, text: str, *, side: str = "", bold: bool = False, size: float = 11, colour: RGBColor | None = None
) -> Any:
    """Put a text into a paragraph in the office's letters."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = "Times New Roman", Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
    if side:
        paragraph.alignment = SIDES[side]
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def table(
    document: Any,
    headings: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    centred: Sequence[int] = (),
) -> Any:
    """Add a table: blue headings on grey, ochre section rows, small letters, widths in millimetres."""
    columns = len(widths)
    grid = [*headings, *([one[0], *["<"] * (columns - 1)] if len(one) == 1 else one for one in rows)]
    made = document.add_table(len(grid), columns)
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for at, width in enumerate(widths):
        made.columns[at].width = Mm(width)
    for at, row in enumerate(grid):
        for place, text in enumerate(row):
            cell = made.cell(at, place)
            cell.width = Mm(widths[place])
            if text in {"<", "^"}:
                continue
            is_heading, is_section = at < len(headings), at >= len(headings) and len(rows[at - len(headings)]) == 1
            _fill(cell, text, is_heading=is_heading, is_section=is_section, is_centred=place in centred)
    _merge(made, grid)
    for at in range(len(headings)):
        properties = made.rows[at]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
    return made


def _fill(cell: Any, text: str, *, is_heading: bool, is_section: bool, is_centred: bool) -> None:
    for number, words in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        dressed(
            paragraph,
            words,
            side="c" if is_heading or is_centred else "",
            bold=is_heading or is_section,
            size=9,
            colour=BLUE if is_heading else None,
        )
    if is_heading or is_section:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "D9E2F3" if is_heading else "FFF2CC")
        cell._tc.get_or_add_tcPr().append(shade)


def _merge(made: Any, grid: Sequence[Sequence[str]]) -> None:
    for at, row in enumerate(grid):
        for place, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            last, lowest = place, at
            while last + 1 < len(row) and row[last + 1] == "<":
                last += 1
            while lowest + 1 < len(grid) and grid[lowest + 1][place] == "^":
                lowest += 1
            if (last, lowest) != (place, at):
                made.cell(at, place).merge(made.cell(lowest, last))


def saved(document: Any) -> bytes:
    """Return the bytes of a document."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# What a page shows


def page(content: bytes) -> list[Any]:
    """Return the texts of a document as they stand: paragraphs, and tables as rows of cells, blank lines left out."""
    body = Document(BytesIO(content)).element.body
    shown: list[Any] = []
    for child in body:
        if child.tag == qn("w:p"):
            if text := _text(child):
                shown.append(text)
        elif child.tag == qn("w:tbl"):
            shown.append([[_cell_text(cell) for cell in row.iter(qn("w:tc"))] for row in child.iter(qn("w:tr"))])
    return shown


def _text(paragraph: Any) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    pieces = [
        (one.text or "") if one.tag == qn("w:t") else signs[one.tag] if one.getparent().tag == qn("w:r") else ""
        for one in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
    ]
    text = "".join(pieces).strip()
    is_capital = any(run.find(f"{qn('w:rPr')}/{qn('w:caps')}") is not None for run in paragraph.iter(qn("w:r")))
    return text.upper() if is_capital else text


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, map(_text, cell.iter(qn("w:p")))))


def looks(content: bytes) -> list[Mapping[str, Any]]:
    """Return how the tables of a document look: widths, and row by row the letters, shades and merges of the cells."""
    body = Document(BytesIO(content)).element.body
    return [
        {
            "grid": [column.get(qn("w:w")) for column in found.iter(qn("w:gridCol"))],
            "rows": [[_look(cell) for cell in row.iter(qn("w:tc"))] for row in found.iter(qn("w:tr"))],
        }
        for found in body.iterchildren(qn("w:tbl"))
    ]


def _look(cell: Any) -> tuple[object, ...]:
    """Return the merges, shade, width, alignment and letters of a cell; capitals apart, which may be typed ones."""

    def value(path: str, name: str = "val") -> str | None:
        found = cell.find("/".join(qn(f"w:{step}") for step in path.split("/")))
        return None if found is None else found.get(qn(f"w:{name}"), "")

    if value("tcPr/vMerge") in {"", "continue"}:
        return ("merged into the one above",)
    run = next((one for one in cell.iter(qn("w:r")) if one.find(qn("w:t")) is not None), None)
    looks_of_run = [] if run is None else list(run.iterfind(f"{qn('w:rPr')}/*"))
    letters = [(one.tag.split("}")[1], one.get(qn("w:val")) or one.get(qn("w:ascii"))) for one in looks_of_run]
    return (
        value("tcPr/gridSpan"),
        value("tcPr/vMerge"),
        value("tcPr/shd", "fill"),
        value("tcPr/tcW", "w"),
        value("p/pPr/jc"),
        [look for look in letters if look[0] != "caps"],
    )
