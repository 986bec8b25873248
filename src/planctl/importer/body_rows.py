"""What the rows below the headings are: items, sections, column numbers, sums, or no rows of the table any more.

In: a `Grid`, what its columns are, and its rows in their order. Out: a `RowKind` for each.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl.importer.grids import LONGEST_HEADING
from planctl.importer.headings import squeezed
from planctl.importer.signing import begins_signature, is_end_mark, is_own_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.importer.grids import Grid
    from planctl.importer.office_file import Cell, Row

MAIN = ("clause", "measure", "objective", "indicator", "decision")
"""The columns that say what an item is; the first that a table has is its own."""
ORDINALS = ("clause_number", "number", "decision_number")

_TOTAL = re.compile(
    r"(?:нийт|бүгд|дүн|нийлбэр|дундаж|хэрэгжилтийн хувь|үнэлгээний дүн|биелэлтийн хувь)\b.{0,60}|.*хувьтай байна\W*"
    r"|.{1,40}\s(?:дүн|нийт дүн|нийлбэр|дундаж(?: хувь| үнэлгээ)?)\W*",
    re.IGNORECASE | re.DOTALL,
)
_SECTION_WORDS = re.compile(
    r"\s*(?:[0-9]+(?:\.[0-9]+)*[.)]?|[IVX]+[.)]|нэг|хоёр|гурав|дөрөв|тав|зургаа|долоо|найм|ес|арав|зорил[гт]\w*|стратеги\w*"
    r"|бүлэг)\b.*|.*(?:чиглэл\w*|зорилт|хүрээнд|салбар\w*|бүлэг)\s*:?\s*|.*:\s*",
    re.IGNORECASE | re.DOTALL,
)

RowKind: TypeAlias = Literal["column numbers", "heading", "total", "section", "ordinals", "item", "end"]
"""What a row of a table can be; one of `ordinals` has numbers of items and nothing else, the `end` is no row of it."""


class Rows:
    """Tells what the rows of a grid are, one after the other, as some are known by those around them."""

    def __init__(self, grid: Grid, keys: Sequence[str], *, is_ours: bool) -> None:
        self._grid, self._keys, self._is_ours = grid, keys, is_ours
        self._main = main_of(keys)
        self._headings = {squeezed(cell.text) for row in grid.heading for cell in row.cells if cell.text.strip()}
        self._look_alone: tuple[str, bool] | None = None
        self._is_open = False
        self.was_cut = False
        """Whether headings or column numbers came again since the last row, as they do where a page ends."""

    def kind_of(self, row: Row, filled: Sequence[Cell], following: Sequence[Row], *, is_open: bool) -> RowKind:
        """Return what a row is by its cells with text; `is_open` tells whether it may go on with a line before it."""
        self._is_open = is_open
        kind = "end" if self._ends(filled) else self._kind_of(row, filled, following)
        if kind in {"column numbers", "heading"}:
            self.was_cut = True
        return kind

    def _kind_of(self, row: Row, filled: Sequence[Cell], following: Sequence[Row]) -> RowKind:
        if are_column_numbers(filled):
            return "column numbers"
        if self._repeats_heading(filled):
            return "heading"
        if self._is_total(row, filled):
            return "total"
        if self._is_section(row, filled, following):
            return "section"
        if all(self._keys[self._grid.slot_of(cell)] in ORDINALS for cell in filled) and not row.above:
            return "ordinals"
        return "item"

    def _repeats_heading(self, filled: Sequence[Cell]) -> bool:
        return len(filled) > 1 and all(
            len(cell.text) <= LONGEST_HEADING and squeezed(cell.text) in self._headings for cell in filled
        )

    def _is_total(self, row: Row, filled: Sequence[Cell]) -> bool:
        first = filled[0].text.strip()
        if not _TOTAL.fullmatch(first) or row.above or self._is_end_of_text(filled):
            return False
        return len(filled) == 1 or all(re.fullmatch(r"[-–—\d.,%\s]*(?:хувь)?", one.text.strip()) for one in filled[1:])

    def _is_end_of_text(self, filled: Sequence[Cell]) -> bool:
        """Tell whether it can only be the last lines of a long text, which our own workbooks lay over several rows."""
        return self._is_ours and self._is_open and len(filled) == 1 and filled[0].column_span == 1

    def _is_section(self, row: Row, filled: Sequence[Cell], following: Sequence[Row]) -> bool:
        """Tell whether a row is one over the full width: a merged cell, or the only one that is filled."""
        if len(filled) != 1:
            return self._is_numbered_section(row, filled, following)
        cell = filled[0]
        slot = self._grid.slot_of(cell)
        if self._goes_on(cell) or any(one.text.strip() for one in row.above):
            return False
        if cell.column_span * 2 > self._grid.table.columns and cell.column_span > 1:
            return True
        if self._is_ours:
            return False
        if self._keys[slot] == self._main:
            stands_out = not self._is_open or cell.is_bold or _SECTION_WORDS.fullmatch(cell.text.strip())
            is_section = bool(stands_out) or (bool(following) and self._begins_at_one(following[0]))
            is_section = is_section or self._is_alone(cell, following)
            if is_section:
                self._look_alone = (cell.alignment, cell.is_bold)
            return is_section
        is_first = self._keys[slot] in ORDINALS or slot == 0
        return is_first and not re.fullmatch(r"[\d.)\s]*", cell.text.strip())

    def _is_numbered_section(self, row: Row, filled: Sequence[Cell], following: Sequence[Row]) -> bool:
        """Tell whether a row is a section whose number stands in a cell of its own: «1 | Боловсролын чиглэлээр»."""
        if len(filled) != 2 or row.above or len(self._keys) < 4:  # noqa: PLR2004 -- number and title, of many columns
            return False
        number, title = filled
        keys = self._keys[self._grid.slot_of(number)], self._keys[self._grid.slot_of(title)]
        if keys[0] not in ORDINALS or not re.search(r"[^\W\d]", title.text):
            return False
        is_wide = title.column_span * 2 > self._grid.table.columns and title.column_span > 1
        stands_out = title.is_bold and number.is_bold
        return is_wide or (keys[1] == self._main and (stands_out or self._begins_below(number, following)))

    def _begins_below(self, number: Cell, following: Sequence[Row]) -> bool:
        """Tell whether the row below is the first one inside a numbered one: 1.1 below 1, or 1 below II."""
        if not following:
            return False
        written = number.text.strip().rstrip(".)")
        below = (
            cell.text.strip().rstrip(".)")
            for cell in following[0].cells
            if self._keys[self._grid.slot_of(cell)] in ORDINALS
        )
        first = next(below, "")
        return first == f"{written}.1" or (first[:1].isdecimal() and not written[:1].isdecimal())

    def _is_alone(self, cell: Cell, following: Sequence[Row]) -> bool:
        """Tell whether a text without a number stands over numbered rows, or looks as a section row before it did."""
        if not following or cell.text.strip()[:1].islower():
            return False
        below = [one for one in following[0].cells if one.text.strip()]
        is_numbered = any(self._keys[self._grid.slot_of(one)] in ORDINALS for one in below)
        has_numbers = any(key in ORDINALS for key in self._keys)
        if has_numbers:
            return is_numbered and len(below) > 2  # noqa: PLR2004 -- number and text may be a section row too
        return len(below) > 1 and (cell.alignment, cell.is_bold) == self._look_alone

    def _goes_on(self, cell: Cell) -> bool:
        """Tell whether a text goes on with a row that a page break cut: it begins small, after headings came again."""
        return self.was_cut and self._is_open and cell.text.strip()[:1].islower()

    def _begins_at_one(self, row: Row) -> bool:
        return any(
            re.fullmatch(r"1[.)]?", cell.text.strip()) and self._keys[self._grid.slot_of(cell)] in ORDINALS
            for cell in row.cells
        )

    def _ends(self, filled: Sequence[Cell]) -> bool:
        """Tell whether the table is over: signatures begin, or the end mark stands."""
        if not filled or len(filled) * 2 > len(self._keys):
            return False
        texts = [cell.text.strip() for cell in filled]
        begins = any(begins_signature(text.split("\n", 1)[0]) for text in texts) or is_own_line(texts)
        return begins or all(map(is_end_mark, texts))


def main_of(keys: Sequence[str]) -> str:
    """Return the column that says what an item is; "" where there is none."""
    return next((key for key in MAIN if key in keys), "")


def are_column_numbers(filled: Sequence[Cell]) -> bool:
    """Tell whether cells are the numbers of columns: 1, 2, 3 and so on, or a letter and then these."""
    if len(filled) < 3 or len(filled[0].text) > 5:  # noqa: PLR2004 -- fewer may be values; a first number is short
        return False
    texts = [cell.text.strip().strip("()/.") for cell in filled]
    if texts[0] not in {"0", "1", "А", "A", "а"}:
        return False
    if texts[0] in {"А", "A", "а"}:
        texts = ["0", *texts[1:]]
    if not all(text.isdecimal() and len(text) < 3 for text in texts):  # noqa: PLR2004 -- no table has 100 columns
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] in {0, 1} and all(after - before == 1 for before, after in pairwise(numbers))
