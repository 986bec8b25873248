"""Word sheets: the office's own .docx template, filled in.

In: a sheet and the template's bytes. Out: a .docx whose text holds every value of the sheet, or findings about the
template.

A template's tags see the context that `_context` returns: the sheet as it is, and a few names for what Word keeps
outside the text: bookmarks, merged cells, rows kept on one page, the widths of columns and the size of letters.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, count
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from markupsafe import Markup

from planctl.diagnostics import Span, finding
from planctl.forms.paper import digest
from planctl.render import Rendered, Trial
from planctl.render.headings import Head, column_widths, heading_rows
from planctl.render.package import repacked
from planctl.render.presence import losses
from planctl.render.wordml.filling import filled
from planctl.render.wordml.lists import Numbering, restart
from planctl.render.wordml.opening import UnreadableError, opened
from planctl.render.wordml.text import column_numbers, lines
from planctl.render.wordml.tidying import number_ids, tidy
from planctl.render.wordml.xml import (
    LIST_ITEM,
    LIST_START,
    MERGED_UP,
    SHORT_ROWS_WHOLE,
    SIZE,
    WHOLE,
    WIDTHS,
    parsed,
)
from planctl.report.notation import written_text
from planctl.report.sheet import Block, Group, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Column
    from planctl.render import Template
    from planctl.render.wordml.xml import Element
    from planctl.report.sheet import Cell, Row, Sheet, Table

ANCHORS = "urn:planctl:anchors"
"""The namespace of the custom part that leads from a bookmark back to its item."""

_ANCHOR_TAG = "{{r anchor(row) }}"
_DATED = datetime(2000, 1, 1, tzinfo=UTC)
_STORE_ID = "{6D3A1C52-8B0E-4F57-9A64-2F1B7C90D5E3}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LANGUAGES = {"mn": "mn-MN", "en": "en-GB"}
_PROPERTY_LENGTH = 255
_SMALLEST, _LARGEST = 1, 400
"""Points."""

_TEXT_PARTS = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")


def render(sheet: Sheet, template: Template | None) -> Rendered:
    """Return the sheet as a .docx; findings name the template and the number of a paragraph in it.

    Errors: those of a file (see `wordml.opening`) and of a tag (see `sandbox` and `wordml.filling`), and
    template-loses-value; template-no-anchor is a warning.
    """
    if template is None:
        raise TypeError("a Word sheet starts from a template")
    document, faults = _filled(sheet, template)
    if faults:
        return Rendered(None, faults)
    trees = _trees(document)
    anchors = _tidy(document, trees)
    findings = (*_losses(sheet, trees, template.path), *_rows_without_anchor(sheet, anchors, template.path))
    if any(found.is_error for found in findings):
        return Rendered(None, findings)
    _describe(sheet, document)
    _keep_anchors(sheet, document, anchors)
    return Rendered(_saved(document), findings)


def trial(sheet: Sheet, template: Template) -> Trial:
    """Return what the template shows of the sheet, and the faults of the file and its tags."""
    document, faults = _filled(sheet, template)
    if document is None:
        return Trial(faults)
    trees = _trees(document)
    anchors = _tidy(document, trees)
    findings = (*faults, *_rows_without_anchor(sheet, anchors, template.path))
    return Trial(findings, tuple(_shown(trees)), tuple(_column_numbers(trees)))


def _filled(sheet: Sheet, template: Template) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Return the filled document, None where a fault hides it, and the findings of file and tags."""
    try:
        opened(template.content)
        done = filled(template.content, _context(sheet))
    except UnreadableError as fault:
        return None, (finding(fault.code, Span(template.path), **fault.values),)
    faults = (finding(fault.code, Span(template.path, fault.line), **fault.values) for fault in done.faults)
    return done.document, tuple(faults)


# What a template sees


def _context(sheet: Sheet) -> Mapping[str, object]:
    return {
        "sheet": _marked_sheet(sheet),
        "anchor": _anchor,
        "above": MERGED_UP,
        "whole": WHOLE,
        "short_rows_whole": SHORT_ROWS_WHOLE,
        "headings": _headings,
        "cell": _cell,
        "blocks": _blocks,
        "widths": _widths,
        "size": _size,
    }


