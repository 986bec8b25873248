"""A table of an office's paper as it was found, and where the rows of its lines begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.forms.form import Column, Layout
    from planctl.forms.paper import Line, SectionLine
    from planctl.importer.grids import Grid
    from planctl.importer.headings import Match
    from planctl.place import Place


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the paper: how it was read, and what its columns are."""

    grid: Grid
    match: Match
    layout: Layout
    columns: tuple[Column, ...]
    lines: tuple[Line | SectionLine, ...]

    @property
    def number(self) -> int:
        """The number of the table in the file."""
        return self.grid.table.place.table

    def holds(self, place: Place) -> bool:
        """Tell whether a place lies in this table."""
        return place.table == self.number


def row_of(line: Line) -> int:
    """Return the row that a line begins in: the cells that it shares with lines above begin higher up."""
    return max((one.place.row for one in line.cells.values()), default=line.place.row)
