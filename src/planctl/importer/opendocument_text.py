"""LibreOffice's texts (.odt): paragraphs and tables in the order of the text, as they read with all changes accepted.

In: a file's bytes. Out: `OfficeFile`, of the same shape as that of a Word file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from planctl.importer.grid import with_those_above
from planctl.importer.limits import Limits
from planctl.importer.lines import Item, Label, Nesting, is_page_number
from planctl.importer.od_text import (
    FO,
    LIST,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    TEXT_BOX,
    TRACKED,
    UNREAD,
    H,
    Inline,
    Looks,
    P,
    changes_in,
    read_inline,
    twips_of,
    whole,
)
from planctl.importer.office_file import Block, Cell, OfficeFile, Row, Table
from planctl.importer.package import Package, damaged
from planctl.importer.read_text import CellText, ReadText
from planctl.importer.remarks import Remarks
from planctl.importer.signs import signs_of
from planctl.importer.strangers import remark_on_package
from planctl.importer.word_styles import written
from planctl.place import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render.wordml.xml import Element

_TABLE, _ROW, _CELL, _COLUMN, _COVERED, _HEADING_ROWS = (
    f"{TABLE}{name}"
    for name in ("table", "table-row", "table-cell", "table-column", "covered-table-cell", "table-header-rows")
)
_STYLE_NAME, _LEVEL, _ITEM = f"{TEXT}style-name", f"{TEXT}level", f"{TEXT}list-item"
_WRAPPERS = frozenset(
    {f"{TEXT}section", f"{TEXT}index-body", f"{TEXT}table-of-content", f"{TABLE}table-rows", f"{TABLE}table-row-group"}
)
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_CYRILLIC = ("А", "Б", "а", "б")
_MOST_COLUMNS = 1000
_LAYOUT_ROWS = 3
_DEEPEST = 20
_TWIPS_A_LEVEL = 360


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the text document holds."""
    package = Package(content, name)
    remarks = Remarks(name)
    remark_on_package(package, remarks)
    root = package.tree("content.xml")
    text = root.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise damaged(name, "content.xml")
    styles = package.tree("styles.xml") if "styles.xml" in package else None
    reader = _Reader(Limits(name), remarks, tuple(part for part in (styles, root) if part is not None))
    added, removed = changes_in(text)
    if added or removed:
        remarks.add("tracked-changes-accepted", added=added, removed=removed)
    for tracked in list(text.iter(TRACKED)):
        tracked.getparent().remove(tracked)
    blocks = list(reader.blocks(text, NOWHERE))
    around: list[Block] = []
    for part, element in _around(styles):
        around += reader.blocks(element, Place(part="header" if part == "header" else "footer"))
    blocks += (block for block in around if not is_page_number(block))
    page_numbers = sum(block.signs for block in around if is_page_number(block))
    signs = sum(map(_signs_in, _counted(text, styles))) - page_numbers
    return OfficeFile(name=name, kind="odt", blocks=tuple(blocks), remarks=remarks.all(), signs=signs)


def _around(styles: Element | None) -> Iterator[tuple[str, Element]]:
    if styles is not None:
        for part in ("header", "footer"):
            for element in styles.iter(f"{STYLE}{part}"):
                yield part, element


def _counted(text: Element, styles: Element | None) -> Iterator[Element]:
    """Yield the paragraphs whose characters are counted: those that stand in no other one."""
    for root in (text, *(element for _part, element in _around(styles))):
        for paragraph in root.iter(P, H):
            if next(paragraph.iterancestors(P, H), None) is None:
                yield paragraph


def _signs_in(paragraph: Element) -> int:
    beside = sum(signs_of("".join(one.itertext())) for one in paragraph.iter(*UNREAD))
    return signs_of("".join(paragraph.itertext())) - beside


@dataclass(slots=True)
class _Shape:
    """A level of a list style."""

    form: str
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1
    left: int | None = None


