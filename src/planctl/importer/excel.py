"""Excel workbooks: each worksheet a table, with the values that were last worked out.

In: a file's bytes. Out: `OfficeFile`. Worksheets are read row by row, so that a million empty ones cost no memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from planctl.importer.excel_around import drawn_in, headers_in, hide_columns, keep_lonely_notes, names_in, notes_in
from planctl.importer.excel_formats import dated, typed
from planctl.importer.excel_looks import PLAIN, Look, looks_of
from planctl.importer.excel_texts import plain_lines, shared_strings, string_of, unescaped
from planctl.importer.excel_xml import (
    AREA,
    CELL,
    COLUMN,
    FORMULA,
    INLINE,
    MAIN,
    MERGED,
    ROW,
    TRUE,
    VALUE,
    column_number,
    forget,
)
from planctl.importer.grid import LAST_COLUMN, LAST_ROW, Area, Sheet
from planctl.importer.limits import Limits, count_in, too_many_columns
from planctl.importer.office_file import Block, Cell, Note, OfficeFile, Paragraph, Typed
from planctl.importer.package import Package, damaged
from planctl.importer.remarks import Remarks
from planctl.importer.signs import signs_of
from planctl.importer.strangers import remark_on_package
from planctl.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render.wordml.xml import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HEADER_FOOTER = f"{MAIN}headerFooter"
_READ = (ROW, MERGED, COLUMN, _HEADER_FOOTER)
_EMPTY = (
    re.compile(rb'<c r="[A-Z0-9]+"(?: s="[0-9]+")?/>'),
    re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|></row>)'),
)
"""Cells and rows that have an address and a format and nothing in them: files have millions of them."""

_LONGEST_FORMULA = 60


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the workbook holds."""
    package = Package(content, name)
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), "")
    main = main if main in package else "xl/workbook.xml"
    relations = package.relations(main)
    workbook = package.tree(main)
    parts = {kind: target for kind, target, is_outside in relations.values() if not is_outside and target in package}
    remarks = Remarks(name)
    remark_on_package(package, remarks)
    properties = workbook.find(f"{MAIN}workbookPr")
    book = _Book(
        package=package,
        limits=Limits(name),
        remarks=remarks,
        strings=shared_strings(package, parts.get("sharedStrings", "")),
        looks=looks_of(package, parts.get("styles", "")),
        from_1904=properties is not None and properties.get("date1904", "0") in TRUE,
        names=names_in(workbook),
    )
    blocks: list[Block] = []
    for sheet in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        kind, target, is_outside = relations.get(sheet.get(_RELATION, ""), ("", "", True))
        if kind == "worksheet" and not is_outside:
            is_hidden = sheet.get("state", "visible") != "visible"
            blocks += book.sheet(sheet.get("name", ""), target, is_hidden=is_hidden)
    return OfficeFile(name=name, kind="xlsx", blocks=tuple(blocks), remarks=remarks.all(), signs=book.signs)


class _Raw(NamedTuple):
    """A cell's text and value before it has a place."""

    text: str
    value: Typed | None


