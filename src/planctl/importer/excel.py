"""Excel workbooks: each worksheet a table, with the values that were last worked out.

In: a file's bytes. Out: `OfficeFile`. Worksheets are read row by row, so that a million empty ones cost no memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from planctl.importer.excel_formats import BUILT_IN, dated, typed
from planctl.importer.grid import LAST_COLUMN, LAST_ROW, Area, Sheet
from planctl.importer.limits import Limits, count_in, too_many_columns
from planctl.importer.office_file import Block, Cell, Note, OfficeFile, Paragraph, Typed
from planctl.importer.package import MOST_AT_ONCE, Package, damaged
from planctl.importer.remarks import Remarks
from planctl.importer.signs import seen, signs_of
from planctl.importer.strangers import remark_on_package
from planctl.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.importer.office_file import Alignment
    from planctl.render.wordml.xml import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN, _ITEM, _MERGED, _COLUMN = (
    f"{_MAIN}{name}" for name in ("row", "c", "v", "f", "is", "t", "r", "si", "mergeCell", "col")
)
_HEADER_FOOTER = f"{_MAIN}headerFooter"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{6}|[0-9]{1,3}|[BIUSEXYFADTPNGOHZ])')
_READ = (_ROW, _MERGED, _COLUMN, _HEADER_FOOTER)
_EMPTY = (
    re.compile(rb'<c r="[A-Z0-9]+"(?: s="[0-9]+")?/>'),
    re.compile(rb'<row r="[0-9]+"[^<>]*(?:/>|></row>)'),
)
"""Cells and rows that have an address and a format and nothing in them: files have millions of them."""

_TRUE = frozenset({"1", "true", "on"})
_MOST_STYLES = 100_000
_MOST_STRINGS = 2_000_000
_LONGEST_FORMULA = 60
_LONGEST_CODE = 255
_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right", "centerContinuous": "center"}


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
    properties = workbook.find(f"{_MAIN}workbookPr")
    book = _Book(
        package=package,
        limits=Limits(name),
        remarks=remarks,
        strings=_strings(package, parts.get("sharedStrings", "")),
        looks=_looks(package, parts.get("styles", "")),
        from_1904=properties is not None and properties.get("date1904", "0") in _TRUE,
        names=_names(workbook),
    )
    blocks: list[Block] = []
    for sheet in workbook.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        kind, target, is_outside = relations.get(sheet.get(_RELATION, ""), ("", "", True))
        if kind == "worksheet" and not is_outside:
            is_hidden = sheet.get("state", "visible") != "visible"
            blocks += book.sheet(sheet.get("name", ""), target, is_hidden=is_hidden)
    return OfficeFile(name=name, kind="xlsx", blocks=tuple(blocks), remarks=remarks.all(), signs=book.signs)


class _Look(NamedTuple):
    """What a cell's style says of it."""

    code: str = ""
    is_bold: bool = False
    alignment: Alignment = ""


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
    looks: tuple[_Look, ...]
    from_1904: bool
    names: dict[str, dict[tuple[int, int], tuple[str, ...]]]
    signs: int = 0
    _columns: dict[str, int] = field(default_factory=dict)

    def sheet(self, name: str, part: str, *, is_hidden: bool) -> Iterator[Block]:
        """Yield the worksheet, and behind it what stands around its cells."""
        sheet = Sheet(name, self.limits, self.remarks, is_hidden=is_hidden)
        relations = self.package.relations(part)
        notes = _notes(
            self.package, [target for kind, target, out in relations.values() if kind == "comments" and not out]
        )
        around: list[tuple[str, Place]] = []
        last = 0
        for _event, element in self.package.events(part, _READ, leave_out=_EMPTY):
            tag = element.tag
            if tag == _ROW:
                last = self._row(element, sheet, last, notes)
            elif tag == _MERGED:
                self._merge(element.get("ref", ""), sheet)
            elif tag == _COLUMN:
                _hide_columns(element, sheet)
            else:
                around += _headers(element)
            _forget(element)
        _keep_lonely_notes(sheet, notes)
        self.signs += sum(signs_of(note.text) for _cell, note in notes.values())
        yield sheet.table()
        for kind, target, out in relations.values():
            if kind == "drawing" and not out and target in self.package:
                around += [(text, Place(part="textbox")) for text in _drawn(self.package.tree(target))]
        for number, (text, where) in enumerate(around, start=1):
            signs = signs_of(text)
            self.signs += signs
            yield Paragraph(text, replace(where, sheet=name, paragraph=number), signs=signs)

    def _row(self, row: Element, sheet: Sheet, last: int, notes: dict[tuple[int, int], tuple[str, Note]]) -> int:
        """Keep a row where it holds something, and return its number."""
        number = count_in(row.get("r")) or last + 1
        if next(row.iter(_VALUE, _INLINE, _FORMULA), None) is None:
            return number
        if number > LAST_ROW:
            raise damaged(self.limits.file)
        cells: list[Cell] = []
        column = 0
        names = self.names.get(sheet.name, {})
        for element in row.iterchildren(_CELL):
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
            if row.get("hidden", "0") in _TRUE:
                sheet.hidden_rows.add(number)
        return number

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column_number(letters)
        return column

    def _look_of(self, element: Element) -> _Look:
        style = count_in(element.get("s", "0"))
        return _PLAIN if style is None or style >= len(self.looks) else self.looks[style]

    def _raw(self, element: Element, look: _Look, place: Place) -> tuple[_Raw, int]:
        """Return the text and value of a cell, and its characters."""
        kind = element.get("t", "n")
        value = formula = None
        for child in element:
            if child.tag == _VALUE:
                value = child.text
            elif child.tag == _FORMULA:
                formula = child.text or ""
            elif child.tag == _INLINE:
                text = _lines(_string(child))
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

    def _valued(self, kind: str, value: str, look: _Look, formula: str) -> _Raw:
        if kind == "str":
            return _Raw(_lines(_unescaped(value)), None)
        if kind == "b":
            is_true = value.strip() in _TRUE
            return _Raw("TRUE" if is_true else "FALSE", Typed("boolean", is_true, look.code, formula))
        if kind == "e":
            return _Raw(value, Typed("error", value, look.code, formula))
        if kind == "d":
            return _Raw(*_iso(value, look.code, formula))
        return _Raw(*typed(value, look.code, formula, from_1904=self.from_1904))

    def _merge(self, reference: str, sheet: Sheet) -> None:
        if found := _AREA.fullmatch(reference):
            first, top, last, bottom = found.groups()
            if last:
                area = Area(int(top), _column_number(first), int(bottom), _column_number(last))
                if area.row <= area.last_row <= LAST_ROW and area.column <= area.last_column <= LAST_COLUMN:
                    sheet.areas.append(area)


