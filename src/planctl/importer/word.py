"""Word files: paragraphs and tables, in the order of the text, as they read with all changes accepted.

In: a package. Out: `OfficeFile`. After the text come text in page headers and footers; text boxes come behind the
paragraph, or inside the cell, that they hang on. Footnotes, endnotes and comments stand beside the text they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from planctl.importer.limits import Limits, ranges_said, too_many_columns
from planctl.importer.lines import Item, Nesting, is_page_number
from planctl.importer.office_file import Block, Cell, Note, OfficeFile
from planctl.importer.package import Package, damaged
from planctl.importer.read_text import CellText, ReadText
from planctl.importer.remarks import Remarks
from planctl.importer.signs import signs_of
from planctl.importer.strangers import remark_on_package
from planctl.importer.word_anchors import anchors_in
from planctl.importer.word_cells import CELL_DELETED, MOST_COLUMNS, OpenCell, OpenRow, mark, merging, table_of
from planctl.importer.word_order import flat, grouped
from planctl.importer.word_signs import signs_in
from planctl.importer.word_styles import Lists, Styles, formed, is_on, whole
from planctl.importer.word_text import ADDED, DELETED, Changes, Inline, Texts
from planctl.place import NOWHERE, Place
from planctl.render.wordml.xml import BOOKMARK_START, ID, NAME, PPR, TBL, TC, TCPR, TR, TRPR, VAL, P, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.importer.lines import Label
    from planctl.render.wordml.xml import Element

_GRID_BEFORE, _HEADING, _HIDDEN = (f"{W}{name}" for name in ("gridBefore", "tblHeader", "hidden"))
_GRID_COLUMNS = f"{W}tblGrid/{W}gridCol"
_LAYOUT_ROWS = 3
"""A table of no more rows that holds others is there to place them on the page."""


@dataclass(slots=True)
class Standing:
    """Where the XML of a document has what was read of it, for those who change the very same elements.

    `elements` leads from the place of a table, a row, a cell or a paragraph outside of tables to its elements, those of
    cells that are merged into others too; `labels` from a paragraph to what its list puts in front of it. `root` is the
    tree of the part with the text, whose path in the package is `part`.
    """

    part: str = ""
    root: Element = None
    elements: dict[Place, list[Element]] = field(default_factory=dict)
    labels: dict[Element, Label] = field(default_factory=dict)

    def at(self, place: Place) -> Element | None:
        """Return the first element at a place; None where there is nothing."""
        return next(iter(self.elements.get(place, ())), None)


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the document holds."""
    return _read(content, name, None)


def read_standing(content: bytes, name: str) -> tuple[OfficeFile, Standing]:
    """Return what the document holds, and where its XML has it."""
    standing = Standing()
    return _read(content, name, standing), standing


def _read(content: bytes, name: str, standing: Standing | None) -> OfficeFile:
    package = Package(content, name)
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), "")
    main = main if main in package else "word/document.xml"
    relations = package.relations(main)

    def related(kind: str) -> Element | None:
        part = next((target for one, target, _ in relations.values() if one == kind and target in package), None)
        return None if part is None else package.tree(part)

    remarks = Remarks(name)
    remark_on_package(package, remarks)
    reader = _Reader(name, remarks, Styles(related("styles")), Lists(related("numbering")), standing)
    roots = [root for kind in ("footnotes", "endnotes", "comments") if (root := related(kind)) is not None]
    for root in roots:
        reader.take_notes(root)
    document = package.tree(main)
    body = document.find(f"{W}body")
    if body is None:
        raise damaged(name, main)
    if standing is not None:
        standing.part, standing.root = main, document
    blocks = list(reader.blocks(body, NOWHERE))
    roots.append(body)
    around: list[Block] = []
    for part in ("header", "footer"):
        for kind, target, is_outside in relations.values():
            if kind == part and not is_outside and target in package:
                roots.append(root := package.tree(target))
                around += reader.blocks(root, Place(part=part))
    reader.remark_on_changes()
    anchors, built = anchors_in(package)
    return OfficeFile(
        name=name,
        kind="docx",
        blocks=(*blocks, *(block for block in around if not is_page_number(block))),
        remarks=remarks.all(),
        anchors=anchors,
        built=built,
        signs=sum(map(signs_in, roots)) - sum(block.signs for block in around if is_page_number(block)),
    )


