"""What a template's tags see: the sheet as it is, and a few names for what Word keeps outside the text.

In: a sheet. Out: names and their values: bookmarks, merged cells, rows kept on one page, the widths of columns and the
size of letters leave marks in the filled text, which the tidying turns into Word's own.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any, Self
from xml.sax.saxutils import quoteattr

from markupsafe import Markup

from planctl.render.headings import Head, column_widths, heading_rows
from planctl.render.wordml.xml import LIST_ITEM, LIST_START, MERGED_UP, SHORT_ROWS_WHOLE, SIZE, WHOLE, WIDTHS
from planctl.report.sheet import Block, Group, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.forms.form import Column
    from planctl.report.sheet import Cell, Row, Sheet, Table

_SMALLEST, _LARGEST = 1, 400
"""Points."""


def seen(sheet: Sheet) -> Mapping[str, object]:
    """Return the names that the tags of a template may use, and what they stand for."""
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
    return replace(table, bands=_MarkedBands(table))


class _MarkedBands(tuple[Section | Group, ...]):  # noqa: SLOT001 -- a tuple can have no fields in slots
    """The bands of a table, each marked when a template comes to it: no second sheet ever stands in memory."""

    _prose: frozenset[str]

    def __new__(cls, table: Table) -> Self:
        bands = super().__new__(cls, table.bands)
        bands._prose = frozenset(column.key for column in table.columns if column.kind == "prose")
        return bands

    def __iter__(self) -> Iterator[Section | Group]:
        return (_marked_band(band, self._prose) for band in super().__iter__())

    def __getitem__(self, at: Any) -> Any:
        return tuple(self)[at] if isinstance(at, slice) else _marked_band(super().__getitem__(at), self._prose)

    def __add__(self, others: Any) -> Any:
        return tuple(self) + others

    def __repr__(self) -> str:
        return repr(tuple(self))


def _marked_band(band: Section | Group, prose: frozenset[str]) -> Section | Group:
    if isinstance(band, Section):
        return band
    rows = [_marked_row(row, prose) for row in band.rows]
    cells = _marked_cells(band.cells, prose)
    if cells is band.cells and all(map(is_, rows, band.rows)):
        return band
    return replace(band, cells=cells, rows=tuple(rows))


def _marked_row(row: Row, prose: frozenset[str]) -> Row:
    cells = _marked_cells(row.cells, prose)
    return row if cells is row.cells else replace(row, cells=cells)


def _marked_cells(cells: Mapping[str, Cell], prose: frozenset[str]) -> Mapping[str, Cell]:
    if not any(key in cells and _needs_blocks(cells[key]) for key in prose):
        return cells
    return {key: _marked_cell(cell) if key in prose else cell for key, cell in cells.items()}


def _needs_blocks(cell: Cell) -> bool:
    return any(block.kind == "number" for block in cell.blocks) if cell.blocks else bool(cell.text)


def _marked_cell(cell: Cell) -> Cell:
    blocks = cell.blocks or tuple(Block("paragraph", line) for line in cell.text.split("\n"))
    return replace(cell, blocks=tuple(_marked_block(block) for block in blocks))


def _marked_block(block: Block) -> Block:
    if block.kind != "number":
        return block
    return replace(block, text=f"{LIST_START if block.ordinal == 1 else LIST_ITEM}{block.text}")
