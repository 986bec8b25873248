"""Tables with their headings found: which rows are headings, what each column is, and the rows of the body.

In: a `Table` of a document or a worksheet. Out: `Grid`s: a worksheet may hold several, a document's table has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.importer.headings import ADDRESS, Heading, is_heading, matches, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.importer.headings import Match, Wanted
    from planctl.importer.office_file import Cell, Row, Table

LONGEST_HEADING, SHORT = 120, 30
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s*он\w{0,3})?", re.IGNORECASE)
MOST_HEADING_ROWS = 3
BETTER = 0.03
"""By so much a heading of more rows has to fit better than one of fewer."""
FURTHER = 0.9
"""How well the headings of a further table below the first one of a worksheet have to fit."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column as people see it: the columns of the grid that its heading covers."""

    first: int
    last: int
    heading: Heading

    def overlap(self, cell: Cell) -> int:
        """Return how many columns of the grid a cell shares with it."""
        return min(self.last, cell.column + cell.column_span - 1) - max(self.first, cell.column) + 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its headings: the rows `above` them, the headings' own, and the `body` up to the next grid.

    `fits` are the layouts of forms that the headings fit, the best first.
    """

    table: Table
    above: tuple[Row, ...]
    heading: tuple[Row, ...]
    body: tuple[Row, ...]
    slots: tuple[Slot, ...]
    fits: tuple[Match, ...]
    known: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, repr=False)
    """The slots of cells by where they begin and how many columns they span: asked for again and again."""

    @property
    def is_of_records(self) -> bool:
        """Whether it is planctl's own sheet of records, which has the address of each item."""
        return bool(self.fits) and ADDRESS in self.fits[0].keys

    def slot_of(self, cell: Cell) -> int:
        """Return the place of the slot that a cell belongs to, by most columns shared, the first of equals."""
        where = (cell.column, cell.column_span)
        if where not in self.known:
            self.known[where] = self._nearest(cell)
        return self.known[where]

    def _nearest(self, cell: Cell) -> int:
        overlaps = [slot.overlap(cell) for slot in self.slots]
        best = max(overlaps)
        if best > 0:
            return overlaps.index(best)
        distances = [min(abs(slot.first - cell.column), abs(slot.last - cell.column)) for slot in self.slots]
        return distances.index(min(distances))


def grids(table: Table, wanted: Wanted) -> tuple[Grid, ...]:
    """Return the tables that a table or worksheet holds, by their headings; none where no heading is known."""
    rows = table.rows
    found: list[tuple[int, int, tuple[Slot, ...], tuple[Match, ...]]] = []
    at = 0
    while at < len(rows):
        headed = _headed(rows, at, wanted)
        if headed and (not found or _is_new(headed, found[-1][2])):
            size, slots, fits = headed
            found.append((at, size, slots, fits))
            at += size
        else:
            at += 1
    if not found:
        return ()
    ends = [*(_end_above(rows, start) for start, *_rest in found[1:]), len(rows)]
    begins = [0, *ends[:-1]]
    return tuple(
        Grid(
            table,
            above=rows[begins[number] : start],
            heading=rows[start : start + size],
            body=rows[start + size : end],
            slots=slots,
            fits=fits,
        )
        for number, ((start, size, slots, fits), end) in enumerate(zip(found, ends, strict=True))
    )


def _end_above(rows: tuple[Row, ...], start: int) -> int:
    """Return where the table above a further one ends: rows of one cell right above its headings are its title."""
    while start and sum(1 for cell in rows[start - 1].cells if cell.text.strip()) == 1 and not rows[start - 1].above:
        start -= 1
    return start


def _is_new(headed: tuple[int, tuple[Slot, ...], tuple[Match, ...]], before: tuple[Slot, ...]) -> bool:
    """Tell whether headings begin another table: surely headings, and not those of the table before once more."""
    _size, slots, fits = headed
    same = [squeezed(one.heading.whole) for one in slots] == [squeezed(one.heading.whole) for one in before]
    return fits[0].score >= FURTHER and not same