@dataclass(slots=True)
class _Book:
    """What all worksheets of a workbook share."""

    package: Package
    limits: Limits
    remarks: Remarks
    strings: tuple[tuple[str, int], ...]
    looks: tuple[Look, ...]
    from_1904: bool
    names: dict[str, dict[tuple[int, int], tuple[str, ...]]]
    signs: int = 0
    _columns: dict[str, int] = field(default_factory=dict)

    def sheet(self, name: str, part: str, *, is_hidden: bool) -> Iterator[Block]:
        """Yield the worksheet, and behind it what stands around its cells."""
        sheet = Sheet(name, self.limits, self.remarks, is_hidden=is_hidden)
        relations = self.package.relations(part)
        notes = notes_in(
            self.package, [target for kind, target, out in relations.values() if kind == "comments" and not out]
        )
        around: list[tuple[str, Place]] = []
        last = 0
        for _event, element in self.package.events(part, _READ, leave_out=_EMPTY):
            tag = element.tag
            if tag == ROW:
                last = self._row(element, sheet, last, notes)
            elif tag == MERGED:
                self._merge(element.get("ref", ""), sheet)
            elif tag == COLUMN:
                hide_columns(element, sheet)
            else:
                around += headers_in(element)
            forget(element)
        keep_lonely_notes(sheet, notes)
        self.signs += sum(signs_of(note.text) for _cell, note in notes.values())
        yield sheet.table()
        for kind, target, out in relations.values():
            if kind == "drawing" and not out and target in self.package:
                around += [(text, Place(part="textbox")) for text in drawn_in(self.package.tree(target))]
        for number, (text, where) in enumerate(around, start=1):
            signs = signs_of(text)
            self.signs += signs
            yield Paragraph(text, replace(where, sheet=name, paragraph=number), signs=signs)

    def _row(self, row: Element, sheet: Sheet, last: int, notes: dict[tuple[int, int], tuple[str, Note]]) -> int:
        """Keep a row where it holds something, and return its number."""
        number = count_in(row.get("r")) or last + 1
        if next(row.iter(VALUE, INLINE, FORMULA), None) is None:
            return number
        if number > LAST_ROW:
            raise damaged(self.limits.file)
        cells: list[Cell] = []
        column = 0
        names = self.names.get(sheet.name, {})
        for element in row.iterchildren(CELL):
            reference = element.get("r")
            column = self._column_of(reference) if reference else column + 1
            if not len(element):
                continue
            if not 0 < column <= LAST_COLUMN:
                raise too_many_columns(self.limits.file)
            place = Place(sheet.name, row=number, column=column)
            look = self._look_of(element)
            raw, signs = self._raw(element, look, place)
            if not raw.text:
                continue
            self.signs += signs
            noted = notes.pop((number, column), None) if notes else None
            if noted:
                self.signs += noted[1].signs
            cells.append(
                Cell(
                    raw.text,
                    place,
                    number,
                    column,
                    value=raw.value,
                    is_bold=look.is_bold,
                    alignment=look.alignment,
                    bookmarks=names.get((number, column), ()) if names else (),
                    notes=(noted[1],) if noted else (),
                    signs=signs,
                )
            )
        if cells:
            cells.sort(key=lambda cell: cell.column)
            sheet.add(number, cells)
            if row.get("hidden", "0") in TRUE:
                sheet.hidden_rows.add(number)
        return number

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters)
        return column

    def _look_of(self, element: Element) -> Look:
        style = count_in(element.get("s", "0"))
        return PLAIN if style is None or style >= len(self.looks) else self.looks[style]

    def _raw(self, element: Element, look: Look, place: Place) -> tuple[_Raw, int]:
        """Return the text and value of a cell, and its characters."""
        kind = element.get("t", "n")
        value = formula = None
        for child in element:
            if child.tag == VALUE:
                value = child.text
            elif child.tag == FORMULA:
                formula = child.text or ""
            elif child.tag == INLINE:
                text = plain_lines(string_of(child))
                return _Raw(text, None), signs_of(text)
        if value is None:
            if formula is not None and kind != "str":
                self.remarks.add("formula-without-value", place, formula=_short(formula))
            return _NOTHING, 0
        if kind == "s":
            return self._shared(value)
        raw = self._valued(kind, value, look, formula or "")
        if raw.value is not None and raw.value.kind == "error":
            self.remarks.add("error-in-cell", place, error=raw.text)
        return raw, signs_of(raw.text)

    def _shared(self, index: str) -> tuple[_Raw, int]:
        at = count_in(index.strip())
        if at is None or at >= len(self.strings):
            raise damaged(self.limits.file, "sharedStrings.xml")
        text, signs = self.strings[at]
        return _Raw(text, None), signs

    def _valued(self, kind: str, value: str, look: Look, formula: str) -> _Raw:
        if kind == "str":
            return _Raw(plain_lines(unescaped(value)), None)
        if kind == "b":
            is_true = value.strip() in TRUE
            return _Raw("TRUE" if is_true else "FALSE", Typed("boolean", is_true, look.code, formula))
        if kind == "e":
            return _Raw(value, Typed("error", value, look.code, formula))
        if kind == "d":
            return _Raw(*_iso(value, look.code, formula))
        return _Raw(*typed(value, look.code, formula, from_1904=self.from_1904))

    def _merge(self, reference: str, sheet: Sheet) -> None:
        if found := AREA.fullmatch(reference):
            first, top, last, bottom = found.groups()
            if last:
                area = Area(int(top), column_number(first), int(bottom), column_number(last))
                if area.row <= area.last_row <= LAST_ROW and area.column <= area.last_column <= LAST_COLUMN:
                    sheet.areas.append(area)


_NOTHING = _Raw("", None)


def _short(formula: str) -> str:
    return formula if len(formula) <= _LONGEST_FORMULA else f"{formula[:_LONGEST_FORMULA]}…"


def _iso(value: str, code: str, formula: str) -> tuple[str, Typed | None]:
    from datetime import datetime  # noqa: PLC0415

    try:
        moment = datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return value, None
    return dated(moment, "date", code, formula, has_day=True)