class _Lists:
    """The list styles of a text, and how far each list has counted."""

    def __init__(self, roots: tuple[Element, ...]) -> None:
        self._styles: dict[str, dict[int, _Shape]] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles[style.get(f"{STYLE}name", "")] = {
                    whole(level, _LEVEL, 1, _DEEPEST): _shape(level) for level in style
                }
        self._counted: dict[str, list[int]] = {}

    def begin(self, style: str, *, goes_on: bool) -> None:
        """Begin a list: at its first number, or at the one after the last list of that style."""
        if not goes_on:
            self._counted.pop(style, None)

    def count(self, style: str, level: int) -> Label | None:
        """Count an item and return its label."""
        shapes = self._styles.get(style, {})
        shape = shapes.get(level, _Shape("bullet"))
        counted = self._counted.setdefault(style, [])
        del counted[level:]
        while len(counted) < level:
            counted.append(shapes.get(len(counted) + 1, shape).start - 1)
        counted[level - 1] += 1
        left = level * _TWIPS_A_LEVEL if shape.left is None else shape.left
        if shape.form == "bullet":
            return Label("", left, level)
        numbers = [
            written(max(counted[at - 1], 1), shapes.get(at, shape).form)
            for at in range(max(1, level - shape.shown + 1), level + 1)
        ]
        number = f"{shape.before}{'.'.join(filter(None, numbers))}{shape.after}".strip()
        return Label(number, left, level) if number else None


def _shape(level: Element) -> _Shape:
    if level.tag != f"{TEXT}list-level-style-number":
        return _Shape("bullet", left=_left(level))
    form = level.get(f"{STYLE}num-format", "")
    is_cyrillic = form.startswith(_CYRILLIC)
    cyrillic = "russianUpper" if form[:1].isupper() else "russianLower"
    return _Shape(
        cyrillic if is_cyrillic else _FORMS.get(form, "decimal"),
        level.get(f"{STYLE}num-prefix", ""),
        level.get(f"{STYLE}num-suffix", ""),
        whole(level, f"{TEXT}display-levels", 1, _DEEPEST),
        whole(level, f"{TEXT}start-value", 1, 1_000_000),
        _left(level),
    )


def _left(level: Element) -> int | None:
    place = level.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    return None if place is None else twips_of(place.get(f"{FO}margin-left", ""))


