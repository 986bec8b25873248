"""LibreOffice's spreadsheets (.ods): each worksheet a table.

In: a file's bytes. Out: `OfficeFile`. Rows and columns that the file says are repeated a million times are told apart
by whether they hold something, before any of them is made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from planctl.importer.excel_formats import dated, number_of, plain
from planctl.importer.grid import LAST_COLUMN, LAST_ROW, Area, Sheet
from planctl.importer.limits import Limits, count_in, too_many_columns
from planctl.importer.od_text import (
    ANNOTATION,
    DRAW,
    NUMBER,
    OFFICE,
    STYLE,
    TABLE,
    Inline,
    Looks,
    P,
    annotation,
    changes_in,
    read_inline,
    whole,
)
from planctl.importer.office_file import Block, Cell, OfficeFile, Paragraph, Typed
from planctl.importer.package import Package, damaged
from planctl.importer.remarks import Remarks
from planctl.importer.signs import signs_of
from planctl.importer.strangers import remark_on_package
from planctl.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.importer.office_file import Note
    from planctl.render.wordml.xml import Element

_SHEET, _ROW, _COLUMN, _CELL = (f"{TABLE}{name}" for name in ("table", "table-row", "table-column", "table-cell"))
_COVERED, _HEADING_ROWS, _TRACKED = (
    f"{TABLE}{name}" for name in ("covered-table-cell", "table-header-rows", "tracked-changes")
)
_SHAPES = f"{TABLE}shapes"
_AUTOMATIC = f"{OFFICE}automatic-styles"
_NAMED = f"{TABLE}named-range"
_TYPE, _ERROR_TYPE = (
    f"{OFFICE}value-type",
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type",
)
_FORMULA, _REPEATED, _VISIBILITY = f"{TABLE}formula", f"{TABLE}number-columns-repeated", f"{TABLE}visibility"
_ADDRESS = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::.*)?")
_DURATION = re.compile(r"P(?:([0-9]{1,6})D)?T(?:([0-9]{1,7})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,][0-9]*)?S)?")
_LONGEST_FORMULA = 60


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the spreadsheet holds."""
    package = Package(content, name)
    remarks = Remarks(name)
    remark_on_package(package, remarks)
    reader = _Reader(package, remarks)
    blocks: list[Block] = []
    for sheet in reader.sheets():
        blocks.append(sheet.table())
        blocks += reader.boxes_over(sheet)
    return OfficeFile(name=name, kind="ods", blocks=tuple(blocks), remarks=remarks.all(), signs=reader.signs)


