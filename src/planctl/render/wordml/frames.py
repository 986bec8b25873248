"""What the tidying makes of tables and rows without their paragraphs: the grid, merged cells, a row's place on a page.

In: what stands around the rows of a table, or around the paragraphs of a row. Out: the same tidied, found out once for
all rows with the same frame between such neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.paging import USUAL_SIZE, keep_whole, room
from planctl.render.wordml.pieces import CLOSE, OPEN, place, places_in
from planctl.render.wordml.shell import holds_more_than_text
from planctl.render.wordml.tables import (
    columns_of,
    continues,
    fit_row,
    fitting_widths,
    set_grid,
    set_merge,
    span_of,
    width_of,
    widths_of,
)
from planctl.render.wordml.tidying import complete
from planctl.render.wordml.xml import SHORT_ROWS_WHOLE, SIZE, TBL, TR, TRPR, WIDTHS, T, W

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.render.wordml.paragraphs import Shape
    from planctl.render.wordml.shell import Shell
    from planctl.render.wordml.xml import Element

_FRAMED = re.compile(f"<w:p><w:r><w:t>{OPEN}(\\d+){CLOSE}</w:t></w:r></w:p>")
_MOST = 1000
"""So many frames are kept."""


class Layout(NamedTuple):
    """What a table's tags and widest row ask of each row: the grid, new widths if any, the size of letters."""

    columns: int
    grid: tuple[int, ...]
    widths: tuple[int, ...] = ()
    points: str = ""
    shares: str = ""
    short_rows_whole: bool = False

    @property
    def size(self) -> float:
        """Return the size of the letters in points."""
        return float(self.points) if self.points else USUAL_SIZE


def laid_out(grid: tuple[int, ...], columns: int, asked_for: Sequence[Shape]) -> Layout:
    """Return the layout of a table whose widest row has so many columns, of the paragraphs that its first rows show."""
    shares = points = ""
    for shape in asked_for:
        shares = shape.shares if WIDTHS in shape.marks else shares
        points = shape.points if SIZE in shape.marks else points
    widths = fitting_widths(grid, columns, shares)
    short = any(SHORT_ROWS_WHOLE in shape.marks for shape in asked_for)
    return Layout(columns, widths or grid, widths, points, shares, short)


@dataclass(frozen=True, slots=True)
class CellFrame:
    """A cell without its paragraphs: where it begins in the grid, how wide it is, whether it goes on a merge.

    `run` is which of the row's runs of paragraphs stands in it.
    """

    at: int
    span: int
    continues: bool
    run: int | None


