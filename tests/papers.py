"""Office papers as offices have them, made small: Word by python-docx, Excel by openpyxl.

In a table `<` joins a cell to the one on its left, `^` to the one above.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from ruamel.yaml import YAML

from planctl.forms.drafts import DRAFTS
from planctl.importer import read
from planctl.importer.office_file import Paragraph
from planctl.importer.recognition import recognised
from planctl.importer.uses import Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.forms.paper import Draft
    from planctl.importer.headings import Wanted
    from planctl.importer.office_file import OfficeFile
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
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
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
    return _draft(reading(content, name, wanted))


def table(text: str) -> list[list[str]]:
    """Return the rows of a table: a line each, its cells parted by bars, a line break in a cell as Python writes it."""
    return [
        [cell.strip().replace("\\n", "\n").replace("\\xad", "\xad") for cell in line.split("|")]
        for line in text.strip("\n").split("\n")
    ]


def read_yaml(text: str) -> Any:
    """Return what a YAML text says, every value a text."""
    return YAML(typ="base").load(text)


def head(found: Reading) -> dict[str, Any]:
    """Return what is around the tables of a paper, as far as it says it."""
    paper = found.paper
    assert paper is not None
    said: dict[str, Any] = {"form": paper.form, "kind": paper.kind}
    for key in ("period", "date", "place", "title", "reference", "organisation", "baseline_year"):
        if written := getattr(paper, key):
            said[key] = str(written)
    if paper.signatories:
        said["signatories"] = [
            [str(part or "") for part in (one.caption, one.post, one.name)] for one in paper.signatories
        ]
    if paper.passages:
        said["passages"] = [list(filter(None, (str(one.title), str(one.text)))) for one in paper.passages]
    return said


def plan_of(found: Reading) -> dict[str, Any]:
    """Return the plan that a paper comes to."""
    return _draft(found).plan


def entries_of(found: Reading) -> list[dict[str, Any]]:
    """Return what was done about each item, in order."""
    return list(_draft(found).entries.values())


def lost(found: Reading) -> list[str]:
    """Return the texts that stand in no field, were not counted, and say something."""
    draft = _draft(found)
    kept = {place for one in (*draft.origins.values(), *draft.left) for place in (one.place, *one.also)}
    kept |= {one.place for one in draft.counted}
    return [
        one.text
        for one in found.used
        if one.use is Use.LEFT or (one.use is Use.CELL and one.place not in kept and any(map(str.isalnum, one.text)))
    ]


def _draft(found: Reading) -> Draft:
    assert found.paper is not None
    return DRAFTS[found.paper.form](found.paper)


def placed_signs(file: OfficeFile) -> int:
    """Return the characters that stand in the blocks of a file and in their notes; none is to be lost."""
    holders = [one for block in file.blocks for one in ((block,) if isinstance(block, Paragraph) else block.cells())]
    return sum(one.signs + sum(note.signs for note in one.notes) for one in holders)