class _Reader:
    """Reads one spreadsheet from its first element to its last."""

    def __init__(self, package: Package, remarks: Remarks) -> None:
        self._package = package
        self._remarks = remarks
        self._limits = Limits(package.name)
        self._looks = Looks()
        self._formats: dict[str, str] = {}
        self._names: dict[str, dict[tuple[int, int], list[str]]] = {}
        self._column_styles: list[tuple[int, str]] = []
        self._row_number = self._column = self._depth = 0
        self._boxes: dict[str, list[str]] = {}
        self.signs = 0

    def boxes_over(self, sheet: Sheet) -> Iterator[Paragraph]:
        """Yield the texts of the boxes and shapes that lie over a worksheet."""
        for number, text in enumerate(self._boxes.get(sheet.name, ()), start=1):
            yield Paragraph(text, Place(sheet.name, part="textbox", paragraph=number), signs=signs_of(text))

    def sheets(self) -> list[Sheet]:
        """Return the worksheets, each with all its rows."""
        if "styles.xml" in self._package:
            self._take_styles(self._package.tree("styles.xml"))
        sheets: list[Sheet] = []
        tags = (_AUTOMATIC, _SHEET, _ROW, _COLUMN, _TRACKED, _NAMED, _SHAPES)
        for event, element in self._package.events("content.xml", tags, events=("start", "end")):
            self._event(event, element, sheets)
        for sheet in sheets:
            self._name_cells(sheet)
        return sheets

    def _event(self, event: str, element: Element, sheets: list[Sheet]) -> None:
        tag = element.tag
        if tag == _SHEET:
            self._depth += 1 if event == "start" else -1
            if event == "start" and self._depth == 1:
                sheets.append(self._begin(element))
            elif event == "end" and self._depth == 0:
                _forget(element)
        elif event == "end":
            self._ended(element, sheets)

    def _ended(self, element: Element, sheets: list[Sheet]) -> None:
        tag = element.tag
        if tag == _AUTOMATIC:
            self._take_styles(element)
        elif tag == _TRACKED:
            self._remark_on_changes(element)
            _forget(element)
        elif tag == _NAMED:
            self._take_name(element)
        elif self._depth == 1 and sheets:
            if tag == _COLUMN:
                self._take_column(element, sheets[-1])
            elif tag == _SHAPES:
                self._take_box(element, sheets[-1].name)
            else:
                self._row(element, sheets[-1])
            _forget(element)

    def _take_box(self, element: Element, sheet: str) -> None:
        lines = []
        for paragraph in element.iter(P):
            inline = Inline()
            read_inline(paragraph, self._looks, inline, is_bold=False)
            lines.append(inline.text)
        if text := "\n".join(filter(None, lines)):
            self._boxes.setdefault(sheet, []).append(text)
            self.signs += signs_of(text)

    def _remark_on_changes(self, element: Element) -> None:
        added, removed = changes_in(element)
        if added or removed:
            self._remarks.add("tracked-changes-accepted", added=added, removed=removed)

    def _take_styles(self, root: Element) -> None:
        self._looks.take(root)
        for element in root.iter(*_FORMATS):
            self._formats[element.get(f"{STYLE}name", "")] = code_of(element)

    def _begin(self, element: Element) -> Sheet:
        self._row_number = self._column = 0
        self._column_styles = []
        is_hidden = self._looks.of("table", element.get(f"{TABLE}style-name")).is_hidden
        return Sheet(element.get(f"{TABLE}name", ""), self._limits, self._remarks, is_hidden=is_hidden)

    def _take_column(self, element: Element, sheet: Sheet) -> None:
        count = whole(element, _REPEATED, 1, LAST_COLUMN)
        self._column_styles.append((self._column + count, element.get(f"{TABLE}default-cell-style-name", "")))
        if element.get(_VISIBILITY, "visible") != "visible":
            sheet.hidden_columns.update(range(self._column + 1, min(self._column + count, LAST_COLUMN) + 1))
        self._column += count

    def _row(self, row: Element, sheet: Sheet) -> None:
        times = whole(row, f"{TABLE}number-rows-repeated", 1, LAST_ROW)
        first = self._row_number + 1
        self._row_number += times
        if next(row.iter(P, ANNOTATION), None) is None and not any(map(_has_value, row)):
            return
        if self._row_number > LAST_ROW:
            raise damaged(self._limits.file)
        is_heading = row.getparent().tag == _HEADING_ROWS
        is_hidden = row.get(_VISIBILITY, "visible") != "visible"
        for number in range(first, first + times):
            cells = self._cells(row, number, sheet)
            if not cells:
                return
            sheet.add(number, cells)
            self.signs += sum(cell.signs + sum(note.signs for note in cell.notes) for cell in cells)
            if is_heading:
                sheet.heading_rows.add(number)
            if is_hidden:
                sheet.hidden_rows.add(number)

    def _cells(self, row: Element, number: int, sheet: Sheet) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for element in row.iterchildren(_CELL, _COVERED):
            times = whole(element, _REPEATED, 1, LAST_COLUMN)
            column += times
            _merge(element, number, column, sheet)
            if not len(element) and not _has_value(element):
                continue
            if column > LAST_COLUMN:
                raise too_many_columns(self._limits.file)
            for at in range(column - times + 1, column + 1):
                cell = self._cell(element, row, Place(sheet.name, row=number, column=at))
                if not (cell.text or cell.notes):
                    break
                cells.append(cell)
        return cells

    def _cell(self, element: Element, row: Element, place: Place) -> Cell:
        inline = Inline()
        notes: list[Note] = []
        lines = []
        for child in element:
            if child.tag == P:
                inline = Inline()
                read_inline(child, self._looks, inline, is_bold=False)
                lines.append(inline.indented)
                notes += inline.notes
            elif child.tag == ANNOTATION:
                notes.append(annotation(child, self._looks))
            elif child.tag.startswith(DRAW):
                self._take_box(child, place.sheet)
        look = self._looks.of("table-cell", self._style_of(element, row, place.column))
        text, value = self._valued(element, "\n".join(lines).strip().replace("\t", " "), look.data, place)
        return Cell(
            text,
            place,
            place.row,
            place.column,
            value=value,
            is_bold=bool(look.is_bold),
            alignment=look.alignment,
            notes=tuple(notes),
            signs=signs_of(text),
        )

    def _style_of(self, element: Element, row: Element, column: int) -> str:
        own = element.get(f"{TABLE}style-name") or row.get(f"{TABLE}default-cell-style-name")
        if own:
            return str(own)
        at = bisect_left(self._column_styles, (column, ""))
        return self._column_styles[at][1] if at < len(self._column_styles) else ""

    def _valued(self, element: Element, text: str, data: str, place: Place) -> tuple[str, Typed | None]:
        """Return the text that the cell shows, dates written 2023-12-25, and its value."""
        kind, code = element.get(_TYPE, ""), self._formats.get(data, "")
        formula = element.get(_FORMULA, "").partition("=")[2]
        if element.get(_ERROR_TYPE) == "error":
            self._remarks.add("error-in-cell", place, error=text)
            return text, Typed("error", text, code, formula)
        if formula and not text and not kind:
            self._remarks.add("formula-without-value", place, formula=formula[:_LONGEST_FORMULA])
        value = _value(kind, element, code, formula)
        if value is None:
            return text or element.get(f"{OFFICE}string-value", ""), None
        shown, one = value
        return (shown if one.kind in {"date", "time"} or not text else text), one

    # Names

    def _take_name(self, element: Element) -> None:
        found = _ADDRESS.fullmatch(element.get(f"{TABLE}cell-range-address", ""))
        if found:
            sheet = (found[1] or found[2]).replace("''", "'")
            at = int(found[4]), _column_number(found[3])
            self._names.setdefault(sheet, {}).setdefault(at, []).append(element.get(f"{TABLE}name", ""))

    def _name_cells(self, sheet: Sheet) -> None:
        for (row, column), names in self._names.get(sheet.name, {}).items():
            cells = sheet.rows.get(row, [])
            sheet.rows[row] = [
                replace(cell, bookmarks=tuple(names)) if cell.column == column else cell for cell in cells
            ]


