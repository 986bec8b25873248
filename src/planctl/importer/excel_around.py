"""What stands around the cells of a worksheet: names, comments, hidden columns, headers, footers and drawn boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.importer.excel_texts import plain_lines, string_of
from planctl.importer.excel_xml import AREA, MAIN, TRUE, column_number
from planctl.importer.grid import LAST_COLUMN, Sheet
from planctl.importer.limits import count_in
from planctl.importer.office_file import Cell, Note
from planctl.importer.signs import signs_of
from planctl.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.importer.package import Package
    from planctl.render.wordml.xml import Element

_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{6}|[0-9]{1,3}|[BIUSEXYFADTPNGOHZ])')


def names_in(workbook: Element) -> dict[str, dict[tuple[int, int], tuple[str, ...]]]:
    """Return the workbook's names for cells, by worksheet and place; those that Excel makes for itself left out."""
    names: dict[str, dict[tuple[int, int], tuple[str, ...]]] = {}
    for defined in workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        name = defined.get("name", "")
        found = _NAMED.fullmatch((defined.text or "").strip())
        if not found or name.startswith(("_xlnm", "_xlfn")):
            continue
        area = AREA.fullmatch(found[3])
        if area is None:
            continue
        cells = names.setdefault((found[1] or found[2]).replace("''", "'"), {})
        at = int(area[2]), column_number(area[1])
        cells[at] = (*cells.get(at, ()), name)
    return names


def hide_columns(column: Element, sheet: Sheet) -> None:
    """Note the columns that one description of columns hides."""
    if column.get("hidden", "0") not in TRUE:
        return
    first, last = count_in(column.get("min")), count_in(column.get("max"))
    if first and last:
        sheet.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))


def notes_in(package: Package, parts: list[str]) -> dict[tuple[int, int], tuple[str, Note]]:
    """Return the comments of a worksheet by row and column, each with the cell's reference."""
    notes = {}
    for part in parts:
        if part not in package:
            continue
        root = package.tree(part)
        authors = [one.text or "" for one in root.iterfind(f"{MAIN}authors/{MAIN}author")]
        for comment in root.iterfind(f"{MAIN}commentList/{MAIN}comment"):
            found = AREA.fullmatch(comment.get("ref", ""))
            texts = comment.find(f"{MAIN}text")
            if found is None or texts is None:
                continue
            author = count_in(comment.get("authorId"))
            named = authors[author] if author is not None and author < len(authors) else ""
            text = plain_lines(string_of(texts))
            at = int(found[2]), column_number(found[1])
            notes[at] = comment.get("ref", ""), Note("comment", text, named, signs_of(text))
    return notes


def keep_lonely_notes(sheet: Sheet, notes: dict[tuple[int, int], tuple[str, Note]]) -> None:
    """Give comments on empty cells a cell of their own."""
    for (row, column), (_reference, note) in notes.items():
        cells = [
            *sheet.rows.get(row, ()),
            Cell("", Place(sheet.name, row=row, column=column), row, column, notes=(note,)),
        ]
        sheet.rows[row] = sorted(cells, key=lambda cell: cell.column)


def headers_in(element: Element) -> Iterator[tuple[str, Place]]:
    """Yield the texts above and below the printed pages, without the signs that Excel writes for looks and numbers."""
    for child in element:
        part = "header" if str(child.tag).endswith("Header") else "footer"
        for text in re.split("&[LCR]", child.text or ""):
            shown = plain_lines(_HEADER_CODES.sub("", text).replace("&&", "&"))
            # What is left of "page 1 / 5" without its numbers says nothing.
            if any(letter.isalnum() for letter in shown):
                yield shown, Place(part="header" if part == "header" else "footer")


def drawn_in(drawing: Element) -> Iterator[str]:
    """Yield the texts of the boxes that lie over the cells."""
    for body in drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"):
        lines = (
            "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING_TEXT}t"))
            for paragraph in body.iter(f"{_DRAWING_TEXT}p")
        )
        if text := plain_lines("\n".join(lines)):
            yield text