def _anchor(row: Row) -> Markup:
    """`{{r anchor(row) }}`: the row's bookmark, and nothing for a row that stands for no item.

    All of them have one id until the tidying numbers them; what a template repeats it leaves out.
    """
    if not row.anchor:
        return Markup()
    name = quoteattr(row.anchor)
    return Markup(f'<w:bookmarkStart w:id="-1" w:name={name}/><w:bookmarkEnd w:id="-1"/>')  # noqa: S704 -- quoted


def _cell(group: Group, row: Row, column: Column) -> Cell | str:
    """`{{ cell(group, row, column) }}`: that column's cell, merged with the one above where the group shares it."""
    if not column.grouped:
        return row.cells.get(column.key, "")
    return group.cells.get(column.key, "") if row is group.rows[0] else MERGED_UP


def _blocks(group: Group, row: Row, column: Column) -> tuple[Block, ...]:
    """`{%p for block in blocks(group, row, column) %}`: the paragraphs of such a cell, at least an empty one."""
    found = _cell(group, row, column)
    if isinstance(found, str):
        return (Block("paragraph", found),)
    return found.blocks or (Block("paragraph", found.text),)


def _headings(table: Table) -> tuple[tuple[Head, ...], ...]:
    """`{%tr for heads in headings(table) %}`: the heading's one or two rows, with a cell for each that Word wants.

    Word keeps a cell below one that is merged over both rows.
    """
    upper, *lower = heading_rows(table)
    merged = [Head(MERGED_UP, head.first) for head in upper if head.rows > 1]
    return upper, *(tuple(sorted((*heads, *merged), key=attrgetter("first"))) for heads in lower)


def _size(points: float) -> str:
    """`{{ size(8) }}`: anywhere in a table, gives all its letters this size in points."""
    if not _SMALLEST <= points <= _LARGEST:
        raise ValueError("not a size of letters")
    return f"{SIZE}{points}{SIZE}"


def _widths(table: Table) -> str:
    """`{{ widths(table) }}`: anywhere in a table, gives its columns the sheet's widths and room for their headings."""
    return f"{WIDTHS}{','.join(str(width) for width in column_widths(table))}{WIDTHS}"


def _marked_sheet(sheet: Sheet) -> Sheet:
    """Return the sheet with a mark in front of each numbered item, and with blocks in each cell of prose."""
    return replace(
        sheet,
        passages=tuple(
            replace(one, blocks=tuple(_marked_block(block) for block in one.blocks)) for one in sheet.passages
        ),
        tables=tuple(_marked_table(table) for table in sheet.tables),
        annexes=tuple(_marked_table(table) for table in sheet.annexes),
    )


def _marked_table(table: Table) -> Table:
    prose = frozenset(column.key for column in table.columns if column.kind == "prose")

    def cells(given: Mapping[str, Cell]) -> Mapping[str, Cell]:
        if not any(_needs_blocks(cell) for key, cell in given.items() if key in prose):
            return given
        return {key: _marked_cell(cell) if key in prose else cell for key, cell in given.items()}

    def marked(band: Section | Group) -> Section | Group:
        if isinstance(band, Section):
            return band
        rows = tuple(replace(row, cells=cells(row.cells)) for row in band.rows)
        return replace(band, cells=cells(band.cells), rows=rows)

    return replace(table, bands=tuple(marked(band) for band in table.bands))


def _needs_blocks(cell: Cell) -> bool:
    return any(block.kind == "number" for block in cell.blocks) if cell.blocks else bool(cell.text)


def _marked_cell(cell: Cell) -> Cell:
    blocks = cell.blocks or tuple(Block("paragraph", line) for line in cell.text.split("\n"))
    return replace(cell, blocks=tuple(_marked_block(block) for block in blocks))


def _marked_block(block: Block) -> Block:
    if block.kind != "number":
        return block
    return replace(block, text=f"{LIST_START if block.ordinal == 1 else LIST_ITEM}{block.text}")


# What is made of the filled template


