"""The same items once more as a plain Excel table: one row an item, no merged cells, ready for filters and formulas.

In: the flat records. Out: a worksheet, and where the formulas of a summary find a column of it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name, xl_range

from planctl.render.measure import wrapped
from planctl.render.sheetml.page import pitch, set_up
from planctl.render.sheetml.strips import height
from planctl.render.sheetml.styles import Look
from planctl.render.sheetml.values import number_of, text_of
from planctl.report.sheet import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.render.sheetml.book import Book
    from planctl.render.sheetml.rows import Rows
    from planctl.render.sheetml.styles import Styles
    from planctl.report.sheet import Cell, Records

NAME = "Өгөгдөл"
LONGEST = 32_767
"""UTF-16 units that an Excel cell can hold: a sign beyond the first 65,536 counts twice."""

_LONGEST_HEADER = 250
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADER = Look(bold=True, valign="vcenter")
_TEXT = Look()
_PITCH = pitch(_TEXT)
_HEADER_HEIGHT = 39
_MOST_LINES = 6
"""A row shows no more of a long text, so that many rows stay in view; the cell holds all of it."""

_WIDTHS = {"prose": 420, "text": 180}
_NARROW = 90
"""Pixels of a column that holds a number."""

_EDGES = 12
_POINTS = 0.75


def rows_of(records: Records, key: str) -> str | None:
    """Return the range of a column's values, as formulas name it; None where there is no such column or no row."""
    places = [at for at, column in enumerate(records.columns) if column.key == key]
    return _range(records, places[0]) if places and records.rows else None


def all_rows_of(records: Records) -> str | None:
    """Return a range with one row for each record."""
    return _range(records, 0) if records.columns and records.rows else None


def write_records(book: Book, records: Records) -> None:
    """Write the records as a list object named as its worksheet, with a filter on every column."""
    widths = [_WIDTHS.get(column.kind, _NARROW) for column in records.columns]
    sheet, rows = book.add(NAME, columns=len(widths), first=1)
    set_up(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, _HEADER_HEIGHT)
    headers = unique_headers(column.heading for column in records.columns)
    columns = [{"header": header, "header_format": book.styles[_HEADER]} for header in headers]
    options = {"name": NAME, "columns": columns, "style": "Table Style Light 1"}
    # A list object has a row below its header even when there is no record.
    sheet.add_table(0, 0, 1, len(columns) - 1, options)
    book.stretch_list(*(xl_range(0, 0, last, len(columns) - 1) for last in (1, max(len(records.rows), 1))))
    for at, width in enumerate(widths):
        sheet.set_column_pixels(at, at, width)
    for row in records.rows:
        _write(rows, book.styles, [row.cells.get(column.key, EMPTY) for column in records.columns], widths)


def unique_headers(headings: Iterable[str]) -> Iterator[str]:
    """Yield headings as a list object takes them: on one line, none empty, none twice however it is capitalised."""
    taken: set[str] = set()
    for at, heading in enumerate(headings, start=1):
        # Excel reads "_x0041_" in a header as "A", in a cell as it stands, and then finds the two differ.
        plain = _ESCAPE.sub("_ ", " ".join(heading.split()))[:_LONGEST_HEADER] or f"Багана {at}"
        numbered = (f"{plain} ({number})" for number in count(2))
        header = (
            plain if plain.casefold() not in taken else next(one for one in numbered if one.casefold() not in taken)
        )
        taken.add(header.casefold())
        yield header


def _range(records: Records, column: int) -> str:
    letters = xl_col_to_name(column)
    return f"{NAME}!${letters}$2:${letters}${len(records.rows) + 1}"


def _write(rows: Rows, styles: Styles, cells: Sequence[Cell], widths: Sequence[int]) -> None:
    plain = styles.number(_TEXT)
    texts = [text_of(cell) for cell in cells]
    row = rows.begin(height(_lines(texts, widths), pitch=_PITCH))
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        number = number_of(cell)
        if number:
            rows.number(row, at, number.value, styles.number(_number_look(number.format)))
        elif text:
            # A longer text was refused when the plan was read; Excel would lose its end without a word.
            assert len(text) <= LONGEST // 2 or _units(text) <= LONGEST, _too_long(text)  # noqa: S101 -- our bug
            rows.text(row, at, text, plain)
    rows.settle()


def _lines(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines a row shows; more than that need not be measured of any cell, longest ones first."""
    most = 1
    for text, pixels in sorted(zip(texts, widths, strict=True), key=_length, reverse=True):
        # No sign is narrower than two pixels.
        beginning = text[: _MOST_LINES * pixels // 2]
        most = max(most, len(wrapped(beginning, width=(pixels - _EDGES) * _POINTS, size=_TEXT.size)))
        if most >= _MOST_LINES:
            return _MOST_LINES
    return most


def _length(cell: tuple[str, int]) -> int:
    return len(cell[0])


@cache
def _number_look(format_: str) -> Look:
    return Look(align="center", number=format_)


def _too_long(text: str) -> str:
    return f"{_units(text)} UTF-16 units for a cell that holds {LONGEST}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
