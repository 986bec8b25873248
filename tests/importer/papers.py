"""Office papers as offices have them, made small: Word by python-docx, Excel by openpyxl.

In a table `<` joins a cell to the one on its left, `^` to the one above.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook

from planctl.forms import FORMS
from planctl.importer import read
from planctl.importer.recognition import recognised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.forms.paper import Draft
    from planctl.importer.headings import Wanted
    from planctl.importer.recognition import Reading

LEFT, ABOVE = "<", "^"
_SIDES = {"c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}


def word(*blocks: str | tuple[str, str] | list[list[str]]) -> bytes:
    """Return a Word file: a text is a paragraph (with its look: c, r, b), a list of rows a table."""
    document = Document()
    for block in blocks:
        if isinstance(block, list):
            _add_table(document, block)
        else:
            text, look = block if isinstance(block, tuple) else (block, "")
            paragraph = document.add_paragraph()
            paragraph.add_run(text).bold = "b" in look
            paragraph.alignment = next((_SIDES[sign] for sign in look if sign in _SIDES), None)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if text not in {LEFT, ABOVE}:
                table.cell(at, place).text = text
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if text not in {LEFT, ABOVE, ""}:
                last, lowest = place, at
                while last + 1 < len(row) and row[last + 1] == LEFT:
                    last += 1
                while lowest + 1 < len(rows) and rows[lowest + 1][place] == ABOVE:
                    lowest += 1
                if (last, lowest) != (place, at):
                    table.cell(at, place).merge(table.cell(lowest, last))


def excel(*rows: Sequence[object], formats: dict[str, str] | None = None) -> bytes:
    """Return a workbook of one sheet; `formats` gives cells their number formats."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def reading(content: bytes, name: str = "paper.docx", wanted: Wanted | None = None) -> Reading:
    """Return what is recognised in a file."""
    return recognised(read(content, name), wanted)


def drafted(content: bytes, name: str = "paper.docx", wanted: Wanted | None = None) -> tuple[dict[str, Any], list[Any]]:
    """Return the plan that comes of a file, and the entries of its items in order."""
    draft = draft_of(content, name, wanted)
    return draft.plan, list(draft.entries.values())


def draft_of(content: bytes, name: str = "paper.docx", wanted: Wanted | None = None) -> Draft:
    """Return what comes of a file."""
    paper = reading(content, name, wanted).paper
    assert paper is not None
    compose = FORMS[paper.form].draft
    assert compose is not None
    return compose(paper)
