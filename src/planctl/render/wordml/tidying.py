"""Make a filled part what Word itself would have written: breaks, merged cells, widths, bookmarks and ids.

In: the tree of a part as the template's tags left it. Out: the same tree, changed in place; no mark is left in it.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    ID,
    MARKS,
    MERGED_UP,
    NAME,
    PPR,
    RPR,
    SPACE,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    WHOLE,
    WIDTHS,
    P,
    R,
    T,
    W,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.render.wordml.xml import Element

_TCPR_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
_TRPR_BEFORE_GRID_AFTER = ("cnfStyle", "divId", "gridBefore")
_TRPR_BEFORE_CANT_SPLIT = (*_TRPR_BEFORE_GRID_AFTER, "gridAfter", "wBefore", "wAfter")
_SHORT = 800
"""Characters of a row that surely fits on a page together with the signatures."""

_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)


def tidy(root: Element) -> None:
    """Tidy one part; the ids of bookmarks and drawings are for `number_ids`, over all parts."""
    for mark in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
        _lift_out_of_text(mark)
    for table in list(root.iter(TBL)):
        if next(table.iter(TR), None) is None:
            table.getparent().remove(table)
        else:
            _merge_cells(table)
            _fit_grid(table)
            _keep_whole(table)
            _keep_end_with_what_follows(table)
    for cell in root.iter(TC):
        _complete(cell)
    _end_in_a_paragraph(root.find(f"{W}body"))
    for text in list(root.iter(T)):
        _break_lines(text)
    for run in list(root.iter(R)):
        _drop_if_empty(run)
    for paragraph in root.iter(P):
        for name in _PARAGRAPH_IDS:
            paragraph.attrib.pop(name, None)


def _complete(cell: Element) -> None:
    """End a cell in a paragraph, and bring what docxtpl appended or prepended to its properties into Word's order."""
    if not len(cell) or cell[-1].tag != P:
        etree.SubElement(cell, P)
    for properties in cell.iterfind(TCPR):
        properties[:] = sorted(properties, key=_rank)


def _rank(property_: Element) -> int:
    name = property_.tag.removeprefix(W)
    return _TCPR_ORDER.index(name) if name in _TCPR_ORDER else len(_TCPR_ORDER)


def place_after(parent: Element, names: Iterable[str], child: Element) -> None:
    """Put a child behind all children of those names, as the schema's order of elements asks."""
    before = {f"{W}{name}" for name in names}
    at = max((index + 1 for index, element in enumerate(parent) if element.tag in before), default=0)
    parent.insert(at, child)


def _lift_out_of_text(mark: Element) -> None:
    """Put a bookmark's end in front of its run, where a template wrote `{{ anchor(row) }}` without the r."""
    text = mark.getparent()
    if text.tag != T:
        return
    before = mark.getprevious()
    if before is None:
        text.text = (text.text or "") + (mark.tail or "")
    else:
        before.tail = (before.tail or "") + (mark.tail or "")
    mark.tail = None
    text.getparent().addprevious(mark)


def _break_lines(text: Element) -> None:
    """Turn the line breaks and tabs of a value into Word's own, and drop the marks."""
    value = text.text or ""
    if not MARKS.isdisjoint(value):
        value = text.text = "".join(letter for letter in value if letter not in MARKS)
    if value != value.strip():
        text.set(SPACE, "preserve")
    if "\n" not in value and "\t" not in value:
        return
    run, at = text.getparent(), text.getparent().index(text)
    run.remove(text)
    run[at:at] = list(_pieces(value))


def _pieces(value: str) -> Iterator[Element]:
    for number, line in enumerate(value.split("\n")):
        if number:
            yield etree.Element(f"{W}br")
        for place, words in enumerate(line.split("\t")):
            if place:
                yield etree.Element(f"{W}tab")
            piece = etree.Element(T)
            piece.set(SPACE, "preserve")
            piece.text = words
            yield piece


def _drop_if_empty(run: Element) -> None:
    if all(child.tag == RPR or (child.tag == T and not child.text) for child in run):
        run.getparent().remove(run)


def _end_in_a_paragraph(body: Element | None) -> None:
    """Put a paragraph of no height behind a table that ends the document: Word wants one there."""
    if body is None:
        return
    content = [child for child in body if child.tag != f"{W}sectPr"]
    if content and content[-1].tag == TBL:
        paragraph = etree.fromstring(
            f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
        )
        content[-1].addnext(paragraph)