def _has_value(cell: Element) -> bool:
    return _TYPE in cell.attrib or _FORMULA in cell.attrib


def _merge(element: Element, row: int, column: int, sheet: Sheet) -> None:
    """Keep the area of a cell that is merged over others."""
    rows = whole(element, f"{TABLE}number-rows-spanned", 1, LAST_ROW)
    columns = whole(element, f"{TABLE}number-columns-spanned", 1, LAST_COLUMN)
    if rows > 1 or columns > 1:
        sheet.areas.append(Area(row, column, min(row + rows - 1, LAST_ROW), min(column + columns - 1, LAST_COLUMN)))


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _value(kind: str, element: Element, code: str, formula: str) -> tuple[str, Typed] | None:
    """Return the value behind a cell's text, with a text for where it shows none; None for texts."""
    if kind in {"float", "currency", "percentage"}:
        return _number(kind, element.get(f"{OFFICE}value", ""), code, formula)
    if kind == "date":
        return _date(element.get(f"{OFFICE}date-value", ""), code, formula)
    if kind == "time":
        return _time(element.get(f"{OFFICE}time-value", ""), code, formula)
    if kind == "boolean":
        is_true = element.get(f"{OFFICE}boolean-value") == "true"
        return "TRUE" if is_true else "FALSE", Typed("boolean", is_true, code, formula)
    return None


def _number(kind: str, raw: str, code: str, formula: str) -> tuple[str, Typed] | None:
    number = number_of(raw)
    if number is None:
        return None
    if kind == "percentage":
        return f"{plain(number * 100)}%", Typed("percent", number, code or "0%", formula)
    return plain(number), Typed("number", number, code, formula)


def _date(raw: str, code: str, formula: str) -> tuple[str, Typed] | None:
    try:
        moment = datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return None
    return dated(moment, "date", code, formula, has_day=True)


def _time(duration: str, code: str, formula: str) -> tuple[str, Typed] | None:
    found = _DURATION.fullmatch(duration)
    if not found:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length >= timedelta(days=1):
        return None
    return dated(datetime(1899, 12, 30) + length, "time", code, formula, has_day=False)  # noqa: DTZ001  # a time alone


_FORMATS = tuple(
    f"{NUMBER}{name}-style" for name in ("number", "percentage", "currency", "date", "time", "boolean", "text")
)
_LONG = f"{NUMBER}style"


def code_of(style: Element) -> str:
    """Return a number format as Excel would write it: `d/mmm`, `0.00%`, `#,##0`."""
    return "".join(map(_code_of_part, style))[:_LONGEST_CODE]


def _code_of_part(part: Element) -> str:
    kind = part.tag.removeprefix(NUMBER)
    if kind == "month" and part.get(f"{NUMBER}textual") == "true":
        kind = "month-name"
    if kind in _SHORT:
        short, long = _SHORT[kind]
        return long if part.get(_LONG) == "long" else short
    if kind in {"number", "scientific-number", "fraction"}:
        whole_part = "#,##0" if part.get(f"{NUMBER}grouping") == "true" else "0"
        places = min(count_in(part.get(f"{NUMBER}decimal-places")) or 0, _MOST_DECIMALS)
        return f"{whole_part}.{'0' * places}" if places else whole_part
    text = (part.text or "") if kind in {"text", "currency-symbol"} else ""
    return text if text in _SIGNS else f'"{text}"'


_MOST_DECIMALS = 20
_LONGEST_CODE = 255
_SIGNS = frozenset({"%", "/", "-", ".", " ", ":", ""})
_SHORT = {
    "day": ("d", "dd"),
    "month": ("m", "mm"),
    "month-name": ("mmm", "mmmm"),
    "year": ("yy", "yyyy"),
    "day-of-week": ("ddd", "dddd"),
    "hours": ("h", "hh"),
    "minutes": ("mm", "mm"),
    "seconds": ("ss", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}
"""Parts of dates as Excel writes them, short and long."""