def _headed(rows: tuple[Row, ...], at: int, wanted: Wanted) -> tuple[int, tuple[Slot, ...], tuple[Match, ...]] | None:
    """Return how many rows from here are a heading, its slots and what they fit; the fewest rows that fit best."""
    if not _may_be_heading(rows[at], wanted):
        return None
    best: tuple[int, tuple[Slot, ...], tuple[Match, ...]] | None = None
    for size in range(1, MOST_HEADING_ROWS + 1):
        window = rows[at : at + size]
        if len(window) < size or any(len(cell.text) > LONGEST_HEADING for row in window for cell in row.cells):
            break
        slots = _slots(window)
        fits = matches([slot.heading for slot in slots], wanted)
        is_longer = best is not None and (
            _is_cut(rows, at, best[0]) or _names_columns(rows, at + size - 1) or _are_years(window[-1])
        )
        if fits and (best is None or is_longer or fits[0].score > best[2][0].score + BETTER):
            best = (size, slots, fits)
    return best


def _are_years(row: Row) -> bool:
    """Tell whether a row has years alone: 2024 and 2028 below «Зорилтот түвшин»."""
    filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return bool(filled) and all(_YEAR.fullmatch(text) for text in filled)


def _is_cut(rows: tuple[Row, ...], at: int, size: int) -> bool:
    """Tell whether cells of a heading go on in the row below: headings end where all of their cells end."""
    last = rows[at + size - 1].number
    return any(cell.row + cell.row_span - 1 > last for row in rows[at : at + size] for cell in row.cells if cell.text)


def _names_columns(rows: tuple[Row, ...], at: int) -> bool:
    """Tell whether a row below headings names columns that these leave empty: their cells were never merged."""
    above = {cell.column for cell in rows[at - 1].standing if cell.text.strip()}
    filled = [cell for cell in rows[at].cells if cell.text.strip()]
    words = [cell for cell in filled if re.search(r"[^\W\d]{2}|[IVX]+\s", cell.text)]
    is_below = any(cell.column not in above for cell in filled) and min(above, default=0) not in {
        cell.column for cell in filled
    }
    return len(filled) > 1 and len(words) == len(filled) and is_below and all(len(one.text) <= SHORT for one in filled)


def _may_be_heading(row: Row, wanted: Wanted) -> bool:
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len(filled) < 2 or any(len(cell.text) > LONGEST_HEADING for cell in filled):  # noqa: PLR2004 -- a title is one
        return False
    known = unknown = 0
    for cell in filled:
        if is_heading(cell.text) or squeezed(cell.text) in wanted.columns:
            known += 1
        else:
            unknown += 1
        if unknown * 2 > len(filled):
            return False
    return known >= 2  # noqa: PLR2004 -- one alone may be a word of a text


def _slots(window: Sequence[Row]) -> tuple[Slot, ...]:
    """Return the columns that headings make: columns of the grid under the very same cells are one."""
    columns = max((cell.column + cell.column_span - 1 for row in window for cell in row.standing), default=0)
    stacks = [_stack(window, column) for column in range(1, columns + 1)]
    slots: list[Slot] = []
    before: tuple[Cell, ...] | None = None
    for column, stack in enumerate(stacks, start=1):
        if stack and stack == before:
            slots[-1] = Slot(slots[-1].first, column, slots[-1].heading)
        else:
            slots.append(Slot(column, column, _heading(window, stacks, column)))
        before = stack
    return tuple(slots)


def _stack(window: Sequence[Row], column: int) -> tuple[Cell, ...]:
    cells = (row.at(column) for row in window)
    return tuple(dict.fromkeys(cell for cell in cells if cell is not None and cell.text.strip()))


def _heading(window: Sequence[Row], stacks: Sequence[tuple[Cell, ...]], column: int) -> Heading:
    """Return a heading with what stands over it; over an empty cell that is its neighbour's to the left, unmerged."""
    stack = stacks[column - 1]
    texts = [" ".join(cell.text.split()) for cell in stack]
    over = texts[:-1]
    first = window[0].number
    if len(window) > 1 and stack and stack[0].row != first:
        over = [*_over_left(stacks, first, column), *over]
    return Heading(texts[-1] if texts else "", " ".join(over))


def _over_left(stacks: Sequence[tuple[Cell, ...]], first: int, column: int) -> Iterator[str]:
    for stack in reversed(stacks[: column - 1]):
        if stack and stack[0].row == first:
            if len(stack) > 1:
                yield " ".join(stack[0].text.split())
            return
