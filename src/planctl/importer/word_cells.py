"""The cells of a Word table while its rows are read, each of which may reach further down than its row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from planctl.importer.grid import with_those_above
from planctl.importer.office_file import Cell, Row, Table
from planctl.importer.word_styles import whole
from planctl.render.wordml.xml import VAL, W

if TYPE_CHECKING:
    from planctl.place import Place
    from planctl.render.wordml.xml import Element

_GRID_SPAN, _V_MERGE, _H_MERGE, CELL_DELETED = (f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge", "cellDel"))
MOST_COLUMNS = 1000


@dataclass(slots=True)
class OpenCell:
    """A cell that the rows below may still make longer."""

    cell: Cell
    last_row: int

    def join(self, more: Cell, span: int) -> None:
        """Take in the cell to the right, which is merged into this one."""
        self.cell = replace(_with_more(self.cell, more), column_span=self.cell.column_span + span)

    def lengthen(self, more: Cell, row: int) -> None:
        """Reach down to a row; what stands unseen in the part that is merged is kept at the end."""
        self.last_row = row
        if more.text or more.bookmarks or more.notes:
            self.cell = _with_more(self.cell, more)

    @property
    def closed(self) -> Cell:
        """The cell, now that it is known how far it reaches."""
        rows = self.last_row - self.cell.row + 1
        return replace(self.cell, row_span=rows) if rows > 1 else self.cell


class OpenRow(NamedTuple):
    """A row and the cells that begin in it."""

    number: int
    begun: list[OpenCell]
    is_heading: bool
    is_hidden: bool


def mark(cells: list[OpenCell], bookmarks: list[str]) -> None:
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


def merging(properties: Element | None) -> tuple[str, int, bool]:
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


def table_of(place: Place, rows: list[OpenRow], *, columns: int) -> Table:
    """Return the table, now that it is known how far each cell reaches."""
    closed = [
        Row(row.number, tuple(one.closed for one in row.begun), (), row.is_heading, row.is_hidden) for row in rows
    ]
    reached = max((cell.column + cell.column_span - 1 for row in closed for cell in row.cells), default=0)
    return Table(with_those_above(closed), place, max(columns, reached) if columns <= MOST_COLUMNS else reached)