_PLAIN = _Look()
_NOTHING = _Raw("", None)


def _forget(element: Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None and len(parent) > 1:
        del parent[0 : len(parent) - 1]


def _column_number(letters: str) -> int:
    """Return 1 for A and 27 for AA; 0 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# Texts


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    plain = "".join(letter for letter in decoded if letter >= " " or letter in "\t\n\r")
    return plain.encode(errors="ignore").decode()


def _lines(text: str) -> str:
    """Return a cell's text with plain line ends, without what is unseen or stands around the lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = seen(text).replace("\t", " ").strip()
    return "\n".join(map(str.rstrip, text.split("\n"))) if "\n" in text else text


def _string(item: Element) -> str:
    """Return the text of a shared or inline string, its runs joined, without readings aid for sounds."""
    pieces = []
    for child in item:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag == _RUN:
            pieces += [one.text or "" for one in child.iterchildren(_TEXT)]
    return _unescaped("".join(pieces))


def _strings(package: Package, part: str) -> tuple[tuple[str, int], ...]:
    """Return the texts that cells share, with the characters of each."""
    if not part:
        return ()
    strings = []
    length = 0
    for _event, item in package.events(part, (_ITEM,)):
        text = _lines(_string(item))
        strings.append((text, signs_of(text)))
        length += len(text)
        if len(strings) > _MOST_STRINGS or length > MOST_AT_ONCE:
            raise package.too_large(part)
        _forget(item)
    return tuple(strings)


def _short(formula: str) -> str:
    return formula if len(formula) <= _LONGEST_FORMULA else f"{formula[:_LONGEST_FORMULA]}…"


def _iso(value: str, code: str, formula: str) -> tuple[str, Typed | None]:
    from datetime import datetime  # noqa: PLC0415

    try:
        moment = datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return value, None
    return dated(moment, "date", code, formula, has_day=True)


# Around the cells


def _looks(package: Package, part: str) -> tuple[_Look, ...]:
    """Return what each style of cells says."""
    if not part:
        return ()
    styles = package.tree(part)
    codes = dict(BUILT_IN)
    for own in styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt"):
        if (number := count_in(own.get("numFmtId"))) is not None:
            codes[number] = own.get("formatCode", "")[:_LONGEST_CODE]
    bold = [_is_bold(font) for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    looks = []
    for style in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        code = codes.get(count_in(style.get("numFmtId")) or 0, "")
        font = count_in(style.get("fontId")) or 0
        alignment = style.find(f"{_MAIN}alignment")
        looks.append(
            _Look(
                "" if code.lower() == "general" else code,
                font < len(bold) and bold[font],
                "" if alignment is None else _ALIGNMENTS.get(alignment.get("horizontal", ""), ""),
            )
        )
        if len(looks) > _MOST_STYLES:
            raise damaged(package.name, part)
    return tuple(looks)


def _is_bold(font: Element) -> bool:
    bold = font.find(f"{_MAIN}b")
    return bold is not None and bold.get("val", "1") in _TRUE


def _names(workbook: Element) -> dict[str, dict[tuple[int, int], tuple[str, ...]]]:
    """Return the workbook's names for cells, by worksheet and place; those that Excel makes for itself left out."""
    names: dict[str, dict[tuple[int, int], tuple[str, ...]]] = {}
    for defined in workbook.iterfind(f"{_MAIN}definedNames/{_MAIN}definedName"):
        name = defined.get("name", "")
        found = _NAMED.fullmatch((defined.text or "").strip())
        if not found or name.startswith(("_xlnm", "_xlfn")):
            continue
        area = _AREA.fullmatch(found[3])
        if area is None:
            continue
        cells = names.setdefault((found[1] or found[2]).replace("''", "'"), {})
        at = int(area[2]), _column_number(area[1])
        cells[at] = (*cells.get(at, ()), name)
    return names


def _hide_columns(column: Element, sheet: Sheet) -> None:
    if column.get("hidden", "0") not in _TRUE:
        return
    first, last = count_in(column.get("min")), count_in(column.get("max"))
    if first and last:
        sheet.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))


