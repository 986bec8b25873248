"""Let a filled table fall well on pages: letters that suit its columns, rows kept whole, its end with what follows.

In: a table whose cells are merged and whose grid fits. Out: the same table, changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.measure import lines_taken
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
    from collections.abc import Iterable, Sequence

    from planctl.render.wordml.xml import Element

USUAL_SIZE = 10.0
"""Points of the letters in cells, where no tag asks for other ones."""

_SHORT_ROW = 8
"""Lines of a row that is kept whole; were a longer one, half a page could stay empty."""

SHORT_END = 800
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
        return USUAL_SIZE
    resize(table, points)
    return float(points)


def resize(root: Element, points: str) -> None:
    """Give all letters in an element this size in points."""
    for paragraph in root.iter(P):
        _resize(_mark_of(paragraph), points)
        for run in paragraph.iter(R):
            _resize(properties_of(run, RPR), points)


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
    grid = tuple(int(column.get(f"{W}w", 0)) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    for row in rows_of(table):
        marked = any(WHOLE in (text.text or "") for text in row.iter(T))
        if marked or (short_too and _is_short(row, grid, size)):
            keep_whole(row)
    _keep_end_with_what_follows(table)


def _is_short(row: Element, grid: Sequence[int], size: float) -> bool:
    """Tell whether no cell has many lines; one merged over several rows is as high as they are."""
    return not any(
        has_many_lines(map(_text_of, cell.iter(P)), room(grid, at, span_of(cell)), size)
        for at, cell in columns_of(row)
        if cell.find(f"{TCPR}/{W}vMerge") is None
    )


def _text_of(paragraph: Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(T))


def room(grid: Sequence[int], at: int, span: int) -> float:
    """Return the points that a cell has for text."""
    return sum(grid[at : at + span]) / _TWIPS - _PADDING


def has_many_lines(paragraphs: Iterable[str], width: float, size: float) -> bool:
    """Tell whether the paragraphs of a cell take more lines than a row has that is kept whole."""
    lines = 0
    for text in paragraphs:
        lines += max(lines_taken(text, width=max(width, size), size=size, most=_SHORT_ROW + 1), 1)
        if lines > _SHORT_ROW:
            return True
    return False


def keep_whole(row: Element) -> None:
    """Keep a row on one page."""
    properties = row_properties(row)
    if properties.find(f"{W}cantSplit") is None:
        place_after(properties, _TRPR_BEFORE_CANT_SPLIT, etree.Element(f"{W}cantSplit"))


def _keep_end_with_what_follows(table: Element) -> None:
    """Tie a short last row of items to what follows, so that the signatures never stand alone on a page."""
    row = list(rows_of(table))[-1]
    length = sum(len(text.text or "") for text in row.iter(T))
    if next(row.iter(BOOKMARK_START), None) is not None and length <= SHORT_END:
        keep_with_next(row)


def keep_with_next(root: Element) -> None:
    """Tie the paragraphs of an element to what follows."""
    for paragraph in root.iter(P):
        properties = properties_of(paragraph, PPR)
        if properties.find(f"{W}keepNext") is None:
            place_after(properties, ("pStyle",), etree.Element(f"{W}keepNext"))