# Merged cells


def _merge_cells(table: Element) -> None:
    """Make the vertical merges of a table whole: each begins once, holds its text once and spans two rows or more."""
    above: dict[int, tuple[int, Element, bool]] = {}
    lone: list[Element] = []
    for row in _rows(table):
        here: dict[int, tuple[int, Element, bool]] = {}
        for at, cell in _columns(row):
            span, upper = _span(cell), above.get(at)
            if not _continues(cell):
                here[at] = (span, cell, False)
            elif upper is None or upper[0] != span:
                _set_merge(cell, None)
                here[at] = (span, cell, False)
            else:
                _set_merge(upper[1], "restart")
                _set_merge(cell, "continue")
                _empty(cell)
                here[at] = (span, upper[1], True)
        lone.extend(_ended(above, here))
        above = here
    lone.extend(_ended(above, {}))
    for cell in lone:
        _set_merge(cell, None)


def _ended(
    above: dict[int, tuple[int, Element, bool]], here: dict[int, tuple[int, Element, bool]]
) -> Iterator[Element]:
    """Yield the cells above that nothing continues, neither here nor before."""
    kept = {id(cell) for _, cell, _ in here.values()}
    for _, cell, continued in above.values():
        if not continued and id(cell) not in kept:
            yield cell


def _rows(table: Element) -> Iterator[Element]:
    """Yield the table's own rows, those inside content controls too."""
    return (row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table)


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row)


def _columns(row: Element) -> Iterator[tuple[int, Element]]:
    at = _count(row.find(f"{TRPR}/{W}gridBefore"), 0)
    for cell in _cells(row):
        yield at, cell
        at += _span(cell)


def _span(cell: Element) -> int:
    return _count(cell.find(f"{TCPR}/{W}gridSpan"), 1)


def _count(element: Element | None, otherwise: int) -> int:
    return otherwise if element is None else int(element.get(VAL, otherwise))


def _continues(cell: Element) -> bool:
    if any(MERGED_UP in (text.text or "") for text in cell.iter(T)):
        return True
    merge = cell.find(f"{TCPR}/{W}vMerge")
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _set_merge(cell: Element, value: str | None) -> None:
    merge = cell.find(f"{TCPR}/{W}vMerge")
    if value is None:
        if merge is not None:
            merge.getparent().remove(merge)
        return
    if merge is None:
        merge = etree.Element(f"{W}vMerge")
        _properties(cell, TCPR).append(merge)
    merge.set(VAL, value)


def _properties(parent: Element, name: str) -> Element:
    found = parent.find(name)
    if found is None:
        found = etree.Element(name)
        parent.insert(0, found)
    return found


def _empty(cell: Element) -> None:
    """Leave one paragraph in a cell that shows nothing; bookmarks in it stay."""
    bookmarks = list(cell.iter(BOOKMARK_START, BOOKMARK_END))
    first, *others = [child for child in cell if child.tag != TCPR] or [etree.SubElement(cell, P)]
    for other in others:
        cell.remove(other)
    if first.tag != P:
        cell.remove(first)
        first = etree.SubElement(cell, P)
    for child in list(first):
        if child.tag != PPR:
            first.remove(child)
    first.extend(bookmarks)


# The grid


def _fit_grid(table: Element) -> None:
    """Give the table as many grid columns as its widest row has, and each row as many as the grid."""
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return
    rows = [(row, _width(row)) for row in _rows(table)]
    columns = max(width for _, width in rows)
    shares = _asked_widths(table)
    total = sum(int(column.get(f"{W}w", 0)) for column in grid)
    if shares and len(shares) == columns:
        _set_grid(grid, _split(total, shares))
        _set_cell_widths(table, grid)
    elif len(grid) != columns:
        _set_grid(grid, _split(total, [1.0] * columns))
        _set_cell_widths(table, grid)
    for row, width in rows:
        if width < columns:
            _fill_row(row, missing=columns - width)


def _width(row: Element) -> int:
    ends = _count(row.find(f"{TRPR}/{W}gridBefore"), 0) + _count(row.find(f"{TRPR}/{W}gridAfter"), 0)
    return ends + sum(_span(cell) for cell in _cells(row))


