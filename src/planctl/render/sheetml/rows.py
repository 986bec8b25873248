"""Rows of a worksheet in XML of our own, compressed as they come: XlsxWriter writes all that stands around them.

In: texts, numbers and formulas, each with the number of its look, from the top of the worksheet. Out: the worksheet's
part with the rows in it. XlsxWriter keeps every cell until the workbook is closed, takes twice the time for each, and
compresses it a first time that comes to nothing. What a reader finds in the cells is the same; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from planctl.render.deflating import Deflating, joined

if TYPE_CHECKING:
    from planctl.render.deflating import Deflated

MOST_ROWS = 1_048_576
"""Rows that Excel has."""

_COMMON_HEIGHT = 20
"""Pixels of a row that says nothing of its height."""

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]")
_CODE = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


@dataclass(frozen=True, slots=True)
class Area:
    """Worksheet rows and columns, from 0, the last ones within."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def is_one_cell(self) -> bool:
        """Tell whether there is nothing to merge."""
        return self.first_row == self.last_row and self.first_column == self.last_column


class Rows:
    """The rows of a worksheet of so many columns from the row `first` on, from 0; rows above it are XlsxWriter's.

    Cells can be written, in any order, into rows that have begun and are not settled.
    """

    def __init__(self, *, columns: int, first: int = 0) -> None:
        self._columns = columns
        self._settled = first
        self._open: list[tuple[float, dict[int, str]]] = []
        self._merges = 0
        self._body = Deflating()
        self._merged = Deflating()

    @property
    def next(self) -> int:
        """Return the number of the row that begins next."""
        return self._settled + len(self._open)

    def begin(self, points: float) -> int:
        """Begin the next row, so many points high, and return its number."""
        number = self.next
        self._open.append((points, {}))
        assert number < MOST_ROWS, f"row {number} of a worksheet"  # noqa: S101 -- no plan of a size that is read has it
        return number

    def settle(self) -> None:
        """Write out all rows that have begun; no cell of theirs can be written any more."""
        for number, (points, cells) in enumerate(self._open, start=self._settled + 1):
            content = "".join([cells[column] for column in sorted(cells)])
            self._body.write(f'<row r="{number}"{_height(points)}>{content}</row>')
        self._settled += len(self._open)
        self._open.clear()

    def text(self, row: int, column: int, text: str, style: int) -> None:
        """Write a text, which stays text whatever it begins with; an empty one leaves the cell blank."""
        if text:
            self._put(row, column, style, f' t="inlineStr"><is>{_text(text)}</is></c>')
        else:
            self._put(row, column, style, "/>")

    def number(self, row: int, column: int, value: float, style: int) -> None:
        """Write a number."""
        self._put(row, column, style, f"><v>{value:.16G}</v></c>")

    def formula(self, row: int, column: int, formula: str, value: float | str, style: int) -> None:
        """Write a formula, without "=" before it, with the value that it has."""
        type_ = ' t="str"' if isinstance(value, str) and value else ""
        self._put(row, column, style, f"{type_}><f>{_marked_up(formula)}</f><v>{_marked_up(str(value))}</v></c>")

    def merge(self, area: Area, style: int) -> None:
        """Merge cells and leave them blank; the first of them can be written then."""
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                self._put(row, column, style, "/>")
        first, last = (
            f"{_letters(column)}{row + 1}"
            for row, column in ((area.first_row, area.first_column), (area.last_row, area.last_column))
        )
        self._merged.write(f'<mergeCell ref="{first}:{last}"/>')
        self._merges += 1

    def _put(self, row: int, column: int, style: int, rest: str) -> None:
        _, cells = self._open[row - self._settled]
        cells[column] = f'<c r="{_letters(column)}{row + 1}" s="{style}"{rest}'

    def within(self, part: bytes) -> Deflated:
        """Return a worksheet's part as XlsxWriter wrote it, with these rows below those that are in it."""
        self.settle()
        above, below = part.replace(b"<sheetData/>", b"<sheetData></sheetData>").split(b"</sheetData>")
        dimension = f'<dimension ref="A1:{_letters(self._columns - 1)}{max(self._settled, 1)}"/>'
        above = _DIMENSION.sub(dimension.encode(), above)
        if not self._merges:
            return joined(above, self._body, b"</sheetData>", below)
        begins = f'</sheetData><mergeCells count="{self._merges}">'
        return joined(above, self._body, begins.encode(), self._merged, b"</mergeCells>", below)


_letters = cache(xl_col_to_name)


@lru_cache(maxsize=1 << 12)
def _height(points: float) -> str:
    """Return the attributes of a row's height, in whole pixels as XlsxWriter sets it."""
    pixels = int(points * 4 / 3 + 0.5)
    return "" if pixels == _COMMON_HEIGHT else f' ht="{pixels * 0.75:.16g}" customHeight="1"'


def _text(text: str) -> str:
    """Return a text as it stands in a cell; one that Excel would take for the code of a sign is parted within it."""
    if "_x" in text and len(parts := _CODE.split(text)) > 1:
        return "".join(f'<r><t xml:space="preserve">{_escaped(part)}</t></r>' for part in parts)
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<t{space}>{_escaped(text)}</t>"


def _escaped(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return _marked_up(_UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))


def _marked_up(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