def _trees(document: Any) -> tuple[tuple[Any, Element], ...]:
    """Return the parts that hold text, each with its tree, the body first; python-docx keeps footnotes as bytes."""
    others = (part for part in document.part.package.iter_parts() if part.content_type.endswith(_TEXT_PARTS))
    return tuple(
        (part, part.element if hasattr(part, "element") else parsed(part.blob)) for part in (document.part, *others)
    )


def _tidy(document: Any, trees: tuple[tuple[Any, Element], ...]) -> frozenset[str]:
    """Tidy the trees in place, keep them in the document, and return the names of the bookmarks in them."""
    numbering = _numbering(document)
    for _, root in trees:
        if numbering is not None:
            restart(root, numbering)
        tidy(root)
    names = number_ids(root for _, root in trees)
    for part, root in trees:
        if not hasattr(part, "element"):
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 -- no setter
    return names


def _numbering(document: Any) -> Numbering | None:
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    return Numbering(document.styles.element, numbering.element)


def _describe(sheet: Sheet, document: Any) -> None:
    """Set the file's properties from the sheet; their dates are constants, whatever the clock says."""
    properties = document.core_properties
    properties.title = " ".join(sheet.heading.title)[:_PROPERTY_LENGTH]
    properties.author = properties.last_modified_by = sheet.organisation[:_PROPERTY_LENGTH]
    properties.created = properties.modified = _DATED
    properties.revision = 1
    properties.language = _LANGUAGES.get(sheet.language, sheet.language)
    for name in ("comments", "keywords", "subject"):
        setattr(properties, name, "")


def _keep_anchors(sheet: Sheet, document: Any, anchors: frozenset[str]) -> None:
    """Put the table of bookmarks and addresses into the file as a part of its own, which Word keeps when it saves.

    With each go the digests of the row's cells: they tell later what somebody has changed in the file.
    """
    rows = {row.anchor: (row.address, _digests(group, row)) for group, row in _rows(sheet) if row.anchor in anchors}
    if not rows:
        return
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(number for number in count(1) if f"/customXml/item{number}.xml" not in taken)
    items = "".join(
        f"<item bookmark={quoteattr(name)} address={quoteattr(address)} cells={quoteattr(digests)}/>"
        for name, (address, digests) in rows.items()
    )
    content = f'{_DECLARATION}<anchors xmlns="{ANCHORS}" sheet={quoteattr(sheet.stem)}>{items}</anchors>'
    properties = (
        f'{_DECLARATION}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{ANCHORS}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    item = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, content.encode(), package)
    about = Part(
        PackURI(f"/customXml/itemProps{number}.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        properties.encode(),
        package,
    )
    item.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return repacked(target.getvalue())


# Whether all is there


def _losses(sheet: Sheet, trees: tuple[tuple[Any, Element], ...], path: str) -> tuple[Diagnostic, ...]:
    return losses(sheet, _shown(trees), path, besides=_column_numbers(trees))


def _shown(trees: tuple[tuple[Any, Element], ...]) -> Iterator[str]:
    return chain.from_iterable(lines(root) for _, root in trees)


def _column_numbers(trees: tuple[tuple[Any, Element], ...]) -> Iterator[str]:
    return chain.from_iterable(column_numbers(root) for _, root in trees)


def _rows(sheet: Sheet) -> Iterator[tuple[Group, Row]]:
    for table in (*sheet.tables, *sheet.annexes):
        for band in table.bands:
            if isinstance(band, Group):
                yield from ((band, row) for row in band.rows)


def _digests(group: Group, row: Row) -> str:
    """Return the digests of a row's cells, those that it shares with others included: `progress=1f0c55aa self=`."""
    cells = {**group.cells, **row.cells}
    return " ".join(f"{key}={digest(written_text(cell))}" for key, cell in cells.items())


def _rows_without_anchor(sheet: Sheet, anchors: frozenset[str], path: str) -> tuple[Diagnostic, ...]:
    lacking = sum(1 for _group, row in _rows(sheet) if row.anchor and row.anchor not in anchors)
    return (finding("template-no-anchor", Span(path), count=lacking, tag=_ANCHOR_TAG),) if lacking else ()