class _Reader:
    """Reads the parts of one document; lists and tables are counted through all of them."""

    def __init__(
        self, name: str, remarks: Remarks, styles: Styles, lists: Lists, standing: Standing | None = None
    ) -> None:
        self._standing = standing
        self._limits = Limits(name)
        self._remarks = remarks
        self._styles = styles
        self._lists = lists
        self._changes = Changes()
        self._first_change = NOWHERE
        self._notes: dict[tuple[str, str], Note] = {}
        self._texts = Texts(styles, self._notes, self._changes)
        self._tables = count(1)
        self._paragraphs: dict[str, Iterator[int]] = {}

    # Beside the text

    def take_notes(self, root: Element) -> None:
        """Keep the footnotes, endnotes or comments of a part, for the places that refer to them."""
        for kind in ("footnote", "endnote", "comment"):
            for element in root.iterchildren(f"{W}{kind}"):
                if element.get(f"{W}type", "normal") != "normal":
                    continue
                texts = [one.item for one in self._plain(element) if one.item.text]
                note = Note(
                    kind,
                    "\n\n".join(one.text for one in texts),
                    element.get(f"{W}author", ""),
                    sum(one.signs for one in texts),
                )
                self._notes[kind, element.get(ID, "")] = note

    def _plain(self, parent: Element) -> list[ReadText[Inline]]:
        return [self._paragraph([one]) for one in parent.iter(P)]

    def remark_on_changes(self) -> None:
        """Say what tracked changes were accepted."""
        if self._changes.added or self._changes.removed:
            self._remarks.add(
                "tracked-changes-accepted",
                self._first_change,
                added=self._changes.added,
                removed=self._changes.removed,
            )

    # Paragraphs

    def blocks(self, parent: Element, where: Place) -> Iterator[Block]:
        """Yield the paragraphs with text and the tables in a part."""
        numbers = self._paragraphs.setdefault(where.part, count(1))
        nesting = Nesting()
        for group in grouped(parent):
            if group[0].tag == TBL:
                nesting = Nesting()
                yield from self._table(group[0], where)
                continue
            place = replace(where, paragraph=next(numbers))
            self._keep(place, *group)
            changed = (self._changes.added, self._changes.removed)
            read = self._paragraph(group)
            self._note_change(changed, place)
            self._remark_on_hidden(read.inline, place)
            paragraph = read.at(place, nesting)
            if paragraph.text or not read.is_empty:
                yield paragraph
            for box in read.inline.boxes:
                yield from self.blocks(box, replace(where, part=where.part or "textbox"))

    def _paragraph(self, elements: list[Element]) -> ReadText[Inline]:
        """Return a paragraph; it is of several elements where the marks that part them were deleted."""
        style, style_id = formed(self._styles, elements[-1].find(PPR))
        inline = Inline()
        for element in elements:
            self._texts.read(element, inline, is_bold=style.is_bold)
        text = inline.text.strip()
        if "\n" in text:
            text = "\n".join(map(str.strip, text.split("\n")))
        # A list goes on counting at paragraphs that show nothing.
        label = self._lists.count(style, style_id)
        if label and self._standing is not None:
            self._standing.labels[elements[-1]] = label
        is_bold = bool(text) and not inline.plain
        item = Item(text, label, signs_of(text))
        return ReadText(item, style.name, style.level, style.alignment, is_bold, inline)

    def _keep(self, place: Place, *elements: Element) -> None:
        """Keep where a place is, for those who ask."""
        if self._standing is not None:
            self._standing.elements.setdefault(place, []).extend(elements)

    def _note_change(self, before: tuple[int, int], place: Place) -> None:
        if self._first_change == NOWHERE and before != (self._changes.added, self._changes.removed):
            self._first_change = place

    def _remark_on_hidden(self, inline: Inline, place: Place) -> None:
        if inline.hidden:
            self._remarks.add("hidden-text-read", place, text=" ".join(" ".join(inline.hidden).split())[:80])

    # Tables

    def _table(self, element: Element, where: Place) -> list[Block]:
        """Return the table, and behind it those that stand in its cells where it only places them."""
        place = replace(where, table=next(self._tables), paragraph=0)
        self._keep(place, element)
        marks: dict[int, list[str]] = {}
        rows: list[Element] = []
        for child in flat(element):
            if child.tag == BOOKMARK_START:
                marks.setdefault(len(rows), []).append(child.get(NAME, ""))
            elif child.tag == TR and not self._is_deleted(child):
                rows.append(child)
        is_layout = len(rows) <= _LAYOUT_ROWS
        inner: list[Block] = []
        heads: list[OpenRow] = []
        open_: dict[int, OpenCell] = {}
        for number, row in enumerate(rows, start=1):
            self._keep(replace(place, row=number), row)
            begun, open_ = self._row(row, replace(place, row=number), open_, inner if is_layout else None)
            mark(begun, marks.get(number - 1, []))
            properties = row.find(TRPR)
            is_heading = properties is not None and is_on(properties.find(_HEADING))
            is_hidden = properties is not None and is_on(properties.find(_HIDDEN))
            heads.append(OpenRow(number, begun, is_heading, is_hidden))
            if any(one.cell.text for one in begun):
                self._limits.count_row(len(begun))
        table = table_of(place, heads, columns=len(element.findall(_GRID_COLUMNS)))
        hidden = [row.number for row in table.rows if row.is_hidden]
        if hidden:
            self._remarks.add("hidden-rows-read", place, rows=ranges_said(hidden))
        return [table, *inner] if any(cell.text for cell in table.cells()) or not inner else inner

    def _is_deleted(self, row: Element) -> bool:
        properties = row.find(TRPR)
        if properties is None:
            return False
        if properties.find(ADDED) is not None:
            self._changes.added += 1
        if properties.find(DELETED) is None:
            return False
        self._changes.removed += 1
        return True

    def _row(
        self, row: Element, place: Place, above: dict[int, OpenCell], inner: list[Block] | None
    ) -> tuple[list[OpenCell], dict[int, OpenCell]]:
        """Return the cells that begin in a row, and all that are seen in it, by column."""
        properties = row.find(TRPR)
        before = None if properties is None else properties.find(_GRID_BEFORE)
        column = 1 + (0 if before is None else max(0, whole(before.get(VAL)) or 0))
        begun: list[OpenCell] = []
        seen: dict[int, OpenCell] = {}
        waiting: list[str] = []
        for element in flat(row):
            if element.tag == BOOKMARK_START:
                waiting.append(element.get(NAME, ""))
            if element.tag != TC:
                continue
            own = element.find(TCPR)
            merged, span, is_beside = merging(own)
            if column + span > MOST_COLUMNS:
                raise too_many_columns(self._limits.file)
            if own is not None and own.find(CELL_DELETED) is not None:
                self._changes.removed += 1
                continue
            cell_place = replace(place, column=column)
            self._keep(cell_place, element)
            if is_beside and begun:
                begun[-1].join(self._cell(element, cell_place, 0, inner), span)
            elif merged == "continue" and (origin := above.get(column)) is not None:
                origin.lengthen(self._cell(element, cell_place, 0, inner), place.row)
                seen[column] = origin
            else:
                cell = self._cell(element, cell_place, span, inner)
                begun.append(OpenCell(cell, place.row))
                if merged:
                    seen[column] = begun[-1]
            column += span
        mark(begun, waiting)
        return begun, seen

    def _cell(self, element: Element, place: Place, span: int, inner: list[Block] | None) -> Cell:
        cell = CellText()
        groups = list(grouped(element, cell.bookmarks))
        while groups:
            group = groups.pop(0)
            if group[0].tag == TBL:
                self._inner_table(group[0], place, cell, inner)
                continue
            changed = (self._changes.added, self._changes.removed)
            read = self._paragraph(group)
            self._note_change(changed, place)
            self._remark_on_hidden(read.inline, place)
            cell.add(read)
            groups[:0] = [one for box in read.inline.boxes for one in grouped(box, cell.bookmarks)]
        return cell.at(place, column_span=max(span, 1))

    def _inner_table(self, element: Element, place: Place, cell: CellText, inner: list[Block] | None) -> None:
        blocks = self._table(element, Place(part=place.part))
        if inner is None:
            self._remarks.add("nested-table-as-text", place)
            cell.add_tables(blocks)
        else:
            inner += blocks
