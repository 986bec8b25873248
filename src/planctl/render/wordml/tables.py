"""Make the cells of a filled table what Word itself would have written: merged ones whole, a grid that fits, widths.

In: a table as the template's tags left it. Out: the same table, changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    MERGED_UP,
    PPR,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    WIDTHS,
    P,
    T,
    W,
    place_after,
    properties_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.render.wordml.xml import Element

TRPR_BEFORE_GRID_AFTER = ("cnfStyle", "divId", "gridBefore")


def lay_out(table: Element) -> None:
    """Merge the cells of a table and fit its grid to them."""
    _merge_cells(table)
    _fit_grid(table)


def asked(table: Element, mark: str) -> str:
    """Return what a tag asked for between two such marks, and take it out of every cell it stands in."""
    found = ""
    for text in table.iter(T):
        before, opened, rest = (text.text or "").partition(mark)
        if opened:
            found, _, after = rest.partition(mark)
            text.text = before + after
    return found


# Merged cells


def _merge_cells(table: Element) -> None:
    """Make the vertical merges of a table whole: each begins once, holds its text once and spans two rows or more."""
    above: dict[int, tuple[int, Element, bool]] = {}
    lone: list[Element] = []
    for row in rows_of(table):
        here: dict[int, tuple[int, Element, bool]] = {}
        for at, cell in columns_of(row):
            span, upper = span_of(cell), above.get(at)
            if not continues(cell):
                here[at] = (span, cell, False)
            elif upper is None or upper[0] != span:
                set_merge(cell, None)
                here[at] = (span, cell, False)
            else:
                set_merge(upper[1], "restart")
                set_merge(cell, "continue")
                _empty(cell)
                here[at] = (span, upper[1], True)
        lone.extend(_ended(above, here))
        above = here
    lone.extend(_ended(above, {}))
    for cell in lone:
        set_merge(cell, None)


def _ended(
    above: dict[int, tuple[int, Element, bool]], here: dict[int, tuple[int, Element, bool]]
) -> Iterator[Element]:
    """Yield the cells above that nothing continues, neither here nor before."""
    kept = {id(cell) for _, cell, _ in here.values()}
    for _, cell, continued in above.values():
        if not continued and id(cell) not in kept:
            yield cell


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the table's own rows, those inside content controls too."""
    return (row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table)


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the row's own cells, those inside content controls too."""
    return (cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row)


def columns_of(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with the column of the grid that each begins at, from 0."""
    at = _count(row.find(f"{TRPR}/{W}gridBefore"), 0)
    for cell in cells_of(row):
        yield at, cell
        at += span_of(cell)


def span_of(cell: Element) -> int:
    """Return how many columns of the grid a cell stands over."""
    return _count(cell.find(f"{TCPR}/{W}gridSpan"), 1)


def _count(element: Element | None, otherwise: int) -> int:
    return otherwise if element is None else int(element.get(VAL, otherwise))


def continues(cell: Element) -> bool:
    """Tell whether a cell goes on with the one above."""
    if any(MERGED_UP in (text.text or "") for text in cell.iter(T)):
        return True
    merge = cell.find(f"{TCPR}/{W}vMerge")
    return merge is not None and merge.get(VAL, "continue") == "continue"


def set_merge(cell: Element, value: str | None) -> None:
    """Let a cell begin (`restart`) or go on with (`continue`) a vertical merge, or stand alone (None)."""
    merge = cell.find(f"{TCPR}/{W}vMerge")
    if value is None:
        if merge is not None:
            merge.getparent().remove(merge)
        return
    if merge is None:
        merge = etree.Element(f"{W}vMerge")
        properties_of(cell, TCPR).append(merge)
    merge.set(VAL, value)


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
    rows = list(rows_of(table))
    columns = max(map(width_of, rows))
    widths = fitting_widths(widths_of(grid), columns, asked(table, WIDTHS))
    if widths:
        set_grid(grid, widths)
    for row in rows:
        fit_row(row, columns, widths)


def fitting_widths(present: Sequence[int], columns: int, shares: str) -> tuple[int, ...]:
    """Return widths for so many columns, in proportion to shares where they are as many; none if none are needed."""
    wanted = [float(share) for share in shares.split(",") if share]
    if wanted and len(wanted) == columns:
        return _split(sum(present), wanted)
    return _split(sum(present), [1.0] * columns) if len(present) != columns else ()


def fit_row(row: Element, columns: int, widths: Sequence[int]) -> None:
    """Make a row as wide as the grid, its cells of the columns' widths where these are new."""
    if widths:
        _set_cell_widths(row, widths)
    missing = columns - width_of(row)
    if missing > 0:
        _fill_row(row, missing=missing)


def width_of(row: Element) -> int:
    """Return how many columns of the grid a row takes."""
    ends = _count(row.find(f"{TRPR}/{W}gridBefore"), 0) + _count(row.find(f"{TRPR}/{W}gridAfter"), 0)
    return ends + sum(span_of(cell) for cell in cells_of(row))


def widths_of(grid: Element) -> tuple[int, ...]:
    """Return the widths of a grid's columns in twips."""
    return tuple(int(column.get(f"{W}w", 0)) for column in grid)


def _split(total: int, shares: list[float]) -> tuple[int, ...]:
    """Return whole widths in proportion to the shares that add up to the total."""
    whole = sum(shares)
    ends = [round(total * sum(shares[: at + 1]) / whole) for at in range(len(shares))]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def set_grid(grid: Element, widths: Iterable[int]) -> None:
    """Give a grid columns of these widths."""
    grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]


def _set_cell_widths(row: Element, widths: Sequence[int]) -> None:
    for at, cell in columns_of(row):
        properties = properties_of(cell, TCPR)
        width = properties.find(f"{W}tcW")
        if width is None:
            width = etree.Element(f"{W}tcW")
            properties.append(width)
        width.set(f"{W}w", str(sum(widths[at : at + span_of(cell)])))
        width.set(f"{W}type", "dxa")


def _fill_row(row: Element, *, missing: int) -> None:
    cells = list(cells_of(row))
    if len(cells) == 1:
        spans = properties_of(cells[0], TCPR)
        span = spans.find(f"{W}gridSpan")
        if span is None:
            span = etree.Element(f"{W}gridSpan")
            spans.append(span)
        span.set(VAL, str(_count(span, 1) + missing))
        return
    properties = row_properties(row)
    after = properties.find(f"{W}gridAfter")
    if after is None:
        after = etree.Element(f"{W}gridAfter")
        place_after(properties, TRPR_BEFORE_GRID_AFTER, after)
    after.set(VAL, str(_count(after, 0) + missing))


def row_properties(row: Element) -> Element:
    """Return the properties of a row; new ones if need be."""
    properties = row.find(TRPR)
    if properties is None:
        properties = etree.Element(TRPR)
        place_after(row, ("tblPrEx",), properties)
    return properties