def _notes(package: Package, parts: list[str]) -> dict[tuple[int, int], tuple[str, Note]]:
    """Return the comments of a worksheet by row and column, each with the cell's reference."""
    notes = {}
    for part in parts:
        if part not in package:
            continue
        root = package.tree(part)
        authors = [one.text or "" for one in root.iterfind(f"{_MAIN}authors/{_MAIN}author")]
        for comment in root.iterfind(f"{_MAIN}commentList/{_MAIN}comment"):
            found = _AREA.fullmatch(comment.get("ref", ""))
            texts = comment.find(f"{_MAIN}text")
            if found is None or texts is None:
                continue
            author = count_in(comment.get("authorId"))
            named = authors[author] if author is not None and author < len(authors) else ""
            text = _lines(_string(texts))
            at = int(found[2]), _column_number(found[1])
            notes[at] = comment.get("ref", ""), Note("comment", text, named, signs_of(text))
    return notes


def _keep_lonely_notes(sheet: Sheet, notes: dict[tuple[int, int], tuple[str, Note]]) -> None:
    """Give comments on empty cells a cell of their own."""
    for (row, column), (_reference, note) in notes.items():
        cells = [
            *sheet.rows.get(row, ()),
            Cell("", Place(sheet.name, row=row, column=column), row, column, notes=(note,)),
        ]
        sheet.rows[row] = sorted(cells, key=lambda cell: cell.column)


def _headers(element: Element) -> Iterator[tuple[str, Place]]:
    """Yield the texts above and below the printed pages, without the signs that Excel writes for looks and numbers."""
    for child in element:
        part = "header" if str(child.tag).endswith("Header") else "footer"
        for text in re.split("&[LCR]", child.text or ""):
            shown = _lines(_HEADER_CODES.sub("", text).replace("&&", "&"))
            # What is left of "page 1 / 5" without its numbers says nothing.
            if any(letter.isalnum() for letter in shown):
                yield shown, Place(part="header" if part == "header" else "footer")


def _drawn(drawing: Element) -> Iterator[str]:
    """Yield the texts of the boxes that lie over the cells."""
    for body in drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"):
        lines = (
            "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING_TEXT}t"))
            for paragraph in body.iter(f"{_DRAWING_TEXT}p")
        )
        if text := _lines("\n".join(lines)):
            yield text