def _goes_on(cell: CellFrame) -> bool:
    return cell.continues


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """How a row's cells are merged with their neighbours, and which of its runs are `emptied` by that.

    `open_cells` are the runs that no merge stretches, each with the points that it has for text.
    """

    merges: tuple[str | None, ...]
    emptied: frozenset[int]
    open_cells: tuple[tuple[int, float], ...]
    done: dict[bool, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """A row without the paragraphs in its cells, and its forms."""

    source: str
    cells: tuple[CellFrame, ...]
    width: int
    is_heading: bool
    spans: Mapping[int, int]
    continuing: tuple[CellFrame, ...]
    forms: dict[tuple[Layout, frozenset[int], frozenset[int]], Form] = field(default_factory=dict)

    def form(self, layout: Layout, merged: frozenset[int], below: frozenset[int]) -> Form:
        """Return the form that a row has between its neighbours.

        They are given by the columns in which it goes on a merge, and those in which it begins one.
        """
        key = (layout, merged, below)
        found = self.forms.get(key)
        if found is None:
            found = self.forms[key] = self._form(layout, merged, below)
        return found

    def _form(self, layout: Layout, merged: frozenset[int], below: frozenset[int]) -> Form:
        # A lone cell takes all that its row lacks.
        missing = layout.columns - self.width if len(self.cells) == 1 else 0
        merges = tuple(
            "continue" if cell.at in merged else "restart" if cell.at in below else None for cell in self.cells
        )
        return Form(
            merges,
            frozenset(cell.run for cell in self.cells if cell.at in merged and cell.run is not None),
            tuple(
                (cell.run, room(layout.grid, cell.at, cell.span + missing))
                for cell, merge in zip(self.cells, merges, strict=True)
                if merge is None and cell.run is not None
            ),
        )


class Frames:
    """The frames of the rows in one template's tables, kept from sheet to sheet."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._known: dict[tuple[str, ...], Frame] = {}

    def of(self, constants: tuple[str, ...]) -> Frame:
        """Return a row's frame, given as what stands around the paragraphs in its cells."""
        found = self._known.get(constants)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[constants] = self._frame(constants)
        return found

    def _frame(self, constants: tuple[str, ...]) -> Frame:
        if any(map(holds_more_than_text, constants)):
            raise NotStreamableError("a row holds more than cells of paragraphs")
        pieces = [constants[0]]
        for at, constant in enumerate(constants[1:]):
            pieces.append(f"<w:p><w:r><w:t>{place(at)}</w:t></w:r></w:p>{constant}")
        source = f"<w:tbl>{''.join(pieces)}</w:tbl>"
        row = self._row(self._shell.within(source))
        cells = []
        for at, cell in columns_of(row):
            runs = [run for text in cell.iter(T) for run in places_in(text.text or "")]
            if len(runs) > 1:
                raise NotStreamableError("a cell holds more than paragraphs")
            cells.append(CellFrame(at, span_of(cell), continues(cell), runs[0] if runs else None))
        is_heading = row.find(f"{TRPR}/{W}tblHeader") is not None
        spans = {cell.at: cell.span for cell in cells}
        return Frame(source, tuple(cells), width_of(row), is_heading, spans, tuple(filter(_goes_on, cells)))

    def _row(self, root: Element) -> Element:
        table = self._shell.only(root, TBL)
        if len(table) != 1 or table[0].tag != TR:
            raise NotStreamableError("a row is not whole")
        return table[0]

    def tidied(self, frame: Frame, layout: Layout, form: Form, *, is_whole: bool) -> tuple[str, ...]:
        """Return what stands around the paragraphs of a row that has a form in a table of that layout."""
        found = form.done.get(is_whole)
        if found is None:
            found = form.done[is_whole] = self._tidied(frame, layout, form.merges, is_whole=is_whole)
        return found

    def _tidied(
        self, frame: Frame, layout: Layout, merges: tuple[str | None, ...], *, is_whole: bool
    ) -> tuple[str, ...]:
        root = self._shell.within(frame.source)
        row = self._row(root)
        cells = [cell for _, cell in columns_of(row)]
        for cell, merge in zip(cells, merges, strict=True):
            set_merge(cell, merge)
        fit_row(row, layout.columns, layout.widths)
        if is_whole:
            keep_whole(row)
        for cell in cells:
            complete(cell)
        parts = _FRAMED.split(self._shell.cut_out(root).removeprefix("<w:tbl>").removesuffix("</w:tbl>"))
        if parts[1::2] != [str(at) for at in range(len(parts) // 2)]:
            raise NotStreamableError("a row's paragraphs have lost their order")
        return tuple(parts[::2])

    # Tables

    def grid(self, head: str) -> tuple[int, ...]:
        """Return the widths of the columns that a table begins with."""
        if holds_more_than_text(head.removeprefix("<w:tbl")):
            raise NotStreamableError("a table begins with more than its grid")
        table = self._shell.only(self._shell.within(f"{head}</w:tbl>"), TBL)
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            raise NotStreamableError("a table has no grid")
        return widths_of(grid)

    def tidy_head(self, head: str, layout: Layout) -> str:
        """Return what stands in front of a table's rows."""
        root = self._shell.within(f"{head}</w:tbl>")
        if layout.widths:
            set_grid(root.find(f"{W}body/{TBL}/{W}tblGrid"), layout.widths)
        return self._shell.cut_out(root).removesuffix("</w:tbl>")