def _asked_widths(table: Element) -> list[float]:
    """Return the widths that a tag asked for, and take the tag's text out of every cell it stands in."""
    asked: list[float] = []
    for text in table.iter(T):
        before, mark, rest = (text.text or "").partition(WIDTHS)
        if mark:
            numbers, _, after = rest.partition(WIDTHS)
            text.text = before + after
            asked = [float(share) for share in numbers.split(",")]
    return asked


def _split(total: int, shares: list[float]) -> list[int]:
    """Return whole widths in proportion to the shares that add up to the total."""
    whole = sum(shares)
    ends = [round(total * sum(shares[: at + 1]) / whole) for at in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _set_grid(grid: Element, widths: list[int]) -> None:
    grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]


def _set_cell_widths(table: Element, grid: Element) -> None:
    widths = [int(column.get(f"{W}w")) for column in grid]
    for row in _rows(table):
        for at, cell in _columns(row):
            properties = _properties(cell, TCPR)
            width = properties.find(f"{W}tcW")
            if width is None:
                width = etree.Element(f"{W}tcW")
                properties.append(width)
            width.set(f"{W}w", str(sum(widths[at : at + _span(cell)])))
            width.set(f"{W}type", "dxa")


def _keep_whole(table: Element) -> None:
    """Keep the marked rows on one page each."""
    for row in _rows(table):
        if any(WHOLE in (text.text or "") for text in row.iter(T)):
            properties = _row_properties(row)
            if properties.find(f"{W}cantSplit") is None:
                place_after(properties, _TRPR_BEFORE_CANT_SPLIT, etree.Element(f"{W}cantSplit"))


def _keep_end_with_what_follows(table: Element) -> None:
    """Tie a short last row of items to what follows, so that the signatures never stand alone on a page."""
    row = list(_rows(table))[-1]
    if next(row.iter(BOOKMARK_START), None) is None or len("".join(text.text or "" for text in row.iter(T))) > _SHORT:
        return
    for paragraph in row.iter(P):
        properties = paragraph.find(PPR)
        if properties is None:
            properties = etree.Element(PPR)
            paragraph.insert(0, properties)
        if properties.find(f"{W}keepNext") is None:
            place_after(properties, ("pStyle",), etree.Element(f"{W}keepNext"))


def _row_properties(row: Element) -> Element:
    properties = row.find(TRPR)
    if properties is None:
        properties = etree.Element(TRPR)
        place_after(row, ("tblPrEx",), properties)
    return properties


def _fill_row(row: Element, *, missing: int) -> None:
    cells = list(_cells(row))
    if len(cells) == 1:
        spans = _properties(cells[0], TCPR)
        span = spans.find(f"{W}gridSpan")
        if span is None:
            span = etree.Element(f"{W}gridSpan")
            spans.append(span)
        span.set(VAL, str(_count(span, 1) + missing))
        return
    properties = _row_properties(row)
    after = properties.find(f"{W}gridAfter")
    if after is None:
        after = etree.Element(f"{W}gridAfter")
        place_after(properties, _TRPR_BEFORE_GRID_AFTER, after)
    after.set(VAL, str(_count(after, 0) + missing))


# Ids


def number_ids(roots: Iterable[Element]) -> frozenset[str]:
    """Return the bookmarks' names, with ids given anew over all parts, and without what repeats or has one end."""
    names: set[str] = set()
    bookmarks, drawings = count(1), count(1)
    for root in roots:
        opened: dict[str, tuple[Element, str | None]] = {}
        for element in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
            if element.tag == BOOKMARK_START:
                repeated = element.get(NAME) in names
                opened[element.get(ID)] = (element, None if repeated else str(next(bookmarks)))
                names.add(element.get(NAME))
            else:
                _close(element, opened)
        for start, _ in opened.values():
            names.discard(start.get(NAME))
            start.getparent().remove(start)
        for drawing in root.iter(_DRAWING_ID):
            drawing.set("id", str(next(drawings)))
    return frozenset(names)


def _close(end: Element, opened: dict[str, tuple[Element, str | None]]) -> None:
    start, number = opened.pop(end.get(ID), (None, None))
    if number is None:
        for edge in (start, end):
            if edge is not None:
                edge.getparent().remove(edge)
        return
    for edge in (start, end):
        edge.set(ID, number)