class _Reader:
    """Reads one text; tables and paragraphs are counted through all of it."""

    def __init__(self, limits: Limits, remarks: Remarks, roots: tuple[Element, ...]) -> None:
        self._limits = limits
        self._remarks = remarks
        self._looks = Looks()
        for root in roots:
            self._looks.take(root)
        self._lists = _Lists(roots)
        self._tables = count(1)
        self._paragraphs: dict[str, Iterator[int]] = {}

    def blocks(self, parent: Element, where: Place) -> Iterator[Block]:
        """Yield the paragraphs with text and the tables in a part."""
        numbers = self._paragraphs.setdefault(where.part, count(1))
        nesting = Nesting()
        for element, label in self._flat(parent):
            if element.tag == _TABLE:
                nesting = Nesting()
                yield from self._table(element, where)
                continue
            read = self._paragraph(element, label)
            place = replace(where, paragraph=next(numbers))
            if not read.is_empty:
                yield read.at(place, nesting)
            for box in read.inline.boxes:
                yield from self.blocks(box, replace(where, part=where.part or "textbox"))

    def _flat(self, parent: Element, style: str = "", level: int = 0) -> Iterator[tuple[Element, Label | None]]:
        """Yield paragraphs, with what their list puts in front of them, and tables."""
        for child in parent:
            tag = child.tag
            if tag in {P, H, _TABLE}:
                yield child, None
            elif tag == LIST and level < _DEEPEST:
                own = child.get(_STYLE_NAME) or style
                if not level:
                    is_more = child.get(f"{TEXT}continue-numbering") == "true" or f"{TEXT}continue-list" in child.attrib
                    self._lists.begin(own, goes_on=is_more)
                for item in child:
                    yield from self._items(item, own, level + 1)
            elif tag in _WRAPPERS or tag == TEXT_BOX or tag.endswith("}frame"):
                yield from self._flat(child, style, level)

    def _items(self, item: Element, style: str, level: int) -> Iterator[tuple[Element, Label | None]]:
        """Yield an item's paragraphs: the first one has the label, lists inside lie deeper."""
        is_first = item.tag == _ITEM
        for element, label in self._flat(item, style, level):
            if label is None and is_first and element.tag != _TABLE:
                is_first = False
                own = style or self._looks.of("paragraph", element.get(_STYLE_NAME)).list_style
                yield element, self._lists.count(own, level)
            else:
                yield element, label

    def _paragraph(self, element: Element, label: Label | None) -> ReadText[Inline]:
        look = self._looks.of("paragraph", element.get(_STYLE_NAME))
        if label is not None and look.left:
            label = replace(label, left=look.left)
        inline = Inline()
        read_inline(element, self._looks, inline, is_bold=bool(look.is_bold))
        text = inline.text
        level = whole(element, f"{TEXT}outline-level", 1, 9) if element.tag == H else look.outline
        is_bold = bool(text) and not inline.plain
        return ReadText(Item(text, label, signs_of(text)), look.name, level, look.alignment, is_bold, inline)

    # Tables

    def _table(self, element: Element, where: Place) -> list[Block]:
        place = replace(where, table=next(self._tables), paragraph=0)
        rows = list(_rows(element, is_heading=False))
        inner: list[Block] = []
        is_layout = len(rows) <= _LAYOUT_ROWS
        made: list[Row] = []
        number = 0
        for row, is_heading in rows:
            for _time in range(whole(row, f"{TABLE}number-rows-repeated", 1, 20_000)):
                number += 1
                cells = self._row(row, replace(place, row=number), inner if is_layout else None)
                made.append(Row(number, cells, is_heading=is_heading))
                if any(cell.text for cell in cells):
                    self._limits.count_row(len(cells))
        columns = max((cell.column + cell.column_span - 1 for row in made for cell in row.cells), default=0)
        table = Table(with_those_above(made), place, columns)
        return [table, *inner] if any(cell.text for cell in table.cells()) or not inner else inner

    def _row(self, row: Element, place: Place, inner: list[Block] | None) -> tuple[Cell, ...]:
        cells = []
        column = 0
        for element in row.iterchildren(_CELL, _COVERED):
            for _time in range(whole(element, f"{TABLE}number-columns-repeated", 1, _MOST_COLUMNS)):
                column += 1
                if element.tag == _CELL and column <= _MOST_COLUMNS:
                    cells.append(self._cell(element, replace(place, column=column), inner))
        return tuple(cells)

    def _cell(self, element: Element, place: Place, inner: list[Block] | None) -> Cell:
        cell = CellText()
        waiting = list(self._flat(element))
        while waiting:
            child, label = waiting.pop(0)
            if child.tag == _TABLE:
                self._inner_table(child, place, cell, inner)
                continue
            read = self._paragraph(child, label)
            cell.add(read)
            waiting[:0] = [one for box in read.inline.boxes for one in self._flat(box)]
        return cell.at(
            place,
            row_span=whole(element, f"{TABLE}number-rows-spanned", 1, 20_000),
            column_span=whole(element, f"{TABLE}number-columns-spanned", 1, _MOST_COLUMNS),
        )

    def _inner_table(self, element: Element, place: Place, cell: CellText, inner: list[Block] | None) -> None:
        blocks = self._table(element, Place(part=place.part))
        if inner is None:
            self._remarks.add("nested-table-as-text", place)
            cell.add_tables(blocks)
        else:
            inner += blocks


def _rows(element: Element, *, is_heading: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        if child.tag == _ROW:
            yield child, is_heading
        elif child.tag == _HEADING_ROWS:
            yield from _rows(child, is_heading=True)
        elif child.tag in _WRAPPERS:
            yield from _rows(child, is_heading=is_heading)
