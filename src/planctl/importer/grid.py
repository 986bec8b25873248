"""Worksheets: what a reader meets cell by cell, made into the rows of a table.

In: cells with content by row and column, and the areas that are merged. Out: `Table`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.importer.limits import ranges_said
from planctl.importer.office_file import Cell, Row, Table
from planctl.importer.package import damaged
from planctl.place import Place, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.importer.limits import Limits
    from planctl.importer.remarks import Remarks

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_COVERED = 2_000_000
"""Rows under merged cells, all of them together: only areas that lie over each other come near to it."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are merged into one."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """A worksheet while it is read; its columns begin at 1."""

    name: str
    limits: Limits
    remarks: Remarks
    is_hidden: bool = False
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    heading_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    areas: list[Area] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _covered: int = 0

    @property
    def place(self) -> Place:
        """The sheet itself."""
        return Place(sheet=self.name)

    def add(self, number: int, cells: list[Cell]) -> None:
        """Keep a row with content."""
        self.limits.count_row(len(cells))
        self.rows[number] = cells

    def table(self) -> Table:
        """Return the worksheet; what of it is hidden has been said then."""
        merged = self._merged()
        rows, columns = [], 0
        self._numbers = sorted(self.rows)
        above: dict[int, list[Cell]] = {}
        for number in self._numbers:
            cells = tuple(self._with_spans(number, merged, above))
            if cells:
                columns = max(columns, cells[-1].column + cells[-1].column_span - 1)
            over = tuple(sorted(above.get(number, ()), key=_column))
            rows.append(Row(number, cells, over, number in self.heading_rows, number in self.hidden_rows))
        hidden_columns = frozenset(one for one in self.hidden_columns if one <= columns)
        self._remark(hidden_columns)
        return Table(
            tuple(rows), self.place, columns, name=self.name, is_hidden=self.is_hidden, hidden_columns=hidden_columns
        )

    def _merged(self) -> dict[int, dict[int, Area]]:
        """Return the merged areas that reach into rows with content, by the row and column they begin at."""
        numbers = sorted(self.rows)
        merged: dict[int, dict[int, Area]] = {}
        for area in self.areas:
            at = bisect_left(numbers, area.row)
            if at < len(numbers) and numbers[at] <= area.last_row:
                merged.setdefault(area.row, {})[area.column] = area
        for number in merged:
            self.rows.setdefault(number, [])
        return merged

    def _with_spans(
        self, number: int, merged: dict[int, dict[int, Area]], above: dict[int, list[Cell]]
    ) -> Iterable[Cell]:
        areas = merged.get(number)
        if not areas:
            return self.rows[number]
        cells = {cell.column: cell for cell in self.rows[number]}
        for column, area in areas.items():
            cell = cells.get(column) or Cell("", replace(self.place, row=number, column=column), number, column)
            cells[column] = cell = replace(
                cell, row_span=area.last_row - number + 1, column_span=area.last_column - column + 1
            )
            for below in self._rows_below(area):
                above.setdefault(below, []).append(cell)
        return sorted(cells.values(), key=_column)

    def _rows_below(self, area: Area) -> list[int]:
        """Return the rows that an area reaches down to, of those that are kept."""
        first, last = bisect_right(self._numbers, area.row), bisect_right(self._numbers, area.last_row)
        self._covered += last - first
        if self._covered > MOST_COVERED:
            raise damaged(self.limits.file)
        return self._numbers[first:last]

    def _remark(self, hidden_columns: frozenset[int]) -> None:
        if self.is_hidden and self.rows:
            self.remarks.add("hidden-sheet-read", self.place)
        if hidden := sorted(self.hidden_rows & self.rows.keys()):
            self.remarks.add("hidden-rows-read", self.place, rows=ranges_said(hidden))
        shown = [
            column
            for column in sorted(hidden_columns)
            if any(cell.column == column for cells in self.rows.values() for cell in cells)
        ]
        if shown:
            self.remarks.add("hidden-columns-read", self.place, columns=", ".join(map(letters_of, shown[:50])))


def with_those_above(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of a document's table, each with the cells that reach down into it."""
    above: dict[int, list[Cell]] = {}
    done = []
    for row in rows:
        done.append(replace(row, above=tuple(sorted(above.pop(row.number, ()), key=_column))))
        for cell in row.cells:
            for below in range(row.number + 1, row.number + cell.row_span):
                above.setdefault(below, []).append(cell)
    return tuple(done)


def _column(cell: Cell) -> int:
    return cell.column
