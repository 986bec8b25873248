"""Word files: paragraphs and tables, in the order of the text, as they read with all changes accepted.

In: a package. Out: `OfficeFile`. After the text come text in page headers and footers; text boxes come behind the
paragraph, or inside the cell, that they hang on. Footnotes, endnotes and comments stand beside the text they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from planctl.importer.grid import with_those_above
from planctl.importer.limits import Limits, ranges_said, too_many_columns
from planctl.importer.lines import Item, Lines, Nesting, is_page_number, labelled
from planctl.importer.office_file import Block, Built, Cell, Note, OfficeFile, Paragraph, Row, Table
from planctl.importer.package import Package, damaged
from planctl.importer.remarks import Remarks
from planctl.importer.signs import signs_of
from planctl.importer.strangers import remark_on_package
from planctl.importer.word_styles import Lists, Styles, formed, is_on, whole
from planctl.importer.word_text import (
    ADDED,
    ALTERNATE,
    CHOICE,
    DELETED,
    FALLBACK,
    KEPT,
    MATH_TEXT,
    REMOVED,
    SDT,
    SYMBOL,
    Changes,
    Inline,
    Texts,
    content_of,
)
from planctl.place import NOWHERE, Place
from planctl.render.wordml.xml import (
    BOOKMARK_START,
    ID,
    NAME,
    NO_BREAK_HYPHEN,
    PPR,
    RPR,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    P,
    R,
    T,
    W,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.importer.lines import Label
    from planctl.importer.office_file import Alignment
    from planctl.render.wordml.xml import Element

_ANCHORS = "urn:planctl:anchors"
_GRID_SPAN, _V_MERGE, _H_MERGE, _CELL_DELETED = (f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge", "cellDel"))
_GRID_BEFORE, _HEADING, _HIDDEN = (f"{W}{name}" for name in ("gridBefore", "tblHeader", "hidden"))
_GRID_COLUMNS = f"{W}tblGrid/{W}gridCol"
_CUSTOM = f"{W}customXml"
_MOST_COLUMNS = 1000
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
    anchors, built = _anchors(package)
    return OfficeFile(
        name=name,
        kind="docx",
        blocks=(*blocks, *(block for block in around if not is_page_number(block))),
        remarks=remarks.all(),
        anchors=anchors,
        built=built,
        signs=sum(map(_signs_in, roots)) - sum(block.signs for block in around if is_page_number(block)),
    )


@dataclass(slots=True)
class _Text:
    """A paragraph that was read, and how it stands."""

    item: Item
    style: str
    level: int
    alignment: Alignment
    is_bold: bool
    inline: Inline


@dataclass(slots=True)
class _Open:
    """A cell that the rows below may still make longer."""

    cell: Cell
    last_row: int


class _OpenRow(NamedTuple):
    """A row and the cells that begin in it."""

    number: int
    begun: list[_Open]
    is_heading: bool
    is_hidden: bool


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

    def _plain(self, parent: Element) -> list[_Text]:
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
        for group in _grouped(parent):
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
            yield from _as_paragraph(read, place, nesting)
            for box in read.inline.boxes:
                yield from self.blocks(box, replace(where, part=where.part or "textbox"))

    def _paragraph(self, elements: list[Element]) -> _Text:
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
        return _Text(item, style.name, style.level, style.alignment, is_bold, inline)

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
        for child in _flat(element):
            if child.tag == BOOKMARK_START:
                marks.setdefault(len(rows), []).append(child.get(NAME, ""))
            elif child.tag == TR and not self._is_deleted(child):
                rows.append(child)
        is_layout = len(rows) <= _LAYOUT_ROWS
        inner: list[Block] = []
        heads: list[_OpenRow] = []
        open_: dict[int, _Open] = {}
        for number, row in enumerate(rows, start=1):
            self._keep(replace(place, row=number), row)
            begun, open_ = self._row(row, replace(place, row=number), open_, inner if is_layout else None)
            _mark(begun, marks.get(number - 1, []))
            properties = row.find(TRPR)
            is_heading = properties is not None and is_on(properties.find(_HEADING))
            is_hidden = properties is not None and is_on(properties.find(_HIDDEN))
            heads.append(_OpenRow(number, begun, is_heading, is_hidden))
            if any(one.cell.text for one in begun):
                self._limits.count_row(len(begun))
        table = _built(place, heads, columns=len(element.findall(_GRID_COLUMNS)))
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
        self, row: Element, place: Place, above: dict[int, _Open], inner: list[Block] | None
    ) -> tuple[list[_Open], dict[int, _Open]]:
        """Return the cells that begin in a row, and all that are seen in it, by column."""
        properties = row.find(TRPR)
        before = None if properties is None else properties.find(_GRID_BEFORE)
        column = 1 + (0 if before is None else max(0, whole(before.get(VAL)) or 0))
        begun: list[_Open] = []
        seen: dict[int, _Open] = {}
        waiting: list[str] = []
        for element in _flat(row):
            if element.tag == BOOKMARK_START:
                waiting.append(element.get(NAME, ""))
            if element.tag != TC:
                continue
            own = element.find(TCPR)
            merged, span, is_beside = _merging(own)
            if column + span > _MOST_COLUMNS:
                raise too_many_columns(self._limits.file)
            if own is not None and own.find(_CELL_DELETED) is not None:
                self._changes.removed += 1
                continue
            cell_place = replace(place, column=column)
            self._keep(cell_place, element)
            if is_beside and begun:
                self._join(begun[-1], self._cell(element, cell_place, 0, inner), span)
            elif merged == "continue" and (origin := above.get(column)) is not None:
                self._lengthen(origin, self._cell(element, cell_place, 0, inner), place.row)
                seen[column] = origin
            else:
                cell = self._cell(element, cell_place, span, inner)
                begun.append(_Open(cell, place.row))
                if merged:
                    seen[column] = begun[-1]
            column += span
        _mark(begun, waiting)
        return begun, seen

    @staticmethod
    def _join(left: _Open, more: Cell, span: int) -> None:
        left.cell = replace(_with_more(left.cell, more), column_span=left.cell.column_span + span)

    @staticmethod
    def _lengthen(origin: _Open, more: Cell, row: int) -> None:
        """Let a cell reach down to a row; what stands unseen in the part that is merged is kept at its end."""
        origin.last_row = row
        if more.text or more.bookmarks or more.notes:
            origin.cell = _with_more(origin.cell, more)

    def _cell(self, element: Element, place: Place, span: int, inner: list[Block] | None) -> Cell:
        lines = Lines()
        bookmarks: list[str] = []
        notes: list[Note] = []
        alignment: Alignment = ""
        plain = False
        groups = list(_grouped(element, bookmarks))
        while groups:
            group = groups.pop(0)
            if group[0].tag == TBL:
                self._inner_table(group[0], place, lines, inner)
                continue
            changed = (self._changes.added, self._changes.removed)
            read = self._paragraph(group)
            self._note_change(changed, place)
            self._remark_on_hidden(read.inline, place)
            bookmarks += read.inline.bookmarks
            notes += read.inline.notes
            plain = plain or read.inline.plain
            alignment = alignment or read.alignment
            lines.add(read.item)
            groups[:0] = [one for box in read.inline.boxes for one in _grouped(box, bookmarks)]
        text = lines.text
        return Cell(
            text=text,
            place=place,
            row=place.row,
            column=place.column,
            column_span=max(span, 1),
            is_bold=bool(text) and not plain,
            alignment=alignment,
            bookmarks=tuple(bookmarks),
            notes=tuple(notes),
            signs=lines.signs,
        )

    def _inner_table(self, element: Element, place: Place, lines: Lines, inner: list[Block] | None) -> None:
        blocks = self._table(element, Place(part=place.part))
        if inner is not None:
            inner += blocks
            return
        self._remarks.add("nested-table-as-text", place)
        for block in blocks:
            if isinstance(block, Table):
                lines.add_table(block)


def _mark(cells: list[_Open], bookmarks: list[str]) -> None:
    """Give bookmarks that stand between cells or rows to the first cell behind them."""
    if bookmarks and cells:
        cells[0].cell = replace(cells[0].cell, bookmarks=(*bookmarks, *cells[0].cell.bookmarks))


def _with_more(cell: Cell, more: Cell) -> Cell:
    return replace(
        cell,
        text="\n\n".join(filter(None, (cell.text, more.text))),
        bookmarks=(*cell.bookmarks, *more.bookmarks),
        notes=(*cell.notes, *more.notes),
        signs=cell.signs + more.signs,
    )


def _merging(properties: Element | None) -> tuple[str, int, bool]:
    """Return how a cell is merged with the one above ("", "restart", "continue"), its columns, and if with the left."""
    if properties is None:
        return "", 1, False
    merged, span, is_beside = "", 1, False
    for child in properties:
        tag = child.tag
        if tag == _GRID_SPAN:
            span = max(1, whole(child.get(VAL)) or 1)
        elif tag == _V_MERGE:
            merged = child.get(VAL, "continue")
        elif tag == _H_MERGE:
            is_beside = child.get(VAL, "continue") == "continue"
    return merged, span, is_beside


def _built(place: Place, rows: list[_OpenRow], *, columns: int) -> Table:
    """Return the table, now that it is known how far each cell reaches."""
    closed = [Row(row.number, tuple(map(_closed, row.begun)), (), row.is_heading, row.is_hidden) for row in rows]
    reached = max((cell.column + cell.column_span - 1 for row in closed for cell in row.cells), default=0)
    return Table(with_those_above(closed), place, max(columns, reached) if columns <= _MOST_COLUMNS else reached)


def _closed(one: _Open) -> Cell:
    return replace(one.cell, row_span=one.last_row - one.cell.row + 1) if one.last_row > one.cell.row else one.cell


def _as_paragraph(read: _Text, place: Place, nesting: Nesting) -> Iterator[Paragraph]:
    label = read.item.label.number if read.item.label else ""
    text = labelled(read.item, nesting)
    if not (text or read.inline.bookmarks or read.inline.notes):
        return
    yield Paragraph(
        text=text,
        place=place,
        style=read.style,
        level=read.level,
        alignment=read.alignment,
        label=label if text else "",
        is_bold=read.is_bold,
        bookmarks=tuple(read.inline.bookmarks),
        notes=tuple(read.inline.notes),
        signs=read.item.signs,
    )


# The order of elements


def _flat(parent: Element) -> Iterator[Element]:
    """Yield the children as if no content controls, moved blocks and old markup stood around them."""
    for child in parent:
        tag = child.tag
        if tag == SDT:
            for content in content_of(child):
                yield from _flat(content)
        elif tag == _CUSTOM or tag in KEPT:
            yield from _flat(child)
        elif tag == ALTERNATE:
            for chosen in child.iterchildren(CHOICE, FALLBACK):
                yield from _flat(chosen)
                break
        elif tag not in REMOVED:
            yield child


def _grouped(parent: Element, bookmarks: list[str] | None = None) -> Iterator[list[Element]]:
    """Yield tables, and paragraphs with those that a deleted mark joins to them; keep bookmarks between them."""
    waiting: list[Element] = []
    for child in _flat(parent):
        if child.tag == P:
            waiting.append(child)
            if child.find(f"{PPR}/{RPR}/{DELETED}") is None:
                yield waiting
                waiting = []
        elif child.tag == TBL:
            if waiting:
                yield waiting
                waiting = []
            yield [child]
        elif child.tag == BOOKMARK_START and bookmarks is not None:
            bookmarks.append(child.get(NAME, ""))
    if waiting:
        yield waiting


# Accounts


def _signs_in(root: Element) -> int:
    """Count the characters of a part straight from its XML."""
    return _all_signs(root) - sum(map(_all_signs, _unread(root)))


def _all_signs(root: Element) -> int:
    text = "".join(one.text or "" for one in root.iter(T, MATH_TEXT))
    return signs_of(text) + sum(1 for one in root.iter(NO_BREAK_HYPHEN, SYMBOL) if one.getparent().tag == R)


def _unread(root: Element) -> Iterator[Element]:
    """Yield the outermost elements whose text is not read: what changes removed, and what is there twice."""
    for element in root.iter(*REMOVED, _CELL_DELETED, FALLBACK, SDT):
        if element.tag == FALLBACK and element.getparent().find(CHOICE) is None:
            continue
        if element.tag == SDT and content_of(element):
            continue
        parent = element.getparent()
        if parent.tag == RPR:
            continue
        if parent.tag in {TRPR, TCPR}:
            yield parent.getparent()
        else:
            yield element


def _anchors(package: Package) -> tuple[dict[str, str], Built]:
    """Return the addresses of bookmarks, and what planctl built the file from."""
    found: dict[str, str] = {}
    built: dict[str, dict[str, str]] = {}
    sheet = ""
    for part in package.parts:
        if part.startswith("customXml/item") and "Props" not in part:
            content = package.bytes_of(part)
            if _ANCHORS.encode() not in content:
                continue
            root = package.tree(part)
            sheet = root.get("sheet", sheet)
            for item in root.iter(f"{{{_ANCHORS}}}item"):
                address = found[item.get("bookmark", "")] = item.get("address", "")
                cells = (one.rpartition("=") for one in item.get("cells", "").split())
                if digests := {key: sign for key, _sign, sign in cells}:
                    built.setdefault(address, digests)
    return found, Built(sheet, built)
