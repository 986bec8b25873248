"""Let a filled table fall well on pages: letters that suit its columns, rows kept whole, its end with what follows.

In: a table whose cells are merged and whose grid fits. Out: the same table, changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.measure import wrapped
from planctl.render.wordml.tables import (
    TRPR_BEFORE_GRID_AFTER,
    asked,
    columns_of,
    row_properties,
    rows_of,
    span_of,
)
from planctl.render.wordml.xml import (
    BOOKMARK_START,
    PPR,
    RPR,
    SHORT_ROWS_WHOLE,
    SIZE,
    TCPR,
    VAL,
    WHOLE,
    P,
    R,
    T,
    W,
    place_after,
    properties_of,
)

if TYPE_CHECKING:
    from planctl.render.wordml.xml import Element

_SIZE = 10.0
"""Points of the letters in cells, where no tag asks for other ones."""

_SHORT_ROW = 8
"""Lines of a row that is kept whole; were a longer one, half a page could stay empty."""

_SHORT_END = 800
"""Characters of a row that surely fits on a page together with the signatures."""

_PADDING = 7.0
"""Points of a cell's width that are not for text."""

_TWIPS = 20
_TRPR_BEFORE_CANT_SPLIT = (*TRPR_BEFORE_GRID_AFTER, "gridAfter", "wBefore", "wAfter")
_RPR_BEFORE_SIZE = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position",
)  # fmt: skip


# The size of letters


def set_size(table: Element) -> float:
    """Give all letters of the table the size that a tag asks for, and return the size of its letters in points."""
    points = asked(table, SIZE)
    if not points:
        return _SIZE
    for paragraph in table.iter(P):
        _resize(_mark_of(paragraph), points)
        for run in paragraph.iter(R):
            _resize(properties_of(run, RPR), points)
    return float(points)


def _mark_of(paragraph: Element) -> Element:
    """Return the properties of a paragraph's mark, which an empty paragraph and the sign of a list go by."""
    properties = properties_of(paragraph, PPR)
    mark = properties.find(RPR)
    if mark is None:
        mark = etree.Element(RPR)
        behind = [child for child in properties if child.tag in {f"{W}sectPr", f"{W}pPrChange"}]
        properties.insert(len(properties) - len(behind), mark)
    return mark


def _resize(properties: Element, points: str) -> None:
    for name in ("sz", "szCs"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
        half_points = etree.Element(f"{W}{name}", {VAL: f"{float(points) * 2:.0f}"})
        place_after(properties, (*_RPR_BEFORE_SIZE, "sz"), half_points)


# Rows and pages


def keep_on_pages(table: Element, *, size: float) -> None:
    """Keep the marked rows on one page each, or all short ones if a tag asks for it, and the end with what follows."""
    short_too = any(SHORT_ROWS_WHOLE in (text.text or "") for text in table.iter(T))
    grid = [int(column.get(f"{W}w", 0)) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    for row in rows_of(table):
        marked = any(WHOLE in (text.text or "") for text in row.iter(T))
        if marked or (short_too and _is_short(row, grid, size)):
            _keep_whole(row)
    _keep_end_with_what_follows(table)


def _is_short(row: Element, grid: list[int], size: float) -> bool:
    """Tell whether no cell has many lines; one merged over several rows is as high as they are."""
    for at, cell in columns_of(row):
        width = sum(grid[at : at + span_of(cell)]) / _TWIPS - _PADDING
        if cell.find(f"{TCPR}/{W}vMerge") is None and _has_many_lines(cell, max(width, size), size):
            return False
    return True


def _has_many_lines(cell: Element, width: float, size: float) -> bool:
    lines = 0
    for paragraph in cell.iter(P):
        text = "".join(piece.text or "" for piece in paragraph.iter(T))
        lines += max(len(wrapped(text, width=width, size=size)), 1)
        if lines > _SHORT_ROW:
            return True
    return False


def _keep_whole(row: Element) -> None:
    properties = row_properties(row)
    if properties.find(f"{W}cantSplit") is None:
        place_after(properties, _TRPR_BEFORE_CANT_SPLIT, etree.Element(f"{W}cantSplit"))


def _keep_end_with_what_follows(table: Element) -> None:
    """Tie a short last row of items to what follows, so that the signatures never stand alone on a page."""
    row = list(rows_of(table))[-1]
    length = sum(len(text.text or "") for text in row.iter(T))
    if next(row.iter(BOOKMARK_START), None) is None or length > _SHORT_END:
        return
    for paragraph in row.iter(P):
        properties = properties_of(paragraph, PPR)
        if properties.find(f"{W}keepNext") is None:
            place_after(properties, ("pStyle",), etree.Element(f"{W}keepNext"))
