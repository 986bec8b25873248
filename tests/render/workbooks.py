"""What makes Excel offer to repair a workbook, found without Excel.

In: the bytes of an .xlsx. Out: its faults in words; none for a workbook that opens in silence.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Element = Any
"""An lxml element; lxml brings no types of its own."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_NAME = re.compile(r"(_xlnm\.)?[^\W\d][\w.]*|\\[\w.]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*|[RC]", re.IGNORECASE)
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LONGEST_TEXT, _LONGEST_FORMULA, _LONGEST_LITERAL, _LONGEST_NAME, _HIGHEST_ROW = 32_767, 8_192, 255, 255, 409.5
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells, its corners within, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> Iterator[tuple[int, int]]:
        return (
            (row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1)
        )


def area(reference: str) -> Area:
    """Return the area of a reference such as `A1:C3` or `B2`."""
    corners = [_corner(part) for part in reference.split(":")]
    (top, left), (bottom, right) = corners[0], corners[-1]
    return Area(top, left, bottom, right)


def _corner(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    assert match, f"not a cell: {reference}"
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def faults_of_xlsx(content: bytes) -> list[str]:
    """Return the faults for which Excel would offer to repair the workbook, or show it other than it was written."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        members = {name: package.read(name) for name in names}
    faults = [f"member {name} twice" for name in sorted({name for name in names if names.count(name) > 1})]
    trees: dict[str, Element] = {}
    for name, blob in members.items():
        try:
            trees[name] = etree.fromstring(blob)
        except etree.XMLSyntaxError as fault:
            faults.append(f"{name}: not XML: {fault}")
    if len(trees) < len(members):
        return faults
    return [*faults, *_package_faults(trees), *_Book(trees).faults()]


def _package_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    defaults = [entry.get("Extension").lower() for entry in types.iter(f"{TYPES}Default")]
    overrides = [entry.get("PartName").lstrip("/") for entry in types.iter(f"{TYPES}Override")]
    yield from (f"content type of {name} twice" for name in _repeated([*defaults, *overrides]))
    yield from (f"content type of missing part {name}" for name in overrides if name not in trees)
    for name, tree in trees.items():
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name}: no content type"
        if name not in overrides and "worksheets/sheet" in name and not name.endswith(".rels"):
            yield f"{name}: no content type of its own"
        if name.endswith(".rels"):
            yield from _relation_faults(name, tree, trees)


def _relation_faults(name: str, tree: Element, trees: Mapping[str, Element]) -> Iterator[str]:
    yield from (f"{name}: id {id_} twice" for id_ in _repeated(entry.get("Id") for entry in tree))
    for target in _targets(name, tree).values():
        if target not in trees:
            yield f"{name}: target {target} is missing"


def _targets(name: str, tree: Element) -> dict[str, str]:
    folder = dirname(dirname(name))
    inside = (entry for entry in tree if entry.get("TargetMode") != "External")
    return {entry.get("Id"): normpath(join(folder, entry.get("Target"))).lstrip("/") for entry in inside}


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name.casefold() in seen or seen.add(name.casefold())]  # type: ignore[func-returns-value]  # add


class _Book:
    """The parts of one workbook."""

    def __init__(self, trees: Mapping[str, Element]) -> None:
        self._trees = trees
        self._book = trees["xl/workbook.xml"]
        strings = trees.get("xl/sharedStrings.xml")
        self._strings = [] if strings is None else ["".join(entry.itertext()) for entry in strings.iter(f"{MAIN}si")]
        formats = trees["xl/styles.xml"].find(f"{MAIN}cellXfs")
        self._styles = len(formats)

    def faults(self) -> Iterator[str]:
        yield from (f"text of {len(text)} signs" for text in self._strings if len(_decoded(text)) > _LONGEST_TEXT)
        yield from self._sheet_list_faults()
        if len(self._sheets()) < len(list(self._book.iter(f"{MAIN}sheet"))):
            yield "a worksheet is missing"
        names = [(name.get("name"), name.get("localSheetId", "")) for name in self._book.iter(f"{MAIN}definedName")]
        yield from (f"name {name} is illegal" for name, _ in names if not _is_legal_name(name))
        yield from (f"name {name} twice" for name in _repeated(f"{name} {sheet}" for name, sheet in names))
        tables = []
        for number, sheet in enumerate(self._sheets(), start=1):
            related = self._related(sheet)
            wanted = {
                value
                for element in self._trees[sheet].iter()
                for key, value in element.attrib.items()
                if key == f"{REL}id"
            }
            yield from (f"{sheet}: relation {id_} is missing" for id_ in sorted(wanted - related.keys()))
            parts = (related.get(part.get(f"{REL}id")) for part in self._trees[sheet].iter(f"{MAIN}tablePart"))
            own = [self._trees[part] for part in parts if part and part in self._trees]
            yield from (f"sheet {number}: {fault}" for fault in self._sheet_faults(self._trees[sheet], own))
            tables += own
        yield from (f"table id {id_} twice" for id_ in _repeated(table.get("id") for table in tables))
        common = [name for name, sheet in names if not sheet]
        yield from (
            f"table name {name} twice" for name in _repeated([*common, *(table.get("displayName") for table in tables)])
        )

    def _sheets(self) -> list[str]:
        targets = _targets("xl/_rels/workbook.xml.rels", self._trees["xl/_rels/workbook.xml.rels"])
        parts = (targets.get(entry.get(f"{REL}id")) for entry in self._book.iter(f"{MAIN}sheet"))
        return [part for part in parts if part and part in self._trees]

    def _related(self, sheet: str) -> dict[str, str]:
        name = f"{dirname(sheet)}/_rels/{sheet.rpartition('/')[2]}.rels"
        return _targets(name, self._trees[name]) if name in self._trees else {}

    def _sheet_list_faults(self) -> Iterator[str]:
        sheets = list(self._book.iter(f"{MAIN}sheet"))
        names = [sheet.get("name") for sheet in sheets]
        yield from (f"sheet name {name} twice" for name in _repeated(names))
        yield from (f"sheet id {id_} twice" for id_ in _repeated(sheet.get("sheetId") for sheet in sheets))
        for name in names:
            if (
                not 0 < len(name) <= _LONGEST_SHEET_NAME
                or re.search(r"[\[\]:*?/\\]", name)
                or "'" in (name[0], name[-1])
            ):
                yield f"sheet name {name!r} is illegal"

    def _sheet_faults(self, sheet: Element, tables: list[Element]) -> Iterator[str]:
        cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
        rows = [int(row.get("r")) for row in sheet.iter(f"{MAIN}row")]
        if rows != sorted(set(rows)):
            yield "rows out of order"
        yield from (
            f"row {row.get('r')} too high" for row in sheet.iter(f"{MAIN}row") if float(row.get("ht", 0)) > _HIGHEST_ROW
        )
        for place, cell in cells.items():
            yield from (f"{place}: {fault}" for fault in self._cell_faults(cell))
        taken: dict[tuple[int, int], str] = {}
        for merge in sheet.iter(f"{MAIN}mergeCell"):
            reference = merge.get("ref")
            if area(reference).top == area(reference).bottom and area(reference).left == area(reference).right:
                yield f"merge {reference} of one cell"
            yield from _overlaps("merge", reference, taken)
        for table in tables:
            yield from _overlaps("table", table.get("ref"), taken)
            yield from self._table_faults(table, cells)

    def _cell_faults(self, cell: Element) -> Iterator[str]:
        value = cell.find(f"{MAIN}v")
        text = "".join(cell.itertext()) if cell.get("t") == "inlineStr" else ""
        if len(text) > _LONGEST_TEXT:
            yield f"text of {len(text)} signs"
        if int(cell.get("s", 0)) >= self._styles:
            yield "style is missing"
        if cell.get("t") == "s" and int(value.text) >= len(self._strings):
            yield "shared text is missing"
        formula = cell.find(f"{MAIN}f")
        if formula is None:
            return
        if value is None or (value.text is None and cell.get("t") != "str"):
            yield "formula without its value"
        if len(formula.text) > _LONGEST_FORMULA:
            yield f"formula of {len(formula.text)} signs"
        if any(len(literal) > _LONGEST_LITERAL for literal in _LITERAL.findall(formula.text)):
            yield "text too long within a formula"

    def _table_faults(self, table: Element, cells: Mapping[str, Element]) -> Iterator[str]:
        name, place = table.get("displayName"), area(table.get("ref"))
        if not _is_legal_name(name) or len(name) > _LONGEST_NAME:
            yield f"table name {name!r} is illegal"
        if place.bottom <= place.top:
            yield f"table {name} has no row below its header"
        filtered = table.find(f"{MAIN}autoFilter")
        if filtered is not None and filtered.get("ref") != table.get("ref"):
            yield f"table {name}: filter over {filtered.get('ref')}"
        columns = list(table.iter(f"{MAIN}tableColumn"))
        names = [_decoded(column.get("name")) for column in columns]
        yield from (f"table {name}: column {column} twice" for column in _repeated(names))
        yield from (f"table {name}: column id {id_} twice" for id_ in _repeated(column.get("id") for column in columns))
        yield from (f"table {name}: column without a name" for column in names if not column.strip())
        yield from (
            f"table {name}: column name of {len(column)} signs" for column in names if len(column) > _LONGEST_NAME
        )
        if len(columns) != place.right - place.left + 1:
            yield f"table {name}: {len(columns)} columns over {table.get('ref')}"
        headers = [self._shown(cells.get(f"{_letters(place.left + at)}{place.top}")) for at in range(len(columns))]
        yield from (
            f"table {name}: header {header!r} of column {column!r}"
            for header, column in zip(headers, names, strict=True)
            if header != column
        )

    def _shown(self, cell: Element | None) -> str | None:
        """Return a cell's text, or None where it holds none."""
        if cell is None or cell.get("t") != "s":
            return None
        return _decoded(self._strings[int(cell.find(f"{MAIN}v").text)])


def _overlaps(kind: str, reference: str, taken: dict[tuple[int, int], str]) -> Iterator[str]:
    met = {taken[cell]: None for cell in area(reference).cells() if cell in taken}
    yield from (f"{kind} {reference} over {other}" for other in met)
    taken.update(dict.fromkeys(area(reference).cells(), f"{kind} {reference}"))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _decoded(text: str) -> str:
    """Return a text as Excel reads it: `_x0041_` is one sign."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text)


def _is_legal_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _LOOKS_LIKE_A_CELL.fullmatch(name)
